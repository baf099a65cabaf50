"""The administration of people, roles and functions."""

from __future__ import annotations

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse

from organisation.models import Function, FunctionHolder, Membership, User
from organisation.people import may_change_person, powers_of
from organisation.permissions import Permission
from organisation.services import last_change
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def boss(cast: Cast, client: Client) -> User:
    client.force_login(cast.administrator)
    return cast.administrator


@pytest.fixture
def local(cast: Cast) -> User:
    """Administrator of the faculty alone."""
    return make.user("boss@hf.example", ("administrator", cast.hf), name="Kontorsjef")


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*>([^<]*)</a>', page)


def said(page: str) -> list[str]:
    shown = page.split('<template id="failed"')[0]
    return [
        text.strip()
        for text in re.findall(r'class="toast-text"><svg.*?</svg>(?:<span>)?(.*?)</span>', shown, re.DOTALL)
    ]


def undo_in(page: str) -> str:
    """Return the address of the newest undo."""
    found = re.findall(r'data-undo>.*?<form action="([^"]+)"', page, re.DOTALL)
    assert found, "no undo on the page"
    return str(found[-1])


def test_people_are_listed_by_name_and_found_by_every_word(boss: User, client: Client) -> None:
    make.user("aase@hf.example", name="Åse Ås")
    make.user("oeystein@hf.example", name="Øystein Berg")
    page = client.get("/administrasjon/personer/").content.decode()
    assert names(page) == [
        "Administrator",
        "Ansatt",
        "Dekan",
        "Koordinator",
        "Rådgiver",
        "Rådgiver ved NV",
        "Øystein Berg",
        "Åse Ås",
    ]
    assert "8 personer" in page
    assert names(client.get("/administrasjon/personer/?sok=øyst+hf.ex").content.decode()) == ["Øystein Berg"]
    assert "Ingen treff" in client.get("/administrasjon/personer/?sok=finnes+ikke").content.decode()


def test_people_are_narrowed_to_a_unit_and_closed_accounts_shown_when_asked(
    boss: User, client: Client, cast: Cast
) -> None:
    User.objects.filter(pk=cast.dean.pk).update(is_active=False)
    place = "/administrasjon/personer/"
    assert names(client.get(f"{place}?enhet=hf").content.decode()) == ["Ansatt", "Rådgiver"]
    assert names(client.get(f"{place}?enhet=hf&vis=alle").content.decode()) == ["Ansatt", "Dekan", "Rådgiver"]


def test_htmx_gets_the_list_alone_and_hears_how_many(boss: User, client: Client) -> None:
    answer = client.get("/administrasjon/personer/?sok=dekan", headers={"HX-Request": "true"})
    assert names(answer.content.decode()) == ["Dekan"]
    assert "<html" not in answer.content.decode()
    assert answer["HX-Trigger"] == '{"announce": "1 person"}'


@pytest.mark.parametrize("extra", [1, 3])
def test_the_list_takes_the_same_number_of_queries(boss, client, cast, extra, django_assert_num_queries) -> None:
    for number in range(extra):
        make.user(f"p{number}@hf.example", ("reader", cast.ihk))
    with django_assert_num_queries(9):
        client.get("/administrasjon/personer/")


def test_a_new_person_gets_a_role_and_an_invitation_in_their_language(boss: User, client: Client, cast: Cast) -> None:
    form = {"name": "Ny Ansatt", "email": "Ny@HF.example", "language": "nb", "unit": cast.ihk.pk, "role": "contributor"}
    page = client.post("/administrasjon/personer/ny/", form, follow=True).content.decode()
    person = User.objects.get(email="ny@hf.example")
    assert [(held.role, held.unit, held.from_on) for held in person.memberships.all()] == [
        ("contributor", cast.ihk, TODAY)
    ]
    assert said(page) == ["Invitasjonen til Ny Ansatt er sendt til ny@hf.example."]
    assert "Har ikke valgt passord ennå" in page
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["ny@hf.example"], "Rød tråd: du har fått en konto")
    link = re.search(r"https?://[^/]+(/konto/passord/\S+)", str(letter.body))
    assert link
    visitor = Client()
    chosen = visitor.get(link[1], follow=True).request["PATH_INFO"]
    visitor.post(chosen, {"password1": make.PASSWORD, "password2": make.PASSWORD})
    assert visitor.login(email="ny@hf.example", password=make.PASSWORD)


