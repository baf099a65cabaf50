"""Every row of the 2021 wheel, by the date words it has and the month it stands under."""

from __future__ import annotations

import datetime as dt

import pytest

from annual_wheel.when import bound_window, describe, read, read_bound

# First line in the source, month heading, date words (empty: only the heading), precision, earliest, latest.
ROWS = [
    (452, 1, "", "month", "01-01", "01-31"),
    (461, 1, "Løpende:", "year", "01-01", "12-31"),
    (471, 1, "tidsrom varierer fra program til program", "year", "01-01", "12-31"),
    (478, 1, "trenger ikke skje i januar", "year", "01-01", "12-31"),
    (490, 1, "", "month", "01-01", "01-31"),
    (493, 2, "1. februar", "day", "02-01", "02-01"),
    (502, 2, "1. februar", "day", "02-01", "02-01"),
    (504, 2, "", "month", "02-01", "02-28"),
    (512, 2, "", "month", "02-01", "02-28"),
    (517, 2, "i forkant av søknadsfrist 15. april", "month", "02-01", "02-28"),
    (524, 3, "1. mars", "day", "03-01", "03-01"),
    (529, 3, "1. mars", "day", "03-01", "03-01"),
    (532, 3, "I mars:", "month", "03-01", "03-31"),
    (535, 3, "", "month", "03-01", "03-31"),
    (541, 3, "", "month", "03-01", "03-31"),
    (549, 3, "", "month", "03-01", "03-31"),
    (559, 4, "15. april", "day", "04-15", "04-15"),
    (561, 4, "15. april", "day", "04-15", "04-15"),
    (564, 4, "", "month", "04-01", "04-30"),
    (574, 5, "", "month", "05-01", "05-31"),
    (580, 5, "", "month", "05-01", "05-31"),
    (585, 5, "", "month", "05-01", "05-31"),
    (590, 5, "", "month", "05-01", "05-31"),
    (597, 5, "Mai/juni:", "months", "05-01", "06-30"),
    (603, 5, "", "month", "05-01", "05-31"),
    (610, 5, "før svarfristen utløper", "month", "05-01", "05-31"),
    (621, 6, "", "month", "06-01", "06-30"),
    (625, 6, "15.06.:", "day", "06-15", "06-15"),
    (632, 6, "", "month", "06-01", "06-30"),
    (637, 7, "", "month", "07-01", "07-31"),
    (642, 7, "", "month", "07-01", "07-31"),
    (649, 8, "i uke 33", "week", "08-16", "08-22"),
    (650, 8, "", "month", "08-01", "08-31"),
    (652, 8, "Løpende:", "year", "01-01", "12-31"),
    (661, 8, "", "month", "08-01", "08-31"),
    (669, 9, "", "month", "09-01", "09-30"),
    (677, 9, "", "month", "09-01", "09-30"),
    (683, 9, "", "month", "09-01", "09-30"),
    (690, 9, "", "month", "09-01", "09-30"),
    (699, 9, "", "month", "09-01", "09-30"),
    (709, 9, "", "month", "09-01", "09-30"),
    (716, 9, "", "month", "09-01", "09-30"),
    (722, 10, "", "month", "10-01", "10-31"),
    (727, 10, "Medio oktober:", "part_of_month", "10-11", "10-20"),
    (733, 10, "Slutten av oktober:", "part_of_month", "10-21", "10-31"),
    (739, 10, "", "month", "10-01", "10-31"),
    (745, 11, "", "month", "11-01", "11-30"),
    (750, 11, "", "month", "11-01", "11-30"),
    (759, 12, "1. desember", "day", "12-01", "12-01"),
    (761, 12, "", "month", "12-01", "12-31"),
    (769, 12, "15. desember", "day", "12-15", "12-15"),
    (771, 12, "", "month", "12-01", "12-31"),
    (784, 12, "", "month", "12-01", "12-31"),
    (789, 12, "", "month", "12-01", "12-31"),
]
ONGOING_LINES = {461, 652}


def test_the_wheel_has_54_rows() -> None:
    assert len(ROWS) == len({line for line, *_ in ROWS}) == 54


@pytest.mark.parametrize(("line", "month", "words", "precision", "earliest", "latest"), ROWS)
def test_a_row_is_read_from_its_own_words(
    line: int, month: int, words: str, precision: str, earliest: str, latest: str
) -> None:
    window = read(words, 2021, month=month)

    assert (window.precision, window.earliest.isoformat(), window.latest.isoformat(), window.is_ongoing) == (
        precision,
        f"2021-{earliest}",
        f"2021-{latest}",
        line in ONGOING_LINES,
    )
    assert window.as_written == (words or describe(window).removesuffix(" 2021"))


@pytest.mark.parametrize(
    ("words", "relation", "ref_words", "date"),
    [
        ("med frist 15. februar", "by", "", dt.date(2021, 2, 15)),
        ("i forkant av søknadsfrist 15. april", "before", "søknadsfrist", dt.date(2021, 4, 15)),
        ("før svarfristen utløper", "before", "svarfristen", None),
        ("digital, 3.11.", "before", "digital", dt.date(2021, 11, 3)),
        ("Møt NTNU/Åpen dag (3.11.)", "before", "Møt NTNU/Åpen dag", dt.date(2021, 11, 3)),
    ],
)
def test_the_bounds_of_the_wheel(words: str, relation: str, ref_words: str, date: dt.date | None) -> None:
    bound = read_bound(words, 2021)

    assert (bound.as_written, bound.relation, bound.ref_words, bound.date, bound.offset_days) == (
        words,
        relation,
        ref_words,
        date,
        0,
    )


def test_no_bound_of_the_wheel_cuts_its_month() -> None:
    """All of them lie after the month that the row stands under."""
    for month, bound_on in ((1, dt.date(2021, 2, 15)), (2, dt.date(2021, 4, 15)), (10, dt.date(2021, 11, 3))):
        window = read("", 2021, month=month)
        assert bound_window(window, bound_on) is window


def test_a_day_of_its_own_wins_over_the_month_heading() -> None:
    window = read("3.11.", 2021, month=10)
    assert (window.earliest, window.latest) == (dt.date(2021, 11, 3), dt.date(2021, 11, 3))
