"""What is said to one person: on Mitt arbeid, in the day's mail, and in the export."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from annual_wheel.due import Due
from annual_wheel.emails import compose
from annual_wheel.models import Reminder
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from organisation import comments
from organisation.models import Comment, Hearing, User
from reports.exporters import export
from strategy.models import Document
from strategy.talk_for_me import hearings_for, mentions_of
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW, TODAY
from tests.page import texts
from tests.talking import CLOSES, comment, hearing, reply

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def draft(cast: Cast, today: date) -> Document:
    document = make.document("utkastet", cast.hf, title="Utkastet", state="draft")
    make.goal(document)
    return document


@pytest.fixture
def said(cast: Cast, draft: Document) -> Comment:
    return comment(draft, cast.coordinator, "Et innspill", hearing=hearing(draft, cast.adviser))


def answer(said: Comment, by: User) -> Comment:
    said.answer, said.answer_text = "partly", "Litt av det"
    return comments.answer(said, by=by, now=NOW, expected=said.lock_version)


def work_of(person: User) -> Any:
    client = Client()
    client.force_login(person)
    return client.get("/mitt-arbeid/")


def test_a_hearing_stands_on_my_work_for_who_is_asked_and_for_who_answers(cast: Cast, said: Comment) -> None:
    until = "Innspill til og med 1. april 2026 (om 17 dager)"
    assert [row.details for row in hearings_for(cast.coordinator, today=TODAY)] == [(until,)]
    [row] = hearings_for(cast.adviser, today=TODAY)
    assert (row.url, row.details) == (f"/horing/{said.hearing_id}/", (until, "1 ubesvart"))
    assert hearings_for(cast.outsider, today=TODAY) == []
    after = CLOSES + timedelta(days=1)
    assert hearings_for(cast.coordinator, today=after) == []
    assert [row.details[1] for row in hearings_for(cast.adviser, today=after)] == ["1 ubesvart"]
    answer(said, cast.adviser)
    assert hearings_for(cast.adviser, today=after) == []


def test_who_is_named_waits_to_answer_until_they_do(cast: Cast, draft: Document) -> None:
    top = comment(draft, cast.dean, "@Rådgiver ser du på dette?")
    top.mentioned.add(cast.adviser)
    assert [row.text for row in mentions_of(cast.adviser, today=TODAY)] == ["@Rådgiver ser du på dette?"]
    assert mentions_of(cast.dean, today=TODAY) == []
    assert "@Rådgiver ser du på dette?" in work_of(cast.adviser).content.decode()
    comments.write(Comment(under=top, text="Ja"), by=cast.adviser, now=NOW + timedelta(minutes=1), today=TODAY)
    assert mentions_of(cast.adviser, today=TODAY) == []


@pytest.mark.parametrize("how", ["resolved", "removed", "moved"])
def test_nobody_waits_for_what_is_over_or_no_longer_theirs(cast: Cast, draft: Document, how: str) -> None:
    top = comment(draft, cast.dean, "@Rådgiver ser du på dette?")
    top.mentioned.add(cast.adviser)
    if how == "resolved":
        comments.resolve(top, by=cast.dean, now=NOW, is_resolved=True)
    elif how == "removed":
        comments.remove(top, by=cast.dean, now=NOW)
    else:
        Comment.objects.update(owner=make.unit("annet", cast.university))
    assert mentions_of(cast.adviser, today=TODAY) == []


def test_an_answer_is_seen_on_my_work_by_who_asked(cast: Cast, said: Comment) -> None:
    answer(said, cast.adviser)
    page = work_of(cast.coordinator)
    [group] = [words for words in texts(page, "section", class_="work-group") if words.startswith("Svar på innspill")]
    assert group == "Svar på innspill 1 Et innspill Delvis tatt inn : Litt av det Rådgiver"
    assert not [words for words in texts(work_of(cast.dean), "section") if words.startswith("Svar på innspill")]


def due(person: User, day: date) -> Due:
    return due_for(person, directory=Directory.on(day), today=day)


def test_an_answer_is_told_in_the_mail_of_the_day_and_once(cast: Cast, said: Comment) -> None:
    assert due(cast.coordinator, TODAY).answers == ()
    answer(said, cast.adviser)
    found = due(cast.coordinator, TODAY)
    assert list(found.answers) == [said]
    assert due(cast.dean, TODAY).answers == ()
    mail = compose(cast.coordinator, found, today=TODAY)
    assert mail.subject == "Rød tråd: 1 høring, innspillet ditt er besvart"
    assert "* Et innspill\n  Utkastet, delvis tatt inn, Litt av det\n" in mail.text
    assert f"/horing/{said.hearing_id}/#kommentar-{said.pk}" in mail.html
    Reminder.objects.create(
        user=cast.coordinator,
        day=TODAY,
        status="sent",
        sent_at=NOW,
        claimed_at=NOW,
        message_id="<a@b>",
        items=mail.items,
    )
    assert not due(cast.coordinator, TOMORROW)


def test_a_hearing_is_told_of_once_and_again_when_its_last_day_is_near(cast: Cast, said: Comment) -> None:
    """It closes on 1 April; whoever edits is told when it is over and something waits for an answer."""
    days = [TODAY, TODAY + timedelta(days=9), CLOSES - timedelta(days=7), CLOSES, CLOSES + timedelta(days=1)]
    assert [told_of_hearings(cast.coordinator, day) for day in days] == [["1"], [], ["1-soon"], [], []]
    assert [told_of_hearings(cast.adviser, day) for day in days] == [["1"], [], ["1-soon"], [], ["1-over"]]
    assert [told_of_hearings(cast.outsider, day) for day in days] == [[]] * 5


def told_of_hearings(person: User, day: date) -> list[str]:
    """What the day's mail tells of hearings, by their number in the test; the mail is sent."""
    found = due(person, day)
    moment = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    if found:
        Reminder.objects.create(
            user=person,
            day=day,
            status="sent",
            sent_at=moment,
            claimed_at=moment,
            message_id=f"<{person.pk}.{day}@test>",
            items=compose(person, found, today=day).items,
        )
    numbers = {str(pk): str(number) for number, pk in enumerate(Hearing.objects.values_list("pk", flat=True), 1)}
    return ["-".join((numbers[key], *stage)) for key, *stage in (row.key.split("-") for row in found.hearings)]


