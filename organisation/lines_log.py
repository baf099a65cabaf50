"""What the responsibility lines of an item have been: each change told whole, and the lines as they were before it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from config.lib.changes import Change, FieldChange
from config.lib.conflicts import NOTHING
from config.lib.days import day_words, moment_words
from organisation.lines import Line, Party, line_words
from organisation.models import Function, Unit, UnitGroup

LINES: Final = "responsibilities"
ONE_SAVE: Final = timedelta(seconds=2)  # as `config.lib.changes.merged` has it
State = dict[int, Any]  # by the number of each line: its row, or the row of the log that tells it


@dataclass(frozen=True)
class Gone:
    """A unit, a group or a function that is deleted, by the last name it had."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Then:
    """A line as it was; `under` is the index of the one it stood under."""

    pk: int
    party: Party | Gone
    function: Function | Gone | None
    relation: str
    wording: str
    under: int | None

    @property
    def said(self) -> tuple[Any, ...]:
        return (self.party, self.function, self.relation, self.wording, self.under)


class LinesLog:
    """The lines of one item over the years. A handful of queries, however many lines and changes there are."""

    def __init__(self, item: Any) -> None:
        manager = item.responsibilities
        history = manager.model.history.filter(**{manager.field.attname: item.pk})
        self.records = list(history.select_related("history_user").order_by("history_id"))
        self.saved_at = list(item.history.order_by("history_date").values_list("history_date", flat=True))
        self.stored = list(manager.all())
        self._names: Mapping[Any, Mapping[int, Any]] = {
            model: _named(model, {getattr(line, column) for line in (*self.records, *self.stored)})
            for model, column in ((Unit, "unit_id"), (UnitGroup, "group_id"), (Function, "function_id"))
        }

    def now(self) -> list[Then]:
        return self._told({line.pk: line for line in self.stored})

    def before(self, record: int) -> list[Then]:
        """The lines as they stood until that row of the log; LookupError where nobody knows."""
        if record not in {each.history_id for each in self.records}:
            raise LookupError(record)
        earlier = [each for each in self.records if each.history_id < record]
        if not self._is_known(len(earlier)):
            raise LookupError(record)
        state = self._first()
        for each in earlier:
            _follow(state, each)
        return self._told(state)

    def changes(self) -> Iterator[Change]:
        """Each save as one change from all the lines to all the lines. What stands now needs no bringing back."""
        state, now = self._first(), words_of(self.now())
        was, at = words_of(self._told(state)), 0
        for save in self._saves():
            for record in save:
                _follow(state, record)
            said = words_of(self._told(state))
            if said != was:
                where = (LINES, save[0].history_id) if was not in ("", now) and self._is_known(at) else ()
                field = FieldChange(_("Ansvar"), was or NOTHING, said or NOTHING, *where)
                when, who = save[-1].history_date, str(save[-1].history_user or _("Ukjent"))
                yield Change(when, moment_words(when), who, "", "", [field])
            was, at = said, at + len(save)

    def _saves(self) -> list[list[Any]]:
        """What one person did at once: a save of the item, and the lines that were saved with it after it."""
        saves: list[list[Any]] = []
        last: Any = None
        for record in self.records:
            said = (bisect(self.saved_at, record.history_date), record.history_user_id)
            if last is None or said != last or record.history_date - saves[-1][0].history_date >= ONE_SAVE:
                saves.append([])
            saves[-1].append(record)
            last = said
        return saves

    def _first(self) -> State:
        """What was there before lines were logged: never changed since, or known by the end of it alone."""
        logged: State = {}
        for record in self.records:
            logged.setdefault(record.id, record)
        state = {line.pk: line for line in self.stored if line.pk not in logged}
        return state | {pk: record for pk, record in logged.items() if record.history_type == "-"}

    def _is_known(self, count: int) -> bool:
        """Whether no later row of the log is the first of a line that was there already, and says what it became."""
        known = {record.id for record in self.records[:count]}
        later: dict[int, str] = {}
        for record in self.records[count:]:
            later.setdefault(record.id, record.history_type)
        return all(kind != "~" for pk, kind in later.items() if pk not in known)

    def _told(self, state: State) -> list[Then]:
        lines = sorted(state.items(), key=lambda line: (line[1].position, line[0]))
        at = {pk: index for index, (pk, _line) in enumerate(lines)}
        return [
            Then(
                pk,
                self._names[Unit].get(line.unit_id) or self._names[UnitGroup][line.group_id],
                self._names[Function].get(line.function_id),
                str(line.relation),
                line.wording,
                at.get(line.under_id),
            )
            for pk, line in lines
        ]


