"""What the fixtures say, in the shape the export must have it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
Json = dict[str, Any]


def read(name: str) -> Json:
    content: Json = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return content


UNITS, WHEEL = read("units.json"), read("wheels/hf.json")
DOCUMENTS = [read(f"documents/{path.name}") for path in sorted((FIXTURES / "documents").glob("*.json"))]
NAMES = {row["slug"]: row["name"] for row in [*UNITS["units"], *UNITS["groups"]]}
FUNCTIONS = {row["slug"]: row["name"] for row in UNITS["functions"]}


def without(row: Json, *names: str) -> Json:
    return {name: value for name, value in row.items() if name not in names}


def expected_period(words: str, from_on: str | None, to_on: str | None) -> Json | None:
    return {"from": from_on, "to": to_on, "as_written": words} if words or from_on or to_on else None


def expected_target(target: Json, facts: list[Json]) -> Json:
    baseline = target["baseline"]
    if baseline is not None:
        seen = next(
            (fact, value)
            for fact in facts
            for value in fact["values"]
            if (value["indicator"], value["value"]) == (baseline["indicator"], baseline["value"])
        )
        period = expected_period(seen[0]["period"], seen[0]["from"], seen[0]["to"])
        assert baseline["period"] == seen[0]["period"]
        baseline = {**without(seen[1], "indicator"), "period": period}
    period = target["period"]
    return {
        **target,
        "baseline": baseline,
        "period": expected_period(period["as_written"], period["from"], period["to"]) if period else None,
    }


def expected_goal(goal: Json, facts: list[Json]) -> Json:
    return {
        **without(goal, "key"),
        "id": goal["key"],
        "status": "in_force",
        "targets": [expected_target(target, facts) for target in goal["targets"]],
        "target_groups": sorted(goal["target_groups"]),
    }


def expected_fact(fact: Json) -> Json:
    return {
        **without(fact, "from", "to"),
        "period": expected_period(fact["period"], fact["from"], fact["to"]),
        "values": sorted(fact["values"], key=lambda value: value["indicator"]),
    }


NO_LINKS: Json = {"succeeds": [], "translation_of": None}  # which the sources tell of goals alone


def expected_area(area: Json, facts: list[Json]) -> Json:
    return {
        **without(area, "key"),
        "id": area["key"],
        "goals": [expected_goal(goal, facts) for goal in area["goals"]],
        "routes": [
            {**without(route, "key"), "id": route["key"], "status": "in_force", "aligned_to": [], **NO_LINKS}
            for route in area["routes"]
        ],
        "targets": [expected_target(target, facts) for target in area["targets"]],
        "facts": [expected_fact(fact) for fact in area["facts"]],
        "areas": [expected_area(below, facts) for below in area["areas"]],
    }


def expected_lines(lines: list[Json]) -> list[Json]:
    return [
        {
            **line,
            "party": NAMES[line["party"]],
            "party_slug": line["party"],
            "function": FUNCTIONS[line["function"]] if line["function"] else None,
            "function_slug": line["function"],
        }
        for line in lines
    ]


def expected_measure(measure: Json) -> Json:
    return {
        **without(measure, "key"),
        "id": measure["key"],
        "status": "in_force",
        "responsible": expected_lines(measure["responsible"]),
        "target_groups": sorted(measure["target_groups"]),
        **NO_LINKS,
    }


def areas_in(areas: list[Json]) -> Iterator[Json]:
    for area in areas:
        yield area
        yield from areas_in(area["areas"])


def in_order(exported: Any) -> Any:
    """Sort what has no order of its own: target groups, and the values of a fact."""
    if isinstance(exported, list):
        return [in_order(part) for part in exported]
    if not isinstance(exported, dict):
        return exported
    row = {name: in_order(part) for name, part in exported.items()}
    if "target_groups" in row:
        row["target_groups"] = sorted(row["target_groups"])
    if row.get("values"):
        row["values"] = sorted(row["values"], key=lambda value: value["indicator"])
    return row
