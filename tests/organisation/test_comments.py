"""Comments: what they hang on, who sees them, what may be done with them, and what the database refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from config.lib.models import StaleEdit
from organisation import comments
from organisation.comments import CannotComment
from organisation.mentions import CannotMention, marks_in, offered, people_named_in
from organisation.models import Comment, Hearing, User
from strategy import services, writing
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW, TODAY
from tests.talking import CLOSES, comment, hearing, reply

AFTER = CLOSES + timedelta(days=1)


@pytest.fixture
def plan(cast: Cast) -> Document:
    return make.document("planen", cast.hf, title="Planen", state="draft", vision="En bedre verden")


def seen_by(person: User) -> set[str]:
    return set(Comment.objects.visible_to(person, today=TODAY).values_list("text", flat=True))


def test_internal_notes_and_inputs_are_seen_by_those_they_are_for(cast: Cast, plan: Document) -> None:
    asked = hearing(plan, cast.adviser)
    comment(plan, cast.adviser, "internt")
    comment(plan, cast.coordinator, "innspill", hearing=asked)
    assert {name: seen_by(person) for name, person in cast.people.items()} == {
        "adviser": {"internt", "innspill"},
        "coordinator": {"internt", "innspill"},
        "dean": {"internt", "innspill"},
        "reader": {"innspill"},
        "outsider": set(),
        "administrator": {"internt", "innspill"},
    }


def test_a_document_on_hearing_is_seen_by_all_who_are_asked_and_a_draft_is_not(cast: Cast, plan: Document) -> None:
    def sees(name: str) -> bool:
        return Document.objects.visible_to(cast.people[name], today=TODAY).filter(pk=plan.pk).exists()

    assert [name for name in cast.people if sees(name)] == ["adviser", "dean", "reader", "administrator"]
    hearing(plan, cast.adviser)
    assert [name for name in cast.people if sees(name)] == [
        "adviser", "coordinator", "dean", "reader", "administrator"
    ]  # fmt: skip


def test_a_reply_stands_where_what_it_answers_stands_and_takes_no_replies(cast: Cast, plan: Document) -> None:
    asked = hearing(plan, cast.adviser)
    goal = make.goal(plan)
    top = comment(plan, cast.coordinator, about="mal", about_key=goal.key, hearing=asked)
    said = reply(top, cast.adviser)
    assert (said.within, said.about, said.about_key, said.hearing) == ("planen", "mal", goal.key, asked)
    with pytest.raises(CannotComment):
        reply(said, cast.coordinator)


def test_a_hearing_takes_comments_to_the_end_of_its_last_day(cast: Cast, plan: Document) -> None:
    asked = hearing(plan, cast.adviser)

    def say(today: date) -> Comment:
        said = Comment(within="planen", owner=cast.hf, about="dokument", about_key="planen", text="a", hearing=asked)
        return comments.write(said, by=cast.coordinator, now=NOW, today=today)

    say(CLOSES)
    with pytest.raises(CannotComment):
        say(AFTER)
    assert Comment.objects.count() == 1


def test_withdrawing_ends_the_hearing_and_keeps_what_was_said(cast: Cast, plan: Document) -> None:
    asked = hearing(plan, cast.adviser)
    comment(plan, cast.coordinator, "innspill", hearing=asked)
    writing.change_state(plan, by=cast.adviser, now=NOW, to="draft", may_decide=False, expected=plan.lock_version)
    asked.refresh_from_db()
    assert (asked.closed_at, asked.closed_by, asked.is_open(TODAY)) == (NOW, cast.adviser, False)
    assert seen_by(cast.reader) == {"innspill"}
    with pytest.raises(CannotComment):
        comment(plan, cast.coordinator, hearing=asked)
    again = hearing(plan, cast.adviser)
    assert (Hearing.objects.count(), again.is_open(TODAY)) == (2, True)


def test_adopting_ends_the_hearing(cast: Cast, plan: Document) -> None:
    make.goal(plan)
    asked = hearing(plan, cast.adviser)
    services.adopt(plan, by=cast.dean, decided_by="Dekan", decided_on=TODAY, case_number="", now=NOW)
    asked.refresh_from_db()
    assert (asked.closed_at, asked.closed_by) == (NOW, cast.dean)


def test_what_is_sent_twice_is_refused(cast: Cast, plan: Document) -> None:
    hearing(plan, cast.adviser)
    with pytest.raises(writing.CannotChangeState):
        hearing(plan, cast.adviser)


def test_a_new_owner_takes_over_what_was_said(cast: Cast, plan: Document) -> None:
    comment(plan, cast.adviser, "internt")
    plan.owner = cast.imu
    writing.save_row(plan, by=cast.administrator, now=NOW, expected=plan.lock_version)
    assert "internt" not in seen_by(cast.coordinator)
    assert "internt" in seen_by(cast.adviser)


def test_a_conversation_is_resolved_and_opened_again_with_who(cast: Cast, plan: Document) -> None:
    top = comment(plan, cast.adviser)
    done = comments.resolve(top, by=cast.dean, now=NOW, is_resolved=True)
    assert (done.resolved_at, done.resolved_by) == (NOW, cast.dean)
    assert comments.resolve(top, by=cast.adviser, now=NOW, is_resolved=True).resolved_by == cast.dean
    with pytest.raises(CannotComment):
        reply(top, cast.adviser)
    again = comments.resolve(top, by=cast.adviser, now=NOW, is_resolved=False)
    assert (again.resolved_at, again.resolved_by) == (None, None)
    reply(top, cast.adviser)
    asked = hearing(plan, cast.adviser)
    with pytest.raises(CannotComment):
        comments.resolve(comment(plan, cast.adviser, hearing=asked), by=cast.adviser, now=NOW, is_resolved=True)


def test_one_changes_ones_own_until_it_is_answered(cast: Cast, plan: Document) -> None:
    asked = hearing(plan, cast.adviser)
    said = comment(plan, cast.coordinator, "Først", hearing=asked)
    assert comments.may_edit(said, cast.coordinator, today=TODAY)
    assert not comments.may_edit(said, cast.adviser, today=TODAY)
    assert not comments.may_edit(said, cast.coordinator, today=AFTER)
    said.text = "Så"
    comments.edit(said, by=cast.coordinator, now=NOW, today=TODAY, expected=1)
    assert [row.text for row in said.history.all()] == ["Så", "Først"]
    assert said.edited_at == NOW
    said.answer, said.answer_text = "not", "Nei"
    comments.answer(said, by=cast.adviser, now=NOW, expected=2)
    assert not comments.may_edit(said, cast.coordinator, today=TODAY)
    with pytest.raises(CannotComment):
        reply(said, cast.coordinator)


def test_an_answer_to_other_words_than_were_read_meets_a_conflict(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator, "Først", hearing=hearing(plan, cast.adviser))
    read = Comment.objects.get(pk=said.pk)
    said.text = "Noe annet"
    comments.edit(said, by=cast.coordinator, now=NOW, today=TODAY, expected=1)
    read.answer = "taken_in"
    with pytest.raises(StaleEdit):
        comments.answer(read, by=cast.adviser, now=NOW, expected=read.lock_version)
    assert Comment.objects.get().answer == ""


def test_what_is_taken_away_leaves_a_mark_and_comes_back(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator)
    assert comments.may_remove(said, cast.coordinator, today=TODAY)
    assert comments.may_remove(said, cast.adviser, today=TODAY)
    other = comment(plan, cast.dean)
    assert not comments.may_remove(other, cast.coordinator, today=TODAY)
    gone = comments.remove(said, by=cast.coordinator, now=NOW)
    assert (gone.removed_at, gone.removed_by, gone.text) == (NOW, cast.coordinator, "Dette er uklart")
    with pytest.raises(CannotComment):
        reply(said, cast.adviser)
    back = comments.put_back(gone, by=cast.coordinator)
    assert (back.removed_at, back.removed_by) == (None, None)


def test_what_waits_for_an_answer(cast: Cast, plan: Document) -> None:
    asked = hearing(plan, cast.adviser)
    waits = comment(plan, cast.coordinator, hearing=asked)
    comment(plan, cast.adviser, "internt")
    reply(waits, cast.adviser)
    comments.remove(comment(plan, cast.coordinator, hearing=asked), by=cast.coordinator, now=NOW)
    answered = comment(plan, cast.coordinator, hearing=asked)
    answered.answer = "taken_in"
    comments.answer(answered, by=cast.adviser, now=NOW, expected=1)
    assert list(Comment.objects.to_answer()) == [waits]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"answer": "taken_in"},
        {"answered_at": NOW},
        {"answer": "not", "answered_at": NOW, "answered_by": "adviser"},
        {"answer": "taken_in", "answered_at": NOW, "answered_by": "adviser", "hearing": None},
        {"resolved_at": NOW},
        {"resolved_at": NOW, "resolved_by": "adviser"},
        {"removed_by": "adviser"},
    ],
)
def test_the_database_refuses_what_cannot_be(cast: Cast, plan: Document, fields: dict[str, Any]) -> None:
    said = comment(plan, cast.coordinator, hearing=hearing(plan, cast.adviser))
    values = {name: cast.people.get(value, value) if value else value for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(**values)


def test_the_database_refuses_a_reply_to_itself_and_two_hearings_at_once(cast: Cast, plan: Document) -> None:
    asked = hearing(plan, cast.adviser)
    said = comment(plan, cast.adviser)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=said.pk).update(under=said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.filter(pk=asked.pk).update(closes_on=asked.opened_on - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.create(
            within="planen", owner=cast.hf, closes_on=CLOSES, invitation="a", opened_on=TODAY, opened_by=cast.adviser
        )


def everyone(cast: Cast) -> set[int]:
    return {person.pk for person in cast.people.values()} - {cast.outsider.pk}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Rådgiver kan du se på dette?", ["adviser"]),
        ("Spør @rådgiver, og @coordinator@hf.example.", ["adviser", "coordinator"]),
        ("@Rådgiver og @adviser@hf.example", ["adviser"]),
        ("Skriv til post@hf.example eller https://a.no/@navn", []),
        ("Klokka 10 @ kontoret", []),
        ("(@Dekan)", ["dean"]),
    ],
)
def test_people_are_named_by_name_or_address(cast: Cast, text: str, named: list[str]) -> None:
    assert people_named_in(text, everyone(cast)) == [cast.people[name] for name in named]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("@Rådgiver ved NV hva sier du?", "Rådgiver ved NV kan ikke se dette, og kan ikke nevnes her."),
        ("@Rådgivere", "Vi kjenner ingen «Rådgivere». Skriv hele navnet eller e-postadressen etter @."),
        ("@Kari.", "Vi kjenner ingen «Kari». Skriv hele navnet eller e-postadressen etter @."),
        ("@Ola", "Flere heter Ola. Skriv e-postadressen etter @."),
    ],
)
def test_a_mention_that_cannot_be_is_refused_with_why(cast: Cast, text: str, said: str) -> None:
    others = [make.user(f"ola{number}@hf.example", name="Ola") for number in (1, 2)]
    with pytest.raises(CannotMention, match=said.replace("?", r"\?")):
        people_named_in(text, everyone(cast) | {person.pk for person in others})


def test_someone_who_has_left_is_not_named(cast: Cast) -> None:
    User.objects.filter(pk=cast.dean.pk).update(is_active=False)
    with pytest.raises(CannotMention):
        people_named_in("@Dekan", everyone(cast))


def test_the_places_of_names_and_who_is_offered(cast: Cast) -> None:
    assert list(marks_in("Hei @Dekan.", [cast.dean])) == [(4, 10)]
    people = list(cast.people.values())
    assert [str(person) for person in offered("råd", people)] == ["Rådgiver", "Rådgiver ved NV"]
    assert [str(person) for person in offered("nv", people)] == ["Rådgiver ved NV"]
    assert [str(person) for person in offered("staff", people)] == ["Ansatt"]
