"""The demo against its fixtures, item by item: loaded, exported, and the same as written."""

import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from annual_wheel import services
from annual_wheel.models import Edition, Entry, Task, WheelYear
from config.lib import demo as accounts
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning.models import Measure
from reports import demo
from reports.demo import life
from reports.exporters import export
from strategy.models import Document, Goal, Section, Version
from strategy.services import has_unadopted_changes
from tests.annual_wheel.test_when_wheel import ROWS

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
LAST_LINES = {
    "000_9a06d0eb9827e6f8.txt": 60,
    "001_44c0a39e0b7d0c53.txt": 793,
    "002_8bcf2a2e001a3dbb.txt": 118,
    "003_ce5a60b14b35c5e9.txt": 30,
    "004_317a61994edd3f9c.txt": 356,
}
Json = dict[str, Any]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


def read(name: str) -> Json:
    content: Json = json.loads((FIXTURES / name).read_text(encoding="utf-8"))
    return content


UNITS, WHEEL = read("units.json"), read("wheels/hf.json")
DOCUMENTS = [read(f"documents/{path.name}") for path in sorted((FIXTURES / "documents").glob("*.json"))]
NAMES = {row["slug"]: row["name"] for row in [*UNITS["units"], *UNITS["groups"]]}
FUNCTIONS = {row["slug"]: row["name"] for row in UNITS["functions"]}


@pytest.fixture(scope="module")
def exported(demo_data: date, django_db_blocker: Any) -> Json:
    with django_db_blocker.unblock():
        content: Json = json.loads(json.dumps(export()))
    return content


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


@pytest.mark.parametrize("content", DOCUMENTS, ids=lambda content: content["slug"])
def test_a_document_comes_out_as_it_was_written(exported: Json, content: Json) -> None:
    facts = [fact for area in areas_in(content["areas"]) for fact in area["facts"]]
    found = next(document for document in exported["documents"] if document["slug"] == content["slug"])
    sections = content["sections"]

    assert in_order(found) == {
        **without(content, "indicators", "owner"),
        "owner": NAMES[content["owner"]],
        "owner_slug": content["owner"],
        "challenges": [section for section in sections if section["kind"] == "challenge"],
        "evaluation": [section for section in sections if section["kind"] == "evaluation"],
        "goals": [expected_goal(goal, facts) for goal in content["goals"]],
        "routes": [],
        "areas": [expected_area(area, facts) for area in content["areas"]],
        "measures": [expected_measure(measure) for measure in content["measures"]],
    }


@pytest.mark.parametrize("content", WHEEL["entries"], ids=lambda content: content["key"])
def test_an_entry_comes_out_as_it_was_written(exported: Json, content: Json) -> None:
    found = next(entry for entry in exported["wheels"][0]["entries"] if entry["id"] == content["key"])
    bound = content["bound"]

    assert without(in_order(found), "editions", "status", "from_year", "to_year") == {
        **without(content, "key", "bound", "editions"),
        "id": content["key"],
        "responsible": expected_lines(content["responsible"]),
        "target_groups": sorted(content["target_groups"]),
    }
    told = {edition["year"]: edition for edition in content["editions"]}
    assert set(told) == {2021, 2022}
    for edition in found["editions"]:
        if edition["year"] in told:
            words = told[edition["year"]]
            assert {name: edition[name] for name in ("year", "state", "form", "outcome", "reason")} == without(
                words, "as_written"
            )
            assert edition["as_written"] == (words["as_written"] or content["when"])
        assert (edition["bound"] and without(edition["bound"], "on")) == bound


def test_units_groups_people_and_the_rest_come_out_as_written(exported: Json) -> None:
    open_ended = {"from": None, "to": None}
    assert exported["units"] == sorted(
        ({**unit, "opens_on": None, "closes_on": None} for unit in UNITS["units"]), key=lambda unit: unit["slug"]
    )
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
    assert [without(group, "owner", "owner_slug") for group in exported["target_groups"]] == sorted(
        groups, key=lambda group: group["slug"]
    )
    indicators = {row["slug"]: {**row, "name_en": ""} for content in DOCUMENTS for row in content["indicators"]}
    assert exported["indicators"] == [indicators[slug] for slug in sorted(indicators)]


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


