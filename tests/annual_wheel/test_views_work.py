"""Mitt arbeid: what stands there, in which order, for whom, and why it is done."""

import json
import re
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annual_wheel import board, services
from annual_wheel.models import Task, Wheel
from annual_wheel.year_facts import facts_of
from organisation.models import Membership, User
from reports.home import open_work
from reports.lists import units_of
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Oslo"))


@pytest.fixture
def wheel(today: date, cast: Cast) -> Wheel:
    plan = make.document("plan", cast.hf, title="Planen")
    return make.wheel("hf", cast.hf, title="Årshjul HF", document=plan)


def page(user: User, query: str = "") -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/mitt-arbeid/{query}").content.decode()


def groups(html: str) -> dict[str, list[str]]:
    """Each heading with the texts under it."""
    found: dict[str, list[str]] = {}
    for part in html.split('<h2 class="group-title"')[1:]:
        heading = re.sub(r"<svg.*?</svg>|<[^>]+>", "", part.split(">", 1)[1].split("<span>")[0].split("</h2>")[0])
        found[heading.strip()] = re.findall(r'<h3 class="row-title"><a[^>]*>(.*?)</a>', part)
    return found


def add(wheel: Wheel, party: Any, text: str, when_words: str, **fields: Any) -> Any:
    return make.edition(make.entry(wheel, party, text=text, when_words=when_words, **fields))


def test_late_comes_first_then_by_month_and_what_goes_on_all_year_last(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.ihk, "Senere", "juni", month=6)
    add(wheel, cast.ihk, "Løper", "løpende", kind="ongoing")
    add(wheel, cast.ihk, "Neste", "15. april")
    add(wheel, cast.ihk, "Nå", "mars", month=3)
    add(wheel, cast.ihk, "Sen", "1. mars")
    add(wheel, cast.ihk, "Senest", "1. februar")
    add(wheel, cast.ihk, "Kunne", "2. mars", modality="may")
    html = page(cast.coordinator)
    assert groups(html) == {
        "Forsinket": ["Senest", "Sen"],
        "Denne måneden": ["Nå"],
        "Neste måned": ["Neste"],
        "Senere": ["Senere"],
        "Datoen er passert": ["Kunne"],
        "Løpende": ["Løper"],
    }
    assert "7 oppgaver" in html
    assert "2 forsinket" in html


def test_each_row_says_when_and_what_kind_of_duty_it_is(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.ihk, "Bør", "5. april", modality="should")
    html = page(cast.coordinator)
    row = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html.split('<li class="work">')[1]))
    assert "innen 5. april , om 3 uker IHK Bør gjøres" in row


def test_what_holds_for_those_outside_a_list_leads_to_the_list(cast: Cast, wheel: Wheel) -> None:
    having = make.group("med", cast.hf, cast.isl, name="Med gruppe")
    lacking = make.group("uten", cast.hf, rule="children", except_group=having, name="Uten gruppe")
    add(wheel, lacking, "Lage gruppe", "mars", month=3)
    add(wheel, cast.ihk, "Annet", "april", month=4)
    assert re.findall(r'<a href="(/grupper/[^"]*)">(.*?)</a>', page(cast.coordinator)) == [
        ("/grupper/med/", "Gjelder «Uten gruppe»")
    ]


def test_what_belongs_to_next_year_says_so_and_opens_there(cast: Cast, wheel: Wheel) -> None:
    entry = make.entry(wheel, cast.ihk, key="loper", text="Løper", when_words="løpende", kind="ongoing")
    make.edition(entry, 2026)
    make.edition(entry, 2027)
    html = page(cast.coordinator)
    assert groups(html) == {"Senere": ["Løper"], "Løpende": ["Løper"]}
    assert "løpende 2027" in html
    assert re.findall(r'<h3 class="row-title"><a class="title-link" href="(.*?)"', html) == [
        "/aarshjul/punkt/loper/?aar=2027",
        "/aarshjul/punkt/loper/",
    ]


def test_the_first_tick_is_one_press_on_the_opened_page(cast: Cast, wheel: Wheel) -> None:
    task = add(wheel, cast.ihk, "Nå", "mars", month=3).tasks.get()
    html = page(cast.coordinator)
    form = html.split(f'action="/oppgave/{task.pk}/kvitter/"')[1].split("</form>")[0]
    assert "Kvitter ut" in form
    assert f'name="next" value="/mitt-arbeid/?oppgave={task.pk}#task-{task.pk}"' in form


