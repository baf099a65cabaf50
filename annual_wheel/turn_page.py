"""The rows of the year's turn: each entry with the years behind it, what was proposed, and what it will be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from annual_wheel.coming import Coming, coming_year
from annual_wheel.entry_page import task_notes
from annual_wheel.evaluation_page import advice_by_entry
from annual_wheel.models import Choice, Edition, EditionState, Entry, EntryKind, Proposal, Task, TurnDecision, Wheel
from annual_wheel.opening import RETIRED
from annual_wheel.phrases import When, day_phrase, responsible_words, when_of
from annual_wheel.proposal_rows import ProposalRow, proposal_row
from annual_wheel.rows import notes_of, state_of
from annual_wheel.understood import stands_in
from annual_wheel.writing import OUTSIDE
from annual_wheel.years import opened_years
from organisation.models import User

YEARS_BEHIND = 3
PARTIES = [f"responsibilities__{party}" for party in ("unit", "group", "function")]


@dataclass(frozen=True, slots=True)
class PastYear:
    year: str
    url: str
    state: str
    phrase: str  # where it was another than the entry has now
    done: int
    total: int
    said: tuple[str, ...]  # in the program's words
    written: tuple[str, ...]  # in people's own


@dataclass(frozen=True, slots=True)
class TurnRow:
    """An entry in the meeting. `choice` is empty until somebody has gone through it."""

    key: str
    text: str
    url: str
    kind: str
    month: int  # 0 for what goes on all year
    responsible: str
    when: When | None
    error: str
    hints: tuple[str, ...]
    comes_back: str
    differs: tuple[str, ...]
    years: tuple[PastYear, ...]
    proposals: tuple[ProposalRow, ...]
    choice: str
    decided: str
    why: str
    lock_version: int
    is_new: bool
    is_dropped: bool
    advice: tuple[str, ...] = ()  # what the evaluation says of its measures, where they are to be changed or stopped
    said: str = ""  # what went wrong with a choice just made

    @property
    def is_changed(self) -> bool:
        return not self.is_dropped and (self.choice == Choice.CHANGE or bool(self.differs))

    @property
    def is_kept(self) -> bool:
        return not (self.is_dropped or self.is_new or self.is_changed)

    @property
    def is_left(self) -> bool:
        """Whether the meeting has still to go through it."""
        return not (self.choice or self.is_new or self.is_dropped)

    @property
    def has_open_proposal(self) -> bool:
        return any(not proposal.answer for proposal in self.proposals)


def turn_rows(wheel: Wheel, year: int, *, user: User, today: date) -> list[TurnRow]:
    """Every entry that stands in the year or stood until it, in the wheel's order; a constant number of queries."""
    entries = _entries(wheel, year)
    standing = [entry for entry in entries if stands_in(entry, year)]
    stored = {edition.entry_id: edition for entry in entries for edition in entry.behind if edition.year == year}
    coming = {found.entry.pk: found for found in coming_year(standing, year, stored=stored)}
    notes = task_notes(_noted(wheel, year, user, today))
    proposals = _proposals(wheel, year, user, today)
    advice = advice_by_entry([entry.pk for entry in entries], year, user, today=today)
    rows = (
        _row(entry, coming.get(entry.pk), notes, proposals.get(entry.pk, ()), year=year, today=today)
        for entry in entries
    )
    return [replace(row, advice=advice.get(entry.pk, ())) for row, entry in zip(rows, entries, strict=True)]


def _entries(wheel: Wheel, year: int) -> list[Any]:
    behind = Edition.objects.filter(year__gte=year - YEARS_BEHIND, year__lte=year).with_counts()
    decisions = TurnDecision.objects.filter(year=year).select_related("decided_by")
    begun = Q(from_year__isnull=True) | Q(from_year__lte=year)
    not_ended = Q(to_year__isnull=True) | Q(to_year__gte=year - 1)
    entries: Any = wheel.entries.in_force().filter(begun, not_ended)  # type: ignore[attr-defined]
    return list(
        entries.select_related("anchor", "bound_entry")
        .prefetch_related(
            *PARTIES,
            Prefetch("editions", behind.prefetch_related(*PARTIES).order_by("-year"), to_attr="behind"),
            Prefetch("decisions", decisions, to_attr="decided"),
        )
        .order_by("month", "position", "pk")
    )


def _noted(wheel: Wheel, year: int, user: User, today: date) -> Iterable[Task]:
    """The tasks of the years behind that one may see and that say something."""
    seen = Task.objects.visible_to(user, today=today).filter(edition__entry__wheel=wheel)
    years = seen.filter(edition__year__gte=year - YEARS_BEHIND, edition__year__lt=year)
    return years.filter(~Q(note="") | Q(status="not_relevant")).select_related("unit").order_by("unit__name")


def _proposals(wheel: Wheel, year: int, user: User, today: date) -> dict[int | None, tuple[ProposalRow, ...]]:
    """The proposals one may see, by entry; those for something new under None."""
    found: dict[int | None, tuple[ProposalRow, ...]] = {}
    opened = opened_years(wheel)
    for proposal in Proposal.objects.visible_to(user, today=today).filter(wheel=wheel, year=year).for_rows():
        row = proposal_row(proposal, today=today, user=user, opened=opened)
        found[proposal.entry_id] = (*found.get(proposal.entry_id, ()), row)
    return found


def new_proposals(wheel: Wheel, year: int, *, user: User, today: date) -> tuple[ProposalRow, ...]:
    return _proposals(wheel, year, user, today).get(None, ())


