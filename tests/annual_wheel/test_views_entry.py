"""An entry's page: this year, the thread, every year side by side, the tasks and the log."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel import services
from annual_wheel.models import Entry, EntryResponsibility, Task
from annual_wheel.opening import RETIRED
from organisation.models import Function, FunctionHolder, Membership, User
from planning.models import Measure
from strategy.models import Document, Goal
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def entry(today: date, cast: Cast) -> Entry:
    plan = make.document("plan", cast.hf, title="Planen", vision="Flere søker seg hit")
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF", document=plan)
    made = make.entry(wheel, cast.departments, key="besok", text="Skolebesøk", when_words="uke 16", month=4)
    made.responsibilities.create(
        unit=cast.hf, function=make.function("radgiver", name="rådgiver"), relation="with", position=1
    )
    made.measures.add(make.measure(plan, make.goal(plan, key="m", text="Flere søkere"), key="t", text="Besøke skoler"))
    for year in (2025, 2026):
        make.edition(made, year)
    return made


def page(user: User | None, query: str = "") -> str:
    client = Client()
    if user:
        client.force_login(user)
    return client.get(f"/aarshjul/punkt/besok/{query}").content.decode()


def texts(html: str, pattern: str) -> list[str]:
    return [re.sub("<[^>]+>", "", found).strip() for found in re.findall(pattern, html, re.DOTALL)]


def test_the_thread_goes_from_the_vision_to_the_entry(cast: Cast, entry: Entry) -> None:
    html = page(cast.reader)
    assert texts(html, r'<span class="thread-kind">(.*?)</span>') == ["Visjon", "Mål", "Tiltak", "Punkt i årshjulet"]
    assert texts(html, r'<a class="thread-text"[^>]*>(.*?)</a>') == [
        "Flere søker seg hit",
        "Flere søkere",
        "Besøke skoler",
    ]
    assert texts(html, "<h1>(.*?)</h1>") == ["Skolebesøk"]


def test_this_year_is_said_as_written_and_as_days(cast: Cast, entry: Entry) -> None:
    html = page(cast.reader)
    assert "Når i 2026" in html
    assert "uke 16" in html
    assert "13.–19. april" in html
    assert "innen 19. april, om 5 uker" in html


def test_responsibility_stands_as_lines(cast: Cast, entry: Entry) -> None:
    lines = texts(page(cast.reader), r'<ul class="responsible">(.*?)</ul>')[0]
    assert lines == "Instituttenesammen med Det humanistiske fakultet v/rådgiver"


def test_responsibility_is_said_in_the_words_as_written(cast: Cast, entry: Entry) -> None:
    entry.responsibilities.filter(relation="with").update(wording="i samråd med rådgiver ved fakultetet")
    lines = texts(page(cast.reader), r'<ul class="responsible">(.*?)</ul>')[0]
    assert lines == (
        "Instituttenei samråd med rådgiver ved fakultetet sammen med: Det humanistiske fakultet v/rådgiver"
    )


def told(html: str) -> list[str]:
    """What is said of reminders in each task's row."""
    return [line for line in texts(html, r'<p class="meta">(.*?)</p>') if line.startswith(("Varsles", "Ingen"))]


def test_editors_see_who_is_reminded_and_why(cast: Cast, entry: Entry) -> None:
    assert told(page(cast.adviser)) == [
        "Varsles: Koordinator (bidragsyter ved enheten)",
        "Varsles: Rådgiver (redaktør ved eieren av årshjulet)",
        "Varsles: Koordinator (bidragsyter ved enheten)",
    ]
    assert told(page(cast.coordinator)) == []
    adviser = Function.objects.get(slug="radgiver")
    EntryResponsibility.objects.filter(entry=entry, group=cast.departments).update(function=adviser)
    FunctionHolder.objects.create(function=adviser, unit=cast.imu, user=cast.reader)
    assert "Varsles: Ansatt (har funksjonen)" in told(page(cast.adviser))


def test_editors_are_warned_of_a_task_that_reaches_nobody(cast: Cast, entry: Entry) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    Membership.objects.filter(user=cast.adviser).update(role="leader")
    assert told(page(cast.adviser)) == ["Ingen blir varslet. Be en administrator gi noen en rolle ved enheten."] * 3


def test_editors_are_warned_where_those_who_are_told_want_no_reminders(cast: Cast, entry: Entry) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(reminder_rhythm="never")
    silent = "Varsles: Koordinator, som ikke vil ha påminnelser (bidragsyter ved enheten)"
    found = told(page(cast.adviser))
    assert (found.count(silent), found.count("Ingen blir varslet på e-post.")) == (2, 2)


def test_readers_see_who_ticks_off_what_they_may_not(cast: Cast, entry: Entry) -> None:
    def told(user: User) -> list[str]:
        return re.findall(r'<p class="meta">(Kvitteres ut av[^<]*)</p>', page(user))

    everyone = ["Kvitteres ut av Koordinator", "Kvitteres ut av Rådgiver", "Kvitteres ut av Koordinator"]
    assert told(cast.reader) == everyone
    assert told(cast.adviser) == []


