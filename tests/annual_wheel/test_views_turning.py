"""The page of the year's turn: what it shows, how one chooses, proposes and answers, and how the year is opened."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel import opening, services, turning
from annual_wheel.models import Edition, Entry, Proposal, Task, TurnDecision, Wheel
from organisation.models import User
from strategy.models import Document
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast
from tests.page import text_of, texts
from tests.sending import send

NOW = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Oslo"))
TODAY = date(2026, 1, 1)
TURN = "/aarshjul/hf/2027/vending/"
PREVIEW = f"{TURN}slik-blir-aaret/"


@pytest.fixture
def login(client: Client, today: date) -> Callable[[User], Client]:
    def log_in(user: User) -> Client:
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    made = make.wheel("hf", cast.hf, title="Årshjul HF", document=make.document("planen", cast.hf, title="Planen"))
    make.entry(made, cast.departments, key="messe", text="Messe", month=2, when_words="1. februar")
    make.entry(made, cast.ihk, key="brev", text="Brev", month=5, when_words="medio mai", position=1)
    opening.open_year(made, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    return made


def figures(response: HttpResponse) -> dict[str, int]:
    """The numbers at the top, by the filter that each opens."""
    found = re.findall(r'\?vis=([\w-]+)"[^>]*><strong class="numeric">(\d+)', response.content.decode())
    return {code: int(number) for code, number in found}


def rows(response: HttpResponse) -> dict[str, str]:
    """What each row says, by its key."""
    html = response.content.decode()
    parts = re.split(r'<li class="turn-row" id="rad-(\w+)"', html)[1:]
    return {key: text_of(part.split("</section>")[0]) for key, part in zip(parts[::2], parts[1::2], strict=True)}


def choose(client: Client, key: str, choice: str, *, version: int = 0, **data: str) -> Any:
    sent = {"choice": choice, "lock_version": str(version), **data}
    return client.post(f"/aarshjul/punkt/{key}/2027/avgjor/", sent)


def test_every_entry_stands_with_the_years_behind_it(cast: Cast, wheel: Wheel, login: Any) -> None:
    edition = Edition.objects.get(entry__key="messe")
    services.tick(make.tasks_of(edition)["ihk"], by=cast.coordinator, now=NOW, note="Mange kom")
    services.mark_not_relevant(make.tasks_of(edition)["imu"], by=cast.dean, reason="Ingen studenter")
    services.describe(edition, by=cast.adviser, form="digital", outcome="300 kom", today=TODAY, expected=1)
    response = login(cast.adviser).get(TURN)
    assert texts(response, "h1") == ["Årets vending 2027"]
    assert texts(response, "h2", class_="group-title") == ["Februar 1", "Mai 1"]
    said = rows(response)["messe"]
    assert "1. februar" in said
    assert "1 av 3" in said
    for words in ("digitalt i år", "300 kom", "IHK: Mange kom", "IMU: Ingen studenter"):
        assert words in said
    assert figures(response) == {"gjenstaar": 2, "beholdes": 2, "endres": 0, "avsluttes": 0, "nye": 0}


def test_what_was_cancelled_comes_back_by_itself_and_it_says_so(cast: Cast, wheel: Wheel, login: Any) -> None:
    edition = Edition.objects.get(entry__key="messe")
    services.cancel(edition, by=cast.adviser, reason="Messene utgår", is_partly=False, today=TODAY, expected=1)
    response = login(cast.adviser).get(TURN)
    said = rows(response)["messe"]
    assert "Utgikk i 2026. Kommer tilbake i 2027." in said
    assert "Messene utgår" in said
    assert figures(response)["tilbake"] == 1
    assert list(rows(login(cast.adviser).get(f"{TURN}?vis=tilbake"))) == ["messe"]


def test_a_choice_is_kept_with_who_and_why_and_counted(cast: Cast, wheel: Wheel, login: Any) -> None:
    client = login(cast.adviser)
    answer = choose(client, "messe", "drop", why="Ingen kom")
    assert answer["Location"] == f"{TURN}#avslutt-messe"
    response = client.get(answer["Location"])
    assert "Avsluttes etter 2026: «Messe»" in text_of(response.content.decode())
    said = rows(response)["messe"]
    assert "Avsluttes etter 2026. Det som er gjort, står." in said
    assert "Rådgiver, " in said
    assert figures(response) == {"gjenstaar": 1, "beholdes": 1, "endres": 0, "avsluttes": 1, "nye": 0}
    choose(client, "messe", "keep", version=1)
    assert figures(client.get(TURN))["beholdes"] == 2
    assert Entry.objects.get(key="messe").to_year is None


def test_a_choice_in_place_answers_with_the_row_and_says_so(cast: Cast, wheel: Wheel, login: Any) -> None:
    client = login(cast.adviser)
    sent = {"choice": "keep", "lock_version": "0"}
    response = client.post("/aarshjul/punkt/messe/2027/avgjor/", sent, headers={"hx-request": "true"})
    html = response.content.decode()
    assert html.startswith('<li class="turn-row" id="rad-messe" data-choice="keep">')
    assert response["HX-Trigger"] == '{"announce": {"value": "Beholdes i 2027: \\u00abMesse\\u00bb"}}'
    assert "turn-changed" in response["HX-Trigger-After-Settle"]
    head = client.get(TURN, headers={"hx-request": "true"})
    assert head.content.decode().startswith('<div class="turn-head" id="turn-head">')
    assert figures(head)["gjenstaar"] == 1


def test_a_choice_made_from_an_old_page_is_told_and_changes_nothing(cast: Cast, wheel: Wheel, login: Any) -> None:
    choose(login(cast.dean), "messe", "keep")
    sent = {"choice": "drop", "lock_version": "0", "why": "For dyrt"}
    response = login(cast.adviser).post("/aarshjul/punkt/messe/2027/avgjor/", sent, headers={"hx-request": "true"})
    html = response.content.decode()
    assert "Dekan valgte «beholdes» mens du hadde siden åpen. Se over, og velg på nytt." in text_of(html)
    assert 'name="lock_version" value="1"' in html
    assert 'value="For dyrt"' in html
    assert TurnDecision.objects.get().choice == "keep"
    assert Entry.objects.get(key="messe").to_year is None


def test_changing_goes_to_the_form_from_that_year_and_back_to_the_row(cast: Cast, wheel: Wheel, login: Any) -> None:
    client = login(cast.adviser)
    answer = choose(client, "messe", "change")
    assert unquote(answer["Location"]) == (f"/aarshjul/punkt/messe/endre/?ar=from-2027&next={TURN}#endre-messe")
    form = client.get(answer["Location"])
    assert re.findall(r'name="years" value="([^"]+)"[^>]*checked', form.content.decode()) == ["from-2027"]
    assert "Skal endres, men ordene, datoen og ansvaret er de samme ennå." in rows(client.get(TURN))["messe"]
    saved = send(client, answer["Location"].split("#")[0], when_words="3. mars")
    assert saved["Location"] == f"{TURN}#endre-messe"
    response = client.get(TURN)
    assert "I 2026 var datoen «1. februar»." in rows(response)["messe"]
    assert "3. mars" in rows(response)["messe"]
    assert figures(response)["endres"] == 1


def test_a_change_is_from_the_year_prepared_also_when_it_is_long_ago(cast: Cast, login: Any) -> None:
    old = make.wheel("gammelt", cast.hf)
    entry = make.entry(old, cast.ihk, key="gammel", when_words="1. februar")
    opening.open_year(old, year=2021, by=cast.adviser, now=NOW, today=date(2021, 1, 1))
    send(login(cast.adviser), "/aarshjul/punkt/gammel/endre/?ar=from-2022", when_words="3. mars")
    opening.open_year(old, year=2022, by=cast.adviser, now=NOW, today=TODAY)
    assert [(made.year, made.as_written) for made in entry.editions.order_by("year")] == [
        (2021, "1. februar"),
        (2022, "3. mars"),
    ]


def test_what_begins_that_year_is_new(cast: Cast, wheel: Wheel, login: Any) -> None:
    make.entry(wheel, cast.ihk, key="ny", text="Ny", from_year=2027)
    client = login(cast.adviser)
    response = client.get(TURN)
    assert "Nytt fra 2027." in rows(response)["ny"]
    assert figures(response) == {"gjenstaar": 2, "beholdes": 2, "endres": 0, "avsluttes": 0, "nye": 1}
    form = client.get(f"/aarshjul/hf/rediger/nytt-punkt/?fra=2027&next={TURN}")
    assert re.search(r'name="from_year" value="2027"', form.content.decode())


def test_the_preview_has_what_cannot_be_read_first_and_is_not_opened_with_it(
    cast: Cast, wheel: Wheel, login: Any
) -> None:
    make.entry(wheel, cast.ihk, key="rar", text="Rar", when_words="når det passer seg kanskje", from_year=2027)
    client = login(cast.adviser)
    response = client.get(PREVIEW)
    html = response.content.decode()
    assert texts(response, "h2") == ["Må ha en dato før året kan åpnes 1", "Åpne 2027"]
    assert "«når det passer seg kanskje» kan ikke leses som en dato." in text_of(html)
    assert f"/aarshjul/punkt/rar/endre/?ar=from-2027&amp;next={TURN}" in unquote(html)
    assert 'id="aapne"' not in html
    assert figures(client.get(TURN))["uten-dato"] == 1


def test_the_preview_says_the_days_of_that_year(cast: Cast, wheel: Wheel, login: Any) -> None:
    make.entry(
        wheel, cast.ihk, key="etter", text="Etter", month=2, when_words="to uker før messen", position=3,
        anchor=Entry.objects.get(key="messe"), anchor_offset_days=-14,
    )  # fmt: skip
    response = login(cast.adviser).get(PREVIEW)
    said = text_of(response.content.decode())
    assert "3 punkter i 2027" in said
    assert "11.–20. mai" in said
    assert "18. januar" in said  # two weeks before 1 February, which is not stored yet
    assert Edition.objects.filter(year=2027).count() == 0


def test_the_year_is_opened_and_the_opening_undone(cast: Cast, wheel: Wheel, login: Any) -> None:
    client = login(cast.adviser)
    choose(client, "brev", "drop")
    opened = client.post("/aarshjul/hf/2027/aapne/", follow=True)
    assert "/aarshjul/hf/2027/angre-aapning/" in opened.content.decode()
    assert [edition.entry.key for edition in Edition.objects.filter(year=2027)] == ["messe"]
    page = client.get(TURN)
    assert "Angre åpningen" in text_of(page.content.decode())
    assert rows(page)["messe"].count("Behold") == 0
    undone = client.post("/aarshjul/hf/2027/angre-aapning/", follow=True)
    assert undone.redirect_chain == [(TURN, 302)]
    assert "Åpningen av 2027 er angret. Valgene dere har gjort, står." in text_of(undone.content.decode())
    assert Edition.objects.filter(year=2027).count() == 0
    assert figures(client.get(TURN))["avsluttes"] == 1


def test_the_opening_is_not_undone_after_a_tick_and_the_page_says_why(cast: Cast, wheel: Wheel, login: Any) -> None:
    opening.open_year(wheel, year=2027, by=cast.adviser, now=NOW, today=TODAY)
    services.tick(Task.objects.filter(edition__year=2027, unit=cast.isl).get(), by=cast.coordinator, now=NOW)
    client = login(cast.adviser)
    words = "Åpningen av 2027 kan ikke angres lenger: 1 oppgave er kvittert ut."
    assert words in text_of(client.get(TURN).content.decode())
    undone = client.post("/aarshjul/hf/2027/angre-aapning/", follow=True)
    assert words in texts(undone, "div", id="messages")[0]
    assert Edition.objects.filter(year=2027).count() == 2


def test_a_task_that_is_gone_sends_one_back_with_the_words(cast: Cast, wheel: Wheel, login: Any, monkeypatch) -> None:
    def gone(*args: Any, **kwargs: Any) -> None:
        raise services.Gone("Oppgaven er borte.")

    monkeypatch.setattr(services, "tick", gone)
    task = Task.objects.filter(unit=cast.ihk).first()
    assert task is not None
    answer = login(cast.coordinator).post(f"/oppgave/{task.pk}/kvitter/", headers={"hx-request": "true"})
    assert answer["HX-Redirect"] == "/mitt-arbeid/"


def test_coverage_is_told_both_ways_for_that_year(cast: Cast, wheel: Wheel, login: Any) -> None:
    plan = wheel.document
    assert plan is not None
    make.measure(plan, key="udatert", text="Besøke skoler")
    carried, ended = make.measure(plan, key="datert", text="Skrive"), make.measure(plan, key="slutt", text="Messe")
    Entry.objects.get(key="brev").measures.add(carried)
    Entry.objects.get(key="messe").measures.add(ended)
    client = login(cast.adviser)
    covered = texts(client.get(TURN), "section", id="dekning")[0]
    assert covered.endswith("Tiltak uten punkt i 2027 1 Besøke skoler Punkter ingen tiltak forklarer 0 "
                            "Alle punktene hører til et tiltak")  # fmt: skip
    choose(client, "messe", "drop")
    covered = texts(client.get(TURN), "section", id="dekning")[0]
    assert "Tiltak uten punkt i 2027 2" in covered


def test_the_plan_is_named_as_readers_know_it(cast: Cast, wheel: Wheel, login: Any) -> None:
    plan = wheel.document
    assert plan is not None
    freeze(plan, by=cast.dean, now=NOW)
    Document.objects.filter(pk=plan.pk).update(title="Ny tittel under arbeid")
    covered = texts(login(cast.adviser).get(TURN), "section", id="dekning")[0]
    assert "Hjulet gjennomfører Planen ." in covered or "Hjulet gjennomfører Planen." in covered


def test_a_department_sees_and_proposes_but_does_not_decide(cast: Cast, wheel: Wheel, login: Any) -> None:
    client = login(cast.coordinator)
    page = client.get(TURN)
    assert "Foreslå til 2027" in rows(page)["messe"]
    assert "Avslutt" not in text_of(page.content.decode())
    assert choose(client, "messe", "drop").status_code == 403
    assert client.get(PREVIEW).status_code == 200
    assert 'id="aapne"' not in client.get(PREVIEW).content.decode()
    sent = {"kind": "change", "text": "Heller i mars, da er studentene her", "unit": str(cast.ihk.pk)}
    answer = client.post("/aarshjul/punkt/messe/2027/foresla/", sent)
    made = Proposal.objects.get()
    assert answer["Location"] == f"/aarshjul/punkt/messe/#forslag-{made.pk}"
    assert (made.unit, made.proposed_by, made.kind) == (cast.ihk, cast.coordinator, "change")
    assert "Bør endres: Heller i mars, da er studentene her" in text_of(
        client.get("/aarshjul/punkt/messe/").content.decode()
    )


def test_one_proposes_only_for_units_of_ones_own(cast: Cast, wheel: Wheel, login: Any) -> None:
    sent = {"kind": "change", "text": "Heller i mars", "unit": str(cast.imu.pk)}
    assert login(cast.coordinator).post("/aarshjul/punkt/messe/2027/foresla/", sent).status_code == 200
    assert Proposal.objects.count() == 0


def test_a_new_entry_is_proposed_and_answered(cast: Cast, wheel: Wheel, login: Any) -> None:
    sent = {"kind": "new", "text": "Podkast", "unit": str(cast.isl.pk)}
    assert login(cast.coordinator).post(f"{TURN}foresla/", sent)["Location"].startswith(TURN)
    made = Proposal.objects.get()
    assert made.entry is None
    client = login(cast.adviser)
    listed = texts(client.get(TURN), "section", id="rad-nye-forslag")
    assert len(listed) == 1
    assert "Nytt punkt: Podkast" in listed[0]
    assert "Svar" in listed[0]
    url = f"/aarshjul/forslag/{made.pk}/svar/"
    refused = client.post(url, {"answer": "not", "answer_text": "", "lock_version": "1"})
    assert "Skriv kort hvorfor, så de som foreslo det, forstår det." in text_of(refused.content.decode())
    client.post(url, {"answer": "not", "answer_text": "Ikke råd", "lock_version": "1"})
    answered = texts(login(cast.coordinator).get(TURN), "section", id="rad-nye-forslag")[0]
    assert "Ikke tatt inn : Ikke råd (Rådgiver)" in answered


def test_an_answer_stands_on_my_work_for_a_month(cast: Cast, wheel: Wheel, login: Any, today: date) -> None:
    made = Proposal.objects.create(
        wheel=wheel, entry=wheel.entries.first(), year=2027, unit=cast.ihk, kind="change", text="I mars heller",
        proposed_at=NOW, proposed_by=cast.coordinator, answer="not", answer_text="Ikke råd", answered_by=cast.adviser,
        answered_at=datetime(2026, 3, 1, 12, tzinfo=NOW.tzinfo),
    )  # fmt: skip
    client = login(cast.coordinator)
    shown = texts(client.get("/mitt-arbeid/"), "section", aria_labelledby="group-answers")
    assert shown == ["Svar på forslag 1 I mars heller Ikke tatt inn : Ikke råd Rådgiver"]
    Proposal.objects.filter(pk=made.pk).update(answered_at=datetime(2026, 2, 1, 12, tzinfo=NOW.tzinfo))
    assert texts(client.get("/mitt-arbeid/"), "section", aria_labelledby="group-answers") == []


def test_one_s_own_proposal_can_be_changed_until_it_is_answered(cast: Cast, wheel: Wheel, login: Any) -> None:
    sent = {"kind": "change", "text": "I mars heller", "unit": str(cast.ihk.pk)}
    client = login(cast.coordinator)
    client.post("/aarshjul/punkt/brev/2027/foresla/", sent)
    made = Proposal.objects.get()
    edit, take_back = f"/aarshjul/forslag/{made.pk}/endre/", f"/aarshjul/forslag/{made.pk}/trekk/"
    for path in ("/aarshjul/punkt/brev/", TURN):
        html = client.get(path).content.decode()
        assert (path, edit in html, take_back in html) == (path, True, True)
    html = login(cast.adviser).get(TURN).content.decode()
    assert (edit in html, take_back in html) == (False, False)
    page = login(cast.coordinator).get(edit)
    answer = send(client, edit, of=page, kind="drop", text="Dropp det")
    assert (answer.status_code, answer["Location"]) == (302, f"/aarshjul/punkt/brev/#forslag-{made.pk}")
    made.refresh_from_db()
    assert (made.kind, made.text, made.proposed_by) == ("drop", "Dropp det", cast.coordinator)
    assert "IHK: Endret forslaget." in text_of(client.get("/aarshjul/punkt/brev/").content.decode())
    page = client.get(edit)
    login(cast.adviser).post(
        f"/aarshjul/forslag/{made.pk}/svar/", {"answer": "taken_in", "answer_text": "", "lock_version": "2"}
    )
    late = send(login(cast.coordinator), edit, of=page, text="Nei, vent")
    said = text_of(late.content.decode())
    assert "Forslaget er besvart, så det kan ikke endres eller trekkes lenger." in said
    assert "Nei, vent" in said
    html = client.get("/aarshjul/punkt/brev/").content.decode()
    assert (edit in html, take_back in html) == (False, False)


def test_a_withdrawn_proposal_is_gone_for_all_and_comes_back_in_one_press(cast: Cast, wheel: Wheel, login: Any) -> None:
    sent = {"kind": "change", "text": "I mars heller", "unit": str(cast.ihk.pk)}
    client = login(cast.coordinator)
    client.post("/aarshjul/punkt/brev/2027/foresla/", sent)
    pk = Proposal.objects.get().pk
    here = {"Referer": f"http://testserver{TURN}"}
    answer = client.post(f"/aarshjul/forslag/{pk}/trekk/", headers=here)
    assert answer["Location"] == f"{TURN}#innhold"
    page = text_of(client.get(TURN).content.decode())
    assert "Forslaget er trukket." in page
    assert "I mars heller" not in page
    assert login(cast.adviser).get(f"/aarshjul/forslag/{pk}/svar/").status_code == 404
    assert "I mars heller" not in text_of(client.get("/aarshjul/punkt/brev/").content.decode())
    client = login(cast.coordinator)
    client.post(f"/aarshjul/forslag/{pk}/trekk/angre/")
    page = text_of(client.get("/aarshjul/punkt/brev/").content.decode())
    assert "I mars heller" in page
    assert "IHK: Trakk forslaget." in page
    assert "IHK: Foreslo det likevel." in page


def test_an_answer_to_what_was_withdrawn_meanwhile_is_refused_in_words(
    cast: Cast, wheel: Wheel, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = turning.propose(
        Proposal(wheel=wheel, entry=wheel.entries.first(), year=2027, unit=cast.ihk, kind="change", text="I mars"),
        by=cast.coordinator, now=NOW,
    )  # fmt: skip
    real = turning.answer

    def just_after(*args: Any, **told: Any) -> Proposal:
        turning.withdraw(made, by=cast.coordinator, now=NOW)
        return real(*args, **told)

    monkeypatch.setattr(turning, "answer", just_after)
    data = {"answer": "not", "answer_text": "Ikke råd", "lock_version": "1"}
    said = text_of(login(cast.adviser).post(f"/aarshjul/forslag/{made.pk}/svar/", data).content.decode())
    assert "Koordinator trakk forslaget mens du hadde siden åpen" in said
    assert Proposal.objects.get().answer == ""


def test_an_answer_over_a_newer_one_shows_both(cast: Cast, wheel: Wheel, login: Any) -> None:
    login(cast.coordinator).post(
        "/aarshjul/punkt/brev/2027/foresla/", {"kind": "keep", "text": "Virker", "unit": str(cast.ihk.pk)}
    )
    url = f"/aarshjul/forslag/{Proposal.objects.get().pk}/svar/"
    login(cast.dean).post(url, {"answer": "taken_in", "answer_text": "", "lock_version": "1"})
    response = login(cast.adviser).post(url, {"answer": "not", "answer_text": "Nei", "lock_version": "1"})
    assert "tatt inn" in text_of(response.content.decode())
    assert Proposal.objects.get().answer == "taken_in"


def test_the_wheel_page_leads_to_next_year_for_those_who_may(cast: Cast, wheel: Wheel, login: Any) -> None:
    def link(user: User) -> list[str]:
        return re.findall(rf'href="{TURN}">([^<]+)<', login(user).get("/aarshjul/hf/2026/").content.decode())

    assert link(cast.adviser) == ["Forbered 2027"]
    assert link(cast.coordinator) == ["Foreslå til 2027"]
    assert link(cast.reader) == []


def test_the_first_year_and_a_wheel_without_entries_say_what_to_do(cast: Cast, login: Any) -> None:
    empty = make.wheel("tomt", cast.hf)
    client = login(cast.adviser)
    assert "Hjulet har ingen punkter ennå" in text_of(client.get("/aarshjul/tomt/2026/vending/").content.decode())
    make.entry(empty, cast.ihk, key="forste", text="Første")
    response = client.get("/aarshjul/tomt/2026/vending/")
    assert list(rows(response)) == ["forste"]
    assert "Årene bak" not in response.content.decode()
    assert client.get("/aarshjul/tomt/2019/vending/").status_code == 404


def test_the_turn_asks_as_much_of_the_database_for_many_entries_as_for_one(
    cast: Cast, wheel: Wheel, login: Any
) -> None:
    client = login(cast.adviser)

    def count(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        return len(queries)

    Entry.objects.filter(key="brev").update(to_year=2020)
    before = {path: count(path) for path in (TURN, PREVIEW)}
    anchor = Entry.objects.get(key="messe")
    for number in range(3):
        entry = make.entry(wheel, cast.departments, key=f"n{number}", month=6, when_words="juni", position=number + 5,
                           bound_words="før messen", bound_entry=anchor)  # fmt: skip
        make.edition(entry, 2026)
        make.edition(entry, 2025)
        services.write_note(make.tasks_of(entry.editions.get(year=2026))["ihk"], by=cast.dean, note="Ja", expected="")
        choose(client, entry.key, "keep")
        Proposal.objects.create(wheel=wheel, entry=entry, year=2027, unit=cast.ihk, kind="keep", text="Ja",
                                proposed_at=NOW, proposed_by=cast.coordinator)  # fmt: skip
    assert {path: count(path) for path in (TURN, PREVIEW)} == before
