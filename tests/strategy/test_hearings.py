"""Comments and hearings as pages: where one can comment, what each person sees, and what is answered."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation import comments
from organisation.models import Comment, Hearing
from strategy import writing
from strategy.models import Document, Section
from strategy.services import freeze, has_unadopted_changes
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW, TODAY
from tests.page import texts
from tests.sending import fields_of, send
from tests.talking import comment, hearing, reply

DRAFT, PLAN = "/planer/utkastet/", "/planer/planen/"
ON_GOAL = "/kommentarer/mal/maalet/"


@pytest.fixture
def draft(cast: Cast, today: date) -> Document:
    """One of everything that can be commented on."""
    return written(make.document("utkastet", cast.hf, title="Utkastet", state="draft"))


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    return written(make.document("planen", cast.hf, title="Planen"))


def written(document: Document) -> Document:
    Section.objects.create(document=document, kind="purpose", text="Hvorfor vi gjør det")
    area = make.area(document, key="omraadet", title="Området", position=1)
    goal = make.goal(document, key="maalet", area=area, text="Flere søkere", position=1)
    make.route(document, key="veien", area=area, text="Møte dem")
    make.measure(document, goal, key="tiltaket", text="Besøke skoler")
    make.goal(document, key="siste", area=make.area(document, title="Etter", position=2), text="Bedre sider")
    return document


def client_of(cast: Cast, person: str) -> Client:
    client = Client()
    if person:
        client.force_login(cast.people[person])
    return client


def page(cast: Cast, person: str, address: str, **query: str) -> Any:
    response = client_of(cast, person).get(address, query)
    assert response.status_code == 200
    return response


def openers(response: Any) -> list[str]:
    return texts(response, "a", class_="talk-open")


ALL_PLACES = [
    "Kommenter hele dokumentet : Utkastet",
    "Kommenter : Hensikt: Hvorfor vi gjør det",
    "Kommenter : Området",
    "Kommenter : Flere søkere",
    "Kommenter : Besøke skoler",
    "Kommenter : Møte dem",
    "Kommenter : Etter",
    "Kommenter : Bedre sider",
]


def test_everything_can_be_commented_on_by_those_who_may(cast: Cast, draft: Document) -> None:
    assert openers(page(cast, "adviser", DRAFT)) == ALL_PLACES
    assert openers(page(cast, "reader", DRAFT)) == []
    hearing(draft, cast.adviser)
    assert openers(page(cast, "reader", DRAFT)) == ALL_PLACES
    assert openers(page(cast, "coordinator", DRAFT)) == ALL_PLACES


def test_each_press_leads_to_its_own_conversation(cast: Cast, draft: Document) -> None:
    html = page(cast, "adviser", DRAFT).content.decode()
    number = Section.objects.get().pk
    for about, key in (
        ("dokument", "utkastet"), ("avsnitt", number), ("omrade", "omraadet"), ("mal", "maalet"),
        ("veivalg", "veien"), ("tiltak", "tiltaket"),
    ):  # fmt: skip
        address = f"/kommentarer/{about}/{key}/"
        assert f'href="{address}" hx-get="{address}" hx-target="#samtale-{about}-{key}"' in html
        assert html.count(f'id="samtale-{about}-{key}"') == 1
        assert page(cast, "adviser", address).context["subject"].key == str(key)


def test_kept_words_show_nobody_what_others_have_said(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    goal = {"about": "mal", "about_key": "maalet"}
    comment(plan, cast.adviser, **goal)
    adviser = page(cast, "adviser", PLAN)
    assert openers(adviser)[3] == "1 kommentar : Flere søkere"
    for person in ("reader", "outsider"):
        html = page(cast, person, PLAN).content.decode()
        assert "kommentar" not in html.lower()
        assert "<!--" not in html
    comment(plan, cast.coordinator, **goal)
    assert openers(page(cast, "dean", PLAN))[3] == "2 kommentarer : Flere søkere"
    assert "<!--" not in page(cast, "adviser", PLAN).content.decode()
    fragment = client_of(cast, "reader").get(f"{PLAN}?vis=uten-tiltak", headers={"HX-Request": "true"})
    assert "<!--" not in fragment.content.decode()


def test_words_frozen_without_numbers_for_running_text_still_read_the_same(cast: Cast, plan: Document) -> None:
    version = freeze(plan, by=cast.adviser, now=NOW)
    for name in ("sections", "challenges", "evaluation"):
        version.content[name] = [
            {key: value for key, value in section.items() if key != "id"} for section in version.content[name]
        ]
    type(version).objects.filter(pk=version.pk).update(content=version.content)
    assert not has_unadopted_changes(plan)
    response = page(cast, "adviser", PLAN)
    assert "Hvorfor vi gjør det" in response.content.decode()
    assert not any("Hensikt" in words for words in openers(response))


def test_something_only_proposed_is_commented_on_by_those_who_read_it(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    make.goal(plan, key="nytt", text="Et nytt mål", status="proposed")
    assert client_of(cast, "adviser").get("/kommentarer/mal/nytt/").status_code == 200
    assert client_of(cast, "coordinator").get("/kommentarer/mal/nytt/").status_code == 404
    refused = send(client_of(cast, "adviser"), "/kommentarer/mal/nytt/", text="@Koordinator hva mener du?")
    assert "Koordinator kan ikke se dette, og kan ikke nevnes her." in refused.content.decode()


def test_a_hearing_is_opened_with_a_last_day_and_a_word_to_those_asked(cast: Cast, draft: Document) -> None:
    adviser = client_of(cast, "adviser")
    address = "/planer/utkastet/horing/"
    assert f'href="{address}"' in adviser.get("/planer/utkastet/rediger/").content.decode()
    refused = send(adviser, address, closes_on="2026-03-14", invitation="Hva mener dere?")
    assert "Fristen er passert. Velg i dag eller en senere dag." in refused.content.decode()
    assert fields_of(refused, address)["invitation"] == ["Hva mener dere?"]
    assert Hearing.objects.count() == 0
    sent = send(adviser, address, closes_on="2026-04-01", invitation="Hva mener dere?")
    assert (sent.status_code, sent["Location"]) == (302, DRAFT)
    draft.refresh_from_db()
    assert draft.state == "hearing"
    [notice] = texts(page(cast, "coordinator", DRAFT), "section", class_="hearing-notice")
    assert notice == (
        "Innspill til og med 1. april 2026 (om 17 dager) Hva mener dere? Trykk «Kommenter» ved det du vil si noe om, "
        "eller kommenter hele dokumentet. Se alle innspill og svar 0 innspill"
    )
    again = adviser.get(address)
    assert (again.status_code, again["Location"]) == (302, f"/horing/{Hearing.objects.get().pk}/")


def test_of_two_who_send_it_the_second_is_told(cast: Cast, draft: Document) -> None:
    adviser, address = client_of(cast, "adviser"), "/planer/utkastet/horing/"
    opened = adviser.get(address)
    hearing(draft, cast.dean)
    told = send(adviser, address, of=opened, closes_on="2026-04-01", invitation="Vi også")
    assert "Dokumentet kan ikke sendes på høring nå." in told.content.decode()
    assert Hearing.objects.count() == 1


def test_someone_asked_says_something_and_reads_the_answer(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    coordinator = client_of(cast, "coordinator")
    said = send(coordinator, ON_GOAL, text="Hvor mange?\n\nSe https://ntnu.no/tall", where="innspill")
    kept = Comment.objects.get()
    assert said["Location"] == f"{ON_GOAL}#kommentar-{kept.pk}"
    assert (kept.hearing, kept.unit, kept.written_by, kept.about_words) == (
        asked, cast.ihk, cast.coordinator, "Flere søkere"
    )  # fmt: skip
    shown = page(cast, "reader", ON_GOAL)
    [thread] = texts(shown, "li", class_="talk-thread")
    assert thread.startswith("Innspill i høringen Koordinator, IHK ")
    assert " Hvor mange? Se https://ntnu.no/tall Ikke besvart ennå." in thread
    assert '<a href="https://ntnu.no/tall" rel="nofollow">https://ntnu.no/tall</a></p>' in shown.content.decode()

    answer = f"/kommentar/{kept.pk}/svar/"
    adviser = client_of(cast, "adviser")
    unexplained = send(adviser, answer, answer="not")
    assert "Skriv kort hvorfor, så den som ga innspillet, forstår det." in unexplained.content.decode()
    done = send(adviser, answer, answer="partly", answer_text="Tallet kommer i vedlegget")
    assert done["Location"] == f"/horing/{asked.pk}/?ved={kept.pk}"
    [thread] = texts(page(cast, "coordinator", ON_GOAL), "li", class_="talk-thread")
    assert "Delvis tatt inn : Tallet kommer i vedlegget Svar fra Rådgiver" in thread
    assert client_of(cast, "coordinator").get(f"/kommentar/{kept.pk}/endre/").status_code == 403


def test_two_answers_at_the_same_time_meet_the_ordinary_conflict(cast: Cast, draft: Document) -> None:
    said = comment(draft, cast.coordinator, hearing=hearing(draft, cast.adviser))
    answer = f"/kommentar/{said.pk}/svar/"
    adviser = client_of(cast, "adviser")
    opened = adviser.get(answer)
    send(client_of(cast, "dean"), answer, answer="taken_in", answer_text="Takk")
    stopped = send(adviser, answer, of=opened, answer="not", answer_text="Nei takk")
    assert "Dekan lagret noe nytt mens du skrev" in stopped.content.decode()
    said.refresh_from_db()
    assert (said.answer, said.answered_by) == ("taken_in", cast.dean)
    send(adviser, answer, of=stopped)
    said.refresh_from_db()
    assert (said.answer, said.answered_by) == ("not", cast.adviser)


def test_script_in_a_comment_is_dead(cast: Cast, plan: Document) -> None:
    text = 'Se <script>alert(1)</script> javascript:alert(2) https://a.no/"onmouseover="alert(3) @Dekan <b>x</b>'
    send(client_of(cast, "adviser"), ON_GOAL, text=text)
    html = page(cast, "dean", ON_GOAL).content.decode()
    said = html.split('class="comment-text">')[1].split("</div>")[0]
    assert "<script" not in said
    assert 'href="javascript' not in said
    assert '" onmouseover' not in said
    assert '"onmouseover' not in said.replace("%22onmouseover", "")
    assert '<strong class="mention">@Dekan</strong>' in said
    assert "&lt;b&gt;x&lt;/b&gt;" in said


def test_a_comment_that_is_wrong_is_kept_in_its_field(cast: Cast, plan: Document) -> None:
    adviser = client_of(cast, "adviser")
    empty = send(adviser, ON_GOAL, text="   ")
    assert texts(empty, "p", class_="ds-validation-message") == ["Fyll ut dette feltet."]
    unknown = send(adviser, ON_GOAL, text="@Ingen her")
    assert fields_of(unknown, ON_GOAL)["text"] == ["@Ingen her"]
    assert Comment.objects.count() == 0


def test_a_reply_that_is_wrong_stays_open_where_it_was_written(cast: Cast, plan: Document) -> None:
    top = comment(plan, cast.adviser, about="mal", about_key="maalet")
    response = client_of(cast, "coordinator").post(ON_GOAL, {"under": top.pk, "text": "@Ingen her"})
    details = response.content.decode().split("<details")[-1]
    assert details.startswith(' class="talk-reply" open>')
    assert "@Ingen her</textarea>" in details
    sent = client_of(cast, "coordinator").post(ON_GOAL, {"under": top.pk, "text": "Ja"})
    assert sent.status_code == 302
    assert [row.text for row in top.replies.all()] == ["Ja"]


def test_a_reply_to_what_was_set_as_done_meanwhile_is_kept_and_told(cast: Cast, plan: Document) -> None:
    top = comment(plan, cast.adviser, about="mal", about_key="maalet")
    comments.resolve(top, by=cast.dean, now=NOW, is_resolved=True)
    html = client_of(cast, "coordinator").post(ON_GOAL, {"under": top.pk, "text": "Vent litt"}).content.decode()
    assert "Samtalen er avsluttet, så svaret er ikke lagret." in html
    assert "Vent litt</textarea>" in html
    assert '<details class="talk-resolved" open>' in html
    assert top.replies.count() == 0


def test_by_htmx_the_conversation_comes_alone_and_the_count_with_it(cast: Cast, plan: Document) -> None:
    adviser = client_of(cast, "adviser")
    part = adviser.get(ON_GOAL, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    said = send(adviser, ON_GOAL, of=part, htmx=True, text="Hei")
    assert said.status_code == 200
    html = said.content.decode()
    assert 'hx-swap-oob="true"' in html
    assert openers(said) == ["1 kommentar : Flere søkere"]
    assert "Kommentaren er lagret." in html


def test_internal_and_heard_are_chosen_and_kept_apart(cast: Cast, draft: Document) -> None:
    hearing(draft, cast.adviser)
    send(client_of(cast, "adviser"), ON_GOAL, text="Bare oss")  # the owner's editors write to each other first
    assert page(cast, "coordinator", ON_GOAL).context["form"].initial["where"] == "innspill"
    client_of(cast, "coordinator").post(ON_GOAL, {"text": "Til alle", "where": "innspill"})
    client_of(cast, "coordinator").post(ON_GOAL, {"text": "Til redaktørene", "where": "internt"})
    unsaid = client_of(cast, "coordinator").post(ON_GOAL, {"text": "Til hvem?"})
    assert texts(unsaid, "p", class_="ds-validation-message") == ["Fyll ut dette feltet."]
    assert dict(Comment.objects.values_list("text", "hearing__within")) == {
        "Bare oss": None, "Til alle": "utkastet", "Til redaktørene": None
    }  # fmt: skip
    said = texts(page(cast, "reader", ON_GOAL), "div", class_="comment-text")
    assert said == ["Til alle"]
    assert openers(page(cast, "reader", DRAFT))[3] == "1 kommentar : Flere søkere"
    assert "where" not in page(cast, "reader", ON_GOAL).context["form"].fields


def test_after_the_last_day_it_is_read_and_not_written(
    cast: Cast, draft: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = hearing(draft, cast.adviser)
    comment(draft, cast.coordinator, "Et innspill", about="mal", about_key="maalet", hearing=asked)
    later = asked.closes_on + timedelta(days=1)
    monkeypatch.setattr("config.lib.clock.today", lambda: later)
    response = page(cast, "reader", ON_GOAL)
    assert response.context["form"] is None
    assert "Det er ikke åpent for nye innspill." in response.content.decode()
    for person, sent_in in (("reader", {}), ("coordinator", {"where": "innspill"})):
        late = client_of(cast, person).post(ON_GOAL, {"text": "For sent", **sent_in})
        assert "Høringen er avsluttet, så innspillet er ikke sendt." in late.content.decode()
        assert "For sent</textarea>" in late.content.decode()
    assert Comment.objects.count() == 1
    assert texts(page(cast, "reader", DRAFT), "h2", id="hearing-h") == ["Fristen for innspill var 1. april 2026"]
    edit = f"/horing/{asked.pk}/endre/"
    kept = send(client_of(cast, "adviser"), edit, invitation="Bare teksten")
    assert kept.status_code == 302
    extended = send(client_of(cast, "adviser"), edit, closes_on="2026-05-01")
    assert extended.status_code == 302
    assert page(cast, "reader", ON_GOAL).context["form"] is not None


def test_the_hearing_is_one_page_in_the_order_of_the_document(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    last = comment(draft, cast.coordinator, "Sist", about="mal", about_key="siste", hearing=asked, unit=cast.ihk)
    comment(draft, cast.reader, "Først", about="mal", about_key="maalet", hearing=asked, unit=cast.hf)
    comment(draft, cast.adviser, "internt")
    whole = comment(draft, cast.coordinator, "Alt", hearing=asked, unit=cast.isl)
    whole.answer = "taken_in"
    comments.answer(whole, by=cast.adviser, now=NOW, expected=1)
    reply(last, cast.adviser, "Hva mener dere?")
    address = f"/horing/{asked.pk}/"

    def shown(person: str, **query: str) -> tuple[list[str], list[str], list[str]]:
        response = page(cast, person, address, **query)
        places = texts(response, "h2", class_="knot")
        return places, texts(response, "div", class_="comment-text"), texts(response, "p", class_="list-count")

    everything = ["Alt", "Først", "Sist", "Hva mener dere?"]
    places = ["Utkastet", "Flere søkere", "Bedre sider"]
    assert shown("adviser") == (places, everything, ["3 innspill 2 ubesvarte"])
    assert shown("reader") == (places, everything, ["3 innspill 2 ubesvarte"])
    assert shown("adviser", vis="ubesvart")[0] == ["Flere søkere", "Bedre sider"]
    assert shown("adviser", enhet="ihk")[1] == ["Sist", "Hva mener dere?"]
    assert shown("adviser", enhet="imu")[0] == []
    assert [row["href"] for row in links(page(cast, "reader", address), "svar-")] == []
    waiting = links(page(cast, "adviser", address, vis="ubesvart"), "svar-")
    assert waiting[1]["href"] == (
        f"/kommentar/{last.pk}/svar/?next=%2Fhoring%2F{asked.pk}%2F%3Fvis%3Dubesvart%26ved%3D{last.pk}"
    )


def links(response: Any, starts: str) -> list[dict[str, str]]:
    found = re.findall(rf'<a\b[^>]*\bid="({starts}[^"]*)" href="([^"]*)"', response.content.decode())
    return [{"id": mark, "href": href} for mark, href in found]


def test_withdrawn_it_is_read_by_those_who_took_part_without_the_draft(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    comment(
        draft,
        cast.coordinator,
        "Et innspill",
        about="mal",
        about_key="maalet",
        about_words="Flere søkere",
        hearing=asked,
    )
    writing.change_state(draft, by=cast.adviser, now=NOW, to="draft", may_decide=False, expected=draft.lock_version)
    draft.goals.filter(key="maalet").update(text="Ord som ingen har sett")
    response = page(cast, "coordinator", f"/horing/{asked.pk}/")
    assert texts(response, "h2", class_="knot") == ["Flere søkere"]
    assert "Ord som ingen har sett" not in response.content.decode()
    assert client_of(cast, "coordinator").get(ON_GOAL).status_code == 404
    assert texts(page(cast, "adviser", f"/horing/{asked.pk}/"), "h2", class_="knot") == ["Ord som ingen har sett"]


def test_an_item_has_its_press_on_its_own_page(cast: Cast, plan: Document) -> None:
    comment(plan, cast.adviser, about="tiltak", about_key="tiltaket")
    assert openers(page(cast, "coordinator", "/tiltak/tiltaket/")) == ["1 kommentar : Besøke skoler"]
    assert openers(page(cast, "coordinator", "/mal/maalet/")) == ["Kommenter : Flere søkere"]
    assert openers(page(cast, "coordinator", "/veivalg/veien/")) == ["Kommenter : Møte dem"]
    assert openers(page(cast, "reader", "/tiltak/tiltaket/")) == []
    freeze(plan, by=cast.adviser, now=NOW)
    plan.measures.update(status="retired")  # type: ignore[attr-defined]
    freeze(plan, by=cast.adviser, now=NOW)
    assert openers(page(cast, "coordinator", "/tiltak/tiltaket/")) == []
    assert openers(page(cast, "adviser", "/tiltak/tiltaket/")) == ["1 kommentar : Besøke skoler"]
    assert client_of(cast, "adviser").get("/kommentarer/tiltak/tiltaket/").status_code == 200


def test_what_is_taken_out_is_answered_all_the_same(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    section = Section.objects.get()
    said = comment(
        draft, cast.coordinator, about="avsnitt", about_key=str(section.pk), about_words="Hensikt", hearing=asked
    )
    writing.remove_row(section, by=cast.adviser, now=NOW)
    assert texts(page(cast, "adviser", f"/horing/{asked.pk}/"), "h2", class_="knot") == ["Hensikt"]
    assert send(client_of(cast, "adviser"), f"/kommentar/{said.pk}/svar/", answer="taken_in").status_code == 302


def test_adopting_warns_of_what_nobody_has_answered(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    address = "/planer/utkastet/vedta/"
    still_heard = "Høringen er åpen til og med 1. april 2026. Vedtaket avslutter den. Du kan vedta likevel."
    assert texts(page(cast, "dean", address), "div", class_="notice") == [still_heard]
    comment(draft, cast.coordinator, hearing=asked)
    warned, _still = texts(page(cast, "dean", address), "div", class_="notice")
    assert warned.startswith("1 innspill er ubesvart.")
    assert f'href="/horing/{asked.pk}/?vis=ubesvart"' in page(cast, "dean", address).content.decode()


def test_whoever_decides_is_shown_on_as_soon_as_the_last_is_answered(
    cast: Cast, draft: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = hearing(draft, cast.adviser)
    said = comment(draft, cast.coordinator, hearing=asked)
    adopting = 'href="/planer/utkastet/vedta/"'
    address, dean = f"/horing/{asked.pk}/", client_of(cast, "dean")
    monkeypatch.setattr("config.lib.clock.today", lambda: asked.closes_on + timedelta(days=1))
    assert adopting not in dean.get(address).content.decode()
    answered = send(dean, f"/kommentar/{said.pk}/svar/", htmx=True, answer="taken_in")
    swapped = dean.get(answered.url, headers={"hx-request": "true"}).content.decode()
    assert adopting in swapped
    assert adopting not in page(cast, "adviser", address).content.decode()
    monkeypatch.setattr("config.lib.clock.today", lambda: asked.closes_on)
    assert adopting not in dean.get(address).content.decode()


def test_own_words_are_changed_with_the_earlier_ones_kept(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator, "Først", about="mal", about_key="maalet")
    coordinator = client_of(cast, "coordinator")
    send(coordinator, f"/kommentar/{said.pk}/endre/", text="Så")
    [thread] = texts(page(cast, "adviser", ON_GOAL), "li", class_="talk-thread")
    assert "· endret " in thread
    changes = page(cast, "adviser", f"/kommentar/{said.pk}/endringer/")
    assert texts(changes, "p", class_="conflict-text") == ["Først", "Så"]


def test_what_is_taken_away_says_by_whom_and_comes_back_with_undo(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator, "Feil sted", about="mal", about_key="maalet")
    coordinator = client_of(cast, "coordinator")
    gone = coordinator.post(f"/kommentar/{said.pk}/ta-bort/", follow=True)
    html = gone.content.decode()
    assert "Tatt bort av Koordinator" in html
    assert "Feil sted" not in html
    assert f'action="/kommentar/{said.pk}/hent-tilbake/"' in html
    assert client_of(cast, "coordinator").get(f"/kommentar/{said.pk}/endringer/").status_code == 404
    assert openers(page(cast, "adviser", PLAN))[3] == "Kommenter : Flere søkere"
    back = coordinator.post(f"/kommentar/{said.pk}/hent-tilbake/", follow=True)
    assert "Feil sted" in back.content.decode()


def test_what_others_took_away_is_theirs_to_bring_back(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator)
    client_of(cast, "adviser").post(f"/kommentar/{said.pk}/ta-bort/")
    assert client_of(cast, "coordinator").post(f"/kommentar/{said.pk}/hent-tilbake/").status_code == 403
    assert client_of(cast, "dean").post(f"/kommentar/{said.pk}/hent-tilbake/").status_code == 302


def test_a_conversation_that_is_done_stands_apart(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.adviser, about="mal", about_key="maalet")
    client_of(cast, "coordinator").post(f"/kommentar/{said.pk}/ferdig/", {"to": "ferdig"})
    response = page(cast, "adviser", ON_GOAL)
    assert texts(response, "summary")[-1] == "1 ferdig samtale"
    assert "ferdig: Koordinator" in response.content.decode()
    client_of(cast, "adviser").post(f"/kommentar/{said.pk}/ferdig/", {"to": "apen"})
    assert page(cast, "adviser", ON_GOAL).context["resolved"] == []


def test_names_are_offered_only_of_those_who_see_it(cast: Cast, plan: Document) -> None:
    address = "/kommentarer/mal/maalet/hvem/"
    offered = page(cast, "adviser", address, q="rå", internt="1")
    assert texts(offered, "button") == ["Rådgiver adviser@hf.example"]
    assert texts(page(cast, "adviser", address, q="ans", internt="1"), "button") == []
    assert texts(page(cast, "adviser", address, q="ans"), "button") == ["Ansatt staff@hf.example"]
    assert texts(page(cast, "adviser", address, q=" "), "button") == []


@pytest.mark.parametrize("person", ["adviser", "coordinator"])
def test_the_number_of_queries_does_not_grow_with_what_is_said(cast: Cast, draft: Document, person: str) -> None:
    asked = hearing(draft, cast.adviser)
    client = client_of(cast, person)
    addresses = (DRAFT, ON_GOAL, f"/horing/{asked.pk}/")
    counts = []
    for size in (1, 3):
        for number in range(size):
            top = comment(
                draft,
                cast.coordinator,
                f"@Dekan {number}",
                about="mal",
                about_key="maalet",
                hearing=asked,
                unit=cast.ihk,
            )
            top.mentioned.add(cast.dean)
            reply(top, cast.adviser)
            comment(draft, cast.adviser, about="tiltak", about_key="tiltaket")
        counts.append([_queries(client, address) for address in addresses])
    assert counts[0] == counts[1]


def test_a_page_costs_few_queries_more_with_comments_than_without(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    comment(plan, cast.adviser, about="mal", about_key="maalet")
    for person in ("outsider", "coordinator"):
        page(cast, person, PLAN)
    without, beside = (_queries(client_of(cast, person), PLAN) for person in ("outsider", "coordinator"))
    assert beside - without <= 2


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_an_older_day_than_today_is_kept_where_the_text_alone_is_changed(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser, closes_on=TODAY)
    assert asked.is_open(TODAY)
    stopped = send(client_of(cast, "adviser"), f"/horing/{asked.pk}/endre/", closes_on="2026-03-01")
    assert "Fristen er passert." in stopped.content.decode()
