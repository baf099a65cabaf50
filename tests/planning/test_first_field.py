"""Focus stands in what one came to write, when a form is opened on a page of its own or where its row stands."""

import re
from typing import Any

import pytest

from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

EDITOR = "/planer/planen/rediger/"


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    plan = make.document("planen", cast.hf, title="Planen", state="draft")
    make.area(plan, key="moter", title="Møteplasser")
    return plan


def focused(page: Any) -> list[tuple[str, str]]:
    """The names of the fields that ask for focus, and by which attribute."""
    fields = re.findall(r"<(?:input|textarea|select)\b[^>]*>", page.content.decode())
    asked = [(field, re.search(r" (autofocus|data-take-focus)\b", field)) for field in fields]
    return [(field.partition('name="')[2].partition('"')[0], found[1]) for field, found in asked if found]


FIRST = {
    f"{EDITOR}dokument/": "title",
    f"{EDITOR}nytt-tiltak/": "text",
    f"{EDITOR}nytt-omrade/": "title",
    "/omrade/moter/endre/": "title",
}


@pytest.mark.parametrize("address", FIRST)
def test_focus_stands_in_what_one_came_to_write(adviser: Any, plan: Document, address: str) -> None:
    assert focused(adviser.get(address)) == [(FIRST[address], "autofocus")]
    assert focused(adviser.get(address, headers={"hx-request": "true"})) == [(FIRST[address], "data-take-focus")]


def test_what_is_wrong_takes_focus_instead(adviser: Any, plan: Document) -> None:
    address = f"{EDITOR}nytt-tiltak/"
    assert focused(adviser.get(address))
    refused = send(adviser, address, text="")
    assert focused(refused) == []
    assert 'id="error-summary"' in refused.content.decode()


def test_the_title_of_an_area_stands_before_its_number(adviser: Any, plan: Document) -> None:
    page = adviser.get(f"{EDITOR}nytt-omrade/").content.decode()
    assert 0 < page.index('id="id_title"') < page.index('id="id_label"')
