"""The whole plan of a faculty typed in by hand, from an empty page, with the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config.lib import clock
from organisation.models import User
from organisation.words import phrase_of
from reports.demo import units
from reports.demo.store import Store, read_all
from strategy.models import Document
from tests.e2e.session import log_in

pytestmark = pytest.mark.django_db(transaction=True)
MOST_PRESSES = 500
LETTERS = 15
IS_AT = """selector => {
  const at = document.activeElement;
  return at !== document.body && at.matches(selector);
}"""


# What the plan's own words leave to be guessed is said so that it is understood.
SPOKEN = {
    "hf-t-folge-opp-arrangementer": "Fakultetet følger opp instituttene",
    "hf-t-sosiale-medier": "Instituttene rådfører seg med fakultetets kommunikasjonsrådgivere, instituttene bidrar",
    "hf-t-rekrutteringsgrupper": "Institutter uten rekrutteringsgruppe",
}
ASKED = {"hf-t-kjennetegn": "Studieprogrammene"}


class Keyboard:
    """Somebody who only has a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, selector: str, *, back: bool = False) -> None:
        """Go from control to control until one is the right one."""
        for _number in range(MOST_PRESSES):
            if self.page.evaluate(IS_AT, selector):
                return
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"no way by keyboard to {selector}")

    def press(self, selector: str, *, back: bool = False) -> None:
        self.to(selector, back=back)
        self.page.keyboard.press("Enter")

    def write(self, selector: str, words: str) -> None:
        self.to(selector)
        self.type(words)

    def type(self, words: str) -> None:
        """Key by key to begin with, and the rest of a long text at once as a dictation gives it, to save time."""
        self.page.keyboard.type(words[:LETTERS])
        if len(words) > LETTERS:
            self.page.keyboard.insert_text(words[LETTERS:])

    def opens(self, selector: str, first: str, *, back: bool = False) -> None:
        """Open a form in place, which takes focus to its first field."""
        self.press(selector, back=back)
        expect(self.page.locator(first)).to_be_focused()

    def next(self, first: str) -> None:
        """Save, and go on in an empty form of the same kind."""
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator(first)).to_be_focused()
        expect(self.page.locator(first)).to_have_value("")

    def leave(self) -> None:
        self.page.keyboard.press("Escape")
        expect(self.page.locator("#edit")).to_have_count(0)


def test_the_faculty_plan_is_typed_in_from_nothing_without_the_mouse(live_server: Any, page: Page) -> None:
    [plan] = [content for content in read_all("documents") if content["slug"] == "hf-rekruttering"]
    units.load(store := Store(today=clock.today()))
    store.log()
    log_in(page.context, User.objects.get(email="adviser@hf.example"), live_server.url)
    page.goto(f"{live_server.url}/planer/")
    keyboard = Keyboard(page)
    keyboard.press("main a[href^='/planer/ny/']")
    page.wait_for_url("**/planer/ny/**")
    keyboard.write("#id_title", plan["title"])
    page.keyboard.press("Enter")
    expect(page.locator("#outline")).to_be_visible()
    write_sections(keyboard, plan)
    write_areas(keyboard, plan)
    for area in plan["areas"]:
        write_goals(keyboard, area)
    for area in plan["areas"]:
        write_measures(keyboard, plan, area)
    assert typed() == told(plan)


def write_sections(keyboard: Keyboard, plan: Any) -> None:
    keyboard.press("#section_new")
    expect(keyboard.page.locator("[name=kind]").first).to_be_focused()
    for section in plan["sections"]:
        keyboard.to("[name=kind]")
        order = ["purpose", "background", "challenge", "evaluation"]
        for _number in range(order.index(section["kind"]) + 1):
            keyboard.page.keyboard.press("ArrowDown" if _number else "Space")
        keyboard.write("#id_title", section["title"])
        keyboard.write("#id_text", section["text"])
        keyboard.page.keyboard.press("Control+Enter")
        expect(keyboard.page.locator("#id_text")).to_have_value("")
        expect(keyboard.page.locator("[name=kind]").first).to_be_focused()
    keyboard.leave()


