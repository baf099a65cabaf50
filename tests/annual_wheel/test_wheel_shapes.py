"""Angles, lanes and paths, worked out by hand."""

from datetime import date

import pytest

from annual_wheel import wheel_shapes as draw


def test_the_year_runs_clockwise_from_the_top() -> None:
    assert draw.start_angle(date(2026, 1, 1), 2026) == 0
    assert draw.end_angle(date(2026, 12, 31), 2026) == 360
    assert draw.at(100, 0) == "0.0 -100.0"
    assert draw.at(100, 90) == "100.0 -0.0"
    assert draw.at(100, 180) == "0.0 100.0"


def test_a_day_in_a_leap_year_is_a_little_narrower() -> None:
    def width(day: date) -> float:
        return draw.end_angle(day, day.year) - draw.start_angle(day, day.year)

    assert width(date(2028, 3, 1)) == pytest.approx(360 / 366)
    assert width(date(2026, 3, 1)) == pytest.approx(360 / 365)


def test_days_outside_the_year_stand_at_its_ends() -> None:
    assert draw.start_angle(date(2025, 12, 29), 2026) == 0
    assert draw.end_angle(date(2027, 1, 3), 2026) == 360


def test_spans_share_a_lane_where_they_do_not_overlap() -> None:
    assert draw.lanes([(0, 30), (10, 40), (30, 60), (35, 50), (40, 45)]) == [0, 1, 0, 2, 1]
    assert draw.lanes([]) == []


def test_of_spans_that_start_together_the_longest_takes_the_first_lane() -> None:
    assert draw.lanes([(0, 10), (0, 90)]) == [1, 0]


def test_spans_keep_the_gap_asked_for() -> None:
    assert draw.lanes([(0, 10), (10, 20)], gap=1) == [0, 1]


def test_a_piece_closes_and_a_soft_one_tapers_longer() -> None:
    exact = draw.petal(300, 20, 0, 30, soft=False)
    soft = draw.petal(300, 20, 0, 30, soft=True)
    assert exact.startswith("M0.0 -300.0Q")
    assert exact.endswith("0.0 -300.0Z")
    assert float(soft.split("Q")[1].split()[2]) > float(exact.split("Q")[1].split()[2])


def test_what_is_cut_off_before_it_begins_is_not_drawn() -> None:
    assert draw.petal(300, 20, 0, 30, soft=True, cut=0.5) == ""
    assert draw.petal(300, 20, 0, 30, soft=True, cut=30) == draw.petal(300, 20, 0, 30, soft=True)


def test_text_is_broken_at_words_and_ends_where_it_must() -> None:
    assert draw.broken("en to tre fire", 7, 3) == ("en to", "tre", "fire")
    assert draw.broken("en to, tre fire", 6, 2) == ("en to,", "tre …")
