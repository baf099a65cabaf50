"""A file that units, groups, functions and people follow: uploaded, seen row by row, then stored in one press."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from annual_wheel.giving import give_again, lost_by_closing
from config.lib import clock
from config.lib.days import moment_words
from organisation import tasks
from organisation.administration.access import administers, crumbs, user_of
from organisation.forms_syncing import FileForm, SeenForm
from organisation.models import GroupMember, StoredFile, Unit, UnitGroup, User
from organisation.people import reaches_everything
from organisation.syncing.applying import Applied, EndsMany, NotStored, apply, file_of, plan_of
from organisation.syncing.columns import COLUMNS, Kind
from organisation.syncing.plan import Outcome, Plan, Planned
from organisation.syncing.undoing import Standing, still_standing, take_back

logger = logging.getLogger(__name__)
SHOWN: Final = 200  # of each outcome on the page
LATEST: Final = 10  # files on the page, of one's own and of others'
SAVE: Final = "lagre"
MOMENT: Final = "%Y%m%d%H%M%S%f"  # of UTC, in the address that takes a file back


@dataclass(frozen=True)
class Part:
    """The rows with one outcome. `rest` says how many there is no room for."""

    outcome: Outcome
    title: str
    rows: Sequence[tuple[Planned, str]]  # each with what it would mean for the tasks
    rest: str
    is_open: bool


@administers
@require_http_methods(["GET", "HEAD", "POST"])
def sync(request: HttpRequest) -> HttpResponse:
    if request.POST.get("do") == SAVE:
        return _store(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _upload(request, form)
    kind, ends_missing = form.cleaned_data["kind"], form.cleaned_data["ends_missing"]
    plan = plan_of(kind, form.sheet, by=user_of(request), today=clock.today(), ends_missing=ends_missing)
    return _show(request, plan, kind=kind, table=form.packed, ends_missing=ends_missing)


@administers
@require_safe
def sync_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Give what stands now as a file."""
    if kind not in Kind.values:
        raise Http404
    today = clock.today()
    response = HttpResponse(file_of(kind, by=user_of(request), today=today), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{today}.csv"'
    return response


def _upload(request: HttpRequest, form: FileForm) -> HttpResponse:
    kinds = [(kind, kind.label, ", ".join(str(column.heading) for column in COLUMNS[kind])) for kind in Kind]
    context = {
        "form": form,
        "kinds": kinds,
        "files": stored_files(user_of(request)),
        "crumbs": crumbs((_("Fra fil"), "")),
    }
    return render(request, "administration/sync.html", context)


@dataclass(frozen=True)
class FileRow:
    """A file that was stored, and the way to take it back or why there is none."""

    name: str
    kind: str
    when: str
    who: str
    counts: str
    undo_url: str = ""
    why_not: str = ""


def stored_files(user: User) -> list[FileRow]:
    """The last files, the newest first: one's own, and others' as well for whoever administers everything.

    However many others have stored, one's own are there to be taken back.
    """
    today = clock.today()
    files = StoredFile.objects.select_related("user", "undone_by")
    latest = list(files.filter(user=user)[:LATEST])
    own = [file for file in latest if file.undone_at is None]
    if reaches_everything(user, today=today):
        latest += files.exclude(user=user)[:LATEST]
        latest.sort(key=lambda file: (file.stored_at, file.pk), reverse=True)
    standing = still_standing(own, by=user, today=today)
    return [_file_row(file, standing.get(file.stored_at) if file in own else None) for file in latest]


def _file_row(file: StoredFile, standing: Standing | None) -> FileRow:
    can_undo = standing is not None and standing.count > 0
    counts = {Outcome.NEW: file.new_count, Outcome.CHANGED: file.changed_count, Outcome.ENDS: file.ended_count}
    return FileRow(
        name=file.name or _("Innlimte rader"),
        kind=str(Kind(file.kind).label),
        when=moment_words(file.stored_at),
        who=str(file.user or _("Lagret fra kommandolinjen")),
        counts=", ".join(_was_words(outcome, count) for outcome, count in counts.items() if count),
        undo_url=reverse("admin_sync_undo", args=[f"{file.stored_at.astimezone(UTC):{MOMENT}}"]) if can_undo else "",
        why_not="" if can_undo else _why_not(file, standing),
    )


def _was_words(outcome: Outcome, count: int) -> str:
    words = {
        Outcome.NEW: ngettext("%(count)d ny", "%(count)d nye", count),
        Outcome.CHANGED: ngettext("%(count)d endret", "%(count)d endret", count),
        Outcome.ENDS: ngettext("%(count)d avsluttet", "%(count)d avsluttet", count),
    }
    return words[outcome] % {"count": count}


def _why_not(file: StoredFile, standing: Standing | None) -> str:
    """Why a file cannot be taken back here."""
    if file.undone_at:
        return _("Angret av %(who)s %(when)s.") % {"who": file.undone_by, "when": moment_words(file.undone_at)}
    if standing is None and file.user:
        return _("Bare den som lagret filen, kan angre den.")
    if standing is None:
        return _("Den som er lagret fra kommandolinjen, kan ikke angres her.")
    if standing.refused and standing.changed:
        return _("Noe av det filen endret, er endret igjen etterpå, og resten kan du ikke endre selv lenger.")
    if standing.refused:
        return _("Du kan ikke selv endre det filen endret lenger, så du kan ikke angre den.")
    if standing.changed:
        return _("Det filen endret, er endret igjen etterpå, så den kan ikke angres.")
    return _("Filen laget bare nytt, og det som er laget, slettes ikke.")


def _store(request: HttpRequest) -> HttpResponse:
    form = SeenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Filen kom ikke hel fram. Last den opp på nytt."))
        return redirect("admin_sync")
    asked, by = form.cleaned_data, user_of(request)
    how = {"ends_missing": asked["ends_missing"], "chosen": request.POST.getlist("close"), "seen": asked["seen"]}
    how |= {"may_end_many": asked["ends_many"], "file_name": form.file_name}
    try:
        with transaction.atomic():
            done = apply(asked["kind"], form.sheet, by=by, today=clock.today(), skips_errors=asked["skip"], **how)
            words = _done_words(done)
            if asked["invite"]:
                for person in done.new[User]:
                    transaction.on_commit(partial(_invite, person.pk, by.pk))
    except NotStored as refused:
        words = _("Noe er endret siden du så dette, og ingenting er lagret. Slik ser det ut nå.")
        if isinstance(refused, EndsMany):
            words = _("Ingenting er lagret. Kryss av nederst for at så mye skal avsluttes, eller velg en annen fil.")
        messages.warning(request, words)
        same = {"kind": asked["kind"], "table": asked["table"], "ends_missing": asked["ends_missing"]}
        return _show(request, refused.plan, **same)
    if asked["invite"] and done.new[User]:
        words += " " + _("Invitasjonene sendes nå, én til hver.")
    messages.success(request, words, extra_tags=reverse("admin_sync_undo", args=[f"{done.moment:{MOMENT}}"]))
    return redirect("admin_sync")


@administers
@require_POST
@transaction.atomic
def sync_undo(request: HttpRequest, moment: str) -> HttpResponse:
    """Take back a file that one stored oneself, at this moment."""
    try:
        at = datetime.strptime(moment, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise Http404 from None
    undone = take_back(at, by=user_of(request), today=clock.today())
    if not undone.back and not undone.made and not undone.left:
        messages.info(request, _("Det er ingenting å angre."))
        return redirect("admin_sync")
    told = [ngettext("%(n)d er ført tilbake.", "%(n)d er ført tilbake.", len(undone.back)) % {"n": len(undone.back)}]
    if undone.left:
        words = ngettext("%(n)d er endret etterpå og står.", "%(n)d er endret etterpå og står.", undone.left)
        told.append(words % {"n": undone.left})
    if undone.made:
        words = ngettext(
            "%(n)d som filen laget, blir stående: det som er laget, slettes ikke.",
            "%(n)d som filen laget, blir stående: det som er laget, slettes ikke.",
            undone.made,
        )
        told.append(words % {"n": undone.made})
    told.append(_passed_on(undone.back))
    messages.success(request, " ".join(filter(None, told)))
    return redirect("admin_sync")


def _passed_on(rows: Iterable[Any]) -> str:
    """Let the tasks follow units and groups that have changed, and say what that meant."""
    rows = list(rows)
    units = [row for row in rows if isinstance(row, Unit)]
    groups = {row for row in rows if isinstance(row, UnitGroup)}
    groups |= {row.group for row in rows if isinstance(row, GroupMember)}
    if not units and not groups:
        return ""
    # A unit may be in any group; a group means itself and those that leave it out.
    return give_again(today=clock.today(), groups=UnitGroup.objects.all() if units else groups, units=units).words


def _done_words(done: Applied) -> str:
    """Say what was stored, counted in rows as the button before it is, and let the tasks follow."""
    saved = sum(bool(row.number) for row in done.done)
    ends = len(done.done) - saved
    told = []
    if saved or not ends:
        told.append(ngettext("%(count)d rad er lagret.", "%(count)d rader er lagret.", saved) % {"count": saved})
    if ends:
        told.append(ngettext("%(count)d er avsluttet.", "%(count)d er avsluttet.", ends) % {"count": ends})
    told.append(_passed_on([*done.of(Unit), *done.of(UnitGroup), *done.of(GroupMember)]))
    return " ".join(filter(None, told))


def _invite(person: int, by: int) -> None:
    """Ask a worker. Where the queue is away, the invitation can be sent from the person's page."""
    try:
        tasks.invite.delay(person, by)
    except OperationalError:
        logger.exception("the invitation to person %s could not be queued", person)


def _show(request: HttpRequest, plan: Plan, *, kind: str, table: str, ends_missing: bool) -> HttpResponse:
    counts, lost = plan.counts, lost_tasks(plan)
    right = len(plan.with_work())
    ends, standing = plan.ending
    context: dict[str, Any] = {
        "plan": plan,
        "kind": kind,
        "kind_words": Kind(kind).label,
        "table": table,
        "ends_missing": ends_missing,
        "save": SAVE,
        "summary": [(outcome, _count_words(outcome, counts[outcome])) for outcome in Outcome if counts[outcome]],
        "parts": [_part(outcome, plan, lost) for outcome in Outcome if counts[outcome]],
        "may_save": plan.has_work and not (plan.has_errors and ends_missing),
        "ends_many": {"ends": ends, "standing": standing} if plan.ends_many else {},
        "right": ngettext("%(count)d rad", "%(count)d rader", right) % {"count": right},
        "has_new_people": any(isinstance(row, User) and row.pk is None for row in plan.writes()),
        "crumbs": crumbs((_("Fra fil"), request.path), (_("Slik blir det"), "")),
    }
    return render(request, "administration/sync_rows.html", context)


def lost_tasks(plan: Plan) -> dict[int, str]:
    """What the units that the plan would close have withdrawn, in words, by the row's place in the plan."""
    closing = {
        at: unit
        for at, row in enumerate(plan.rows)
        for unit in row.writes
        if isinstance(unit, Unit) and unit.pk and unit.closes_on
    }
    lost = lost_by_closing(closing.values(), today=clock.today())
    return {at: lost[unit.pk].forecast for at, unit in closing.items() if unit.pk in lost}


def _part(outcome: Outcome, plan: Plan, lost: Mapping[int, str]) -> Part:
    rows = [(row, lost.get(at, "")) for at, row in enumerate(plan.rows) if row.outcome == outcome]
    rest = len(rows) - SHOWN
    words = ngettext("og %(count)d rad til", "og %(count)d rader til", rest) % {"count": rest} if rest > 0 else ""
    is_open = outcome not in (Outcome.SAME, Outcome.LEFT)
    return Part(outcome, _count_words(outcome, len(rows)), rows[:SHOWN], words, is_open)


def _count_words(outcome: Outcome, count: int) -> str:
    words = {
        Outcome.ERROR: ngettext("%(count)d rad med feil", "%(count)d rader med feil", count),
        Outcome.NEW: ngettext("%(count)d ny", "%(count)d nye", count),
        Outcome.CHANGED: ngettext("%(count)d endres", "%(count)d endres", count),
        Outcome.ENDS: ngettext("%(count)d avsluttes", "%(count)d avsluttes", count),
        Outcome.MISSING: ngettext("%(count)d mangler i filen", "%(count)d mangler i filen", count),
        Outcome.LEFT: ngettext("%(count)d blir stående", "%(count)d blir stående", count),
        Outcome.SAME: ngettext("%(count)d uendret", "%(count)d uendret", count),
    }
    return words[outcome] % {"count": count}
