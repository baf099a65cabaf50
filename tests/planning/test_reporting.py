"""Status reports, the rounds they are gathered in, and evaluations: the rules."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from annual_wheel import services
from annual_wheel.measure_ticks import last_ticked, ticks_between, ticks_in_year
from config.lib.models import StaleEdit
from organisation.models import Unit, User
from planning import reporting
from planning.models import Evaluation, Measure, MeasureResponsibility, ReportingRound, RoundUnit, StatusReport
from planning.responsible import PlanMeasure, measures_of_plan, reporting_units, units_of
from planning.standing import Ticks, contradiction, in_force_since, is_stale
from strategy.models import Document
from strategy.models.documents import FrozenError
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 3, 15, 9, tzinfo=UTC)
TODAY = date(2026, 3, 15)


@pytest.fixture
def plan(cast: Cast) -> Document:
    """Three measures: one of the departments, one of the faculty, one that nobody leads."""
    plan = make.document("planen", cast.hf, title="Planen")
    for position, (key, party) in enumerate((("inst", cast.departments), ("fak", cast.hf), ("alle", None))):
        measure = make.measure(plan, key=key, text=f"Tiltak {key}", position=position)
        if party is not None:
            lead(measure, party)
    line = MeasureResponsibility(measure=Measure.objects.get(key="alle"), group=cast.departments, relation="with")
    line.save()
    return plan


def lead(measure: Measure, party: Any, **fields: Any) -> MeasureResponsibility:
    where = {"unit": party} if isinstance(party, Unit) else {"group": party}
    return MeasureResponsibility.objects.create(measure=measure, **where, **fields)


def answers(plan: Document, today: date = TODAY) -> dict[str, list[str]]:
    return {found.key: [unit.slug for unit in found.units] for found in measures_of_plan(plan, today=today)}


def tell(key: str, unit: Unit, by: User, state: str = "under_way", **said: Any) -> StatusReport:
    now = said.pop("now", NOW)
    words = {"text": "Slik står det.", "next_step": "", **said}
    [told] = reporting.report([Measure.objects.get(key=key)], unit=unit, state=state, by=by, now=now, **words)
    return told


def opened(plan: Document, by: User, **fields: Any) -> ReportingRound:
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), "due_on": date(2026, 4, 1)}
    asked = ReportingRound(document=plan, **{**days, **fields})
    return reporting.start_round(asked, by=by, now=NOW, today=TODAY)


def close(asked: ReportingRound, by: User) -> ReportingRound:
    return reporting.close_round(asked, by=by, now=NOW, today=TODAY, ticks_between=ticks_between)


# --- Who is asked ---------------------------------------------------------------------------------------------------


def test_groups_are_asked_unit_by_unit_and_what_nobody_leads_falls_to_the_owner(cast: Cast, plan: Document) -> None:
    assert answers(plan) == {"inst": ["ihk", "imu", "isl"], "fak": ["hf"], "alle": ["hf"]}
    measures = measures_of_plan(plan, today=TODAY)
    assert [found.is_owners for found in measures] == [False, False, True]
    assert [unit.slug for unit in units_of(measures)] == ["hf", "ihk", "imu", "isl"]


def test_a_unit_that_closes_or_has_no_accounts_is_not_asked(cast: Cast, plan: Document) -> None:
    cast.imu.closes_on = TODAY
    cast.imu.save()
    lead(Measure.objects.get(key="inst"), cast.students)
    assert answers(plan)["inst"] == ["ihk", "isl"]
    assert answers(plan, TODAY - timedelta(days=1))["inst"] == ["ihk", "imu", "isl"]


def test_the_words_in_force_say_who_is_asked(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.dean, now=NOW)
    lead(Measure.objects.get(key="fak"), cast.imu, position=1)
    make.measure(plan, key="ny", text="Bare i arbeidsteksten")
    assert answers(plan) == {"inst": ["ihk", "imu", "isl"], "fak": ["hf"], "alle": ["hf"]}


def test_one_speaks_for_the_units_where_one_ticks_and_the_editor_for_the_owner(cast: Cast, plan: Document) -> None:
    def units(person: User, key: str = "inst") -> list[str]:
        [found] = [found for found in measures_of_plan(plan, today=TODAY) if found.key == key]
        return [unit.slug for unit in reporting_units(found, plan, person, today=TODAY)]

    assert units(cast.coordinator) == ["ihk", "isl"]
    assert units(cast.coordinator, "fak") == []
    assert units(cast.adviser) == ["hf", "ihk", "imu", "isl"]
    assert units(cast.adviser, "fak") == ["hf"]
    assert units(cast.reader) == units(cast.outsider) == []


@pytest.mark.parametrize("is_frozen", [True, False])
def test_who_is_asked_costs_the_same_for_one_measure_and_for_many(cast: Cast, plan: Document, is_frozen: bool) -> None:
    def count() -> int:
        if is_frozen:
            freeze(plan, by=cast.dean, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            measures_of_plan(plan, today=TODAY)
        return len(queries)

    before = count()
    for number in range(5):
        lead(make.measure(plan, key=f"mer-{number}"), cast.departments)
    assert count() == before


# --- Reports --------------------------------------------------------------------------------------------------------


def test_each_report_stays_as_it_was_given(cast: Cast, plan: Document) -> None:
    first = tell("inst", cast.ihk, cast.coordinator, "under_way")
    tell("inst", cast.isl, cast.coordinator, "carried_out", now=NOW + timedelta(days=1))
    reports = list(StatusReport.objects.newest_first())
    assert [(told.unit.slug, told.state) for told in reports] == [("isl", "carried_out"), ("ihk", "under_way")]
    first.state = "stopped"
    with pytest.raises(FrozenError):
        first.save()
    with pytest.raises(FrozenError):
        first.delete()


def test_a_stop_needs_a_reason_in_the_service_and_in_the_database(cast: Cast, plan: Document) -> None:
    with pytest.raises(ValidationError) as refused:
        tell("inst", cast.ihk, cast.coordinator, "stopped", text=" ")
    assert refused.value.message_dict == {"text": ["Skriv hvorfor tiltaket er stoppet."]}
    row = StatusReport(
        measure=Measure.objects.get(key="inst"),
        unit=cast.ihk,
        state="stopped",
        reported_at=NOW,
        reported_by=cast.coordinator,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_several_measures_get_the_same_state_in_one_act(cast: Cast, plan: Document) -> None:
    both = list(Measure.objects.filter(key__in=["fak", "alle"]).order_by("key"))
    reporting.report(both, unit=cast.hf, state="late", text="Venter", next_step="Juni", by=cast.adviser, now=NOW)
    rows = StatusReport.objects.order_by("measure__key").values_list("measure__key", "state", "text", "next_step")
    assert list(rows) == [("alle", "late", "Venter", "Juni"), ("fak", "late", "Venter", "Juni")]


def test_reports_are_read_by_who_is_logged_in_and_sees_the_plan(cast: Cast, plan: Document) -> None:
    from django.contrib.auth.models import AnonymousUser

    draft = make.document("utkastet", cast.hf, state="draft")
    make.measure(draft, key="utkast")
    tell("fak", cast.hf, cast.adviser)
    tell("utkast", cast.hf, cast.adviser)

    def keys(person: Any) -> set[str]:
        seen = StatusReport.objects.visible_to(person, today=TODAY)
        return set(seen.values_list("measure__key", flat=True))

    assert {name: keys(person) for name, person in cast.people.items()} == {
        "adviser": {"fak", "utkast"},
        "dean": {"fak", "utkast"},
        "reader": {"fak", "utkast"},
        "administrator": {"fak", "utkast"},
        "coordinator": {"fak"},
        "outsider": {"fak"},
    }
    assert keys(AnonymousUser()) == set()


# --- Reports and ticks ----------------------------------------------------------------------------------------------


@pytest.fixture
def carried(cast: Cast, plan: Document) -> dict[str, Any]:
    """An entry in April that the three departments tick, for the departments' measure."""
    wheel = make.wheel("hjulet", cast.hf, document=plan)
    entry = make.entry(wheel, cast.departments)
    entry.measures.add(Measure.objects.get(key="inst"))
    return {"entry": entry, **make.tasks_of(make.edition(entry))}


