"""Who may do what with a document, a measure, a wheel and an entry, and why."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from annual_wheel.allowed import acts_of_document, acts_of_entry, acts_of_measure, acts_of_wheel
from annual_wheel.models import Edition, Entry, Task, Wheel
from organisation.acts import Act, Everyone, verdict
from organisation.models import Hearing, Membership, User
from planning.models import Measure
from planning.responsible import measures_of_plan, reporting_units
from strategy.models import Document
from strategy.services import adopt
from strategy.talk import rights_of
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW

TODAY = date(2026, 3, 15)
pytestmark = pytest.mark.usefixtures("today")
TELL, WRITE, ADOPT = "Fortelle hvordan tiltakene står", "Skrive i det", "Vedta det"
TELL_OF_ONE, NOTE = "Fortelle hvordan det står, og evaluere det", "Lese og skrive interne kommentarer"


def said(acts: list[Act], person: User) -> dict[str, str]:
    return {act.label: verdict(act, person, today=TODAY).words for act in acts}


def of(document: Document) -> list[Act]:
    return acts_of_document(document, measures_of_plan(document, today=TODAY), today=TODAY)


def one(acts: list[Act], label: str) -> Act:
    return next(act for act in acts if act.label == label)


@pytest.fixture
def plan(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf, state="draft")
    make.goal(plan)
    measure = make.measure(plan, key="tiltaket", text="Tekst")
    measure.responsibilities.create(group=cast.departments)  # type: ignore[attr-defined]
    return plan


def test_a_draft_is_read_written_and_adopted_by_roles(cast: Cast, plan: Document) -> None:
    acts = of(plan)
    assert [act.label for act in acts] == [
        "Lese det",
        "Gi innspill i høringen",
        "Lese og skrive interne kommentarer",
        WRITE,
        "Sende det på høring",
        ADOPT,
        TELL,
    ]
    answers = said(acts, cast.adviser)
    assert answers["Lese det"] == answers[WRITE] == answers[TELL] == "Ja: Rådgiver er redaktør ved HF."
    assert answers[ADOPT] == "Nei: Rådgiver er bare redaktør ved HF."
    assert answers["Gi innspill i høringen"] == "Nei, det er ingen som kan det nå: Dokumentet er ikke på høring."
    assert said(acts, cast.dean)[ADOPT] == "Ja: Dekan er leder ved HF."
    assert said(acts, cast.outsider)["Lese det"] == "Nei: Rådgiver ved NV har ingen rolle ved HF eller en enhet over."


def test_a_hearing_lets_those_below_read_and_respond(cast: Cast, plan: Document) -> None:
    Document.objects.update(state="hearing")
    Hearing.objects.create(
        within="planen", owner=cast.hf, opened_on=TODAY, closes_on=TODAY, invitation="Si fra", opened_by=cast.adviser
    )
    plan.refresh_from_db()
    answers = said(of(plan), cast.coordinator)
    assert answers["Lese det"] == answers["Gi innspill i høringen"]
    assert answers["Lese det"] == "Ja: Koordinator er bidragsyter ved IHK og bidragsyter ved ISL."


def test_what_holds_is_read_by_all_and_says_who_reads_the_working_text(cast: Cast, plan: Document) -> None:
    Document.objects.update(state="in_force", is_public=True)
    plan.refresh_from_db()
    answers = said(of(plan), cast.outsider)
    assert answers["Lese det som gjelder"] == "Ja: Alle kan lese det, også uten å logge inn."
    assert answers["Lese teksten det arbeides med"].startswith("Nei: ")


def test_who_leads_through_a_group_may_tell_and_is_told_so(cast: Cast, plan: Document) -> None:
    Document.objects.update(state="in_force")
    plan.refresh_from_db()
    answer = verdict(one(of(plan), TELL), cast.coordinator, today=TODAY)
    assert (answer.is_yes, answer.words) == (True, "Ja: Koordinator er bidragsyter ved IHK.")
    assert "IHK har ansvaret for 1 tiltak." in answer.more
    acts = acts_of_measure(Measure.objects.get(), today=TODAY)
    label = TELL_OF_ONE
    answer = verdict(one(acts, label), cast.coordinator, today=TODAY)
    assert "IHK har ansvaret som en av «Instituttene»." in answer.more
    answer = verdict(one(acts, label), cast.outsider, today=TODAY)
    assert answer.words == "Nei: Rådgiver ved NV har ingen rolle som gir lov til det."
    answer = verdict(one(acts, label), cast.reader, today=TODAY)
    assert (answer.is_yes, answer.words) == (False, "Nei: Ansatt er bare leser ved HF.")
    assert answer.more[1] == (
        "Å kvittere ut krever bidragsyter, redaktør, leder eller administrator ved IHK, IMU eller ISL eller en enhet "
        "over."
    )


def test_a_draft_is_noted_on_and_told_of_by_those_alone_who_see_it(cast: Cast, plan: Document) -> None:
    client = client_of(cast.coordinator)
    assert client.get("/tiltak/tiltaket/rapporter/").status_code == 404
    told = [(of(plan), NOTE), (of(plan), TELL), (acts_of_measure(Measure.objects.get(), today=TODAY), TELL_OF_ONE)]
    for acts, label in told:
        answer = verdict(one(acts, label), cast.coordinator, today=TODAY)
        assert answer.words == "Nei: Koordinator har ingen rolle ved HF eller en enhet over."
        assert any(words.startswith("Og en må kunne lese det. Å lese utkast krever leser, ") for words in answer.more)
    named = Everyone(User.objects.all(), today=TODAY).who_may(one(of(plan), NOTE))
    assert {str(person) for person, _because in named.people} == {"Administrator", "Dekan", "Rådgiver"}
    Membership.objects.create(user=cast.coordinator, unit=cast.hf, role="reader")
    again = User.objects.get(pk=cast.coordinator.pk)
    assert all(verdict(one(acts, label), again, today=TODAY).is_yes for acts, label in told)


def test_what_is_put_away_is_closed_until_it_is_taken_back(cast: Cast, plan: Document) -> None:
    Document.objects.update(state="put_away")
    plan.refresh_from_db()
    acts = [*of(plan), *acts_of_measure(Measure.objects.select_related("document__owner").get(), today=TODAY)]
    assert {act.closed for act in acts} == {"Utkastet er lagt bort. Hent det tilbake først."}
    answer = verdict(one(acts, WRITE), cast.adviser, today=TODAY)
    assert (answer.is_yes, answer.more) == (False, ["Ellers hadde svaret vært «Ja: Rådgiver er redaktør ved HF.»"])
    client = client_of(cast.administrator)
    assert client.get("/administrasjon/hvem-kan/").context["rows"] == []
    assert "Ingen kan det nå: Utkastet er lagt bort." in client.get(PAGE).content.decode()


def test_a_measure_that_is_not_adopted_is_for_those_who_read_the_working_text(cast: Cast, plan: Document) -> None:
    adopt(plan, by=cast.dean, decided_by="Styret", decided_on=TODAY, case_number="", now=NOW)
    plan.refresh_from_db()
    new = make.measure(plan, key="det-nye", text="Nytt")
    acts = acts_of_measure(new, today=TODAY)
    assert [act.label for act in acts][:2] == ["Lese det", "Gi innspill i høringen"]
    assert one(acts, TELL_OF_ONE).closed == "Tiltaket gjelder ikke ennå."
    for label in ("Lese det", NOTE):
        assert verdict(one(acts, label), cast.adviser, today=TODAY).is_yes
        assert not verdict(one(acts, label), cast.coordinator, today=TODAY).is_yes
    standing = acts_of_measure(Measure.objects.get(key="tiltaket"), today=TODAY)
    assert verdict(one(standing, TELL_OF_ONE), cast.coordinator, today=TODAY).is_yes


def test_a_measure_that_waits_for_its_day_is_read_by_all_and_told_of_by_none(cast: Cast, plan: Document) -> None:
    adopt(plan, by=cast.dean, decided_by="Styret", decided_on=TODAY, case_number="", now=NOW)
    new = make.measure(plan, key="det-nye", text="Nytt")
    days: Any = {"decided_on": TODAY, "holds_from": date(2026, 8, 1)}
    adopt(Document.objects.get(), by=cast.dean, decided_by="Styret", case_number="", now=NOW, **days)
    acts = acts_of_measure(Measure.objects.select_related("document__owner").get(pk=new.pk), today=TODAY)
    assert verdict(acts[0], cast.outsider, today=TODAY).is_yes
    assert one(acts, TELL_OF_ONE).closed == "Tiltaket gjelder ikke ennå."
    elsewhere = client_of(make.user("admin@nv.example", ("administrator", cast.ihk)))
    assert elsewhere.get("/tiltak/det-nye/").status_code == 200
    assert elsewhere.get(f"{ASK}tiltak/det-nye/").status_code == 403


def test_a_stand_in_is_told_as_one(cast: Cast, plan: Document) -> None:
    through = cast.dean.memberships.get()
    Membership.objects.create(
        user=cast.adviser, unit=cast.hf, role="leader", through=through, from_on=TODAY, to_on=TODAY
    )
    words = said(of(plan), cast.adviser)[ADOPT]
    assert words == "Ja: Rådgiver er leder ved HF, som vikar for Dekan til 15. mars 2026."


def test_the_answers_never_differ_from_the_rules(cast: Cast, plan: Document) -> None:
    wheel = make.wheel("hf", cast.hf)
    for state in ("draft", "hearing", "in_force"):
        Document.objects.update(state=state)
        plan = Document.objects.select_related("owner").get()
        (measure,) = measures_of_plan(plan, today=TODAY)
        for person in cast.people.values():
            told = {act.label: verdict(act, person, today=TODAY).is_yes for act in of(plan)}
            reads = told.get("Lese det", told.get("Lese det som gjelder"))
            assert reads == plan.is_visible_to(person, today=TODAY)
            assert told[WRITE] == Document.objects.editable_by(person, today=TODAY).exists()
            speaks = reads and bool(reporting_units(measure, plan, person, today=TODAY))
            assert told[TELL] == speaks
            of_one = acts_of_measure(Measure.objects.get(), today=TODAY)
            assert verdict(one(of_one, TELL_OF_ONE), person, today=TODAY).is_yes == speaks
            rights = rights_of(person, plan, today=TODAY)
            assert told[NOTE] == (reads and rights is not None and rights.may_note)
            writes = one(acts_of_wheel(wheel, today=TODAY), "Skrive i det, åpne år, flytte og avlyse")
            assert (
                verdict(writes, person, today=TODAY).is_yes == Wheel.objects.editable_by(person, today=TODAY).exists()
            )


def test_an_entry_is_ticked_off_where_its_task_is(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.ihk, key="punktet")
    acts = acts_of_entry(entry, today=TODAY)
    answer = verdict(one(acts, "Kvittere ut oppgaven"), cast.coordinator, today=TODAY)
    assert answer.words == "Nei, det er ingen som kan det nå: Ingen enhet har punktet som oppgave nå."
    make.edition(entry, 2026)
    Task.objects.get_or_create(edition=Edition.objects.get(), unit=cast.ihk)
    acts = acts_of_entry(Entry.objects.get(), today=TODAY)
    answer = verdict(one(acts, "Kvittere ut oppgaven"), cast.coordinator, today=TODAY)
    assert (answer.words, answer.more) == ("Ja: Koordinator er bidragsyter ved IHK.", ["IHK har oppgaven."])


def test_names_are_those_one_administers_and_the_rest_is_counted(cast: Cast, plan: Document) -> None:
    reached = User.objects.filter(pk__in=[cast.adviser.pk, cast.dean.pk])
    named = Everyone(reached, today=TODAY).who_may(one(of(plan), WRITE))
    assert [(str(person), because) for person, because in named.people] == [
        ("Dekan", "leder ved HF"),
        ("Rådgiver", "redaktør ved HF"),
    ]
    assert named.rest == "og 1 person du ikke administrerer"


ASK = "/administrasjon/hvem-kan/"
PAGE = f"{ASK}dokument/planen/"


def test_the_page_lists_and_answers(client: Client, cast: Cast, plan: Document) -> None:
    client.force_login(cast.administrator)
    assert f'href="{PAGE}"' in client.get("/administrasjon/hvem-kan/?sok=plan").content.decode()
    page = client.get(PAGE).content.decode()
    assert "Ingen kan det nå: Dokumentet er ikke på høring." in page
    assert "Koordinator" in page
    page = client.get(f"{PAGE}?hvem=dekan").content.decode()
    assert "Ja: Dekan er leder ved HF." in page
    assert "Fant ingen person" in client.get(f"{PAGE}?hvem=ingen").content.decode()
    on = client.get(f"{PAGE}?hvem=dean@hf.example&gjelder=tiltaket")
    assert on.headers["Location"] == "/administrasjon/hvem-kan/tiltak/tiltaket/?hvem=dean%40hf.example"
    assert client.get("/administrasjon/hvem-kan/noe/planen/").status_code == 404


def test_the_document_leads_there_for_its_administrators_alone(cast: Cast, plan: Document) -> None:
    for person, is_led in ((cast.administrator, True), (cast.adviser, False)):
        page = client_of(person).get("/planer/planen/").content.decode()
        assert (f'href="{PAGE}"' in page) == is_led


def test_an_administrator_elsewhere_gets_no_answer(cast: Cast, plan: Document) -> None:
    elsewhere = make.user("admin@nv.example", ("administrator", cast.ihk))
    assert client_of(elsewhere).get(PAGE).status_code == 404  # a draft above is not seen
    assert client_of(elsewhere).get(f"{ASK}tiltak/tiltaket/").status_code == 404
    Document.objects.update(state="in_force")
    assert client_of(elsewhere).get(PAGE).status_code == 403
    Document.objects.update(state="put_away")
    assert client_of(elsewhere).get(PAGE).status_code == 404


@pytest.mark.parametrize(("status", "answer"), [("proposed", 404), ("active", 403)])
def test_an_entry_that_is_proposed_is_not_told_of_elsewhere(cast: Cast, status: str, answer: int) -> None:
    make.entry(make.wheel("hf", cast.hf), key="punktet", status=status)
    elsewhere = client_of(make.user("admin@nv.example", ("administrator", cast.ihk)))
    assert elsewhere.get(f"{ASK}punkt/punktet/").status_code == answer
    assert elsewhere.get("/aarshjul/punkt/punktet/").status_code == (404 if answer == 404 else 200)
    assert elsewhere.get(f"{ASK}arshjul/hf/").status_code == 403


def test_a_measure_of_the_working_text_is_not_told_of_elsewhere(cast: Cast, plan: Document) -> None:
    adopt(plan, by=cast.dean, decided_by="Styret", decided_on=TODAY, case_number="", now=NOW)
    make.measure(plan, key="det-nye", text="Nytt")
    elsewhere = client_of(make.user("admin@nv.example", ("administrator", cast.ihk)))
    for key, answer in (("det-nye", 404), ("tiltaket", 403)):
        assert elsewhere.get(f"{ASK}tiltak/{key}/").status_code == answer
    asked = client_of(cast.administrator).get(f"{ASK}tiltak/det-nye/")
    assert (asked.status_code, asked.context["thing"].state) == (200, "Dokumentet: Gjelder")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_one_measure_as_for_three(
    cast: Cast, plan: Document, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        make.measure(plan, text=f"Tiltak {number}")
    client = client_of(cast.administrator)
    client.get(PAGE)
    with django_assert_max_num_queries(40):
        client.get(PAGE)
