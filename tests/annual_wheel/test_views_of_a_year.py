"""The ways to look at a year: what the address says, zoom, the academic year, list, calendar and timeline."""

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from annual_wheel import opening
from annual_wheel.models import Entry, Wheel
from tests import factories as make
from tests.annual_wheel.test_views_wheel import NOW, TODAY, filtered, opened, titles
from tests.cast import Cast

ADDRESS = "/aarshjul/hf/2026/"


@pytest.fixture
def page(today: date, cast: Cast, client: Client) -> Any:
    """Fetch the year with a query, as somebody who may read it."""
    client.force_login(cast.reader)

    def fetch(query: str = "") -> str:
        return client.get(f"{ADDRESS}?{query}").content.decode()

    return fetch


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_every_link_keeps_the_rest_of_the_address(cast: Cast, page: Any) -> None:
    filtered(cast)
    soup = soup_of(page("type=task&ringer=ansvar&fra=3&maaned=4"))
    found = {link.get_text(" ", strip=True): link["href"] for link in soup.select("nav a")}
    assert found["Liste"] == "?vis=liste&ringer=ansvar&fra=3&maaned=4&type=task"
    assert found["Hele året"] == "?ringer=ansvar&fra=3&type=task"
    assert found["Uke 15"] == "?ringer=ansvar&fra=3&uke=2026-15&type=task"
    assert found["2027/28 ikke åpnet"] == "/aarshjul/hf/2027/?ringer=ansvar&fra=3&maaned=4&type=task"
    assert [field["value"] for field in soup.select("form.filters input[type=hidden]")] == ["4"]


def test_what_the_address_does_not_mean_is_left_out(cast: Cast, page: Any) -> None:
    filtered(cast)
    assert titles(page("vis=liste&uke=99&maaned=44&fra=x&ringer=tull&maal=ingen")) == titles(page("vis=liste"))


def test_a_month_and_a_week_show_what_meets_them(cast: Cast, page: Any) -> None:
    filtered(cast)
    assert titles(page("vis=liste&maaned=3")) == ["Frist", "Fakultetets"]
    assert titles(page("vis=liste&uke=9")) == ["Frist"]


def test_the_academic_year_takes_the_editions_of_both_years(cast: Cast, page: Any) -> None:
    wheel = filtered(cast)
    alone = page("vis=liste&fra=6")
    assert titles(alone) == ["Kommer"]
    assert "2027 er ikke åpnet ennå" in alone
    opening.open_year(wheel, year=2027, by=cast.adviser, now=NOW, today=TODAY)
    html = page("vis=liste&fra=6")
    assert titles(html) == ["Kommer", "Gjort", "Sen", "Frist", "Fakultetets"]
    assert "er ikke åpnet ennå, så" not in html
    months = re.findall(r'<th colspan="4" scope="rowgroup">([^<]+)', html)
    assert [month.strip() for month in months] == ["Juni", "Januar 2027", "Mars 2027"]


def test_what_goes_on_all_year_is_one_ring_of_an_academic_year(cast: Cast, page: Any) -> None:
    wheel = opened(cast, {"text": "Intervjue", "kind": "ongoing", "month": 1, "when_words": "løpende"})
    opening.open_year(wheel, year=2027, by=cast.adviser, now=NOW, today=TODAY)
    assert len(soup_of(page("fra=8")).select(".wheel-mark[data-n]")) == 1


def test_the_view_narrows_to_a_goal_or_a_measure(cast: Cast, page: Any) -> None:
    opened(cast, {"text": "Tjener", "key": "tjener"}, {"text": "Andre"})
    plan = make.document("planen", cast.hf)
    measure = make.measure(plan, make.goal(plan, key="maalet", text="Flere søkere"), key="tiltaket")
    Entry.objects.get(key="tjener").measures.add(measure)
    assert [titles(page(f"vis=liste&maal={key}")) for key in ("maalet", "tiltaket")] == [["Tjener"], ["Tjener"]]
    groups = soup_of(page()).select("#filter-maal optgroup")
    assert [(group["label"], group.get_text(strip=True)) for group in groups] == [
        ("Mål", "Flere søkere"),
        ("Tiltak", "Et tiltak"),
    ]


