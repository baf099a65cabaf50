"""What has been changed in a row over the years: who, when, from what, to what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from simple_history.models import DeletedObject

from config.lib.conflicts import NOTHING, in_words
from config.lib.days import moment_words
from config.lib.kept import told

NOT_WRITTEN = {"slug", "language", "source_file"}
NOT_TEXT = {"lock_version", "position", "changed_at", "key"}


@dataclass(frozen=True)
class FieldChange:
    """`name` is the field and `record` the log row that holds what it said before, where that can be brought back."""

    label: str
    before: str
    after: str
    name: str = ""
    record: int = 0
    url: str = ""  # where it is brought back


@dataclass(frozen=True)
class Change:
    """One save by one person."""

    at: datetime
    when: str
    who: str
    why: str
    what: str
    fields: Sequence[FieldChange]


def changes_of(row: Any) -> list[Change]:
    """The changes of a row, the newest first."""
    records = list(row.history.select_related("history_user").order_by("-history_date", "-history_id"))
    pairs = zip(records, [*records[1:], None], strict=True)
    found = [_change(new, old) for new, old in pairs]
    return [change for change in found if change.fields or change.what or change.why]


def _change(new: Any, old: Any) -> Change:
    fields = _fields(new, old) if old is not None else []
    return Change(
        at=new.history_date,
        when=moment_words(new.history_date),
        who=str(new.history_user or _("Ukjent")),
        why=told(new.history_change_reason or ""),
        what="" if old is not None else _("Laget"),
        fields=fields,
    )


def _fields(new: Any, old: Any) -> list[FieldChange]:
    delta = new.diff_against(old, excluded_fields=NOT_TEXT, foreign_keys_are_objs=True)
    found = (_field_change(new.instance_type, change, old.history_id) for change in delta.changes)
    return sorted(found, key=lambda change: change.label)  # simple_history tells them in any order


def _field_change(model: Any, change: Any, record: int) -> FieldChange:
    field = model._meta.get_field(change.field)
    words = _many_words if field.many_to_many else _one_words
    label = str(field.verbose_name)
    where = (change.field, record) if change.field in texts_of(model) else ()
    return FieldChange(label[:1].upper() + label[1:], words(field, change.old), words(field, change.new), *where)


def texts_of(model: Any) -> set[str]:
    """The fields of a row that hold words somebody wrote."""
    fields = (field for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField))
    return {field.name for field in fields if field.editable and not field.choices and field.name not in NOT_WRITTEN}


def _many_words(field: models.ManyToManyField[Any, Any], values: Iterable[dict[str, Any]]) -> str:
    """simple_history tells a many-to-many as its through rows, each with this side and the other."""
    name = field.m2m_reverse_field_name()
    return in_words([value[name] for value in values])


def _one_words(field: Any, value: Any) -> str:
    if isinstance(value, DeletedObject) and value.pk is None:  # simple_history tells what was empty like this
        return NOTHING
    if isinstance(value, list):
        return (
            ", ".join(str(each.get("url", each)) if isinstance(each, dict) else str(each) for each in value) or NOTHING
        )
    return in_words(value, field.flatchoices if hasattr(field, "flatchoices") else ())


def line_changes(history: Any, words: Any, label: str) -> list[Change]:
    """The changes of the lines of an item, from the history of all its lines; `words` tells a line in words."""
    records = list(history.select_related("history_user").order_by("id", "history_date", "history_id"))
    found = []
    before: dict[int, str] = {}
    for record in records:
        now = "" if record.history_type == "-" else words(record.instance)
        # A line that was there before lines were logged has nothing but the end of it in the log.
        was = before.get(record.id, words(record.instance) if record.history_type == "-" else "")
        before[record.id] = now
        if was != now:
            fields = [FieldChange(label, was or NOTHING, now or NOTHING)]
            who = str(record.history_user or _("Ukjent"))
            found.append(Change(record.history_date, moment_words(record.history_date), who, "", "", fields))
    return found


def merged(*lists: Iterable[Change]) -> list[Change]:
    """One list, the newest first; what one person did within the same two seconds is one change."""
    oldest_first = sorted((change for changes in lists for change in changes), key=lambda change: change.at)
    result: list[Change] = []
    for change in reversed(oldest_first):
        last = result[-1] if result else None
        if last and last.who == change.who and (last.at - change.at).total_seconds() < 2:
            result[-1] = _joined(last, change)
        else:
            result.append(change)
    return result


def _joined(later: Change, earlier: Change) -> Change:
    return Change(
        at=later.at,
        when=later.when,
        who=later.who,
        why=later.why or earlier.why,
        what=earlier.what or later.what,
        fields=[*earlier.fields, *later.fields],
    )