@pytest.mark.parametrize("place", ["/administrasjon/personer/ny/", "/administrasjon/personer/{}/rolle/"])
def test_each_role_says_what_it_may_do_where_it_is_given(boss: User, client: Client, cast: Cast, place: str) -> None:
    page = BeautifulSoup(client.get(place.format(cast.reader.pk)).content, "html.parser")
    assert [label.text for label in page.select("fieldset[id=id_role] label")] == [
        "Leser kan lese utkast, arbeidstekster og merknader; gi innspill i høringer, også hos enhetene over",
        "Bidragsyter kan det samme som en leser, og kvittere ut enhetens oppgaver; "
        "lese og skrive interne kommentarer, også hos enhetene over",
        "Redaktør kan det samme som en bidragsyter, og skrive enhetens planer og årshjul",
        "Leder kan det samme som en redaktør, og vedta enhetens planer",
        "Administrator kan det samme som en leder, og administrere enheter, grupper, funksjoner, personer og roller",
    ]


def test_somebody_with_an_account_elsewhere_gets_the_role(client: Client, cast: Cast, local: User) -> None:
    client.force_login(local)
    form = {"name": "X", "email": cast.outsider.email, "language": "nb", "unit": cast.hf.pk, "role": "reader"}
    page = client.post("/administrasjon/personer/ny/", form, follow=True).content.decode()
    assert said(page) == ["Rådgiver ved NV hadde en konto fra før, og har fått rollen."]
    assert set(cast.outsider.memberships.values_list("unit__slug", "role")) == {("nv", "editor"), ("hf", "reader")}
    assert mail.outbox == []


