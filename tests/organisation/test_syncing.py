"""What a file would change, and what is stored: units, groups, functions, people and roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from organisation.models import Function, FunctionHolder, GroupMember, Membership, Unit, UnitGroup, User
from organisation.syncing import applying
from organisation.syncing.applying import Applied, Changed, EndsMany, apply, file_of, plan_of
from organisation.syncing.columns import read_sheet
from organisation.syncing.plan import Plan
from organisation.syncing.table import read_file, read_text
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)
LAST_WEEK, LATER = TODAY - timedelta(days=7), TODAY + timedelta(days=60)


def planned(kind: str, text: str, *, by: User | None = None, ends_missing: bool = False) -> Plan:
    return plan_of(kind, read_sheet(kind, read_text(text)), by=by, today=TODAY, ends_missing=ends_missing)


def stored(kind: str, text: str, *, by: User | None = None, **how: object) -> Applied:
    return apply(kind, read_sheet(kind, read_text(text)), by=by, today=TODAY, **{"seen": None, **how})  # type: ignore[arg-type]


def outcomes(plan: Plan) -> list[tuple[int, str]]:
    return [(row.number, row.outcome.value) for row in plan.rows]


def errors(plan: Plan) -> dict[int, list[str]]:
    return {row.number: row.errors for row in plan.rows if row.errors}


def unknown(column: str, words: str, allowed: str) -> str:
    return f"{column}: «{words}» er ukjent. Skriv ett av disse: {allowed}."


NO_LANGUAGE = unknown("Språk", "tysk", "«Bokmål», «Engelsk»")
NO_ROLE = unknown("Rolle", "sjef", "«leser», «bidragsyter», «redaktør», «leder», «administrator»")
KINDS = "«institusjon», «fakultet», «institutt», «seksjon», «administrativ enhet», «samarbeidspartner», «studieprogram»"
RULES = "«alle enheter av en type under eieren», «enhetene som er ført opp», «bare et navn, fordeles aldri»"
YES_OR_NO = "«ja», «nei»"


@pytest.fixture
def local(cast: Cast) -> User:
    return make.user("boss@hf.example", ("administrator", cast.hf), name="Kontorsjef")


@pytest.fixture
def full(cast: Cast) -> Cast:
    """A bit of everything that a file can say."""
    listed = make.group("med-gruppe", cast.hf, cast.imu, cast.isl)
    make.group("uten-gruppe", cast.hf, except_group=listed)
    make.group("bare-navn", cast.hf, rule="named", member_kind="", name='=Navn; med «tegn», og "anførsel"')
    held = make.function("webkontakt", name="Webkontakt", name_en="Web contact")
    make.function("delt-1", name="Delt navn")
    make.function("delt-2", name="Delt navn")
    make.function("tom", name="@tom")
    for first, last in ((None, TODAY), (LATER, None)):
        FunctionHolder.objects.create(function=held, unit=cast.ihk, user=cast.coordinator, from_on=first, to_on=last)
    for first, last in ((None, LATER), (LAST_WEEK, LATER), (None, None)):
        Membership.objects.create(user=cast.dean, unit=cast.isl, role="reader", from_on=first, to_on=last)
    music = {"opens_on": LAST_WEEK, "closes_on": LATER, "name_en": "Music", "is_quiet_in_july": True}
    Unit.objects.filter(pk=cast.imu.pk).update(**music)
    make.user("alene@hf.example", name="-Uten  rolle", language="en")
    make.user("stengt@hf.example", ("reader", cast.hf), is_active=False)
    held_role = cast.dean.memberships.get(role="leader")
    Membership.objects.create(
        user=cast.outsider, unit=cast.hf, role="leader", from_on=TODAY, to_on=LATER, through=held_role
    )
    return cast


@pytest.mark.parametrize("kind", ["units", "groups", "functions", "people"])
@pytest.mark.parametrize("who", ["everything", "local"])
@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_stands_read_back_changes_nothing(full: Cast, local: User, kind: str, who: str, language: str) -> None:
    from django.utils import translation

    by = None if who == "everything" else local
    with translation.override(language):
        data = file_of(kind, by=by, today=TODAY)
    plan = plan_of(kind, read_sheet(kind, read_file(data)), by=by, today=TODAY, ends_missing=True)
    assert errors(plan) == {}
    assert {row.outcome.value for row in plan.rows} <= {"same"}
    assert plan.notes == ()
    assert len(plan.rows) >= 3
    assert not plan.has_work


def test_new_people_and_roles_come_in(cast: Cast) -> None:
    text = (
        "E-post;Navn;Språk;Enhet;Rolle;Fra;Til\n"
        "Ny@HF.example;Ny Ansatt;engelsk;ihk;Redaktør;;\n"
        "ny@hf.example;Ny Ansatt;;ISL;editor;01.04.2026;30.06.2026\n"
        "dean@hf.example;Dekan;nb;hf;leader;;\n"
        "staff@hf.example;Ansatt;;hf;leser;;31.12.2026\n"
    )
    plan = planned("people", text)
    assert outcomes(plan) == [(2, "new"), (3, "new"), (4, "same"), (5, "changed")]
    assert [(change.label, change.before, change.after) for change in plan.rows[3].changes] == [
        ("Til og med", "–", "31. desember 2026")
    ]
    assert User.objects.filter(email="ny@hf.example").count() == 0
    done = stored("people", text, by=cast.administrator, seen=plan.digest)
    person = User.objects.get(email="ny@hf.example")
    assert (person.name, person.language, person.has_usable_password()) == ("Ny Ansatt", "en", False)
    assert set(person.memberships.values_list("unit__slug", "role", "from_on", "to_on")) == {
        ("ihk", "editor", TODAY, None),
        ("isl", "editor", date(2026, 4, 1), date(2026, 6, 30)),
    }
    assert [user.email for user in done.new[User]] == ["ny@hf.example"]
    log = person.memberships.order_by("pk")[0].history.get()
    assert (log.history_user, log.history_change_reason) == (cast.administrator, "Fra en fil.")
    assert person.history.get().history_type == "+"
    assert cast.reader.memberships.get().to_on == date(2026, 12, 31)
    assert not planned("people", text).has_work


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("ikke-adresse;A;;hf;leser;;", "«ikke-adresse» er ikke en e-postadresse."),
        (";A;;hf;leser;;", "E-post mangler."),
        ("ny@hf.example;;;hf;leser;;", "Navn mangler. En ny person må ha et."),
        ("ny@hf.example;A;tysk;hf;leser;;", NO_LANGUAGE),
        ("ny@hf.example;A;;xyz;leser;;", "Ukjent enhet: «xyz»."),
        ("ny@hf.example;A;;hf;sjef;;", NO_ROLE),
        ("ny@hf.example;A;;hf;;;", "Skriv både enhet og rolle, eller ingen av dem."),
        ("ny@hf.example;A;;hf;leser;1.4.2026;1.3.2026", "Siste dag kan ikke være før den første."),
        ("ny@hf.example;A;;hf;leser;snart;", "Fra: «snart» er ikke en dag. Skriv dagen slik: 31.12.2026."),
        ("stengt@hf.example;A;;hf;leser;;", "Kontoen er stengt. Åpne den først."),
        ("dean@hf.example;En annen;;hf;leder;;", "«Dekan»"),
        ("dean@hf.example;Dekan;;hf;leder;;", "Det samme står i rad 2."),
    ],
)
def test_a_wrong_row_says_why_and_the_others_stand(cast: Cast, row: str, words: str) -> None:
    make.user("stengt@hf.example", is_active=False)
    text = (
        "E-post;Navn;Språk;Enhet;Rolle;Fra;Til\ndean@hf.example;Dekan;;hf;leder;;\n"
        f"{row}\nandre@hf.example;Andre;;hf;leser;;\n"
    )
    plan = planned("people", text)
    assert [outcome for _number, outcome in outcomes(plan)] == ["same", "error", "new"]
    assert words in " ".join(errors(plan)[3])
    with pytest.raises(Changed):
        stored("people", text)
    assert not User.objects.filter(email="andre@hf.example").exists()
    stored("people", text, skips_errors=True)
    assert User.objects.filter(email="andre@hf.example").exists()


def not_a_day(column: str, words: str) -> str:
    return f"{column}: «{words}» er ikke en dag. Skriv dagen slik: 31.12.2026."


NO_UNIT, NO_FUNCTION = "Ukjent enhet: «xyz».", "Funksjon mangler."
BOTH = "Skriv både enhet og rolle, eller ingen av dem."
NOBODY = "Fant ingen person med adressen «ingen@hf.example». Legg til personen først."
DAYS_WRONG = [not_a_day("Fra", "31.2.2026"), not_a_day("Til", "juni")]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("nei;A;tysk;xyz;sjef", [NO_LANGUAGE, "«nei» er ikke en e-postadresse.", NO_ROLE, NO_UNIT]),
        (";A;;hf;leser", ["E-post mangler."]),
        ("ny@hf.example;;;xyz;leser", ["Navn mangler. En ny person må ha et.", NO_UNIT]),
        ("stengt@hf.example;A;;hf;sjef", ["Kontoen er stengt. Åpne den først.", NO_ROLE]),
        ("ny@hf.example;A;;;sjef", [BOTH, NO_ROLE]),
        ("ny@hf.example;A;;xyz;", [BOTH, NO_UNIT]),
        ("ny@hf.example;A;;hf;leser", []),
    ],
)
def test_everything_that_is_wrong_with_a_persons_row_is_told_at_once(cast: Cast, row: str, wrong: list[str]) -> None:
    make.user("stengt@hf.example", is_active=False)
    head = "E-post;Navn;Språk;Enhet;Rolle;Fra;Til\n"
    other = "dean@hf.example;Dekan;;hf;leder;snart;\n"
    assert errors(planned("people", f"{head}{row};31.2.2026;juni\n{other}")) == {
        2: [*wrong, *DAYS_WRONG],
        3: [not_a_day("Fra", "snart")],
    }


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (";xyz;dean@hf.example", [NO_FUNCTION, NO_UNIT]),
        ("webkontakt;xyz;ingen@hf.example", [NOBODY, NO_UNIT]),
        ("webkontakt;xyz;", ["Skriv både enhet og e-post, eller ingen av dem.", NO_UNIT]),
    ],
)
def test_everything_that_is_wrong_with_a_holders_row_is_told_at_once(full: Cast, row: str, wrong: list[str]) -> None:
    plan = planned("functions", f"Funksjon;Enhet;E-post;Fra;Til\n{row};31.2.2026;juni\n")
    assert errors(plan) == {2: [*wrong, *DAYS_WRONG]}


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("a;", ["Navn mangler."]),
        ("ny;A", ["Kortnavnet «ny» er opptatt. Velg et annet."]),
        ("imu;A", ["Det samme står i rad 2."]),
    ],
)
def test_everything_that_is_wrong_with_a_units_row_is_told_at_once(cast: Cast, row: str, wrong: list[str]) -> None:
    text = f"{UNITS}imu;Institutt for musikk;;institutt;hf;;;\n{row};;rare greier;xyz;kanskje;1.5.2026;31.2.2026\n"
    assert errors(planned("units", text)) == {
        3: [
            *wrong,
            unknown("Type", "rare greier", KINDS),
            unknown("Har brukere", "kanskje", YES_OR_NO),
            not_a_day("Legges ned", "31.2.2026"),
            "Ukjent enhet: «xyz».",
        ]
    }


def test_every_member_that_nobody_knows_is_told(cast: Cast) -> None:
    plan = planned("groups", f'{GROUPS}a;A;hf;listed;;;"xyz, ihk, abc"\n')
    assert errors(plan) == {2: ["Ukjent enhet: «xyz».", "Ukjent enhet: «abc»."]}


def test_what_is_not_in_the_file_ends_today_where_that_is_asked_for(cast: Cast) -> None:
    future = Membership.objects.create(user=cast.reader, unit=cast.imu, role="editor", from_on=LATER)
    text = "E-post;Enhet;Rolle\nadmin@ntnu.example;ntnu;administrator\nadviser@hf.example;hf;redaktør\n"
    assert {outcome for _number, outcome in outcomes(planned("people", text))} == {"same"}
    plan = planned("people", text, by=cast.administrator, ends_missing=True)
    assert plan.counts == {"same": 2, "ends": 5, "left": 1}
    assert (plan.ending, plan.ends_many) == ((5, 8), True)
    with pytest.raises(EndsMany):
        stored("people", text, by=cast.administrator, ends_missing=True, seen=plan.digest)
    assert cast.dean.memberships.get().to_on is None
    stored("people", text, by=cast.administrator, ends_missing=True, seen=plan.digest, may_end_many=True)
    assert cast.dean.memberships.get().to_on == TODAY
    future.refresh_from_db()
    assert future.to_on is None
    assert Membership.objects.count() == 8
    assert User.objects.filter(is_active=True).count() == 6
    assert not planned("people", text, by=cast.administrator, ends_missing=True).has_work


def test_nothing_ends_while_a_row_is_wrong(cast: Cast) -> None:
    text = "E-post;Enhet;Rolle\nadviser@hf.example;hf;sjef\n"
    with pytest.raises(Changed):
        stored("people", text, ends_missing=True, skips_errors=True)
    assert not Membership.objects.exclude(to_on=None).exists()


def test_ones_own_key_is_not_ended(cast: Cast) -> None:
    text = "E-post;Enhet;Rolle;Til\nadmin@ntnu.example;ntnu;administrator;31.12.2026\n"
    refused = "Du kan ikke ta fra deg selv rollen som administrator. Be en annen administrator."
    assert errors(planned("people", text, by=cast.administrator)) == {2: [refused]}
    plan = planned("people", "E-post\nadmin@ntnu.example\n", by=cast.administrator, ends_missing=True)
    assert [row.errors for row in plan.rows if row.outcome == "left"] == [[refused]]


def test_only_what_is_reached_can_be_changed(cast: Cast, local: User) -> None:
    text = (
        "E-post;Navn;Enhet;Rolle\nadviser@nv.example;Rådgiver ved NV;nv;redaktør\n"
        "adviser@nv.example;Rådgiver ved NV;hf;leser\nny@hf.example;Ny;;\nadmin@ntnu.example;Et annet navn;hf;leser\n"
    )
    plan = planned("people", text, by=local)
    assert outcomes(plan) == [(2, "error"), (3, "new"), (4, "error"), (5, "error")]
    assert errors(plan) == {
        2: ["Du administrerer ikke NV."],
        4: ["En ny person må få en rolle ved en enhet du administrerer."],
        5: ["Personen har også roller du ikke administrerer, så du kan ikke endre navn eller språk."],
    }
    gone = planned("people", f"E-post\n{local.email}\n", by=local, ends_missing=True)
    assert "Rådgiver ved NV" not in str(gone)


def test_who_stands_in_for_an_administrator_gives_no_key_by_file(cast: Cast) -> None:
    held = cast.administrator.memberships.get()
    Membership.objects.create(
        user=cast.outsider, unit=cast.university, role="administrator", from_on=TODAY, to_on=LATER, through=held
    )
    text = (
        "E-post;Enhet;Rolle\nadviser@nv.example;ntnu;administrator\nadviser@nv.example;hf;leser\n"
        "dean@hf.example;hf;administrator\ndean@hf.example;imu;leser\n"
    )
    assert outcomes(planned("people", text, by=cast.outsider)) == [(2, "error"), (3, "error"), (4, "error"), (5, "new")]
    admin = "E-post;Navn\nadmin@ntnu.example;Kapret\n"
    assert outcomes(planned("people", admin, by=cast.outsider)) == [(2, "error")]
    ends = planned("people", "E-post\ndean@hf.example\n", by=cast.outsider, ends_missing=True)
    kept = {row.title: row.errors for row in ends.rows if row.outcome == "left"}
    assert kept == {
        "Administrator, administrator, Universitetet": [
            "Som vikar kan du ikke gi eller avslutte rollen som administrator."
        ],
        "Rådgiver ved NV, redaktør, NV": ["Som vikar kan du ikke endre dine egne roller."],
    }


def test_what_was_seen_is_what_is_stored(cast: Cast) -> None:
    text = "E-post;Navn;Enhet;Rolle\ndean@hf.example;Ny dekan;hf;leder\n"
    plan = planned("people", text)
    User.objects.filter(pk=cast.dean.pk).update(name="Noen andres endring")
    with pytest.raises(Changed) as refused:
        stored("people", text, seen=plan.digest)
    assert User.objects.get(pk=cast.dean.pk).name == "Noen andres endring"
    assert refused.value.plan.rows[0].changes[0].before == "Noen andres endring"
    stored("people", text, seen=refused.value.plan.digest)
    assert User.objects.get(pk=cast.dean.pk).name == "Ny dekan"


def test_all_of_it_or_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    real = applying.bulk_create_with_history

    def falls(rows: object, model: type, **how: object) -> object:
        if model is Membership:
            raise IntegrityError
        return real(rows, model, **how)

    monkeypatch.setattr(applying, "bulk_create_with_history", falls)
    with pytest.raises(Changed):
        stored("people", "E-post;Navn;Enhet;Rolle\nny@hf.example;Ny;hf;leser\n")
    assert not User.objects.filter(email="ny@hf.example").exists()


def test_a_past_end_is_stored_once_and_then_left(cast: Cast) -> None:
    text = "E-post;Enhet;Rolle;Til\ndean@hf.example;hf;leder;01.03.2026\n"
    stored("people", text)
    assert cast.dean.memberships.get().to_on == date(2026, 3, 1)
    assert outcomes(planned("people", text)) == [(2, "left")]


@pytest.mark.parametrize("count", [1, 40])
def test_a_preview_takes_the_same_queries_however_many_there_are(cast: Cast, count, django_assert_num_queries) -> None:
    rows = "".join(f"p{number}@hf.example;P {number};ihk;leser\n" for number in range(count))
    text = f"E-post;Navn;Enhet;Rolle\n{rows}"
    by = User.objects.get(pk=cast.administrator.pk)
    with django_assert_num_queries(6):
        planned("people", text, by=by, ends_missing=True)


UNITS = "Kortnavn;Navn;Forkortelse;Type;Hører under;Har brukere;Åpner;Legges ned\n"


def test_units_come_in_under_each_other_in_any_order(cast: Cast) -> None:
    text = (
        f"{UNITS}"
        "seksjonen;Seksjonen;;seksjon;nytt-institutt;ja;;\n"
        "nytt-institutt;Nytt institutt;NYI;institutt;HF;;1.8.2026;\n"
        "imu;Institutt for musikk;IMU;institutt;nytt-institutt;nei;;31.12.2026\n"
        ";Uten kortnavn;UK;institutt;hf;;;\n"
    )
    plan = planned("units", text, by=cast.administrator)
    assert outcomes(plan) == [(2, "new"), (3, "new"), (4, "changed"), (5, "new")]
    assert [(change.label, change.before, change.after) for change in plan.rows[2].changes] == [
        ("Har brukere som kvitterer ut", "ja", "nei"),
        ("Legges ned", "–", "31. desember 2026"),
        ("Hører under", "Det humanistiske fakultet", "Nytt institutt"),
    ]
    stored("units", text, by=cast.administrator, seen=plan.digest)
    assert set(
        Unit.objects.without_tree_fields()
        .filter(parent__slug__in=["nytt-institutt", "hf"])
        .values_list("slug", "parent__slug")
    ) == {
        ("seksjonen", "nytt-institutt"),
        ("imu", "nytt-institutt"),
        ("nytt-institutt", "hf"),
        ("uk", "hf"),
        ("ihk", "hf"),
        ("isl", "hf"),
    }
    imu = Unit.objects.get(slug="imu")
    assert imu.history.latest().parent_id == Unit.objects.get(slug="nytt-institutt").pk
    assert not planned("units", text, by=User.objects.get(pk=cast.administrator.pk)).has_work


def test_units_rest_in_july_as_the_file_says(cast: Cast) -> None:
    head = "Kortnavn;Navn;Ingen påminnelser i juli\n"
    text = f"{head}imu;Institutt for musikk;ja\nisl;Institutt for språk og litteratur;\nihk;IHK;kanskje\n"
    plan = planned("units", text)
    assert outcomes(plan) == [(2, "changed"), (3, "same"), (4, "error")]
    changes = [(change.label, change.before, change.after) for change in plan.rows[0].changes]
    assert changes == [("Ingen påminnelser i juli", "nei", "ja")]
    assert errors(plan) == {4: [unknown("Ingen påminnelser i juli", "kanskje", YES_OR_NO)]}
    text = text.replace("kanskje", "nei").replace("IHK", "Institutt for historiske og klassiske studier")
    stored("units", text, seen=planned("units", text).digest)
    resting = Unit.objects.without_tree_fields().filter(is_quiet_in_july=True)
    assert [unit.slug for unit in resting] == ["imu"]
    assert not planned("units", text).has_work


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("hf;HF;HF;fakultet;ihk;;;\n", {2: "En enhet kan ikke høre under seg selv"}),
        ("a;A;;seksjon;b;;;\nb;B;;seksjon;a;;;\n", {2: "seg selv", 3: "seg selv"}),
        ("a;A;;seksjon;a;;;\n", {2: "seg selv"}),
        ("a;A;;seksjon;finnes-ikke;;;\n", {2: "Ukjent enhet: «finnes-ikke»."}),
        ("a;A;;rare greier;hf;;;\nb;B;;seksjon;a;;;\n", {2: "«rare greier» er ukjent", 3: "har feil i rad 2"}),
        ("a;;;seksjon;hf;;;\n", {2: "Navn mangler."}),
        ("a;A;;;hf;;;\n", {2: "Type mangler."}),
        ("a;A;;seksjon;hf;kanskje;;\n", {2: unknown("Har brukere", "kanskje", YES_OR_NO)}),
        ("a;A;;seksjon;hf;;1.5.2026;1.4.2026\n", {2: "legges ned før den åpner"}),
        ("Å B;A;;seksjon;hf;;;\n", {2: "Kortnavnet"}),
        ("ny;A;;seksjon;hf;;;\n", {2: "Kortnavnet"}),
        ("ihk;A;;institutt;hf;;;\nIHK;A;;institutt;hf;;;\n", {3: "Det samme står i rad 2."}),
        (f"a;{'A' * 201};;seksjon;hf;;;\n", {2: "er for langt"}),
    ],
)
def test_wrong_units_are_told(cast: Cast, rows: str, wrong: dict[int, str]) -> None:
    plan = planned("units", UNITS + rows)
    assert set(errors(plan)) == set(wrong)
    for number, words in wrong.items():
        assert words in " ".join(errors(plan)[number])
    assert not [row for row in plan.rows if row.errors and row.writes]


def test_a_local_administrator_keeps_to_their_own_units(cast: Cast, local: User) -> None:
    text = (
        f"{UNITS}hf;Det humanistiske fakultet;HF;fakultet;ntnu;;;\nnv;Nytt navn;;fakultet;ntnu;;;\n"
        "a;A;;seksjon;nv;;;\nb;B;;seksjon;;;;\nimu;Institutt for musikk;IMU;institutt;nv;;;\n"
    )
    assert outcomes(planned("units", text, by=local)) == [
        (2, "same"),
        (3, "error"),
        (4, "error"),
        (5, "error"),
        (6, "error"),
    ]


def test_missing_units_are_closed_only_when_chosen(cast: Cast) -> None:
    text = f"{UNITS}hf;Det humanistiske fakultet;HF;fakultet;ntnu;;;\n"
    plan = planned("units", text, ends_missing=True)
    assert [row.key for row in plan.rows if row.outcome == "missing"] == [
        "ntnu",
        "nv",
        "ihk",
        "isl",
        "imu",
        "studentene",
    ]
    stored("units", text, ends_missing=True, seen=plan.digest, chosen=["imu"])
    closed = Unit.objects.without_tree_fields().exclude(closes_on=None)
    assert list(closed.values_list("slug", "closes_on")) == [("imu", TODAY)]


GROUPS = "Kortnavn;Navn;Eier;Regel;Type enhet;Unntatt gruppen;Medlemmer\n"


def test_groups_come_in_with_their_members(full: Cast) -> None:
    text = (
        f"{GROUPS}uten;Uten;hf;alle enheter av en type under eieren;institutt;med;\n"
        "med;Med;HF;enhetene som er ført opp;;;ihk, ISL\nmed-gruppe;Gruppe med-gruppe;hf;listed;;;imu, ihk\n"
    )
    plan = planned("groups", text)
    assert outcomes(plan) == [(2, "new"), (3, "new"), (4, "changed")]
    stored("groups", text, seen=plan.digest)
    group = UnitGroup.objects.get(slug="uten")
    assert [unit.slug for unit in group.units_on(TODAY)] == ["imu"]
    assert set(
        GroupMember.objects.filter(group__slug="med-gruppe", to_on=None).values_list("unit__slug", flat=True)
    ) == {
        "imu",
        "isl",
        "ihk",
    }
    stored("groups", text, ends_missing=True, chosen=[])
    ended = GroupMember.objects.exclude(to_on=None)
    assert list(ended.values_list("group__slug", "unit__slug", "to_on")) == [("med-gruppe", "isl", TODAY)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("a;A;xyz;named;;;\n", "Ukjent enhet"),
        ("a;A;hf;rar;;;\n", unknown("Regel", "rar", RULES)),
        ("a;A;hf;children;;;\n", "Velg hvilken type enheter"),
        ("a;A;hf;children;rar;;\n", unknown("Type enhet", "rar", KINDS)),
        ("a;A;hf;named;;finnes-ikke;\n", "Ukjent gruppe"),
        ("a;A;hf;listed;;a;\n", "unntatt fra seg selv"),
        ("a;A;hf;listed;;;xyz\n", "Ukjent enhet"),
        ("a;A;hf;named;;;ihk\n", "Bare grupper der enhetene er ført opp"),
        ("a;A;;named;;;\n", "Eier mangler"),
    ],
)
def test_wrong_groups_are_told(cast: Cast, rows: str, words: str) -> None:
    assert words in " ".join(errors(planned("groups", GROUPS + rows))[2])


def test_missing_groups_end_only_when_chosen(full: Cast) -> None:
    text = f"{GROUPS}med;Med;hf;named;;;\n"
    plan = planned("groups", text, ends_missing=True)
    assert {row.key: row.outcome.value for row in plan.rows if not row.number} == {
        "instituttene": "left",
        "med-gruppe": "missing",
        "uten-gruppe": "left",
        "bare-navn": "left",
    }
    stored("groups", text, ends_missing=True, chosen=["med-gruppe"])
    assert not GroupMember.objects.filter(to_on=None).exists()


def test_functions_and_their_holders_come_in(full: Cast) -> None:
    text = (
        "Funksjon;Funksjon på engelsk;Enhet;E-post;Navn;Fra;Til\n"
        "webkontakt;Web contact;ihk;coordinator@hf.example;x;;15.03.2026\n"
        "webkontakt;;isl;dean@hf.example;;;\nStudieleder;Head;hf;dean@hf.example;;;\nStudieleder;;imu;staff@hf.example;;;\n"
        "Tom funksjon;;;;;;\n"
    )
    plan = planned("functions", text)
    assert outcomes(plan) == [(2, "same"), (3, "new"), (4, "new"), (5, "new"), (6, "new")]
    stored("functions", text, seen=plan.digest)
    made = Function.objects.get(name="Studieleder")
    assert (made.name_en, set(made.holders.values_list("unit__slug", "user__email"))) == (
        "Head",
        {("hf", "dean@hf.example"), ("imu", "staff@hf.example")},
    )
    assert Function.objects.filter(name="Tom funksjon").exists()
    assert not planned("functions", text).has_work


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Delt navn;hf;dean@hf.example", "Flere funksjoner heter «Delt navn»"),
        ("Ny;hf;dean@hf.example", "Bare den som administrerer alle enheter, kan lage en ny"),
        ("webkontakt;nv;dean@hf.example", "Du administrerer ikke"),
        ("webkontakt;hf;ingen@hf.example", "Fant ingen person med adressen"),
        ("webkontakt;hf;stengt@hf.example", "Kontoen er stengt"),
        ("webkontakt;hf;", "Skriv både enhet og e-post"),
        (";hf;dean@hf.example", "Funksjon mangler"),
    ],
)
def test_wrong_holders_are_told(full: Cast, local: User, row: str, words: str) -> None:
    plan = planned("functions", f"Funksjon;Enhet;E-post\n{row}\n", by=local)
    assert words in " ".join(errors(plan)[2])
