"""A tick on a network that is slow, gone or answers with an error is never lost in silence."""

from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from annual_wheel.models import Task
from tests.cast import Cast
from tests.e2e.test_wheel import log_in, work

__all__ = ["work"]

SAID = "Vi fikk ikke svar, så dette er kanskje ikke lagret."


def at_ihk(page: Page, task: Task) -> None:
    page.goto(page.url.split("?")[0] + "?enhet=ihk")
    expect(page.locator(f"#task-{task.pk}-do")).to_be_visible()


def test_without_a_network_the_row_says_so_and_tries_again(
    live_server: LiveServer, page: Page, work: Cast, console: list[str]
) -> None:
    task = Task.objects.get(edition__entry__key="nett")
    log_in(page, live_server, "coordinator@hf.example")
    at_ihk(page, task)
    row, button = page.locator(f"#task-{task.pk}"), page.locator(f"#task-{task.pk}-do")
    page.context.set_offline(True)
    button.click()
    expect(row.get_by_role("alert")).to_contain_text(SAID)
    expect(button).to_be_enabled()
    expect(button).to_contain_text("Kvitter ut")
    button.click()  # a second time says it once
    expect(row.get_by_role("alert")).to_have_count(1)
    assert Task.objects.get(pk=task.pk).status == "open"
    page.context.set_offline(False)
    row.get_by_role("button", name="Prøv igjen").click()
    expect(button).to_contain_text("Angre")
    expect(page.locator(f"#task-{task.pk} [role=alert]")).to_have_count(0)
    expect(button).to_be_focused()
    assert Task.objects.get(pk=task.pk).done_by == work.coordinator
    assert {said.split(",")[0] for said in console} == {
        "error: Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
        "error: htmx:afterRequest",
        "error: htmx:sendError",
    }
    console.clear()


def test_an_error_at_the_server_is_said_at_the_row(
    live_server: LiveServer, page: Page, work: Cast, console: list[str]
) -> None:
    task = Task.objects.get(edition__entry__key="nett")
    log_in(page, live_server, "coordinator@hf.example")
    at_ihk(page, task)
    row, button = page.locator(f"#task-{task.pk}"), page.locator(f"#task-{task.pk}-do")

    def fail(route: Route) -> None:
        route.fulfill(status=500, body="feil")

    page.route("**/kvitter/", fail)
    button.click()
    expect(row.get_by_role("alert")).to_contain_text(SAID)
    page.unroute("**/kvitter/", fail)
    button.click()
    expect(button).to_contain_text("Angre")
    expect(page.locator(f"#task-{task.pk} [role=alert]")).to_have_count(0)
    assert Task.objects.get(pk=task.pk).status == "done"
    assert all("500" in said for said in console)
    console.clear()


def test_an_answer_that_never_comes_is_said_too(
    live_server: LiveServer, page: Page, work: Cast, console: list[str]
) -> None:
    task = Task.objects.get(edition__entry__key="nett")
    log_in(page, live_server, "coordinator@hf.example")
    at_ihk(page, task)
    page.evaluate("htmx.config.timeout = 300")
    page.route("**/kvitter/", lambda route: None)
    page.locator(f"#task-{task.pk}-do").click()
    expect(page.locator(f"#task-{task.pk}").get_by_role("alert")).to_contain_text(SAID)
    expect(page.locator(f"#task-{task.pk}-do")).to_be_enabled()
    page.unroute_all(behavior="ignoreErrors")
    assert {said.split(",")[0] for said in console} == {"error: htmx:afterRequest", "error: htmx:timeout"}
    console.clear()
