"""Units, groups, functions, people, target groups and indicators: exported as they were written."""

import pytest

from tests.reports.demo.written import DOCUMENTS, NAMES, UNITS, Json, read, without

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


NOT_SAID = {"opens_on": None, "closes_on": None, "is_quiet_in_july": False}


def test_units_groups_people_and_the_rest_come_out_as_written(exported: Json) -> None:
    open_ended = {"from": None, "to": None}
    assert exported["units"] == sorted(({**unit, **NOT_SAID} for unit in UNITS["units"]), key=lambda unit: unit["slug"])
    assert [without(group, "owner") for group in exported["groups"]] == sorted(
        (
            {
                **without(group, "owner"),
                "owner_slug": group["owner"],
                "members": [{"unit": slug, **open_ended} for slug in group["members"]],
            }
            for group in UNITS["groups"]
        ),
        key=lambda group: group["slug"],
    )
    assert exported["functions"] == sorted(UNITS["functions"], key=lambda function: function["slug"])
    people = sorted(read("people.json")["people"], key=lambda person: person["email"])
    assert exported["people"] == [
        {
            **person,
            "is_active": True,
            "memberships": [{**place, **open_ended} for place in person["memberships"]],
            "functions": [{**place, **open_ended} for place in person["functions"]],
        }
        for person in people
    ]
    groups = read("target_groups.json")["target_groups"]
    assert exported["target_groups"] == sorted(
        ({**group, "owner": NAMES[group["owner"]], "owner_slug": group["owner"]} for group in groups),
        key=lambda group: group["slug"],
    )
    indicators = {row["slug"]: {**row, "name_en": ""} for content in DOCUMENTS for row in content["indicators"]}
    assert exported["indicators"] == [indicators[slug] for slug in sorted(indicators)]