def test_the_years_are_lived_until_today(demo_data: date) -> None:
    def statuses(year: int) -> dict[str, int]:
        return dict(Counter(Task.objects.filter(edition__year=year).values_list("status", flat=True)))

    assert list(WheelYear.objects.values_list("year", flat=True)) == [2021, 2022, 2026]
    assert statuses(2021) == {"done": 171, "not_relevant": 5, "withdrawn": 16}
    assert statuses(2022) == {"done": 187, "not_relevant": 5}
    assert set(statuses(2026)) == {"done", "open", "not_relevant", "withdrawn"}
    late = Task.objects.overdue(today=demo_data).filter(edition__year=2026)
    assert 3 <= late.count() <= 15
    assert late.count() == Task.objects.overdue(today=demo_data).count()
    past = Task.objects.filter(edition__year=2026, edition__due_on__lt=demo_data)
    assert past.filter(status="done").count() > 3 * late.count()
    special = {
        edition.entry.key: (edition.state, edition.is_moved, edition.form)
        for edition in Edition.objects.filter(year=2026).select_related("entry")
        if (edition.state, edition.is_moved, edition.form) != ("planned", False, "")
    }
    assert special == {
        "hf-h-invitere-skoler": ("cancelled", False, ""),
        "hf-h-opptaksgrenser": ("planned", True, ""),
        "hf-h-planlegge-mot-ntnu": ("planned", False, "digital"),
    }
    assert Task.objects.filter(edition__year=2026).exclude(note="").count() >= 2


def test_whoever_ticked_may_tick_and_did_so_in_time_and_in_the_log(demo_data: date) -> None:
    years = {opened.year: opened.opened_at for opened in WheelYear.objects.all()}
    done = Task.objects.filter(status="done").select_related("edition", "done_by", "unit")
    for task in done:
        assert task.done_by is not None
        assert task.done_at is not None
        assert task.unit_id in task.done_by.reach(demo_data)[Permission.TICK]
        assert years[task.edition.year] <= task.done_at
        assert timezone.localdate(task.done_at) < demo_data
        assert timezone.localdate(task.done_at).weekday() < 5
    log = Task.history.filter(status="done")  # type: ignore[attr-defined]
    assert log.count() == done.count()
    assert {(row.history_date, row.history_user_id) for row in log} == {
        (task.done_at, task.done_by_id) for task in done
    }


@pytest.mark.parametrize("app", ["organisation", "strategy", "planning", "annual_wheel"])
def test_the_log_says_who_wrote_every_row(app: str) -> None:
    logs = [model for model in apps.get_app_config(app).get_models() if hasattr(model, "history_user")]
    assert logs
    unsigned = {model.__name__ for model in logs if model._default_manager.filter(history_user=None).exists()}
    assert unsigned == set()


@pytest.mark.parametrize("model", [Unit, Document, Goal, Measure, Entry])
def test_each_row_has_one_line_in_the_log(model: Any) -> None:
    rows = list(model.objects.order_by("pk").values_list("pk", flat=True))
    lines = model.history.order_by("id").values_list("id", "history_type", "history_date__date")
    assert list(lines) == [(pk, "+", date(2020, 9, 1)) for pk in rows]


def test_the_log_has_what_belongs_to_the_row() -> None:
    line = Measure.objects.get(key="int14-t-mobilitetsplan").history.get()
    assert sorted(link.goal.key for link in line.goals.all()) == [
        "int14-fast-ansatte",
        "int14-phd-kandidater",
        "int14-postdoktorer",
    ]


def everything() -> dict[str, list[Any]]:
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for app in ("organisation", "strategy", "planning", "annual_wheel", "reports")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def test_loading_again_changes_nothing(demo_data: date) -> None:
    before = everything()
    made = demo.load(today=demo_data).made
    assert (sum(made.values()), everything()) == (0, before)


