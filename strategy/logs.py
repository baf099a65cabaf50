"""What has been changed in an item's links to other documents, and in the figures of a fact box."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from config.lib.changes import Change, line_changes, merged
from organisation.models import User
from strategy.in_force import seen_texts
from strategy.models import LINK_ENDS, Fact, Indicator, LinkKind, Observation
from strategy.picking import LABELS
from strategy.words import value_words


def link_changes(links: Any, *, user: User, today: date) -> list[Change]:
    """The changes of one item's links, given its related manager. What the person may not read is left out."""
    records = links.model.history.filter(**{links.field.name: links.instance})
    names = [name for name in LINK_ENDS if hasattr(links.model, name)]
    texts = _texts_of_ends(links.model, names, records, user=user, today=today)

    def words(link: Any) -> str:
        return next((text for name in names if (text := texts[name].get(getattr(link, f"{name}_id")))), "")

    return merged(*(line_changes(records.filter(kind=kind), words, str(LABELS[kind])) for kind in LinkKind))


def _texts_of_ends(
    model: Any, names: list[str], records: Any, *, user: User, today: date
) -> defaultdict[str, dict[int, str]]:
    """What each end says, by the name of its field and its number."""
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    rows = {
        name: model._meta.get_field(name).related_model.objects.filter(pk__in=records.values(name)) for name in names
    }
    texts = seen_texts((row for of_kind in rows.values() for row in of_kind), user, today=today)
    for name, of_kind in rows.items():
        found[name] = {row.pk: texts[row.key] for row in of_kind if row.key in texts}
    return found


def figure_changes(fact: Fact, label: str) -> list[Change]:
    """The changes of the figures that stand or have stood in a fact box."""
    history: Any = Observation.history
    records = history.filter(id__in=history.filter(fact_id=fact.pk).values("id"))
    names = Indicator.objects.in_bulk()

    def words(seen: Any) -> str:
        return figure_words(names[seen.indicator_id], seen) if seen.fact_id == fact.pk else ""

    return line_changes(records, words, label)


def figure_words(indicator: Any, seen: Any) -> str:
    """One figure: "Søkere: ca. 120 personer"."""
    return f"{indicator}: {value_words(seen.value.normalize(), seen.unit, seen.comparator)}"
