"""A draft that was not to be is put away by its editors: out of every list, and back with one press."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annual_wheel.coverage import standing_entries, unexplained
from organisation import comments
from planning.building import builders, start_plan
from planning.unit_plans import Delivery, rows_by_faculty
from strategy import services
from strategy.hearings import why_not_sent
from strategy.models import Document, DocumentState
from strategy.putting_away import put_away, take_back
from strategy.reading import around
from strategy.talk_for_me import answers_to
from strategy.writing import CannotChangeState, change_state
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW, TODAY
from tests.page import texts
from tests.sending import send
from tests.talking import comment, hearing

DRAFT, AWAY, BACK = "/planer/utkastet/", "/planer/utkastet/legg-bort/", "/planer/utkastet/hent-tilbake/"


@pytest.fixture
def draft(cast: Cast, today: date) -> Document:
    document = make.document("utkastet", cast.hf, title="Utkastet", state="draft")
    make.measure(document, make.goal(document, key="maalet", text="Flere søkere"), key="tiltaket", text="Besøke skoler")
    return document


def page(cast: Cast, person: str, address: str) -> Any:
    return client_of(cast.people[person]).get(address)


def test_it_goes_out_of_the_list_and_comes_back_with_one_press(cast: Cast, draft: Document) -> None:
    adviser = client_of(cast.adviser)
    assert "Legg bort utkastet" in page(cast, "adviser", "/planer/utkastet/rediger/").content.decode()
    gone = adviser.post(AWAY, follow=True)
    assert gone.redirect_chain == [("/planer/", 302)]
    assert "Utkastet «Utkastet» er lagt bort." in gone.content.decode()
    assert gone.context["rows"] == []
    assert texts(gone, "summary")[-1] == "Bortlagte utkast 1"
    [row] = gone.context["put_away"]
    assert (row.title, row.owner, row.when.startswith("Lagt bort ")) == ("Utkastet", str(cast.hf), True)
    assert row.when.endswith(" av Rådgiver")
    assert f'action="{BACK}"' in gone.content.decode()
    back = adviser.post(BACK, follow=True)
    assert back.redirect_chain == [("/planer/utkastet/rediger/", 302)]
    assert [shown.title for shown in page(cast, "adviser", "/planer/").context["rows"]] == ["Utkastet"]
    reasons = draft.history.order_by("-history_id").values_list("state", "history_change_reason", "history_user")
    assert [*reasons][:2] == [
        ("draft", "Hentet tilbake.", cast.adviser.pk),
        ("put_away", "Lagt bort.", cast.adviser.pk),
    ]


def test_its_address_says_what_it_is_to_those_who_could_read_it(cast: Cast, draft: Document) -> None:
    put_away(draft, by=cast.adviser)
    for person, found in {"adviser": 200, "dean": 200, "reader": 200, "coordinator": 404, "outsider": 404}.items():
        assert page(cast, person, DRAFT).status_code == found
    said = page(cast, "reader", DRAFT).content.decode()
    assert "De som skriver for Det humanistiske fakultet, kan hente det tilbake." in said
    assert BACK not in said
    assert BACK in page(cast, "dean", DRAFT).content.decode()
    refused = page(cast, "adviser", "/planer/utkastet/rediger/")
    assert (refused.status_code, "Utkastet «Utkastet» er lagt bort." in refused.content.decode()) == (403, True)
    for address in ("/mal/maalet/endre/", "/tiltak/tiltaket/endre/"):
        assert client_of(cast.adviser).get(address).status_code in (403, 404)
    assert client_of(cast.adviser).get("/kommentarer/mal/maalet/").status_code == 404
    assert client_of(None).get(DRAFT).status_code == 302


@pytest.mark.parametrize("person", ["reader", "coordinator", "outsider"])
def test_only_those_who_write_it_find_it_in_the_list(cast: Cast, draft: Document, person: str) -> None:
    put_away(draft, by=cast.adviser)
    assert page(cast, person, "/planer/").context["put_away"] == []
    assert page(cast, "adviser", "/strategi/").context["put_away"] == []
    assert client_of(cast.people[person]).post(BACK).status_code in (403, 404)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("hearing", "Dokumentet er på høring. Trekk det tilbake fra høringen før du legger det bort."),
        ("in_force", "Dokumentet er vedtatt, og det som er vedtatt, blir stående."),
        ("expired", "Dokumentet er vedtatt, og det som er vedtatt, blir stående."),
    ],
)
def test_what_is_more_than_a_draft_stays_and_one_is_told_why(
    cast: Cast, draft: Document, state: DocumentState, why: str
) -> None:
    if state == "hearing":
        hearing(draft, cast.adviser)
    else:
        Document.objects.filter(pk=draft.pk).update(state=state)
    with pytest.raises(CannotChangeState, match=why):
        put_away(draft, by=cast.adviser)
    assert why in client_of(cast.adviser).post(AWAY, follow=True).content.decode()
    assert "Legg bort utkastet" not in page(cast, "adviser", "/planer/utkastet/rediger/").content.decode()
    assert Document.objects.get().state == state


def test_twice_is_once(cast: Cast, draft: Document) -> None:
    put_away(draft, by=cast.adviser)
    put_away(draft, by=cast.dean)
    assert draft.history.filter(state="put_away").count() == 1
    take_back(draft, by=cast.adviser)
    take_back(draft, by=cast.dean)
    assert draft.history.filter(history_change_reason="Hentet tilbake.").count() == 1


def test_it_is_neither_adopted_nor_heard_by_whoever_had_the_page_open(cast: Cast, draft: Document) -> None:
    put_away(draft, by=cast.adviser)
    with pytest.raises(services.CannotAdopt, match="Utkastet er lagt bort"):
        services.adopt(draft, by=cast.dean, decided_by="Dekan", decided_on=TODAY, case_number="", now=NOW)
    assert why_not_sent(Document.objects.get()) == "Utkastet er lagt bort. Hent det tilbake først."


def test_a_unit_whose_only_plan_is_put_away_has_none(cast: Cast, today: date) -> None:
    plan = make.document("planen", cast.hf, title="Planen")
    own, _made = start_plan(plan, cast.ihk, by=cast.administrator, now=NOW)

    def delivery() -> Delivery:
        [faculty] = [found for found in rows_by_faculty(cast.administrator, today=today) if len(found.rows) > 1]
        return next(row.delivery for row in faculty.rows if row.slug == "ihk")

    assert (delivery(), builders(plan, [cast.ihk.pk])) == (Delivery.WRITING, {cast.ihk.pk: own})
    put_away(own, by=cast.administrator)
    assert (delivery(), builders(plan, [cast.ihk.pk])) == (Delivery.NONE, {})
    near = around(plan, cast.administrator, today=today)
    assert near.carried_out_by == []
    again, made = start_plan(plan, cast.ihk, by=cast.administrator, now=NOW)
    assert (made, again.pk != own.pk, again.slug != own.slug) == (True, True, True)


def test_an_unfinished_plan_of_a_past_period_is_nothing_to_follow(cast: Cast, today: date) -> None:
    plan = make.document("planen", cast.hf, title="Planen")
    past = {"period_from_on": date(2020, 1, 1), "period_to_on": date(2021, 1, 1)}
    put_away(make.document("gammelt", cast.ihk, state="draft", **past), by=cast.administrator)
    own, _made = start_plan(plan, cast.ihk, by=cast.administrator, now=NOW)
    assert own.follows is None


def test_a_wheel_item_that_only_it_explains_is_explained_by_nothing(cast: Cast, draft: Document) -> None:
    wheel = make.wheel("hf", cast.hf, document=draft)
    entry = make.entry(wheel, text="Besøk")
    entry.measures.add(draft.measures.get())  # type: ignore[attr-defined]

    def without() -> list[Any]:
        entries = standing_entries(cast.adviser, year=TODAY.year, today=TODAY)
        return [*unexplained(entries, [draft.pk])]

    assert without() == []
    put_away(draft, by=cast.adviser)
    assert without() == [entry]


def test_what_follows_or_carries_it_out_keeps_the_link_through_a_save(cast: Cast, draft: Document) -> None:
    after = make.document("etter", cast.hf, title="Etter", state="draft", follows=draft)
    after.carries_out.add(draft)
    put_away(draft, by=cast.adviser)
    address = "/planer/etter/rediger/dokument/"
    opened = page(cast, "adviser", address)
    assert "Utkastet" not in texts(opened, "option")
    assert send(client_of(cast.adviser), address, of=opened, title="Etter alt").status_code == 302
    after.refresh_from_db()
    assert (after.title, after.follows, [*after.carries_out.all()]) == ("Etter alt", draft, [draft])


@pytest.mark.parametrize(
    "address", ["/", "/sok/?q=Utkastet", "/sok/?q=Flere+s%C3%B8kere", "/rapporter/", "/planer/enheter/"]
)
def test_no_page_names_it(cast: Cast, draft: Document, address: str) -> None:
    comment(draft, cast.dean, "@Rådgiver se").mentioned.add(cast.adviser)
    put_away(draft, by=cast.adviser)
    shown = page(cast, "adviser", address)
    assert shown.status_code == 200
    assert "/planer/utkastet/" not in shown.content.decode()
    assert "/mal/maalet/" not in shown.content.decode()


def test_what_was_said_in_its_hearing_is_not_answered_until_it_is_back(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    said, heard = (comment(draft, cast.coordinator, text, hearing=asked) for text in ("Et innspill", "Et til"))
    heard.answer = "taken_in"
    comments.answer(heard, by=cast.adviser, now=NOW, expected=heard.lock_version)
    assert answers_to(cast.coordinator, today=TODAY) == [heard]
    change_state(draft, by=cast.adviser, now=NOW, to="draft", may_decide=False, expected=draft.lock_version)
    put_away(draft, by=cast.adviser)
    adviser, answer = client_of(cast.adviser), f"/kommentar/{said.pk}/svar/"
    refused = adviser.get(answer)
    assert (refused.status_code, "Utkastet «Utkastet» er lagt bort." in refused.content.decode()) == (403, True)
    assert adviser.post(answer, {"answer": "taken_in", "lock_version": said.lock_version}).status_code == 403
    said.refresh_from_db()
    assert said.answer == ""
    assert answer not in adviser.get(f"/horing/{asked.pk}/").content.decode()
    assert adviser.get(f"/horing/{asked.pk}/endre/").status_code == 403
    assert client_of(cast.coordinator).get(answer).status_code == 404
    assert answers_to(cast.coordinator, today=TODAY) == []
    take_back(draft, by=cast.adviser)
    assert answers_to(cast.coordinator, today=TODAY) == [heard]
    assert send(adviser, answer, answer="taken_in").status_code == 302


def test_the_number_of_queries_does_not_grow(cast: Cast, today: date) -> None:
    client = client_of(cast.adviser)
    counts = []
    for size in (1, 3):
        for number in range(Document.objects.count(), size):
            put_away(make.document(f"u-{number}", cast.hf, state="draft"), by=cast.adviser)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/planer/").context["put_away"]) == size
        counts.append(len(queries))
    assert counts[0] == counts[1]