def test_what_users_have_done_since_is_left_alone(demo_data: date) -> None:
    adviser = User.objects.get(email="adviser@hf.example")
    User.objects.filter(pk=adviser.pk).update(name="Nytt navn")
    Unit.objects.filter(slug="kult").update(name="Nytt institutt")
    Goal.objects.filter(key="hf-m-bachelor").update(text="Nytt mål")
    Measure.objects.filter(key="hf-t-alumni").update(status="retired")
    Section.objects.filter(document__slug="hf-rekruttering", kind="challenge").delete()
    entry = Entry.objects.get(key="hf-h-karrieredagen")
    entry.responsibilities.all().delete()
    entry.measures.add(Measure.objects.get(key="hf-t-nettsok"))
    task = Task.objects.filter(status="done", edition__year=2026).first()
    assert task is not None
    services.untick(task, by=adviser)
    before = everything()

    demo.load(today=demo_data)

    assert everything() == before


def test_a_year_later_only_the_new_year_is_added(demo_data: date) -> None:
    before = everything()
    made = demo.load(today=date(2027, 2, 1)).made
    assert made == {"WheelYear": 1}
    after = everything()
    for name, rows in before.items():
        assert after[name][: len(rows)] == rows, name
    assert sorted(WheelYear.objects.values_list("year", flat=True)) == [2021, 2022, 2026, 2027]


@pytest.mark.parametrize(
    ("today", "opened"),
    [
        (date(2021, 4, 1), [2021, 2022]),
        (date(2022, 10, 1), [2021, 2022, 2023]),
        (date(2026, 9, 30), [2021, 2022, 2026]),
        (date(2026, 10, 1), [2021, 2022, 2026, 2027]),
        (date(2027, 1, 1), [2021, 2022, 2027]),
    ],
)
def test_which_years_are_open(today: date, opened: list[int]) -> None:
    assert life.years(today) == opened


def test_published_documents_are_frozen_as_they_stand() -> None:
    numbers = {document.slug: document.versions.count() for document in Document.objects.all()}
    assert numbers == {content["slug"]: 1 for content in DOCUMENTS}
    assert [document.slug for document in Document.objects.all() if has_unadopted_changes(document)] == []
    policy = Version.objects.get(document__slug="studentrekrutteringspolitikk-2014-2020")
    assert timezone.localdate(policy.frozen_at) == date(2014, 9, 1)


def test_everyone_in_the_demo_can_log_in() -> None:
    for account in accounts.accounts():
        assert Client().login(email=account.email, password=accounts.PASSWORD), account.email


def test_the_commands_say_what_they_did(demo_data: date, exported: Json) -> None:
    out = io.StringIO()
    call_command("load_demo", today=demo_data, stdout=out)
    assert out.getvalue() == "The demo was there already: nothing was changed.\n"
    printed = io.StringIO()
    call_command("export_data", stdout=printed)
    assert json.loads(printed.getvalue()) == exported


def test_half_a_demo_is_never_left_behind(demo_data: date, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power went")

    before = everything()
    monkeypatch.setattr(life, "live", fail)
    Entry.objects.filter(key="hf-h-nettsok").update(key="et-annet-punkt")  # so that one entry is missing
    changed = everything()
    with pytest.raises(RuntimeError), transaction.atomic():
        demo.load(today=demo_data)
    assert everything() == changed != before


def test_the_same_day_gives_the_same_demo(exported: Json, demo_data: date) -> None:
    """Loaded a second time from nothing, every moment and every tick is the same."""
    clear()
    demo.load(today=demo_data)
    assert json.loads(json.dumps(export())) == exported


def clear() -> None:
    """Empty the tables, also of rows that the models never let go."""
    with connection.cursor() as cursor:
        for app in ("reports", "annual_wheel", "planning", "strategy", "organisation"):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
