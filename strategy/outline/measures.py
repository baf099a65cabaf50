"""The working text of measures: planning stands above this part, and is seen by the names of its fields alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from strategy.models import LinkKind
from strategy.outline.shapes import LineOutline, LinksOutline, MeasureOutline


class AroundMeasures:
    """What hangs on measures, as plain values: to make objects of it costs several times what all else does."""

    def __init__(self, model: Any, **which: Any) -> None:
        """`which` says of whose rows, as seen from them (six queries)."""
        lines, links = (model._meta.get_field(name).related_model for name in ("responsibilities", "item_links"))
        of_links = {name.replace("measure", "from_measure", 1): value for name, value in which.items()}
        self.goals = _keys(model.goals.through, "goal", "key", which)
        self.routes = _keys(model.routes.through, "route", "key", which)
        self.target_groups = _keys(model.target_groups.through, "targetgroup", "slug", which)
        self.lines = _grouped(lines.objects.filter(**which).values_list("measure_id", *LINE))
        self.links = _grouped(links.objects.filter(**of_links).values_list("from_measure_id", "kind", *LINKED))

    def outline(self, measure: Any) -> MeasureOutline:
        pk = measure.pk
        return {
            "id": measure.key,
            "text": measure.text,
            "status": measure.status,
            "goals": [key for (key,) in self.goals[pk]],
            "routes": [key for (key,) in self.routes[pk]],
            "area": measure.area.key if measure.area else None,
            **leans([(kind, key) for kind, *keys in self.links[pk] for key in keys if key is not None]),
            "modality": measure.modality,
            "frequency": measure.frequency,
            "quantity": measure.quantity,
            "target_groups": [slug for (slug,) in self.target_groups[pk]],
            "responsible": _lines(self.lines[pk]),
            "links": measure.links,
            "source": measure.source,
        }


PARTIES: Final = tuple(f"{party}__{name}" for party in ("unit", "group", "function") for name in ("name", "slug"))
LINE: Final = ("pk", "under_id", "relation", "wording", *PARTIES)
LINKED: Final = ("to_goal__key", "to_route__key", "to_measure__key")


def _keys(through: Any, to: str, name: str, which: Mapping[str, Any]) -> defaultdict[int, list[Any]]:
    """What measures are tied to, many to many, in its own order."""
    order = [f"{to}__{field}" for field in through._meta.get_field(to).related_model._meta.ordering]
    rows = through.objects.filter(**which).order_by(*order)
    return _grouped(rows.values_list("measure_id", f"{to}__{name}"))


def _grouped(rows: Iterable[Any]) -> defaultdict[int, list[Any]]:
    """Rows under their first value."""
    sorted_out: defaultdict[int, list[Any]] = defaultdict(list)
    for first, *rest in rows:
        sorted_out[first].append(rest)
    return sorted_out


def _lines(rows: list[Any]) -> list[LineOutline]:
    """The same as `lines_outline`, of rows of the values in LINE."""
    index_of = {row[0]: index for index, row in enumerate(rows)}
    return [
        {
            "party": unit if unit_slug else group,
            "party_slug": unit_slug or group_slug,
            "party_kind": "unit" if unit_slug else "group",
            "function": function,
            "function_slug": function_slug,
            "relation": relation,
            "wording": wording,
            "under": index_of.get(under),
        }
        for _pk, under, relation, wording, unit, unit_slug, group, group_slug, function, function_slug in rows
    ]


def lines_outline(lines: Iterable[Any]) -> list[LineOutline]:
    """Responsibility lines in order; `under` is the index in this list of the line that a line stands under."""
    lines = list(lines)
    index_of = {line.pk: index for index, line in enumerate(lines)}
    return [
        {
            "party": line.party.name,
            "party_slug": line.party.slug,
            "party_kind": "unit" if line.unit_id else "group",
            "function": line.function.name if line.function else None,
            "function_slug": line.function.slug if line.function else None,
            "relation": line.relation,
            "wording": line.wording,
            "under": index_of.get(line.under_id),
        }
        for line in lines
    ]


def leans(ends: Sequence[tuple[str, str]]) -> LinksOutline:
    """The keys that links lead to, each with the kind of the link."""
    translated = [key for kind, key in ends if kind == LinkKind.TRANSLATED]
    return {
        "aligned_to": [key for kind, key in ends if kind == LinkKind.ALIGNED],
        "succeeds": [key for kind, key in ends if kind == LinkKind.SUCCEEDED],
        "translation_of": translated[0] if translated else None,
    }
