"""What is said of a draft stays among those who could read it then, whoever reads the document since."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from organisation.models import Comment, Hearing
from organisation.models.comments import sees
from strategy import services
from strategy.models import Document
from strategy.talk_for_me import mentions_of, talk_for
from strategy.writing import change_state
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW, TODAY
from tests.page import texts
from tests.sending import send
from tests.strategy.hearings.pages import DRAFT, ON_GOAL, client_of, openers, page
from tests.talking import comment, hearing, reply

READERS = {"adviser": True, "dean": True, "administrator": True, "coordinator": False, "reader": False}


def adopt(document: Document, cast: Cast, now: datetime = NOW) -> None:
    services.adopt(document, by=cast.dean, decided_by="Dekan", decided_on=TODAY, case_number="", now=now)
    document.refresh_from_db()


def say(cast: Cast, person: str = "adviser", text: str = "Bare oss", address: str = ON_GOAL) -> Comment:
    assert client_of(cast, person).post(address, {"text": text, "where": "internt"}).status_code == 302
    return Comment.objects.latest("pk")


def shown(cast: Cast, address: str = ON_GOAL) -> dict[str, bool]:
    """Who reads a conversation in the page, and finds it in the count of the document's page."""
    found = {}
    for name in READERS:
        said = client_of(cast, name).get(address)
        found[name] = bool(said.status_code == 200 and texts(said, "div", class_="comment-text"))
        assert ("1 kommentar : Flere søkere" in openers(page(cast, name, DRAFT))) == found[name]
    return found


@pytest.mark.parametrize("after", ["heard", "adopted"])
def test_what_was_said_of_a_draft_is_not_for_those_who_read_it_later(cast: Cast, draft: Document, after: str) -> None:
    top = say(cast)
    client_of(cast, "dean").post(ON_GOAL, {"under": top.pk, "text": "Enig"})
    assert [under.is_about_draft for under in top.replies.all()] == [True]
    hearing(draft, cast.adviser) if after == "heard" else adopt(draft, cast)
    assert {name: bool(Comment.objects.visible_to(cast.people[name], today=TODAY)) for name in READERS} == READERS
    assert client_of(cast, "coordinator").post(f"/kommentar/{top.pk}/ferdig/", {"to": "ferdig"}).status_code == 404
    assert client_of(cast, "coordinator").post(ON_GOAL, {"under": top.pk, "text": "Hei"}).status_code == 404
    assert client_of(cast, "coordinator").get(f"/kommentar/{top.pk}/endringer/").status_code == 404


def test_the_counts_say_what_each_can_read(cast: Cast, draft: Document) -> None:
    say(cast)
    adopt(draft, cast)
    assert shown(cast) == READERS
    say(cast, text="Til alle som skriver")
    assert "1 kommentar : Flere søkere" in openers(page(cast, "coordinator", DRAFT))
    assert "2 kommentarer : Flere søkere" in openers(page(cast, "adviser", DRAFT))


def test_what_is_said_of_words_that_are_only_proposed_is_of_a_draft_too(cast: Cast, draft: Document) -> None:
    adopt(draft, cast)
    make.measure(draft, draft.goals.get(key="maalet"), key="nytt", text="Nytt")
    on_new, on_goal = say(cast, address="/kommentarer/tiltak/nytt/"), say(cast)
    assert (on_new.is_about_draft, on_goal.is_about_draft) == (True, False)


def test_a_hearing_of_changes_is_for_all_it_asks(cast: Cast, draft: Document) -> None:
    adopt(draft, cast)
    make.measure(draft, draft.goals.get(key="maalet"), key="nytt", text="Nytt")
    hearing(draft, cast.adviser)
    form = {"text": "Bra", "where": "innspill"}
    client_of(cast, "coordinator").post("/kommentarer/tiltak/nytt/", form)
    said = Comment.objects.get()
    assert (said.is_about_draft, said.hearing) == (False, Hearing.objects.get())


def test_those_named_are_those_who_see_it_also_in_a_reply_after_the_adoption(cast: Cast, draft: Document) -> None:
    named = send(client_of(cast, "adviser"), ON_GOAL, text="@Koordinator hva mener du?")
    assert texts(named, "p", class_="ds-validation-message") == [
        "Koordinator kan ikke se dette, og kan ikke nevnes her."
    ]
    top = say(cast)
    adopt(draft, cast)
    html = page(cast, "dean", ON_GOAL).content.decode()
    assert "Internt, om utkastet" in html
    refused = client_of(cast, "dean").post(ON_GOAL, {"under": top.pk, "text": "@Koordinator hva mener du?"})
    assert texts(refused, "p", class_="ds-validation-message") == [
        "Koordinator kan ikke se dette, og kan ikke nevnes her."
    ]
    people = "/kommentarer/mal/maalet/hvem/"
    assert texts(page(cast, "dean", people, q="koor", internt="1"), "button") == ["Koordinator coordinator@hf.example"]
    assert texts(page(cast, "dean", people, q="koor", internt="1", utkast="1"), "button") == []
    assert (
        client_of(cast, "dean").post(ON_GOAL, {"under": top.pk, "text": "@Rådgiver hva mener du?"}).status_code == 302
    )
    assert [row.text for row in mentions_of(cast.adviser, today=TODAY)] == ["@Rådgiver hva mener du?"]


