"""The lines of a reminder, each of them a link, and what the ledger keeps of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.asks import Ask, Silence
from annual_wheel.due import Due
from annual_wheel.mail_links import done_url
from annual_wheel.models import EditionState, EntryKind, Task
from annual_wheel.news import Moved
from annual_wheel.oversight import Summary
from annual_wheel.phrases import bound_of, day_phrase, distance, due_phrase
from annual_wheel.rows import address_of, duty_words
from organisation.models import Comment, User
from strategy.talk_for_me import ForMe, url_of_answer

# A long section is cut: the rest is a press away on Mitt arbeid.
MOST_LINES: Final = {"late": 20, "soon": 20}
MOST_LINES_OF_NEWS: Final = 10


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    url: str
    facts: tuple[str, ...]
    is_late: bool = False
    is_cancelled: bool = False
    done_url: str = ""  # where it is ticked off in one press


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    lines: tuple[Line, ...]
    more: str = ""  # how many there are besides


def sections_of(due: Due, *, to: User, today: date) -> tuple[Section, ...]:
    """Everything there is to tell: what one is to do, then what one is asked, then what one may want to know."""
    tasks = [
        task_section(code, tasks, to=to, tickable=due.tickable, today=today, moves=due.moves)
        for code, tasks in due.groups
        if tasks
    ]
    behind = _behind_section(due.behind, today)
    others = (
        behind,
        Section("report", _("Rapporter"), tuple(_ask_line(ask, today) for ask in due.asks)),
        Section("hearing", _("Høringer"), tuple(_for_me_line(row) for row in due.hearings)),
        Section("mention", _("Kommentarer som venter på deg"), tuple(_for_me_line(row) for row in due.mentions)),
        Section("answered", _("Svar på innspill"), tuple(_answer_line(answer) for answer in due.answers)),
        Section("summary", _("Måneden som gikk"), tuple(_summary_line(summary) for summary in due.summaries)),
        Section("silence", _("Hvordan går det med disse tiltakene?"), _silence_lines(due.silences)),
    )
    return (*tasks, *(section for section in others if section.lines))


def task_section(
    code: str,
    tasks: Iterable[Task],
    *,
    to: User,
    tickable: Collection[int],
    today: date,
    moves: Mapping[int, Moved] | None = None,
) -> Section:
    """One part of the mail. `tickable` are the tasks that the person may tick off."""
    titles = {
        "late": _("Forsinket"),
        "soon": _("Frist snart"),
        "changed": _("Endret siden sist"),
        "given": _("Nytt til deg"),
        "new": _("Kan begynne nå"),
    }
    gathered = by_edition(tasks)
    shown = gathered[: MOST_LINES.get(code, MOST_LINES_OF_NEWS)]
    left = len(gathered) - len(shown)
    more = ngettext("og %(count)d til på Mitt arbeid", "og %(count)d til på Mitt arbeid", left) % {"count": left}
    lines = tuple(
        _task_line(same, (moves or {}).get(same[0].pk), _done_url(to, same, tickable), today) for same in shown
    )
    return Section(code, titles[code], lines, more if left else "")


def _behind_section(tasks: Iterable[Task], today: date) -> Section:
    """For whoever leads the unit: no button to tick off, as it is others' to do."""
    gathered = by_edition(tasks)
    left = len(gathered) - MOST_LINES_OF_NEWS
    more = ngettext("og %(count)d til på Mitt arbeid", "og %(count)d til på Mitt arbeid", left) % {"count": left}
    lines = tuple(_task_line(same, None, "", today) for same in gathered[:MOST_LINES_OF_NEWS])
    return Section("behind", _("Lenge forsinket hos enheten du leder"), lines, more if left > 0 else "")


def _summary_line(summary: Summary) -> Line:
    return Line(summary.wheel.title, settings.BASE_URL + summary.url, summary.facts)


def by_edition(tasks: Iterable[Task]) -> list[list[Task]]:
    """Gather the tasks that several of one's units have for the same thing: they are told of in one line."""
    gathered: dict[int, list[Task]] = {}
    for task in tasks:
        gathered.setdefault(task.edition_id, []).append(task)
    return list(gathered.values())


def _done_url(to: User, same: list[Task], tickable: Collection[int]) -> str:
    mine = [task for task in same if task.pk in tickable]
    return done_url(to, mine) if mine else ""


