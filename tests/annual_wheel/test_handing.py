"""Handing a task to a colleague, evidence, ticking for a unit from above, and several in one press."""

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from annual_wheel import handing, services
from annual_wheel.models import Edition, Task
from annual_wheel.recipients import Directory
from organisation.models import User
from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import texts
from tests.sending import send

NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))
TODAY = date(2026, 3, 15)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def edition(today: date, cast: Cast) -> Edition:
    return make.edition(make.entry(make.wheel("hf", cast.hf), cast.departments, text="Pensumlister", key="pensum"))


@pytest.fixture
def task(edition: Edition) -> Task:
    return make.tasks_of(edition)["ihk"]


@pytest.fixture
def colleague(cast: Cast) -> User:
    make.user("leser@hf.example", ("reader", cast.ihk), name="Leser")
    return make.user("kollega@hf.example", ("contributor", cast.ihk), name="Kollega")


def why(task: Task) -> list[str | None]:
    return [row.history_change_reason for row in task.history.all()[:3]]


def test_one_chooses_among_those_who_tick_off_at_the_unit(cast: Cast, task: Task, colleague: User) -> None:
    assert handing.colleagues_of(task, today=TODAY) == [colleague, cast.coordinator]
    page = client_of(cast.coordinator).get(f"/oppgave/{task.pk}/tildel/")
    assert texts(page, "option") == ["Kollega", "Meg selv (Koordinator)"]
    handing.hand_to(task, cast.coordinator, by=cast.coordinator)
    page = client_of(cast.coordinator).get(f"/oppgave/{task.pk}/tildel/")
    assert texts(page, "option") == ["Kollega", "Meg selv (Koordinator)", "Ingen bestemt"]
    assert re.findall(r'value="(\d*)" selected', page.content.decode()) == [str(colleague.pk)]


def test_whoever_is_alone_at_the_unit_is_told_that_there_is_nobody_to_hand_to(cast: Cast, task: Task) -> None:
    page = client_of(cast.coordinator).get(f"/oppgave/{task.pk}/tildel/")
    assert texts(page, "option") == ["Meg selv (Koordinator)"]
    assert "Ingen andre har en rolle her som lar dem kvittere ut." in page.content.decode()


def takes(client: Client) -> list[str]:
    """What the list's own buttons for taking a task send, by their address."""
    html = client.get("/mitt-arbeid/").content.decode()
    forms = [part.split("</form>")[0] for part in html.split('<form class="task-take"')[1:]]
    return [f"{form.split('action=')[1].split()[0]} {form.split('name=')[-1].split('>')[0]}" for form in forms]


def test_a_task_is_taken_in_one_press_and_then_there_is_nothing_more_to_take(cast: Cast, task: Task) -> None:
    client, me = client_of(cast.coordinator), cast.coordinator
    assert f'"/oppgave/{task.pk}/tildel/" "to" value="{me.pk}"' in takes(client)
    answer = client.post(f"/oppgave/{task.pk}/tildel/", {"to": me.pk}, headers=HTMX)
    html = answer.content.decode()
    assert "Gitt til Koordinator: Pensumlister" in html
    assert 'class="task-take"' not in html
    assert f'id="task-{task.pk}-assign"' in html
    assert Task.objects.get(pk=task.pk).assigned_to == me
    assert [form for form in takes(client) if f"/oppgave/{task.pk}/" in form] == []
    handing.hand_to(task, cast.adviser, by=me)
    assert f'"/oppgave/{task.pk}/tildel/" "to" value="{me.pk}"' in takes(client)


def test_a_colleague_sees_it_first_and_gets_the_reminders(cast: Cast, task: Task, colleague: User) -> None:
    client = client_of(cast.coordinator)
    make.edition(make.entry(task.edition.entry.wheel, cast.ihk, text="Noe forsinket", when_words="1. mars", month=3))
    answer = client.post(f"/oppgave/{task.pk}/tildel/", {"to": colleague.pk}, follow=True)
    assert "Gitt til Kollega: Pensumlister" in answer.content.decode()
    task.refresh_from_db()
    assert (task.assigned_to, Directory.on(TODAY).recipients_of(task)) == (colleague, [colleague])
    assert why(task)[0] == "Gitt til Kollega."
    assert texts(client_of(colleague).get("/mitt-arbeid/"), "h2", class_="group-title") == ["Tildelt deg", "Forsinket"]
    others = texts(answer, "p", class_="task-note")
    assert others == ["Tildelt Kollega"]


