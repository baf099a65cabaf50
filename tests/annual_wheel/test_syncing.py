"""The page and the command that let the organisation follow a file."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from annual_wheel.administration.syncing import LATEST
from organisation import tasks
from organisation.models import Membership, StoredFile, Unit, User
from organisation.syncing.applying import STORED
from organisation.syncing.undoing import Standing, still_standing
from tests import factories as make
from tests.cast import Cast
from tests.organisation.test_administration import said, undo_in
from tests.organisation.test_syncing_tables import workbook

PLACE = "/administrasjon/fil/"
PEOPLE = "E-post;Navn;Enhet;Rolle\nny@hf.example;Ny;ihk;leser\nstaff@hf.example;Ansatt;hf;leser\n"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def boss(cast: Cast, client: Client) -> User:
    client.force_login(cast.administrator)
    return cast.administrator


def show(client: Client, text: str, kind: str = "people", **data: Any) -> str:
    return client.post(PLACE, {"kind": kind, "pasted": text, **data}).content.decode()


def press(client: Client, page: str, **data: Any) -> str:
    hidden = dict(re.findall(r'<input type="hidden" name="(kind|table|seen|ends_missing|skip)" value="([^"]*)"', page))
    return client.post(PLACE, {**hidden, "do": "lagre", **data}, follow=True).content.decode()


def parts(page: str) -> list[str]:
    return re.findall(r'<summary><h2 class="group-title">([^<]*)</h2>', page)


def test_a_file_is_shown_and_then_stored(boss: User, client: Client) -> None:
    file = SimpleUploadedFile("people.csv", PEOPLE.encode("cp1252"))
    page = client.post(PLACE, {"kind": "people", "file": file}).content.decode()
    assert parts(page) == ["1 ny", "1 uendret"]
    assert not User.objects.filter(email="ny@hf.example").exists()
    assert said(press(client, page)) == ["1 rad er lagret."]
    assert User.objects.get(email="ny@hf.example").memberships.get().history.get().history_user == boss
    assert mail.outbox == []
    assert "Ingenting å endre" in show(client, PEOPLE)


def test_an_excel_file_is_read_too(boss: User, client: Client) -> None:
    data = workbook(["Rolle", "E-post", "Enhet", "Fra"], ["leser", "staff@hf.example", "imu", date(2026, 4, 1)])
    page = client.post(PLACE, {"kind": "people", "file": SimpleUploadedFile("x.xlsx", data)}).content.decode()
    press(client, page)
    assert Membership.objects.get(user__email="staff@hf.example", unit__slug="imu").from_on == date(2026, 4, 1)


def test_invitations_go_only_when_chosen(
    boss: User, client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(tasks.invite, "delay", lambda *ids: asked.append(ids))
    page = show(client, PEOPLE)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, page, invite="on")
    person = User.objects.get(email="ny@hf.example")
    assert asked == [(person.pk, boss.pk)]
    tasks.invite(*asked[0])
    assert [letter.to for letter in mail.outbox] == [["ny@hf.example"]]
    person.set_password(make.PASSWORD)
    person.save()
    tasks.invite(*asked[0])
    assert len(mail.outbox) == 1


def test_what_has_changed_since_is_shown_again(boss: User, client: Client, cast: Cast) -> None:
    page = show(client, PEOPLE)
    make.user("ny@hf.example", name="Ny")
    again = press(client, page)
    assert "Noe er endret siden du så dette, og ingenting er lagret." in again
    assert parts(again) == ["1 ny", "1 uendret"]
    press(client, again)
    assert Membership.objects.filter(user__email="ny@hf.example", unit=cast.ihk).exists()


def test_the_rest_can_be_stored_without_the_wrong_rows(boss: User, client: Client) -> None:
    page = show(client, PEOPLE + "feil;Feil;ihk;leser\n")
    assert parts(page) == ["1 rad med feil", "1 ny", "1 uendret"]
    assert "Rad 4" in page
    assert "Lagre 1 rad, hopp over dem med feil" in page
    assert said(press(client, page)) == ["1 rad er lagret."]
    assert User.objects.filter(email="ny@hf.example").exists()


def test_the_rest_is_spoken_of_only_where_there_is_one(boss: User, client: Client) -> None:
    rest = "eller lagre resten uten dem."
    assert rest in show(client, PEOPLE + "feil;Feil;ihk;leser\n")
    page = show(client, "E-post;Navn;Enhet;Rolle\nfeil;Feil;ihk;leser\n")
    assert "Rett dem i filen og last den opp på nytt." in page
    assert rest not in page
    assert 'name="do"' not in page


def test_with_errors_nothing_can_be_ended(boss: User, client: Client) -> None:
    page = show(client, PEOPLE + "feil;Feil;ihk;leser\n", ends_missing="on")
    assert 'name="do"' not in page
    press(client, page)
    assert not Membership.objects.exclude(to_on=None).exists()


def test_tasks_follow_a_unit_that_comes_in(boss: User, client: Client, cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hjulet", cast.hf), cast.departments))
    text = "Kortnavn;Navn;Type;Hører under\nfilosofi;Filosofi;institutt;hf\n"
    assert said(press(client, show(client, text, kind="units"))) == ["1 rad er lagret. 1 oppgave gitt."]
    assert "filosofi" in make.tasks_of(edition)


def test_what_closing_a_unit_would_withdraw_is_said_before(
    boss: User, client: Client, cast: Cast, tmp_path: Path
) -> None:
    make.edition(make.entry(make.wheel("hjulet", cast.hf), cast.departments))
    text = "Kortnavn;Navn;Legges ned\nimu;Institutt for musikk;15.3.2026\n"
    assert "1 oppgave blir trukket" in show(client, text, kind="units")
    page = show(client, "Kortnavn;Navn\nhf;Det humanistiske fakultet\n", kind="units", ends_missing="on")
    assert page.count("1 oppgave blir trukket") == 3
    (tmp_path / "units.csv").write_text(text, encoding="utf-8")
    out = StringIO()
    call_command("sync_organisation", str(tmp_path / "units.csv"), "--kind", "units", "--dry-run", stdout=out)
    assert "15. mars 2026; 1 oppgave blir trukket)" in out.getvalue()


def test_missing_units_are_closed_where_ticked(boss: User, client: Client) -> None:
    text = "Kortnavn;Navn;Type;Hører under\nhf;Det humanistiske fakultet;fakultet;ntnu\n"
    page = show(client, text, kind="units", ends_missing="on")
    assert re.findall(r'name="close" value="([^"]*)"', page) == ["ntnu", "nv", "ihk", "isl", "imu", "studentene"]
    assert said(press(client, page, close=["imu"])) == ["1 er avsluttet."]
    assert [unit.slug for unit in Unit.objects.without_tree_fields().exclude(closes_on=None)] == ["imu"]


def roles() -> set[tuple[str, str, date | None]]:
    return set(Membership.objects.values_list("user__email", "unit__slug", "to_on"))


def test_a_file_without_rows_ends_nothing(boss: User, client: Client, tmp_path: Path) -> None:
    before = roles()
    page = show(client, "E-post;Navn\n", ends_missing="on")
    assert "Filen har ingen rader, så alt ville blitt avsluttet." in page
    assert 'name="do"' not in page
    tampered = press(client, show(client, "E-post;Navn\n"), ends_missing="on")
    assert said(tampered) == ["Filen kom ikke hel fram. Last den opp på nytt."]
    (tmp_path / "people.csv").write_text("E-post;Navn\n", encoding="utf-8")
    with pytest.raises(CommandError, match="Filen har ingen rader"):
        run(tmp_path / "people.csv", "--end-missing", "--end-many")
    assert roles() == before


def test_ending_more_than_a_third_must_be_ticked_and_is_undone_in_one_press(
    boss: User, client: Client, cast: Cast
) -> None:
    before = roles()
    page = show(client, PEOPLE, ends_missing="on")
    assert "Ja, avslutt 5 av 7" in page
    again = press(client, page)
    assert "Ingenting er lagret. Kryss av nederst for at så mye skal avsluttes" in again
    assert roles() == before
    done = press(client, again, ends_many="on")
    assert said(done) == ["1 rad er lagret. 5 er avsluttet."]
    assert len(roles() - before) == 6
    back = client.post(undo_in(done), follow=True).content.decode()
    kept = "1 som filen laget, blir stående: det som er laget, slettes ikke."
    assert said(back) == [f"6 er ført tilbake. {kept}"]
    assert roles() == before
    twice = said(client.post(undo_in(done), follow=True).content.decode())
    assert twice == [f"0 er ført tilbake. 6 er endret etterpå og står. {kept}"]


def test_a_little_that_ends_is_not_asked_about(boss: User, client: Client) -> None:
    rows = client.get(f"{PLACE}people.csv").content.decode("utf-8-sig").splitlines()
    page = show(client, "\n".join(row for row in rows if "staff@" not in row), ends_missing="on")
    assert parts(page)[0] == "1 avsluttes"
    assert "ends_many" not in page


def test_undo_leaves_what_somebody_has_changed_since_and_what_another_stored(
    boss: User, client: Client, cast: Cast
) -> None:
    text = "Kortnavn;Navn\nihk;Historie\nimu;Musikk\n"
    undo = undo_in(press(client, show(client, text, kind="units")))
    unit = Unit.objects.get(slug="imu")
    unit.name = "Musikk og dans"
    unit.save()
    client.force_login(make.user("annen@ntnu.example", ("administrator", cast.university)))
    assert "Det er ingenting å angre." in client.post(undo, follow=True).content.decode()
    client.force_login(boss)
    back = client.post(undo, follow=True).content.decode()
    assert said(back) == ["1 er ført tilbake. 1 er endret etterpå og står."]
    names = {unit.slug: unit.name for unit in Unit.objects.without_tree_fields().filter(slug__in=["ihk", "imu"])}
    assert names == {"ihk": cast.ihk.name, "imu": "Musikk og dans"}
    assert client.post(f"{PLACE}angre/20269999000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Velg en fil, eller lim inn rader under."),
        ({"pasted": "Navn\nA\n"}, "Filen mangler kolonnen «E-post»."),
        ({"pasted": "E-post\n", "file": "E-post\n"}, "Velg enten en fil eller innlimte rader, ikke begge."),
        ({"file": "PK\x03\x04"}, "Excel-filen er skadet."),
        ({"kind": "annet", "pasted": "E-post\n"}, "annet"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(boss: User, client: Client, data: dict[str, Any], words: str) -> None:
    if "file" in data:
        data = {**data, "file": SimpleUploadedFile("x", data["file"].encode())}
    page = client.post(PLACE, {"kind": "people", **data}).content.decode()
    assert words in page
    assert "ds-validation-message" in page


@pytest.mark.parametrize("table", ["", "tull", "eyJhIjoxfQ:1:abc"])
def test_a_file_that_was_tampered_with_is_refused(boss: User, client: Client, table: str) -> None:
    form = {"do": "lagre", "kind": "people", "table": table, "seen": "x"}
    page = client.post(PLACE, form, follow=True).content.decode()
    assert said(page) == ["Filen kom ikke hel fram. Last den opp på nytt."]


def test_what_stands_is_downloaded(boss: User, client: Client) -> None:
    answer = client.get(f"{PLACE}people.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="people-2026-03-15.csv"'
    first, second = answer.content.decode("utf-8-sig").splitlines()[:2]
    assert first == "E-post;Navn;Språk;Enhet;Rolle;Fra;Til"
    assert second == "admin@ntnu.example;Administrator;Bokmål;ntnu;administrator;;"
    assert client.get(f"{PLACE}alt.csv").status_code == 404


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def run(file: Path, *more: str) -> str:
    out = StringIO()
    call_command("sync_organisation", str(file), "--kind", "people", *more, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_does_the_same(cast: Cast, file: Path) -> None:
    file.write_text(PEOPLE, encoding="utf-8")
    assert run(file, "--dry-run").splitlines()[-2:] == ["1 ny, 1 uendret", "Nothing was stored."]
    assert not User.objects.filter(email="ny@hf.example").exists()
    assert run(file).splitlines()[-1] == "Stored."
    assert User.objects.get(email="ny@hf.example").history.get().history_user is None
    with pytest.raises(CommandError, match=r"6 of 8 would end\. Run it with --end-many"):
        run(file, "--end-missing")
    run(file, "--end-missing", "--end-many")
    assert Membership.objects.on(date(2026, 3, 16)).count() == 2


def test_the_command_names_what_is_wrong_and_stores_nothing(cast: Cast, file: Path) -> None:
    file.write_text(f"{PEOPLE}feil;Feil;ihk;leser\n", encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("sync_organisation", str(file), "--kind", "people", stdout=out, stderr=out)
    assert refused.value.returncode == 1
    assert "4: feil: Feil, feil, leser, ihk («feil» er ikke en e-postadresse.)" in out.getvalue()
    assert not User.objects.filter(email="ny@hf.example").exists()
    with pytest.raises(CommandError, match="cannot be read"):
        run(file.with_name("finnes-ikke.csv"))


def listed(client: Client) -> list[tuple[str, str, str, str, bool, str]]:
    """The files on the page: name, kind, counts, who, whether it can be taken back, and why not."""
    files = client.get(PLACE).context["files"]
    return [(row.name, row.kind, row.counts, row.who, bool(row.undo_url), row.why_not) for row in files]


def test_the_last_files_are_listed_and_taken_back_from_there(cast: Cast, boss: User, client: Client) -> None:
    assert listed(client) == []
    file = SimpleUploadedFile("roller.csv", b"E-post;Enhet;Rolle\nstaff@hf.example;imu;leder\n")
    press(client, client.post(PLACE, {"kind": "people", "file": file}).content.decode())
    assert listed(client) == [("roller.csv", "Personer og roller", "1 ny", "Administrator", True, "")]
    page = client.get(PLACE)
    client.post(page.context["files"][0].undo_url)
    assert not cast.reader.memberships.filter(unit=cast.imu).exists()
    ((*_rest, can_undo, why_not),) = listed(client)
    assert (can_undo, re.sub(r" \d+\. .*", " nå", why_not)) == (False, "Angret av Administrator nå")


def test_a_file_says_why_it_cannot_be_taken_back(cast: Cast, boss: User, client: Client, tmp_path: Path) -> None:
    press(client, show(client, "Kortnavn;Navn\nimu;Musikk\n", "units"))
    unit = Unit.objects.get(slug="imu")
    unit.name = "Institutt for all musikk"
    unit.save()
    press(client, show(client, "Kortnavn;Navn;Type;Hører under\nfilosofi;Filosofi;institutt;hf\n", "units"))
    path = tmp_path / "fra-personal.csv"
    path.write_text("E-post;Enhet;Rolle\nstaff@hf.example;imu;leser\n")
    call_command("sync_organisation", str(path), kind="people", stdout=StringIO())
    told = [(name, who, can_undo, why_not) for name, _kind, _counts, who, can_undo, why_not in listed(client)]
    assert told == [
        (
            "fra-personal.csv",
            "Lagret fra kommandolinjen",
            False,
            "Den som er lagret fra kommandolinjen, kan ikke angres her.",
        ),
        ("Innlimte rader", "Administrator", False, "Filen laget bare nytt, og det som er laget, slettes ikke."),
        (
            "Innlimte rader",
            "Administrator",
            False,
            "Det filen endret, er endret igjen etterpå, så den kan ikke angres.",
        ),
    ]


def test_a_file_with_what_one_may_no_longer_change_says_so(cast: Cast, client: Client) -> None:
    deputy = make.user("vara@ntnu.example", ("administrator", cast.university), name="Vara")
    client.force_login(deputy)
    press(client, show(client, "E-post;Enhet;Rolle\nstaff@hf.example;imu;administrator\nvara@ntnu.example;hf;leser\n"))
    held = cast.administrator.memberships.get()
    days = {"from_on": date(2026, 3, 1), "to_on": date(2026, 4, 1)}
    deputy.memberships.filter(role="administrator").delete()
    Membership.objects.create(user=deputy, unit=cast.university, role="administrator", through=held, **days)
    ((*_rest, can_undo, why_not),) = listed(client)
    assert not can_undo
    assert why_not == "Du kan ikke selv endre det filen endret lenger, så du kan ikke angre den."
    key = cast.reader.memberships.get(unit=cast.imu)
    key.to_on = date(2026, 5, 1)
    key.save()
    ((*_rest, can_undo, why_not),) = listed(client)
    assert not can_undo
    assert why_not == ("Noe av det filen endret, er endret igjen etterpå, og resten kan du ikke endre selv lenger.")


def test_whoever_administers_a_part_sees_their_own_files(cast: Cast, boss: User, client: Client) -> None:
    press(client, show(client, PEOPLE))
    other = make.user("other@ntnu.example", ("administrator", cast.university), name="En annen")
    client.force_login(other)
    ((*_rest, can_undo, why_not),) = listed(client)
    assert (can_undo, why_not) == (False, "Bare den som lagret filen, kan angre den.")
    client.force_login(make.user("boss@hf.example", ("administrator", cast.hf), name="Kontorsjef"))
    assert listed(client) == []


def test_files_of_others_hide_none_of_ones_own(cast: Cast, boss: User, client: Client) -> None:
    press(client, show(client, PEOPLE))
    other = make.user("other@ntnu.example", ("administrator", cast.university), name="En annen")
    for number, user in enumerate([other, None] * LATEST):
        moment = datetime(2027, 3, 16, 10, number, tzinfo=UTC)
        StoredFile.objects.create(kind="people", name=f"{number}.csv", stored_at=moment, user=user)
    files = listed(client)
    assert [name for name, *_rest in files] == [*(f"{2 * LATEST - 1 - n}.csv" for n in range(LATEST)), "Innlimte rader"]
    assert [can_undo for *_rest, can_undo, _why_not in files] == [*[False] * LATEST, True]


def test_a_file_that_changes_nothing_is_not_listed(boss: User, client: Client) -> None:
    press(client, show(client, "E-post;Enhet;Rolle\nstaff@hf.example;hf;leser\n"))
    assert listed(client) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_one_file_as_for_three(
    boss: User, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        press(client, show(client, f"E-post;Navn;Enhet;Rolle\nny{number}@hf.example;Ny;ihk;leser\n"))
    client.get(PLACE)
    with django_assert_num_queries(14):
        client.get(PLACE)


@pytest.mark.parametrize("count", [1, 60])
def test_what_stands_of_a_file_is_counted_by_the_database(
    boss: User, client: Client, count: int, django_assert_num_queries: Any
) -> None:
    rows = "".join(f"ny{number}@hf.example;Ny;ihk;leser\n" for number in range(count))
    press(client, show(client, f"E-post;Navn;Enhet;Rolle\n{rows}"))
    changed = Membership.objects.filter(user__email="ny0@hf.example").get()
    changed.role = "editor"
    changed.save()
    (file,) = StoredFile.objects.all()
    boss.own_reach(date(2026, 3, 15))
    with django_assert_num_queries(len(STORED)) as asked:
        standing = still_standing([file], by=boss, today=date(2026, 3, 15))
    assert standing == {file.stored_at: Standing(count=count - 1, changed=1)}
    assert max(len(query["sql"]) for query in asked) < 2_000  # no list of rows goes back to the database
