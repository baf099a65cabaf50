"""Taking back a whole file that was stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from config.lib.saving import signed
from organisation.models import Membership, StoredFile, User
from organisation.services import CannotChange, DatedRow, refusal, undo
from organisation.syncing.applying import STORED, WHY


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
    made: int = 0
    changed: int = 0


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

    As many queries however many files there are, and however much they changed.
    """
    moments = {file.stored_at for file in files}
    found = {moment: Standing() for moment in moments}
    for model in STORED:
        history: Any = model.history  # type: ignore[attr-defined]
        name = model._meta.pk.attname  # type: ignore[union-attr]
        written = list(history.filter(history_date__in=moments, history_user=by, history_change_reason=WHY))
        pks = {getattr(record, name) for record in written}
        newest = (
            dict(history.filter(**{f"{name}__in": pks}).values_list(name).annotate(Max("history_id"))) if pks else {}
        )
        for record in written:
            standing = found[record.history_date]
            if record.history_type == "+" and not issubclass(model, DatedRow):
                standing.made += 1
            elif newest[getattr(record, name)] != record.history_id:
                standing.changed += 1
            elif not (isinstance(record.instance, Membership) and refusal(record.instance, by=by, today=today)):
                standing.count += 1
    return found


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
