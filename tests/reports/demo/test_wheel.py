"""The 54 rows of the wheel: exported as written, on the days their words say, and back after a year without."""

import pytest

from tests.annual_wheel.test_when_wheel import ROWS
from tests.reports.demo.written import WHEEL, Json, expected_lines, in_order, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


@pytest.mark.parametrize("content", WHEEL["entries"], ids=lambda content: content["key"])
def test_an_entry_comes_out_as_it_was_written(exported: Json, content: Json) -> None:
    found = next(entry for entry in exported["wheels"][0]["entries"] if entry["id"] == content["key"])
    bound = content["bound"]

    assert without(in_order(found), "editions", "status", "from_year", "to_year") == {
        **without(content, "key", "bound", "editions"),
        "id": content["key"],
        "lead_days": None,
        "responsible": expected_lines(content["responsible"]),
        "target_groups": sorted(content["target_groups"]),
    }
    told = {edition["year"]: edition for edition in content["editions"]}
    assert set(told) == {2021, 2022}
    for edition in found["editions"]:
        if edition["year"] in told:
            words = told[edition["year"]]
            assert {name: edition[name] for name in ("year", "state", "form", "outcome", "reason")} == without(
                words, "as_written", "is_form_likely"
            )
            assert edition["is_form_likely"] == words.get("is_form_likely", False)
            assert edition["as_written"] == (words["as_written"] or content["when"])
        assert (edition["bound"] and without(edition["bound"], "on")) == bound


def test_the_54_rows_of_2021_have_the_days_their_words_say(exported: Json) -> None:
    entries = {entry["source"]["lines"][0]: entry for entry in exported["wheels"][0]["entries"]}
    found = [
        (line, entry["month"], edition["precision"], edition["earliest"], edition["latest"])
        for line, entry in sorted(entries.items())
        for edition in entry["editions"]
        if edition["year"] == 2021
    ]
    assert found == [
        (line, month, precision, f"2021-{earliest}", f"2021-{latest}")
        for line, month, _words, precision, earliest, latest in ROWS
    ]


def test_what_was_cancelled_in_2021_is_back_in_2022(exported: Json) -> None:
    cancelled = {}
    for entry in exported["wheels"][0]["entries"]:
        by_year = {edition["year"]: edition for edition in entry["editions"]}
        if by_year[2021]["state"] != "planned":
            assert (by_year[2022]["state"], by_year[2022]["reason"]) == ("planned", "")
            assert {task["status"] for task in by_year[2022]["tasks"]} <= {"done", "not_relevant"}
            assert len(by_year[2022]["tasks"]) == len(by_year[2021]["tasks"]) or not by_year[2021]["tasks"]
            cancelled[entry["id"]] = (by_year[2021]["state"], {task["status"] for task in by_year[2021]["tasks"]})
    assert cancelled == {
        "hf-h-radgiverseminar": ("cancelled", set()),
        "hf-h-skolebesok-oversikt": ("cancelled", {"withdrawn"}),
        "hf-h-evalueringsseminar": ("cancelled", {"withdrawn"}),
        "hf-h-studentrepresentanter": ("partly_cancelled", {"done"}),
        "hf-h-invitere-skoler": ("cancelled", {"withdrawn"}),
        "hf-h-skolebesok": ("cancelled", {"withdrawn"}),
    }
