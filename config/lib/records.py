"""The log of a row: every state it has had, with who, when and why."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from config.lib.fetched import ties_of
from config.lib.ready_insert import put_in


class RowHistory(HistoryManager):
    """What `row.history` is. Its class is made once; by itself the library makes one each time somebody looks."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class Records(HistoricalRecords):
    """The log of a row, which is written at every save: in few steps, and without asking again for what is fetched."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=RowHistory, **options)

    def create_historical_record(self, instance: Any, history_type: str, using: str | None = None) -> None:
        log = getattr(type(instance), self.manager_name).model
        row = log(
            history_date=getattr(instance, "_history_date", None) or timezone.now(),
            history_type=history_type,
            history_user=self.get_history_user(instance),
            history_change_reason=self.get_change_reason_for_object(instance, history_type, using),
            **{field.attname: getattr(instance, field.attname) for field in log.tracked_fields},
        )
        put_in(row)
        self.create_historical_record_m2ms(row, instance)

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        for field in history_instance._history_m2m_fields:
            through, log = field.remote_field.through, self.m2m_models[field]
            ties = ties_of(instance, field.name)
            if ties is None:
                ties = through._default_manager.filter(**{field.m2m_field_name(): instance.pk})
            names = [column.attname for column in through._meta.concrete_fields]
            rows = [log(history=history_instance, **{name: getattr(tie, name) for name in names}) for tie in ties]
            if len(rows) == 1:
                put_in(rows[0])
            elif rows:
                log._default_manager.bulk_create(rows)
