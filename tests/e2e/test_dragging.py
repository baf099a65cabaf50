"""Rows are dragged to their place with a real mouse and with a finger, beside the buttons that do the same."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from organisation.models import Membership
from strategy.models import Document
from strategy.writing import save_row
from tests import factories as make
from tests.cast import Cast
from tests.e2e.plans import plan_in_areas
from tests.e2e.session import log_in

NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
HEIGHT = 720  # of the window
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(people: Cast) -> Document:
    """Two areas; the first has two goals, the first of them two measures."""
    plan, goal = plan_in_areas(people)
    for number, text in enumerate(("Besøke skolene", "Skrive brev", "Ringe alle"), 1):
        make.measure(plan, goal, key=f"t{number}", text=text, position=number)
    return plan


def keys(page: Page, selector: str) -> list[str]:
    return page.locator(f"{selector} > .editor-row").evaluate_all("rows => rows.map(row => row.id.slice(4))")


def drag(page: Page, key: str, onto: str, *, dy: float = 0, drop: bool = True) -> None:
    """Take the row by its handle and let it go at a place, a few pixels beside its middle."""
    row = page.locator(f"#linje-{key}")
    row.scroll_into_view_if_needed()
    row.hover()
    grip = row.locator(".editor-grip").bounding_box()
    assert grip
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2 + 12, steps=3)
    while (place := page.locator(onto).bounding_box()) and place["y"] + place["height"] > HEIGHT - 80:
        page.mouse.move(place["x"] + 60, HEIGHT - 20)  # held at the edge, the page rolls
        page.wait_for_timeout(50)
    stood = None
    for _again in range(8):  # what is dragged over gives way, until it stands still
        to = page.locator(onto).bounding_box()
        assert to
        if to == stood:
            break
        stood = to
        page.mouse.move(to["x"] + to["width"] / 3, to["y"] + to["height"] / 2 + dy, steps=8)
        page.wait_for_timeout(200)
    if drop:
        page.mouse.up()


def opened(page: Page, live_server: Any, people: Cast) -> None:
    log_in(page.context, people.adviser, live_server.url)
    page.goto(f"{live_server.url}/planer/planen/rediger/")
    expect(page.locator("[data-can-drag] > #outline")).to_be_visible()


def test_measures_are_put_in_order(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    opened(page, live_server, people)
    drag(page, "t3", "#linje-t1", dy=-15)
    expect(page.locator("#messages")).to_contain_text("«Ringe alle» er nå nummer 1 av 3 under «Søkerne finner oss».")
    assert keys(page, "#rad-finner > [data-drop=measure]") == ["t3", "t1", "t2"]
    page.locator("#messages").get_by_role("button", name="Angre").click()
    expect(page.locator("#messages")).to_contain_text("er nå nummer 3 av 3")
    assert keys(page, "#rad-finner > [data-drop=measure]") == ["t1", "t2", "t3"]


def test_a_measure_is_put_under_another_goal(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    opened(page, live_server, people)
    drag(page, "t2", "#rad-velger > [data-drop=measure]", drop=False)
    expect(page.locator("#rad-velger > [data-drop=measure] > #rad-t2")).to_be_attached()
    page.mouse.up()
    expect(page.locator("#messages")).to_contain_text("«Skrive brev» er nå nummer 1 av 1 under «Søkerne velger oss».")
    assert keys(page, "#rad-velger > [data-drop=measure]") == ["t2"]
    assert [goal.key for goal in plan.measures.get(key="t2").goals.all()] == ["velger"]  # type: ignore[attr-defined]


def test_what_is_dropped_on_an_areas_heading_stands_last_there(
    live_server: Any, page: Page, people: Cast, plan: Document
) -> None:
    make.goal(plan, key="siste", area=plan.areas.get(key="to"), text="Alle kommer inn", position=3)
    opened(page, live_server, people)
    drag(page, "finner", "#linje-to")
    expect(page.locator("#messages")).to_contain_text("«Søkerne finner oss» er nå nummer 2 av 2 under «Opptak».")
    assert keys(page, "#del-to > [data-drop=goal]") == ["siste", "finner"]
    assert keys(page, "#rad-finner > [data-drop=measure]") == ["t1", "t2", "t3"]


def test_areas_are_put_in_order(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    opened(page, live_server, people)
    drag(page, "to", "#linje-en", dy=-15)
    expect(page.locator("#messages")).to_contain_text("«Opptak» er nå nummer 1 av 2.")
    assert [area.key for area in plan.areas.all()] == ["to", "en"]


def test_a_section_is_put_last_among_those_of_its_kind(
    live_server: Any, page: Page, people: Cast, plan: Document
) -> None:
    kinds = ("purpose", "purpose", "challenge")
    one, two, other = (
        f"avsnitt-{plan.sections.create(kind=kind, text=f'Avsnitt {number}', position=number).pk}"
        for number, kind in enumerate(kinds)
    )
    opened(page, live_server, people)
    drag(page, one, f"#linje-{two}", dy=15)
    expect(page.locator("#messages")).to_contain_text("«Avsnitt 0» er nå nummer 2 av 2.")
    assert keys(page, "[data-drop=section]") == [two, one, other]


def areas(page: Page, selector: str) -> list[str]:
    return page.locator(f"{selector} > .editor-block").evaluate_all("blocks => blocks.map(block => block.id.slice(4))")


def test_an_area_is_put_under_another_and_up_again(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    make.area(plan, key="tre", title="Mottak", position=3)
    opened(page, live_server, people)
    drag(page, "tre", "#del-to > .editor-blocks", drop=False)
    expect(page.locator("#del-to > .editor-blocks > #del-tre")).to_be_attached()
    page.mouse.up()
    expect(page.locator("#messages")).to_contain_text("«Mottak» er nå nummer 1 av 1 under «Opptak».")
    assert (areas(page, "#outline > .editor-blocks"), areas(page, "#del-to > .editor-blocks")) == (
        ["en", "to"],
        ["tre"],
    )
    drag(page, "tre", "#linje-en", dy=-15)
    expect(page.locator("#messages")).to_contain_text("«Mottak» er nå nummer 1 av 3 på øverste nivå.")
    assert areas(page, "#outline > .editor-blocks") == ["tre", "en", "to"]
    page.locator("#messages").get_by_role("button", name="Angre").click()
    expect(page.locator("#messages")).to_contain_text("er nå nummer 1 av 1 under «Opptak»")
    drag(page, "tre", "#del-en > .editor-blocks")
    expect(page.locator("#messages")).to_contain_text("er nå nummer 1 av 1 under «Synlighet»")


def test_an_area_with_areas_under_it_goes_under_no_other(
    live_server: Any, page: Page, people: Cast, plan: Document
) -> None:
    make.area(plan, key="under", title="Mottak", parent=plan.areas.get(key="to"), position=3)
    opened(page, live_server, people)
    drag(page, "to", "#linje-en", dy=10, drop=False)
    expect(page.locator("#del-en > .editor-blocks")).to_be_hidden()
    page.mouse.up()
    assert (areas(page, "#del-en > .editor-blocks"), areas(page, "#del-to > .editor-blocks")) == ([], ["under"])


def test_an_area_is_moved_with_the_keyboard(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    opened(page, live_server, people)
    page.locator("#mer-to").focus()
    page.keyboard.press("Enter")
    page.locator("#sted-to").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Hører under")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Flytt", exact=True).press("Enter")
    expect(page.locator("#del-en > .editor-blocks > #del-to")).to_be_attached()
    expect(page.locator("#endre-to")).to_be_focused()


def test_decisions_of_one_day_are_put_in_order_and_no_other_is_passed(
    live_server: Any, page: Page, people: Cast, plan: Document
) -> None:
    make_decision = plan.decisions.create
    one, two = (make_decision(kind="mandate", decided_by=who) for who in ("Styret", "Dekan"))
    last = make_decision(kind="adoption", decided_by="Rektor", decided_on=NOW.date())
    opened(page, live_server, people)
    rows = [f"vedtak-{decision.pk}" for decision in (one, two, last)]
    drag(page, rows[0], f"#linje-{rows[1]}", dy=15)
    expect(page.locator("#messages")).to_contain_text("«Oppdrag: Styret» er nå nummer 2 av 2.")
    assert keys(page, "[data-drop=decision]") == [rows[1], rows[0], rows[2]]
    drag(page, rows[0], f"#linje-{rows[2]}", dy=15)
    assert keys(page, "[data-drop=decision]") == [rows[1], rows[0], rows[2]]
    expect(page.locator(f"#linje-{rows[2]} .editor-grip")).to_have_count(0)


def test_escape_lets_go_of_it_where_it_stood(live_server: Any, page: Page, people: Cast, plan: Document) -> None:
    opened(page, live_server, people)
    drag(page, "t1", "#rad-velger > [data-drop=measure]", drop=False)
    expect(page.locator("#rad-velger #rad-t1")).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("#rad-velger #rad-t1")).to_have_count(0)
    assert keys(page, "#rad-finner > [data-drop=measure]") == ["t1", "t2", "t3"]
    page.mouse.up()
    assert page.locator("[data-waits], [data-drags], .drag-ghost").count() == 0


def test_someone_elses_newer_change_is_told_and_the_row_stands_where_it_stood(
    live_server: Any, page: Page, people: Cast, plan: Document
) -> None:
    opened(page, live_server, people)
    measure = plan.measures.get(key="t2")  # type: ignore[attr-defined]
    measure.text = "Skrive flere brev"
    save_row(measure, by=people.dean, now=NOW, expected=measure.lock_version)
    drag(page, "t2", "#rad-velger > [data-drop=measure]")
    expect(page.locator("#messages")).to_contain_text("Dekan har endret «Skrive flere brev» i mellomtiden")
    assert keys(page, "#rad-finner > [data-drop=measure]") == ["t1", "t2", "t3"]
    expect(page.locator("#linje-t2")).to_contain_text("Skrive flere brev")
    drag(page, "t2", "#rad-velger > [data-drop=measure]")
    expect(page.locator("#messages")).to_contain_text("er nå nummer 1 av 1 under «Søkerne velger oss»")


@pytest.mark.parametrize(
    ("fault", "words"),
    [("gone", "Vi fikk ikke svar, og raden er satt tilbake"), ("refused", "Du kan ikke flytte dette nå")],
)
def test_without_an_answer_or_with_a_no_the_row_is_put_back(
    live_server: Any, page: Page, people: Cast, plan: Document, console: list[str], fault: str, words: str
) -> None:
    opened(page, live_server, people)
    if fault == "gone":
        page.route("**/tiltak/t1/flytt/", lambda route: route.abort())
    else:
        Membership.objects.filter(user=people.adviser).delete()
    drag(page, "t1", "#rad-velger > [data-drop=measure]")
    expect(page.locator("#messages")).to_contain_text(words)
    assert keys(page, "#rad-finner > [data-drop=measure]") == ["t1", "t2", "t3"]
    assert any("Failed to load resource" in line for line in console), console
    console.clear()
    if fault == "gone":
        page.unroute("**/tiltak/t1/flytt/")
        drag(page, "t1", "#rad-velger > [data-drop=measure]")
        expect(page.locator("#messages")).to_contain_text("er nå nummer 1 av 1 under «Søkerne velger oss»")


def test_with_a_finger_on_a_phone(live_server: Any, browser: Browser, people: Cast, plan: Document) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": HEIGHT}, has_touch=True, is_mobile=True, locale="nb-NO"
    )
    page = context.new_page()
    opened(page, live_server, people)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    grip = page.locator("#linje-t1 .editor-grip")
    expect(grip).to_be_visible()
    grip.scroll_into_view_if_needed()
    finger = context.new_cdp_session(page)
    box = grip.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = lambda kind, points: finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})  # noqa: E731
    touch("touchStart", [{"x": x, "y": y}])
    for step in range(1, 30):
        to = page.locator("#linje-t3").bounding_box()
        assert to
        target = to["y"] + to["height"] - 6
        touch("touchMove", [{"x": x, "y": y + (target - y) * min(step, 20) / 20}])
        page.wait_for_timeout(20)
    touch("touchEnd", [])
    expect(page.locator("#messages")).to_contain_text("«Besøke skolene» er nå nummer 3 av 3")
    assert keys(page, "#rad-finner > [data-drop=measure]") == ["t2", "t3", "t1"]
    context.close()


def test_the_handle_is_there_where_one_points_and_not_without_script(
    live_server: Any, page: Page, browser: Browser, people: Cast, plan: Document
) -> None:
    opened(page, live_server, people)
    grip = page.locator("#linje-t1 .editor-grip")
    opacity = "grip => getComputedStyle(grip).opacity"
    page.mouse.move(5, 5)
    assert grip.evaluate(opacity) == "0"
    page.locator("#endre-t1").focus()
    assert grip.evaluate(opacity) == "1"
    page.locator("#linje-t2").hover()
    assert page.locator("#linje-t2 .editor-grip").evaluate(opacity) == "1"
    without = browser.new_context(java_script_enabled=False)
    log_in(without, people.adviser, live_server.url)
    plain = without.new_page()
    plain.goto(f"{live_server.url}/planer/planen/rediger/")
    expect(plain.locator("#linje-t1 .editor-grip")).to_be_hidden()
    without.close()
