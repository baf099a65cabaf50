"""A typing error in what holds is corrected also while other words wait, and in both where both say the same."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from config.lib import clock
from reports.plan_document import plan_document
from strategy import correcting
from strategy.models import Document, Goal, Version
from strategy.services import adopt, has_unadopted_changes, words_in_force
from strategy.talk_for_me import corrections_for
from strategy.versions import held_on, versions_of
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import texts
from tests.sending import send

TODAY = date(2026, 3, 15)
SUMMER, AUTUMN = date(2026, 6, 1), date(2026, 9, 1)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    """Holds with two misspelt goals; from the summer on the one is worded anew, and there is a third."""
    plan = make.document("planen", cast.hf, title="Planen", state="draft")
    make.goal(plan, key="begge", text="Flere sökere fra Nordland")
    goal = make.goal(plan, key="omskrevet", text="Besøke skolene i fylkett")
    decide(plan, cast)
    goal.text = "Ta imot skoleklasser på campuss"
    goal.save()
    make.goal(plan, key="nytt", text="Et heltt nytt mål")
    decide(plan, cast, holds_from=SUMMER)
    return Document.objects.get(pk=plan.pk)


def decide(plan: Document, cast: Cast, **more: Any) -> Version:
    body = "Styret i sommer" if more else "Styret"
    version = adopt(plan, by=cast.dean, decided_by=body, decided_on=TODAY, case_number="", now=NOW, **more)
    plan.refresh_from_db()
    return version


def correct(cast: Cast, key: str, text: str, query: str = "") -> Any:
    address = f"/rett/mal/{key}/{query}"
    client = client_of(cast.adviser)
    page = client.get(address)
    return client.post(
        address, {"seen": page.context["form"]["seen"].value(), "text": text, "why": "Skrivefeil"}, follow=True
    )


def goals(plan: Document, day: date) -> list[str]:
    return [goal["text"] for goal in words_in_force(plan, today=day)["goals"]]


def said(response: Any) -> str:
    return texts(response, "span", class_="toast-text")[0]


def test_what_stands_in_both_is_corrected_in_both(cast: Cast, plan: Document, monkeypatch: Any) -> None:
    page = client_of(cast.adviser).get("/rett/mal/begge/")
    notice = " ".join(texts(page, "div", class_="notice"))
    assert (
        "Du retter det som gjelder nå. Det samme står i det som gjelder fra 1. juni 2026, og rettes der også." in notice
    )
    answer = correct(cast, "begge", "Flere søkere fra Nordland")
    assert said(answer) == "Rettet. Utgave 3 er det alle leser fra nå av. Utgave 4 gjelder fra 1. juni 2026."
    assert goals(plan, TODAY) == ["Flere søkere fra Nordland", "Besøke skolene i fylkett"]
    assert goals(plan, SUMMER) == ["Flere søkere fra Nordland", "Ta imot skoleklasser på campuss", "Et heltt nytt mål"]
    versions = list(plan.versions.order_by("number"))
    assert [(each.corrects and each.corrects.number, each.why, each.holds_from) for each in versions[2:]] == [
        (1, "Skrivefeil", TODAY),
        (2, "Skrivefeil", SUMMER),
    ]
    plan.refresh_from_db()
    assert (plan.coming_on(TODAY), Goal.objects.get(key="begge").text) == (SUMMER, "Flere søkere fra Nordland")
    assert not has_unadopted_changes(plan)
    assert len(corrections_for(cast.dean, today=clock.today())) == 1


def test_what_holds_now_is_corrected_alone_where_it_is_worded_anew(cast: Cast, plan: Document) -> None:
    page = client_of(cast.adviser).get("/rett/mal/omskrevet/")
    assert page.context["form"]["text"].value() == "Besøke skolene i fylkett"
    notice = " ".join(texts(page, "div", class_="notice"))
    assert "Det som gjelder fra 1. juni 2026, sier noe annet her, og rettes for seg. Rett det også" in notice
    assert "/rett/mal/omskrevet/?utgave=2" in page.content.decode()
    answer = correct(cast, "omskrevet", "Besøke skolene i fylket")
    assert said(answer).startswith("Rettet. Utgave 3 er det alle leser fra nå av.")
    assert goals(plan, TODAY)[1] == "Besøke skolene i fylket"
    assert goals(plan, SUMMER)[1] == "Ta imot skoleklasser på campuss"
    assert Goal.objects.get(key="omskrevet").text == "Ta imot skoleklasser på campuss"
    newest = plan.versions.latest("number")
    assert newest.why_told == "Ordene er som i utgave 2"
    with override("en"):
        assert newest.why_told == "The words are as in version 2"
    assert held_on(versions_of([plan.pk])[plan.pk], SUMMER).number == 4
    plan.refresh_from_db()
    assert not has_unadopted_changes(plan)


def test_what_waits_is_corrected_alone(cast: Cast, plan: Document) -> None:
    answer = correct(cast, "omskrevet", "Ta imot skoleklasser på campus", "?utgave=2")
    assert said(answer) == "Rettet. Utgave 3 gjelder fra 1. juni 2026."
    assert goals(plan, TODAY)[1] == "Besøke skolene i fylkett"
    assert goals(plan, SUMMER)[1] == "Ta imot skoleklasser på campus"
    assert Goal.objects.get(key="omskrevet").text == "Ta imot skoleklasser på campus"
    assert (
        "Du retter det som gjelder fra 1. juni 2026." in client_of(cast.adviser).get("/rett/mal/nytt/").content.decode()
    )
    correct(cast, "nytt", "Et helt nytt mål")
    assert goals(plan, SUMMER)[2] == "Et helt nytt mål"


@pytest.fixture
def two_waiting(cast: Cast, plan: Document) -> Document:
    """From the autumn on the goal is worded in a third way."""
    Goal.objects.filter(key="omskrevet").update(text="Låne ut campuss til skolene")
    decide(plan, cast, holds_from=AUTUMN)
    return Document.objects.get(pk=plan.pk)


def offered(cast: Cast, query: str) -> tuple[str, list[str]]:
    """The words in the form, and where the form leads to correct the others."""
    page = client_of(cast.adviser).get(f"/rett/mal/omskrevet/{query}")
    links = BeautifulSoup(page.content, "html.parser").select(".notice a")
    return page.context["form"]["text"].value(), [str(link["href"]) for link in links]


def test_each_of_those_that_wait_is_corrected_by_itself(cast: Cast, two_waiting: Document) -> None:
    urls = [f"/rett/mal/omskrevet/?utgave={number}" for number in (1, 2, 3)]
    assert offered(cast, "") == ("Besøke skolene i fylkett", urls[1:])
    assert offered(cast, "?utgave=1") == ("Besøke skolene i fylkett", urls[1:])
    assert offered(cast, "?utgave=2") == ("Ta imot skoleklasser på campuss", [urls[0], urls[2]])
    assert offered(cast, "?utgave=3") == ("Låne ut campuss til skolene", urls[:2])
    answer = correct(cast, "omskrevet", "Låne ut campus til skolene", "?utgave=3")
    assert said(answer) == "Rettet. Utgave 4 gjelder fra 1. september 2026."
    days = (TODAY, SUMMER, AUTUMN)
    assert [goals(two_waiting, day)[1] for day in days] == [
        "Besøke skolene i fylkett",
        "Ta imot skoleklasser på campuss",
        "Låne ut campus til skolene",
    ]
    assert Goal.objects.get(key="omskrevet").text == "Låne ut campus til skolene"
    correct(cast, "omskrevet", "Ta imot skoleklasser på campus", "?utgave=2")
    assert [goals(two_waiting, day)[1] for day in days][1:] == [
        "Ta imot skoleklasser på campus",
        "Låne ut campus til skolene",
    ]


def test_the_number_of_what_was_corrected_since_leads_to_what_is_read_instead(
    cast: Cast, two_waiting: Document
) -> None:
    correct(cast, "omskrevet", "Låne ut campus til skolene", "?utgave=3")
    assert offered(cast, "?utgave=3")[0] == "Låne ut campus til skolene"


@pytest.mark.parametrize("query", ["?utgave=9", "?utgave=x", "?utgave=-1", "?utgave=99999999999999999999"])
def test_no_other_version_is_corrected(cast: Cast, two_waiting: Document, query: str) -> None:
    assert client_of(cast.adviser).get(f"/rett/mal/omskrevet/{query}").status_code == 404


def test_a_place_that_is_new_in_what_waits_is_not_looked_for_elsewhere(cast: Cast, plan: Document) -> None:
    statuses = [client_of(cast.adviser).get(f"/rett/mal/nytt/?utgave={number}").status_code for number in (1, 2)]
    assert statuses == [404, 200]


def test_all_that_will_be_read_is_corrected_and_nothing_else(cast: Cast, plan: Document) -> None:
    """Also with two that wait, and one that will never be read since a later decision comes before it."""
    decide_more(plan, cast, "Fjerde mål", AUTUMN)
    decide_more(plan, cast, "Femte mål", date(2026, 5, 1))
    numbers = [version.number for version in correcting.versions_to_correct(plan, today=TODAY)]
    assert numbers == [1, 4]
    correct(cast, "begge", "Flere søkere fra Nordland")
    assert [goals(plan, day)[0] for day in (TODAY, SUMMER, AUTUMN)] == ["Flere søkere fra Nordland"] * 3
    assert plan.versions.count() == 6


def decide_more(plan: Document, cast: Cast, text: str, day: date) -> None:
    make.goal(plan, text=text)
    decide(plan, cast, holds_from=day)


def test_the_same_word_twice_is_corrected_again(cast: Cast, plan: Document) -> None:
    correct(cast, "begge", "Flere søkere fra Norland")
    correct(cast, "begge", "Flere søkere fra Nordland")
    assert goals(plan, TODAY)[0] == goals(plan, SUMMER)[0] == "Flere søkere fra Nordland"
    assert plan.versions.count() == 6


def test_a_corrected_version_tells_the_decisions_of_the_one_it_corrects(cast: Cast, plan: Document) -> None:
    correct(cast, "begge", "Flere søkere fra Nordland")
    decided = [
        [decision.decided_by for decision in version.decisions_until_then()]
        for version in plan.versions.order_by("number")
    ]
    assert decided == [["Styret"], ["Styret", "Styret i sommer"]] * 2


def test_the_list_of_versions_sets_each_against_what_it_corrects(cast: Cast, plan: Document) -> None:
    correct(cast, "begge", "Flere søkere fra Nordland")
    page = client_of(cast.reader).get("/planer/planen/utgaver/").content.decode()
    for pair in ("fra=utgave-1&amp;til=utgave-3", "fra=utgave-2&amp;til=utgave-4", "fra=utgave-1&amp;til=utgave-2"):
        assert pair in page
    assert "Skrivefeil (gjelder fra 1. juni 2026)" in page


def test_readers_get_the_corrected_words_on_the_pages(cast: Cast, plan: Document, monkeypatch: Any) -> None:
    correct(cast, "omskrevet", "Besøke skolene i fylket")
    assert "Besøke skolene i fylket<" in client_of(cast.reader).get("/planer/planen/").content.decode()
    assert (
        "En ny utgave er vedtatt. Den gjelder fra 1. juni 2026."
        in client_of(cast.reader).get("/planer/planen/").content.decode()
    )
    monkeypatch.setattr(clock, "today", lambda: SUMMER)
    page = client_of(cast.reader).get("/planer/planen/").content.decode()
    assert "Ta imot skoleklasser på campuss" in page
    assert "Besøke skolene" not in page


def test_a_title_is_corrected_in_both_and_lists_tell_it(cast: Cast, plan: Document) -> None:
    address = "/rett/dokument/planen/"
    assert send(client_of(cast.adviser), address, title="Plannen", why="Prøve").status_code in (200, 302)
    plan.refresh_from_db()
    kept = plan.head_in_force or {}
    assert (plan.known_as, kept["next"][0]["title"]) == ("Plannen", "Plannen")


@pytest.mark.parametrize("place", ["", "utgave/4/"])
def test_words_that_are_frozen_again_are_not_told_of_as_corrected(
    cast: Cast, plan: Document, monkeypatch: Any, place: str
) -> None:
    correct(cast, "omskrevet", "Besøke skolene i fylket")
    version = plan.versions.get(number=4)
    assert (version.only_repeats, plan.versions.correction_in(4)) == (True, None)
    monkeypatch.setattr(clock, "today", lambda: SUMMER)
    assert "Rettet etter vedtaket" not in facts(cast, place)
    assert "Rettet etter vedtaket" not in labels(plan, 4)


def test_what_was_corrected_before_they_were_frozen_again_is_told(cast: Cast, plan: Document, monkeypatch: Any) -> None:
    """Versions 3 and 4 correct what both say, 5 what holds now alone; 6 repeats 4."""
    correct(cast, "begge", "Flere søkere fra Nordland")
    correct(cast, "omskrevet", "Besøke skolene i fylket")
    found = plan.versions.correction_in(6)
    assert found is not None
    assert (plan.versions.get(number=6).only_repeats, found.number) == (True, 4)
    monkeypatch.setattr(clock, "today", lambda: SUMMER)
    assert facts(cast, "")["Rettet etter vedtaket"].endswith(": Skrivefeil")
    assert facts(cast, "utgave/6/")["Rettet etter vedtaket"] == "Skrivefeil"
    assert labels(plan, 6)["Rettet etter vedtaket"] == ("Skrivefeil",)


def facts(cast: Cast, place: str) -> dict[str, str]:
    """The facts beside the document or one of its versions, as a reader has them."""
    found = client_of(cast.reader).get(f"/planer/planen/{place}").context["facts"]
    return {line.label: " ".join(value.text for value in line.values) for line in found}


def labels(plan: Document, number: int) -> dict[str, tuple[str, ...]]:
    version = plan.versions.get(number=number)
    return dict(plan_document(plan, reader=version.frozen_by, today=SUMMER, version=version).facts)


def test_the_names_one_compares_by_are_short(cast: Cast, plan: Document) -> None:
    correct(cast, "begge", "Flere søkere fra Nordland")
    Version.objects.filter(number__gte=3).update(why="Et ord i det første målet var skrevet feil")
    names = texts(client_of(cast.reader).get("/planer/planen/sammenlign/"), "option")[:4]
    today = "15. mars 2026"
    assert names[1] == f"Utgave 2, {today}, gjelder fra 1. juni 2026"
    assert names[2].endswith(": Et ord i det første mål…")
    assert names[3].endswith(", gjelder fra 1. juni 2026")
