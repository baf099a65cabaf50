"""What several units say of one measure, taken together."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Unit
from planning.models import MeasureState, StatusReport
from planning.together import combined, tally_words, together

SILENT = ""
ANY = st.sampled_from([SILENT, *MeasureState.values])
MANY = st.lists(ANY, min_size=1, max_size=9)
NOW = datetime(2026, 3, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["stopped", *[SILENT] * 6], SILENT),
        (["stopped", "not_started", SILENT], "not_started"),
        (["carried_out", "carried_out", "under_way"], "under_way"),
        (["carried_out", SILENT], "under_way"),
        (["carried_out", "not_started"], "under_way"),
        (["carried_out"] * 6 + ["stopped"], "carried_out"),
        (["carried_out", "late", "stopped"], "late"),
        ([], SILENT),
    ],
)
def test_the_rule_by_example(said: list[str], state: str) -> None:
    assert combined(said) == state


@given(MANY, st.randoms())
def test_the_order_of_the_units_does_not_matter(said: list[str], random) -> None:  # type: ignore[no-untyped-def]
    mixed = list(said)
    random.shuffle(mixed)
    assert combined(mixed) == combined(said)


@given(ANY, st.integers(1, 9))
def test_where_all_say_the_same_that_is_the_state(state: str, count: int) -> None:
    assert combined([state] * count) == state


@given(MANY)
def test_one_unit_alone_never_stops_or_carries_out_for_others(said: list[str]) -> None:
    state = combined(said)
    assert (state == "stopped") == (set(said) == {"stopped"})
    if state == "carried_out":
        assert set(said) <= {"carried_out", "stopped"}
    assert state in ("", *said, "under_way")


@given(MANY)
def test_a_delay_is_always_seen_and_never_made_up(said: list[str]) -> None:
    assert (combined(said) == "late") == ("late" in said)


@given(MANY)
def test_who_has_stopped_changes_nothing_for_the_others(said: list[str]) -> None:
    going = [state for state in said if state != "stopped"]
    if going:
        assert combined(said) == combined(going)


def units(*names: str) -> list[Unit]:
    return [Unit(pk=number, slug=name, short_name=name.upper()) for number, name in enumerate(names, 1)]


def told(unit: Unit, state: str, hours: int = 0) -> tuple[int, StatusReport]:
    assert unit.pk is not None
    return unit.pk, StatusReport(unit=unit, state=state, reported_at=NOW + timedelta(hours=hours))


def test_the_owners_word_holds_until_a_unit_tells_later() -> None:
    hf, ihk, isl = units("hf", "ihk", "isl")
    word, before, after = told(hf, "carried_out"), told(ihk, "under_way", -1), told(ihk, "under_way", 1)
    stands = together(dict([word, before]), [ihk, isl], hf)
    assert (stands.state, stands.word_of, stands.tally) == ("carried_out", hf, {"under_way": 1, "": 1})
    stands = together(dict([word, after]), [ihk, isl], hf)
    assert (stands.state, stands.word_of) == ("under_way", None)


def test_a_stop_by_the_owner_holds_until_the_owner_says_otherwise() -> None:
    hf, ihk, isl = units("hf", "ihk", "isl")
    later = told(ihk, "under_way", 1)
    assert together(dict([told(hf, "stopped"), later]), [ihk, isl], hf).state == "stopped"
    assert together(dict([told(hf, "stopped"), later]), [hf, ihk, isl], hf).state == "stopped"
    assert together(dict([told(hf, "under_way"), later]), [ihk, isl], hf).state == "under_way"


def test_who_no_longer_leads_does_not_count_and_one_who_leads_alone_is_not_counted() -> None:
    hf, ihk, isl = units("hf", "ihk", "isl")
    stands = together(dict([told(isl, "stopped")]), [ihk], hf)
    assert (stands.state, stands.newest, stands.has_stop) == ("", None, False)
    stands = together(dict([told(ihk, "late")]), [ihk], hf)
    assert (stands.state, stands.tally) == ("late", {})


@pytest.mark.parametrize(
    ("tally", "word_of", "said"),
    [
        ({"stopped": 1, "": 6}, "", "1 av 7 stoppet, 6 har ikke rapportert"),
        ({"": 2, "carried_out": 2, "under_way": 1}, "", "1 av 5 i gang, 2 gjennomført, 2 har ikke rapportert"),
        ({"carried_out": 7}, "", "7 av 7 gjennomført"),
        ({"": 7}, "", ""),
        ({}, "", ""),
        ({"": 2}, "HF", "HF har sagt det for hele tiltaket"),
        ({"late": 1, "": 1}, "HF", "HF har sagt det for hele tiltaket; 1 av 2 forsinket, 1 har ikke rapportert"),
    ],
)
def test_the_rule_is_told_in_words(tally: dict[str, int], word_of: str, said: str) -> None:
    assert tally_words(tally, word_of) == said
