"""A typing error in what is adopted is corrected beside the decision: logged, and without a new draft."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from planning.models import Measure
from strategy import correcting
from strategy.models import Decision, Document, Goal, Section
from strategy.outline import outline_of
from strategy.services import adopt, has_unadopted_changes, words_in_force
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of

NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    document = make.document("planen", cast.hf, title="Planen for opptakk")
    area = make.area(document, key="omraadet", title="Opptak")
    goal = make.goal(document, key="maalet", area=area, text="Flere sökere fra Nordland")
    make.measure(document, goal, key="tiltaket", text="Besøke skoler i Norland")
    Section.objects.create(document=document, kind="challenge", text="Søkertallene gårr ned")
    adopt(document, by=cast.dean, decided_by="Dekanen", decided_on=date(2026, 3, 1), case_number="", now=NOW)
    return Document.objects.get(pk=document.pk)


def correct(client: Any, about: str, key: str, **data: str) -> Any:
    page = client.get(f"/rett/{about}/{key}/")
    sent = {name: bound.value() for name in page.context["form"].fields if (bound := page.context["form"][name])}
    return client.post(f"/rett/{about}/{key}/", {**{k: v for k, v in sent.items() if v}, "why": "Skrivefeil", **data})


def test_readers_meet_the_corrected_word_and_the_decision_stands(cast: Cast, plan: Document) -> None:
    answer = correct(client_of(cast.adviser), "mal", "maalet", text="Flere søkere fra Nordland", why="ø for ö")
    assert answer["Location"] == "/planer/planen/#maalet"
    page = client_of(cast.outsider).get("/planer/planen/").content.decode()
    assert "Flere søkere fra Nordland" in page
    assert "Vedtak Dekanen, 1. mars 2026" in text_of(page)
    first, second = plan.versions.order_by("number")
    assert first.content["areas"][0]["goals"][0]["text"] == "Flere sökere fra Nordland"
    assert (second.corrects, second.why, second.decision, second.frozen_by) == (first, "ø for ö", None, cast.adviser)
    assert Decision.objects.count() == 1


def test_the_log_and_the_list_of_versions_tell_who_and_why(cast: Cast, plan: Document) -> None:
    client = client_of(cast.adviser)
    correct(client, "mal", "maalet", text="Flere søkere fra Nordland", why="ø for ö")
    newest = client.get("/mal/maalet/endringer/").context["page"].object_list[0]
    told = [(field.label, field.before, field.after) for field in newest.fields]
    assert (newest.who, newest.why) == ("Rådgiver", "ø for ö")
    assert told == [("Mål", "Flere sökere fra Nordland", "Flere søkere fra Nordland")]
    page = text_of(client.get("/planer/planen/sammenlign/").content.decode())
    assert "Utgave 2, rettet" in page
    assert "borte: sökere nytt: søkere" in page


def test_nothing_of_a_draft_is_published_with_it(cast: Cast, plan: Document) -> None:
    goal = Goal.objects.get(key="maalet")
    goal.text = "Ti ganger så mange søkere"
    goal.save()
    make.goal(plan, text="Et nytt mål", status="proposed")
    correct(client_of(cast.adviser), "tiltak", "tiltaket", text="Besøke skoler i Nordland")
    words = words_in_force(plan, today=date(2026, 3, 15))
    assert [measure["text"] for measure in words["measures"]] == ["Besøke skoler i Nordland"]
    assert [goal["text"] for goal in words["areas"][0]["goals"]] == ["Flere sökere fra Nordland"]
    assert words["goals"] == []
    assert Measure.objects.get(key="tiltaket").text == "Besøke skoler i Nordland"


def test_a_text_that_is_being_reworded_is_left_alone(cast: Cast, plan: Document) -> None:
    Goal.objects.filter(key="maalet").update(text="Ti ganger så mange søkere")
    correct(client_of(cast.adviser), "mal", "maalet", text="Flere søkere fra Nordland")
    assert Goal.objects.get(key="maalet").text == "Ti ganger så mange søkere"
    assert words_in_force(plan, today=date(2026, 3, 15))["areas"][0]["goals"][0]["text"] == "Flere søkere fra Nordland"


def test_title_area_and_running_text_are_corrected_too(cast: Cast, plan: Document) -> None:
    client, section = client_of(cast.adviser), Section.objects.get()
    correct(client, "dokument", "planen", title="Planen for opptak")
    correct(client, "omrade", "omraadet", title="Opptaket")
    correct(client, "avsnitt", str(section.pk), text="Søkertallene går ned")
    plan.refresh_from_db()
    words = words_in_force(plan, today=date(2026, 3, 15))
    assert (plan.known_as, words["areas"][0]["title"]) == ("Planen for opptak", "Opptaket")
    assert words["sections"][0]["text"] == words["challenges"][0]["text"] == "Søkertallene går ned"
    assert plan.versions.count() == 4
    assert not has_unadopted_changes(plan)
    assert outline_of(plan)["title"] == "Planen for opptak"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Færre studenter i det hele tatt", "Dette er mer enn en skrivefeil. Endre arbeidsteksten"),
        ("Flere sökere fra Nordland", "Du har ikke rettet noe ennå."),
        ("", "Fyll ut dette feltet."),
        ("   ", "Dette er mer enn en skrivefeil."),
    ],
)
def test_what_is_no_correction_is_refused(cast: Cast, plan: Document, text: str, words: str) -> None:
    page = correct(client_of(cast.adviser), "mal", "maalet", text=text).content.decode()
    assert words in page
    assert plan.versions.count() == 1


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("Minst 40 % av søkerne", "Minst 80 % av søkerne", "fra «40» til «80»"),
        ("Vi skal ikke kutte tilbudet", "Vi skal kutte tilbudet", "fra «ikke» til «–»"),
        ("Ferdig innen 15. juni hvert år", "Ferdig innen 15. juli hvert år", "En dato eller et tidspunkt er et annet"),
        ("Instituttene besøker skolene", "Instituttet besøker skolene", "Det er endret hvem dette gjelder"),
        ("Vi skal besøke alle skolene", "Vi bør besøke alle skolene", "hvor sterkt dette forplikter"),
    ],
)
def test_figures_times_negations_and_who_are_decided_anew(cast: Cast, before: str, after: str, words: str) -> None:
    plan = make.document("planen", cast.hf)
    make.goal(plan, key="maalet", text=before)
    adopt(plan, by=cast.dean, decided_by="Dekanen", decided_on=date(2026, 3, 1), case_number="", now=NOW)
    page = correct(client_of(cast.adviser), "mal", "maalet", text=after).content.decode()
    assert words in page
    assert "Slikt rettes ikke som en skrivefeil. Endre arbeidsteksten og vedta den som en ny utgave" in page
    assert plan.versions.count() == 1
    assert Goal.objects.get(key="maalet").text == before


def test_the_units_own_names_are_known(cast: Cast, plan: Document) -> None:
    words = correcting.party_words()
    assert {"musikk", "institut"} & words
    with pytest.raises(correcting.CannotCorrect, match="hvem dette gjelder"):
        correcting._changed(
            {"text": "Institutt for musikk skriver brev til alle"},
            "mal",
            {"text": "Institutt for historiske skriver brev til alle"},
            parties=words,
        )


def test_whoever_adopted_it_is_told_and_the_page_says_so(cast: Cast, plan: Document) -> None:
    correct(client_of(cast.adviser), "mal", "maalet", text="Flere søkere fra Nordland", why="ø for ö")
    told = text_of(client_of(cast.dean).get("/mitt-arbeid/").content.decode())
    assert "Rettet etter vedtaket Skrivefeil som andre har rettet i det du har vedtatt. Planen for opptakk" in told
    assert "ø for ö" in told
    assert "Rettet etter vedtaket" not in client_of(cast.adviser).get("/mitt-arbeid/").content.decode()
    page = text_of(client_of(cast.adviser).get("/planer/planen/").content.decode())
    assert re.search(r"Rettet etter vedtaket \d+\. \w+ \d{4} av Rådgiver: ø for ö", page)
    page = text_of(client_of(cast.outsider).get("/planer/planen/").content.decode())
    assert re.search(r"Rettet etter vedtaket \d+\. \w+ \d{4}: ø for ö", page)


def test_what_the_leader_corrects_is_told_to_nobody_and_what_is_adopted_anew_is_no_longer_corrected(
    cast: Cast, plan: Document
) -> None:
    correct(client_of(cast.dean), "mal", "maalet", text="Flere søkere fra Nordland", why="ø for ö")
    assert "Rettet etter" not in client_of(cast.dean).get("/mitt-arbeid/").content.decode()
    Goal.objects.filter(key="maalet").update(text="Ti ganger så mange søkere")
    adopt(plan, by=cast.dean, decided_by="Dekanen", decided_on=date(2026, 3, 9), case_number="", now=NOW)
    assert "Rettet etter" not in client_of(cast.adviser).get("/planer/planen/").content.decode()


def test_a_reason_is_asked_for(cast: Cast, plan: Document) -> None:
    page = correct(client_of(cast.adviser), "mal", "maalet", text="Flere søkere fra Nordland", why="").content.decode()
    assert "Flere søkere fra Nordland" in page
    assert plan.versions.count() == 1


def test_one_who_had_the_page_open_while_it_was_adopted_anew_is_told(cast: Cast, plan: Document) -> None:
    with pytest.raises(correcting.CannotCorrect, match="ny utgave"):
        correcting.correct(
            Goal.objects.get(key="maalet"),
            "mal",
            "maalet",
            {"text": "Flere søkere fra Nordland"},
            seen=7,
            why="ø",
            by=cast.adviser,
            now=NOW,
        )


def test_drafts_and_new_items_have_nothing_to_correct(cast: Cast, plan: Document) -> None:
    make.goal(plan, key="nytt", text="Et nytt mål", status="proposed")
    make.goal(make.document("utkast", cast.hf, state="draft"), key="utkastet")
    client = client_of(cast.adviser)
    assert [client.get(f"/rett/mal/{key}/").status_code for key in ("nytt", "utkastet", "finnes-ikke")] == [404] * 3
    assert client.get("/rett/annet/maalet/").status_code == 404


def test_the_items_page_leads_to_it_for_those_who_may(cast: Cast, plan: Document) -> None:
    assert "/rett/mal/maalet/" in client_of(cast.adviser).get("/mal/maalet/").content.decode()
    assert "/rett/mal/maalet/" not in client_of(cast.reader).get("/mal/maalet/").content.decode()


def test_who_came_second_sees_what_is_read_now_and_can_press_once_more(cast: Cast, plan: Document) -> None:
    client = client_of(cast.adviser)
    correct(client, "mal", "maalet", text="Flere søkere fra Nordland")
    late = correct(client, "mal", "maalet", text="Flere søkjere fra Nordland", seen="1")
    said = text_of(late.content.decode())
    assert "Dokumentet har fått en ny utgave siden du åpnet siden." in said
    assert "Slik leses det nå: «Flere søkere fra Nordland»" in said
    form = late.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert (sent["text"], sent["seen"]) == ("Flere søkjere fra Nordland", 2)
    assert client.post("/rett/mal/maalet/", sent).status_code == 302
    assert plan.versions.count() == 3
