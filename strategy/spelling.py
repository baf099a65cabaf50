"""Structured parts of an outline spelled out, field by field: for what the words on a page leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Relation
from strategy.models import Fact, Observation, Target
from strategy.outline import LineOutline

NAMED_HERE: Final[Mapping[str, Any]] = {
    "period": gettext_lazy("periode"),
    "from": gettext_lazy("fra"),
    "to": gettext_lazy("til"),
    "as_written": gettext_lazy("med ord"),
    "values": gettext_lazy("tall"),
    "file": gettext_lazy("fil"),
    "lines": gettext_lazy("linjer"),
    "source": gettext_lazy("kilde"),
    "url": gettext_lazy("adresse"),
    "label": gettext_lazy("tekst"),
}


@cache
def _fields() -> Mapping[str, Any]:
    return {field.name: field for model in (Observation, Fact, Target) for field in model._meta.concrete_fields}


def spelled(value: Any, name: str = "") -> str:
    """A value of an outline with the names of what is inside it; what says nothing is left out."""
    if isinstance(value, Mapping):
        parts = {key: spelled(part, key) for key, part in value.items()}
        return ", ".join(f"{_named(key)}: {part}" for key, part in parts.items() if part)
    if isinstance(value, list):
        return "; ".join(part for each in value if (part := spelled(each)))
    if value is None:
        return ""
    choices = getattr(_fields().get(name), "flatchoices", ())
    return str(dict(choices).get(value, value))


def spelled_each(rows: Iterable[Any]) -> str:
    return "\n".join(spelled(dict(row)) for row in rows)


def _named(key: str) -> str:
    if key in NAMED_HERE:
        return str(NAMED_HERE[key])
    field = _fields().get(key)
    return str(field.verbose_name) if field else key


def party_lines(lines: Iterable[LineOutline]) -> str:
    """Each line of a responsibility with who it is and how it takes part, whatever the words are."""
    told = []
    for each in lines:
        parts = [
            f"{each['party']} ({each['party_slug']}, {_('enhet') if each['party_kind'] == 'unit' else _('gruppe')})",
            f"v/{each['function']} ({each['function_slug']})" if each["function"] else "",
            str(dict(Relation.choices).get(each["relation"], each["relation"])),
            _("under linje %(number)d") % {"number": each["under"] + 1} if each["under"] is not None else "",
        ]
        told.append(f"{each['wording'] or each['party']} = {', '.join(filter(None, parts))}")
    return "\n".join(told)
