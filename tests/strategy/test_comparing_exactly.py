"""Whatever counts as a change of the working text, the comparison of the two tells: every field of an outline."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any, get_type_hints

import pytest
from django.urls import reverse

from strategy import outline as shapes
from strategy import services
from strategy.comparing import Change, Row, compare
from strategy.in_force import Words
from strategy.models import Document, Goal
from strategy.outline import Outline
from strategy.said import leaned_on, said_in
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of

NOW = datetime(2026, 1, 5, tzinfo=UTC)
SOURCE = {"file": "001", "lines": [1, 2]}
PERIOD = {"from": "2026-01-01", "to": "2026-12-31", "as_written": "i år"}
LINKS = {"aligned_to": ["over-a", "over-b"], "succeeds": ["gammel"], "translation_of": "engelsk"}
FIGURE = {"indicator": "sokere", "value": 7, "unit": "søkere", "comparator": "equals"}
TARGET = {
    "text": "Minst 40 %", "kind": "share", "value": 40, "unit": "%", "comparator": "at_least", "denominator": "alle",
    "per": "år", "holds_for": "hvert institutt", "condition": "om det går", "qualifier": "som regel",
    "due_on": "2026-12-01", "period": PERIOD, "indicator": "sokere", "source": SOURCE,
    "baseline": {"value": 8, "unit": "%", "comparator": "equals", "period": PERIOD},
}  # fmt: skip
FACT = {"text": "Sju søkte", "values": [FIGURE, {**FIGURE, "indicator": "studenter"}], "period": PERIOD,
        "source": SOURCE}  # fmt: skip


def goal(key: str, **fields: Any) -> dict[str, Any]:
    made = {"id": key, "title": f"Tittel {key}", "text": f"Mål {key}", "status": "in_force", "source": SOURCE,
            "target_groups": ["elever", "studenter"], "targets": [], **LINKS}  # fmt: skip
    return made | fields


def route(key: str) -> dict[str, Any]:
    return {"id": key, "text": f"Veivalg {key}", "status": "in_force", "source": SOURCE, "goals": ["m1", "m2"], **LINKS}


def party(slug: str, under: int | None = None) -> dict[str, Any]:
    return {"party": slug.upper(), "party_slug": slug, "party_kind": "unit", "function": "Leder",
            "function_slug": "leder", "relation": "lead", "wording": f"ved {slug}", "under": under}  # fmt: skip


def measure(key: str, **fields: Any) -> dict[str, Any]:
    made = {"id": key, "text": f"Tiltak {key}", "status": "in_force", "goals": ["m1", "m2"], "routes": ["v1", "v2"],
            "area": "o1", "modality": "must", "frequency": "årlig", "quantity": "to", "target_groups": ["elever"],
            "responsible": [party("hf"), party("ihk", 0)], "source": SOURCE,
            "links": [{"url": "https://a.example", "label": "A"}, {"url": "https://b.example", "label": "B"}],
            **LINKS}  # fmt: skip
    return made | fields


def area(key: str, *areas: dict[str, Any], **fields: Any) -> dict[str, Any]:
    made = {"id": key, "label": key, "title": f"Område {key}", "text": "Om det", "overall_goal": "Høyt",
            "source": SOURCE, "areas": list(areas), "goals": [], "routes": [], "targets": [],
            "facts": []}  # fmt: skip
    return made | fields


def section(key: str) -> dict[str, Any]:
    return {"id": key, "kind": "purpose", "title": f"Del {key}", "text": f"Om {key}", "source": SOURCE}


def whole() -> Outline:
    """An outline with two of everything that has an order, and something in every field."""
    targets, facts = [TARGET, {**TARGET, "text": "Dobbelt"}], [FACT, {**FACT, "text": "Åtte søkte"}]
    goals = [goal("m1", targets=targets), goal("m2")]
    inner = area("o2", goals=[goal("m3")], routes=[route("v3")])
    first = area("o1", inner, area("o4"), goals=goals, routes=[route("v1"), route("v2")], targets=targets, facts=facts)
    made: Any = {
        "slug": "planen", "title": "Planen", "kind": "action_plan", "state": "in_force", "owner": "HF",
        "owner_slug": "hf", "language": "nb", "period": {"from": "2026-01-01", "to": "2027-12-31"}, "decisions": [],
        "vision": "Langt", "overall_goal": "Høyt", "follows": "forrige", "carries_out": ["over", "enda-en"],
        "source": SOURCE, "sections": [section("1"), section("2")], "challenges": [], "evaluation": [],
        "goals": [goal("m0"), goal("m00")], "routes": [route("v0"), route("v00")],
        "areas": [first, area("o3")],
        "measures": [measure("t1"), measure("t2", goals=["m3"]), measure("t3", goals=[], area="o3")],
    }  # fmt: skip
    return made  # type: ignore[no-any-return]


APART = {"state", "decisions", "challenges", "evaluation"}  # what an adoption changes itself, and what stands twice
SAME = {"slug", "id"}  # an identity never changes
OTHER = {
    "kind": {"action_plan": "policy", "share": "count", "purpose": "background"},
    "status": {"in_force": "proposed"}, "modality": {"must": "may"}, "relation": {"lead": "with"},
    "party_kind": {"unit": "group"}, "language": {"nb": "en"}, "comparator": {"at_least": "at_most"},
    "area": {"o1": "o3", "o3": "o1"},
}  # fmt: skip
DAYS = {"from", "to", "due_on"}


def changes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Everything that can be otherwise: (where it stands, what stands there instead)."""
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in APART | SAME:
                yield from changes(part, (*path, key))
    elif isinstance(value, list):
        yield path, value[:-1]
        if value and isinstance(value[0], dict):
            yield path, value[::-1]
            for number, part in enumerate(value):
                yield from changes(part, (*path, number))
    elif name in DAYS:
        yield path, "2026-11-30"
    elif name == "under":
        yield path, None if value is not None else 1
    elif isinstance(value, int):
        yield path, value + 1
    else:
        yield path, OTHER.get(name, {}).get(value, f"{value}-annet")
    if value is not None and name in {"period", "baseline", "source", "function", "area", "follows", "translation_of"}:
        yield path, None


