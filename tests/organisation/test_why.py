"""Why somebody may or may not do a thing, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from organisation.models import Membership, User
from organisation.permissions import Permission
from organisation.why import why
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def test_a_role_that_is_too_small_is_named_with_what_it_would_take(cast: Cast) -> None:
    answer = why(cast.reader, Permission.EDIT, cast.ihk, today=TODAY)
    assert not answer.is_yes
    assert answer.words == "Nei: Ansatt er bare leser ved HF."
    assert answer.requires == "Å skrive krever redaktør, leder eller administrator ved IHK eller en enhet over."
    assert answer.near_misses == []


def test_no_role_there_and_one_elsewhere(cast: Cast) -> None:
    answer = why(cast.coordinator, Permission.TICK, cast.imu, today=TODAY)
    assert answer.words == "Nei: Koordinator har ingen rolle ved IMU eller en enhet over."
    assert answer.near_misses == [
        "Bidragsyter ved IHK: gjelder bare ved IHK og enheter under.",
        "Bidragsyter ved ISL: gjelder bare ved ISL og enheter under.",
    ]


def test_other_times_are_told(cast: Cast) -> None:
    Membership.objects.create(user=cast.reader, unit=cast.ihk, role="editor", to_on=YESTERDAY)
    Membership.objects.create(user=cast.reader, unit=cast.ihk, role="leader", from_on=TOMORROW)
    through = cast.adviser.memberships.get()
    Membership.objects.create(
        user=cast.reader, unit=cast.hf, role="editor", from_on=YESTERDAY, to_on=TOMORROW, through=through
    )
    User.objects.filter(pk=cast.adviser.pk).update(is_active=False)
    assert why(cast.reader, Permission.EDIT, cast.ihk, today=TODAY).near_misses == [
        "Redaktør ved HF, som vikar for Rådgiver til 16. mars 2026: gjelder ikke, for den som lånte bort rollen, har "
        "den ikke lenger eller har stengt konto.",
        "Redaktør ved IHK: tok slutt 14. mars 2026.",
        "Leder ved IHK: begynner 16. mars 2026.",
    ]


def test_yes_says_why_and_a_closed_account_says_no(cast: Cast) -> None:
    answer = why(cast.dean, Permission.DECIDE, cast.imu, today=TODAY)
    assert (answer.is_yes, answer.words) == (True, "Ja: Dekan er leder ved HF.")
    cast.dean.is_active = False
    assert why(cast.dean, Permission.DECIDE, cast.imu, today=TODAY).words == "Nei: kontoen til Dekan er stengt."
    root = User.objects.create_superuser("root@hf.example", make.PASSWORD, name="Teknisk")
    assert why(root, Permission.DECIDE, cast.imu, today=TODAY).is_yes


def test_the_answer_never_differs_from_the_rule(cast: Cast) -> None:
    for person in cast.people.values():
        for permission in Permission:
            for unit in (cast.university, cast.hf, cast.ihk, cast.isl, cast.students):
                answer = why(person, permission, unit, today=TODAY)
                assert answer.is_yes == person.may(permission, unit, today=TODAY)


@pytest.mark.usefixtures("today")
def test_the_page_asks_answers_and_says_what_is_missing(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)
    place = reverse("admin_person_why", args=[cast.reader.pk])
    assert "Nei:" not in client.get(place).content.decode()
    assert "Nei: Ansatt er bare leser ved HF." in client.get(f"{place}?kan=edit&enhet=ihk").content.decode()
    assert "Fyll ut dette feltet." in client.get(f"{place}?kan=edit&enhet=").content.decode()
    assert client.get(f"{place}?kan=alt&enhet=finnes-ikke").status_code == 200