def test_progress_is_told_from_ticks_by_year_and_by_period(cast: Cast, plan: Document, carried: dict[str, Any]) -> None:
    services.tick(carried["ihk"], by=cast.coordinator, now=NOW)
    services.mark_not_relevant(carried["imu"], by=cast.adviser, reason="Nei")
    assert ticks_in_year(["inst", "fak"], 2026) == {"inst": Ticks(1, 3, 1, "2026")}
    assert ticks_in_year(["inst"], 2025) == {}
    assert ticks_between(["inst"], date(2026, 1, 1), date(2026, 4, 14)) == {}
    spring = ticks_between(["inst"], date(2026, 1, 1), date(2026, 6, 30))
    assert spring == {"inst": Ticks(1, 3, 1, "1. januar 2026 – 30. juni 2026")}
    assert last_ticked(["inst", "fak"]) == {"inst": TODAY}


def test_what_is_cancelled_or_taken_out_has_no_ticks_to_tell_of(cast: Cast, carried: dict[str, Any]) -> None:
    services.cancel(carried["ihk"].edition, by=cast.adviser, reason="Nei", is_partly=False, today=TODAY, expected=1)
    assert ticks_in_year(["inst"], 2026) == {}


def test_two_entries_are_counted_together_in_one_query(cast: Cast, carried: dict[str, Any]) -> None:
    other = make.entry(carried["entry"].wheel, cast.hf, text="Et til")
    other.measures.add(Measure.objects.get(key="inst"), Measure.objects.get(key="fak"))
    make.edition(other)
    with CaptureQueriesContext(connection) as queries:
        found = ticks_in_year(["inst", "fak"], 2026)
    assert ({key: ticks.total for key, ticks in found.items()}, len(queries)) == ({"inst": 4, "fak": 1}, 1)