def test_a_mail_server_that_is_away_loses_nothing(boss: User, client: Client, cast: Cast, monkeypatch) -> None:
    def away(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("organisation.invitations.send_mail", away)
    form = {"name": "Ny", "email": "ny@hf.example", "language": "nb", "unit": cast.ihk.pk, "role": "reader"}
    page = client.post("/administrasjon/personer/ny/", form, follow=True).content.decode()
    assert said(page) == [
        "E-posten til ny@hf.example kunne ikke sendes. Alt annet er lagret. Send invitasjonen på nytt om litt."
    ]
    assert User.objects.filter(email="ny@hf.example").exists()


def test_closing_an_account_shuts_out_at_once_and_keeps_everything(boss: User, client: Client, cast: Cast) -> None:
    theirs = Client()
    theirs.force_login(cast.dean)
    page = client.post(reverse("admin_person_deactivate", args=[cast.dean.pk]), follow=True).content.decode()
    assert theirs.get("/konto/passord/").status_code == 302
    assert cast.dean.memberships.count() == 1
    client.post(undo_in(page))
    assert User.objects.get(pk=cast.dean.pk).is_active


def test_nobody_locks_themselves_out(boss: User, client: Client) -> None:
    own = boss.memberships.get()
    page = client.post(reverse("admin_person_deactivate", args=[boss.pk]), follow=True).content.decode()
    assert said(page) == ["Du kan ikke stenge din egen konto. Be en annen administrator."]
    page = client.post(reverse("admin_membership_end", args=[own.pk]), {"last_day": "2026-03-15"}).content.decode()
    refused = "Du kan ikke ta fra deg selv rollen som administrator. Be en annen administrator."
    assert refused in page
    undo = client.post(reverse("admin_membership_undo", args=[own.pk, last_change(own)]), follow=True)
    assert said(undo.content.decode()) == [refused]
    assert User.objects.get(pk=boss.pk).is_active
    assert Membership.objects.get(pk=own.pk).to_on is None


def test_a_role_is_given_ended_and_taken_back(boss: User, client: Client, cast: Cast) -> None:
    form = {"unit": cast.imu.pk, "role": "editor", "from_on": "2026-03-15", "to_on": ""}
    client.post(reverse("admin_role_new", args=[cast.reader.pk]), form)
    row = cast.reader.memberships.get(unit=cast.imu)
    assert (row.role, row.from_on, row.history.get().history_user) == ("editor", TODAY, boss)
    page = client.post(reverse("admin_membership_end", args=[row.pk]), {"last_day": "2026-03-31"}, follow=True)
    row.refresh_from_db()
    assert row.to_on == date(2026, 3, 31)
    client.post(undo_in(page.content.decode()))
    row = Membership.objects.get(pk=row.pk)
    assert row.to_on is None
    assert [line.history_change_reason for line in row.history.all()] == ["Angret.", "Avsluttet.", None]


def test_what_was_given_by_mistake_is_undone_and_the_log_keeps_it(boss: User, client: Client, cast: Cast) -> None:
    form = {"unit": cast.imu.pk, "role": "leader", "from_on": "2026-03-15", "to_on": ""}
    page = client.post(reverse("admin_role_new", args=[cast.reader.pk]), form, follow=True).content.decode()
    client.post(undo_in(page))
    assert not cast.reader.memberships.filter(unit=cast.imu).exists()
    log = Membership.history.filter(user=cast.reader, unit=cast.imu)
    assert [line.history_type for line in log] == ["-", "+"]


def test_an_undo_gives_way_to_a_newer_change(boss: User, client: Client, cast: Cast) -> None:
    row = cast.reader.memberships.get()
    page = client.post(reverse("admin_membership_end", args=[row.pk]), {"last_day": "2026-03-31"}, follow=True)
    client.post(reverse("admin_membership_end", args=[row.pk]), {"last_day": "2026-04-30"})
    refused = client.post(undo_in(page.content.decode()), follow=True).content.decode()
    assert said(refused)[-1] == "Dette er endret igjen etterpå, så endringen kan ikke angres herfra."
    row.refresh_from_db()
    assert row.to_on == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"role": "reader", "from_on": "2026-03-15", "to_on": "2026-03-01"}, "Siste dag kan ikke være før den første."),
        ({"role": "reader", "from_on": "", "to_on": ""}, "Dette er ført opp fra før, uten sluttdato."),
    ],
)
def test_a_role_that_cannot_be_is_refused_at_the_field(boss: User, client: Client, cast: Cast, form, words) -> None:
    page = client.post(reverse("admin_role_new", args=[cast.reader.pk]), {**form, "unit": cast.hf.pk}).content.decode()
    assert words in page
    assert cast.reader.memberships.count() == 1


def test_what_a_person_may_do_is_told_with_its_reason(cast: Cast) -> None:
    Membership.objects.create(user=cast.coordinator, unit=cast.hf, role="reader")
    told = {power.words: power.places for power in powers_of(cast.coordinator, today=TODAY)}
    faculty = ("Det humanistiske fakultet og de 3 enhetene under", "leser ved HF")
    ihk = ("Institutt for historiske og klassiske studier", "bidragsyter ved IHK")
    isl = ("Institutt for språk og litteratur", "bidragsyter ved ISL")
    assert told == {
        "Lese utkast, arbeidstekster og merknader": [faculty, ihk, isl],
        "Gi innspill i høringer, også hos enhetene over": [faculty, ihk, isl],
        "Kvittere ut enhetens oppgaver": [ihk, isl],
        "Lese og skrive interne kommentarer, også hos enhetene over": [ihk, isl],
    }
    cast.coordinator.is_active = False
    assert powers_of(cast.coordinator, today=TODAY) == []