def test_the_thread_of_two_plans_is_named_by_what_both_have(cast: Cast, entry: Entry) -> None:
    other = make.document("other", cast.hf, title="Den andre planen")
    entry.measures.add(make.measure(other, make.goal(other, text="Et mål til"), text="Et tiltak til"))
    html = page(cast.reader)
    assert texts(html, r'<span class="thread-kind">(.*?)</span>')[0] == "Plan"
    assert texts(html, r'<li class="thread-step" data-kind="vision">(.*?)</li>') == [
        "Plan\n      Planen\n      Den andre planen"
    ]


def test_the_years_stand_side_by_side_with_what_was_noted(cast: Cast, entry: Entry) -> None:
    tasks = make.tasks_of(entry.editions.get(year=2025))
    services.tick(tasks["ihk"], by=cast.coordinator, now=NOW, note="Fire skoler")
    services.mark_not_relevant(tasks["imu"], by=cast.adviser, reason="Har opptaksprøve")
    edition = entry.editions.get(year=2026)
    services.cancel(
        edition, by=cast.adviser, reason="Skolene er stengt", is_partly=True, today=date(2026, 1, 1), expected=1
    )
    html = page(cast.adviser)
    rows = [re.sub(r"\s+", " ", row) for row in texts(html, r"<tr>\s*<th scope=\"row\">(.*?)</tr>")]
    assert [row[:4] for row in rows] == ["2026", "2025"]
    assert "Delvis avlyst" in rows[0]
    assert "Skolene er stengt" in rows[0]
    assert "1 av 3" in rows[1]
    assert "IHK: Fire skoler" in rows[1]
    assert "IMU: Har opptaksprøve" in rows[1]


def test_another_year_is_shown_by_its_address(cast: Cast, entry: Entry) -> None:
    services.tick(make.tasks_of(entry.editions.get(year=2025))["ihk"], by=cast.coordinator, now=NOW)
    html = page(cast.adviser, "?aar=2025")
    assert "Oppgavene i 2025" in html
    assert "Koordinator, 10. mars" in html
    assert "Oppgavene i 2026" in page(cast.adviser, "?aar=tull")


def test_each_sees_the_tasks_they_may_see(cast: Cast, entry: Entry) -> None:
    def units(user: User | None) -> list[str]:
        return texts(page(user), r'<h[23] class="row-title">(.*?)</h[23]>')

    assert units(cast.adviser) == ["IHK", "IMU", "ISL"]
    assert units(cast.coordinator) == ["IHK", "ISL"]
    assert units(cast.outsider) == []
    assert "0 av 3" in page(cast.outsider)
    assert "Kvitter ut" in page(cast.coordinator)
    assert "Kvitter ut" not in page(cast.reader)


def test_what_one_ticks_off_oneself_comes_before_what_explains_it(cast: Cast, entry: Entry) -> None:
    def order(user: User) -> list[str]:
        marks = {"<h1>": "name", 'class="task-do"': "tick", 'class="thread-step"': "thread", 'class="facts"': "facts"}
        html = page(user)
        return [name for _at, name in sorted((html.index(mark), name) for mark, name in marks.items() if mark in html)]

    assert order(cast.coordinator) == ["name", "tick", "thread", "facts"]
    assert order(cast.adviser) == ["thread", "name", "facts", "tick"]  # as adviser one ticks off for others


def test_of_one_s_own_tasks_the_open_ones_come_first(cast: Cast, entry: Entry) -> None:
    tasks = make.tasks_of(entry.editions.get(year=2026))
    services.tick(tasks["ihk"], by=cast.coordinator, now=NOW)
    assert texts(page(cast.coordinator), r'<h2 class="row-title">(.*?)</h2>') == ["ISL", "IHK"]


def test_the_tasks_of_others_stand_apart_from_one_s_own(cast: Cast, entry: Entry) -> None:
    entry.responsibilities.create(unit=cast.hf, position=2)
    made = make.edition(entry, 2027)
    html = page(cast.adviser, f"?aar={made.year}")
    assert texts(html, r'<h([23] class="row-title">.*?)</h[23]>') == [
        f'2 class="row-title">{cast.hf.label}',
        *(f'3 class="row-title">{name}' for name in ("IHK", "IMU", "ISL")),
    ]
    assert "De andre oppgavene i 2027" in html


def test_the_log_says_who_did_what_the_newest_first(cast: Cast, entry: Entry) -> None:
    task = make.tasks_of(entry.editions.get(year=2026))["ihk"]
    services.tick(task, by=cast.coordinator, now=NOW)
    services.untick(task, by=cast.adviser)
    log = texts(page(cast.coordinator), r'<ol class="log plain-list">(.*?)</ol>')[0]
    assert re.findall(r"(Rådgiver|Koordinator) · IHK: ([A-ZÅ][^.]*\.)", log) == [
        ("Rådgiver", "Angret."),
        ("Koordinator", "Kvittert ut."),
    ]
    assert 'id="logg-h"' not in page(cast.outsider)