def _follow(state: State, record: Any) -> None:
    state.pop(record.id, None)
    if record.history_type != "-":
        state[record.id] = record


def _named(model: Any, wanted: set[int | None]) -> dict[int, Any]:
    """The rows with these numbers, and what is left of those that are deleted."""
    asked = wanted - {None}
    found: dict[int, Any] = model._default_manager.in_bulk(asked) if asked else {}
    if gone := asked - found.keys():
        logged = model.history.filter(id__in=gone).order_by("history_id").values_list("id", "name")
        found |= {pk: Gone(str(pk)) for pk in gone if pk} | {pk: Gone(name) for pk, name in logged}
    return found


def words_of(lines: Sequence[Then]) -> str:
    """The lines as text, one a row, those that stand under another marked so."""
    return "\n".join("– " * _depth(lines, line) + line_words(line) for line in lines)


def _depth(lines: Sequence[Then], line: Then) -> int:
    depth = 0
    while line.under is not None and depth < len(lines):
        line, depth = lines[line.under], depth + 1
    return depth


@dataclass(frozen=True)
class Doubt:
    """A line that cannot come back as it was: why, and as what it can; nothing where it cannot at all."""

    index: int
    words: str
    why: str
    offer: str = ""


def doubts(lines: Sequence[Then], now: Sequence[Then], *, today: date) -> list[Doubt]:
    """The lines that somebody must be asked about; not those that stand like that already."""
    standing = {(line.party, line.function) for line in now}
    asked = [(index, line) for index, line in enumerate(lines) if (line.party, line.function) not in standing]
    return [doubt for index, line in asked if (doubt := _doubt(index, line, today=today))]


def _doubt(index: int, line: Then, *, today: date) -> Doubt | None:
    words, party, function = line_words(line), line.party, line.function
    if isinstance(party, Gone):
        return Doubt(index, words, _("«%(name)s» finnes ikke lenger.") % {"name": party})
    why, offer = [], ""
    if isinstance(party, Unit) and party.closes_on and party.closes_on <= today:
        said = {"name": party, "day": day_words(party.closes_on)}
        why.append(_("«%(name)s» ble lagt ned %(day)s.") % said)
        offer = _("Ta den med likevel")
    if isinstance(function, Gone):
        why.append(_("Funksjonen «%(name)s» finnes ikke lenger.") % {"name": function})
        offer = _("Ta den med uten funksjonen")
    return Doubt(index, words, " ".join(why), offer) if why else None


def as_placed(lines: Sequence[Then], left_out: Collection[int]) -> list[Line]:
    """The lines to be stored, without those. What stood under one of them stands under the one above it."""
    index_of: dict[int, int] = {}
    placed: list[Line] = []
    for index, line in enumerate(lines):
        under = line.under
        while under in left_out:
            under = lines[under].under  # type: ignore[index]  # None is left out of nothing
        if index in left_out or isinstance(line.party, Gone):
            continue
        function = None if isinstance(line.function, Gone) else line.function
        index_of[index] = len(placed)
        above = None if under is None else index_of.get(under)
        placed.append(Line(line.pk, line.party, function, line.relation, line.wording, above))
    return placed


def says(lines: Iterable[Line]) -> list[tuple[Any, ...]]:
    return [(line.party, line.function, str(line.relation), line.wording, line.under) for line in lines]
