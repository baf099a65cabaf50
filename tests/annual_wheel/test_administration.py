"""The administration of units and groups, and what a change there means for the tasks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from annual_wheel.models import Edition
from organisation.models import GroupMember, Unit, UnitGroup, User
from tests import factories as make
from tests.cast import Cast
from tests.organisation.test_administration import open_form, said, undo_in

pytestmark = pytest.mark.usefixtures("today")
UNITS = "/administrasjon/enheter/"
GROUPS = "/administrasjon/grupper/"


@pytest.fixture
def boss(cast: Cast, client: Client) -> User:
    client.force_login(cast.administrator)
    return cast.administrator


@pytest.fixture
def local(cast: Cast, client: Client) -> User:
    """Administrator of the faculty alone."""
    user = make.user("boss@hf.example", ("administrator", cast.hf), name="Kontorsjef")
    client.force_login(user)
    return user


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """15 April, one task for each of the three departments."""
    return make.edition(make.entry(make.wheel("hjulet", cast.hf), cast.departments))


def tree(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<li data-depth="(\d)">\s*<h2 class="row-title"><a[^>]*>([^<]*)</a>', page)


def statuses(edition: Edition) -> dict[str, str]:
    return {slug: task.status for slug, task in make.tasks_of(edition).items()}


def unit_form(client: Client, unit: Unit, **changed: object) -> dict[str, object]:
    place = reverse("admin_unit_edit", args=[unit.slug])
    return {
        "name": unit.name,
        "name_en": unit.name_en,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "parent": unit.parent_id or "",
        "is_participating": "on",
        "opens_on": "",
        "seen": open_form(client, place),
        **changed,
    }


def test_units_stand_as_a_tree_in_norwegian_order(boss: User, client: Client, cast: Cast) -> None:
    make.unit("aa", cast.hf, name="Åpen enhet")
    make.unit("oe", cast.hf, name="Øvre enhet")
    assert tree(client.get(UNITS).content.decode()) == [
        ("0", "Universitetet"),
        ("1", "Det humanistiske fakultet"),
        ("2", "Institutt for historiske og klassiske studier"),
        ("2", "Institutt for musikk"),
        ("2", "Institutt for språk og litteratur"),
        ("2", "Øvre enhet"),
        ("2", "Åpen enhet"),
        ("1", "Fakultet for naturvitenskap"),
        ("1", "Studentene"),
    ]
    assert tree(client.get(f"{UNITS}?sok=musikk").content.decode()) == [("0", "Institutt for musikk")]


def test_an_administrator_of_a_faculty_sees_that_alone(local: User, client: Client, cast: Cast) -> None:
    assert [name for _depth, name in tree(client.get(UNITS).content.decode())] == [
        "Det humanistiske fakultet",
        "Institutt for historiske og klassiske studier",
        "Institutt for musikk",
        "Institutt for språk og litteratur",
    ]
    assert client.get(f"{UNITS}nv/").status_code == 404
    assert client.post(f"{UNITS}nv/legg-ned/", {"closes_on": "2026-03-15"}).status_code == 404
    form = {"name": "På toppen", "kind": "faculty", "parent": "", "is_participating": "on"}
    assert "Fyll ut dette feltet." in client.post(f"{UNITS}ny/", form).content.decode()
    nv = Unit.objects.get(slug="nv")
    assert "Dette er ikke blant valgene." in client.post(f"{UNITS}ny/", {**form, "parent": nv.pk}).content.decode()
    assert not Unit.objects.filter(name="På toppen").exists()


@pytest.mark.parametrize("extra", [1, 3])
@pytest.mark.parametrize(("place", "queries"), [(UNITS, 5), (GROUPS, 5), (f"{UNITS}hf/", 8), (f"{GROUPS}liste/", 10)])
def test_lists_take_the_same_number_of_queries(
    boss, client, cast, extra, place, queries, django_assert_num_queries
) -> None:
    listed = make.group("liste", cast.hf, cast.ihk, name="Liste")
    for number in range(extra):
        unit = make.unit(f"e{number}", cast.hf)
        make.user(f"p{number}@hf.example", ("reader", cast.hf))
        GroupMember.objects.create(group=listed, unit=unit)
    client.get(place)  # reads what is kept for as long as the logs stand still
    with django_assert_num_queries(queries):
        client.get(place)


def test_a_new_unit_gets_its_tasks_at_once(boss: User, client: Client, cast: Cast, edition: Edition) -> None:
    form = {
        "name": "Institutt for Øyhopping",
        "short_name": "IØH",
        "kind": "department",
        "parent": cast.hf.pk,
        "is_participating": "on",
        "opens_on": "2026-03-15",
    }
    answer = client.post(f"{UNITS}ny/", form)
    assert answer["Location"] == f"{UNITS}ioh/"
    assert said(client.get(f"{UNITS}ioh/").content.decode()) == ["Institutt for Øyhopping er laget. 1 oppgave gitt."]
    assert statuses(edition) == {"ihk": "open", "isl": "open", "imu": "open", "ioh": "open"}


def test_a_unit_is_never_moved_below_itself(boss: User, client: Client, cast: Cast) -> None:
    place = reverse("admin_unit_edit", args=["hf"])
    for below in (cast.hf, cast.ihk):
        page = client.post(place, unit_form(client, cast.hf, parent=below.pk)).content.decode()
        assert "En enhet kan ikke høre under seg selv eller noe som hører under den." in page
    assert Unit.objects.get(slug="hf").parent == cast.university


def test_moving_a_unit_moves_its_tasks_and_back(boss: User, client: Client, cast: Cast, edition: Edition) -> None:
    nv = Unit.objects.get(slug="nv")
    place = reverse("admin_unit_edit", args=["imu"])
    page = client.post(place, unit_form(client, cast.imu, parent=nv.pk), follow=True).content.decode()
    assert said(page) == ["Endringen er lagret. 1 oppgave trukket."]
    assert statuses(edition) == {"ihk": "open", "isl": "open", "imu": "withdrawn"}
    back = client.post(undo_in(page), follow=True).content.decode()
    assert said(back) == ["Endringen er angret. 1 oppgave gitt."]
    assert Unit.objects.get(slug="imu").parent == cast.hf
    assert statuses(edition) == {"ihk": "open", "isl": "open", "imu": "open"}


def test_closing_a_unit_withdraws_and_opening_gives_back(
    boss: User, client: Client, cast: Cast, edition: Edition
) -> None:
    asking = client.get(f"{UNITS}imu/legg-ned/").content.decode()
    assert "Legges enheten ned i dag: 1 oppgave blir trukket." in asking
    page = client.post(f"{UNITS}imu/legg-ned/", {"closes_on": "2026-05-01"}, follow=True).content.decode()
    assert said(page) == ["Legges ned 1. mai 2026: Institutt for musikk."]
    page = client.post(f"{UNITS}imu/legg-ned/", {"closes_on": "2026-03-15"}, follow=True).content.decode()
    assert said(page) == ["Lagt ned 15. mars 2026: Institutt for musikk. 1 oppgave trukket."]
    assert "Institutt for musikk" not in client.get(UNITS).content.decode()
    assert "Lagt ned 15. mars 2026" in client.get(f"{UNITS}?vis=alle").content.decode()
    page = client.post(f"{UNITS}imu/apne/", follow=True).content.decode()
    assert said(page) == ["Institutt for musikk er åpen igjen. 1 oppgave gitt."]


def test_a_newer_change_of_a_unit_is_not_written_over(boss: User, client: Client, cast: Cast) -> None:
    form = unit_form(client, cast.ihk, name="Min")
    Unit.objects.filter(pk=cast.ihk.pk).update(short_name="Deres")
    page = client.post(reverse("admin_unit_edit", args=["ihk"]), form).content.decode()
    assert "Nå står det:" in page
    assert "Forkortelse: Deres" in page
    assert Unit.objects.get(slug="ihk").short_name == "Deres"


def group_form(group: UnitGroup, client: Client, **changed: object) -> dict[str, object]:
    return {
        "name": group.name,
        "name_en": group.name_en,
        "owner": group.owner_id,
        "rule": group.rule,
        "member_kind": group.member_kind,
        "except_group": group.except_group_id or "",
        "seen": open_form(client, reverse("admin_group_edit", args=[group.slug])),
        **changed,
    }


def test_a_group_is_made_filled_and_used(boss: User, client: Client, cast: Cast, edition: Edition) -> None:
    form = {"name": "Med rekrutteringsgruppe", "owner": cast.hf.pk, "rule": "listed", "member_kind": "department"}
    answer = client.post(f"{GROUPS}ny/", form)
    assert answer["Location"] == f"{GROUPS}med-rekrutteringsgruppe/"
    made = UnitGroup.objects.get(slug="med-rekrutteringsgruppe")
    assert made.member_kind == ""
    place = reverse("admin_group_edit", args=["instituttene"])
    page = client.post(place, group_form(cast.departments, client, except_group=made.pk), follow=True).content.decode()
    assert said(page)[-1] == "Endringen er lagret."
    assert "Alle enheter av typen institutt under HF, unntatt Med rekrutteringsgruppe" in page
    member = {"unit": cast.imu.pk, "from_on": "2026-03-15", "to_on": ""}
    page = client.post(f"{answer['Location']}medlem/", member, follow=True).content.decode()
    assert said(page) == ["Institutt for musikk er med i gruppen. 1 oppgave trukket."]
    row = GroupMember.objects.get(group=made)
    page = client.post(
        reverse("admin_member_end", args=[row.pk]), {"last_day": "2026-03-31"}, follow=True
    ).content.decode()
    assert said(page) == [
        "Institutt for musikk – Med rekrutteringsgruppe er avsluttet. Siste dag er 31. mars 2026. 1 oppgave gitt."
    ]
    assert statuses(edition) == {"ihk": "open", "isl": "open", "imu": "open"}
    client.post(undo_in(page))
    assert statuses(edition) == {"ihk": "open", "isl": "open", "imu": "withdrawn"}
    row.refresh_from_db()
    assert row.to_on is None


def test_groups_never_leave_each_other_out_in_a_ring(boss: User, client: Client, cast: Cast) -> None:
    other = make.group("andre", cast.hf, except_group=cast.departments)
    form = group_form(cast.departments, client, except_group=other.pk)
    page = client.post(reverse("admin_group_edit", args=["instituttene"]), form).content.decode()
    assert "Gruppen kan ikke være unntatt fra seg selv, heller ikke gjennom en annen gruppe." in page
    form = group_form(cast.departments, client, member_kind="")
    page = client.post(reverse("admin_group_edit", args=["instituttene"]), form).content.decode()
    assert "Velg hvilken type enheter gruppen består av." in page


def test_a_group_of_another_faculty_is_not_there(local: User, client: Client, cast: Cast) -> None:
    theirs = make.group("deres", Unit.objects.get(slug="nv"), cast.ihk, name="Deres")
    member = theirs.members.get()
    assert client.get(f"{GROUPS}deres/").status_code == 404
    assert client.post(reverse("admin_member_end", args=[member.pk]), {"last_day": "2026-03-15"}).status_code == 404
    assert client.post(f"{GROUPS}deres/medlem/", {"unit": cast.isl.pk}).status_code == 404
    assert "Deres" not in client.get(GROUPS).content.decode()


@pytest.fixture
def having(cast: Cast) -> UnitGroup:
    """Departments with a recruitment group; the entry is for those without."""
    group = make.group("med", cast.hf, cast.imu, name="Med gruppe")
    lacking = make.group("uten", cast.hf, except_group=group, name="Uten gruppe")
    make.edition(make.entry(make.wheel("hjulet", cast.hf), lacking))
    return group


def own(page: str) -> dict[str, bool]:
    main = page.split("Gjelder i dag")[0]
    rows = re.findall(r'<h3 class="row-title">([^<]*)</h3>.*?data-state="(\w+)"', main, re.DOTALL)
    return {name: state == "done" for name, state in rows}


def test_a_department_tells_that_it_has_a_group(having: UnitGroup, cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    ihk, isl = "Institutt for historiske og klassiske studier", "Institutt for språk og litteratur"
    assert own(client.get("/grupper/med/").content.decode()) == {ihk: False, isl: False}
    page = client.post("/grupper/med/meld/", {"unit": "isl"}, follow=True).content.decode()
    assert said(page) == ["Institutt for språk og litteratur er nå med i «Med gruppe». 1 oppgave trukket."]
    assert own(page) == {ihk: False, isl: True}
    again = client.post("/grupper/med/meld/", {"unit": "isl"}, follow=True).content.decode()
    assert said(again) == ["Institutt for språk og litteratur er ført opp fra før, eller kan ikke føre seg opp selv."]
    page = client.post("/grupper/med/angre/", {"unit": "isl"}, follow=True).content.decode()
    assert said(page) == ["Institutt for språk og litteratur er ikke lenger med i «Med gruppe». 1 oppgave gitt."]


def test_htmx_gets_the_part_alone_with_what_happened(having: UnitGroup, cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = client.post("/grupper/med/meld/", {"unit": "isl"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert 'hx-swap-oob="innerHTML"' in page
    assert said(page) == ["Institutt for språk og litteratur er nå med i «Med gruppe». 1 oppgave trukket."]


def test_nobody_speaks_for_a_unit_that_is_not_theirs(having: UnitGroup, cast: Cast, client: Client) -> None:
    client.force_login(cast.reader)
    assert own(client.get("/grupper/med/").content.decode()) == {}
    assert client.post("/grupper/med/meld/", {"unit": "isl"}).status_code == 404
    assert client.post("/grupper/finnes-ikke/meld/", {"unit": "isl"}).status_code == 404
    assert [unit.slug for unit in having.units_on(date(2026, 3, 15))] == ["imu"]
