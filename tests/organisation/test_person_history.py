"""What is changed about an account is kept and shown: who, when, from, to; never a password nor a log-in."""

import re

import pytest
from django.contrib.auth import user_logged_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation import first_run
from organisation.models import User
from organisation.services import add_person, deactivate, reactivate, save_person
from tests import factories as make
from tests.cast import Cast
from tests.organisation.test_administration import TODAY
from tests.page import text_of

pytestmark = pytest.mark.usefixtures("today")


def log(person: User) -> list[tuple[str, str | None, str, bool]]:
    rows = person.history.order_by("history_id").select_related("history_user")  # type: ignore[attr-defined]
    return [(row.history_type, row.history_user and row.history_user.name, row.email, row.is_active) for row in rows]


def test_every_act_is_logged_with_who_did_it(cast: Cast) -> None:
    boss = cast.administrator
    person = add_person(
        email="ny@hf.example", name="Ny", language="nb", unit=cast.hf, role="reader", by=boss, today=TODAY
    )
    deactivate(person, by=boss)
    reactivate(person, by=cast.dean)
    person.email = "nyere@hf.example"
    save_person(person, by=boss)
    assert log(person) == [
        ("+", "Administrator", "ny@hf.example", True),
        ("~", "Administrator", "ny@hf.example", False),
        ("~", "Dekan", "ny@hf.example", True),
        ("~", "Administrator", "nyere@hf.example", True),
    ]


def test_neither_a_password_nor_a_log_in_is_kept(cast: Cast, client: Client) -> None:
    before = len(log(cast.reader))
    user_logged_in.send(sender=User, request=None, user=cast.reader)
    cast.reader.set_password("et helt nytt passord")
    cast.reader.save(update_fields=["password"])
    assert len(log(cast.reader)) == before
    assert User.objects.get(pk=cast.reader.pk).check_password("et helt nytt passord")
    kept = {field.name for field in User.history.model._meta.get_fields()}
    assert not kept & {"password", "last_login"}


def test_the_first_administrator_made_the_account_themselves(db: None) -> None:
    words = {"email": "kari@oya.example", "name": "Kari Nord", "password": make.PASSWORD}
    first_run.create_first_administrator(**words, institution="Øya", short_name="", language="nb", today=TODAY)
    assert log(User.objects.get()) == [("+", "Kari Nord", "kari@oya.example", True)]


def test_the_persons_page_tells_of_each_change(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    address = f"/administrasjon/personer/{cast.reader.pk}/"
    person = User.objects.get(pk=cast.reader.pk)
    person.name, person.email, person.language = "Ansatt Nord", "nord@hf.example", "en"
    save_person(person, by=cast.administrator)
    client.post(f"{address}steng/")
    page = client.get(address).content.decode()
    section = re.findall(r'<section class="section" aria-labelledby="changes">(.*?)</section>', page, re.DOTALL)[0]
    changes = [
        re.sub(r" \d+\. \w+ \d{4} kl\. [\d.]+", "", text_of(row))
        for row in re.findall("<li>(.*?)</li>", section, re.DOTALL)
    ]
    assert changes == [
        "Administrator Aktiv: fra ja til nei",
        "Administrator E-post: fra staff@hf.example til nord@hf.example Navn: fra Ansatt til Ansatt Nord"
        " Språk: fra Bokmål til Engelsk",
        "Laget av Ukjent",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_many_changes(cast: Cast, client: Client, count: int) -> None:
    client.force_login(cast.administrator)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/administrasjon/personer/{cast.reader.pk}/")
        return len(asked)

    before = cost()
    for _change in range(count):
        deactivate(cast.reader, by=cast.administrator)
        reactivate(cast.reader, by=cast.administrator)
    assert cost() == before
