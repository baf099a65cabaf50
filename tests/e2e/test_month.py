"""A department's month in the demo, ticked off by the keyboard alone: with script, and without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pytest
from django.db.models import QuerySet
from playwright.sync_api import Browser, Page, TimeoutError, expect
from pytest_django.live_server_helper import LiveServer

from annual_wheel.models import Task
from config.lib import clock
from organisation.models import User
from reports import demo
from tests.conftest import DEMO_DAY

COORDINATOR, COLLEAGUE = "coordinator@hf.example", "programme-leader.isl@hf.example"
WELCOME, PAGES = "Bestemme dato for velkomstarrangement", "Sjekke informasjonen på egne studieprogramsider"
CONTACT, LISTS = "Holde jevnlig kontakt med linjeforeningene", "Gjøre pensumlister, timeplan"
LINK = "https://example.org/velkomst"

# Written down whenever a swap has come to rest with focus nowhere.
WATCH = """
window.lost = [];
document.addEventListener("htmx:afterSettle", (event) => setTimeout(() => {
  if (document.activeElement === document.body) window.lost.push(event.detail.elt.id);
}));
"""
# Whether what has focus is within what one sees, with nothing in front of it, and shows that it has it.
SEEN = """
() => {
  const part = document.activeElement, box = part.getBoundingClientRect();
  const [x, y] = [box.x + Math.min(box.width / 2, 40), box.y + Math.min(box.height / 2, 20)];
  const front = document.elementFromPoint(x, y), style = getComputedStyle(part);
  const isMarked = style.outlineStyle !== "none" || style.boxShadow !== "none";
  return !!front && (part.contains(front) || front.contains(part)) && isMarked && part !== document.body;
}
"""
AT_REST = "() => !document.querySelector('.htmx-request')"


@pytest.fixture
def month(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> date:
    """The demo on 20 May, whatever day it is."""
    monkeypatch.setattr(clock, "today", lambda: DEMO_DAY)
    demo.load(today=DEMO_DAY)
    return DEMO_DAY


def of_the_month() -> QuerySet[Task]:
    """What the coordinator's two departments have open with the last day in May."""
    return Task.objects.filter(
        unit__slug__in=("ihk", "isl"), edition__due_on__year=2026, edition__due_on__month=5, status="open"
    )


def standing(text: str, unit: str) -> Task:
    return Task.objects.get(edition__entry__text__startswith=text, edition__year=2026, unit__slug=unit)


