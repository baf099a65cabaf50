"""The rows that break simple models, each stored, exported, shown, and ticked or mailed as its source means."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annual_wheel import services
from annual_wheel.models import Edition, Entry, EntryResponsibility, Task
from annual_wheel.opening import fan_out
from annual_wheel.outline import wheel_outline
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from organisation.models import FunctionHolder, GroupMember, Unit, UnitGroup, User
from planning.models import Measure
from strategy.models import Document, Goal
from strategy.outline import Outline, outline_of

DEPARTMENTS = ["ifr", "ihk", "ikm", "ims", "imu", "isl", "kult"]
Line = tuple[str, str | None, str, str, int | None]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


@dataclass(frozen=True)
class Hard:
    """What a row of the 2021 wheel means: its own fields, its year, its lines and whose tasks it made."""

    month: int
    when: str
    days: tuple[str, str]
    lines: list[Line]
    phrase: str
    tasks: list[str]
    kind: str = "task"
    ticks: str = "each"
    modality: str = "must"
    bound: dict[str, str | None] | None = None
    state: str = "planned"
    form: str = ""
    shared_with: list[str] = field(default_factory=list)
    also_shown: tuple[str, ...] = ()

    @property
    def precision(self) -> str:
        words = {"løpende": "year"}
        return words.get(self.when, "day" if self.days[0] == self.days[1] else "month")


def lead(party: str, words: str, function: str | None = None) -> Line:
    return (party, function, "lead", words, None)


WITH_DEPARTMENTS: Line = ("instituttene", None, "with", "i samarbeid med instituttene", None)
ROWS = {
    "hf-h-studiebarometeret": Hard(
        month=2,
        when="februar",
        days=("2021-02-01", "2021-02-28"),
        lines=[
            lead("hf", "Prodekan for utdanning", "prodekan-utdanning"),
            lead("hf", "/HFs kommunikasjonsrådgivere", "kommunikasjonsradgiver"),
        ],
        tasks=["hf"],
        ticks="one",
        modality="may",
        phrase="Prodekan for utdanning/HFs kommunikasjonsrådgivere",
        also_shown=("kan gjøres", "1 av 1"),
    ),
    "hf-h-karrieredagen": Hard(
        month=2,
        when="februar",
        days=("2021-02-01", "2021-02-28"),
        lines=[
            lead("studentene", "Studentene arrangerer"),
            ("hf", None, "contributes", "Fakultetet bidrar i planlegging", None),
        ],
        tasks=[],
        kind="event",
        ticks="none",
        form="digital",
        phrase="Studentene arrangerer, fakultetet bidrar i planlegging",
        also_shown=("trolig digitalt i år",),
    ),
    "hf-h-innhold-for-soknadsfrist": Hard(
        month=2,
        when="februar",
        days=("2021-02-01", "2021-02-28"),
        lines=[
            lead("instituttene", "Instituttene"),
            (
                "hf",
                "kommunikasjonsradgiver",
                "with",
                "rådfører seg med kommunikasjonsrådgiver på fakultetet",
                None,
            ),
        ],
        tasks=DEPARTMENTS,
        bound={
            "as_written": "i forkant av søknadsfrist 15. april",
            "on": "2021-04-15",
            "entry": "hf-h-frist-samordna-opptak",
        },
        phrase="Instituttene rådfører seg med kommunikasjonsrådgiver på fakultetet",
        also_shown=("i forkant av søknadsfrist 15. april", "7 av 7"),
    ),
    "hf-h-mot-ntnu": Hard(
        month=3,
        when="mars",
        days=("2021-03-01", "2021-03-31"),
        lines=[
            lead("hf", "Fakultetet"),
            lead("instituttene", "og instituttene"),
            (
                "kommunikasjonsavdelingen",
                None,
                "on_order_from",
                "på bestilling fra kommunikasjonsavdelingen sentral",
                None,
            ),
        ],
        tasks=["hf"],
        kind="event",
        ticks="one",
        shared_with=DEPARTMENTS,
        phrase="Fakultetet og instituttene på bestilling fra kommunikasjonsavdelingen sentral",
        also_shown=("1 av 1",),
    ),
    "hf-h-epost-masterprogram": Hard(
        month=2,
        when="1. februar",
        days=("2021-02-01", "2021-02-01"),
        lines=[lead("instituttene", "Instituttene")],
        tasks=DEPARTMENTS,
        phrase="Instituttene",
        also_shown=("1. februar", "6 av 7", "1 ikke aktuelt"),
    ),
    "hf-h-pensumlister": Hard(
        month=5,
        when="mai",
        days=("2021-05-01", "2021-05-31"),
        lines=[lead("instituttene", "Instituttene")],
        tasks=DEPARTMENTS,
        modality="should",
        bound={"as_written": "før svarfristen utløper", "on": None, "entry": None},
        phrase="Instituttene",
        also_shown=("før svarfristen utløper", "Datoen er ikke kjent ennå.", "bør gjøres", "7 av 7"),
    ),
    "hf-h-semesterstart": Hard(
        month=6,
        when="15.06.",
        days=("2021-06-15", "2021-06-15"),
        lines=[
            lead("instituttene", "Instituttene"),
            ("hf", "kommunikasjonsradgiver", "with", "i samråd med fakultetet v/kommunikasjonsrådgiver", None),
        ],
        tasks=DEPARTMENTS,
        phrase="Instituttene i samråd med fakultetet v/kommunikasjonsrådgiver",
        also_shown=("15. juni", "7 av 7"),
    ),
    "hf-h-drommejobben": Hard(
        month=1,
        when="løpende",
        days=("2021-01-01", "2021-12-31"),
        lines=[
            lead("hf", "Kommunikasjonsrådgiver på fakultetet", "kommunikasjonsradgiver"),
            WITH_DEPARTMENTS,
        ],
        tasks=["hf"],
        kind="ongoing",
        ticks="one",
        phrase="Kommunikasjonsrådgiver på fakultetet i samarbeid med instituttene",
        also_shown=("Løpende", "1 av 1"),
    ),
    "hf-h-frivillige": Hard(
        month=8,
        when="løpende",
        days=("2021-01-01", "2021-12-31"),
        lines=[
            lead("hf", "Kommunikasjonsrådgiver på fakultetet", "kommunikasjonsradgiver"),
            WITH_DEPARTMENTS,
        ],
        tasks=["hf"],
        kind="ongoing",
        ticks="one",
        phrase="Kommunikasjonsrådgiver på fakultetet i samarbeid med instituttene",
        also_shown=("Løpende", "1 av 1"),
    ),
    "hf-h-skolebesok-oversikt": Hard(
        month=8,
        when="august",
        days=("2021-08-01", "2021-08-31"),
        lines=[lead("hf", "Fakultetet"), lead("instituttene", "/Instituttene")],
        tasks=["hf"],
        ticks="one",
        state="cancelled",
        shared_with=DEPARTMENTS,
        phrase="Fakultetet/Instituttene",
        also_shown=("Utgår i 2021. Årsaken er ikke oppgitt.", "Utgår i år"),
    ),
    "hf-h-studentrepresentanter": Hard(
        month=9,
        when="september",
        days=("2021-09-01", "2021-09-30"),
        lines=[
            lead("instituttene", "Instituttene"),
            ("hf", None, "on_order_from", "på bestilling fra fakultetet", None),
        ],
        tasks=DEPARTMENTS,
        state="partly_cancelled",
        phrase="Instituttene på bestilling fra fakultetet",
        also_shown=(
            "Kommunikasjonsavdelingen bruker 2021 på universitetsturneen alene, så utdanningsmessene faller bort.",
            "7 av 7",
        ),
    ),
    "hf-h-rekrutteringsgrupper": Hard(
        month=9,
        when="september",
        days=("2021-09-01", "2021-09-30"),
        lines=[lead("institutter-uten-rekrutteringsgruppe", "Institutt som ikke har rekrutteringsgrupper")],
        tasks=["ifr", "ihk", "ims", "kult"],
        modality="should",
        phrase="Institutt som ikke har rekrutteringsgrupper",
        also_shown=("bør gjøres", "4 av 4"),
    ),
    "hf-h-planlegge-mot-ntnu": Hard(
        month=10,
        when="oktober",
        days=("2021-10-01", "2021-10-31"),
        lines=[
            lead("kommunikasjonsavdelingen", "Kommunikasjonsavdeling sentral"),
            ("hf", None, "follows_up", "Fakultetet følger opp", None),
            ("instituttene", None, "contributes", "instituttene", 1),
        ],
        tasks=["kommunikasjonsavdelingen"],
        ticks="one",
        bound={"as_written": "3.11.", "on": "2021-11-03", "entry": None},
        form="digital",
        phrase="Kommunikasjonsavdeling sentral, fakultetet følger opp, instituttene",
        also_shown=("før 3. november", "digitalt i år", "1 av 1"),
    ),
    "hf-h-programpresentasjoner": Hard(
        month=12,
        when="desember",
        days=("2021-12-01", "2021-12-31"),
        lines=[
            lead("instituttene", "Programrådsledere", "programradsleder"),
            ("instituttene", "instituttadministrasjonen", "with", "i samarbeid med instituttadministrasjonen", 0),
            ("hf", "kommunikasjonsradgiver", "with", "og fakultetet v/kommunikasjonsrådgiver", None),
        ],
        tasks=DEPARTMENTS,
        phrase="Programrådsledere i samarbeid med instituttadministrasjonen og fakultetet v/kommunikasjonsrådgiver",
        also_shown=("7 av 7",),
    ),
}
TABLE = pytest.mark.parametrize(("key", "row"), ROWS.items(), ids=ROWS)


@TABLE
def test_shown_as_the_source_means(key: str, row: Hard, client: Client) -> None:
    """In the table of the year: when, the responsibility phrase as written, and what is particular about it."""
    client.force_login(User.objects.get(email="staff@hf.example"))
    text = row_of(client.get("/aarshjul/hf/2021/?vis=liste"), key)
    for words in (row.when.lower(), row.phrase, Entry.objects.get(key=key).text, *row.also_shown):
        assert words in text or words in text.lower(), text


def row_of(response: Any, key: str) -> str:
    """The words of the table row that leads to the entry."""
    rows = re.findall(r"<tr.*?</tr>", response.content.decode(), re.DOTALL)
    found = [row for row in rows if f'href="/aarshjul/punkt/{key}/' in row]
    assert len(found) == 1
    return words_of(found[0])


def words_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def edition_of(key: str, year: int = 2021) -> Edition:
    return Edition.objects.select_related("entry__wheel").get(entry__key=key, year=year)


def tasks_of(key: str, year: int = 2021) -> dict[str, Task]:
    return {task.unit.slug: task for task in edition_of(key, year).tasks.select_related("unit")}


def reopened(task: Task) -> Task:
    """The task as it was before anybody ticked it off."""
    return services.untick(task, by=User.objects.get(email="adviser@hf.example"))


@TABLE
def test_stored_as_the_source_means(key: str, row: Hard) -> None:
    entry = Entry.objects.get(key=key)
    edition = edition_of(key)
    lines: list[Any] = list(entry.responsibilities.select_related("unit", "group", "function", "under"))

    assert (entry.month, entry.kind, entry.ticks, entry.modality) == (row.month, row.kind, row.ticks, row.modality)
    assert (edition.as_written, edition.precision) == (row.when, row.precision)
    assert (edition.earliest_on.isoformat(), edition.latest_on.isoformat()) == row.days
    assert edition.due_on == edition.latest_on
    assert (edition.state, edition.form, bool(edition.reason)) == (row.state, row.form, row.state != "planned")
    assert [
        (
            line.party.slug,
            line.function.slug if line.function else None,
            line.relation,
            line.wording,
            lines.index(line.under) if line.under else None,
        )
        for line in lines
    ] == row.lines


@TABLE
def test_exported_as_the_source_means(key: str, row: Hard) -> None:
    entry = next(entry for entry in wheel_outline(Entry.objects.get(key=key).wheel)["entries"] if entry["id"] == key)
    edition = next(edition for edition in entry["editions"] if edition["year"] == 2021)

    assert (entry["month"], entry["kind"], entry["ticks"], entry["modality"]) == (
        row.month,
        row.kind,
        row.ticks,
        row.modality,
    )
    assert (edition["as_written"], edition["precision"], edition["earliest"], edition["latest"]) == (
        row.when,
        row.precision,
        *row.days,
    )
    assert (edition["state"], edition["form"], edition["bound"]) == (row.state, row.form, row.bound)
    assert [
        (line["party_slug"], line["function_slug"], line["relation"], line["wording"], line["under"])
        for line in entry["responsible"]
    ] == row.lines
    assert sorted(task["unit_slug"] for task in edition["tasks"]) == row.tasks


@TABLE
def test_ticked_by_those_who_lead_it(key: str, row: Hard) -> None:
    tasks = tasks_of(key)
    assert sorted(tasks) == row.tasks
    for task in tasks.values():
        expected = {"withdrawn"} if row.state == "cancelled" else {"done", "not_relevant"}
        assert task.status in expected
    back = tasks_of(key, 2022)
    assert sorted(back) == row.tasks
    assert {task.status for task in back.values()} <= {"done", "not_relevant"}
    for task in back.values():
        assert sorted(unit.slug for unit in task.shared_with.all()) == row.shared_with


@TABLE
def test_only_what_is_binding_and_dated_is_ever_late(key: str, row: Hard) -> None:
    """What a reminder may call late: never before the last day, never what is ongoing, voluntary or cancelled."""
    edition = edition_of(key)
    for task in edition.tasks.exclude(status="withdrawn"):
        reopened(task)
    late = Task.objects.filter(edition=edition)
    day_after = date(edition.due_on.year + (edition.due_on.month == 12), edition.due_on.month % 12 + 1, 28)

    can_be_late = row.modality == "must" and row.kind != "ongoing" and row.state != "cancelled"
    assert not late.overdue(today=edition.due_on).exists()
    found = sorted(task.unit.slug for task in late.overdue(today=day_after).select_related("unit"))
    assert found == (row.tasks if can_be_late else [])


@TABLE
def test_mailed_while_it_can_be_done_and_only_called_late_where_it_is_binding(key: str, row: Hard) -> None:
    edition = edition_of(key)
    for task in edition.tasks.exclude(status="withdrawn"):
        reopened(task)
    near, after = edition.due_on - timedelta(days=3), edition.due_on + timedelta(days=1)

    standing = row.tasks if row.state != "cancelled" else []
    binding = row.modality == "must"
    ongoing = row.kind == "ongoing"
    assert told_of(key, near) == {"soon": standing if not ongoing else [], "late": []}
    assert told_of(key, after) == {"soon": [], "late": standing if binding and not ongoing else []}


def told_of(key: str, day: date) -> dict[str, list[str]]:
    """Whose tasks of the entry those who see to them would be mailed about that day, as soon due and as late."""
    directory = Directory.on(day)
    told: dict[str, set[str]] = {"soon": set(), "late": set()}
    tasks = edition_of(key).tasks.select_related("edition__entry__wheel", "unit")
    for user in {user for task in tasks for user in directory.recipients_of(task)}:
        due = due_for(user, directory=directory, today=day)
        for group in told:
            told[group] |= {task.unit.slug for task in getattr(due, group) if task.edition.entry.key == key}
    return {group: sorted(units) for group, units in told.items()}


def test_two_functions_of_one_unit_share_one_task() -> None:
    """The vice-dean or the advisers show the survey: the faculty has one task, and either of them may tick it."""
    task = reopened(tasks_of("hf-h-studiebarometeret")["hf"])
    day = date(2021, 2, 10)
    for email in ("vice-dean@hf.example", "adviser@hf.example"):
        assert Task.objects.tickable_by(User.objects.get(email=email), today=day).filter(pk=task.pk).exists()


def test_one_tick_by_a_department_closes_the_common_list_for_all() -> None:
    task = reopened(tasks_of("hf-h-skolebesok-oversikt", 2022)["hf"])
    coordinator = User.objects.get(email="coordinator.imu@hf.example")
    assert Task.objects.tickable_by(coordinator, today=date(2022, 8, 1)).filter(pk=task.pk).exists()

    services.tick(task, by=coordinator, now=at(2022, 8, 9))

    for slug in ("hf", *DEPARTMENTS):
        mine = Task.objects.of_units([Unit.objects.get(slug=slug).pk]).get(edition=task.edition)
        assert (mine.pk, mine.status, mine.done_by) == (task.pk, "done", coordinator)


def test_what_is_cancelled_cannot_be_ticked() -> None:
    with pytest.raises(services.CannotTick, match="utgår i 2021"):
        services.tick(
            tasks_of("hf-h-skolebesok-oversikt")["hf"],
            by=User.objects.get(email="adviser@hf.example"),
            now=at(2021, 8, 9),
        )


def test_the_bound_follows_the_deadline_and_cuts_the_window() -> None:
    adviser = User.objects.get(email="adviser@hf.example")
    deadline = edition_of("hf-h-frist-samordna-opptak")
    services.move(deadline, by=adviser, words="22. februar", today=date(2021, 1, 5), expected=deadline.lock_version)

    content = edition_of("hf-h-innhold-for-soknadsfrist")
    assert (content.bound_on, content.due_on) == (date(2021, 2, 22), date(2021, 2, 21))
    assert (content.earliest_on, content.latest_on) == (date(2021, 2, 1), date(2021, 2, 28))


def test_a_department_that_gets_a_recruitment_group_is_let_off_with_a_reason() -> None:
    edition = edition_of("hf-h-rekrutteringsgrupper", 2026)
    before = {slug: task.status for slug, task in tasks_of("hf-h-rekrutteringsgrupper", 2026).items()}
    assert before == dict.fromkeys(["ifr", "ihk", "ims", "kult"], "open")
    group = UnitGroup.objects.get(slug="institutter-med-rekrutteringsgruppe")
    GroupMember.objects.create(group=group, unit=Unit.objects.get(slug="ims"), from_on=date(2026, 6, 1))

    fan_out(edition, today=date(2026, 6, 2))

    after = tasks_of("hf-h-rekrutteringsgrupper", 2026)
    assert {slug: task.status for slug, task in after.items()} == {**before, "ims": "withdrawn"}
    assert after["ims"].reason == "Enheten er ikke lenger blant de ansvarlige."


def test_a_function_in_every_department_finds_the_people_who_hold_it() -> None:
    line = EntryResponsibility.objects.get(entry__key="hf-h-programpresentasjoner", position=0)
    units = line.units_on(date(2021, 12, 1))
    assert sorted(unit.slug for unit in units) == DEPARTMENTS
    holders = FunctionHolder.objects.filter(function=line.function, unit__in=units)
    assert sorted(holder.user.email for holder in holders) == [
        "programme-leader.ifr@hf.example",
        "programme-leader.ikm@hf.example",
        "programme-leader.isl@hf.example",
    ]
    assert tasks_of("hf-h-programpresentasjoner")["ikm"].done_by == User.objects.get(
        email="programme-leader.ikm@hf.example"
    )


def outline(slug: str) -> Outline:
    return outline_of(Document.objects.get(slug=slug))


def test_the_cross_cutting_goal_stands_outside_every_area() -> None:
    goal = Goal.objects.get(key="int18-fagmiljo")
    assert (goal.area, goal.document.slug) == (None, "internasjonal-2018-2021")
    exported = next(row for row in outline("internasjonal-2018-2021")["goals"] if row["id"] == goal.key)
    target = exported["targets"][0]
    assert (exported["title"], len(exported["targets"])) == ("Gjennomgående mål", 1)
    assert {name: target[name] for name in ("kind", "value", "unit", "comparator", "holds_for", "source")} == {  # type: ignore[literal-required]
        "kind": "count",
        "value": 1,
        "unit": "kjerneområder",
        "comparator": "at_least",
        "holds_for": "alle NTNUs institutter",
        "source": {"file": "003_ce5a60b14b35c5e9.txt", "lines": [15, 15]},
    }


def test_the_mobility_balance_hangs_on_its_area_and_has_no_value() -> None:
    area = next(row for row in outline("internasjonal-2014-2017")["areas"] if row["id"] == "int14-mobilitet")
    assert [
        (target["kind"], target["value"], target["comparator"], target["qualifier"]) for target in area["targets"]
    ] == [("balance", None, "approximately", "rimelig samsvar")]
    assert area["targets"][0]["source"] == {"file": "004_317a61994edd3f9c.txt", "lines": [195, 196]}


def test_a_measure_serves_several_goals_or_every_goal_of_an_area() -> None:
    shared = ["int14-fast-ansatte", "int14-postdoktorer", "int14-phd-kandidater"]
    found = {
        row["id"]: (row["goals"], row["area"])
        for row in outline("internasjonal-2014-2017")["measures"]
        if len(row["goals"]) != 1
    }
    assert found == {
        "int14-t-utreisepolitikk": (shared, None),
        "int14-t-erfaring-tilsetting": (shared, None),
        "int14-t-mobilitetsplan": (shared, None),
        "int14-t-finansieringskilder": (shared, None),
        "int14-t-laeringsmal": ([], "int14-bachelor-master"),
        "int14-t-engelsk": ([], "int14-bachelor-master"),
        "int14-t-undervisningsmetoder": ([], "int14-bachelor-master"),
        "int14-t-undervisertilbud": ([], "int14-bachelor-master"),
        "int14-t-programsamarbeid": ([], "int14-bachelor-master"),
    }
    assert Measure.objects.get(key="hf-t-rekrutteringsgrupper").area == Goal.objects.get(key="hf-m-videoer").area


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "/planer/internasjonal-2018-2021/",
            "Minst ett kjerneområde på dokumentert høyt internasjonalt nivå ved hvert",
        ),
        ("/mal/int18-fagmiljo/", "gjelder alle NTNUs institutter"),
        ("/planer/internasjonal-2014-2017/", "Rimelig samsvar mellom antall studenter inn og ut på utveksling."),
        ("/mal/int14-fast-ansatte/", "Etablere en felles utreisepolitikk"),
        ("/mal/int14-postdoktorer/", "Etablere en felles utreisepolitikk"),
        ("/mal/int14-phd-kandidater/", "Etablere en felles utreisepolitikk"),
        ("/mal/int14-arbeidsmarked/", "Undervise på engelsk på masternivå"),
        ("/mal/int14-utdanningssamarbeid/", "Undervise på engelsk på masternivå"),
        ("/mal/hf-m-videoer/", "Opprette rekrutteringsgruppe ved institutter som mangler det."),
        ("/strategi/studentrekrutteringspolitikk-2014-2020/", "Oppdrag Styret, sak 52-12 Vedtak Rektor, 1. september"),
    ],
)
def test_the_documents_show_it(client: Client, address: str, shown: str) -> None:
    client.force_login(User.objects.get(email="staff@hf.example"))
    assert shown in words_of(client.get(address).content.decode())


def test_a_mandate_is_not_an_adoption() -> None:
    policy = outline("studentrekrutteringspolitikk-2014-2020")
    assert [
        (row["kind"], row["decided_on"], row["decided_by"], row["case_number"], row["source"]["lines"])
        for row in policy["decisions"]
    ] == [("mandate", None, "Styret", "52-12", [5, 5]), ("adoption", "2014-09-01", "Rektor", "", [7, 7])]
    assert (policy["state"], policy["period"]) == ("expired", {"from": "2014-01-01", "to": "2020-12-31"})


def at(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day, 9))
