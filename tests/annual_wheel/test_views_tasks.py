"""Ticking off, undoing, not relevant and notes: with and without script, and who may."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest

from annual_wheel import services
from annual_wheel.models import Edition, Task
from tests import factories as make
from tests.cast import Cast, client_of
from tests.sending import send

HTMX = {"HX-Request": "true"}


@pytest.fixture
def edition(today: date, cast: Cast) -> Edition:
    return make.edition(make.entry(make.wheel("hf", cast.hf), cast.departments, text="Pensumlister", key="pensum"))


@pytest.fixture
def task(edition: Edition) -> Task:
    return make.tasks_of(edition)["ihk"]


def announced(answer: Any) -> str:
    return json.loads(answer["HX-Trigger"])["announce"]["value"]


def test_one_press_ticks_off_and_goes_back_to_where_one_was(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    answer = client.post(f"/oppgave/{task.pk}/kvitter/", {"next": "/mitt-arbeid/?enhet=ihk"})
    assert (answer.status_code, answer["Location"]) == (302, f"/mitt-arbeid/?enhet=ihk#task-{task.pk}")
    task.refresh_from_db()
    assert (task.status, task.done_by) == ("done", cast.coordinator)
    assert "Kvittert ut: Pensumlister" in client.get("/mitt-arbeid/").content.decode()


def test_a_next_that_is_not_ours_is_not_followed(cast: Cast, task: Task) -> None:
    answer = client_of(cast.coordinator).post(f"/oppgave/{task.pk}/kvitter/", {"next": "https://evil.example/"})
    assert answer["Location"] == f"/mitt-arbeid/#task-{task.pk}"


def test_without_script_one_comes_back_to_the_row_with_undo_in_the_place_where_it_stood(cast: Cast, task: Task) -> None:
    wheel = task.edition.entry.wheel
    late = make.edition(make.entry(wheel, cast.ihk, text="Sent", month=2, when_words="1. februar")).tasks.get()
    client = client_of(cast.coordinator)

    def order(html: str) -> Any:
        return re.findall(r'<div class="task" id="task-(\d+)" data-status="(\w+)">', html)

    html = client.get("/mitt-arbeid/?enhet=ihk").content.decode()
    way = re.findall(rf'action="/oppgave/{late.pk}/kvitter/".*?name="next" value="(.*?)"', html)
    assert way == [f"/mitt-arbeid/?enhet=ihk&amp;oppgave={late.pk}#task-{late.pk}"]
    answer = client.post(f"/oppgave/{late.pk}/kvitter/", {"next": unescape(way[0])})
    assert answer["Location"] == f"/mitt-arbeid/?enhet=ihk&oppgave={late.pk}#task-{late.pk}"
    html = client.get(answer["Location"]).content.decode()
    assert order(html) == [(str(late.pk), "done"), (str(task.pk), "open")]
    assert "Forsinket" in html
    assert "Gjort den siste måneden" not in html
    assert "1 oppgave<" in html
    assert f'action="/oppgave/{late.pk}/angre/"' in html
    assert "oppgave=" not in re.findall(r'id="work-count" href="(.*?)"', html)[0]
    html = client.get("/mitt-arbeid/?enhet=ihk").content.decode()
    assert order(html) == [(str(task.pk), "open"), (str(late.pk), "done")]


def test_what_is_not_relevant_stays_in_its_place_too_and_what_is_withdrawn_does_not(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    client.post(f"/oppgave/{task.pk}/ikke-aktuelt/", {"reason": "Har ingen"})
    address = f"/mitt-arbeid/?oppgave={task.pk}"
    assert f'id="task-{task.pk}" data-status="not_relevant"' in client.get(address).content.decode()
    services.cancel(task.edition, by=cast.adviser, reason="Nei", is_partly=False, today=date(2026, 1, 1), expected=1)
    assert f'id="task-{task.pk}"' not in client.get(address).content.decode()
    others = make.tasks_of(task.edition)["imu"]
    assert f'id="task-{others.pk}"' not in client.get(f"/mitt-arbeid/?oppgave={others.pk}").content.decode()


def test_undoing_in_the_message_keeps_the_page_one_was_on(cast: Cast, task: Task) -> None:
    services.tick(task, by=cast.coordinator, now=datetime(2026, 3, 15, 12, tzinfo=UTC))
    here = {"Referer": "http://testserver/mitt-arbeid/?enhet=ihk"}
    answer = client_of(cast.coordinator).post(f"/oppgave/{task.pk}/angre/", headers=here)
    assert answer["Location"] == f"/mitt-arbeid/?enhet=ihk#task-{task.pk}"


def test_with_script_only_the_task_comes_back_with_undo_on_the_same_control(cast: Cast, task: Task) -> None:
    answer = client_of(cast.coordinator).post(f"/oppgave/{task.pk}/kvitter/", headers=HTMX)
    html = answer.content.decode()
    assert html.startswith(f'<div class="task" id="task-{task.pk}" data-status="done">')
    assert "<html" not in html
    assert f'id="task-{task.pk}-do"' in html
    assert f'action="/oppgave/{task.pk}/angre/"' in html
    assert "<span>Koordinator, " in html
    assert announced(answer) == "Kvittert ut: Pensumlister"
    assert "work-changed" in answer["HX-Trigger-After-Settle"]


def test_undo_opens_it_again_and_the_log_keeps_both(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    client.post(f"/oppgave/{task.pk}/kvitter/")
    answer = client.post(f"/oppgave/{task.pk}/angre/", headers=HTMX)
    assert f'action="/oppgave/{task.pk}/kvitter/"' in answer.content.decode()
    assert announced(answer) == "Åpnet igjen: Pensumlister"
    task.refresh_from_db()
    assert (task.status, task.done_by, task.done_at) == ("open", None, None)
    log = [(row.history_user, row.history_change_reason) for row in task.history.all()[:2]]
    assert log == [(cast.coordinator, "Angret."), (cast.coordinator, "Kvittert ut.")]


def test_a_note_may_follow_the_tick(cast: Cast, task: Task) -> None:
    client_of(cast.coordinator).post(f"/oppgave/{task.pk}/kvitter/", {"note": "Ligger på nettet"})
    task.refresh_from_db()
    assert (task.status, task.note) == ("done", "Ligger på nettet")


def test_somebody_who_was_quicker_keeps_the_tick(cast: Cast, task: Task) -> None:
    client_of(cast.coordinator).post(f"/oppgave/{task.pk}/kvitter/")
    answer = client_of(cast.adviser).post(f"/oppgave/{task.pk}/kvitter/", headers=HTMX)
    assert announced(answer) == "Koordinator har alt kvittert ut dette."
    task.refresh_from_db()
    assert task.done_by == cast.coordinator
    assert task.history.filter(status="done").count() == 1


def test_not_relevant_needs_its_reason(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    page = client.post(f"/oppgave/{task.pk}/ikke-aktuelt/", {"reason": " "})
    assert "Skriv kort hvorfor det ikke er aktuelt hos dere." in page.content.decode()
    part = client.post(f"/oppgave/{task.pk}/ikke-aktuelt/", {"reason": ""}, headers=HTMX).content.decode()
    assert part.startswith('<div class="task"')
    assert 'aria-label="Ikke aktuelt hos oss «Pensumlister» (IHK)"' in part
    assert "Skriv kort hvorfor det ikke er aktuelt hos dere." in part
    assert Task.objects.get(pk=task.pk).status == "open"


def test_not_relevant_is_kept_with_its_reason_and_undone(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    client.post(f"/oppgave/{task.pk}/ikke-aktuelt/", {"reason": "Vi har ingen slike studier"})
    task.refresh_from_db()
    assert (task.status, task.reason) == ("not_relevant", "Vi har ingen slike studier")
    client.post(f"/oppgave/{task.pk}/angre/")
    task.refresh_from_db()
    assert (task.status, task.reason) == ("open", "")


def test_a_note_is_written_and_can_be_too_long(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    assert "Skriv en merknad" in client.get(f"/oppgave/{task.pk}/merknad/").content.decode()
    client.post(f"/oppgave/{task.pk}/merknad/", {"note": "Avventer timeplan"})
    assert Task.objects.get(pk=task.pk).note == "Avventer timeplan"
    page = client.post(f"/oppgave/{task.pk}/merknad/", {"note": "x" * 2001}).content.decode()
    assert "x" * 2001 in page
    assert Task.objects.get(pk=task.pk).note == "Avventer timeplan"


def test_what_is_cancelled_is_refused_with_the_reason(cast: Cast, edition: Edition, task: Task) -> None:
    services.cancel(edition, by=cast.adviser, reason="Messen", is_partly=False, today=date(2026, 1, 1), expected=1)
    client = client_of(cast.coordinator)
    answer = client.post(f"/oppgave/{task.pk}/kvitter/", headers=HTMX)
    assert announced(answer) == "Dette utgår i 2026, så det er ingenting å kvittere ut."
    assert 'hx-swap-oob="innerHTML"' in answer.content.decode()
    client.post(f"/oppgave/{task.pk}/kvitter/")
    assert "Dette utgår i 2026" in client.get("/mitt-arbeid/").content.decode()
    assert Task.objects.get(pk=task.pk).status == "withdrawn"


def test_what_is_withdrawn_is_refused_with_the_reason(cast: Cast, task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(status="withdrawn", reason="Enheten er lagt ned.")
    answer = client_of(cast.coordinator).post(f"/oppgave/{task.pk}/kvitter/", headers=HTMX)
    assert announced(answer) == "Oppgaven er trukket: Enheten er lagt ned."


@pytest.mark.parametrize("act", ["kvitter", "angre", "ikke-aktuelt", "merknad"])
def test_unseen_is_not_there_and_somebody_elses_is_forbidden(cast: Cast, edition: Edition, act: str) -> None:
    other = make.tasks_of(edition)["imu"]
    codes = {
        name: client_of(person).post(f"/oppgave/{other.pk}/{act}/", {"reason": "Nei"}).status_code
        for name, person in cast.people.items()
    }
    assert codes == {
        "adviser": 302,
        "coordinator": 404,
        "dean": 302,
        "reader": 403,
        "outsider": 404,
        "administrator": 302,
    }


def test_one_tick_for_all_is_ticked_by_any_of_them(today: date, cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.hf, cast.departments, ticks="one", text="Felles liste")
    task = make.edition(entry).tasks.get()
    client = client_of(cast.coordinator)
    assert client.post(f"/oppgave/{task.pk}/kvitter/").status_code == 302
    assert Task.objects.get(pk=task.pk).done_by == cast.coordinator


def test_a_get_ticks_nothing(cast: Cast, task: Task) -> None:
    assert client_of(cast.coordinator).get(f"/oppgave/{task.pk}/kvitter/").status_code == 405
    assert Task.objects.get(pk=task.pk).status == "open"


def test_a_note_does_not_write_over_one_that_came_meanwhile(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    address = f"/oppgave/{task.pk}/merknad/"
    page = client.get(address)
    services.write_note(task, by=cast.adviser, note="Skrevet av en annen", expected="")
    refused = send(client, address, of=page, note="Skrevet av meg").content.decode()
    assert "Noen skrev en merknad samtidig: «Skrevet av en annen»." in refused
    assert "Skrevet av meg" in refused
    assert Task.objects.get(pk=task.pk).note == "Skrevet av en annen"
    client.post(address, {"note": "Begge deler", "before": "Skrevet av en annen"})
    assert Task.objects.get(pk=task.pk).note == "Begge deler"


def test_a_note_refused_in_place_keeps_what_was_typed(cast: Cast, task: Task) -> None:
    services.write_note(task, by=cast.adviser, note="Skrevet av en annen", expected="")
    client = client_of(cast.coordinator)
    part = client.post(f"/oppgave/{task.pk}/merknad/", {"note": "Min", "before": ""}, headers=HTMX).content.decode()
    field = part.split("<textarea")[1].split("</textarea>")[0]
    assert 'aria-invalid="true"' in field
    assert field.endswith(">\nMin")


def test_the_row_holds_what_ticks_what_takes_and_three_links(cast: Cast, task: Task) -> None:
    html = client_of(cast.coordinator).get("/mitt-arbeid/").content.decode()
    row = html.split(f'<div class="task" id="task-{task.pk}"')[1].split("</li>")[0]
    acts = [f"/oppgave/{task.pk}/kvitter/", f"/oppgave/{task.pk}/tildel/"]
    assert re.findall(r'<form[^>]* action="(.*?)"', row) == acts
    assert re.findall(r'<a id="(.*?)" href="(.*?)"', row) == [
        (f"task-{task.pk}-note", f"/oppgave/{task.pk}/merknad/"),
        (f"task-{task.pk}-not", f"/oppgave/{task.pk}/ikke-aktuelt/"),
        (f"task-{task.pk}-assign", f"/oppgave/{task.pk}/tildel/"),
    ]


@pytest.mark.parametrize(("act", "link"), [("merknad", "note"), ("ikke-aktuelt", "not")])
def test_a_form_opens_in_place_and_its_way_back_bears_the_id_of_the_link(
    cast: Cast, task: Task, act: str, link: str
) -> None:
    client = client_of(cast.coordinator)
    part = client.get(f"/oppgave/{task.pk}/{act}/", headers=HTMX).content.decode()
    assert part.startswith(f'<div class="task" id="task-{task.pk}" data-status="open">')
    assert part.count("<form") == part.count("data-take-focus") == 1
    assert f'id="task-{task.pk}-{link}" data-cancel href="/oppgave/{task.pk}/"' in part
    closed = client.get(f"/oppgave/{task.pk}/", headers=HTMX).content.decode()
    assert closed.startswith(f'<div class="task" id="task-{task.pk}" data-status="open">')
    assert f'<a id="task-{task.pk}-{link}" ' in closed
    assert "HX-Trigger" not in client.get(f"/oppgave/{task.pk}/", headers=HTMX)


def test_without_script_a_form_leads_back_to_where_one_was(cast: Cast, task: Task) -> None:
    client = client_of(cast.coordinator)
    here = "/mitt-arbeid/?enhet=ihk"
    page = client.get(f"/oppgave/{task.pk}/merknad/", headers={"Referer": f"http://testserver{here}"})
    assert page.content.decode().count(f'href="{here}#task-{task.pk}"') == 1
    answer = send(client, f"/oppgave/{task.pk}/merknad/", of=page, note="Sendt")
    assert (answer.status_code, answer["Location"]) == (302, f"{here}#task-{task.pk}")
    elsewhere = client.get(f"/oppgave/{task.pk}/merknad/", headers={"Referer": "https://evil.example/"})
    assert "evil.example" not in elsewhere.content.decode()


def test_a_task_has_an_address_at_its_entry_and_year(cast: Cast, task: Task) -> None:
    answer = client_of(cast.coordinator).get(f"/oppgave/{task.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/aarshjul/punkt/pensum/?aar=2026#oppgaver")


def test_a_form_of_its_own_belongs_to_my_work_in_the_menu(cast: Cast, task: Task) -> None:
    html = client_of(cast.coordinator).get(f"/oppgave/{task.pk}/merknad/").content.decode()
    assert re.findall(r'<a href="(/[^"]*)" aria-current="page">', html) == ["/mitt-arbeid/"]