def test_a_row_says_why_by_goal_and_measure(cast: Cast, wheel: Wheel) -> None:
    assert wheel.document is not None
    goal = make.goal(wheel.document, key="maal", text="Flere søkere")
    edition = add(wheel, cast.ihk, "Nå", "mars", month=3)
    edition.entry.measures.add(make.measure(wheel.document, goal, key="tiltak", text="Besøke skoler"))
    why = page(cast.coordinator).split('<span class="thread-why">')[1].split("</span></li>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', why)[:2] == [
        ("/mal/maal/", "Flere søkere"),
        ("/tiltak/tiltak/", "Besøke skoler"),
    ]


def test_a_measure_of_a_draft_is_not_told_to_those_who_may_not_read_it(cast: Cast, wheel: Wheel) -> None:
    draft = make.document("utkast", cast.university, state="draft")
    edition = add(wheel, cast.ihk, "Nå", "mars", month=3)
    edition.entry.measures.add(make.measure(draft, key="hemmelig", text="Hemmelig tiltak"))
    html = page(cast.coordinator)
    assert "Hemmelig tiltak" not in html
    assert "Hemmelig tiltak" in page(cast.administrator) or "Nå" not in page(cast.administrator)


def test_only_ones_own_units_stand_there(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.departments, "Alle", "mars", month=3)
    assert groups(page(cast.coordinator)) == {"Denne måneden": ["Alle", "Alle"]}
    assert groups(page(cast.outsider)) == {}
    assert "Ingenting er åpent nå" in page(cast.outsider)


def test_one_unit_is_picked_by_its_tab_and_by_acting_for_it(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.departments, "Alle", "mars", month=3)
    add(wheel, cast.isl, "Bare ISL", "mars", month=3)
    html = page(cast.coordinator)
    tabs = re.findall(r'<a href="\?enhet=(\w+)"[^>]*>([^<]+) <span class="numeric">(\d+)</span>', html)
    assert tabs == [("alle", "Alle mine enheter", "3"), ("ihk", "IHK", "1"), ("isl", "ISL", "2")]
    assert groups(page(cast.coordinator, "?enhet=ihk")) == {"Denne måneden": ["Alle"]}
    client = Client()
    client.force_login(cast.coordinator)
    client.post("/enhet/", {"unit": "isl", "next": "/mitt-arbeid/"})
    assert groups(client.get("/mitt-arbeid/").content.decode()) == {"Denne måneden": ["Alle", "Bare ISL"]}
    assert len(groups(client.get("/mitt-arbeid/?enhet=alle").content.decode())["Denne måneden"]) == 3


def test_the_address_narrows_by_kind_and_wheel(cast: Cast, wheel: Wheel) -> None:
    other = make.wheel("annet", cast.hf, title="Annet hjul")
    add(wheel, cast.ihk, "Oppgave", "mars", month=3)
    add(wheel, cast.ihk, "Hendelse", "mars", month=3, kind="event")
    add(other, cast.ihk, "Annet", "mars", month=3)
    assert groups(page(cast.coordinator, "?type=event")) == {"Denne måneden": ["Hendelse"]}
    assert groups(page(cast.coordinator, "?hjul=annet")) == {"Denne måneden": ["Annet"]}
    assert "Ingen oppgaver passer med valgene" in page(cast.coordinator, "?type=ongoing")


def test_what_is_done_stands_apart_with_who_and_an_undo(cast: Cast, wheel: Wheel) -> None:
    task = add(wheel, cast.ihk, "Ferdig", "mars", month=3).tasks.get()
    services.tick(task, by=cast.coordinator, now=NOW)
    html = page(cast.coordinator)
    assert groups(html) == {"Gjort den siste måneden": ["Ferdig"]}
    assert "Koordinator, 10. mars" in html
    assert f'action="/oppgave/{task.pk}/angre/"' in html


