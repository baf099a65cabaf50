"""What can be done with a document, a measure, a wheel and an entry, and what each act takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.models import Entry, Task, Wheel
from config.lib.days import day_words
from organisation.acts import Act, Way
from organisation.models import Unit
from organisation.permissions import Permission
from planning.models import Measure
from planning.responsible import PlanMeasure, leading
from strategy.hearings import why_not_sent
from strategy.in_force import words_of_versions
from strategy.models import Document, DocumentKind, DocumentState, ItemStatus
from strategy.reading import is_heard, key_of, last_hearing, version_read
from strategy.services import why_not_adopted

# What can be asked about, in the words of addresses.
DOCUMENT, MEASURE, WHEEL, ENTRY = "dokument", "tiltak", "arshjul", "punkt"


def acts_of_document(document: Document, measures: Sequence[PlanMeasure], *, today: date) -> list[Act]:
    """What stands in the document follows it in all but who tells how a measure stands."""
    owner = document.owner
    edits = Way(Permission.EDIT, owner)
    acts = [
        *_reading(document),
        *_talking(document, today=today),
        Act(_("Skrive i det"), [edits]),
        Act(_("Sende det på høring"), [edits], closed=why_not_sent(document)),
        Act(_("Vedta det"), [Way(Permission.DECIDE, owner)], closed=why_not_adopted(document, today=today)),
    ]
    if document.kind == DocumentKind.ACTION_PLAN:
        closed = "" if measures else _("Planen har ingen tiltak ennå.")
        ways = _telling(document, measures)
        acts.append(Act(_("Fortelle hvordan tiltakene står"), ways, _seeing(document), closed=closed))
    return _closed_where_put_away(document, acts)


def _closed_where_put_away(document: Document, acts: Sequence[Act]) -> list[Act]:
    if not document.is_put_away:
        return list(acts)
    return [replace(act, closed=_("Utkastet er lagt bort. Hent det tilbake først.")) for act in acts]


def _seeing(document: Document, *, is_working: bool = False) -> list[Way]:
    """What it takes to see the document, or its working text; nothing where all who are logged in do."""
    if document.is_published and not is_working:
        return []
    drafts, asked = Way(Permission.READ_DRAFTS, document.owner), Way(Permission.BE_HEARD, document.owner)
    is_asking = is_heard(document) if document.is_published else document.state == DocumentState.HEARING
    return [drafts, asked] if is_asking else [drafts]


def _reading(document: Document, *, is_working: bool = False) -> list[Act]:
    if is_working or not document.is_published:
        return [Act(_("Lese det"), _seeing(document, is_working=is_working))]
    if document.is_public:
        everyone = _("Alle kan lese det, også uten å logge inn.")
    else:
        everyone = _("Alle som er logget inn, kan lese det.")
    return [
        Act(_("Lese det som gjelder"), open_to=everyone),
        Act(_("Lese teksten det arbeides med"), _seeing(document, is_working=True)),
    ]


def _talking(document: Document, *, is_working: bool = False, today: date) -> list[Act]:
    owner, hearing, seeing = document.owner, last_hearing(document), _seeing(document, is_working=is_working)
    closed = ""
    if hearing is None or hearing.closed_at is not None:
        closed = _("Dokumentet er ikke på høring.")
    elif not hearing.is_open(today):
        closed = _("Fristen for innspill var %(day)s.") % {"day": day_words(hearing.closes_on)}
    return [
        Act(_("Gi innspill i høringen"), [Way(Permission.BE_HEARD, owner)], closed=closed),
        Act(_("Lese og skrive interne kommentarer"), [Way(Permission.NOTE, owner)], seeing),
    ]


def _telling(document: Document, measures: Sequence[PlanMeasure]) -> list[Way]:
    """The owner's editors for all of them, and each unit for those that it leads."""
    led = Counter(unit for measure in measures for unit in measure.units)
    ways = [Way(Permission.EDIT, document.owner, _("Den som skriver i planen, kan fortelle om alle tiltakene."))]
    for unit, count in sorted(led.items(), key=lambda each: each[0].name):
        words = ngettext(
            "%(unit)s har ansvaret for %(count)d tiltak.", "%(unit)s har ansvaret for %(count)d tiltak.", count
        )
        ways.append(Way(Permission.TICK, unit, words % {"unit": unit.label, "count": count}))
    return ways


