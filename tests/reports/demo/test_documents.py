"""The five documents, item by item: loaded, exported, and the same as written."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.reports.demo.written import (
    DOCUMENTS,
    NAMES,
    Json,
    areas_in,
    expected_area,
    expected_goal,
    expected_measure,
    in_order,
    without,
)

LAST_LINES = {
    "000_9a06d0eb9827e6f8.txt": 60,
    "001_44c0a39e0b7d0c53.txt": 793,
    "002_8bcf2a2e001a3dbb.txt": 118,
    "003_ce5a60b14b35c5e9.txt": 30,
    "004_317a61994edd3f9c.txt": 356,
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


def without_what_was_told(found: Json) -> Json:
    """A document as it was written: reports, rounds and evaluations are what became of it."""
    measures = [without(measure, "reports", "evaluations") for measure in found["measures"]]
    return {**without(found, "reporting_rounds"), "measures": measures}


@pytest.mark.parametrize("content", DOCUMENTS, ids=lambda content: content["slug"])
def test_a_document_comes_out_as_it_was_written(exported: Json, content: Json) -> None:
    facts = [fact for area in areas_in(content["areas"]) for fact in area["facts"]]
    found = next(document for document in exported["documents"] if document["slug"] == content["slug"])
    sections = content["sections"]

    assert in_order(without_what_was_told(found)) == {
        **without(content, "indicators", "owner"),
        "owner": NAMES[content["owner"]],
        "owner_slug": content["owner"],
        "challenges": [section for section in sections if section["kind"] == "challenge"],
        "evaluation": [section for section in sections if section["kind"] == "evaluation"],
        "goals": [expected_goal(goal, facts) for goal in content["goals"]],
        "routes": [],
        "areas": [expected_area(area, facts) for area in content["areas"]],
        "measures": [expected_measure(measure) for measure in content["measures"]],
        "comments": [],
    }


def test_how_much_there_is(exported: Json) -> None:
    documents = {document["slug"]: document for document in exported["documents"]}
    counts = {
        slug: (
            len(document["goals"]) + sum(len(area["goals"]) for area in areas_in(document["areas"])),
            sum(len(area["routes"]) for area in areas_in(document["areas"])),
            len(document["measures"]),
            len(document["challenges"]),
        )
        for slug, document in documents.items()
    }
    assert counts == {
        "studentrekrutteringspolitikk-2014-2020": (10, 15, 0, 0),
        "hf-rekruttering": (16, 0, 26, 4),
        "ntnu-strategy": (18, 0, 0, 0),
        "internasjonal-2018-2021": (6, 0, 0, 0),
        "internasjonal-2014-2017": (18, 0, 35, 0),
    }
    entries = exported["wheels"][0]["entries"]
    assert len(entries) == 54
    assert Counter(entry["kind"] for entry in entries) == {"task": 37, "deadline": 6, "event": 9, "ongoing": 2}
    assert Counter(unit["kind"] for unit in exported["units"] if unit["is_participating"]) == {
        "institution": 1,
        "faculty": 8,
        "department": 7,
        "administration": 3,
    }


def test_every_item_says_which_lines_it_came_from(exported: Json) -> None:
    def sources(part: Any) -> Iterator[Json]:
        if isinstance(part, dict):
            if "source" in part:
                yield part["source"]
            for below in part.values():
                yield from sources(below)
        elif isinstance(part, list):
            for below in part:
                yield from sources(below)

    for document in exported["documents"]:
        assert {source["file"] for source in sources(document)} == {document["source"]["file"]}
    found = list(sources(exported))
    assert len(found) == 291
    for source in found:
        first, last = source["lines"]
        assert 1 <= first <= last <= LAST_LINES[source["file"]]
