"""Bringing back what a field said before, from the history of an item."""

from typing import Any

import pytest

from strategy.models import Document, Goal, Section
from tests import factories as make
from tests.cast import Cast, client_of
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def goal(cast: Cast, adviser: Any) -> Goal:
    goal = make.goal(make.document("planen", cast.hf), key="maalet", title="Søkere", text="Først")
    send(adviser, "/mal/maalet/endre/", text="Så", why="Etter seminaret")
    send(adviser, "/mal/maalet/endre/", text="Nå", title="")
    return goal


def presses(client: Any, address: str) -> list[tuple[str, str]]:
    """What can be brought back: the text, and the address."""
    page = client.get(address)
    fields = [field for change in page.context["page"].object_list for field in change.fields]
    return [(field.before, field.url) for field in fields if field.url]


def test_every_earlier_text_can_be_brought_back_and_it_is_told(goal: Goal, adviser: Any) -> None:
    found = presses(adviser, "/mal/maalet/endringer/")
    assert {text for text, _url in found} == {"Så", "Søkere", "Først"}
    adviser.post(dict(found)["Først"])
    goal.refresh_from_db()
    assert (goal.text, goal.title) == ("Først", "")
    newest = adviser.get("/mal/maalet/endringer/").context["page"].object_list[0]
    assert (newest.who, newest.why) == ("Rådgiver", "Hentet tilbake en tidligere tekst.")
    assert [(field.before, field.after) for field in newest.fields][-1] == ("Nå", "Først")  # all within a second


def test_it_can_be_undone(goal: Goal, adviser: Any) -> None:
    page = adviser.post(dict(presses(adviser, "/mal/maalet/endringer/"))["Først"], follow=True)
    (said,) = page.context["messages"]
    adviser.post(said.extra_tags)
    goal.refresh_from_db()
    assert goal.text == "Nå"


def test_whoever_saw_an_older_text_is_told_and_nothing_is_lost(goal: Goal, adviser: Any) -> None:
    url = dict(presses(adviser, "/mal/maalet/endringer/"))["Først"]
    send(adviser, "/mal/maalet/endre/", text="Sist")
    page = adviser.post(url, follow=True).content.decode()
    assert "Noen andre endret teksten" in page
    goal.refresh_from_db()
    assert goal.text == "Sist"


def test_only_words_of_this_row_can_be_brought_back(cast: Cast, goal: Goal, adviser: Any) -> None:
    other = make.goal(goal.document, key="annet")
    number, foreign = goal.history.latest().history_id, other.history.latest().history_id
    bad = [f"{number}/status", f"{number}/key", f"{number}/finnes_ikke", f"{foreign}/text", "999999/text"]
    assert {adviser.post(f"/mal/maalet/endringer/{end}/hent/?versjon=3").status_code for end in bad} == {404}


def test_readers_see_the_history_without_the_presses(cast: Cast, goal: Goal) -> None:
    assert presses(client_of(cast.reader), "/mal/maalet/endringer/") == []


def test_the_readers_of_an_adopted_plan_meet_it_only_when_it_is_adopted(cast: Cast, goal: Goal, adviser: Any) -> None:
    adviser.post(dict(presses(adviser, "/mal/maalet/endringer/"))["Så"])
    assert "Så" not in client_of(cast.outsider).get("/mal/maalet/").content.decode()


def test_sections_and_the_head_have_it_too(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, vision="Langt fram", state="draft")
    section = Section.objects.create(document=plan, kind="purpose", text="Hensikten")
    send(adviser, f"/avsnitt/{section.pk}/endre/", text="Noe annet")
    send(adviser, "/planer/planen/rediger/dokument/", vision="Nær")
    adviser.post(presses(adviser, f"/avsnitt/{section.pk}/endringer/")[0][1])
    adviser.post(presses(adviser, "/planer/planen/rediger/endringer/")[0][1])
    section.refresh_from_db()
    assert (section.text, Document.objects.get().vision) == ("Hensikten", "Langt fram")


def test_a_retired_item_is_brought_back_from_its_history(goal: Goal, adviser: Any) -> None:
    adviser.post("/mal/maalet/ta-ut/")
    page = adviser.get("/mal/maalet/endringer/").content.decode()
    assert 'action="/mal/maalet/hent-tilbake/"' in page
    assert "Hent tilbake denne teksten" not in page
    adviser.post("/mal/maalet/hent-tilbake/")
    goal.refresh_from_db()
    assert goal.status == "in_force"