def test_a_goal_of_a_draft_is_not_told_of(today: date, cast: Cast, client: Client) -> None:
    opened(cast, {"text": "Tjener", "key": "tjener"})
    draft = make.document("utkast", cast.hf, state="draft")
    Entry.objects.get(key="tjener").measures.add(make.measure(draft, make.goal(draft, text="Hemmelig mål")))
    for person, is_told in ((cast.adviser, True), (cast.outsider, False)):
        client.force_login(person)
        assert ("Hemmelig mål" in client.get(f"{ADDRESS}?ringer=maal").content.decode()) is is_told


def test_the_list_beside_the_picture_has_its_numbers(cast: Cast, page: Any) -> None:
    filtered(cast)
    soup = soup_of(page())
    marks = {str(mark["data-n"]): str(mark["aria-label"]) for mark in soup.select(".wheel-mark[data-n]")}
    rows = {str(row["data-n"]): row.select("a")[0].get_text() for row in soup.select(".twin-rows li")}
    assert list(marks) == list(rows) == ["1", "2", "3", "4", "5"]
    assert all(rows[number] in label for number, label in marks.items())


def test_what_is_late_is_drawn_only_when_asked_for(cast: Cast, page: Any) -> None:
    filtered(cast)
    assert [str(mark["data-state"]) for mark in soup_of(page("status=late")).select(".wheel-mark[data-n]")] == ["late"]


def test_the_calendar_has_days_on_their_week_and_the_vague_below(cast: Cast, page: Any) -> None:
    filtered(cast)
    weeks = {
        week.select("h4 a")[0].get_text(strip=True): [link.get_text() for link in week.select(".cal-bars a")]
        for week in soup_of(page("vis=kalender")).select(".cal-week")
    }
    assert {week: rows for week, rows in weeks.items() if rows} == {"Uke9": ["Frist"], "Uke10": ["Fakultetets"]}
    above = soup_of(page("vis=kalender&maaned=6")).select(".cal-above a")
    assert [link.get_text() for link in above] == ["Kommer"]


def test_a_week_that_crosses_weeks_stands_in_both(cast: Cast, page: Any) -> None:
    opened(cast, {"text": "Reise", "month": 8, "when_words": "14.–18. august"})
    bars = soup_of(page("vis=kalender&maaned=8")).select(".cal-bars li:not(.cal-none)")
    assert [bar["class"] for bar in bars] == [["c5", "s3", "cal-after"], ["c1", "s2", "cal-before"]]


def test_the_timeline_says_each_and_its_days(cast: Cast, page: Any) -> None:
    filtered(cast)
    soup = soup_of(page("vis=tidslinje"))
    assert [group.get_text(" ", strip=True) for group in soup.select(".tl-group")] == ["Frist 1", "Oppgave 4"]
    assert [link.get_text() for link in soup.select(".tl-text a")] == ["Frist", "Gjort", "Sen", "Fakultetets", "Kommer"]
    assert soup.select(".tl-days path")[0]["d"] == "M200 1h10v14h-10z"


@pytest.mark.parametrize("view", ["hjul", "liste", "kalender", "tidslinje"])
def test_every_view_says_when_nothing_fits(cast: Cast, page: Any, view: str) -> None:
    filtered(cast)
    assert "Ingen punkter passer med valgene" in page(f"vis={view}&status=cancelled")


def test_what_is_kept_is_never_out_of_date(cast: Cast, page: Any) -> None:
    opened(cast, {"text": "Gammel", "key": "a"})
    assert titles(page("vis=liste")) == ["Gammel"]
    entry = Entry.objects.get(key="a")
    entry.text = "Ny"
    entry.save()
    assert titles(page("vis=liste")) == ["Ny"]
    assert Wheel.objects.count() == 1