def put(outline: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = place = deepcopy(outline)
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


def told(before: Outline, after: Outline) -> list[Row]:
    left, right = Words(before), Words(after)
    above = {key: key for words in (left, right) for keys in leaned_on(words).values() for key in keys}
    sides = (said_in(words, str, above, exactly=True) for words in (left, right))
    return [row for row in compare(*sides) if row.change != Change.KEPT]


def test_the_outline_of_this_test_has_every_field() -> None:
    for shape, example in (
        (shapes.GoalOutline, goal("m")), (shapes.RouteOutline, route("v")), (shapes.MeasureOutline, measure("t")),
        (shapes.AreaOutline, area("o")), (shapes.TargetOutline, TARGET), (shapes.FactOutline, FACT),
        (shapes.LineOutline, party("hf")), (shapes.Outline, {**whole(), "is_under_plan": True, "inherits": []}),
    ):  # fmt: skip
        assert set(get_type_hints(shape)) == set(example)


def test_every_field_that_counts_as_changed_is_told() -> None:
    before, silent, count = whole(), [], 0
    assert told(before, deepcopy(before)) == []
    for path, value in changes(before):
        after = put(before, path, value)
        counts = services._words(before) != services._words(after)
        count += counts
        if counts and not told(before, after):
            silent.append((path, value))
    assert silent == []
    assert count > 300


def test_the_order_is_told_of_what_was_moved_alone() -> None:
    before = whole()
    measures = [measure(f"t{number}") for number in range(5)]
    after = put(before, ("measures",), [measures[4], *measures[:4]])
    rows = told(put(before, ("measures",), measures), after)
    assert [(row.after[0].key, row.is_reordered, row.change) for row in rows] == [("t4", True, Change.MOVED)]


def test_an_order_of_keys_that_nobody_wrote_is_no_change() -> None:
    before = whole()
    after = put(before, ("measures", 0, "goals"), ["m2", "m1"])
    assert services._words(before) == services._words(after)
    assert told(before, after) == []


@pytest.mark.usefixtures("today")
def test_the_page_tells_of_another_party_behind_the_same_words_and_of_the_order(cast: Cast) -> None:
    plan = make.document("planen", cast.hf, title="Planen")
    first = make.measure(plan, make.goal(plan, key="m1", position=1), text="Besøke skoler")
    make.goal(plan, key="m2", position=2)
    line = first.responsibilities.create(unit=cast.hf, wording="Vi")
    services.freeze(plan, by=cast.dean, now=NOW)
    line.unit = cast.ihk
    line.save()
    page = client_of(cast.dean).get(f"{reverse('document_compare', args=['planer', 'planen'])}?fra=utgave-1&til=arbeid")
    text = text_of(page.content.decode())
    assert "Alt er likt i de to." not in text
    assert "Ansvar Vi = Det humanistiske fakultet" in text.replace("borte: ", "").replace("nytt: ", "")
    Goal.objects.filter(key="m1").update(position=3)
    page = client_of(cast.dean).get(f"{reverse('document_compare', args=['planer', 'planen'])}?fra=utgave-1&til=arbeid")
    assert "Ny plass i rekkefølgen" in text_of(page.content.decode())


@pytest.mark.usefixtures("today")
def test_what_is_carried_out_and_followed_is_told_by_name_where_it_may_be_seen(cast: Cast) -> None:
    plan = make.document("planen", cast.hf, title="Planen")
    make.goal(plan)
    services.freeze(plan, by=cast.dean, now=NOW)
    plan.carries_out.add(make.document("over", cast.university, title="Planen over"))
    Document.objects.filter(pk=plan.pk).update(
        follows=make.document("skjult", cast.university, title="Hemmelig", state="draft"), language="en"
    )
    address = f"{reverse('document_compare', args=['planer', 'planen'])}?fra=utgave-1&til=arbeid"
    text = text_of(client_of(cast.dean).get(address).content.decode())
    assert "Gjennomfører nytt: Planen over" in text
    assert "Følger etter nytt: (noe i et dokument du ikke kan lese)" in text
    assert "Språk borte: Bokmål nytt: Engelsk" in text
    assert "Hemmelig" not in text