def test_handing_over_is_undone_in_one_press(cast: Cast, task: Task, colleague: User) -> None:
    client = client_of(cast.coordinator)
    handing.hand_to(task, cast.coordinator, by=cast.coordinator)
    page = client.post(f"/oppgave/{task.pk}/tildel/", {"to": colleague.pk}, follow=True).content.decode()
    assert f'action="/oppgave/{task.pk}/tildel/angre/"' in page
    client.post(f"/oppgave/{task.pk}/tildel/angre/")
    task.refresh_from_db()
    assert task.assigned_to == cast.coordinator
    assert why(task) == ["Angret tildelingen.", "Gitt til Kollega.", "Gitt til Koordinator."]


def test_with_script_the_row_comes_back_with_its_undo_among_the_messages(
    cast: Cast, task: Task, colleague: User
) -> None:
    answer = client_of(cast.coordinator).post(f"/oppgave/{task.pk}/tildel/", {"to": colleague.pk}, headers=HTMX)
    html = answer.content.decode()
    assert html.startswith(f'<div class="task" id="task-{task.pk}"')
    assert f'action="/oppgave/{task.pk}/tildel/angre/"' in html
    assert "Tildelt Kollega" in html


def test_nobody_outside_the_unit_can_be_given_it(cast: Cast, task: Task, colleague: User) -> None:
    page = client_of(cast.coordinator).post(f"/oppgave/{task.pk}/tildel/", {"to": cast.outsider.pk})
    assert page.status_code == 200
    assert Task.objects.get(pk=task.pk).assigned_to is None


def test_what_is_done_cannot_be_handed_over(cast: Cast, task: Task, colleague: User) -> None:
    services.tick(task, by=cast.coordinator, now=NOW)
    with pytest.raises(services.CannotTick, match="ikke åpen lenger"):
        handing.hand_to(task, colleague, by=cast.coordinator)


