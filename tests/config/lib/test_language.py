import pytest
from django.test import Client

from config.lib.language import as_bokmaal


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("no-NO,no;q=0.9,en;q=0.8", "nb,nb;q=0.9,en;q=0.8"),
        ("nn-NO,nn;q=0.9,en;q=0.5", "nb,nb;q=0.9,en;q=0.5"),
        ("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en;q=0.6", "nb-NO,nb;q=0.9,nb;q=0.8,nb;q=0.7,en;q=0.6"),
        ("en-GB,en;q=0.9,no;q=0.8", "en-GB,en;q=0.9,nb;q=0.8"),
        ("kn,no-such;q=0.5", "kn,no-such;q=0.5"),
        ("*", "*"),
    ],
)
def test_norwegian_of_any_kind_means_bokmaal(asked: str, understood: str):
    assert as_bokmaal(asked) == understood


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "language"),
    [("no-NO,no;q=0.9,en;q=0.8", "nb"), ("nn-NO,en;q=0.8", "nb"), ("en-GB,no;q=0.5", "en"), ("de", "nb"), ("", "nb")],
)
def test_the_page_answers_in_the_language_asked_for(client: Client, asked: str, language: str):
    response = client.get("/healthz", headers={"accept-language": asked})
    assert response.headers["Content-Language"] == language
