"""What one person writes takes nothing from another: what is not seen in a form stays, and so does a newer text."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from planning.models import Measure
from strategy import writing
from strategy.models import Document, Goal
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)


@pytest.fixture
def plan(cast: Cast) -> Document:
    return make.document("planen", cast.hf)


def test_what_a_document_leans_on_out_of_sight_stays(cast: Cast, adviser: Any, plan: Document) -> None:
    hidden = make.document("hemmelig", cast.university, kind="policy", state="draft")
    seen = make.document("apen", cast.university, kind="policy")
    plan.carries_out.set([hidden, seen])
    Document.objects.filter(pk=plan.pk).update(follows=hidden)
    send(adviser, "/planer/planen/rediger/dokument/", carries_out=[], vision="Ny visjon")
    plan.refresh_from_db()
    assert (plan.vision, plan.follows) == ("Ny visjon", hidden)
    assert list(plan.carries_out.all()) == [hidden]


def test_a_goal_that_is_taken_out_keeps_its_measures(cast: Cast, adviser: Any, plan: Document) -> None:
    retired, standing = make.goal(plan, status="retired"), make.goal(plan, text="Står")
    measure = make.measure(plan, retired, standing)
    send(adviser, f"/tiltak/{measure.key}/endre/", text="Ny tekst")
    assert set(Measure.objects.get(text="Ny tekst").goals.all()) == {retired, standing}


def test_an_original_out_of_sight_is_still_what_the_goal_translates(cast: Cast, adviser: Any, plan: Document) -> None:
    hidden = make.goal(make.document("hemmelig", cast.university, state="draft", language="en"))
    goal = make.goal(plan)
    goal.links.create(kind="translated", to_goal=hidden)
    send(adviser, f"/mal/{goal.key}/endre/", text="Ny tekst")
    assert [link.to_goal for link in goal.links.all()] == [hidden]


def test_moving_a_row_writes_over_nobodys_text(cast: Cast, plan: Document) -> None:
    first, second = make.goal(plan, text="Først", position=1), make.goal(plan, text="Sist", position=2)
    Goal.objects.filter(pk=second.pk).update(text="Nyere tekst", lock_version=2)
    writing.move(second, by=cast.adviser, now=NOW, beside=[first, second], is_up=True)
    second.refresh_from_db()
    assert (second.text, second.lock_version, second.position) == ("Nyere tekst", 2, 1)


def test_what_is_adopted_is_logged_and_comes_back_as_adopted(cast: Cast) -> None:
    plan = make.document("utkast", cast.hf, state="draft")
    goal = make.goal(plan)
    proposed = writing.save_row(Goal(document=plan, text="Foreslått"), by=cast.adviser, now=NOW)
    dean = Client()
    dean.force_login(cast.dean)
    send(dean, "/planer/utkast/vedta/", decided_by="Styret", decided_on="2026-03-10")
    newest = Goal.history.filter(id=proposed.pk).first()
    assert (newest.status, newest.history_user, newest.history_change_reason) == ("in_force", cast.dean, "Vedtatt.")
    proposed.refresh_from_db()
    writing.retire(proposed, by=cast.adviser, now=NOW)
    proposed.refresh_from_db()
    assert writing.bring_back(proposed, by=cast.adviser, now=NOW).status == "in_force"
    assert Goal.history.filter(id=goal.pk).count() == 1


def test_a_list_with_nothing_to_choose_is_not_shown(cast: Cast, adviser: Any, plan: Document) -> None:
    form = "/planer/planen/rediger/dokument/"
    assert "Gjennomfører" not in adviser.get(form).content.decode()
    make.document("strategien", cast.university)
    assert "Gjennomfører" in adviser.get(form).content.decode()


def test_nobody_adopts_words_they_have_not_seen(cast: Cast) -> None:
    plan = make.document("utkast", cast.hf, state="draft")
    goal = make.goal(plan)
    dean = Client()
    dean.force_login(cast.dean)
    page = dean.get("/planer/utkast/vedta/")
    Goal.objects.filter(pk=goal.pk).update(text="Skrevet mens lederen leste")
    refused = send(dean, "/planer/utkast/vedta/", of=page, decided_by="Styret", decided_on="2026-03-10")
    assert "Teksten er endret siden du åpnet denne siden" in refused.content.decode()
    plan.refresh_from_db()
    assert (plan.state, plan.versions.count()) == ("draft", 0)
    send(dean, "/planer/utkast/vedta/", of=refused, decided_by="Styret", decided_on="2026-03-10")
    plan.refresh_from_db()
    assert (plan.state, plan.versions.count()) == ("in_force", 1)


def test_what_another_unit_proposes_is_not_there_to_pick(cast: Cast, client: Client) -> None:
    theirs = make.document("deres", cast.hf)
    make.goal(theirs, text="Gjelder hos dem")
    make.goal(theirs, text="Foreslått hos dem", status="proposed")
    outside = make.document("vart", cast.outsider.memberships.get().unit)
    goal = make.goal(outside)
    client.force_login(cast.outsider)
    page = client.post(f"/mal/{goal.key}/endre/", {"do": "aligned-find", "aligned-q": "hos dem", "text": "Et mål"})
    assert "Gjelder hos dem" in page.content.decode()
    assert "Foreslått hos dem" not in page.content.decode()
