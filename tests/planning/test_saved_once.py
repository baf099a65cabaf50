"""A form for something new that is sent again, as by the browser's Back, makes no second of the same."""

from __future__ import annotations

from typing import Any

import pytest

from planning.models import Measure
from strategy.models import Area, Decision, Document, Fact, Goal, Route, Section, Target
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")
NEW = "/planer/planen/rediger/ny"
FORMS: dict[Any, tuple[str, dict[str, str]]] = {
    Section: (f"{NEW}tt-avsnitt/", {"kind": "purpose", "text": "Hensikten"}),
    Decision: (f"{NEW}tt-vedtak/", {"kind": "mandate", "decided_by": "Styret"}),
    Area: (f"{NEW}tt-omrade/", {"title": "Møteplasser"}),
    Goal: (f"{NEW}tt-mal/", {"text": "Flere søkere"}),
    Route: (f"{NEW}tt-veivalg/", {"text": "Samarbeide"}),
    Measure: (f"{NEW}tt-tiltak/", {"text": "Besøke skoler"}),
    Target: ("/mal/maalet/nytt-maltall/", {"kind": "count", "comparator": "at_least", "value": "8", "text": "Åtte"}),
    Fact: ("/omrade/omradet/nytt-faktum/", {"text": "120 søkte"}),
}


@pytest.fixture
def plan(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf, state="draft")
    make.goal(plan, key="maalet", area=make.area(plan, key="omradet"))
    return plan


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("htmx", [False, True])
def test_the_same_sent_again_leads_to_what_was_saved(adviser: Any, plan: Document, model: Any, htmx: bool) -> None:
    address, words = FORMS[model]
    page, before = adviser.get(address), model.objects.count()
    first, second = (send(adviser, address, of=page, htmx=htmx, **words) for _time in range(2))
    assert model.objects.count() == before + 1
    assert (second.status_code, second.url) == (302, first.url)
    told = text_of(adviser.get(second.url).content.decode())
    assert "Dette ble lagret forrige gang, og er ikke lagret på nytt. Her står det." in told


TAKES_OUT: dict[Any, str] = {
    Area: "/omrade/{0.key}/ta-ut/",
    Goal: "/mal/{0.key}/ta-ut/",
    Measure: "/tiltak/{0.key}/ta-ut/",
    Section: "/avsnitt/{0.pk}/ta-ut/",
    Target: "/maltall/{0.pk}/ta-ut/",
}


@pytest.mark.parametrize("model", TAKES_OUT, ids=lambda model: model.__name__)
def test_what_was_taken_out_since_is_asked_about_and_can_be_saved_anew(
    adviser: Any, plan: Document, model: Any
) -> None:
    address, words = FORMS[model]
    page = adviser.get(address)
    send(adviser, address, of=page, **words)
    made = model.objects.latest("pk")
    assert adviser.post(TAKES_OUT[model].format(made)).status_code == 302
    before = model.objects.count()
    asked = send(adviser, address, of=page, **words)
    assert "det du lagret, er tatt ut siden. Lagrer du nå, blir det et nytt." in text_of(asked.content.decode())
    assert model.objects.count() == before
    assert send(adviser, address, of=asked).status_code == 302
    assert model.objects.count() == before + 1


def test_other_words_are_asked_about_and_can_be_saved_as_one_more(adviser: Any, plan: Document) -> None:
    address, words = FORMS[Measure]
    page = adviser.get(address)
    send(adviser, address, of=page, **words)
    asked = send(adviser, address, of=page, text="Besøke alle skoler")
    assert "Dette skjemaet er lagret én gang før, med andre ord." in text_of(asked.content.decode())
    assert fields_of(asked, address)["text"] == ["Besøke alle skoler"]
    assert Measure.objects.count() == 1
    assert send(adviser, address, of=asked).status_code == 302
    assert [str(measure) for measure in Measure.objects.all()] == ["Besøke skoler", "Besøke alle skoler"]


def test_the_same_words_in_a_new_form_are_asked_about(adviser: Any, plan: Document) -> None:
    """It may be the page that the browser fetched anew when one went back to it."""
    address, words = FORMS[Measure]
    send(adviser, address, **words)
    asked = send(adviser, address, **words)
    assert "Akkurat det samme har du lagret herfra før." in text_of(asked.content.decode())
    assert Measure.objects.count() == 1
    assert send(adviser, address, of=asked).status_code == 302
    assert Measure.objects.count() == 2


def test_the_same_words_elsewhere_are_not_asked_about(adviser: Any, plan: Document) -> None:
    for key in ("maalet", make.goal(plan).key):
        assert send(adviser, f"{FORMS[Measure][0]}?mal={key}", text="Besøke skoler").status_code == 302
    assert Measure.objects.count() == 2


def test_saving_and_writing_one_more_is_the_same_form_too(adviser: Any, plan: Document) -> None:
    address, words = FORMS[Goal]
    page = adviser.get(address)
    send(adviser, address, of=page, again="1", **words)
    send(adviser, address, of=page, **words)
    assert Goal.objects.count() == 2


def test_the_mark_follows_a_form_that_comes_back(adviser: Any, plan: Document) -> None:
    """One that is refused, or that lines are added to, is still the same form."""
    address, words = FORMS[Measure]
    page = adviser.get(address)
    refused = send(adviser, address, of=page, text="")
    added = send(adviser, address, of=refused, do="aligned-find", **words)
    marks = [fields_of(each, address)["once"] for each in (page, refused, added)]
    assert marks[0] == marks[1] == marks[2]


def test_what_stands_already_has_no_mark(adviser: Any, plan: Document) -> None:
    assert "once" not in fields_of(adviser.get("/mal/maalet/endre/"), "/mal/maalet/endre/")


def test_a_mark_is_nobody_elses(cast: Cast, adviser: Any, plan: Document) -> None:
    address, words = FORMS[Goal]
    page = adviser.get(address)
    for client in (adviser, client_of(cast.dean)):
        send(client, address, of=page, **words)
    assert Goal.objects.count() == 3


def test_only_the_last_forms_are_remembered(adviser: Any, plan: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.lib.once.MOST_KEPT", 3)
    address = FORMS[Goal][0]
    pages = [adviser.get(address) for _number in range(4)]
    for number, page in enumerate(pages):
        send(adviser, address, of=page, text=f"Mål {number}")
    assert len(adviser.session["saved_once"]) == 3
    send(adviser, address, of=pages[0], text="Mål 0")
    assert Goal.objects.count() == 6