def test_evidence_is_a_note_and_a_link(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    address = f"/oppgave/{task.pk}/merknad/"
    send(client, address, note="Ligger ute", evidence="example.org/liste")
    task.refresh_from_db()
    assert (task.note, task.evidence_url) == ("Ligger ute", "https://example.org/liste")
    page = client.get("/aarshjul/punkt/pensum/").content.decode()
    assert 'href="https://example.org/liste" rel="noreferrer"' in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/a", "ikke en lenke"])
def test_only_links_on_the_web_are_evidence(cast: Cast, task: Task, link: str) -> None:
    page = send(client_of(cast.coordinator), f"/oppgave/{task.pk}/merknad/", evidence=link).content.decode()
    assert "Skriv en adresse på nettet" in page
    assert Task.objects.get(pk=task.pk).evidence_url == ""


def test_a_link_that_came_meanwhile_is_not_lost(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    address = f"/oppgave/{task.pk}/merknad/"
    page = client.get(address)
    Task.objects.filter(pk=task.pk).update(evidence_url="https://example.org/deres")
    refused = send(client, address, of=page, evidence="https://example.org/min").content.decode()
    assert "Noen la inn en annen lenke samtidig: https://example.org/deres." in refused
    assert Task.objects.get(pk=task.pk).evidence_url == "https://example.org/deres"


def test_it_shows_who_ticked_for_a_unit_from_above(cast: Cast, edition: Edition, task: Task) -> None:
    services.tick(task, by=cast.adviser, now=NOW)
    services.tick(make.tasks_of(edition)["isl"], by=cast.coordinator, now=NOW)
    said = texts(client_of(cast.reader).get("/aarshjul/punkt/pensum/"), "p", class_="task-said")
    unit = "Institutt for historiske og klassiske studier"
    assert said[0].startswith(f"Gjort Kvittert ut av Rådgiver for {unit}, ")
    assert said[2].startswith("Gjort Koordinator, ")
    services.untick(task, by=cast.adviser)
    assert Task.objects.get(pk=task.pk).is_done_from_above is False


def tick(client: Client, *tasks: Task, **data: Any) -> Any:
    return client.post("/oppgaver/kvitter/", {"task": [task.pk for task in tasks], **data}, follow=True)


def toasts(page: Any) -> list[str]:
    """What was said, not what stands ready to be said."""
    found = texts(page, "span", class_="toast-text")
    ready = ("Vi fikk ikke svar.", "Du er logget ut,", "Dette er ikke lagret ennå,", "Ikke lagret. Trykk Escape")
    return [words for words in found if not words.startswith(ready)]


def test_several_are_ticked_in_one_press_and_opened_in_one(cast: Cast, edition: Edition) -> None:
    tasks = make.tasks_of(edition)
    client = client_of(cast.coordinator)
    page = tick(client, tasks["ihk"], tasks["isl"], next="/mitt-arbeid/?enhet=ihk")
    assert toasts(page) == ["Kvittert ut: 2 oppgaver."]
    assert page.redirect_chain == [("/mitt-arbeid/?enhet=ihk#innhold", 302)]
    assert {task.done_by for task in Task.objects.filter(status="done")} == {cast.coordinator}
    (undo,) = {form for form in page.content.decode().split('"') if form.startswith("/oppgaver/") and "angre" in form}
    assert toasts(client.post(undo, follow=True)) == ["Åpnet igjen: 2 oppgaver."]
    assert Task.objects.filter(status="open").count() == 3


def test_each_that_is_refused_is_named_with_the_reason_and_the_others_are_done(
    cast: Cast, edition: Edition, task: Task
) -> None:
    wheel = edition.entry.wheel
    closed = make.edition(make.entry(wheel, cast.ihk, text="Messe")).tasks.get()
    Task.objects.filter(pk=closed.pk).update(status="withdrawn", reason="Enheten er lagt ned.")
    ticked = make.edition(make.entry(wheel, cast.ihk, text="Nettsider")).tasks.get()
    services.tick(ticked, by=cast.adviser, now=NOW)
    page = tick(client_of(cast.coordinator), task, closed, ticked, make.tasks_of(edition)["imu"])
    assert toasts(page) == [
        "Kvittert ut: 1 oppgave.",
        "Ikke kvittert ut: «Messe» (IHK). Oppgaven er trukket: Enheten er lagt ned.",
        "Ikke kvittert ut: «Nettsider» (IHK). Rådgiver har alt kvittert ut dette.",
    ]
    assert Task.objects.get(pk=ticked.pk).done_by == cast.adviser


def test_a_reader_is_told_that_it_is_not_theirs(cast: Cast, task: Task) -> None:
    assert toasts(tick(client_of(cast.reader), task)) == [
        "Ikke kvittert ut: «Pensumlister» (IHK). Det er ikke din enhets oppgave."
    ]
    assert Task.objects.get(pk=task.pk).status == "open"


def test_no_choice_says_what_to_do(cast: Cast) -> None:
    page = client_of(cast.coordinator).post("/oppgaver/kvitter/", {"task": ["x", "9" * 30]}, follow=True)
    assert toasts(page) == ["Du har ikke valgt noen oppgaver. Kryss av for dem du vil kvittere ut."]


def test_opening_several_leaves_what_others_ticked(cast: Cast, task: Task) -> None:
    services.tick(task, by=cast.adviser, now=NOW)
    page = client_of(cast.coordinator).post(f"/oppgaver/{task.pk}/angre/", follow=True)
    assert toasts(page) == ["Åpnet igjen: 0 oppgaver."]
    assert Task.objects.get(pk=task.pk).done_by == cast.adviser


def test_every_open_row_can_be_chosen_and_the_press_stands_on_the_page(cast: Cast, edition: Edition) -> None:
    page = client_of(cast.coordinator).get("/mitt-arbeid/").content.decode()
    assert page.count('type="checkbox" form="several" name="task"') == 2
    assert '<form class="several" id="several" method="post" action="/oppgaver/kvitter/"' in page
