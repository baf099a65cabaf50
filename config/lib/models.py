"""Abstract bases that any app may use: a key for life, a source, a version number for saving."""

import secrets
from collections.abc import Collection
from functools import cache
from typing import Any, ClassVar, Self

from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext_lazy as _

from config.lib.ready_query import ReadyQuery
from config.lib.ready_update import write_over

KEY_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_key() -> str:
    """Return eight characters that are easy to read aloud; the identity of a new item."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(8))


class Keyed(models.Model):
    """An item with one identity for life, used in addresses, exports and frozen versions."""

    key = models.SlugField(_("nøkkel"), max_length=60, unique=True, default=new_key, editable=False)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """Where an item came from: a file's name and the first and last line of it, counted from 1."""

    source_file = models.CharField(_("kildefil"), max_length=120, blank=True)
    source_from = models.PositiveIntegerField(_("fra linje"), null=True, blank=True)
    source_to = models.PositiveIntegerField(_("til linje"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_source_lines",
                condition=models.Q(source_from__isnull=True, source_to__isnull=True)
                | models.Q(source_from__gte=1, source_to__gte=models.F("source_from")),
            )
        ]

    @property
    def source(self) -> dict[str, Any] | None:
        if not self.source_file:
            return None
        return {"file": self.source_file, "lines": [self.source_from, self.source_to]}

    @source.setter
    def source(self, value: dict[str, Any] | None) -> None:
        self.source_file = value["file"] if value else ""
        self.source_from, self.source_to = value["lines"] if value else (None, None)


class StaleEdit(Exception):
    """Somebody saved a newer version of the row; `current` is the row as it now stands."""

    def __init__(self, current: Any) -> None:
        super().__init__(f"{current!r} is at version {current.lock_version}")
        self.current = current


@cache
def _spoken_of(model: Any) -> list[frozenset[str]]:
    """What each constraint of a model speaks of."""
    return [
        frozenset(
            constraint.condition.referenced_base_fields
            if isinstance(constraint, models.CheckConstraint) and isinstance(constraint.condition, models.Q)
            else (field.name for field in model._meta.fields)
        )
        for each in (model, *model._meta.all_parents)
        for constraint in each._meta.constraints
    ]


@cache
def _locking(model: Any) -> ReadyQuery[Any]:
    """A row, locked until the transaction ends: asked at every save."""
    return ReadyQuery(lambda *, pk: model._default_manager.select_for_update().filter(pk=pk).order_by(), pk=int)


class Versioned(models.Model):
    """A row that several people edit; a save must name the version it was made from."""

    lock_version = models.PositiveIntegerField(_("versjonsnummer"), default=1, editable=False)

    # What is written elsewhere: a row that was read before somebody moved another is not to put that back.
    left_alone: ClassVar[frozenset[str]] = frozenset({"position"})

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """As everywhere, but for the work where none of them says anything of what is judged.

        Django words each in SQL first, and then sees that what it speaks of is left out.
        """
        if any(not fields <= {*(exclude or ())} for fields in _spoken_of(type(self))):
            super().validate_constraints(exclude=exclude)

    def lock_at(self, expected: int) -> Self:
        """Lock the row until the transaction ends, and return it as it is stored; StaleEdit where that is newer.

        Of two who save at once the second one waits here, and then meets StaleEdit.
        """
        if not connection.in_atomic_block:
            raise TransactionManagementError("a row is locked within a transaction")
        stored = next(iter(_locking(type(self)).rows(pk=self.pk)), None)
        if stored is None:
            raise type(self).DoesNotExist  # type: ignore[attr-defined]  # which every model has
        if stored.lock_version != expected:
            raise StaleEdit(stored)
        return stored

    def save_over(self, stored: Self, *, and_place: bool = False) -> None:
        """Save what differs from the row as it is stored, and raise the version number."""
        self.lock_version = stored.lock_version + 1
        left_alone = self.left_alone - {"position"} if and_place else self.left_alone
        changed = [
            column
            for column in self._meta.concrete_fields
            if column.name not in left_alone
            and (_is_now(column) or getattr(self, column.attname) != getattr(stored, column.attname))
        ]
        if type(self).save is models.Model.save:
            write_over(self, changed)
        else:
            self.save(update_fields=[column.name for column in changed])


def _is_now(column: Any) -> bool:
    """Whether the column keeps the moment of the save."""
    return getattr(column, "auto_now", False)


def lock_in_order(*rows: tuple[Any, int]) -> list[Any]:
    """`lock_at` for several rows of one model, each with its version, and as they were given.

    They are locked in the order of their numbers, so that two who lock the same rows never wait for each other.
    """
    found = {row.pk: row.lock_at(expected) for row, expected in sorted(rows, key=lambda each: int(each[0].pk))}
    return [found[row.pk] for row, _expected in rows]
