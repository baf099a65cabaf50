"""Undoing that a year was opened, for as long as nobody has done anything in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from annual_wheel.models import (
    Edition,
    EditionResponsibility,
    EditionState,
    Task,
    TaskStatus,
    UnitNote,
    Wheel,
    WheelYear,
)
from annual_wheel.opening import RETIRED
from annual_wheel.writing import OUTSIDE
from config.lib.saving import delete_all
from organisation.models import User

UNDONE = gettext_noop("Åpningen av året ble angret.")
DECIDED = (TaskStatus.DONE, TaskStatus.NOT_RELEVANT)


class CannotClose(Exception):
    """Somebody has done something in the year; the message says what."""


@transaction.atomic
def undo_opening(wheel: Wheel, *, year: int, by: User) -> None:
    """Delete what opening the year made: its editions, their tasks and the row that says it is open.

    The logs keep that they were there. Doing it again changes nothing. CannotClose, and nothing deleted, where somebody
    has done something in the year. The rows are locked first: a tick at the same moment either comes before, and
    refuses this, or after, and finds no task.
    """
    Wheel.objects.select_for_update(no_key=True).get(pk=wheel.pk)
    opened = WheelYear.objects.select_for_update(of=("self",)).filter(wheel=wheel, year=year).first()
    if opened is None:
        return
    editions = list(Edition.objects.select_for_update(of=("self",)).filter(entry__wheel=wheel, year=year))
    of_year = Task.objects.select_related("edition__entry").filter(edition__in=editions)
    tasks = list(of_year.select_for_update(of=("self",)))
    if done := done_in(wheel, year):
        raise CannotClose(refusal(year, done))
    if Task.objects.filter(edition__in=editions).exclude(pk__in=[task.pk for task in tasks]).exists():
        raise CannotClose(refusal(year, [_("noen fikk oppgaver akkurat nå")]))
    Task.shared_with.through.objects.filter(task__in=tasks).delete()
    delete_all(tasks, by=by, why=UNDONE)
    EditionResponsibility.objects.filter(edition__in=editions).delete()
    delete_all(editions, by=by, why=UNDONE)
    opened.delete()


def refusal(year: int, done: list[str]) -> str:
    words = _("Åpningen av %(year)s kan ikke angres lenger: %(done)s.")
    return words % {"year": year, "done": ", ".join(done)}


def done_in(wheel: Wheel, year: int) -> list[str]:
    """What people have done in a year, in words; empty where opening it can still be undone."""
    return list(_done_in_tasks(wheel, year)) + list(_done_in_editions(wheel, year))


def _done_in_tasks(wheel: Wheel, year: int) -> Iterator[str]:
    """A tick that was undone counts too: who ticked what is kept."""
    tasks = Task.objects.filter(edition__entry__wheel=wheel, edition__year=year)
    decided = Task.history.filter(id__in=tasks.values("pk"), status__in=DECIDED).values("id")
    ticked = tasks.filter(Q(pk__in=decided) | Q(status__in=DECIDED)).count()
    noted = tasks.exclude(note="", evidence_url="").count()
    given = tasks.filter(assigned_to__isnull=False).count()
    if ticked:
        words = ngettext("%(n)d oppgave er kvittert ut", "%(n)d oppgaver er kvittert ut", ticked)
        yield words % {"n": ticked}
    if noted:
        yield ngettext("%(n)d oppgave har en merknad", "%(n)d oppgaver har merknader", noted) % {"n": noted}
    if given:
        yield ngettext("%(n)d oppgave er tildelt noen", "%(n)d oppgaver er tildelt noen", given) % {"n": given}


def _done_in_editions(wheel: Wheel, year: int) -> Iterator[str]:
    """What fell away with its entry was nobody's doing in this year."""
    editions = Edition.objects.filter(entry__wheel=wheel, year=year)
    cancelled = editions.exclude(state=EditionState.PLANNED).exclude(reason__in=(OUTSIDE, RETIRED)).count()
    own = Q(is_moved=True) | ~Q(form="") | ~Q(outcome="") | ~Q(own_words={}) | Q(has_own_lines=True)
    changed = editions.filter(own).count()
    told = UnitNote.objects.filter(edition__in=editions).count()
    if told:
        yield ngettext("%(n)d enhet har skrevet en merknad", "%(n)d enheter har skrevet merknader", told) % {"n": told}
    if cancelled:
        yield ngettext("%(n)d punkt er avlyst", "%(n)d punkter er avlyst", cancelled) % {"n": cancelled}
    if changed:
        words = ngettext("%(n)d punkt er endret for dette året", "%(n)d punkter er endret for dette året", changed)
        yield words % {"n": changed}