def test_a_measure_that_was_taken_out_is_named_where_it_explained_the_entry(cast: Cast, entry: Entry) -> None:
    measure = entry.measures.get()
    Measure.objects.filter(pk=measure.pk).update(status="retired")
    gone = 'Tiltaket som forklarte punktet, er tatt ut av planen: <a href="/tiltak/t/">Besøke skoler</a>.'
    assert gone in page(cast.reader)
    assert "Ingen tiltak forklarer" not in page(cast.reader)
    Measure.objects.filter(pk=measure.pk).update(status="in_force")
    Document.objects.filter(pk=measure.document_id).update(state="draft")
    hidden = page(cast.outsider)
    assert "Skolebesøk" in hidden
    assert "Ingen tiltak forklarer" not in hidden
    assert "Besøke skoler" not in hidden
    entry.measures.clear()
    assert "Ingen tiltak forklarer dette punktet ennå." in page(cast.reader)


def test_only_editors_are_led_to_the_editor(cast: Cast, entry: Entry) -> None:
    assert 'href="/aarshjul/punkt/besok/endre/"' in page(cast.adviser)
    assert 'href="/aarshjul/punkt/besok/2026/"' in page(cast.adviser)
    assert "endre/" not in page(cast.coordinator)


def test_a_deadline_says_that_nobody_ticks_it(today: date, cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    make.edition(make.entry(wheel, key="besok", kind="deadline", ticks="none", when_words="15. april"))
    html = page(cast.reader)
    assert "En frist kvitteres ikke ut. Den er her for at alle skal kjenne den." in html
    assert "Ingen tiltak forklarer dette punktet ennå." in html


def test_proposed_is_for_the_owners_readers_and_retired_stays_readable(cast: Cast, entry: Entry) -> None:
    client = Client()
    client.force_login(cast.outsider)
    Entry.objects.filter(pk=entry.pk).update(status="proposed")
    assert client.get("/aarshjul/punkt/besok/").status_code == 404
    assert "Dette punktet er foreslått" in page(cast.reader)
    Entry.objects.filter(pk=entry.pk).update(status="retired")
    assert client.get("/aarshjul/punkt/besok/").status_code == 200
    assert "Dette punktet er tatt ut av årshjulet." in page(cast.reader)


def test_an_entry_without_years_says_so(today: date, cast: Cast) -> None:
    make.entry(make.wheel("hf", cast.hf), cast.ihk, key="besok")
    assert "Ingen år er åpnet for dette punktet ennå." in page(cast.reader)


def test_of_a_public_wheel_strangers_see_how_many_but_not_who(cast: Cast, entry: Entry) -> None:
    services.tick(
        make.tasks_of(entry.editions.get(year=2026))["ihk"], by=cast.coordinator, now=NOW, note="Intern merknad"
    )
    entry.wheel.is_public = True
    entry.wheel.save()
    html = page(None)
    assert "1 av 3" in html
    assert "Koordinator" not in html
    assert "Intern merknad" not in html


def test_the_page_costs_the_same_for_one_year_and_for_three(cast: Cast, entry: Entry) -> None:
    client = Client()
    client.force_login(cast.adviser)
    costs = []
    for years in ((2024,), (2022, 2023)):
        for year in years:
            services.tick(make.tasks_of(make.edition(entry, year))["ihk"], by=cast.coordinator, now=NOW, note="x")
        with CaptureQueriesContext(connection) as counted:
            client.get("/aarshjul/punkt/besok/")
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_the_thread_is_told_in_the_words_in_force(cast: Cast, entry: Entry) -> None:
    plan = Document.objects.get()
    freeze(plan, by=cast.dean, now=NOW)
    Document.objects.update(vision="Uvedtatt visjon")
    Goal.objects.update(text="Uvedtatt mål")
    Measure.objects.update(text="Uvedtatt tiltak")
    entry.measures.add(make.measure(plan, text="Tatt med siden"))
    html = page(cast.outsider)
    assert texts(html, r'<a class="thread-text"[^>]*>(.*?)</a>') == [
        "Flere søker seg hit",
        "Flere søkere",
        "Besøke skoler",
    ]
    for words in ("Uvedtatt", "Tatt med siden"):
        assert words not in html
    Task.objects.update(status="open")
    client = Client()
    client.force_login(cast.coordinator)
    work = client.get("/mitt-arbeid/").content.decode()
    assert "Besøke skoler" in work
    assert "Uvedtatt" not in work


def test_a_reason_that_the_program_wrote_is_told_in_the_reader_s_language(cast: Cast, entry: Entry) -> None:
    entry.editions.filter(year=2026).update(state="cancelled", reason=RETIRED)
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.reader)
    html = client.get("/aarshjul/punkt/besok/").content.decode()
    assert "<span>The entry has been retired from the annual wheel.</span>" in html
