"""Angles, lanes and paths, worked out by hand."""

import math
import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_wheel import wheel_shapes as draw
from annual_wheel.wheel_shapes import Ends, Scale

YEAR = Scale(date(2026, 1, 1), date(2026, 12, 31))


def test_the_year_runs_clockwise_from_the_top() -> None:
    assert YEAR.start(date(2026, 1, 1)) == 0
    assert YEAR.end(date(2026, 12, 31)) == 360
    assert draw.at(100, 0) == "0 -100"
    assert draw.at(100, 90) == "100 0"
    assert draw.at(100, 180) == "0 100"


@pytest.mark.parametrize(("first", "last", "days"), [((2026, 1, 1), (2026, 12, 31), 365),
                                                     ((2027, 8, 1), (2028, 7, 31), 366),
                                                     ((2026, 2, 1), (2026, 2, 28), 28),
                                                     ((2026, 8, 10), (2026, 8, 16), 7)])  # fmt: skip
def test_a_day_is_its_share_of_the_days_shown(first: tuple[int, ...], last: tuple[int, ...], days: int) -> None:
    assert Scale(date(*first), date(*last)).day == pytest.approx(360 / days)


def test_days_outside_stand_at_the_ends() -> None:
    assert YEAR.start(date(2025, 12, 29)) == 0
    assert YEAR.end(date(2027, 1, 3)) == 360


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 400), st.integers(-500, 500), st.integers(0, 400))
def test_angles_stand_in_the_order_of_the_days(first: date, length: int, begin: int, days: int) -> None:
    scale = Scale(first, first + timedelta(days=length))
    start, end = first + timedelta(days=begin), first + timedelta(days=begin + days)
    assert 0 <= scale.start(start) <= scale.end(end) <= 360


SPANS = st.lists(st.tuples(st.integers(0, 360), st.integers(1, 90)).map(lambda pair: (pair[0], sum(pair))), max_size=40)


@given(SPANS)
def test_no_two_spans_of_a_lane_overlap(spans: list[tuple[int, int]]) -> None:
    found = draw.lanes(spans)
    for lane in set(found):
        own = sorted(span for span, its in zip(spans, found, strict=True) if its == lane)
        assert all(before[1] <= after[0] for before, after in pairwise(own))


@given(SPANS)
def test_there_are_no_more_lanes_than_spans_at_the_fullest_place(spans: list[tuple[int, int]]) -> None:
    fullest = max((sum(start <= place < end for start, end in spans) for place, _end in spans), default=0)
    assert 1 + max(draw.lanes(spans), default=-1) == fullest


@given(st.lists(st.floats(0, 360), max_size=30), st.floats(0.5, 8))
def test_heads_that_are_moved_apart_keep_order_and_distance(angles: list[float], least: float) -> None:
    angles.sort()
    moved = draw.apart(angles, least)
    assert len(moved) == len(angles)
    assert all(after - before >= least - 1e-6 for before, after in pairwise(moved))
    assert sum(moved) == pytest.approx(sum(angles), abs=1e-3)


def test_heads_with_room_stay_where_they_are() -> None:
    assert draw.apart([10, 40, 90], 5) == [10, 40, 90]
    assert draw.apart([10, 10], 4) == [8, 12]


@given(st.floats(60, 500), st.floats(4, 40), st.floats(0, 350), st.floats(0.1, 360), st.floats(0, 1))
def test_a_piece_stays_within_its_lane(middle: float, width: float, start: float, length: float, share: float) -> None:
    end = min(start + length, 359.9)
    for path in (
        draw.petal(middle, width, start, end, Ends("soft", "flat")),
        draw.petal(middle, width, start, end, Ends(), start + (end - start) * share),
    ):
        for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=[A-Z]|$)", path):
            assert math.hypot(float(x), float(y)) <= middle + width / 2 + 0.2


def test_numbers_are_as_short_as_they_can_be() -> None:
    assert [draw.number(value) for value in (0, -0.04, 3, 3.14159, -12.5)] == ["0", "0", "3", "3.1", "-12.5"]


def test_spans_share_a_lane_where_they_do_not_overlap() -> None:
    assert draw.lanes([(0, 30), (10, 40), (30, 60), (35, 50), (40, 45)]) == [0, 1, 0, 2, 1]
    assert draw.lanes([]) == []


def test_of_spans_that_start_together_the_longest_takes_the_first_lane() -> None:
    assert draw.lanes([(0, 10), (0, 90)]) == [1, 0]


def test_spans_keep_the_gap_asked_for() -> None:
    assert draw.lanes([(0, 10), (10, 20)], gap=1) == [0, 1]


def test_a_piece_closes_and_a_soft_one_tapers_longer() -> None:
    exact = draw.petal(300, 20, 0, 30, Ends())
    soft = draw.petal(300, 20, 0, 30, Ends("soft", "soft"))
    assert exact.startswith("M0 -300Q")
    assert exact.endswith("0 -300Z")
    assert float(soft.split("Q")[1].split()[2].split("A")[0]) != float(exact.split("Q")[1].split()[2].split("A")[0])


def test_a_piece_that_goes_on_beyond_is_cut_straight() -> None:
    assert draw.petal(300, 20, 0, 30, Ends("flat", "flat")).startswith("M0 -310A310 310")


def test_what_is_cut_off_before_it_begins_is_not_drawn() -> None:
    ends = Ends("soft", "soft")
    assert draw.petal(300, 20, 0, 30, ends, cut=0.5) == ""
    assert draw.petal(300, 20, 0, 30, ends, cut=30) == draw.petal(300, 20, 0, 30, ends)


def test_text_is_broken_at_words_and_ends_where_it_must() -> None:
    assert draw.broken("en to tre fire", 7, 3) == ("en to", "tre", "fire")
    assert draw.broken("en to, tre fire", 6, 2) == ("en to,", "tre …")


def test_the_twelfths_of_a_year_are_its_months() -> None:
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 12, 31)]
    assert [YEAR.twelfth(YEAR.start(day)) - 2026 * 12 for day in days] == [1, 2, 12]
    assert YEAR.twelfth(360) == YEAR.twelfth(YEAR.start(days[-1]))
    may = Scale(date(2026, 5, 1), date(2026, 5, 31))
    assert may.twelfth(may.start(date(2026, 5, 16))) == 5


@pytest.mark.parametrize(
    ("ends", "room"),
    [
        (Ends("flat", "flat"), 100),
        (Ends("round", "round"), 100 - 2 * 0.3 * 10),
        (Ends("soft", "soft"), 100 - 2 * 0.5 * 26),
        (Ends("flat", "soft"), 100 - 0.5 * 26),
    ],
)
def test_a_figure_has_the_room_that_the_ends_leave(ends: Ends, room: float) -> None:
    assert draw.room(20, 100, ends) == pytest.approx(room)


def test_what_is_short_comes_to_no_point() -> None:
    assert draw.room(20, 30, Ends("soft", "soft")) == pytest.approx(30 * (1 - 0.32))