def test_cancelled_withdrawn_and_long_gone_are_not_there(cast: Cast, wheel: Wheel) -> None:
    gone = add(wheel, cast.ihk, "Utgår", "mars", month=3)
    services.cancel(gone, by=cast.adviser, reason="Nei", is_partly=False, today=date(2026, 1, 1), expected=1)
    make.edition(make.entry(wheel, cast.ihk, text="For lenge siden"), 2021)
    make.edition(make.entry(wheel, cast.ihk, text="I fjor"), 2025)
    assert groups(page(cast.coordinator)) == {"Forsinket": ["I fjor"]}


def test_a_reader_sees_the_work_without_the_press(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.hf, "Fakultetets", "mars", month=3)
    html = page(cast.reader)
    assert groups(html) == {"Denne måneden": ["Fakultetets"]}
    assert "Kvitter ut" not in html


def test_what_others_are_to_do_together_with_us_waits_for_them(cast: Cast, wheel: Wheel) -> None:
    entry = make.entry(wheel, cast.hf, text="Med oss", when_words="mars", month=3)
    entry.responsibilities.create(
        group=cast.departments, relation="with", wording="sammen med instituttene", position=1
    )
    make.edition(entry)
    html = page(cast.coordinator)
    assert groups(html)["Venter på andre"] == ["Med oss"]
    assert "Mangler: HF" in html
    assert "sammen med instituttene" in html
    assert "Venter på andre" not in page(cast.outsider)


def test_an_editor_sees_what_the_units_below_miss(cast: Cast, wheel: Wheel) -> None:
    edition = add(wheel, cast.departments, "Lister", "1. mars")
    services.tick(make.tasks_of(edition)["ihk"], by=cast.coordinator, now=NOW)
    add(wheel, cast.hf, "Eget", "mars", month=3)
    assert "Enhetene under" not in page(cast.coordinator)
    html = page(cast.adviser, "?vis=enhetene")
    assert re.findall(r'<h3 class="row-title"><a[^>]*>(.*?)</a>', html) == ["Lister"]
    assert "1 av 3" in html
    assert "Mangler: IMU, ISL" in html
    assert "Forsinket" in html


def test_what_only_units_elsewhere_miss_is_not_told_of_the_units_below(cast: Cast, wheel: Wheel) -> None:
    """What is missing below is what the units below have open; the start page counts the same."""
    section = make.unit("seksjon", cast.ihk, name="Seksjonen")
    head = make.user("leder@ihk.example", ("editor", cast.ihk))
    done = add(wheel, make.group("alle", cast.hf, section, cast.isl), "Gjort", "1. mars")
    services.tick(make.tasks_of(done)["seksjon"], by=cast.adviser, now=NOW)
    add(wheel, make.group("begge", cast.hf, section, cast.isl), "Mangler", "1. mars")
    add(wheel, section, "Kommer", "1. april")
    html = page(head, "?vis=enhetene")
    assert re.findall(r'<h3 class="row-title"><a[^>]*>(.*?)</a>', html) == ["Mangler", "Kommer"]
    assert re.findall(r"Mangler: ([^<]+)", html) == ["Seksjonen", "Seksjonen"]
    assert open_work(head, [cast.ihk.pk], today=date(2026, 3, 15)).late_below == 1


def test_one_tick_for_all_is_missing_at_the_units_that_share_it(cast: Cast, wheel: Wheel) -> None:
    section = make.unit("seksjon", cast.ihk, name="Seksjonen")
    entry = make.entry(wheel, cast.isl, section, text="Felles", when_words="1. mars", ticks="one")
    task = make.edition(entry).tasks.get()
    head = make.user("leder@ihk.example", ("editor", cast.ihk))
    assert re.findall(r"Mangler: ([^<]+)", page(head, "?vis=enhetene")) == ["Seksjonen"]
    services.tick(task, by=cast.coordinator, now=NOW)
    assert "Felles" not in page(head, "?vis=enhetene")