@pytest.mark.parametrize(
    ("state", "done", "open_", "said"),
    [
        ("carried_out", 5, 2, "Meldt gjennomført, men 2 av 7 i årshjulet for 2026 er ikke kvittert ut."),
        ("carried_out", 7, 0, ""),
        ("stopped", 5, 2, "Meldt stoppet, men 2 av 7 i årshjulet for 2026 venter fortsatt."),
        ("not_started", 1, 6, "Meldt ikke startet, men 1 av 7 i årshjulet for 2026 er kvittert ut."),
        ("not_started", 0, 7, ""),
        ("under_way", 7, 0, "Meldt i gang, men alt i årshjulet for 2026 er kvittert ut."),
        ("under_way", 5, 2, ""),
        ("late", 7, 0, "Meldt forsinket, men alt i årshjulet for 2026 er kvittert ut."),
        ("late", 0, 7, ""),
        ("", 0, 7, ""),
    ],
)
def test_where_a_report_and_the_ticks_disagree_it_is_said(state: str, done: int, open_: int, said: str) -> None:
    assert contradiction(state, Ticks(done, 7, open_, "2026")) == said
    assert contradiction(state, None) == ""


# --- What has been forgotten ----------------------------------------------------------------------------------------


def test_half_a_year_without_a_word_or_a_tick_is_stale(cast: Cast, plan: Document) -> None:
    long_ago, lately = date(2025, 9, 12), date(2025, 9, 13)
    old, over = ("under_way", date(2025, 9, 12)), ("carried_out", date(2025, 1, 13))
    never: tuple[str, date | None] = ("", None)

    def stale(told: tuple[str, date | None], since: date | None, ticked_on: date | None = None) -> bool:
        return is_stale(since=since, state=told[0], told_on=told[1], ticked_on=ticked_on, today=TODAY)

    assert stale(never, long_ago)
    assert stale(old, long_ago, ticked_on=long_ago)
    assert not stale(never, lately)
    assert not stale(never, long_ago, ticked_on=lately)
    assert not stale(over, date(2024, 1, 1))
    assert not stale(never, None)


def test_a_measure_is_in_force_from_its_writing_but_not_before_the_first_adoption(cast: Cast, plan: Document) -> None:
    Measure.history.filter(key="fak").update(history_date=datetime(2024, 5, 1, 9, tzinfo=UTC))
    Measure.history.filter(key="inst").update(history_date=datetime(2025, 6, 1, 9, tzinfo=UTC))
    assert in_force_since(plan, ["fak", "inst"]) == {"fak": date(2024, 5, 1), "inst": date(2025, 6, 1)}
    freeze(plan, by=cast.dean, now=datetime(2025, 1, 1, 11, tzinfo=UTC))
    freeze(plan, by=cast.dean, now=NOW)
    assert in_force_since(plan, ["fak", "inst"]) == {"fak": date(2025, 1, 1), "inst": date(2025, 6, 1)}
    plan.state = "draft"
    assert in_force_since(plan, ["fak", "inst"]) == {}