def _row(
    entry: Any,
    coming: Coming | None,
    notes: dict[int, list[str]],
    proposals: Sequence[ProposalRow],
    *,
    year: int,
    today: date,
) -> TurnRow:
    decision: TurnDecision | None = entry.decided[0] if entry.decided else None
    behind = [edition for edition in entry.behind if edition.year < year]
    last = behind[0] if behind and behind[0].year == year - 1 else None
    edition = coming.edition if coming else None
    return TurnRow(
        key=entry.key,
        text=entry.text,
        url=entry.get_absolute_url(),
        kind=entry.kind,
        month=0 if entry.kind == EntryKind.ONGOING else entry.month,
        responsible=responsible_words(entry.responsibilities.all()),
        when=when_of(edition) if edition else None,
        error=coming.error if coming else "",
        hints=coming.notes if coming else (),
        comes_back=_comes_back(last, year) if coming else "",
        differs=_differs(entry, last) if coming and last else (),
        years=tuple(_past(edition, notes, today=today) for edition in behind),
        proposals=tuple(proposals),
        choice=decision.choice if decision else "",
        decided=_decided(decision, today=today) if decision else "",
        why=decision.why if decision else "",
        lock_version=decision.lock_version if decision else 0,
        is_new=entry.from_year == year,
        is_dropped=not stands_in(entry, year),
    )


def _past(edition: Edition, notes: dict[int, list[str]], *, today: date) -> PastYear:
    return PastYear(
        year=str(edition.year),
        url=f"{edition.entry.get_absolute_url()}?aar={edition.year}",
        state=state_of(edition, today=today) or edition.state,
        phrase=edition.as_written if edition.as_written != edition.entry.when_words else "",
        done=getattr(edition, "done_count", 0),
        total=getattr(edition, "task_count", 0),
        said=tuple(filter(None, (edition.reason_words, *notes_of(edition)))),
        written=tuple(filter(None, (edition.outcome, *notes.get(edition.pk, ())))),
    )


def _comes_back(last: Edition | None, year: int) -> str:
    """That what was cancelled comes back by itself; not said of what fell away with its entry."""
    if last is None or last.state == EditionState.PLANNED or last.reason in (OUTSIDE, RETIRED):
        return ""
    words = {"before": last.year, "year": year}
    if last.state == EditionState.PARTLY_CANCELLED:
        return _("Utgikk delvis i %(before)s. Kommer tilbake i %(year)s.") % words
    return _("Utgikk i %(before)s. Kommer tilbake i %(year)s.") % words


def _differs(entry: Any, last: Edition) -> tuple[str, ...]:
    """What the year before said otherwise than the entry does from now on."""
    said, year = last.said, {"year": last.year}
    found = []
    if said.text != entry.text:
        found.append(_("I %(year)s het det «%(text)s».") % {**year, "text": said.text})
    if said.when_words != entry.when_words:
        found.append(_("I %(year)s var datoen «%(words)s».") % {**year, "words": said.when_words})
    if last.has_own_lines:
        found.append(_("I %(year)s var ansvaret: %(who)s.") % {**year, "who": responsible_words(last.lines)})
    if last.own_words and not found:
        found.append(_("I %(year)s var måneden, grensen eller det datoen følger, annerledes.") % year)
    return tuple(found)


def _decided(decision: TurnDecision, *, today: date) -> str:
    day = day_phrase(localtime(decision.decided_at).date(), today=today)
    return _("%(who)s, %(day)s") % {"who": decision.decided_by, "day": day}


def row_of(rows: Iterable[TurnRow], entry: Entry, *, said: str = "", why: str = "") -> TurnRow | None:
    """One of the rows, with what went wrong, and then what was typed is kept."""
    found = next((row for row in rows if row.key == entry.key), None)
    if found is None or not said:
        return found
    return replace(found, said=said, why=why or found.why)


# --- What changes, in numbers that open into their lists ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    code: str
    words: str
    count: int
    is_chosen: bool
    asks: bool = False


def shown_in(code: str, rows: Iterable[TurnRow]) -> list[TurnRow]:
    """The rows behind a number; all of them where it is none."""
    tests: dict[str, Any] = {
        "gjenstaar": lambda row: row.is_left,
        "beholdes": lambda row: row.is_kept,
        "endres": lambda row: row.is_changed,
        "avsluttes": lambda row: row.is_dropped,
        "nye": lambda row: row.is_new,
        "tilbake": lambda row: bool(row.comes_back),
        "forslag": lambda row: row.has_open_proposal,
        "uten-dato": lambda row: bool(row.error),
    }
    return list(filter(tests.get(code), rows)) if code in tests else list(rows)


def figures(rows: Collection[TurnRow], *, chosen: str = "", is_opened: bool = False) -> list[Figure]:
    words = [
        ("gjenstaar", _("gjenstår å gå gjennom")),
        ("beholdes", _("beholdes")),
        ("endres", _("endres")),
        ("avsluttes", _("avsluttes")),
        ("nye", _("nye")),
        ("tilbake", _("kommer tilbake")),
        ("forslag", _("har forslag uten svar")),
        ("uten-dato", _("mangler en dato")),
    ]
    always = {"beholdes", "endres", "avsluttes", "nye", *(() if is_opened else ("gjenstaar",))}
    found = [
        Figure(code, label, len(shown_in(code, rows)), code == chosen, code == "uten-dato") for code, label in words
    ]
    return [figure for figure in found if figure.code in always or (figure.count and figure.code != "gjenstaar")]


def turn_url(wheel: Wheel, year: int) -> str:
    return reverse("wheel_turn", args=[wheel.slug, year])