def test_a_year_with_its_own_lines_says_who_takes_part(cast: Cast, wheel: Wheel) -> None:
    """Who takes part, whom it waits for and which list it hangs on are those of the year."""
    having = make.group("med", cast.hf, cast.imu, name="Med gruppe")
    lacking = make.group("uten", cast.hf, rule="children", except_group=having, name="Uten gruppe")
    usual = make.entry(wheel, cast.hf, text="Før", when_words="mars", month=3)
    usual.responsibilities.create(unit=cast.ihk, relation="with", wording="sammen med IHK", position=1)
    year_alone = make.edition(usual)
    year_alone.has_own_lines = True
    year_alone.save()
    year_alone.responsibilities.create(unit=cast.hf, position=0)
    other = make.edition(make.entry(wheel, cast.hf, text="Nå", when_words="mars", month=3))
    other.has_own_lines = True
    other.save()
    other.responsibilities.create(unit=cast.hf, position=0)
    other.responsibilities.create(unit=cast.ihk, relation="with", wording="i år med IHK", position=1)
    listed = make.edition(make.entry(wheel, cast.ihk, text="Liste", when_words="mars", month=3))
    listed.has_own_lines = True
    listed.save()
    listed.responsibilities.create(group=lacking, position=0)
    html = page(cast.coordinator)
    assert groups(html)["Venter på andre"] == ["Nå"]
    assert "i år med IHK" in html
    assert re.findall(r'<a href="(/grupper/[^"]*)">(.*?)</a>', html) == [("/grupper/med/", "Gjelder «Uten gruppe»")]


def test_units_stand_in_the_order_of_the_alphabet(cast: Cast, wheel: Wheel) -> None:
    names = ["Øst", "Ål", "ære", "Zoo"]
    below = [make.unit(f"enhet-{number}", cast.ihk, name=name, short_name=name) for number, name in enumerate(names)]
    add(wheel, make.group("disse", cast.hf, *below), "Lister", "1. mars")
    head = make.user("leder@ihk.example", ("editor", cast.ihk))
    assert re.findall(r"Mangler: ([^<]+)", page(head, "?vis=enhetene")) == ["Zoo, ære, Øst, Ål"]
    labels = [label for _slug, label in facts_of(wheel, [2026]).parties]
    assert [label for label in labels if label in names] == ["Zoo", "ære", "Øst", "Ål"]
    months = board.months_of(wheel, 2026)
    part = board.part_of(next(iter(months.values())), as_text=False, today=date(2026, 3, 15))
    assert [party.label for party in part.units] == ["Zoo", "ære", "Øst", "Ål"]
    assert wheel.document is not None
    listed = units_of(wheel.document, user=cast.adviser, year=2026, today=date(2026, 3, 15))
    assert [name for _slug, name in listed] == ["Zoo", "ære", "Øst", "Ål"]


def test_the_start_page_counts_what_stands_here(cast: Cast, wheel: Wheel) -> None:
    """What was given to oneself counts, wherever it stands."""
    add(wheel, cast.ihk, "Vårt", "1. mars")
    given = add(wheel, cast.imu, "Gitt meg", "1. mars").tasks.get()
    given.assigned_to = cast.coordinator
    given.save()
    make.edition(make.entry(wheel, cast.ihk, text="For lenge siden"), 2021)
    assert "2 oppgaver" in page(cast.coordinator)
    work = open_work(cast.coordinator, [cast.ihk.pk, cast.isl.pk], today=date(2026, 3, 15))
    assert (work.count, work.late_count) == (2, 2)
    assert {near.row.text for near in work.nearest} == {"Vårt", "Gitt meg"}


def test_who_belongs_nowhere_is_told_what_comes_next(wheel: Wheel) -> None:
    assert "Du er ikke knyttet til en enhet ennå" in page(make.user("ny@hf.example"))


def test_the_page_costs_the_same_for_one_row_and_for_three(cast: Cast, wheel: Wheel) -> None:
    assert wheel.document is not None
    measure = make.measure(wheel.document, make.goal(wheel.document))
    client = Client()
    client.force_login(cast.coordinator)
    costs = []
    for rows in (1, 2):
        for number in range(rows):
            edition = add(wheel, cast.departments, f"Punkt {number}", "mars", month=3)
            edition.entry.measures.add(measure)
            done = add(wheel, cast.departments, f"Gjort {number}", "mars", month=3)
            services.tick(make.tasks_of(done)["ihk"], by=cast.coordinator, now=NOW)
            others = make.entry(wheel, cast.hf, when_words="mars", month=3)
            others.responsibilities.create(group=cast.departments, relation="with", position=1)
            make.edition(others)
        client.get("/mitt-arbeid/")  # reads what is kept for as long as the logs stand still
        with CaptureQueriesContext(connection) as counted:
            client.get("/mitt-arbeid/")
        costs.append(len(counted))
    assert costs[0] == costs[1]
    assert costs[0] <= 26