def write_areas(keyboard: Keyboard, plan: Any) -> None:
    keyboard.opens("#area_new-utenfor", "#id_title")
    for area in plan["areas"]:
        keyboard.write("#id_title", area["title"])
        keyboard.write("#id_text", area["text"])
        keyboard.page.keyboard.press("Control+Enter")
        expect(keyboard.page.locator("#id_title")).to_have_value("")
        expect(keyboard.page.locator("#id_title")).to_be_focused()
    keyboard.leave()


def write_goals(keyboard: Keyboard, area: Any) -> None:
    key = Document.objects.get().areas.get(title=area["title"]).key
    keyboard.opens(f"#goal_new-{key}", "#id_text")
    for goal in area["goals"]:
        keyboard.write("#id_text", goal["text"])
        keyboard.next("#id_text")
    keyboard.leave()


def write_measures(keyboard: Keyboard, plan: Any, area: Any) -> None:
    document = Document.objects.get()
    places = {goal["key"]: document.goals.get(text=goal["text"]).key for goal in area["goals"]}
    places[area["key"]] = document.areas.get(title=area["title"]).key
    for place, key in places.items():
        own = [m for m in plan["measures"] if place in (m["goals"] or [m["area"]])]
        if not own:
            continue
        keyboard.opens(f"#measure_new-{key}", "#id_text")
        for measure in own:
            write_measure(keyboard, measure)
            if measure["key"] in ASKED:
                answer(keyboard, ASKED[measure["key"]])
            keyboard.next("#id_text")
        keyboard.leave()


def write_measure(keyboard: Keyboard, measure: Any) -> None:
    keyboard.type(measure["text"])
    keyboard.write("#id_responsible", spoken(measure))
    if not (measure["frequency"] or measure["quantity"] or measure["modality"] != "must"):
        return
    keyboard.press(".fold:has(#id_frequency) summary")
    if measure["modality"] != "must":
        keyboard.to("[name=modality]")
        keyboard.page.keyboard.press("ArrowDown")
    keyboard.write("#id_frequency", measure["frequency"])
    keyboard.write("#id_quantity", measure["quantity"])


def answer(keyboard: Keyboard, name: str) -> None:
    """Save, be asked who is meant, and say so in the line that was not understood."""
    keyboard.page.keyboard.press("Control+Enter")
    expect(keyboard.page.locator("#responsible-read, #error-summary").first).to_be_visible()
    expect(keyboard.page.locator("#error-summary")).to_contain_text("Fant ingen enhet eller gruppe i")
    keyboard.write("#id_lines-0-party", name)


def spoken(measure: Any) -> str:
    return SPOKEN.get(measure["key"]) or phrase_of(line["wording"] for line in measure["responsible"])


def typed() -> dict[str, Any]:
    document = Document.objects.get()
    measures: Any = document.measures.prefetch_related("goals", "area")  # type: ignore[attr-defined]
    return {
        "title": document.title,
        "owner": document.owner.slug,
        "sections": [(row.kind, row.title, row.text) for row in document.sections.order_by("pk")],
        "areas": [
            (area.title, area.text, [goal.text for goal in area.goals.order_by("position")])
            for area in document.areas.order_by("position")
        ],
        "measures": {
            measure.text: (
                [goal.text for goal in measure.goals.all()],
                measure.area.title if measure.area else "",
                measure.modality,
                measure.frequency,
                measure.quantity,
                [(line.party.slug, line.relation) for line in measure.responsibilities.all()],
            )
            for measure in measures
        },
    }


def told(plan: Any) -> dict[str, Any]:
    goals = {goal["key"]: goal["text"] for area in plan["areas"] for goal in area["goals"]}
    areas = {area["key"]: area["title"] for area in plan["areas"]}
    return {
        "title": plan["title"],
        "owner": plan["owner"],
        "sections": [(row["kind"], row["title"], row["text"]) for row in plan["sections"]],
        "areas": [(area["title"], area["text"], [goal["text"] for goal in area["goals"]]) for area in plan["areas"]],
        "measures": {
            measure["text"]: (
                [goals[key] for key in measure["goals"]],
                areas.get(measure["area"], ""),
                measure["modality"],
                measure["frequency"],
                measure["quantity"],
                [(line["party"], line["relation"]) for line in measure["responsible"]],
            )
            for measure in plan["measures"]
        },
    }
