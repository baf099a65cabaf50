"""A colleague stands in for a time: what it gives, when it stops by itself, and who may arrange it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from annual_wheel.recipients import Directory, Why
from organisation.models import FunctionHolder, Membership, Unit, User
from organisation.people import may_change_person, powers_of
from organisation.permissions import ALSO_UPWARDS, LENT_BY, Lender, Permission, Role
from organisation.services import CannotChange
from organisation.standing_in import last_possible, lend, lendable, stop, take_back
from reports.exporters import export
from tests import factories as make
from tests.cast import Cast
from tests.organisation.test_administration import said, undo_in

TODAY = date(2026, 3, 15)
END = date(2026, 4, 15)
NEW = "/min-side/vikar/"
pytestmark = pytest.mark.usefixtures("today")


def fresh(person: User) -> User:
    """The person without what the object remembers."""
    return User.objects.get(pk=person.pk)


def lent(person: User, to: User, *, by: User | None = None, first: date = TODAY, last: date = END) -> list[Membership]:
    by = by or person
    roles = list(lendable(person, by=by, today=TODAY))
    return lend(roles, to=to, from_on=first, to_on=last, by=by, today=TODAY)


def test_the_table_says_who_may_lend_what() -> None:
    both = {Lender.HOLDER, Lender.ADMINISTRATOR}
    assert {role: set(by) for role, by in LENT_BY.items()} == {
        Role.READER: both,
        Role.CONTRIBUTOR: both,
        Role.EDITOR: both,
        Role.LEADER: both,
        Role.ADMINISTRATOR: {Lender.HOLDER},
    }


def test_a_stand_in_may_what_the_lender_may_in_those_days_and_no_others(cast: Cast) -> None:
    lent(cast.dean, cast.outsider, first=date(2026, 3, 20))
    for day, holds in ((date(2026, 3, 19), False), (date(2026, 3, 20), True), (END, True), (date(2026, 4, 16), False)):
        assert fresh(cast.outsider).may(Permission.DECIDE, cast.imu, today=day) is holds
        assert fresh(cast.dean).may(Permission.DECIDE, cast.imu, today=day)


def end_role(cast: Cast) -> None:
    cast.dean.memberships.own().update(to_on=TODAY - timedelta(days=1))  # type: ignore[attr-defined]


def close_account(cast: Cast) -> None:
    User.objects.filter(pk=cast.dean.pk).update(is_active=False)


@pytest.mark.parametrize("stops", [end_role, close_account])
def test_it_stops_by_itself_with_the_lender(cast: Cast, stops) -> None:
    lent(cast.dean, cast.outsider)
    assert fresh(cast.outsider).may(Permission.DECIDE, cast.hf, today=TODAY)
    stops(cast)
    assert not fresh(cast.outsider).may(Permission.DECIDE, cast.hf, today=TODAY)
    assert "leder ved HF" not in str(powers_of(fresh(cast.outsider), today=TODAY))


def test_what_is_lent_is_not_lent_on(cast: Cast) -> None:
    (row,) = lent(cast.dean, cast.outsider)
    assert row not in lendable(cast.outsider, by=cast.outsider, today=TODAY)
    third = make.user("third@hf.example")
    Membership.objects.create(user=third, unit=cast.hf, role="leader", from_on=TODAY, to_on=END, through=row)
    assert not third.may(Permission.DECIDE, cast.hf, today=TODAY)


def test_the_database_asks_for_both_days(cast: Cast) -> None:
    held = cast.dean.memberships.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=cast.reader, unit=cast.hf, role="leader", from_on=TODAY, through=held)


def test_a_role_one_has_already_does_no_harm(cast: Cast) -> None:
    lent(cast.adviser, cast.dean)
    reach = fresh(cast.dean).reach(TODAY)
    assert reach == {**reach_of_dean(cast)}
    assert Membership.objects.on(TODAY).filter(user=cast.dean).count() == 2


def reach_of_dean(cast: Cast) -> dict[Permission, frozenset[int]]:
    below = frozenset(unit.pk for unit in (cast.hf, cast.ihk, cast.isl, cast.imu))
    heard = dict.fromkeys(ALSO_UPWARDS, below | {cast.university.pk})
    return {**dict.fromkeys(Permission, below), **heard, Permission.ADMINISTER: frozenset()}


@pytest.mark.parametrize("count", [1, 3])
def test_reach_takes_two_queries_however_much_is_lent(cast: Cast, count: int, django_assert_num_queries) -> None:
    for number in range(count):
        lent(make.user(f"l{number}@hf.example", ("editor", cast.ihk)), cast.outsider)
    person = fresh(cast.outsider)
    with django_assert_num_queries(2):
        assert person.may(Permission.EDIT, cast.ihk, today=TODAY)


def test_the_same_role_is_not_lent_twice_to_one_person_at_a_time(cast: Cast) -> None:
    lent(cast.dean, cast.outsider)
    with pytest.raises(CannotChange, match="er alt vikar som leder, HF"):
        lent(cast.dean, cast.outsider, first=END, last=date(2026, 5, 1))
    lent(cast.dean, cast.outsider, first=END + timedelta(days=1), last=date(2026, 5, 1))


def test_a_year_is_the_longest() -> None:
    assert last_possible(date(2026, 3, 15)) == date(2027, 3, 15)
    assert last_possible(date(2028, 2, 29)) == date(2029, 2, 28)


def test_the_administrators_key_is_lent_by_its_holder_alone(cast: Cast) -> None:
    local = make.user("boss@hf.example", ("administrator", cast.hf), ("reader", cast.hf))
    assert [row.role for row in lendable(local, by=cast.administrator, today=TODAY)] == ["reader"]
    assert {row.role for row in lendable(local, by=local, today=TODAY)} == {"administrator", "reader"}
    assert list(lendable(cast.administrator, by=local, today=TODAY)) == []


def test_who_stands_in_for_an_administrator_takes_nothing_over(cast: Cast) -> None:
    """Neither the lender's account nor another administrator's, no lasting key, and no role for themselves."""
    lent(cast.administrator, cast.outsider)
    stand_in, other = fresh(cast.outsider), make.user("boss@hf.example", ("administrator", cast.hf))
    assert stand_in.may(Permission.ADMINISTER, cast.hf, today=TODAY)
    assert not may_change_person(stand_in, cast.administrator, today=TODAY)
    assert not may_change_person(stand_in, other, today=TODAY)
    assert may_change_person(stand_in, cast.reader, today=TODAY)
    client = Client()
    client.force_login(stand_in)
    days = {"from_on": "2026-03-15", "to_on": ""}
    page = reverse("admin_role_new", args=[cast.reader.pk])
    client.post(page, {"unit": cast.hf.pk, "role": "administrator", **days})
    client.post(reverse("admin_role_new", args=[stand_in.pk]), {"unit": cast.hf.pk, "role": "editor", **days})
    key = cast.administrator.memberships.get()
    client.post(reverse("admin_membership_end", args=[key.pk]), {"last_day": "2026-03-15"})
    new = {"name": "Ny", "email": "ny@hf.example", "language": "nb", "unit": cast.hf.pk, "role": "administrator"}
    client.post("/administrasjon/personer/ny/", new)
    assert set(Membership.objects.own().filter(role="administrator", to_on=None)) == {key, other.memberships.get()}
    assert not Membership.objects.own().filter(user=stand_in, unit=cast.hf).exists()
    assert not User.objects.filter(email="ny@hf.example").exists()
    client.post(page, {"unit": cast.imu.pk, "role": "editor", **days})
    assert cast.reader.memberships.filter(unit=cast.imu, role="editor").exists()


def test_one_is_told_in_ones_own_language_and_both_see_it(client: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.outsider.pk).update(language="en")
    client.force_login(cast.dean)
    role = cast.dean.memberships.get().pk
    form = {"who": cast.outsider.email, "roles": [role], "from_on": "2026-03-15", "to_on": "2026-04-15"}
    page = client.post(NEW, form, follow=True).content.decode()
    assert said(page) == ["Rådgiver ved NV er vikar for Dekan fra 15. mars 2026 til 15. april 2026."]
    assert "Rådgiver ved NV er vikar for deg" in page
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["adviser@nv.example"], "Rød tråd: you are standing in for Dekan")
    assert "from 15 March 2026 to 15 April 2026" in str(letter.body)
    assert "- leader, HF" in str(letter.body)
    theirs = Client()
    theirs.force_login(cast.outsider)
    assert "Du er vikar for Dekan" in theirs.get("/min-side/").content.decode()
    boss = Client()
    boss.force_login(cast.administrator)
    shown = " ".join(boss.get(reverse("admin_person", args=[cast.outsider.pk])).content.decode().split())
    assert "fordi personen er leder ved HF, som vikar for Dekan til 15. april 2026" in shown
    assert "Rådgiver ved NV" in boss.get(reverse("admin_person", args=[cast.dean.pk])).content.decode()
    client.post(undo_in(page))
    assert not fresh(cast.outsider).may(Permission.DECIDE, cast.hf, today=TODAY)


def test_a_mail_server_that_is_away_does_not_stop_it(client: Client, cast: Cast, monkeypatch) -> None:
    def away(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("organisation.stand_in_pages.send_mail", away)
    client.force_login(cast.dean)
    form = {"who": "Rådgiver ved NV", "roles": [cast.dean.memberships.get().pk]}
    page = client.post(NEW, {**form, "from_on": "2026-03-15", "to_on": "2026-04-15"}, follow=True).content.decode()
    assert said(page)[-1] == "E-posten til adviser@nv.example kunne ikke sendes."
    assert fresh(cast.outsider).may(Permission.DECIDE, cast.hf, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"who": "ingen@hf.example"}, "Fant ingen med åpen konto og dette navnet eller denne adressen."),
        ({"who": "stengt@hf.example"}, "Fant ingen med åpen konto og dette navnet eller denne adressen."),
        ({"who": "ola NORDMANN"}, "Flere heter dette. Skriv e-postadressen."),
        ({"who": "dekan"}, "Ingen kan være vikar for seg selv."),
        ({"roles": []}, "Velg minst én rolle."),
        ({"from_on": "2026-03-14"}, "Første dag kan ikke være før i dag."),
        ({"to_on": ""}, "Fyll ut dette feltet."),
        ({"to_on": "2026-03-14"}, "Siste dag kan ikke være før den første."),
        ({"to_on": "2027-03-16"}, "Siste dag kan ikke være senere enn 15. mars 2027."),
    ],
)
def test_what_cannot_be_is_said_at_the_field(client: Client, cast: Cast, changed, words) -> None:
    make.user("stengt@hf.example", is_active=False)
    make.user("ola1@hf.example", name="Ola Nordmann")
    make.user("ola2@hf.example", name="Ola Nordmann")
    client.force_login(cast.dean)
    form = {"who": "adviser@nv.example", "roles": [cast.dean.memberships.get().pk]}
    page = client.post(NEW, {**form, "from_on": "2026-03-15", "to_on": "2026-04-15", **changed}).content.decode()
    assert words in page
    assert not Membership.objects.lent().exists()


def test_nobody_lends_what_is_somebody_elses(client: Client, cast: Cast) -> None:
    client.force_login(cast.reader)
    form = {"who": "adviser@nv.example", "roles": [cast.dean.memberships.get().pk]}
    client.post(NEW, {**form, "from_on": "2026-03-15", "to_on": "2026-04-15"})
    assert not Membership.objects.lent().exists()


@pytest.mark.parametrize("begun_on", [TODAY - timedelta(days=5), TODAY, TODAY + timedelta(days=5)])
def test_ending_works_at_once_and_can_be_undone(client: Client, cast: Cast, begun_on: date) -> None:
    (row,) = lent(cast.dean, cast.outsider, first=begun_on)
    client.force_login(cast.dean)
    page = client.post(reverse("stand_in_end", args=[row.pk]), follow=True).content.decode()
    assert said(page) == ["Rådgiver ved NV er ikke lenger vikar for Dekan."]
    assert not Membership.objects.on(begun_on + timedelta(days=6)).filter(user=cast.outsider, unit=cast.hf).exists()
    assert not fresh(cast.outsider).may(Permission.DECIDE, cast.hf, today=TODAY)
    client.post(undo_in(page))
    again = Membership.objects.get(user=cast.outsider, unit=cast.hf)
    assert (again.from_on, again.to_on, again.through.user) == (begun_on, END, cast.dean)  # type: ignore[union-attr]


def test_an_undo_gives_way_to_a_newer_change(cast: Cast) -> None:
    rows = lent(cast.dean, cast.outsider)
    changes = stop(rows, by=cast.dean, today=TODAY)
    take_back(changes, by=cast.dean)
    with pytest.raises(CannotChange):
        take_back(changes, by=cast.dean)


def test_ending_is_for_the_two_of_them(client: Client, cast: Cast) -> None:
    (row,) = lent(cast.dean, cast.outsider)
    end = reverse("stand_in_end", args=[row.pk])
    client.force_login(cast.reader)
    assert client.post(end).status_code == 404
    client.force_login(cast.outsider)
    page = client.post(end, follow=True).content.decode()
    undo = undo_in(page)
    client.force_login(cast.reader)
    assert client.post(undo).status_code == 404
    own = cast.dean.memberships.own().get()
    client.force_login(cast.dean)
    assert client.post(reverse("stand_in_end", args=[own.pk])).status_code == 404


def test_an_administrator_arranges_it_for_somebody_who_is_ill_and_ends_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)
    place = reverse("admin_stand_in_new", args=[cast.dean.pk])
    form = {"who": "adviser@hf.example", "roles": [cast.dean.memberships.get().pk]}
    page = client.post(place, {**form, "from_on": "2026-03-15", "to_on": "2026-04-15"}, follow=True).content.decode()
    row = Membership.objects.lent().get()
    assert row.history.get().history_user == cast.administrator
    assert mail.outbox[0].to == ["adviser@hf.example"]
    client.post(undo_in(page))
    assert not Membership.objects.lent().exists()
    client.post(place, {**form, "from_on": "2026-03-15", "to_on": "2026-04-15"})
    row = Membership.objects.lent().get()
    client.post(reverse("admin_membership_end", args=[row.pk]), {"last_day": "2026-03-20"})
    row.refresh_from_db()
    assert row.to_on == date(2026, 3, 20)


def test_the_stand_in_gets_the_units_mails_and_those_to_the_lender_in_person(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hjulet", cast.hf), cast.departments))
    tasks = make.tasks_of(edition)
    lent(cast.coordinator, cast.outsider)
    directory = Directory.on(TODAY)
    assert directory.recipients_of(tasks["ihk"]) == [cast.coordinator, cast.outsider]
    assert cast.ihk.pk in directory.units_of(cast.outsider)
    tasks["isl"].assigned_to = cast.coordinator
    assert [(told.why, told.people) for told in directory.told_of(tasks["isl"])] == [
        (Why.ASSIGNED, (cast.coordinator,)),
        (Why.STAND_IN, (cast.outsider,)),
    ]
    assert Directory.on(END + timedelta(days=1)).recipients_of(tasks["ihk"]) == [cast.coordinator]


def test_the_stand_in_gets_what_a_functions_holder_is_told(cast: Cast) -> None:
    held = make.function("webkontakt")
    FunctionHolder.objects.create(function=held, unit=cast.ihk, user=cast.coordinator)
    edition = make.edition(make.entry(make.wheel("hjulet", cast.hf), cast.ihk))
    edition.entry.responsibilities.update(function=held)
    task = make.tasks_of(edition)["ihk"]
    lent(cast.coordinator, cast.outsider)
    assert Directory.on(TODAY).recipients_of(task) == [cast.coordinator, cast.outsider]


def test_a_new_unit_of_a_stand_in_can_be_acted_for(client: Client, cast: Cast) -> None:
    lent(cast.coordinator, cast.outsider)
    client.force_login(cast.outsider)
    assert client.post("/enhet/", {"unit": cast.ihk.slug}).status_code == 302
    assert client.session["acting_unit"] == "ihk"
    assert Unit.objects.reached_by(fresh(cast.outsider), Permission.TICK, today=TODAY).filter(slug="ihk").exists()


def test_ending_never_makes_it_longer(client: Client, cast: Cast) -> None:
    (row,) = lent(cast.dean, cast.outsider)
    client.force_login(cast.administrator)
    page = client.post(reverse("admin_membership_end", args=[row.pk]), {"last_day": "2027-12-31"}).content.decode()
    assert "Vikaren slutter 15. april 2026. Å avslutte kan bare gjøre tiden kortere." in page
    row.refresh_from_db()
    assert row.to_on == END


def test_a_role_somebody_stands_in_for_is_not_undone_away(client: Client, cast: Cast) -> None:
    client.force_login(cast.administrator)
    form = {"unit": cast.imu.pk, "role": "editor", "from_on": "2026-03-15", "to_on": ""}
    page = client.post(reverse("admin_role_new", args=[cast.reader.pk]), form, follow=True).content.decode()
    lent(cast.reader, cast.outsider)
    refused = client.post(undo_in(page), follow=True).content.decode()
    assert said(refused)[-1] == "Noen er eller har vært vikar i denne rollen. Avslutt den med en dato i stedet."
    assert cast.reader.memberships.filter(unit=cast.imu).exists()


def test_the_list_of_people_says_who_stands_in(client: Client, cast: Cast) -> None:
    lent(cast.dean, cast.outsider)
    client.force_login(cast.administrator)
    page = client.get("/administrasjon/personer/").content.decode()
    assert "leder, HF (vikar)" in page
    assert page.count("(vikar)") == 1


def test_the_export_says_for_whom_a_role_is_held(cast: Cast) -> None:
    lent(cast.dean, cast.outsider)
    people = {person["email"]: person["memberships"] for person in export()["people"]}
    assert [row.get("stands_in_for") for row in people["adviser@nv.example"]] == [None, "dean@hf.example"]
    assert people["dean@hf.example"] == [{"unit": "hf", "role": "leader", "from": None, "to": None}]