def test_with_script_the_numbers_alone_come_back(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.ihk, "Nå", "mars", month=3)
    client = Client()
    client.force_login(cast.coordinator)
    html = client.get("/mitt-arbeid/", headers={"HX-Request": "true"}).content.decode()
    assert html.strip().startswith('<div class="work-head" id="work-head">')
    assert "1 oppgave" in html
    assert "row-title" not in html


def test_the_units_below_cost_the_same_for_one_row_and_for_three(cast: Cast, wheel: Wheel) -> None:
    client = Client()
    client.force_login(cast.adviser)
    costs = []
    for rows in (1, 2):
        for _ in range(rows):
            add(wheel, cast.departments, "Lister", "1. mars")
        with CaptureQueriesContext(connection) as counted:
            client.get("/mitt-arbeid/?vis=enhetene")
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_ones_role_ended_yesterday_takes_the_work_away(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.departments, "Alle", "mars", month=3)
    Membership.objects.filter(user=cast.coordinator).update(to_on=date(2026, 3, 14))
    assert groups(page(cast.coordinator)) == {}
    assert Task.objects.filter(status="open").count() == 3


def test_who_may_not_tick_is_told_who_does(cast: Cast, wheel: Wheel) -> None:
    def told(user: User) -> list[str]:
        return re.findall(r"<span>(Kvitteres ut av [^<]*)</span>", page(user))

    Membership.objects.create(user=cast.reader, unit=cast.ihk, role="reader")
    add(wheel, cast.ihk, "Instituttets", "15. april")
    add(wheel, cast.hf, "Fakultetets", "15. april")
    assert told(cast.reader) == ["Kvitteres ut av Koordinator", "Kvitteres ut av Rådgiver"]
    assert told(cast.coordinator) == []


def test_saying_who_ticks_costs_the_same_for_many(cast: Cast, wheel: Wheel) -> None:
    client = Client()
    client.force_login(cast.reader)
    costs = []
    for texts in (["En"], ["To", "Tre"]):
        for text in texts:
            add(wheel, cast.hf, text, "15. april")
        client.get("/mitt-arbeid/")  # reads what is kept for as long as the logs stand still
        with CaptureQueriesContext(connection) as counted:
            client.get("/mitt-arbeid/")
        costs.append(len(counted))
    assert costs[0] == costs[1]


def rows_of(html: str) -> list[str]:
    return re.findall(r'<h3 class="row-title"><a[^>]*>(.*?)</a>', html)


def more_of(html: str) -> dict[str, tuple[str, str]]:
    """By group, what the press says and where it leads."""
    found = re.findall(r'id="more-(\w+)"><a [^>]*?href="([^"]*)".*?</svg>(.*?)<', html, flags=re.DOTALL)
    return {code: (words, unescape(url)) for code, url, words in found}


def test_a_long_group_shows_the_most_urgent_and_folds_the_rest(cast: Cast, wheel: Wheel) -> None:
    tasks = [add(wheel, cast.ihk, f"Sen {n:02}", f"{n}. februar").tasks.get() for n in range(14, 0, -1)][::-1]
    names = [f"Sen {n:02}" for n in range(1, 15)]
    html = page(cast.coordinator, "?enhet=ihk")
    assert groups(html) == {"Forsinket": names[:10]}
    address = f"/mitt-arbeid/?enhet=ihk&gruppe=forsinket&oppgave={tasks[10].pk}#rad-{tasks[10].pk}"
    assert more_of(html) == {"late": ("Vis 4 til", address)}
    assert "14 oppgaver" in html
    client = Client()
    client.force_login(cast.coordinator)
    part = client.get(address, headers={"HX-Request": "true"})
    assert rows_of(part.content.decode()) == names[10:]
    assert part.content.decode().lstrip().startswith('<ul class="rows">')
    assert part.content.decode().count("data-focus") == 1
    assert "4 oppgaver til vises" in json.loads(part["HX-Trigger"])["announce"]["value"]
    whole = client.get(address).content.decode()
    assert rows_of(whole) == names
    assert f'<li class="work" id="rad-{tasks[10].pk}">' in whole
    way = f"/mitt-arbeid/?enhet=ihk&amp;gruppe=forsinket&amp;oppgave={tasks[12].pk}#task-{tasks[12].pk}"
    assert f'value="{way}"' in whole
    assert 'id="several"' in whole


