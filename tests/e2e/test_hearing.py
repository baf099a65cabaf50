"""A hearing from opening to answers: the adviser and the coordinator, by the keyboard alone, and without script."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from config.lib import clock
from organisation.models import Comment, Hearing
from strategy.models import Document
from tests import factories as make
from tests.cast import Cast
from tests.e2e.test_editing import focused, log_in
from tests.talking import hearing

DRAFT = "/planer/planen/"


@pytest.fixture
def draft(people: Cast) -> Document:
    draft = make.document("planen", people.hf, title="Planen", state="draft")
    area = make.area(draft, title="Møteplasser", key="moter")
    goal = make.goal(draft, key="maalet", area=area, text="Søkerne finner oss")
    make.measure(draft, goal, key="besok", text="Besøke skolene")
    return draft


def tab_to_id(page: Page, mark: str, presses: int = 80) -> None:
    for _ in range(presses):
        page.keyboard.press("Tab")
        if focused(page) == mark:
            return
    raise AssertionError(f"{mark} is not reached by Tab")


@pytest.fixture
def as_person(browser: Browser, live_server: LiveServer, people: Cast) -> Iterator[Callable[..., Page]]:
    """Open a page as one of the cast, each with a browser of their own; what it says in the console is a failure."""
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def enter(name: str, **options: Any) -> Page:
        context = browser.new_context(locale="nb-NO", timezone_id="Europe/Oslo", **options)
        contexts.append(context)
        context.on("console", lambda message: said.append(f"{name}: {message.text}"))
        log_in(context, people.people[name], live_server.url)
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(f"{name}: {error}"))
        return page

    yield enter
    for context in contexts:
        context.close()
    assert said == []


def test_a_hearing_from_opening_to_answers_by_keyboard(
    live_server: LiveServer,
    draft: Document,
    people: Cast,
    as_person: Callable[..., Page],
    violations: Callable[[Page], list[str]],
) -> None:
    adviser, coordinator = as_person("adviser"), as_person("coordinator")
    closes_on = clock.today() + timedelta(days=14)

    adviser.goto(f"{live_server.url}{DRAFT}horing/")
    assert violations(adviser) == []
    adviser.locator("#id_closes_on").fill(closes_on.isoformat())
    tab_to_id(adviser, "id_invitation")
    adviser.keyboard.type("Hva mangler?")
    tab_to_id(adviser, "edit-save")
    adviser.keyboard.press("Enter")
    expect(adviser.get_by_role("heading", name="Innspill til og med")).to_be_visible()

    coordinator.goto(f"{live_server.url}{DRAFT}")
    expect(coordinator.get_by_text("Hva mangler?")).to_be_visible()
    tab_to_id(coordinator, "kommenter-tiltak-besok")
    coordinator.keyboard.press("Enter")
    field = coordinator.locator("#si-tiltak-besok-text")
    expect(field).to_be_focused()
    assert violations(coordinator) == []
    coordinator.keyboard.type("Hvor mange, @råd")
    expect(coordinator.get_by_role("button", name="Rådgiver adviser@hf.example")).to_be_visible()
    assert violations(coordinator) == []
    coordinator.keyboard.press("ArrowDown")
    coordinator.keyboard.press("Enter")
    expect(field).to_have_value("Hvor mange, @Rådgiver ")
    expect(field).to_be_focused()
    tab_to_id(coordinator, "send-si-tiltak-besok-text", 3)
    coordinator.keyboard.press("Enter")
    expect(coordinator.locator("#messages")).to_contain_text("Innspillet er sendt.")
    expect(coordinator.locator("#kommenter-tiltak-besok")).to_contain_text("1 kommentar")
    expect(coordinator.locator("#samtale-tiltak-besok .comment-text")).to_have_text("Hvor mange, @Rådgiver")
    assert focused(coordinator) == "send-si-tiltak-besok-text"
    said = Comment.objects.get()
    assert (said.hearing, said.written_by, list(said.mentioned.all())) == (
        Hearing.objects.get(),
        people.coordinator,
        [people.adviser],
    )

    coordinator.locator(f"#svar-paa-{said.pk}").focus()
    coordinator.keyboard.press("Enter")
    tab_to_id(coordinator, f"svar-{said.pk}-text", 3)
    coordinator.keyboard.type("Vi rekker tre.")
    tab_to_id(coordinator, f"send-svar-{said.pk}-text", 3)
    coordinator.keyboard.press("Enter")
    expect(coordinator.locator(".talk-replies .comment-text")).to_have_text("Vi rekker tre.")
    assert focused(coordinator) == "h-tiltak-besok"
    coordinator.locator("[data-close-talk]").focus()
    coordinator.keyboard.press("Enter")
    expect(coordinator.locator(".talk")).to_have_count(0)
    assert focused(coordinator) == "kommenter-tiltak-besok"

    adviser.goto(f"{live_server.url}/mitt-arbeid/")
    expect(adviser.get_by_role("region", name="Venter på svar fra deg")).to_contain_text("Hvor mange, @Rådgiver")
    adviser.get_by_role("region", name="På høring").get_by_role("link", name="Planen").focus()
    adviser.keyboard.press("Enter")
    expect(adviser.get_by_text("1 innspill")).to_be_visible()
    assert violations(adviser) == []
    tab_to_id(adviser, f"svar-{said.pk}")
    adviser.keyboard.press("Enter")
    expect(adviser.locator("#edit input[type=radio]").first).to_be_visible()
    assert violations(adviser) == []
    adviser.locator("#edit input[type=radio]").first.focus()
    adviser.keyboard.press("ArrowDown")
    tab_to_id(adviser, "id_answer_text", 3)
    adviser.keyboard.type("Vi skriver tre.")
    adviser.keyboard.press("Enter")
    expect(adviser.locator(".comment-answer")).to_contain_text("Delvis tatt inn: Vi skriver tre.")
    assert focused(adviser) == f"svar-{said.pk}"

    coordinator.goto(f"{live_server.url}/mitt-arbeid/")
    expect(coordinator.get_by_role("region", name="Svar på innspill")).to_contain_text("Vi skriver tre.")
    for person in (adviser, coordinator):
        person.context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
        person.set_viewport_size({"width": 360, "height": 740})
        for path in (DRAFT, "/kommentarer/tiltak/besok/", f"/horing/{said.hearing_id}/", "/mitt-arbeid/"):
            person.goto(f"{live_server.url}{path}")
            assert (path, violations(person)) == (path, [])
            assert (path, person.evaluate("document.documentElement.scrollWidth")) == (path, 360)


def test_the_same_without_script(
    live_server: LiveServer, draft: Document, people: Cast, as_person: Callable[..., Page]
) -> None:
    adviser = as_person("adviser", java_script_enabled=False)
    coordinator = as_person("coordinator", java_script_enabled=False)
    adviser.goto(f"{live_server.url}{DRAFT}rediger/")
    adviser.get_by_role("link", name="Send på høring").click()
    adviser.get_by_label("Siste dag for innspill").fill((clock.today() + timedelta(days=14)).isoformat())
    adviser.get_by_label("Til dem som inviteres").fill("Hva mangler?")
    adviser.get_by_role("button", name="Send på høring").last.click()

    coordinator.goto(f"{live_server.url}{DRAFT}")
    coordinator.locator("#kommenter-mal-maalet").click()
    expect(coordinator).to_have_url(f"{live_server.url}/kommentarer/mal/maalet/")
    coordinator.get_by_label("Kommentaren din").fill("@Rådgiver ved NV, er dette riktig?")
    coordinator.get_by_role("button", name="Send innspillet").click()
    expect(coordinator.get_by_text("Rådgiver ved NV kan ikke se dette, og kan ikke nevnes her.")).to_be_visible()
    coordinator.get_by_label("Kommentaren din").fill("@adviser@hf.example, er dette riktig?")
    coordinator.get_by_role("button", name="Send innspillet").click()
    expect(coordinator.get_by_text("Innspillet er sendt.")).to_be_visible()

    adviser.goto(f"{live_server.url}/horing/{Hearing.objects.get().pk}/")
    adviser.get_by_role("link", name="Besvar").click()
    adviser.get_by_label("Tatt inn", exact=True).check()
    adviser.get_by_role("button", name="Svar", exact=True).last.click()
    expect(adviser.locator(".comment-answer")).to_contain_text("Tatt inn")
    assert Comment.objects.get().answered_by == people.adviser


def test_control_and_enter_send_a_comment_and_an_answer_to_it(
    live_server: LiveServer, draft: Document, people: Cast, as_person: Callable[..., Page]
) -> None:
    adviser = as_person("adviser")
    adviser.goto(f"{live_server.url}{DRAFT}")
    adviser.locator("#kommenter-tiltak-besok").click()
    adviser.locator("#si-tiltak-besok-text").fill("Hvor mange?")
    adviser.locator("#si-tiltak-besok-text").press("Control+Enter")
    expect(adviser.locator("#samtale-tiltak-besok .comment-text")).to_have_text("Hvor mange?")
    said = Comment.objects.get()
    adviser.locator(f"#svar-paa-{said.pk}").click()
    adviser.locator(f"#svar-{said.pk}-text").fill("Tre.")
    adviser.locator(f"#svar-{said.pk}-text").press("Control+Enter")
    expect(adviser.locator(".talk-replies .comment-text")).to_have_text("Tre.")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_button_says_who_will_see_what_is_sent(
    live_server: LiveServer,
    draft: Document,
    people: Cast,
    as_person: Callable[..., Page],
    violations: Callable[[Page], list[str]],
    width: int,
) -> None:
    hearing(draft, people.adviser, today=clock.today(), closes_on=clock.today() + timedelta(days=14))
    dean = as_person("dean", viewport={"width": width, "height": 800})
    dean.goto(f"{live_server.url}/kommentarer/mal/maalet/")
    button, told = dean.locator("[id^=send-]"), dean.locator("p.talk-heard")
    expect(dean.get_by_label("Innspill i høringen")).to_be_checked()
    expect(button).to_have_accessible_name("Send innspillet")
    expect(told).to_be_visible()
    assert violations(dean) == []
    dean.get_by_label("Innspill i høringen").focus()
    dean.keyboard.press("ArrowDown")
    expect(dean.get_by_label("Internt, for")).to_be_checked()
    expect(button).to_have_accessible_name("Lagre kommentaren")
    expect(told).to_be_hidden()
    dean.get_by_label("Kommentaren din").fill("Bare oss")
    dean.keyboard.press("Control+Enter")
    expect(dean.locator("#messages")).to_contain_text("Kommentaren er lagret.")
    assert Comment.objects.get().hearing is None