def test_nobody_is_told_of_what_they_cannot_read(cast: Cast, draft: Document) -> None:
    """Not on their own page and not by mail, also where a name came to stand there in another way."""
    top = comment(draft, cast.adviser, "Hemmelig", is_about_draft=True)
    under = reply(top, cast.dean, "Hemmelig svar")
    for said in (top, under):
        said.mentioned.add(cast.coordinator)
    adopt(draft, cast)
    assert under.is_about_draft
    assert talk_for(cast.coordinator, today=TODAY).mentions == []
    directory = Directory(day=TODAY)
    assert cast.coordinator.pk in directory.mentioned
    assert due_for(cast.coordinator, directory=directory, today=TODAY).mentions == ()


def test_a_mention_in_what_is_a_draft_again_leads_nowhere_and_is_not_told(cast: Cast, draft: Document) -> None:
    hearing(draft, cast.adviser)
    said = comment(draft, cast.adviser, "@Koordinator se her")
    said.mentioned.add(cast.coordinator)
    assert [row.text for row in mentions_of(cast.coordinator, today=TODAY)] == ["@Koordinator se her"]
    change_state(draft, by=cast.adviser, now=NOW, to="draft", may_decide=False, expected=draft.lock_version)
    assert mentions_of(cast.coordinator, today=TODAY) == []


def test_the_form_says_who_will_see_it(cast: Cast, draft: Document) -> None:
    assert "som leser utkastet, ser det, også etter vedtaket" in page(cast, "adviser", ON_GOAL).content.decode()
    adopt(draft, cast)
    assert "Internt: bare redaktører og bidragsytere ser det." in page(cast, "adviser", ON_GOAL).content.decode()


@pytest.mark.parametrize("is_input", [False, True])
@pytest.mark.parametrize("is_about_draft", [False, True])
def test_one_row_is_seen_by_those_whose_lists_have_it(
    cast: Cast, draft: Document, is_input: bool, is_about_draft: bool
) -> None:
    if is_input and is_about_draft:
        return
    asked = hearing(draft, cast.adviser) if is_input else None
    comment(draft, cast.adviser, hearing=asked, is_about_draft=is_about_draft)
    for person in cast.people.values():
        listed = Comment.objects.visible_to(person, today=TODAY).exists()
        told = sees(person, owner=cast.hf.pk, is_input=is_input, is_about_draft=is_about_draft, today=TODAY)
        assert listed == told


def test_comments_written_before_are_sorted_by_where_the_document_stood_then(cast: Cast, draft: Document) -> None:
    early = comment(draft, cast.adviser, "Utkast")
    under = reply(early, cast.dean)
    hearing(draft, cast.adviser)
    heard = comment(draft, cast.adviser, "Høring")
    Comment.objects.filter(pk__in=[early.pk, under.pk]).update(written_at=draft.history.latest().history_date)
    log = draft.history.order_by("history_date", "history_id")
    log.filter(state="hearing").update(history_date=NOW)
    log.filter(state="draft").update(history_date=NOW.replace(year=NOW.year - 1))
    Comment.objects.filter(pk__in=[early.pk, under.pk]).update(written_at=NOW.replace(year=NOW.year - 1, hour=23))
    migration().tell_what_was_about_a_draft(apps, None)
    assert set(Comment.objects.filter(is_about_draft=True)) == {early, under}
    assert not Comment.objects.get(pk=heard.pk).is_about_draft


def test_what_stood_in_nothing_adopted_when_it_was_written_about_was_a_draft(cast: Cast, draft: Document) -> None:
    """Version 1 has the goal, and version 2 the new one too."""
    adopt(draft, cast, now=NOW)
    make.goal(draft, key="nytt", text="Et nytt mål")
    later = NOW + timedelta(days=20)
    adopt(draft, cast, now=later)
    draft.history.update(history_date=NOW - timedelta(days=1))
    first, second = NOW + timedelta(days=1), later + timedelta(days=1)
    found = {
        (key, at): comment(draft, cast.adviser, about="dokument" if key == draft.slug else "mal", about_key=key)
        for key in ("maalet", "nytt", draft.slug)
        for at in (first, second, later)
    }
    for (_key, at), said in found.items():
        Comment.objects.filter(pk=said.pk).update(written_at=at)
    under = reply(found["nytt", first], cast.dean)
    migration().tell_what_was_about_a_draft(apps, None)
    assert set(Comment.objects.filter(is_about_draft=True)) == {found["nytt", first], under}


def test_of_two_lines_of_the_log_at_one_moment_the_last_counts(cast: Cast, draft: Document) -> None:
    said = comment(draft, cast.adviser)
    adopt(draft, cast)
    draft.history.update(history_date=NOW)
    migration().tell_what_was_about_a_draft(apps, None)
    said.refresh_from_db()
    assert (said.written_at, said.is_about_draft) == (NOW, False)


def test_comments_are_sorted_in_as_many_queries_however_many_they_are(cast: Cast, draft: Document) -> None:
    adopt(draft, cast)
    counts = []
    for size in (1, 3):
        for number in range(Comment.objects.count(), size):
            comment(draft, cast.adviser, about="mal", about_key=f"mal-{number}")
            make.goal(draft)
            adopt(draft, cast)
        Comment.objects.update(written_at=NOW + timedelta(days=1), is_about_draft=False)
        with CaptureQueriesContext(connection) as asked:
            migration().tell_what_was_about_a_draft(apps, None)
        assert Comment.objects.filter(is_about_draft=True).count() == size
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_more_than_one_update_takes_are_told_of(cast: Cast, draft: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [comment(draft, cast.adviser) for _number in range(5)]
    monkeypatch.setattr(migration(), "AT_ONCE", 2)
    draft.history.update(history_date=NOW)
    migration().tell_what_was_about_a_draft(apps, None)
    assert set(Comment.objects.filter(is_about_draft=True)) == set(said)


def migration() -> Any:
    return import_module("strategy.migrations.0008_comments_about_drafts")