def test_what_is_fetched_follows_what_is_shown_also_when_rows_have_been_ticked_off_there(
    cast: Cast, wheel: Wheel
) -> None:
    """With script the first rows stay where they are, done: the rest must neither leap over any nor show one twice."""
    tasks = [add(wheel, cast.ihk, f"Sen {n:02}", f"{n}. februar").tasks.get() for n in range(1, 15)]
    ((_words, address),) = more_of(page(cast.coordinator)).values()
    for task in (tasks[0], tasks[4], tasks[10]):
        services.tick(task, by=cast.coordinator, now=NOW)
    client = Client()
    client.force_login(cast.coordinator)
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert rows_of(part) == ["Sen 11", "Sen 12", "Sen 13", "Sen 14"]


def test_a_few_more_than_ten_are_not_folded(cast: Cast, wheel: Wheel) -> None:
    for number in range(1, 13):
        add(wheel, cast.ihk, "Sen", f"{number}. februar")
    html = page(cast.coordinator)
    assert len(rows_of(html)) == 12
    assert more_of(html) == {}


def test_what_comes_later_is_sent_when_it_is_asked_for(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.ihk, "Nå", "mars", month=3)
    for number in range(3):
        add(wheel, cast.ihk, f"Senere {number}", "juni", month=6)
    html = page(cast.coordinator)
    assert groups(html) == {"Denne måneden": ["Nå"], "Senere": []}
    assert more_of(html)["later"][0] == "Vis 3 oppgaver"
    assert rows_of(page(cast.coordinator, more_of(html)["later"][1].partition("/mitt-arbeid/")[2])) == [
        "Senere 0", "Senere 1", "Senere 2",
    ]  # fmt: skip


def test_an_address_that_names_a_folded_task_shows_its_group_whole(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.ihk, "Nå", "mars", month=3)
    later = [add(wheel, cast.ihk, f"Senere {n}", "juni", month=6).tasks.get() for n in range(4)]
    html = page(cast.coordinator, f"?oppgave={later[2].pk}")
    assert groups(html)["Senere"] == [f"Senere {n}" for n in range(4)]
    assert more_of(html) == {}
    assert groups(page(cast.coordinator, "?oppgave=99999"))["Senere"] == []
    assert groups(page(cast.coordinator, "?oppgave=tull&gruppe=tull"))["Senere"] == []


def test_a_group_with_nothing_left_says_so(cast: Cast, wheel: Wheel) -> None:
    html = page(cast.coordinator, "?gruppe=forsinket")
    assert "Ingenting er åpent nå" in html
    assert "<h1>Forsinket</h1>" in html


def test_what_is_done_is_folded_too(cast: Cast, wheel: Wheel) -> None:
    for number in range(8):
        task = add(wheel, cast.ihk, f"Ferdig {number}", "mars", month=3).tasks.get()
        services.tick(task, by=cast.coordinator, now=NOW)
    html = page(cast.coordinator)
    assert groups(html) == {"Gjort den siste måneden": [f"Ferdig {n}" for n in range(7, 2, -1)]}
    assert more_of(html)["done"][0] == "Vis 3 til"
    whole = page(cast.coordinator, "?gruppe=gjort")
    assert len(rows_of(whole)) == 8
    assert 'id="several"' not in whole


def test_the_numbers_alone_cost_no_rows(cast: Cast, wheel: Wheel) -> None:
    add(wheel, cast.ihk, "Sen", "1. mars")
    client = Client()
    client.force_login(cast.coordinator)
    client.get("/mitt-arbeid/")
    with CaptureQueriesContext(connection) as counted:
        html = client.get("/mitt-arbeid/", headers={"HX-Request": "true"}).content.decode()
    assert "1 forsinket" in html
    assert len(counted) <= 6
