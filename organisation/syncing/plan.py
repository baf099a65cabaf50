"""What a file would change, row by row, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.conflicts import in_words
from organisation.models import Membership, Unit, User
from organisation.people import may_reach_role, reaches_everything
from organisation.permissions import Permission
from organisation.services import is_own_key, refusal
from organisation.syncing.cells import day_of, tidy

MANY: Final = 3  # more than one in so many
Row = TypeVar("Row", bound=models.Model)


class Outcome(models.TextChoices):
    ERROR = "error", gettext_lazy("feil")
    NEW = "new", gettext_lazy("ny")
    CHANGED = "changed", gettext_lazy("endres")
    ENDS = "ends", gettext_lazy("avsluttes")
    MISSING = "missing", gettext_lazy("mangler i filen")
    LEFT = "left", gettext_lazy("blir stående")
    SAME = "same", gettext_lazy("uendret")


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass
class Planned:
    """What becomes of one row of the file, or of something that the file does not name (number 0)."""

    number: int
    title: str
    outcome: Outcome = Outcome.SAME
    changes: list[Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    writes: list[Any] = field(default_factory=list, repr=False)  # rows to store, in whatever order
    key: str = ""  # by which it is chosen, where it is only missing

    def fail(self, words: str) -> None:
        self.outcome = Outcome.ERROR
        self.errors.append(words)
        self.writes.clear()

    def make(self, row: Any) -> None:
        if self.outcome != Outcome.ERROR:
            self.outcome = Outcome.NEW
            self.writes.append(row)

    def set(self, row: Any, name: str, value: Any, *, is_new: bool = False, label: str = "") -> None:
        """Give a field its value, and tell it where that is a change."""
        before = getattr(row, name)
        if before == value or (isinstance(before, str) and isinstance(value, str) and tidy(before) == value):
            return
        setattr(row, name, value)
        about = row._meta.get_field(name)
        words = ("" if is_new else words_of(about, before), words_of(about, value))
        self.changes.append(Change(label or capfirst(str(about.verbose_name)), *words))
        if not is_new and self.outcome != Outcome.ERROR:
            self.outcome = Outcome.NEW if self.outcome == Outcome.NEW else Outcome.CHANGED
            if row not in self.writes:
                self.writes.append(row)


def words_of(about: Any, value: Any) -> str:
    return in_words(value, getattr(about, "flatchoices", None) or ())


@dataclass
class Plan:
    rows: list[Planned]
    notes: Sequence[str] = ()

    @property
    def counts(self) -> Mapping[Outcome, int]:
        return Counter(row.outcome for row in self.rows)

    @property
    def has_errors(self) -> bool:
        return any(row.outcome == Outcome.ERROR for row in self.rows)

    @property
    def has_work(self) -> bool:
        return any(row.writes for row in self.rows)

    @property
    def ending(self) -> tuple[int, int]:
        """How many would end for being missing, and of how many that stand: as many as the file could have named."""
        counts = self.counts
        left = sum(row.outcome == Outcome.LEFT and not row.number for row in self.rows)
        named = counts[Outcome.SAME] + counts[Outcome.CHANGED]
        return counts[Outcome.ENDS], counts[Outcome.ENDS] + left + named

    @property
    def ends_many(self) -> bool:
        """Whether so much would end that the file is rather the wrong one, or a part."""
        ends, standing = self.ending
        return ends * MANY > standing

    @property
    def digest(self) -> str:
        """A mark of everything that was shown: another one means that something has changed since."""
        told = [(row.number, row.title, row.outcome.value, row.changes, row.errors, row.key) for row in self.rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def with_work(self, chosen: Collection[str] = ()) -> list[Planned]:
        """Return the rows of the file and the rest that change something; of what is only missing, the chosen."""
        return [row for row in self.rows if row.writes and (row.outcome != Outcome.MISSING or row.key in chosen)]

    def writes(self, chosen: Collection[str] = ()) -> Iterator[Any]:
        """Return each row to store once; of what is only missing, that which was chosen."""
        seen: set[int] = set()
        for planned in self.with_work(chosen):
            for row in planned.writes:
                if id(row) not in seen:
                    seen.add(id(row))
                    yield row


@dataclass(frozen=True)
class Scope:
    """On whose behalf, how far that reaches, and on which day. Nobody means the machine itself, which reaches all."""

    by: User | None
    units: frozenset[int]
    is_everything: bool
    today: date
    is_locking: bool = False

    @classmethod
    def of(cls, by: User | None, *, today: date, is_locking: bool = False) -> Scope:
        if by is None:
            everything = frozenset(Unit.objects.without_tree_fields().order_by().values_list("pk", flat=True))
            return cls(None, everything, is_everything=True, today=today, is_locking=is_locking)
        units, is_all = by.reach(today)[Permission.ADMINISTER], reaches_everything(by, today=today)
        return cls(by, units, is_all, today, is_locking)

    def stored(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The rows, held against everybody else's changes while they are being written."""
        return rows.select_for_update(of=("self",)) if self.is_locking else rows

    def refusal(self, row: Membership) -> str:
        """Say why this role may not be given or ended; empty where it may."""
        return refusal(row, by=self.by, today=self.today) if self.by else ""

    def is_own_key(self, row: Any) -> bool:
        return self.by is not None and isinstance(row, Membership) and is_own_key(row, by=self.by)

    def may_change(self, person: User, standing: Iterable[tuple[int, str]]) -> bool:
        """Whether a person's details may be changed, by the roles that they have. See `people.may_change_person`."""
        if self.by is None:
            return True
        if (person.is_superuser or person.is_staff) and not self.by.is_superuser:
            return False
        return all(may_reach_role(self.by, unit, role, today=self.today) for unit, role in standing)


