"""What is written about an adoption: days that can be meant, two tabs, correcting it, and leaning on oneself."""

from datetime import date
from typing import Any

import pytest

from reports.models import Rendering
from strategy.circles import way_round
from strategy.models import Decision, Document
from strategy.services import adopt
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of
from tests.sending import fields_of, send

ADOPT = "/planer/planen/vedta/"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    """Adopted by the board on 10 March 2026."""
    plan = make.document("planen", cast.hf, title="Planen")
    make.goal(plan, key="m", text="Et mål")
    adopt(plan, by=cast.dean, decided_by="Styret", decided_on=date(2026, 3, 10), case_number="1-26", now=NOW)
    return plan


def decision() -> Decision:
    return Decision.objects.get(case_number="1-26")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("0026-03-12", "Året er 0026. Skriv et år fra 1900 til 2199."),
        ("2026-03-09", "Datoen er før forrige vedtak av dokumentet, som er fra 10. mars 2026."),
        ("2026-03-16", "Datoen er ikke kommet ennå."),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(cast: Cast, plan: Document, day: str, words: str) -> None:
    plan.goals.update(text="Et annet mål")
    page = send(client_of(cast.dean), ADOPT, decided_by="Styret", decided_on=day)
    assert words in page.content.decode()
    assert plan.versions.count() == 1


def test_the_same_holds_for_a_period(cast: Cast, adviser: Any, plan: Document) -> None:
    page = send(adviser, "/planer/planen/rediger/dokument/", period_from_on="0026-01-01", period_to_on="20260-12-31")
    assert "Året er 0026. Skriv et år fra 1900 til 2199." in page.content.decode()


def test_the_second_of_two_tabs_hears_that_it_is_adopted_by_whom_and_when(cast: Cast) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    make.goal(plan)
    one, two = client_of(cast.dean), client_of(cast.dean)
    opened = two.get(ADOPT)
    send(one, ADOPT, decided_by="Fakultetsstyret", decided_on="2026-03-10")
    page = send(two, ADOPT, of=opened, decided_by="Fakultetsstyret", decided_on="2026-03-10")
    text = text_of(page.content.decode())
    assert "Dokumentet er allerede vedtatt av Fakultetsstyret 10. mars 2026, og teksten er ikke endret siden." in text
    assert "Vedtaket ble skrevet inn av Dekan" in text
    assert "Teksten er endret siden du åpnet" not in text
    assert plan.versions.count() == 1


def test_whoever_decides_corrects_an_adoption_and_the_words_stand(cast: Cast, plan: Document) -> None:
    dean, version = client_of(cast.dean), plan.versions.get()
    before, address = version.content, f"/vedtak/{decision().pk}/rett/"
    assert address in dean.get("/planer/planen/utgaver/").content.decode()
    without_why = send(dean, address, decided_by="Fakultetsstyret")
    assert without_why.status_code == 200
    assert decision().decided_by == "Styret"
    send(dean, address, decided_by="Fakultetsstyret", decided_on="2026-03-08", why="Feil organ og dag")
    corrected = decision()
    assert (corrected.decided_by, corrected.decided_on) == ("Fakultetsstyret", date(2026, 3, 8))
    log = corrected.history.latest()
    assert (log.history_user, log.history_change_reason) == (cast.dean, "Feil organ og dag")
    version.refresh_from_db()
    assert (plan.versions.count(), version.content) == (1, before)
    for page in ("/planer/planen/", "/planer/planen/utgave/1/"):
        assert "Fakultetsstyret, 8. mars 2026, sak 1-26" in client_of(cast.outsider).get(page).content.decode()


def test_a_corrected_adoption_stays_between_its_neighbours(cast: Cast, plan: Document) -> None:
    plan.goals.update(text="Et annet mål")
    adopt(plan, by=cast.dean, decided_by="Styret", decided_on=date(2026, 3, 12), case_number="2-26", now=NOW)
    page = send(client_of(cast.dean), f"/vedtak/{decision().pk}/rett/", decided_on="2026-03-13", why="Feil")
    assert "Datoen er etter neste vedtak av dokumentet, som er fra 12. mars 2026." in page.content.decode()
    later = Decision.objects.get(case_number="2-26")
    page = send(client_of(cast.dean), f"/vedtak/{later.pk}/rett/", decided_on="2026-03-09", why="Feil")
    assert "Datoen er før forrige vedtak av dokumentet, som er fra 10. mars 2026." in page.content.decode()


def test_the_pdf_is_made_anew_with_the_corrected_cover(cast: Cast, plan: Document) -> None:
    Rendering.objects.create(document=plan, version=plan.versions.get(), queued_at=NOW,
                             language="nb", state="done", content=b"%PDF", finished_at=NOW)  # fmt: skip
    send(client_of(cast.dean), f"/vedtak/{decision().pk}/rett/", case_number="1-26", decided_by="Rektor", why="Feil")
    order = Rendering.objects.get()
    assert (order.state, order.content) == ("queued", None)


def test_who_only_writes_is_told_who_corrects_an_adoption(cast: Cast, adviser: Any, plan: Document) -> None:
    assert adviser.get(f"/vedtak/{decision().pk}/rett/").status_code == 403
    assert "/rett/" not in adviser.get("/planer/planen/utgaver/").content.decode()
    refused = client_of(cast.dean).get(f"/vedtak/{decision().pk}/endre/")
    text = text_of(refused.content.decode())
    assert refused.status_code == 403
    assert "Dette vedtaket står bak en utgave av dokumentet." in text
    assert "enhet du ikke har skriverettighet i" not in text
    assert "skrives av den som kan vedta det" in text_of(
        adviser.get(f"/vedtak/{decision().pk}/endre/").content.decode()
    )


def test_documents_do_not_follow_or_carry_out_themselves_by_way_of_others(cast: Cast, adviser: Any) -> None:
    one, two, three = (make.document(slug, cast.hf, title=slug.upper()) for slug in ("a", "b", "c"))
    hidden = make.document("h", cast.university, title="Hemmelig", state="draft")
    Document.objects.filter(pk=two.pk).update(follows=one)
    Document.objects.filter(pk=three.pk).update(follows=hidden)
    Document.objects.filter(pk=hidden.pk).update(follows=two)
    two.carries_out.add(one)
    address = "/planer/a/rediger/dokument/"
    page = text_of(send(adviser, address, follows=three.pk, carries_out=[two.pk]).content.decode())
    assert "følge etter seg selv: «A» → «C» → et dokument du ikke kan lese → «B» → «A»." in page
    assert "gjennomføre seg selv: «A» → «B» → «A»." in page
    one.refresh_from_db()
    assert one.follows is None
    send(adviser, "/planer/c/rediger/dokument/", follows=one.pk)
    three.refresh_from_db()
    assert three.follows == one
    assert fields_of(adviser.get("/planer/c/rediger/dokument/"), "/planer/c/rediger/dokument/")["follows"]


def test_the_way_round_is_the_shortest() -> None:
    steps = {2: [3, 4], 3: [4], 4: [1], 5: [6]}
    assert way_round(1, [2], steps) == [2, 4, 1]
    assert way_round(1, [5], steps) == []
    assert way_round(1, [], steps) == []
