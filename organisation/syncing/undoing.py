"""Taking back a whole file that was stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, Count, Exists, Model, OuterRef, Value, When
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from config.lib.saving import signed
from organisation.models import Membership, StoredFile, User
from organisation.services import CannotChange, DatedRow, refusal, undo
from organisation.syncing.applying import STORED, WHY

SOMEBODY: Final = 0  # in the place of the number of a person, for all but whoever asks


@dataclass
class Undone:
    """What came of it: the rows that are as they were, those that stay because they were made, and the rest."""

    back: list[Any] = field(default_factory=list)
    made: int = 0  # people, units, groups and functions are never deleted
    left: int = 0  # changed by somebody since, or not one's to change


@dataclass
class Standing:
    """How much of a file can be taken back, and what stands in the way of the rest."""

    count: int = 0
    changed: int = 0  # by somebody since
    refused: int = 0  # not one's to change


@transaction.atomic
def take_back(moment: datetime, *, by: User, today: date) -> Undone:
    """Bring back what the file stored at this moment changed, as far as it is still as the file left it."""
    undone = Undone()
    for model in reversed(list(STORED)):
        for log in _logs(model, moment, by):
            is_of_file = log[0].history_date == moment and log[0].history_change_reason == WHY
            if len(log) == 1 and not issubclass(model, DatedRow):
                undone.made += 1
            elif is_of_file and _back(model, log, by=by, today=today):
                undone.back.append(log[0].instance)
            else:
                undone.left += 1
    _tell(undone, moment, by=by)
    return undone


def _tell(undone: Undone, moment: datetime, *, by: User) -> None:
    """Let it be known that the file is taken back, where anything of it was."""
    if undone.back:
        files = StoredFile.objects.filter(stored_at=moment, user=by, undone_at=None)
        files.update(undone_at=now(), undone_by=by)


def still_standing(files: Sequence[StoredFile], *, by: User, today: date) -> dict[datetime, Standing]:
    """What of each file that this person stored is still as the file left it, by its moment.

    The database counts: as many queries, and as short an answer, however many files there are and much they changed.
    """
    found = {file.stored_at: Standing() for file in files}
    for model in STORED:
        for moment, is_changed, count, role in _counted(model, list(found), by):
            standing = found[moment]
            if is_changed:
                standing.changed += count
            elif role and refusal(role, by=by, today=today):
                standing.refused += count
            else:
                standing.count += count
    return found


def _counted(
    model: type[Model], moments: Sequence[datetime], by: User
) -> Iterator[tuple[datetime, bool, int, Membership | None]]:
    """How many rows each file changed: those that are changed since and the others, and of roles those that are alike
    to whoever asks whether they may be changed."""
    history: Any = model.history  # type: ignore[attr-defined]
    name = model._meta.pk.attname  # type: ignore[union-attr]
    since = history.filter(**{name: OuterRef(name)}, history_id__gt=OuterRef("history_id"))
    written = history.filter(history_date__in=moments, history_user=by, history_change_reason=WHY)
    if not issubclass(model, DatedRow):
        written = written.exclude(history_type="+")  # what is made is never deleted
    written = written.order_by().annotate(is_changed=Exists(since))
    if not issubclass(model, Membership):
        for moment, is_changed, count in written.values_list("history_date", "is_changed").annotate(Count("pk")):
            yield moment, is_changed, count, None
        return
    roles = written.annotate(of=Case(When(user=by.pk, then=Value(by.pk)), default=Value(SOMEBODY)))
    alike = roles.values_list("history_date", "is_changed", "unit_id", "role", "of")
    for moment, is_changed, unit, role, of, count in alike.annotate(Count("pk")):
        yield moment, is_changed, count, Membership(unit_id=unit, role=role, user_id=of)


def _logs(model: type[Model], moment: datetime, by: User) -> list[list[Any]]:
    """The log of each row that the file wrote, the newest first."""
    history: Any = model.history  # type: ignore[attr-defined]
    name = model._meta.pk.attname  # type: ignore[union-attr]
    written = history.filter(history_date=moment, history_user=by, history_change_reason=WHY)
    logs: dict[int, list[Any]] = defaultdict(list)
    for record in history.filter(**{f"{name}__in": written.values(name)}).order_by("-history_id"):
        logs[getattr(record, name)].append(record)
    return list(logs.values())


def _back(model: type[Model], log: list[Any], *, by: User, today: date) -> bool:
    rows: Any = model._default_manager
    row = rows.filter(pk=log[0].instance.pk).first()
    if row is None or (isinstance(row, Membership) and refusal(row, by=by, today=today)):
        return False
    if isinstance(row, DatedRow):
        try:
            undo(row, change=log[0].history_id, by=by)
        except CannotChange:
            return False
        return True
    for name in STORED[model]:
        setattr(row, name, getattr(log[1].instance, name))
    signed(row, by=by, why=gettext_noop("Angret.")).save()
    return True