# --- Rounds ---------------------------------------------------------------------------------------------------------


def refusal(plan: Document, by: User, **fields: Any) -> Any:
    with pytest.raises(ValidationError) as refused:
        opened(plan, by, **fields)
    error = refused.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


def test_a_round_has_days_that_make_sense(cast: Cast, plan: Document) -> None:
    assert refusal(plan, cast.dean, to_on=date(2025, 12, 31)) == {"to_on": ["Perioden slutter før den begynner."]}
    due = refusal(plan, cast.dean, due_on=date(2025, 12, 31))
    assert due == {"due_on": ["Fristen er før perioden begynner."]}
    due = refusal(plan, cast.dean, due_on=date(2026, 3, 14))
    assert due == {"due_on": ["Fristen er allerede passert. Velg en dag fra og med i dag."]}
    assert not ReportingRound.objects.exists()


def test_there_is_one_open_round_and_none_for_the_same_days(cast: Cast, plan: Document) -> None:
    first = opened(plan, cast.dean, to_on=date(2026, 6, 30))
    again = refusal(plan, cast.dean, from_on=date(2026, 7, 1), due_on=date(2026, 8, 1))
    assert again == ["En runde er allerede åpen, med frist 1. april 2026. Lukk den først."]
    close(first, cast.dean)
    said = "Det er allerede holdt en runde for 1. januar 2026 – 30. juni 2026. Velg en periode som ikke overlapper den."
    assert refusal(plan, cast.dean, from_on=date(2026, 6, 30), due_on=date(2026, 8, 1)) == {"from_on": [said]}
    opened(plan, cast.dean, from_on=date(2026, 7, 1), due_on=date(2026, 8, 1))


def test_nothing_is_asked_of_a_draft(cast: Cast, plan: Document) -> None:
    plan.state = "draft"
    plan.save()
    said = refusal(plan, cast.dean)
    assert said == ["Planen er ikke vedtatt ennå, så det er ingenting å rapportere på."]


def test_what_is_told_while_a_round_is_open_belongs_to_it(cast: Cast, plan: Document) -> None:
    before = tell("fak", cast.hf, cast.adviser)
    asked = opened(plan, cast.dean)
    during = tell("fak", cast.hf, cast.adviser)
    close(asked, cast.dean)
    after = tell("fak", cast.hf, cast.adviser)
    assert [told.round for told in (before, during, after)] == [None, asked, None]


def test_a_unit_says_it_is_finished_and_takes_it_back_and_both_are_logged(cast: Cast, plan: Document) -> None:
    asked = opened(plan, cast.dean)
    for is_finished in (True, True, False, True):
        reporting.set_finished(asked, cast.ihk, by=cast.coordinator, now=NOW, is_finished=is_finished)
    row = RoundUnit.objects.get()
    assert (row.unit, row.finished_at, row.finished_by) == (cast.ihk, NOW, cast.coordinator)
    reasons = RoundUnit.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons) == ["Meldt ferdig.", "Angret.", "Meldt ferdig."]


def test_who_is_asked_is_kept_in_step_while_a_round_is_open(cast: Cast, plan: Document) -> None:
    asked = opened(plan, cast.dean)
    assert [row["unit_slug"] for row in standing(asked)["units"]] == ["hf", "ihk", "imu", "isl"]
    reporting.set_finished(asked, cast.imu, by=cast.adviser, now=NOW, is_finished=True)
    cast.imu.closes_on = cast.isl.closes_on = TODAY
    cast.imu.save()
    cast.isl.save()
    make.unit("nytt", cast.hf, name="Nytt institutt")
    told = [(row["unit_slug"], row["is_asked"]) for row in standing(asked)["units"]]
    assert told == [("hf", True), ("ihk", True), ("nytt", True), ("imu", False)]


def standing(asked: ReportingRound) -> dict[str, Any]:
    return reporting.as_it_stands(asked, today=TODAY, ticks_between=ticks_between)


