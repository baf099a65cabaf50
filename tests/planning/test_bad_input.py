"""What cannot be is answered clearly, what was typed is kept, and nothing is let through."""

from datetime import timedelta
from typing import Any

import pytest

from config.lib import clock
from organisation.models import Comment
from planning.models import Measure, MeasureLink
from strategy.models import Decision, Document, Goal, GoalLink
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    return make.document("planen", cast.hf, title="Planen", state="draft")


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\u00a0"])
def test_a_goal_that_says_nothing(plan: Document, adviser: Any, text: str) -> None:
    page = send(adviser, "/planer/planen/rediger/nytt-mal/", title="Overskriften", text=text)
    said = text_of(page.content.decode())
    assert "Fyll ut dette feltet." in said
    assert 'value="Overskriften"' in page.content.decode()
    assert not Goal.objects.exists()


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_goal_is_not_emptied(plan: Document, adviser: Any, text: str) -> None:
    goal = make.goal(plan, key="maalet", text="Flere søkere")
    assert "Fyll ut dette feltet." in send(adviser, "/mal/maalet/endre/", text=text).content.decode()
    goal.refresh_from_db()
    assert goal.text == "Flere søkere"


def test_a_measure_builds_up_under_itself_by_no_way(cast: Cast, plan: Document, adviser: Any) -> None:
    """It is not offered, what is sent past the form is refused with words, and the database refuses it too."""
    goal = make.goal(plan, key="maalet")
    make.measure(plan, goal, key="tiltaket", text="Som før")
    refused = "Ingenting kan bygge opp under, følge etter eller være en oversettelse av seg selv."
    for name in ("aligned", "succeeded", "translated"):
        answer = send(adviser, "/tiltak/tiltaket/endre/", text="Ny tekst", **{name: ["tiltak.tiltaket"]})
        assert refused in answer.content.decode()
        assert "Ny tekst" in answer.content.decode()
    assert refused in send(adviser, "/mal/maalet/endre/", aligned=["mal.maalet"]).content.decode()
    assert Measure.objects.get().text == "Som før"
    assert not MeasureLink.objects.exists()
    assert not GoalLink.objects.exists()


def test_an_end_before_its_start(plan: Document, adviser: Any) -> None:
    days = {"period_from_on": "2027-01-01", "period_to_on": "2026-12-31"}
    page = send(adviser, "/planer/planen/rediger/dokument/", title="Ny tittel", **days)
    assert page.status_code == 200
    assert "Ny tittel" in page.content.decode()
    assert page.context["form"].errors
    plan.refresh_from_db()
    assert (plan.title, plan.period_to_on) == ("Planen", None)


def test_an_end_before_its_start_of_a_hearing_and_of_a_round(cast: Cast, plan: Document, adviser: Any) -> None:
    yesterday = clock.today() - timedelta(days=1)
    make.goal(plan)
    page = send(adviser, "/planer/planen/horing/", closes_on=yesterday.isoformat(), invitation="Hva mener dere?")
    assert "Hva mener dere?" in page.content.decode()
    assert page.context["form"].errors
    held = make.document("gjelder", cast.hf)
    make.measure(held, text="Noe")
    days = {"from_on": "2026-12-31", "to_on": "2026-01-01", "due_on": "2026-05-01"}
    asked = send(client_of(cast.dean), "/planer/gjelder/runder/ny/", message="Hvordan går det?", **days)
    assert "Hvordan går det?" in asked.content.decode()
    assert asked.context["form"].errors
    assert held.reporting_rounds.count() == 0  # type: ignore[attr-defined]


def test_adopting_twice(cast: Cast, plan: Document) -> None:
    make.goal(plan)
    dean = client_of(cast.dean)
    how = {"decided_by": "Dekanen", "decided_on": "2026-03-10"}
    assert send(dean, "/planer/planen/vedta/", **how).status_code == 302
    again = send(dean, "/planer/planen/vedta/", **how)
    assert (
        "Dokumentet er allerede vedtatt av Dekanen 10. mars 2026, og teksten er ikke endret siden."
        in again.content.decode()
    )
    assert 'value="Dekanen"' in again.content.decode()
    assert (Decision.objects.count(), plan.versions.count()) == (1, 1)


def test_a_double_press_adopts_once(cast: Cast, plan: Document) -> None:
    make.goal(plan)
    dean = client_of(cast.dean)
    seen = dean.get("/planer/planen/vedta/").context["form"]["seen"].value()
    sent = {"decided_by": "Dekanen", "decided_on": "2026-03-10", "seen": seen}
    answers = [dean.post("/planer/planen/vedta/", sent).status_code for _press in range(2)]
    assert answers == [302, 200]
    assert (Decision.objects.count(), plan.versions.count()) == (1, 1)


def test_adopting_a_plan_without_goals(cast: Cast, plan: Document) -> None:
    make.goal(plan, status="retired")
    make.measure(plan, text="Et tiltak uten mål")
    page = send(client_of(cast.dean), "/planer/planen/vedta/", decided_by="Dekanen", decided_on="2026-03-10")
    assert "Dokumentet har ingen mål ennå." in page.content.decode()
    plan.refresh_from_db()
    assert (plan.state, Decision.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_script_in_a_link_of_a_measure(plan: Document, adviser: Any, url: str) -> None:
    make.measure(plan, key="tiltaket", text="Besøke skoler")
    lines = {"links-0-url": url, "links-0-label": "Trykk her"}
    page = send(adviser, "/tiltak/tiltaket/endre/", text="Ny tekst", **lines).content.decode()
    assert "Ny tekst" in page
    assert "Trykk her" in page
    assert (Measure.objects.get().links, Measure.objects.get().text) == ([], "Besøke skoler")


def test_script_in_the_words_is_words(plan: Document, adviser: Any) -> None:
    make.goal(plan, key="maalet", text="Mål")
    send(adviser, "/mal/maalet/endre/", text='<script>alert(1)</script><img src=x onerror="alert(1)">')
    for address in ("/planer/planen/", "/mal/maalet/", "/mal/maalet/endringer/", "/planer/planen/rediger/"):
        page = adviser.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_mention_of_someone_who_may_not_see_the_plan(cast: Cast, plan: Document, adviser: Any) -> None:
    make.goal(plan, key="maalet", text="Mål")
    page = adviser.post("/kommentarer/mal/maalet/", {"text": "Hva sier du, @Rådgiver ved NV?", "where": "internt"})
    assert page.status_code == 200
    assert "Hva sier du, @Rådgiver ved NV?" in page.content.decode()
    assert "Rådgiver ved NV" in text_of("".join(map(str, page.context["form"].errors["text"])))
    assert not Comment.objects.exists()