def test_the_page_of_a_person_says_the_same(boss: User, client: Client, cast: Cast) -> None:
    page = " ".join(client.get(reverse("admin_person", args=[cast.dean.pk])).content.decode().split())
    assert "Det humanistiske fakultet og de 3 enhetene under" in page
    assert "fordi personen er leder ved HF" in page
    assert page.count("fordi personen er leder ved HF") == 6


def test_an_administrator_sees_only_their_own(client: Client, cast: Cast, local: User) -> None:
    client.force_login(local)
    assert names(client.get("/administrasjon/personer/").content.decode()) == [
        "Ansatt",
        "Dekan",
        "Kontorsjef",
        "Koordinator",
        "Rådgiver",
    ]
    assert client.get(reverse("admin_person", args=[cast.outsider.pk])).status_code == 404
    theirs = cast.outsider.memberships.get()
    assert client.get(reverse("admin_membership_end", args=[theirs.pk])).status_code == 404
    form = {"unit": cast.university.pk, "role": "administrator", "from_on": "", "to_on": ""}
    client.post(reverse("admin_role_new", args=[local.pk]), form)
    assert not local.may(Permission.ADMINISTER, cast.university, today=TODAY)


def test_an_address_is_changed_only_by_who_administers_all_of_the_persons_roles(
    client: Client, cast: Cast, local: User
) -> None:
    """Whoever can change an address can take the account over, and must not reach further by it."""
    Membership.objects.create(user=cast.administrator, unit=cast.ihk, role="reader")
    superuser = User.objects.create_superuser("root@hf.example", make.PASSWORD, name="Teknisk")
    Membership.objects.create(user=superuser, unit=cast.hf, role="reader")
    assert may_change_person(local, cast.dean, today=TODAY)
    client.force_login(local)
    for other in (cast.administrator, superuser):
        assert not may_change_person(local, other, today=TODAY)
        page = reverse("admin_person_edit", args=[other.pk])
        assert client.post(page, {"name": "X", "email": "x@hf.example", "language": "nb"}).status_code == 403
        assert client.post(reverse("admin_person_deactivate", args=[other.pk])).status_code == 403
    assert not User.objects.filter(email="x@hf.example").exists()


def open_form(client: Client, place: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', client.get(place).content.decode())
    assert found
    return found[1]


def test_a_changed_address_is_the_only_one_that_logs_in(boss: User, client: Client, cast: Cast) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=cast.dean, email=cast.dean.email, primary=True)
    place = reverse("admin_person_edit", args=[cast.dean.pk])
    form = {"name": "Dekan", "email": "New.Dean@hf.example", "language": "en", "seen": open_form(client, place)}
    client.post(place, form)
    visitor = Client()
    visitor.post("/konto/login/", {"login": "dean@hf.example", "password": make.PASSWORD})
    assert "_auth_user_id" not in visitor.session
    visitor.post("/konto/login/", {"login": "new.dean@hf.example", "password": make.PASSWORD})
    assert visitor.session["_auth_user_id"] == str(cast.dean.pk)


def test_an_address_that_is_taken_is_refused(boss: User, client: Client, cast: Cast) -> None:
    place = reverse("admin_person_edit", args=[cast.dean.pk])
    form = {"name": "Dekan", "email": cast.reader.email.upper(), "language": "nb", "seen": open_form(client, place)}
    assert "En annen person har denne adressen." in client.post(place, form).content.decode()