def test_closing_keeps_what_was_told_and_the_ticks_then(cast: Cast, plan: Document, carried: dict[str, Any]) -> None:
    tell("fak", cast.hf, cast.adviser, "not_started")
    asked = opened(plan, cast.dean)
    services.tick(carried["ihk"], by=cast.coordinator, now=NOW)
    tell("inst", cast.ihk, cast.coordinator, "carried_out", next_step="Evaluere")
    reporting.set_finished(asked, cast.ihk, by=cast.coordinator, now=NOW, is_finished=True)
    kept: Any = close(asked, cast.dean).frozen
    services.tick(carried["isl"], by=cast.coordinator, now=NOW)
    tell("inst", cast.isl, cast.coordinator, "stopped", text="Nei")
    stored = ReportingRound.objects.get()
    assert stored.frozen == kept
    assert (stored.closed_at, stored.closed_by) == (NOW, cast.dean)
    moment = "2026-03-15T10:00:00+01:00"
    assert kept["measures"] == [
        {
            "measure": "inst",
            "text": "Tiltak inst",
            "state": "under_way",
            "tally": [{"state": "carried_out", "count": 1}, {"state": "", "count": 2}],
            "word_of": None,
            "units": ["ihk", "imu", "isl"],
            "ticks": {"done": 1, "total": 3, "open": 2},
            "reports": [
                {
                    "unit": cast.ihk.name,
                    "unit_slug": "ihk",
                    "state": "carried_out",
                    "text": "Slik står det.",
                    "next_step": "Evaluere",
                    "reported_at": moment,
                    "reported_by": "Koordinator",
                }
            ],
        },
        {
            "measure": "fak",
            "text": "Tiltak fak",
            "state": "not_started",
            "tally": [],
            "word_of": None,
            "units": ["hf"],
            "ticks": None,
            "reports": [],
        },
        {
            "measure": "alle",
            "text": "Tiltak alle",
            "state": "",
            "tally": [],
            "word_of": None,
            "units": ["hf"],
            "ticks": None,
            "reports": [],
        },
    ]
    told = [(row["unit_slug"], row["reported"], row["measures"], row["finished_at"]) for row in kept["units"]]
    assert told == [("hf", 0, 2, None), ("ihk", 1, 1, moment), ("imu", 0, 1, None), ("isl", 0, 1, None)]


def test_what_was_told_of_a_measure_that_is_taken_out_stays_in_the_round(cast: Cast, plan: Document) -> None:
    asked = opened(plan, cast.dean)
    tell("inst", cast.ihk, cast.coordinator, "carried_out")
    tell("fak", cast.hf, cast.adviser, "under_way")
    Measure.objects.filter(key="inst").update(status="retired")
    for kept in (standing(asked), close(asked, cast.dean).frozen):
        rows = [(row["measure"], row["state"], row.get("is_taken_out", False)) for row in kept["measures"]]  # type: ignore[index]
        assert rows == [("fak", "under_way", False), ("alle", "", False), ("inst", "carried_out", True)]
        assert [told["unit_slug"] for told in kept["measures"][2]["reports"]] == ["ihk"]  # type: ignore[index]
        told = [(row["unit_slug"], row["is_asked"], row["reported"]) for row in kept["units"]]  # type: ignore[index]
        assert told == [("hf", True, 1), ("ihk", False, 1)]


def test_a_closed_round_never_changes(cast: Cast, plan: Document) -> None:
    asked = close(opened(plan, cast.dean), cast.dean)
    said = "Runden ble lukket av Dekan 15. mars 2026 kl. 10.00. Det som er rapportert til da, står."
    acts = (
        lambda: close(asked, cast.adviser),
        lambda: reporting.undo_round(asked, by=cast.dean),
        lambda: reporting.set_finished(asked, cast.ihk, by=cast.dean, now=NOW, is_finished=True),
        lambda: reporting.change_due(asked, by=cast.dean, today=TODAY, expected=2),
    )
    for act in acts:
        with pytest.raises(reporting.CannotChangeRound) as refused:
            act()
        assert refused.value.messages == [said]
    asked.due_on = date(2027, 1, 1)
    with pytest.raises(FrozenError):
        asked.save()


