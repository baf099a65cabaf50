"""Logging in with e-mail and password: only the pages we want, throttled, and in plain words."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from organisation.invitations import invite
from tests.cast import Cast
from tests.factories import PASSWORD

LOGIN = "/konto/login/"
NEW_PASSWORD = "en helt annen lang setning"
TOO_MANY = "Det er prøvd feil passord for mange ganger. Vent fem minutter før du prøver igjen, eller få nytt passord."


def log_in(client: Client, email: str, password: str) -> str:
    answer = client.post(LOGIN, {"login": email, "password": password}, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_set_password", "account_reauthenticate"])
def test_what_we_do_not_want_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_login_leads_where_one_was_going(cast: Cast, client: Client) -> None:
    answer = client.post(LOGIN, {"login": "Dean@HF.example", "password": PASSWORD, "next": "/hjelp/"})
    assert (answer.status_code, answer["Location"]) == (302, "/hjelp/")
    assert client.session["_auth_user_id"] == str(cast.dean.pk)


def test_a_login_never_leads_off_to_others(cast: Cast, client: Client) -> None:
    answer = client.post(LOGIN, {"login": cast.dean.email, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"


def test_a_wrong_password_is_said_without_telling_who_has_an_account(cast: Cast, client: Client) -> None:
    words = "E-postadressen eller passordet stemmer ikke. Prøv igjen, eller få nytt passord."
    for email in (cast.dean.email, "nobody@hf.example"):
        assert words in log_in(client, email, "feil")


def test_the_sixth_try_is_refused_even_when_it_is_right(cast: Cast, client: Client) -> None:
    for _ in range(5):
        assert TOO_MANY not in log_in(client, cast.dean.email, "feil")
    assert TOO_MANY in log_in(client, cast.dean.email, PASSWORD)
    assert "_auth_user_id" not in client.session
    log_in(client, cast.reader.email, PASSWORD)
    assert client.session["_auth_user_id"] == str(cast.reader.pk)


def test_a_closed_account_is_told_whom_to_ask(cast: Cast, client: Client) -> None:
    cast.dean.is_active = False
    cast.dean.save()
    assert "Be den som administrerer Rød tråd hos dere, om å åpne den" in log_in(client, cast.dean.email, PASSWORD)


def test_a_forgotten_password_is_chosen_anew(cast: Cast, client: Client) -> None:
    client.post("/konto/passord/nytt/", {"email": cast.dean.email})
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([cast.dean.email], "Rød tråd: Velg nytt passord")
    found = re.search(r"http://testserver(\S+)", str(letter.body))
    assert found
    form = client.get(found[1], follow=True)
    assert "Velg nytt passord" in form.content.decode()
    address = form.request["PATH_INFO"]
    answer = client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(cast.dean.pk)
    assert "Passordet er byttet." in client.get("/").content.decode()
    assert "Lenken virker ikke lenger" in Client().get(found[1], follow=True).content.decode()
    assert Client().login(email=cast.dean.email, password=NEW_PASSWORD)


def test_whoever_is_invited_is_welcomed_and_is_in_when_the_password_is_chosen(cast: Cast, client: Client) -> None:
    cast.dean.set_unusable_password()
    cast.dean.save()
    invite(cast.dean, by=cast.administrator)
    found = re.search(r"http://\S+?(/konto/passord/\S+)", str(mail.outbox[0].body))
    assert found
    form = client.get(found[1], follow=True)
    assert all(words in form.content.decode() for words in ("Velg et passord", "Velkommen til Rød tråd"))
    answer = client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert (answer["Location"], client.session["_auth_user_id"]) == ("/", str(cast.dean.pk))
    assert "Passordet er valgt. Velkommen til Rød tråd." in client.get("/").content.decode()


def test_a_closed_account_is_not_let_in_by_a_new_password(cast: Cast, client: Client) -> None:
    client.post("/konto/passord/nytt/", {"email": cast.dean.email})
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert found
    address = client.get(found[1], follow=True).request["PATH_INFO"]
    cast.dean.is_active = False
    cast.dean.save()
    client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert "_auth_user_id" not in client.session


def test_no_mail_goes_to_an_unknown_address_and_the_page_is_the_same(cast: Cast, client: Client) -> None:
    answer = client.post("/konto/passord/nytt/", {"email": "nobody@hf.example"})
    assert (answer["Location"], mail.outbox) == (reverse("account_reset_password_done"), [])


def test_a_password_is_changed_by_whoever_knows_the_old_one(cast: Cast, client: Client) -> None:
    client.force_login(cast.dean)
    data = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    refused = client.post("/konto/passord/", {**data, "oldpassword": "feil"})
    assert "Dette er ikke passordet du har nå." in refused.content.decode()
    answer = client.post("/konto/passord/", {**data, "oldpassword": PASSWORD})
    assert answer["Location"] == "/min-side/"
    assert Client().login(email=cast.dean.email, password=NEW_PASSWORD)


def test_the_language_can_be_chosen_before_login(cast: Cast, client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": LOGIN})
    assert '<html lang="en"' in client.get(LOGIN).content.decode()
