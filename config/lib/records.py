"""The log of a row: every state it has had, with who, when and why."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from config.lib.fetched import is_tied_to_nothing
from config.lib.ready_copy import copy_rows

DELETED: Final = "-"


class RowHistory(HistoryManager):
    """What `row.history` is. Its class is made once; by itself the library makes one each time somebody looks."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class Records(HistoricalRecords):
    """The log of a row, which is written at every save: a copy of the row as it is stored, made by the database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=RowHistory, **options)

    def finalize(self, sender: Any, **said: Any) -> None:
        """Listen to proxies as well: they save the same rows, and Django tells of it in their own name."""
        super().finalize(sender, **said)
        if sender._meta.proxy and sender._meta.concrete_model is self.cls:
            post_save.connect(self.post_save, sender=sender, weak=False)
            pre_delete.connect(self.pre_delete, sender=sender, weak=False)
            post_delete.connect(self.post_delete, sender=sender, weak=False)

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        if history_type == DELETED:  # and so there is nothing to copy
            super().create_historical_record(instance, history_type, using)
            return
        log = getattr(type(instance), self.manager_name).model
        said = {
            "history_date": getattr(instance, "_history_date", None) or timezone.now(),
            "history_type": history_type,
            "history_user": getattr(self.get_history_user(instance), "pk", None),
            "history_change_reason": self.get_change_reason_for_object(instance, history_type, using),
        }
        number = _copy_to(log, type(instance), log.tracked_fields, type(instance)._meta.pk, instance.pk, said)
        for field in log._history_m2m_fields:
            if self.has_ties(instance, field.name):
                self._copy_ties(field, instance.pk, number)

    def has_ties(self, instance: Any, name: str) -> bool:
        """Whether there may be something to log in a many-to-many field."""
        return not is_tied_to_nothing(instance, name)

    def _copy_ties(self, field: Any, pk: int, number: int | None) -> None:
        through = field.remote_field.through
        row = through._meta.get_field(field.m2m_field_name())
        _copy_to(self.m2m_models[field], through, through._meta.concrete_fields, row, pk, {"history": number})


def _copy_to(log: Any, source: Any, fields: Any, where: Any, value: Any, said: dict[str, Any]) -> int | None:
    by_field = {log._meta.get_field(name): told for name, told in said.items()}
    return copy_rows(source, log, fields, (where, value), by_field)
