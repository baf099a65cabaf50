"""A hearing about what is to be changed in a document that holds."""

from typing import Any

import pytest

from organisation.models import Hearing
from strategy.models import Document, Goal
from strategy.services import adopt, freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW, TODAY
from tests.page import text_of
from tests.sending import send
from tests.strategy.hearings.pages import PLAN
from tests.talking import hearing

ASK = f"{PLAN}horing/"


@pytest.fixture
def changed(cast: Cast, plan: Document) -> Document:
    """The plan holds, and its working text says something else."""
    freeze(plan, by=cast.adviser, now=NOW)
    goal = Goal.objects.get(key="maalet")
    goal.text = "Mange flere søkere"
    goal.save()
    make.goal(plan, key="nytt", text="Et nytt mål", status="proposed")
    return plan


def page_of(person: Any, address: str) -> str:
    answer = client_of(person).get(address, follow=True)
    assert answer.status_code == 200
    return text_of(answer.content.decode())


def ask(cast: Cast) -> Any:
    assert ASK in client_of(cast.adviser).get("/planer/planen/rediger/").content.decode()
    return send(client_of(cast.adviser), ASK, closes_on="2026-04-01", invitation="Hva mener dere?")


def test_those_asked_read_the_working_text_and_the_others_what_holds(cast: Cast, changed: Document) -> None:
    assert client_of(cast.coordinator).get(f"{PLAN}?tekst=arbeid").status_code == 403
    assert ask(cast).status_code == 302
    changed.refresh_from_db()
    assert changed.state == "in_force"
    page = page_of(cast.coordinator, PLAN)
    assert "Mange flere søkere" not in page
    assert "Høringen gjelder endringer i det som er vedtatt. Les forslaget" in page
    assert "Mange flere søkere" in page_of(cast.coordinator, f"{PLAN}?tekst=arbeid")
    assert "Et nytt mål" in page_of(cast.coordinator, "/mal/nytt/")
    assert "Arbeidsteksten er endret" in page_of(cast.coordinator, "/mal/maalet/")
    compared = page_of(cast.coordinator, f"{PLAN}sammenlign/?fra=utgave-1&til=arbeid")
    assert "Et nytt mål" in compared
    outsider = client_of(cast.outsider)
    assert outsider.get(f"{PLAN}?tekst=arbeid").status_code == 403
    assert outsider.get("/mal/nytt/").status_code == 404
    assert "Høringen gjelder" not in page_of(cast.outsider, PLAN)


def test_what_is_new_can_be_said_something_about(cast: Cast, changed: Document) -> None:
    hearing(changed, cast.adviser)
    for key in ("nytt", "maalet"):
        send(client_of(cast.coordinator), f"/kommentarer/mal/{key}/", text="Bra", where="innspill")
    words = list(Hearing.objects.get().comments.order_by("pk").values_list("about_words", flat=True))
    assert words == ["Et nytt mål", "Mange flere søkere"]


def test_adopting_ends_it_and_so_does_taking_it_back(cast: Cast, changed: Document) -> None:
    hearing(changed, cast.adviser)
    editor = page_of(cast.adviser, "/planer/planen/rediger/")
    assert "Gjelder Høring" in editor
    assert "Trekk tilbake fra høring" in editor
    told = client_of(cast.adviser).post("/planer/planen/rediger/status/", {"to": "draft"}, follow=True)
    assert "Høringen er avsluttet. Status er som før: Gjelder." in text_of(told.content.decode())
    assert client_of(cast.coordinator).get(f"{PLAN}?tekst=arbeid").status_code == 403
    hearing(changed, cast.adviser)
    adopt(changed, by=cast.dean, decided_by="Styret", decided_on=TODAY, case_number="", now=NOW)
    assert not Hearing.objects.filter(closed_at=None).exists()
    changed.refresh_from_db()
    assert changed.state == "in_force"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "draft"}, "Dokumentet er tomt."),
        ({"state": "expired"}, "Dokumentet gjelder ikke lenger."),
        ({"state": "in_force"}, "Teksten er ikke endret siden vedtaket"),
    ],
)
@pytest.mark.usefixtures("today")
def test_why_something_cannot_be_sent_is_said(cast: Cast, fields: dict[str, str], words: str) -> None:
    plan = make.document("planen", cast.hf, **fields)
    if plan.is_published:
        freeze(plan, by=cast.adviser, now=NOW)
    assert words in page_of(cast.adviser, ASK)


def test_a_hearing_that_is_over_cannot_be_extended_and_says_so(cast: Cast, changed: Document) -> None:
    made = hearing(changed, cast.adviser)
    client_of(cast.adviser).post("/planer/planen/rediger/status/", {"to": "draft"})
    assert "Høringen er avsluttet." in page_of(cast.adviser, f"/horing/{made.pk}/endre/")
