"""The board: editions against units, month by month, as a table and as text; and who may see it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel import board_page, opening, services
from annual_wheel.models import Edition, Task, Wheel
from organisation.models import User
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))
BOARD = "/aarshjul/hf/2026/tavle/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def wheel(today: date, cast: Cast) -> Wheel:
    """In March one that is late and one that is not; in May one tick for all; a deadline; one that goes on."""
    wheel = make.wheel("hf", cast.hf, title="Hjulet")
    make.entry(wheel, cast.departments, key="lister", text="Pensumlister", month=3, when_words="1. mars")
    make.entry(wheel, cast.hf, cast.ihk, key="messe", text="Messe", month=3, when_words="20. mars")
    make.entry(wheel, cast.departments, key="felles", text="Felles liste", month=5, when_words="10. mai", ticks="one")
    make.entry(wheel, key="frist", text="Søknadsfrist", kind="deadline", ticks="none", when_words="15. april")
    make.entry(wheel, cast.hf, key="nytt", text="Nyheter", kind="ongoing", month=1, when_words="løpende")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=date(2026, 1, 1))
    return wheel


def task_of(key: str, slug: str) -> Task:
    return Task.objects.get(edition__entry__key=key, unit__slug=slug)


def page_for(user: User, address: str = BOARD, **headers: str) -> BeautifulSoup:
    client = Client()
    client.force_login(user)
    return BeautifulSoup(client.get(address, headers=headers).content, "html.parser")


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def table_of(page: BeautifulSoup) -> list[list[str]]:
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in page.select(".board-table tr")]


def heads(page: BeautifulSoup) -> list[str]:
    return [words(head) for head in page.select(".board-summary")]


def opened(page: BeautifulSoup) -> list[str]:
    """The months that stand open."""
    return [str(month["id"]) for month in page.select(".board-month:has(> details[open])")]


def test_what_scrolls_and_the_table_in_it_are_told_apart(cast: Cast, wheel: Wheel) -> None:
    [scrolled] = page_for(cast.reader).select(".board-month [role=region]")
    assert scrolled["aria-label"] == "Hvor langt hver enhet er kommet"
    assert [words(caption) for caption in scrolled.select("caption")] == ["Hjulet, Mars 2026"]


def test_it_opens_on_this_month_with_a_state_for_each_unit(cast: Cast, wheel: Wheel) -> None:
    services.tick(task_of("lister", "ihk"), by=cast.coordinator, now=NOW)
    services.mark_not_relevant(task_of("lister", "isl"), by=cast.coordinator, reason="Ingen slike")
    assert table_of(page_for(cast.reader)) == [
        ["Hva", "Kvittert ut", "HF", "IHK", "IMU", "ISL"],
        ["Pensumlister innen 1. mars", "1 av 3", "– har ikke oppgaven", "Gjort", "Forsinket", "Ikke aktuelt hos oss"],
        [
            "Messe innen 20. mars",
            "0 av 2",
            "Ikke startet",
            "Ikke startet",
            "– har ikke oppgaven",
            "– har ikke oppgaven",
        ],
    ]


def test_the_whole_year_is_folded_by_month_with_its_numbers(cast: Cast, wheel: Wheel) -> None:
    page = page_for(cast.reader)
    assert heads(page) == [
        "Mars nå 2 punkter 1 forsinket 0 av 5 kvittert ut",
        "Mai 1 punkt 0 av 1 kvittert ut",
        "Løpende gjennom året 1 punkt 0 av 1 kvittert ut",
    ]
    links = {link["href"]: link["hx-get"] for link in page.select(".board-summary a")}
    assert links == {address: address for address in ("?maaned=5#maaned-5", "?maaned=0#maaned-0")}
    assert opened(page) == ["maaned-3"]


def test_a_month_is_opened_without_script_and_fetched_alone_with_it(cast: Cast, wheel: Wheel) -> None:
    whole = page_for(cast.reader, f"{BOARD}?maaned=5")
    assert opened(whole) == ["maaned-5"]
    part = page_for(cast.reader, f"{BOARD}?maaned=5", **HTMX)
    assert part.html is None
    assert [section["id"] for section in part.select(".board-month")] == ["maaned-5"]
    assert part.summary is not None
    assert part.summary["id"] == "maaned-5-do"


def test_one_tick_for_all_spans_the_units_and_says_so(cast: Cast, wheel: Wheel) -> None:
    (_head, row) = page_for(cast.reader, f"{BOARD}?maaned=5").select(".board-table tr")
    cell = row.select_one("td[colspan]")
    assert cell is not None
    assert (cell["colspan"], words(cell)) == ("3", "Ikke startet Én kvittering for alle: IHK, IMU, ISL")


def test_what_is_cancelled_is_struck_with_its_reason(cast: Cast, wheel: Wheel) -> None:
    edition = Edition.objects.get(entry__key="lister")
    services.cancel(edition, by=cast.adviser, reason="Nytt system", is_partly=False, today=date(2026, 1, 1), expected=1)
    row = page_for(cast.reader).select(".board-table tr")[1]
    assert words(row) == "Pensumlister innen 1. mars Utgår i år Nytt system"
    assert row.s is not None


def test_it_counts_and_names_who_has_not_begun(cast: Cast, wheel: Wheel) -> None:
    services.tick(task_of("lister", "ihk"), by=cast.coordinator, now=NOW)
    (idle,) = page_for(cast.reader).select(".board-idle")
    assert words(idle) == "2 enheter har ikke begynt: Institutt for musikk, Institutt for språk og litteratur"
    assert page_for(cast.reader, f"{BOARD}?maaned=5").select(".board-idle") == []


def test_as_text_it_says_by_unit_what_each_still_misses(cast: Cast, wheel: Wheel) -> None:
    services.tick(task_of("lister", "isl"), by=cast.coordinator, now=NOW)
    page = page_for(cast.reader, f"{BOARD}?vis=tekst")
    said = {words(unit.h3): [words(line) for line in unit.select("li")] for unit in page.select(".board-unit")}
    assert said == {
        "Det humanistiske fakultet mangler 1": ["Messe innen 20. mars Ikke startet"],
        "Institutt for historiske og klassiske studier mangler 2": [
            "Pensumlister innen 1. mars Forsinket",
            "Messe innen 20. mars Ikke startet",
        ],
        "Institutt for musikk mangler 1": ["Pensumlister innen 1. mars Forsinket"],
    }
    assert words(page.select_one(".board-complete")) == "Mangler ingenting: Institutt for språk og litteratur"
    assert page.select(".board-table") == []
    assert "?vis=tekst&maaned=5#maaned-5" in {link["href"] for link in page.select(".board-summary a")}


@pytest.mark.parametrize("asked", ["13", "-1", "mars", "²"])
def test_a_month_that_is_none_is_left_out(cast: Cast, wheel: Wheel, asked: str) -> None:
    page = page_for(cast.reader, f"{BOARD}?maaned={asked}")
    assert opened(page) == ["maaned-3"]


def test_a_year_without_anything_says_what_comes_next(today: date, cast: Cast) -> None:
    opening.open_year(make.wheel("hf", cast.hf), year=2026, by=cast.adviser, now=NOW, today=today)
    assert "Ingenting å kvittere ut i år" in str(page_for(cast.reader))


def test_a_note_leads_to_the_task_and_evidence_to_where_it_lies(cast: Cast, wheel: Wheel) -> None:
    task = task_of("lister", "ihk")
    Task.objects.filter(pk=task.pk).update(note="Ligger <klart>", evidence_url="https://example.org/liste")
    links = {link["href"]: link["title"] for link in page_for(cast.reader).select(".board-told a")}
    assert links == {
        f"/aarshjul/punkt/lister/#task-{task.pk}": "Ligger <klart>",
        "https://example.org/liste": "https://example.org/liste",
    }


@pytest.mark.parametrize("view", ["", "?vis=tekst"])
def test_the_number_of_queries_is_the_same_for_more(cast: Cast, wheel: Wheel, view: str) -> None:
    def count() -> int:
        board_page.forget()
        client = Client()
        client.force_login(cast.adviser)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BOARD + view).status_code == 200
        return len(queries)

    make.edition(make.entry(wheel, cast.departments, month=3, when_words="3. mars", ticks="one"))
    before = count()
    for number in range(3):
        fields = {"text": f"Nummer {number}", "month": 3, "when_words": "2. mars", "position": number + 9}
        make.edition(make.entry(wheel, cast.departments, **fields))
        make.edition(make.entry(wheel, cast.departments, **{**fields, "ticks": "one"}))
    make.unit("ifs", cast.hf)
    assert count() == before


def test_only_those_who_read_the_owners_drafts_are_led_there(cast: Cast, wheel: Wheel) -> None:
    led = {
        name: bool(page_for(user, "/aarshjul/hf/2026/").select(f'a[href="{BOARD}"]'))
        for name, user in cast.people.items()
    }
    assert led == {
        "adviser": True,
        "coordinator": False,
        "dean": True,
        "reader": True,
        "outsider": False,
        "administrator": True,
    }


@pytest.mark.parametrize("year", ["2025", "0", "99999", str(10**30)])
def test_a_year_that_is_not_opened_has_no_board(cast: Cast, wheel: Wheel, year: str) -> None:
    client = Client()
    client.force_login(cast.adviser)
    assert client.get(f"/aarshjul/hf/{year}/tavle/").status_code == 404
