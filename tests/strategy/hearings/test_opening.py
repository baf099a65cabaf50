"""What can be commented on and by whom, and a hearing from its first day to its last."""

from datetime import timedelta

import pytest

from organisation.models import Comment, Hearing
from strategy import writing
from strategy.models import Document, Section
from strategy.services import freeze, has_unadopted_changes
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW, TODAY
from tests.page import texts
from tests.sending import fields_of, send
from tests.strategy.hearings.pages import DRAFT, ON_GOAL, PLAN, client_of, openers, page, queries
from tests.talking import comment, hearing

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
    told, *_for_later = texts(adviser.get(DRAFT), "span", class_="toast-text")
    assert told == (
        f"Sendt på høring til og med 1. april 2026. Alle med en rolle ved {draft.owner} og enhetene under kan gi "
        "innspill."
    )
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
    assert "Dokumentet er på høring allerede." in told.content.decode()
    assert Hearing.objects.count() == 1


def test_an_older_day_than_today_is_kept_where_the_text_alone_is_changed(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser, closes_on=TODAY)
    assert asked.is_open(TODAY)
    stopped = send(client_of(cast, "adviser"), f"/horing/{asked.pk}/endre/", closes_on="2026-03-01")
    assert "Fristen er passert." in stopped.content.decode()


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


def test_a_page_costs_few_queries_more_with_comments_than_without(cast: Cast, plan: Document) -> None:
    freeze(plan, by=cast.adviser, now=NOW)
    comment(plan, cast.adviser, about="mal", about_key="maalet")
    for person in ("outsider", "coordinator"):
        page(cast, person, PLAN)
    without, beside = (queries(client_of(cast, person), PLAN) for person in ("outsider", "coordinator"))
    assert beside - without <= 2