def acts_of_measure(measure: Measure, *, today: date) -> list[Act]:
    """What can be done with one measure; reading and commenting are as for the whole plan, or for its working text
    where the words that hold do not have it."""
    document, owner = measure.document, measure.document.owner
    retired = _("Tiltaket er tatt ut av planen.") if measure.status == ItemStatus.RETIRED else ""
    found = leading(document, measure.key, today=today)
    is_working = found is None and not _is_coming(document, measure.key, today=today)
    not_told = "" if found is not None else retired or _("Tiltaket gjelder ikke ennå.")
    editors = Way(Permission.EDIT, owner, _("Den som skriver i planen, kan fortelle om alle tiltakene."))
    led = [Way(Permission.TICK, unit, _leads(unit, group)) for unit, group in found or ()]
    own = Way(Permission.TICK, owner, _("Ingen enhet har ansvaret for tiltaket, så planens eier svarer for det."))
    telling = [editors, *(led or [own])]
    acts = [
        *_reading(document, is_working=is_working),
        *_talking(document, is_working=is_working, today=today),
        Act(_("Skrive i det"), [Way(Permission.EDIT, owner)], closed=retired),
        Act(_("Fortelle hvordan det står, og evaluere det"), telling, _seeing(document), closed=not_told),
    ]
    return _closed_where_put_away(document, acts)


def _is_coming(document: Document, key: str, *, today: date) -> bool:
    """Whether it stands in words that are adopted and wait for their day: those are everybody's to read."""
    comes_on = document.coming_on(today)
    version = version_read(document, today=comes_on) if comes_on else None
    return version is not None and bool(words_of_versions({0: key_of(version)})[0].item(key))


def _leads(unit: Unit, group: str) -> str:
    if group:
        return _("%(unit)s har ansvaret som en av «%(group)s».") % {"unit": unit.label, "group": group}
    return _("%(unit)s har ansvaret.") % {"unit": unit.label}


def acts_of_wheel(wheel: Wheel, *, today: date) -> list[Act]:
    owner, units = wheel.owner, _with_tasks(wheel, today=today)
    ticks = [Way(Permission.TICK, unit, _has_tasks(unit, count)) for unit, count in units]
    none = "" if units else _("Ingen enhet har oppgaver i årshjulet nå.")
    return [
        _reading_wheel(wheel),
        Act(_("Se hvordan enhetene ligger an"), [Way(Permission.READ_DRAFTS, owner)]),
        Act(_("Skrive i det, åpne år, flytte og avlyse"), [Way(Permission.EDIT, owner)]),
        Act(_("Kvittere ut oppgaver, og foreslå endringer"), ticks, closed=none),
    ]


def _reading_wheel(wheel: Wheel) -> Act:
    if wheel.is_public:
        return Act(_("Lese det"), open_to=_("Alle kan lese det, også uten å logge inn."))
    return Act(_("Lese det"), open_to=_("Alle som er logget inn, kan lese det."))


def _with_tasks(wheel: Wheel, *, today: date) -> list[tuple[Unit, int]]:
    """The units that have tasks in the years that are not behind, with how many (two queries)."""
    tasks = Task.objects.standing().filter(edition__entry__wheel=wheel, edition__year__gte=today.year)
    return _counted(tasks)


def _counted(tasks: object) -> list[tuple[Unit, int]]:
    own: list[int] = list(tasks.values_list("unit_id", flat=True))  # type: ignore[attr-defined]
    shared = Task.shared_with.through.objects.filter(task__in=tasks.values("pk"))  # type: ignore[attr-defined]
    counts = Counter([*own, *shared.values_list("unit_id", flat=True)])
    units = Unit.objects.without_tree_fields().filter(pk__in=counts).order_by("name")
    return [(unit, counts[unit.pk]) for unit in units]


def _has_tasks(unit: Unit, count: int) -> str:
    words = ngettext("%(unit)s har %(count)d oppgave her.", "%(unit)s har %(count)d oppgaver her.", count)
    return words % {"unit": unit.label, "count": count}


def acts_of_entry(entry: Entry, *, today: date) -> list[Act]:
    """What can be done with an entry, and with its edition of this year or the next one that is opened."""
    wheel, closed = entry.wheel, ""
    edition = entry.editions.filter(year__gte=today.year).order_by("year").first()
    units = _counted(Task.objects.standing().filter(edition=edition)) if edition else []
    ways = [Way(Permission.TICK, unit, _("%(unit)s har oppgaven.") % {"unit": unit.label}) for unit, _n in units]
    if not units or edition is None:
        closed = _("Ingen enhet har punktet som oppgave nå.")
    elif edition.is_cancelled:
        closed = _("Punktet utgår i %(year)s.") % {"year": edition.year}
    retired = _("Punktet er tatt ut av årshjulet.") if entry.status == ItemStatus.RETIRED else ""
    return [
        _reading_wheel(wheel),
        Act(_("Skrive i det, flytte og avlyse"), [Way(Permission.EDIT, wheel.owner)], closed=retired),
        Act(_("Kvittere ut oppgaven"), ways, closed=retired or closed),
    ]
