"""The log of a row: every state it has had, with who, when and why."""

from __future__ import annotations

from functools import cache
from typing import Any

from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords

from config.lib.fetched import ties_of


class RowHistory(HistoryManager):
    """What `row.history` is. Its class is made once; by itself the library makes one each time somebody looks."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class Records(HistoricalRecords):
    """The log of a row, which does not ask again for the many-to-many that is fetched already."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=RowHistory, **options)

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        for field in history_instance._history_m2m_fields:
            through, log = field.remote_field.through, self.m2m_models[field]
            ties = ties_of(instance, field.name)
            if ties is None:
                ties = through._default_manager.filter(**{field.m2m_field_name(): instance.pk})
            names = [column.attname for column in through._meta.concrete_fields]
            rows = [log(history=history_instance, **{name: getattr(tie, name) for name in names}) for tie in ties]
            if rows:
                log._default_manager.bulk_create(rows)
