"""What the picture draws for each edition, and that it says the same as the list."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation

from annual_wheel import services
from annual_wheel.aims import aims_of
from annual_wheel.asked import Asked
from annual_wheel.models import Edition, Wheel
from annual_wheel.wheel_picture import Mark, Picture, picture_of
from annual_wheel.year_editions import YearEdition, editions_of, lines_of, raw_of
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))


def of(wheel: Wheel, year: int = 2026) -> list[YearEdition]:
    return list(editions_of(raw_of(Edition.objects.of_wheel(wheel, year), lines=lines_of(wheel))))


def drawn(cast: Cast, *entries: dict[str, Any], **asked: Any) -> Picture:
    wheel = make.wheel("hf", cast.hf)
    for fields in entries:
        make.edition(make.entry(wheel, cast.departments, **fields))
    return picture_of(of(wheel), Asked(2026, **asked), TODAY)


def test_each_edition_is_a_mark_with_its_words_and_its_link(cast: Cast) -> None:
    picture = drawn(cast, {"key": "a", "text": "Sende e-post.", "when_words": "uke 33"})
    (mark,) = picture.marks
    assert mark.url == "/aarshjul/punkt/a/"
    assert mark.label == "1. Oppgave: Sende e-post. uke 33. 10.–16. august. 0 av 3 gjort"
    assert [line.text for line in mark.tip] == ["1 · 10.–16. august", "Sende e-post.", "0 av 3 gjort"]


def test_marks_stand_in_the_order_of_the_year(cast: Cast) -> None:
    picture = drawn(
        cast,
        {"key": "b", "kind": "deadline", "ticks": "none", "month": 12, "when_words": "1. desember"},
        {"key": "a", "month": 2, "when_words": "1. februar"},
        {"key": "d", "kind": "ongoing", "ticks": "none", "month": 1, "when_words": "løpende"},
        {"key": "c", "kind": "event", "ticks": "none", "month": 5, "when_words": "mai"},
    )
    assert [mark.url for mark in picture.marks] == [f"/aarshjul/punkt/{key}/" for key in "acbd"]
    assert [mark.numbers for mark in picture.marks] == ["1", "2", "3", "4"]


def test_overlapping_items_lie_in_lanes_of_their_own(cast: Cast) -> None:
    picture = drawn(cast, *({"when_words": "mai"} for _ in range(3)))
    assert len({mark.path for mark in picture.marks}) == 3


def test_what_is_done_fills_its_part(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    edition = make.edition(make.entry(wheel, cast.departments, when_words="mai"))
    tasks = make.tasks_of(edition)

    def mark() -> Mark:
        return picture_of(of(wheel), Asked(2026), TODAY).marks[0]

    assert (mark().done, mark().state) == ("", "open")
    services.tick(tasks["ihk"], by=cast.coordinator, now=NOW)
    part = mark()
    assert part.state == "in_progress"
    assert part.done not in ("", part.path)
    for slug in ("isl", "imu"):
        services.tick(tasks[slug], by=cast.adviser, now=NOW)
    assert mark().done == mark().path
    assert mark().state == "done"


def test_a_cancelled_edition_is_struck_and_others_are_not(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    gone = make.edition(make.entry(wheel, cast.ihk, key="gone"))
    make.edition(make.entry(wheel, cast.ihk, key="held"))
    services.cancel(gone, by=cast.adviser, reason="Ingen messer", is_partly=False, today=TODAY, expected=1)
    marks = {mark.url.split("/")[3]: mark for mark in picture_of(of(wheel), Asked(2026), TODAY).marks}
    assert {key: bool(mark.strike) for key, mark in marks.items()} == {"gone": True, "held": False}
    assert marks["gone"].label.endswith("Utgår i år")


def test_deadlines_of_one_day_stand_beside_each_other_and_point_at_it(cast: Cast) -> None:
    picture = drawn(cast, *({"kind": "deadline", "ticks": "none", "when_words": "15. april"} for _ in range(2)))
    assert [mark.figure for mark in picture.marks] == ["1", "2"]
    assert len({mark.spot for mark in picture.marks}) == 2
    assert len({mark.path.split("L")[0] for mark in picture.marks}) == 1


def test_deadlines_that_would_stand_far_from_their_day_are_one_pin(cast: Cast) -> None:
    picture = drawn(cast, *({"kind": "deadline", "ticks": "none", "when_words": "15. april"} for _ in range(6)))
    assert [(mark.numbers, mark.figure) for mark in picture.marks] == [("1 2 3 4 5 6", "1–6")]
    assert picture.marks[0].label == "6 punkter, nummer 1–6. 15. april"
    assert picture.marks[0].url == "?maaned=4"


def test_two_hundred_in_one_month_are_gathered_and_keep_every_number(cast: Cast) -> None:
    picture = drawn(cast, *({"kind": "event", "ticks": "none", "month": 5, "when_words": "mai"} for _ in range(50)))
    assert [mark.figure for mark in picture.marks] == ["1–50"]
    assert picture.marks[0].numbers.split() == [str(number) for number in range(1, 51)]


def test_what_is_short_and_of_one_month_is_one_where_the_rings_are_many(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    for unit in (cast.hf, cast.ihk, cast.isl, cast.imu, cast.departments):
        for day in (2, 5, 8, 11, 14, 17, 20, 23):
            make.edition(make.entry(wheel, unit, month=5, when_words=f"{day}. mai"))
    by_kind, by_unit = (picture_of(of(wheel), Asked(2026, rings=rings), TODAY) for rings in ("type", "ansvar"))
    assert len(by_kind.marks) > len(by_unit.marks) == 5
    for picture in (by_kind, by_unit):
        numbers = [int(number) for mark in picture.marks for number in mark.numbers.split()]
        assert sorted(numbers) == list(range(1, 41))
    first = by_unit.marks[0]
    assert first.label.startswith(f"8 punkter, nummer {first.figure}. 2.–23. mai. ")
    assert first.tip[0].text == f"{first.figure} · 2.–23. mai"
    assert first.url == "?ringer=ansvar&maaned=5"


def test_a_figure_stays_within_what_it_stands_on(cast: Cast) -> None:
    """A hundred before them, so that each has three digits: in a pin, on a day and in ten days."""
    first = [{"kind": "event", "ticks": "none", "month": 1, "when_words": "1. januar"} for _ in range(100)]
    pins = [{"kind": "deadline", "ticks": "none", "month": 4, "when_words": "15. april"} for _ in range(6)]
    days = [{"month": 6, "when_words": "5. juni"} for _ in range(3)]
    tenths = [{"month": 8, "when_words": "medio august"} for _ in range(3)]
    picture = drawn(cast, *first, *pins, *days, *tenths)
    assert [(mark.numbers.split()[0], mark.figure) for mark in picture.marks] == [
        ("1", "1–100"),
        ("101", "101"),
        ("107", "107–109"),
        ("110", "110+"),
    ]


def test_what_goes_on_all_year_is_a_whole_ring(cast: Cast) -> None:
    picture = drawn(cast, {"kind": "ongoing", "when_words": "løpende"})
    assert picture.marks[0].path.count("M") == 2


def test_the_hand_is_drawn_only_among_the_days_it_is_in(cast: Cast) -> None:
    assert picture_of([], Asked(2026), TODAY).hand.startswith("M")
    assert picture_of([], Asked(2026, month=3), TODAY).hand.startswith("M")
    assert picture_of([], Asked(2026, month=4), TODAY).hand == ""
    assert picture_of([], Asked(2027), TODAY).hand == ""


def test_the_months_are_twelve_and_this_one_is_marked() -> None:
    sectors = picture_of([], Asked(2026), TODAY).sectors
    assert [sector.name for sector in sectors][:3] == ["januar", "februar", "mars"]
    assert [sector.url for sector in sectors if sector.is_now] == ["?maaned=3"]


def test_the_year_may_begin_in_any_month() -> None:
    picture = picture_of([], Asked(2026, start_month=8), TODAY)
    assert [sector.name for sector in picture.sectors][:2] == ["august", "september"]
    assert (picture.title, len(picture.sectors)) == ("2026/27", 12)


def test_a_month_is_drawn_in_weeks_and_a_week_in_days() -> None:
    month = picture_of([], Asked(2026, month=8), TODAY)
    assert [sector.name for sector in month.sectors][1:3] == ["uke 32 · 3–9", "uke 33 · 10–16"]
    assert month.sectors[2].url == "?uke=2026-33"
    week = picture_of([], Asked(2026, week=date(2026, 8, 10)), TODAY)
    assert [sector.name for sector in week.sectors] == [
        "man. 10.", "tir. 11.", "ons. 12.", "tor. 13.", "fre. 14.", "lør. 15.", "søn. 16.",
    ]  # fmt: skip
    assert {sector.url for sector in week.sectors} == {""}


def test_words_stand_in_the_lanes_where_there_is_room_and_never_on_paper(cast: Cast) -> None:
    picture = drawn(cast, {"text": "Sende e-post til studentene.", "when_words": "uke 33"}, month=8)
    assert [(mark.words, mark.figure) for mark in picture.marks] == [("1  Sende e-post til studentene", "")]
    paper = picture_of(of(Wheel.objects.get()), Asked(2026, month=8), TODAY, is_paper=True)
    assert [(mark.words, mark.figure) for mark in paper.marks] == [("", "1")]


def test_the_rings_are_by_kind_by_responsible_or_by_goal(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    plan = make.document("planen", cast.hf)
    served = make.entry(wheel, cast.ihk, text="A")
    served.measures.add(make.measure(plan, make.goal(plan, text="Flere søkere")))
    for entry in (served, make.entry(wheel, cast.isl, text="B"), make.entry(wheel, text="C", kind="event")):
        make.edition(entry)
    aims = aims_of(wheel, cast.adviser, today=TODAY)
    editions = editions_of(replace(raw_of(Edition.objects.all(), lines=lines_of(wheel)), aims=aims))

    def rings(by: str) -> list[tuple[str, int]]:
        return [(ring.name, ring.count) for ring in picture_of(editions, Asked(2026, rings=by), TODAY).rings]

    assert rings("type") == [("Oppgave", 2), ("Hendelse", 1)]
    assert rings("ansvar") == [
        ("Uten ansvarlig", 1),
        ("Institutt for historiske og klassiske studier", 1),
        ("Institutt for språk og litteratur", 1),
    ]
    assert rings("maal") == [("Uten mål", 2), ("Flere søkere", 1)]


def svg_of(picture: Picture) -> BeautifulSoup:
    return BeautifulSoup(render_to_string("annual_wheel/_picture.svg.html", {"picture": picture}), "html.parser")


def test_every_mark_is_a_link_with_a_name_in_the_order_of_the_list(cast: Cast) -> None:
    html = svg_of(drawn(cast, {"key": "a"}, {"key": "b", "kind": "deadline", "ticks": "none"}, {"key": "c"}))
    svg = html.svg
    assert svg is not None
    assert (svg["role"], svg["aria-label"]) == ("group", "Årshjulet 2026 som bilde")
    reached = [link for link in svg.find_all("a") if link.get("tabindex") != "-1"]
    assert [str(link["aria-label"]).split(".")[0] for link in reached] == ["1", "2", "3"]
    assert all(link["href"] and link["class"] == ["wheel-mark"] for link in reached)
    hidden = [link for link in svg.find_all("a") if link.get("tabindex") == "-1"]
    assert all(link.find_parent(attrs={"aria-hidden": "true"}) for link in hidden)
    assert len(hidden) == 12


def test_the_drawing_has_no_style_of_its_own_and_no_decimal_commas(cast: Cast) -> None:
    with translation.override("nb"):
        html = str(svg_of(drawn(cast, {"key": "a"}, {"key": "b", "kind": "deadline", "ticks": "none"})))
    assert "style" not in html
    assert "," not in "".join(part.split('"')[0] for part in html.split(' d="')[1:])