@dataclass
class Hands:
    """Somebody at the keyboard, who sees at every press where they are."""

    page: Page
    presses: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            if key == "Enter":  # the tests' own database is locked by two requests at a time
                self.page.wait_for_function(AT_REST)
            self.page.keyboard.press(key)
            self.presses += 1

    def goes_on(self, key: str) -> None:
        """A press that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)

    def sees(self) -> str:
        """What has focus says, once it has been seen that it is in view."""
        try:
            self.page.wait_for_function(SEEN, timeout=3000)
        except TimeoutError as error:
            raise AssertionError(f"not seen: {self.page.evaluate('document.activeElement.outerHTML')}") from error
        return str(self.page.evaluate("document.activeElement.innerText || document.activeElement.name").strip())

    def until(self, key: str, words: str, most: int = 60) -> None:
        """Press until what has focus says this."""
        for _ in range(most):
            self.press(key)
            if re.search(words, re.sub(r"\s+", " ", self.sees())):
                return
        raise AssertionError(f"{words} is not reached by {key}")

    def is_at(self, task: Task, part: str) -> None:
        expect(self.page.locator(f"#task-{task.pk}-{part}")).to_be_focused()
        self.sees()


def log_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/konto/login/?next=/mitt-arbeid/")
    page.locator("input[name=login]").fill(COORDINATOR)
    page.locator("input[name=password]").fill("rodtraad-demo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mitt arbeid", level=1)).to_be_visible()


def all_is_done() -> None:
    """What the month came to, as the database has it."""
    coordinator, colleague = User.objects.get(email=COORDINATOR), User.objects.get(email=COLLEAGUE)
    evidence, handed, undone, off = (
        standing(*what) for what in ((WELCOME, "ihk"), (WELCOME, "isl"), (PAGES, "ihk"), (CONTACT, "isl"))
    )
    assert (evidence.status, evidence.note, evidence.evidence_url) == ("done", "Blir 18. august", LINK)
    assert (handed.status, handed.assigned_to) == ("open", colleague)
    assert (off.status, off.reason) == ("not_relevant", "Vi har ingen linjeforening")
    assert [row.history_change_reason for row in undone.history.all()[:3]] == [
        "Kvittert ut.",
        "Angret.",
        "Kvittert ut.",
    ]
    for task in (evidence, undone, standing(LISTS, "ihk"), standing(LISTS, "isl")):
        assert (task.status, task.done_by) == ("done", coordinator)
    assert list(of_the_month()) == [handed]


@pytest.mark.parametrize("width", [1280, 360])
def test_a_month_by_the_keyboard_alone(live_server: LiveServer, page: Page, month: date, width: int) -> None:
    assert of_the_month().count() == 6
    page.set_viewport_size({"width": width, "height": 740})
    page.add_init_script(WATCH)
    log_in(page, live_server)
    hands, evidence, handed = Hands(page), standing(WELCOME, "ihk"), standing(WELCOME, "isl")
    undone, off = standing(PAGES, "ihk"), standing(CONTACT, "isl")
    said = page.locator("#announcer")

    hands.press("Tab", "Enter")  # past the menus
    hands.until("Tab", "^Kvitter ut")
    hands.until("ArrowDown", rf"^Kvitter ut «{WELCOME}.*\(IHK\)")
    to_first = hands.presses

    hands.until("Tab", "^Merknad")
    hands.press("Enter")
    expect(page.get_by_label("Merknad", exact=True)).to_be_focused()
    page.keyboard.type("Blir 18. august")
    hands.press("Tab")
    page.keyboard.type(LINK)
    hands.press("Enter")
    expect(said).to_have_text("Merknaden er lagret.")
    hands.is_at(evidence, "note")
    hands.until("Shift+Tab", "^Kvitter ut", most=3)
    hands.press("Enter")
    expect(page.locator(f"#task-{evidence.pk}")).to_contain_text("Gjort")
    hands.is_at(evidence, "do")

    hands.press("ArrowDown")
    hands.is_at(handed, "do")
    hands.until("Tab", "^Gi videre")
    hands.press("Enter")
    expect(page.get_by_label("Gi oppgaven til")).to_be_focused()
    hands.press("Tab", "Enter")
    expect(page.locator("#messages")).to_contain_text("Gitt til Programrådsleder")
    hands.is_at(handed, "assign")

    hands.press("ArrowDown")
    hands.is_at(undone, "do")
    for words in ("Kvittert ut: ", "Åpnet igjen: ", "Kvittert ut: "):
        hands.press("Enter")
        expect(said).to_have_text(re.compile(f"^{words}{PAGES}"))
        hands.is_at(undone, "do")

    hands.press("ArrowDown")
    hands.is_at(off, "do")
    hands.until("Tab", "^Ikke aktuelt hos oss")
    hands.press("Enter")
    expect(page.get_by_label("Hvorfor er det ikke aktuelt?")).to_be_focused()
    page.keyboard.type("Vi har ingen linjeforening")
    hands.press("Enter")
    hands.is_at(off, "do")

    hands.press("ArrowDown", "Tab", "Space", "ArrowDown", "Space")
    assert hands.sees() == "task"
    assert page.evaluate("window.lost") == []
    hands.goes_on("Enter")
    expect(page.locator("#messages")).to_contain_text("Kvittert ut: 2 oppgaver.")
    assert page.evaluate("document.activeElement.id") == "innhold"
    all_is_done()
    assert to_first <= 12
    assert hands.presses <= 46


def test_a_month_without_script(
    live_server: LiveServer, browser: Browser, browser_context_args: dict[str, str], month: date
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, live_server)
    hands = Hands(page)

    hands.press("Tab", "Enter")
    hands.until("Tab", rf"^Merknad «{WELCOME}.*\(IHK\)")
    hands.goes_on("Enter")
    assert hands.sees() == "note"
    page.keyboard.type("Blir 18. august")
    hands.press("Tab")
    page.keyboard.type(LINK)
    hands.goes_on("Enter")
    expect(page.locator("#messages")).to_contain_text("Merknaden er lagret.")
    hands.until("Tab", rf"^Kvitter ut «{WELCOME}.*\(IHK\)", most=2)  # one begins where one was
    hands.goes_on("Enter")

    expect(page.locator(f"#task-{standing(WELCOME, 'ihk').pk}")).to_contain_text("Gjort")
    hands.until("Tab", rf"^Angre «{WELCOME}.*\(IHK\)", most=1)  # what was done stands where it stood, with its undo

    hands.until("Tab", rf"^Kvitter ut «{WELCOME}.*\(ISL\)", most=7)  # and the next follows
    hands.until("Tab", "^Gi videre", most=6)
    hands.goes_on("Enter")
    hands.press("Tab")
    hands.goes_on("Enter")
    expect(page.locator("#messages")).to_contain_text("Gitt til Programrådsleder")
    all_but_handed = [(PAGES, "ihk"), (CONTACT, "isl"), (LISTS, "ihk")]
    assert of_the_month().count() == 5
    assert [standing(*what).status for what in all_but_handed] == ["open"] * 3

    hands.until("Tab", rf"^Kvitter ut «{PAGES}")
    hands.goes_on("Enter")
    hands.until("Tab", rf"^Angre «{PAGES}.*\(IHK\)", most=1)
    hands.goes_on("Enter")
    expect(page.locator("#messages")).to_contain_text("Åpnet igjen")
    hands.until("Tab", rf"^Kvitter ut «{PAGES}")
    hands.goes_on("Enter")

    hands.until("Tab", rf"^Ikke aktuelt hos oss «{CONTACT}", most=14)
    hands.goes_on("Enter")
    assert hands.sees() == "reason"
    page.keyboard.type("Vi har ingen linjeforening")
    hands.goes_on("Enter")

    for unit in ("ihk", "isl"):
        mark = standing(LISTS, unit).pk
        hands.until("Tab", rf"^Kvitter ut «{LISTS}.*\({unit.upper()}\)")
        hands.press("Tab")
        assert page.evaluate("document.activeElement.value") == str(mark)
        hands.press("Space")
    hands.goes_on("Enter")
    expect(page.locator("#messages")).to_contain_text("Kvittert ut: 2 oppgaver.")
    all_is_done()
    hands.press("Tab")
    assert hands.sees() == "Angre"
    context.close()
    assert hands.presses <= 126


def test_escape_leaves_one_in_the_row_however_quick_it_comes(live_server: LiveServer, page: Page, month: date) -> None:
    log_in(page, live_server)
    task = standing(WELCOME, "isl")
    page.evaluate(
        """() => {
          window.escaped = 0;
          const press = () => {
            window.escaped += 1;
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
          };
          document.addEventListener("htmx:afterSwap", () => {
            if (document.querySelector(".task-form")) setTimeout(press);
          });
        }"""
    )
    for number, part in enumerate(("note", "not", "assign"), 1):
        page.locator(f"#task-{task.pk}-{part}").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("number => window.escaped === number", arg=number)
        page.keyboard.press("Escape")
        expect(page.locator(".task-form")).to_have_count(0)
        expect(page.locator(f"#task-{task.pk}-{part}")).to_be_focused()
    expect(page).to_have_url(re.compile("/mitt-arbeid/$"))


def test_what_is_folded_away_opens_where_one_stands_and_an_address_finds_it(
    live_server: LiveServer, page: Page, month: date
) -> None:
    log_in(page, live_server)
    hands = Hands(page)
    more = page.get_by_role("link", name=re.compile(r"^Vis \d+ oppgaver \(Senere"))
    more.focus()
    hands.press("Enter")
    row = page.locator("[data-group=later] .work").first
    expect(row.get_by_role("link").first).to_be_focused()
    hands.sees()
    expect(page.locator("#announcer")).to_have_text(re.compile("oppgaver til vises$"))
    hands.press("ArrowDown")
    hands.sees()
    mark = page.evaluate("document.activeElement.closest('.task').id")
    page.goto(f"{live_server.url}/mitt-arbeid/#{mark}")
    page.reload()
    expect(page.locator(f"#{mark}")).to_be_in_viewport()
    page.goto(f"{live_server.url}/mitt-arbeid/?oppgave=999999#task-999999")
    expect(more).to_be_visible()
