import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = pytest.mark.django_db
FORM = {"email": "kari@example.org", "password1": "et langt passord", "password2": "et langt passord"}


def emails() -> list[str]:
    return list(get_user_model()._default_manager.values_list("email", flat=True))


def test_nobody_opens_an_account_alone(client: Client):
    client.post("/konto/signup/", FORM)
    assert emails() == []


def test_the_form_would_else_have_opened_one(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        "organisation.accounts.AccountAdapter.is_open_for_signup", DefaultAccountAdapter.is_open_for_signup
    )
    client.post("/konto/signup/", FORM)
    assert emails() == ["kari@example.org"]


def test_tries_with_a_wrong_password_are_stopped_for_a_while(client: Client):
    """Five for one address; the sixth is refused whatever the password."""
    wrong = {"login": "kari@example.org", "password": "feil"}
    answers = [client.post("/konto/login/", wrong).status_code for _ in range(5)]
    sixth = client.post("/konto/login/", wrong)
    assert answers == [200] * 5
    assert (sixth.status_code, "For mange" in sixth.content.decode()) == (200, True), sixth.content.decode()
