"""Fact boxes and targets, with the measured values they rest on."""

from datetime import date
from typing import Any

from organisation.models import User
from reports.demo.store import Store
from strategy.models import Area, Document, Fact, Goal, Indicator, Observation, Target

Json = dict[str, Any]


def add_facts(store: Store, area: Area, facts: list[Json], by: User) -> None:
    for position, content in enumerate(facts):
        period = {
            "period_words": content["period"],
            "period_from_on": _day(content["from"]),
            "period_to_on": _day(content["to"]),
        }
        fact = Fact(area=area, text=content["text"], position=position, **period)
        fact.source = content["source"]
        store.add(fact, by)
        for value in content["values"]:
            indicator = Indicator.objects.get(slug=value["indicator"])
            seen = Observation(fact=fact, **{**value, "indicator": indicator}, **period)
            store.add(seen, by)


def add_targets(store: Store, owner: dict[str, Goal | Area], targets: list[Json], by: User) -> None:
    """Make the targets of a goal or an area."""
    document = next(iter(owner.values())).document
    for position, content in enumerate(targets):
        fields = {name: value for name, value in content.items() if name not in ("period", "baseline", "indicator")}
        period = content["period"] or {"as_written": "", "from": None, "to": None}
        target = Target(
            **owner,
            **{**fields, "due_on": _day(content["due_on"])},
            indicator=Indicator.objects.get(slug=content["indicator"]) if content["indicator"] else None,
            baseline=_baseline(store, document, content["baseline"], by) if content["baseline"] else None,
            period_words=period["as_written"],
            period_from_on=_day(period["from"]),
            period_to_on=_day(period["to"]),
            position=position,
        )
        store.add(target, by)


def _baseline(store: Store, document: Document, content: Json, by: User) -> Observation:
    """The measured value as it stands in a fact box of the document, else a value of its own."""
    seen = Observation.objects.filter(
        fact__area__document=document, indicator__slug=content["indicator"], value=content["value"]
    ).first()
    if seen is not None:
        return seen
    indicator = Indicator.objects.get(slug=content["indicator"])
    row = Observation(
        indicator=indicator, value=content["value"], unit=content["unit"], period_words=content["period"] or ""
    )
    return store.add(row, by)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