def test_a_newer_change_is_shown_before_it_is_written_over(boss: User, client: Client, cast: Cast) -> None:
    place = reverse("admin_person_edit", args=[cast.dean.pk])
    form = {"name": "Min dekan", "email": cast.dean.email, "language": "nb", "seen": open_form(client, place)}
    User.objects.filter(pk=cast.dean.pk).update(name="Deres dekan")
    page = client.post(place, form).content.decode()
    assert "Noen lagret en endring mens du skrev. Nå står det: Navn: Deres dekan." in page
    assert 'value="Min dekan"' in page
    assert User.objects.get(pk=cast.dean.pk).name == "Deres dekan"
    again = re.search(r'name="seen" value="([^"]*)"', page)
    assert again
    client.post(place, {**form, "seen": again[1]})
    assert User.objects.get(pk=cast.dean.pk).name == "Min dekan"


def test_a_function_is_made_and_somebody_gets_it(boss: User, client: Client, cast: Cast) -> None:
    page = client.post("/administrasjon/funksjoner/ny/", {"name": "Rådgiver for økonomi", "name_en": ""})
    assert page["Location"] == "/administrasjon/funksjoner/radgiver-for-okonomi/"
    place = f"{page['Location']}innehaver/"
    wrong = client.post(place, {"who": "nobody@hf.example", "unit": cast.ihk.pk, "from_on": "", "to_on": ""})
    assert "Fant ingen person med denne adressen." in wrong.content.decode()
    right = {"who": "Coordinator@hf.example", "unit": cast.ihk.pk, "from_on": "2026-01-01", "to_on": ""}
    shown = client.post(place, right, follow=True).content.decode()
    assert said(shown) == ["Koordinator har nå funksjonen."]
    assert "siden 1. januar 2026" in shown
    holder = FunctionHolder.objects.get()
    client.post(reverse("admin_holder_end", args=[holder.pk]), {"last_day": "2026-02-28"})
    ended = client.get(page["Location"]).content.decode()
    assert "Avsluttet" in ended
    assert "0 personer" in ended


def test_only_those_one_looks_after_are_offered_and_anyone_can_be_typed(
    client: Client, cast: Cast, local: User, boss: User
) -> None:
    held = Function.objects.create(slug="radgiver", name="Rådgiver")
    place = reverse("admin_holder_new", args=[held.slug])

    def offered(user: User) -> set[str]:
        client.force_login(user)
        return set(re.findall(r'<option value="([^"]+@[^"]+)"', client.get(place).content.decode()))

    assert offered(boss) == set(User.objects.filter(is_active=True).values_list("email", flat=True))
    assert cast.coordinator.email in offered(local)
    assert cast.outsider.email not in offered(local)
    typed = {"who": cast.outsider.email, "unit": cast.ihk.pk, "from_on": "2026-01-01", "to_on": ""}
    client.post(place, typed)
    assert FunctionHolder.objects.get().user == cast.outsider


def test_functions_are_named_by_who_administers_all(client: Client, cast: Cast, local: User) -> None:
    client.force_login(local)
    assert client.post("/administrasjon/funksjoner/ny/", {"name": "Ny"}).status_code == 403
    assert (
        "Ny funksjon"
        not in client.get("/administrasjon/funksjoner/").content.decode().split("<main")[1].split("Søk")[0]
    )


def test_the_role_table_is_readable(boss: User, client: Client) -> None:
    page = client.get("/administrasjon/roller/").content.decode()
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    table = [
        (re.search(r'scope="row">([^<]*)', row)[1], ["Ja" in cell for cell in row.split("<td")[1:]])  # type: ignore[index]
        for row in body.split("<tr>")[1:]
    ]
    assert table == [
        ("Lese utkast, arbeidstekster og merknader", [True, True, True, True, True]),
        ("Gi innspill i høringer, også hos enhetene over", [True, True, True, True, True]),
        ("Kvittere ut enhetens oppgaver", [False, True, True, True, True]),
        ("Lese og skrive interne kommentarer, også hos enhetene over", [False, True, True, True, True]),
        ("Skrive enhetens planer og årshjul", [False, False, True, True, True]),
        ("Vedta enhetens planer", [False, False, False, True, True]),
        ("Administrere enheter, grupper, funksjoner, personer og roller", [False, False, False, False, True]),
    ]