def _task_line(same: list[Task], moved: Moved | None, done_url: str, today: date) -> Line:
    task = same[0]
    edition = task.edition
    units = [unit.label for each in same for unit in (each.unit, *each.shared_with.all())]
    facts = (
        ", ".join(dict.fromkeys(units)),
        *(_cancelled(task) if edition.is_cancelled else (_when(task, today), *_moved(moved, today))),
        bound_of(edition) if not edition.is_cancelled else "",
        duty_words(edition.entry.modality).lower(),
    )
    return Line(
        text=edition.said.text.removesuffix("."),
        url=settings.BASE_URL + address_of(edition, today=today),
        facts=tuple(fact for fact in facts if fact),
        is_late=task.is_overdue(today),
        is_cancelled=edition.is_cancelled,
        done_url=done_url,
    )


def _cancelled(task: Task) -> tuple[str, ...]:
    words = EditionState.CANCELLED.label
    reason = task.edition.reason_words.removesuffix(".")
    return (f"{words}: {reason}" if reason else str(words),)


def _moved(moved: Moved | None, today: date) -> tuple[str, ...]:
    """What has become otherwise: "flyttet fra 12. april"."""
    if moved is None:
        return ()
    from_day = _("flyttet fra %(day)s") % {"day": day_phrase(moved.was_on, today=today)} if moved.is_moved else ""
    state = ""
    if moved.was != moved.state:
        back = moved.was == EditionState.CANCELLED
        state = _("utgår likevel ikke") if back else str(EditionState(moved.state).label)
    return tuple(filter(None, (from_day, state)))


def _when(task: Task, today: date) -> str:
    """ "innen 15. april (om 3 dager)", and "frist 1. april (for 3 dager siden)" where it is late."""
    edition = task.edition
    phrase = due_phrase(edition, today=today)
    if edition.entry.kind == EntryKind.ONGOING:
        return phrase
    if task.is_overdue(today):
        phrase = _("frist %(day)s") % {"day": day_phrase(edition.due_on, today=today)}
    return f"{phrase} ({distance(edition.due_on, today=today)})"


def _ask_line(ask: Ask, today: date) -> Line:
    return Line(ask.text, settings.BASE_URL + ask.url, (ask.unit.label, ask.due(today=today), ask.count))


def _for_me_line(row: ForMe) -> Line:
    return Line(Truncator(row.text).chars(120), settings.BASE_URL + row.url, tuple(filter(None, row.details)))


def _answer_line(answer: Comment) -> Line:
    """What was said, and what became of it."""
    facts = (answer.about_words, answer.get_answer_display(), answer.answer_text)
    return Line(
        Truncator(answer.text).chars(120),
        settings.BASE_URL + url_of_answer(answer),
        tuple(str(fact) for fact in facts if fact),
    )


def _silence_lines(silences: Iterable[Silence]) -> tuple[Line, ...]:
    units: dict[str, list[Silence]] = {}
    for silence in silences:
        units.setdefault(silence.key, []).append(silence)
    return tuple(
        Line(
            same[0].text.removesuffix("."),
            settings.BASE_URL + same[0].url,
            (", ".join(silence.unit.label for silence in same), _("ingen rapport eller kvittering på et halvt år")),
        )
        for same in units.values()
    )


def items_of(due: Due) -> list[dict[str, Any]]:
    """What the ledger keeps of it, so that what is said once is not said every day."""
    return [
        *(task_item(code, task) for code, tasks in due.groups for task in tasks),
        *(_item("report", ask.key, ask.text, ask.url, unit=ask.unit.slug, due_on=ask.round.due_on) for ask in due.asks),
        *(_item("hearing", row.key, row.text, row.url, due_on=row.until) for row in due.hearings),
        *(_item("mention", row.key, row.text, row.url) for row in due.mentions),
        *(_item("answered", answer.pk, answer.text, url_of_answer(answer)) for answer in due.answers),
        *(task_item("behind", task) for task in due.behind),
        *(_item("summary", each.key, each.wheel.title, each.url) for each in due.summaries),
        *(_item("silence", each.key, each.text, each.url, unit=each.unit.slug) for each in due.silences),
    ]


def task_item(code: str, task: Task) -> dict[str, Any]:
    edition = task.edition
    url = edition.entry.get_absolute_url()
    found = _item(code, None, edition.said.text, url, unit=task.unit.slug, due_on=edition.due_on)
    return {**found, "task": task.pk}


def _item(
    group: str, about: str | int | None, text: str, url: str, *, unit: str = "", due_on: date | None = None
) -> dict[str, Any]:
    return {
        "task": None,
        "about": about,
        "group": group,
        "text": text,
        "unit": unit,
        "due_on": due_on.isoformat() if due_on else None,
        "url": settings.BASE_URL + url,
    }