class Unclear(Exception):
    """A word means nothing here, or several things; the message says which."""


class Names:
    """Finds rows by their short name in addresses, or by another name that only one of them has."""

    def __init__(self, rows: Iterable[Any], unknown: str, several: str) -> None:
        self.by_slug: dict[str, Any] = {}
        self.by_name: dict[str, list[Any]] = {}
        self.unknown, self.several = unknown, several
        for row in rows:
            self.add(row)

    def add(self, row: Any) -> None:
        self.by_slug[row.slug.casefold()] = row
        for name in {tidy(getattr(row, of, "") or "").casefold() for of in ("name", "name_en", "short_name")}:
            if name:
                self.by_name.setdefault(name, []).append(row)

    def get(self, words: str) -> Any:
        """Return the row; None where nothing is called that. Unclear where several are."""
        folded = words.casefold()
        if folded in self.by_slug:
            return self.by_slug[folded]
        found = self.by_name.get(folded, [])
        if len(found) > 1:
            raise Unclear(self.several % {"name": words})
        return found[0] if found else None

    def find(self, words: str) -> Any:
        found = self.get(words)
        if found is None:
            raise Unclear(self.unknown % {"name": words})
        return found

    def shortest(self, row: Any) -> str:
        """Return the name people know, where it finds this row again, else the short name in addresses."""
        words = tidy(row.name)
        try:
            return words if self.get(words) is row else row.slug
        except Unclear:
            return str(row.slug)


def unit_names(units: Iterable[Unit]) -> Names:
    return Names(units, _("Ukjent enhet: «%(name)s»."), _("Flere enheter heter «%(name)s». Skriv kortnavnet."))


def group_names(groups: Iterable[Any]) -> Names:
    return Names(groups, _("Ukjent gruppe: «%(name)s»."), _("Flere grupper heter «%(name)s». Skriv kortnavnet."))


def unit_in_reach(planned: Planned, words: str, names: Names, scope: Scope) -> Unit | None:
    """The unit that a cell names; None where it names none or none that can be found, which is told."""
    try:
        unit: Unit | None = names.find(words) if words else None
    except Unclear as unclear:
        planned.fail(str(unclear))
        return None
    if unit is not None and unit.pk not in scope.units:
        planned.fail(_("Du administrerer ikke %(unit)s.") % {"unit": unit.label})
    return unit


def refuse_unknown(planned: Planned, words: str, heading: Any, allowed: Iterable[Any]) -> None:
    """Tell that a cell says none of what its column may say, and what that is."""
    said = {"column": heading, "words": words, "allowed": ", ".join(f"«{one}»" for one in allowed)}
    planned.fail(_("%(column)s: «%(words)s» er ukjent. Skriv ett av disse: %(allowed)s.") % said)


def read_day(planned: Planned, words: str, heading: Any) -> date | None:
    try:
        return day_of(words)
    except ValueError:
        said = {"column": heading, "words": words}
        planned.fail(_("%(column)s: «%(words)s» er ikke en dag. Skriv dagen slik: 31.12.2026.") % said)
        return None
