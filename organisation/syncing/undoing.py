"""Taking back a whole file that was stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_noop

from config.lib.saving import signed
from organisation.models import Membership, User
from organisation.services import CannotChange, DatedRow, refusal, undo
from organisation.syncing.applying import STORED, WHY


@dataclass
class Undone:
    """What came of it: the rows that are as they were, those that stay because they were made, and the rest."""

    back: list[Any] = field(default_factory=list)
    made: int = 0  # people, units, groups and functions are never deleted
    left: int = 0  # changed by somebody since, or not one's to change


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
    return undone


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