def test_a_comment_that_names_somebody_is_in_their_mail_once(cast: Cast, draft: Document) -> None:
    Document.objects.filter(pk=draft.pk).update(state="in_force")
    written = comment(draft, cast.adviser, "Kan du se på dette, @Koordinator?")
    written.mentioned.add(cast.coordinator)
    found = due(cast.coordinator, TODAY)
    assert [row.key for row in found.mentions] == [str(written.pk)]
    mail = compose(cast.coordinator, found, today=TODAY)
    assert mail.subject == "Rød tråd: 1 kommentar til deg"
    assert "KOMMENTARER SOM VENTER PÅ DEG\n\n* Kan du se på dette, @Koordinator?\n  Rådgiver, " in mail.text
    assert due(cast.dean, TODAY).mentions == ()
    told_of_hearings(cast.coordinator, TODAY)
    assert due(cast.coordinator, TOMORROW).mentions == ()


def test_an_answer_that_did_not_leave_is_told_the_day_after(cast: Cast, said: Comment) -> None:
    answer(said, cast.adviser)
    mail = compose(cast.coordinator, due(cast.coordinator, TODAY), today=TODAY)
    Reminder.objects.create(
        user=cast.coordinator, day=TODAY, status="failed", claimed_at=NOW, message_id="<a@b>", items=mail.items
    )
    assert list(due(cast.coordinator, TOMORROW).answers) == [said]


def test_what_has_been_said_is_taken_out_with_the_document(cast: Cast, draft: Document, said: Comment) -> None:
    reply(said, cast.adviser, "Hvorfor?")
    note = comment(draft, cast.adviser, "Bort med det", about="mal", about_key="maalet", about_words="Målet")
    comments.remove(note, by=cast.adviser, now=NOW)
    answer(said, cast.adviser)
    [exported] = [document for document in export()["documents"] if document["slug"] == "utkastet"]
    first, second, third = exported["comments"]
    moment = datetime(2026, 3, 15, 9, tzinfo=UTC).isoformat().replace("+00:00", "+01:00")
    assert first == {
        "about": "document",
        "about_id": "utkastet",
        "about_words": "Utkastet",
        "hearing": {"opened_on": "2026-03-15", "closes_on": "2026-04-01"},
        "is_about_draft": False,
        "under": None,
        "unit": None,
        "unit_slug": None,
        "text": "Et innspill",
        "mentioned": [],
        "written_at": moment,
        "written_by": "coordinator@hf.example",
        "edited_at": None,
        "resolved_at": None,
        "resolved_by": None,
        "removed_at": None,
        "removed_by": None,
        "answer": "partly",
        "answer_text": "Litt av det",
        "answered_at": moment,
        "answered_by": "adviser@hf.example",
    }
    assert (second["under"], second["text"], second["hearing"]) == (0, "Hvorfor?", first["hearing"])
    assert (third["about"], third["about_id"], third["text"], third["removed_by"], third["hearing"]) == (
        "goal", "maalet", "", "adviser@hf.example", None
    )  # fmt: skip
