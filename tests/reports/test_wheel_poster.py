"""A wheel's year as a poster: ordered, selected as the page is, and one sheet where the list fits."""

from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from annual_wheel import opening
from annual_wheel import services as wheel_services
from annual_wheel.models import Edition, Wheel
from config.lib import pdf
from reports import paper, services
from reports.models import Rendering
from reports.wheel_poster import SHEETS, poster_of
from tests import factories as make
from tests.cast import Cast
from tests.reports.builders import NOW

TODAY = date(2026, 3, 15)


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    made = make.wheel("hjulet", cast.hf, title="Årshjulet")
    make.entry(made, cast.ihk, text="Messe", kind="event", month=5, when_words="mai")
    make.entry(made, text="Frist", kind="deadline", ticks="none", month=4, when_words="15. april")
    opening.open_year(made, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    return made


def poster(wheel: Wheel, cast: Cast, **fields: Any) -> Rendering:
    asked = {"wheel": wheel, "year": 2026, "paper": "a3-landscape", **fields}
    return Rendering(requested_by=cast.dean, language="nb", requested_at=NOW, queued_at=NOW, **asked)


def test_the_list_has_the_numbers_of_the_picture(wheel: Wheel, cast: Cast) -> None:
    found = poster_of(poster(wheel, cast), reader=cast.dean, today=TODAY)
    rows = [(month.name, row.number, row.text) for month in found.months for row in month.rows]
    assert rows == [("April", 1, "Frist"), ("Mai", 2, "Messe")]
    assert [mark.numbers for mark in found.picture.marks] == ["1", "2"]
    assert (found.title, found.period, found.shown, found.is_one_sheet) == ("Årshjulet", "2026", "", True)


def test_it_shows_what_the_address_selects_and_says_so(wheel: Wheel, cast: Cast) -> None:
    found = poster_of(poster(wheel, cast, selection="type=deadline&fra=2"), reader=cast.dean, today=TODAY)
    assert [row.text for month in found.months for row in month.rows] == ["Frist"]
    assert (found.period, found.shown) == ("2026/27", "Type: Frist")


def test_it_shows_what_one_s_own_units_are_to_do_and_says_whose(wheel: Wheel, cast: Cast) -> None:
    mine = poster(wheel, cast, selection="mine=on&type=event")
    found = poster_of(mine, reader=cast.coordinator, today=TODAY)
    assert [row.text for month in found.months for row in month.rows] == ["Messe"]
    assert found.shown == "Type: Hendelse, Bare det IHK og ISL skal gjøre"
    assert [mark.numbers for mark in found.picture.marks] == ["1"]
    others = poster_of(mine, reader=cast.dean, today=TODAY)
    assert (others.lists, others.shown) == ([], "Type: Hendelse, Bare det HF skal gjøre")


def test_it_shows_what_stands_as_the_address_asks_for(wheel: Wheel, cast: Cast) -> None:
    wheel_services.cancel(
        Edition.objects.get(entry__text="Messe"), by=cast.adviser, reason="Ikke råd", is_partly=False, today=TODAY,
        expected=1,
    )  # fmt: skip
    found = poster_of(poster(wheel, cast, selection="status=cancelled&tull=1"), reader=cast.dean, today=TODAY)
    assert [(row.text, row.is_struck) for _name, rows in found.lists for row, _when in rows] == [("Messe", True)]
    assert found.shown == "Status: Utgår i år"


def test_a_date_stands_beside_its_row_where_the_heading_does_not_say_it(wheel: Wheel, cast: Cast) -> None:
    make.edition(make.entry(wheel, cast.ihk, text="Nyheter", kind="ongoing", month=1, when_words="løpende"))
    found = poster_of(poster(wheel, cast), reader=cast.dean, today=TODAY)
    assert [(name, [(row.text, when) for row, when in rows]) for name, rows in found.lists] == [
        ("April", [("Frist", "15. april")]),
        ("Mai", [("Messe", "")]),
        ("Løpende gjennom året", [("Nyheter", "")]),
    ]


def test_a_poster_of_two_years_says_the_month_once_and_the_year_of_what_goes_on(wheel: Wheel, cast: Cast) -> None:
    always = make.entry(wheel, cast.ihk, text="Nyheter", kind="ongoing", month=1, when_words="løpende")
    fair = make.entry(wheel, cast.ihk, text="Åpen dag", kind="event", month=2, when_words="februar", ticks="none")
    for entry in (always, fair):
        make.edition(entry, 2026)
    opening.open_year(wheel, year=2027, by=cast.adviser, now=NOW, today=TODAY)
    found = poster_of(poster(wheel, cast, selection="fra=5"), reader=cast.dean, today=TODAY)
    assert [(name, [(row.text, when) for row, when in rows]) for name, rows in found.lists] == [
        ("Mai", [("Messe", "")]),
        ("Februar 2027", [("Åpen dag", "")]),
        ("April 2027", [("Frist", "15. april")]),
        ("Løpende gjennom året", [("Nyheter", "2026"), ("Nyheter", "2027")]),
    ]


@pytest.mark.parametrize("size", list(SHEETS))
def test_a_list_that_is_too_long_goes_to_the_next_sheet(wheel: Wheel, cast: Cast, size: str) -> None:
    for number in range(200):
        make.edition(make.entry(wheel, text=f"Punkt {number} med noen ord til", kind="event", ticks="none"))
    assert not poster_of(poster(wheel, cast, paper=size), reader=cast.dean, today=TODAY).is_one_sheet


def test_the_page_orders_it_once(
    wheel: Wheel, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, today: date, sent: list[int]
) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    client.force_login(cast.dean)
    page = client.get("/rapporter/plakat/hjulet/2026/?utvalg=type%3Ddeadline").content.decode()
    assert 'name="utvalg" value="type=deadline"' in page
    data = {"papir": "a4-portrait", "utvalg": "type=deadline&tull=1"}
    for _ in range(2):
        answer = client.post("/rapporter/plakat/hjulet/2026/", data)
    order = Rendering.objects.get()
    assert answer["Location"] == f"/rapporter/bestilling/{order.pk}/"
    assert (order.wheel, order.year, order.paper, order.selection) == (wheel, 2026, "a4-portrait", "type=deadline")
    assert order.filename.startswith("hjulet-2026-a4-portrait-")
    assert "Årshjulet 2026, A4 stående" in client.get(answer["Location"]).content.decode()


def test_without_a_paper_the_form_says_so(wheel: Wheel, cast: Cast, client: Client, today: date) -> None:
    client.force_login(cast.dean)
    answer = client.post("/rapporter/plakat/hjulet/2026/", {"papir": "a5"})
    assert (answer.status_code, Rendering.objects.count()) == (200, 0)


def test_the_worker_makes_the_poster(
    wheel: Wheel, cast: Cast, monkeypatch: pytest.MonkeyPatch, today: date, sent: list[int]
) -> None:
    monkeypatch.setattr(paper, "poster_pdf", lambda order, **asked: f"%PDF {order.title}".encode())
    order = services.order_poster(
        wheel, year=2026, paper_size="a3-portrait", selection="", by=cast.dean, language="nb", now=NOW
    )
    services.render(order.pk, now=NOW)
    order.refresh_from_db()
    assert (order.state, bytes(order.content or b"").decode()) == ("done", "%PDF Årshjulet 2026, A3 stående")


def test_the_sheets_after_the_first_say_what_they_are_of(wheel: Wheel, cast: Cast) -> None:
    for number in range(80):
        make.edition(make.entry(wheel, text=f"Punkt {number} med noen ord til", kind="event", ticks="none"))
    content = paper.poster_pdf(
        poster(wheel, cast, paper="a4-portrait"), reader=cast.dean, today=TODAY, language="nb",
        on_step=lambda step, words: None,
    )  # fmt: skip
    words = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]
    assert len(words) > 1
    assert all("Laget 15. mars 2026" in page for page in words)
    assert ["Årshjulet 2026" in page for page in words] == [True] * len(words)
    assert all(f"Punkt {number} med noen ord til" in "".join(words) for number in range(80))


def test_it_is_a_pdf_on_one_sheet_of_its_size(wheel: Wheel, cast: Cast) -> None:
    content = paper.poster_pdf(
        poster(wheel, cast), reader=cast.dean, today=TODAY, language="nb", on_step=lambda step, words: None
    )
    document = pypdfium2.PdfDocument(content)
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [420, 297]
    assert len(document) == 1
    assert "Messe" in document[0].get_textpage().get_text_bounded()
