"""Earlier versions of a document: in a list, and each read as the document it was."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.models import Document, Goal
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
FIRST, SECOND, ALL = "/planer/planen/utgave/1/", "/planer/planen/utgave/2/", "/planer/planen/utgaver/"

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    """Adopted twice, and being rewritten: a goal is reworded, another taken out."""
    plan = make.document("planen", cast.hf, title="Planen")
    make.goal(plan, key="blir", text="Slik det først ble vedtatt")
    make.goal(plan, key="borte", text="Et mål som er tatt ut")
    freeze(plan, by=cast.dean, now=NOW)
    Goal.objects.filter(key="blir").update(text="Slik det er nå")
    Goal.objects.filter(key="borte").update(status="retired")
    Document.objects.update(title="Planen, ny")
    freeze(plan := Document.objects.get(), by=cast.dean, now=NOW)
    Goal.objects.filter(key="blir").update(text="Et utkast")
    return plan


def page(client: Any, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def links(soup: Any) -> dict[str, str]:
    return {" ".join(link.get_text(" ").split()): link["href"] for link in soup.select("main a[href]")}


def test_an_earlier_version_reads_as_it_was_and_says_that_it_is_earlier(cast: Cast, plan: Document) -> None:
    soup = page(client_of(cast.outsider), FIRST)
    text = soup.select_one("main").get_text(" ")  # type: ignore[union-attr]
    assert soup.h1.get_text() == "Planen"  # type: ignore[union-attr]
    assert "Slik det først ble vedtatt" in text
    assert "Slik det er nå" not in text
    assert "Et utkast" not in text
    notice = " ".join(soup.select_one(".notice").get_text(" ").split())  # type: ignore[union-attr]
    assert notice.startswith("Utgave 1, 5. januar 2026, er en eldre utgave.")
    assert notice.endswith("Les den nyeste utgaven")
    assert soup.find("meta", {"name": "robots"})["content"] == "noindex"  # type: ignore[index]


def test_what_is_gone_leads_nowhere_and_what_stands_to_its_page(cast: Cast, plan: Document) -> None:
    soup = page(client_of(cast.outsider), FIRST)
    assert links(soup)["Slik det først ble vedtatt"] == "/mal/blir/"
    gone = soup.find(string="Et mål som er tatt ut").parent  # type: ignore[union-attr]
    assert (gone.name, gone.get("href")) == ("span", None)  # type: ignore[union-attr]


def test_the_newest_version_says_so_at_its_own_address(cast: Cast, plan: Document) -> None:
    text = page(client_of(cast.outsider), SECOND).select_one(".notice").get_text(" ")  # type: ignore[union-attr]
    assert "Utgave 2, 5. januar 2026, er den leserne ser nå." in text


def test_it_is_reached_from_the_document_and_from_the_comparison(cast: Cast, plan: Document) -> None:
    reader = client_of(cast.outsider)
    assert links(page(reader, "/planer/planen/"))["Alle utgavene (2)"] == ALL
    assert links(page(reader, "/planer/planen/sammenlign/"))["Les utgavene hver for seg"] == ALL
    listed = links(page(reader, ALL))
    assert [url for url in listed.values() if url in (FIRST, SECOND)] == [SECOND, FIRST]
    assert links(page(reader, FIRST))["Se hva som er endret siden"].endswith("?fra=utgave-1&til=utgave-2")


def test_who_may_not_read_the_document_reads_no_version(cast: Cast, plan: Document) -> None:
    assert client_of(None).get(FIRST).status_code == 302
    assert client_of(cast.outsider).get("/planer/planen/utgave/3/").status_code == 404
    assert client_of(cast.outsider).get("/strategi/planen/utgave/1/").status_code == 404
    Document.objects.update(is_public=True)
    assert client_of(None).get(FIRST).status_code == 200


def test_a_unit_plan_is_read_with_what_it_took_over_then(cast: Cast, today: Any) -> None:
    above = make.document("over", cast.hf, title="Planen over")
    make.measure(above, make.goal(above, text="Målet over da"), text="Tiltaket da")
    own = make.document("var", cast.ihk, title="Vår plan")
    own.carries_out.add(above)
    goal = make.goal(own, text="Vårt mål")
    goal.links.create(kind="aligned", to_goal=above.goals.get())
    freeze(own, by=cast.dean, now=NOW)
    above.goals.update(text="Målet over nå")
    freeze(above, by=cast.dean, now=NOW)
    freeze(own, by=cast.dean, now=NOW)
    shown = [page(client_of(cast.reader), f"/planer/var/utgave/{number}/").get_text(" ") for number in (1, 2)]
    assert ["Målet over da" in text for text in shown] == [True, False]
    assert ["Målet over nå" in text for text in shown] == [False, True]


@pytest.mark.parametrize("address", [ALL, FIRST])
def test_the_number_of_queries_does_not_grow(cast: Cast, plan: Document, address: str) -> None:
    client = client_of(cast.outsider)
    counts = []
    for _size in (1, 3):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
        freeze(plan, by=cast.dean, now=NOW)
        make.goal(plan)
        freeze(plan, by=cast.dean, now=NOW)
    assert counts[0] == counts[1]
