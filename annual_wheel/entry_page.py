"""What an entry's page says: its years side by side, this year's tasks, and the log of what has been done to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from annual_wheel.models import Edition, Entry, EntryKind, Proposal, Task, TaskStatus
from annual_wheel.phrases import When, day_phrase, responsible_words, when_of
from annual_wheel.rows import notes_of, state_of
from annual_wheel.turning import OWN_ACTS
from config.lib.days import at_clock
from config.lib.kept import told
from config.lib.language import lang_of
from organisation.models import Relation, Responsibility, User
from organisation.permissions import Permission
from planning.models import Measure
from strategy.models import Document, ItemStatus

LOG_LENGTH = 40

# What the log keeps with a value in it; services.py, handing.py and opening.py write them.
TOLD_WITH_A_VALUE: Final = (
    gettext_noop("Ikke aktuelt: %(reason)s"),
    gettext_noop("Flyttet til %(words)s."),
    gettext_noop("Gitt til %(who)s."),
    gettext_noop("Fulgte etter «%(entry)s»."),
)


@dataclass(frozen=True, slots=True)
class YearRow:
    year: str
    is_shown: bool
    url: str
    when: When
    state: str
    reason: str
    notes: tuple[str, ...]
    outcome: str
    own_text: str
    own_lines: str
    task_notes: tuple[str, ...]
    done: int
    total: int
    edit_url: str

    @property
    def has_notes(self) -> bool:
        return any((self.reason, self.notes, self.outcome, self.task_notes, self.own_text, self.own_lines))


@dataclass(frozen=True, slots=True)
class LineRow:
    """A responsibility line as `_responsible.html` draws it, with the lines that stand under it.

    `party` are the words as written; `note` is whom and how they mean, where the words do not say it themselves.
    """

    party: str
    url: str
    function: str
    relation: str
    relation_words: str
    note: str
    children: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class LogRow:
    at: datetime
    day: str
    who: str
    what: str


def loose_words(entry: Entry, user: Any, *, today: date) -> SafeString | str:
    """Why no measure stands above the entry: none did, or what did is taken out; empty where one may not see it."""
    linked = list(Measure.objects.filter(entries=entry).select_related("document"))
    if not linked:
        return _("Ingen tiltak forklarer dette punktet ennå.")
    seen = set(Document.objects.visible_to(user, today=today).filter(measures__in=linked).values_list("pk", flat=True))
    gone = [each for each in linked if each.status == ItemStatus.RETIRED and each.document_id in seen]
    ways = [(reverse("measure", args=[each.key]), lang_of(each.document.language), str(each)) for each in gone]
    if not ways or len(gone) < len(linked):
        return ""
    named = format_html_join(", ", '<a href="{}"{}>{}</a>', ways)
    words = ngettext("Tiltaket som forklarte punktet, er tatt ut av planen:",
                     "Tiltakene som forklarte punktet, er tatt ut av planen:", len(ways))  # fmt: skip
    return format_html("{} {}.", words, named)


def year_rows(
    entry: Entry, editions: Iterable[Edition], notes: dict[int, list[str]], *, year: int, today: date
) -> list[YearRow]:
    """The years of an entry, the newest first. `notes` are what units have written, by edition.

    A year says what it is called where that is not what the page, of `year`, is called.
    """
    editions = list(editions)
    heading = next((edition.said.text for edition in editions if edition.year == year), entry.text)
    return [
        YearRow(
            year=str(edition.year),
            is_shown=edition.year == year,
            url=f"{entry.get_absolute_url()}?aar={edition.year}",
            when=when_of(edition),
            state=state_of(edition, today=today) or edition.state,
            reason=edition.reason_words,
            notes=notes_of(edition),
            outcome=edition.outcome,
            own_text=edition.said.text if edition.said.text != heading else "",
            own_lines=responsible_words(edition.lines) if edition.has_own_lines else "",
            task_notes=tuple(notes.get(edition.pk, ())),
            done=getattr(edition, "done_count", 0),
            total=getattr(edition, "task_count", 0),
            edit_url=f"{entry.get_absolute_url()}{edition.year}/",
        )
        for edition in editions
    ]


def changed_since(shown: Edition | None) -> tuple[str, ...]:
    """What is told beside a year that says otherwise than the entry does now."""
    if shown is None or not (shown.own_words or shown.has_own_lines):
        return ()
    entry, own = shown.entry, shown.own_words
    words = [
        _("Ellers heter det «%(text)s».") % {"text": entry.text.rstrip(".")} if "text" in own else "",
        _("Datoen er ellers «%(words)s».") % {"words": entry.when_words} if "when_words" in own else "",
        _("Ansvaret er ellers: %(who)s.") % {"who": responsible_words(entry.responsibilities.all())}  # type: ignore[attr-defined]
        if shown.has_own_lines
        else "",
    ]
    return tuple(filter(None, words))


def columns_of(rows: Iterable[YearRow]) -> dict[str, bool]:
    """Which columns have something to say: a deadline is ticked off by nobody."""
    rows = list(rows)
    return {"ticks": any(row.total for row in rows), "notes": any(row.has_notes for row in rows)}


def line_rows(lines: Iterable[Responsibility]) -> list[LineRow]:
    """The responsibility lines in order, each with those that stand under it."""
    lines = list(lines)

    def below(parent: int | None) -> tuple[LineRow, ...]:
        return tuple(_line(line, below(line.pk)) for line in lines if line.under_id == parent)  # type: ignore[attr-defined]

    return list(below(None))


def _line(line: Responsibility, children: tuple[LineRow, ...]) -> LineRow:
    relation = "" if line.relation == Relation.LEAD else str(Relation(line.relation).label)
    through = _("v/")
    means = f"{line.party} {through}{line.function}" if line.function else str(line.party)
    words = line.wording
    return LineRow(
        party=words or str(line.party),
        url="",
        function=str(line.function) if line.function and not words else "",
        relation=line.relation,
        relation_words="" if words else relation,
        note=": ".join(filter(None, (relation, means))) if words and words.casefold() != means.casefold() else "",
        children=children,
    )


def log_of(entry: Entry, user: Any, *, today: date) -> list[LogRow]:
    """Who did what, the newest first: what happened to the entry and its years, and to the tasks one may see."""
    if not isinstance(user, User):
        return []
    tasks = Task.objects.visible_to(user, today=today).filter(edition__entry=entry)
    # That every unit got its task when the year was opened says nothing: it would drown what people did.
    acts = Task.history.filter(id__in=tasks.values("pk")).exclude(history_type="+")
    seen: list[tuple[Any, str]] = [
        (row, f"{row.unit.label}: ") for row in acts.select_related("history_user", "unit")[:LOG_LENGTH]
    ]
    if entry.wheel.owner_id in user.reach(today)[Permission.READ_DRAFTS]:
        editions = Edition.history.filter(entry=entry).select_related("history_user")[:LOG_LENGTH]
        seen += [(row, f"{row.year}: ") for row in editions]
        seen += [(row, "") for row in entry.history.select_related("history_user")[:LOG_LENGTH]]
    proposals = Proposal.objects.told_to(user, today=today).filter(entry=entry)
    later = Proposal.history.filter(id__in=proposals.values("pk"), history_change_reason__in=OWN_ACTS)
    seen += [(row, f"{row.unit.label}: ") for row in later.select_related("history_user", "unit")[:LOG_LENGTH]]
    seen.sort(key=lambda pair: (pair[0].history_date, pair[0].history_id), reverse=True)
    return [_log_row(row, what, today) for row, what in seen[:LOG_LENGTH]]


def _log_row(row: Any, prefix: str, today: date) -> LogRow:
    at = localtime(row.history_date)
    made = _("Fikk oppgaven.") if isinstance(row.instance, Task) else _("Opprettet.")
    what = told(row.history_change_reason or "", TOLD_WITH_A_VALUE) or (
        made if row.history_type == "+" else _("Endret.")
    )
    who = str(row.history_user) if row.history_user else _("Systemet")
    return LogRow(at=at, day=at_clock(day_phrase(at.date(), today=today), at), who=who, what=f"{prefix}{what}")


def task_notes(tasks: Iterable[Task]) -> dict[int, list[str]]:
    """What units wrote about each edition, and why it was not relevant to them."""
    found: dict[int, list[str]] = {}
    for task in tasks:
        said = task.note or (task.reason if task.status == TaskStatus.NOT_RELEVANT else "")
        if said:
            found.setdefault(task.edition_id, []).append(f"{task.unit.label}: {said}")
    return found


def is_ticked_by_none(entry: Entry) -> str:
    """Why there is nothing to tick off, in words; empty where there is."""
    if entry.kind == EntryKind.DEADLINE:
        return _("En frist kvitteres ikke ut. Den er her for at alle skal kjenne den.")
    return _("Dette punktet kvitteres ikke ut.")