def test_opening_is_undone_until_somebody_has_answered(cast: Cast, plan: Document) -> None:
    asked = opened(plan, cast.dean)
    reporting.set_finished(asked, cast.ihk, by=cast.coordinator, now=NOW, is_finished=True)
    with pytest.raises(reporting.CannotChangeRound) as refused:
        reporting.undo_round(asked, by=cast.dean)
    assert refused.value.messages == ["Noen har rapportert i runden. Den kan lukkes, men ikke trekkes tilbake."]
    reporting.set_finished(asked, cast.ihk, by=cast.coordinator, now=NOW, is_finished=False)
    reporting.undo_round(asked, by=cast.dean)
    assert not ReportingRound.objects.exists()
    with pytest.raises(reporting.CannotChangeRound) as refused:
        close(asked, cast.dean)
    assert refused.value.messages == ["Runden er trukket tilbake."]


def test_the_deadline_can_be_put_off_and_who_was_second_is_told(cast: Cast, plan: Document) -> None:
    asked = opened(plan, cast.dean)
    asked.due_on = date(2026, 5, 1)
    reporting.change_due(asked, by=cast.dean, today=TODAY, expected=1, why="Påske")
    assert ReportingRound.objects.get().due_on == date(2026, 5, 1)
    with pytest.raises(StaleEdit):
        reporting.change_due(asked, by=cast.adviser, today=TODAY, expected=1)
    asked.due_on = date(2026, 3, 1)
    with pytest.raises(ValidationError):
        reporting.change_due(asked, by=cast.dean, today=TODAY, expected=2)


def test_a_round_costs_the_same_for_one_measure_and_for_many(cast: Cast, plan: Document) -> None:
    asked = opened(plan, cast.dean)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            standing(asked)
        return len(queries)

    tell("inst", cast.ihk, cast.coordinator)
    before = count()
    for number in range(4):
        lead(make.measure(plan, key=f"mer-{number}"), cast.departments)
        tell(f"mer-{number}", cast.isl, cast.coordinator)
    assert count() == before
    Measure.objects.filter(key__in=["inst", "mer-1", "mer-2"]).update(status="retired")
    assert count() == before


# --- Evaluation -----------------------------------------------------------------------------------------------------


def test_a_unit_evaluates_a_measure_once_a_year_and_may_change_its_mind(cast: Cast, plan: Document) -> None:
    words = {"measure": Measure.objects.get(key="inst"), "year": 2026, "unit": cast.ihk, "verdict": "change"}
    row = reporting.evaluate(Evaluation(**words, text="Lite"), by=cast.coordinator, now=NOW, expected=None)
    row.verdict = "stop"
    reporting.evaluate(row, by=cast.coordinator, now=NOW, expected=1)
    assert list(Evaluation.history.order_by("history_id").values_list("verdict", flat=True)) == ["change", "stop"]
    with pytest.raises(StaleEdit):
        reporting.evaluate(row, by=cast.adviser, now=NOW, expected=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evaluation.objects.create(**words, text="Mer", evaluated_at=NOW, evaluated_by=cast.adviser)


def test_evaluations_are_seen_by_their_unit_and_by_the_owners_readers(cast: Cast, plan: Document) -> None:
    words = {"measure": Measure.objects.get(key="inst"), "year": 2026, "verdict": "continue", "text": "Godt"}
    for unit in (cast.ihk, cast.imu):
        reporting.evaluate(Evaluation(**words, unit=unit), by=cast.adviser, now=NOW, expected=None)

    def units(person: User) -> set[str]:
        return set(Evaluation.objects.visible_to(person, today=TODAY).values_list("unit__slug", flat=True))

    assert {name: units(person) for name, person in cast.people.items()} == {
        "adviser": {"ihk", "imu"},
        "dean": {"ihk", "imu"},
        "reader": {"ihk", "imu"},
        "administrator": {"ihk", "imu"},
        "coordinator": {"ihk"},
        "outsider": set(),
    }


def test_measures_are_named_as_readers_know_them(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.dean, now=NOW)
    measure = Measure.objects.get(key="fak")
    measure.text = "Bare i arbeidsteksten"
    measure.save()
    found = {each.key: each for each in measures_of_plan(plan, today=TODAY)}
    assert found["fak"] == PlanMeasure("fak", "Tiltak fak", (cast.hf,))
