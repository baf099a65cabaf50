from datetime import date

import pytest

from annual_wheel.asked import Asked
from annual_wheel.years import nearest_year, openable_years, year_tabs
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("opened", "nearest"), [([2021, 2026], 2026), ([2021, 2022], 2022), ([2025, 2027], 2027), ([], 2026)]
)
def test_the_nearest_year_is_this_one_or_the_closest(opened: list[int], nearest: int) -> None:
    assert nearest_year(opened, today=TODAY) == nearest


def test_years_beside_the_opened_ones_this_and_the_next_may_be_opened() -> None:
    assert openable_years([2021, 2022], today=TODAY) == [2020, 2023, 2026, 2027]
    assert openable_years([2026, 2027], today=TODAY) == [2025, 2028]
    assert openable_years([], today=TODAY) == [2026, 2027]


def test_tabs_are_the_opened_years_this_one_and_the_next(cast: Cast) -> None:
    tabs = year_tabs(make.wheel("hf", cast.hf), [2021, 2026], Asked(2026), may_edit=False, today=TODAY)
    assert [(tab.year, tab.url, tab.is_current, tab.note) for tab in tabs] == [
        ("2021", "/aarshjul/hf/2021/", False, ""),
        ("2026", "/aarshjul/hf/2026/", True, ""),
        ("2027", "/aarshjul/hf/2027/", False, "ikke åpnet"),
    ]


def test_an_editor_is_offered_the_year_after_the_last(cast: Cast) -> None:
    tabs = year_tabs(make.wheel("hf", cast.hf), [2026, 2027], Asked(2026), may_edit=True, today=TODAY)
    assert [(tab.year, tab.note) for tab in tabs] == [("2026", ""), ("2027", ""), ("2028", "ikke åpnet")]
