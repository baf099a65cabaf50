"""An empty installation leads its first visitor, and only whoever has the code, to becoming its administrator."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from organisation import first_run
from organisation.management.commands.runall import welcome
from organisation.models import Membership, Unit, User
from tests import factories as make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PLACE = "/forste-gang/"


def answers(**changed: str) -> dict[str, str]:
    return {
        "code": first_run.setup_code(),
        "institution": "Universitetet på Øya",
        "short_name": "UØ",
        "name": "Kari Nord",
        "email": "Kari@Oya.example",
        "password": make.PASSWORD,
        **changed,
    }


@pytest.mark.parametrize("door", ["/", "/konto/login/"])
def test_the_door_leads_to_setting_up(client: Client, door: str) -> None:
    answer = client.get(door)
    assert (answer.status_code, answer["Location"]) == (302, PLACE)
    assert "Sett opp Rød tråd" in client.get(PLACE).content.decode()


def test_the_first_administrator_is_made_logged_in_and_led_on(client: Client) -> None:
    answer = client.post(PLACE, answers())
    assert (answer.status_code, answer["Location"]) == (302, "/administrasjon/kom-i-gang/")
    user = User.objects.get()
    assert (user.email, user.name, user.check_password(make.PASSWORD)) == ("kari@oya.example", "Kari Nord", True)
    unit = Unit.objects.get()
    assert (unit.slug, unit.name, unit.kind) == ("uo", "Universitetet på Øya", "institution")
    assert list(Membership.objects.values_list("user", "unit", "role")) == [(user.pk, unit.pk, "administrator")]
    assert "0 av 5" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("code", "feil-feil-feil", "Koden stemmer ikke."),
        ("password", "kort", "Passordet er for kort. Det må ha minst 12 tegn."),
        ("email", "ingen adresse", "Skriv en e-postadresse, for eksempel navn@example.org."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client: Client, field: str, value: str, words: str) -> None:
    page = client.post(PLACE, answers(**{field: value})).content.decode()
    assert words in page
    assert "Universitetet på Øya" in page
    assert (User.objects.count(), Unit.objects.count()) == (0, 0)


def test_all_that_is_wrong_is_said_at_once(client: Client) -> None:
    page = client.post(PLACE, answers(code="feil-feil-feil", password="kort")).content.decode()
    assert all(words in page for words in ("Koden stemmer ikke.", "Passordet er for kort."))


def test_the_code_may_be_typed_with_spaces_and_capitals(client: Client) -> None:
    client.post(PLACE, answers(code=first_run.setup_code().replace("-", " ").upper()))
    assert User.objects.count() == 1


def test_once_somebody_is_there_it_is_gone(client: Client, cast: Cast) -> None:
    assert client.get(PLACE).status_code == 404
    assert client.post(PLACE, answers()).status_code == 404
    assert not User.objects.filter(email="kari@oya.example").exists()
    assert [client.get(door).status_code for door in ("/", "/konto/login/")] == [200, 200]


def test_of_two_at_once_the_second_is_too_late(client: Client, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    """The page was opened while it was empty; when the form comes, somebody was first."""
    monkeypatch.setattr("organisation.administration.start.is_empty", lambda: True)
    answer = client.post(PLACE, answers())
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/")
    assert not User.objects.filter(email="kari@oya.example").exists()


def test_the_code_is_the_same_for_every_process_and_another_elsewhere(settings: object) -> None:
    code = first_run.setup_code()
    assert code == first_run.setup_code()
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    settings.SECRET_KEY = "en annen nøkkel"  # type: ignore[attr-defined]
    assert first_run.setup_code() != code


def test_the_code_is_printed_while_nobody_is_there() -> None:
    out = StringIO()
    call_command("setup_code", stdout=out)
    assert out.getvalue() == f"{first_run.setup_code()}\n"
    assert f"set up Rød tråd with the code {first_run.setup_code()}" in welcome()
    make.user("reader@hf.example")
    with pytest.raises(CommandError, match="Somebody has an account already"):
        call_command("setup_code")
    assert first_run.setup_code() not in welcome()


def test_the_checklist_follows_what_is_there(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)

    def done() -> list[bool]:
        return [step.is_done for step in first_run.steps()]

    assert done() == [True, True, False, False, False]
    assert first_run.steps()[-1].url == "/aarshjul/"
    page = client.get("/administrasjon/").content.decode()
    assert "Skriv den første planen" in page
    make.document("planen", cast.hf)
    wheel = make.wheel("hjulet", cast.hf)
    assert first_run.steps()[-1].url == "/aarshjul/hjulet/"
    make.wheel("enda-et", cast.hf)
    assert first_run.steps()[-1].url == "/aarshjul/"
    wheel.years.create(year=2026, opened_by=cast.adviser, opened_at="2026-01-01T00:00Z")
    assert done() == [True] * 5
    assert "Alt er på plass." in client.get("/administrasjon/kom-i-gang/").content.decode()
    assert "ikke helt i gang" not in client.get("/administrasjon/").content.decode()


def test_the_start_page_leads_an_administrator_to_the_next_step(client: Client, cast: Cast) -> None:
    notice = "Rød tråd er ikke helt i gang ennå."
    client.force_login(cast.coordinator)
    assert notice not in client.get("/").content.decode()
    client.force_login(cast.administrator)
    page = client.get("/").content.decode()
    assert notice in page
    assert "Skriv den første planen" in page


def test_the_first_unit_stands_under_the_institution_unless_one_says_otherwise(client: Client) -> None:
    client.post(PLACE, answers())
    institution = Unit.objects.get()
    form = client.get("/administrasjon/enheter/ny/").context["form"]
    assert (form["parent"].value(), form["opens_on"].value()) == (institution.pk, None)
    make.unit("hav", kind="faculty")  # beside it, where somebody chose so
    assert first_run.steps()[0].is_done
    assert client.get("/administrasjon/enheter/ny/").context["form"]["parent"].value() is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_the_same_moment_one_is_the_first() -> None:
    """Both have opened the page, and both send it; over a connection each."""
    ready = Barrier(2)

    def send(number: int) -> tuple[int, str]:
        try:
            browser = Client()
            assert browser.get(PLACE).status_code == 200
            ready.wait(timeout=10)
            answer = browser.post(PLACE, answers(email=f"nr{number}@oya.example"))
            return answer.status_code, str(answer["Location"])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(send, (1, 2)))
    assert sorted(sent) == [(302, "/administrasjon/kom-i-gang/"), (302, "/konto/login/")]
    assert (User.objects.count(), Unit.objects.count(), Membership.objects.count()) == (1, 1, 1)
    first = sent.index((302, "/administrasjon/kom-i-gang/")) + 1
    assert User.objects.get().email == f"nr{first}@oya.example"


def test_every_step_has_an_address_that_opens(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    assert {step.url: client.get(step.url).status_code for step in first_run.steps()} == {
        "/administrasjon/enheter/ny/": 200,
        "/administrasjon/personer/ny/": 200,
        "/planer/ny/": 200,
        "/aarshjul/nytt/": 200,
        "/aarshjul/": 200,
    }
