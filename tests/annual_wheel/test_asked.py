"""What an address asks a wheel's page for: weeks above all, which belong to two years at once around 1 January."""

from datetime import date

import pytest
from django.http import QueryDict

from annual_wheel.asked import CALENDAR, Asked
from annual_wheel.month_calendar import calendar_of
from annual_wheel.period import Period
from annual_wheel.wheel_picture import picture_of
from annual_wheel.zooming import zoom_of

TODAY = date(2026, 3, 15)


def asked(year: int, query: str) -> Asked:
    return Asked.of(QueryDict(query.removeprefix("?")), year)


WEEKS = [
    (2026, "uke=2026-33", date(2026, 8, 10)),
    (2027, "uke=2026-53", date(2026, 12, 28)),
    (2028, "uke=2027-52", date(2027, 12, 27)),
    (2029, "uke=2030-1", date(2029, 12, 31)),
    (2026, "uke=2027-30&fra=8", date(2027, 7, 26)),
    # As the address was written before, without a year.
    (2026, "uke=33", date(2026, 8, 10)),
    (2027, "uke=53", date(2026, 12, 28)),
    (2028, "uke=52", date(2028, 12, 25)),
    (2026, "uke=5&fra=8", date(2027, 2, 1)),
]


@pytest.mark.parametrize(("year", "query", "first"), WEEKS)
def test_a_week_is_the_one_its_address_says(year: int, query: str, first: date) -> None:
    found = asked(year, query)
    assert (found.period.first, found.period.days) == (first, 7)
    assert asked(year, found.url()) == found


@pytest.mark.parametrize(
    "week", ["2031-3", "2026-53", "2027-99", "2027-0", "x-3", "2027-", "-3", "²", "2027-²", "1-2-3"]
)
def test_a_week_that_is_not_in_the_year_leaves_the_whole_year(week: str) -> None:
    found = asked(2028, f"uke={week}")
    assert found == Asked(2028)


def week_links(year: int, month: int) -> list[tuple[str, Period]]:
    """The weeks that the views of a month lead to, each with the days it is shown as."""
    found = Asked(year, view=CALENDAR, month=month)
    weeks = [(week.url, asked(year, week.url).period) for week in calendar_of([], [], found, today=TODAY).weeks]
    zoomed = [(step.url, asked(year, step.url).period) for step in zoom_of(found, today=TODAY).within]
    drawn = [
        (sector.url, asked(year, sector.url).period)
        for sector in picture_of([], Asked(year, month=month), TODAY).sectors
    ]
    assert (
        [period for _url, period in weeks] == [period for _url, period in zoomed] == [period for _url, period in drawn]
    )
    return weeks


@pytest.mark.parametrize("year", range(2024, 2034))
def test_every_week_of_january_and_december_leads_to_its_own_days(year: int) -> None:
    for month, day in ((1, date(year, 1, 1)), (12, date(year, 12, 31))):
        periods = [period for _url, period in week_links(year, month)]
        assert all(period.days == 7 and period.first.weekday() == 0 for period in periods)
        assert any(period.holds(day) for period in periods)
        assert len({period.first for period in periods}) == len(periods)


def test_from_week_to_week_across_the_year_s_first_day() -> None:
    first = zoom_of(asked(2027, "uke=2026-53"), today=TODAY)
    assert (first.title, first.before) == ("Uke 53, 2026", None)
    assert first.after is not None
    assert first.after.url == "?uke=2027-1"
    assert [step.label for step in first.months if step.is_current] == ["jan"]
    last = zoom_of(asked(2029, "uke=2030-1"), today=TODAY)
    assert last.after is None
    assert last.before is not None
    assert last.before.url == "?uke=2029-52"
    assert [step.label for step in last.months if step.is_current] == ["des"]
    assert [step.label for step in last.within if step.is_current] == ["Uke 1"]
