"""The evaluation of the year, and what it says to the next draft and the wheel's turn."""

from annual_wheel import services
from annual_wheel.evaluation_page import advice_by_entry
from annual_wheel.models import Entry, UnitNote
from planning.models import Evaluation
from strategy.models import Document
from tests import factories as make
from tests.annual_wheel.following.told import NOW, TODAY, Login, evaluate, rows, tell
from tests.cast import Cast
from tests.page import text_of, texts


def test_evaluation_gathers_what_is_known_of_the_year(cast: Cast, plan: Document, login: Login) -> None:
    tell("ett", cast, text="Rapportert")
    edition = Entry.objects.get().editions.get()
    tasks = make.tasks_of(edition)
    services.tick(tasks["ihk"], by=cast.coordinator, now=NOW, note="Mange kom")
    UnitNote.objects.create(edition=edition, unit=cast.hf, text="Vi hjalp til")
    client = login(cast.coordinator)
    here = "/planer/planen/evaluering/2026/"
    assert rows(client.get(here))["ett"].endswith("Evaluer for IHK Tiltak ett Evaluer for ISL Tiltak ett")
    form = "/tiltak/ett/evaluer/2026/ihk/"
    assert "Det er én ting å rette" in text_of(client.post(form, {"text": "Ga mye"}).content.decode())
    response = client.post(form, {"text": "Ga mye", "verdict": "continue"})
    assert response.headers["Location"] == f"{here}#rad-ett"
    said = rows(login(cast.adviser).get(here))["ett"]
    assert "1 av 3 kvittert ut i 2026 Fortsett Institutt for historiske og klassiske studier, Koordinator" in said
    assert "Ga mye" in said
    assert "Rapportert" in said
    assert "IHK: Mange kom" in said
    assert "HF: Vi hjalp til" in said
    assert list(rows(client.get(f"{here}?vis=continue"))) == ["ett"]
    assert list(rows(client.get(f"{here}?vis=uten"))) == ["to", "fak"]


def test_an_evaluation_is_changed_and_who_was_second_sees_both(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast)
    client = login(cast.coordinator)
    form = "/tiltak/ett/evaluer/2026/ihk/"
    client.post(form, {"text": "Ga mer", "verdict": "stop", "lock_version": "1", "why": "Nye tall"})
    stale = client.post(form, {"text": "Ga mest", "verdict": "stop", "lock_version": "1"})
    assert len(texts(stale, "section", id="conflict")) == 1
    stored = Evaluation.objects.get()
    assert (stored.text, stored.verdict, stored.lock_version) == ("Ga mer", "stop", 2)


def test_what_should_change_is_said_in_the_years_turn(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast, "continue", year=2025)
    evaluate("ett", cast, "stop", text="Ingen kom")
    evaluate("ett", cast, "change", unit=cast.imu, text="Heller i mai")
    evaluate("to", cast, "stop")
    said = "Tiltaket bør stoppes (IHK, 2026): Ingen kom"
    page = text_of(login(cast.adviser).get("/aarshjul/hjulet/2027/vending/").content.decode())
    assert said in page
    assert "Tiltaket bør endres (IMU, 2026): Heller i mai" in page
    own = text_of(login(cast.coordinator).get("/aarshjul/hjulet/2027/vending/").content.decode())
    assert (said in own, "Heller i mai" in own) == (True, False)
    entry = Entry.objects.get()
    assert advice_by_entry([entry.pk], 2026, cast.adviser, today=TODAY) == {}


def test_an_old_advice_gives_way_to_a_newer_one(cast: Cast, plan: Document) -> None:
    entry = Entry.objects.get()
    evaluate("ett", cast, "stop", year=2025, text="Nei")
    assert list(advice_by_entry([entry.pk], 2027, cast.adviser, today=TODAY)) == [entry.pk]
    assert advice_by_entry([entry.pk], 2028, cast.adviser, today=TODAY) == {}
    evaluate("ett", cast, "continue", year=2026)
    assert advice_by_entry([entry.pk], 2027, cast.adviser, today=TODAY) == {}


def test_whoever_writes_the_next_draft_sees_the_newest_evaluation(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast, "continue", year=2024, text="Gammelt")
    evaluate("ett", cast, "stop", text="Ingen kom")
    page = text_of(login(cast.adviser).get("/planer/planen/rediger/").content.decode())
    assert "Evaluert 2026, IHK: Stopp. Ingen kom" in page
    assert "Gammelt" not in page


def test_an_evaluation_tells_what_was_changed_in_it_and_why(cast: Cast, plan: Document, login: Login) -> None:
    evaluate("ett", cast, "change", text="Før")
    client, here = login(cast.coordinator), "/tiltak/ett/evaluer/2026/ihk/"
    client.post(here, {"text": "Etter", "verdict": "stop", "lock_version": "1", "why": "Nye tall"})
    assert f'href="{here}endringer/"' in client.get("/planer/planen/evaluering/2026/").content.decode()
    said = texts(client.get(f"{here}endringer/"), "ol", class_="changes")[0]
    assert "Nye tall" in said
    assert "Hva ga tiltaket Fra Før Til Etter" in said
    assert "Hva bør skje videre Fra endre Til stopp" in said
    assert login(cast.outsider).get(f"{here}endringer/").status_code == 404
