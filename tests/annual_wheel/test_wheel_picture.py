"""What the picture draws for each edition, and that it says the same as the list."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from annual_wheel import services
from annual_wheel.models import Edition
from annual_wheel.wheel_picture import Mark, Picture, picture_of
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))


def drawn(cast: Cast, *entries: dict[str, Any]) -> Picture:
    wheel = make.wheel("hf", cast.hf)
    for fields in entries:
        make.edition(make.entry(wheel, cast.departments, **fields))
    return picture_of(list(Edition.objects.for_rows()), 2026, TODAY)


def test_each_edition_is_a_mark_with_its_words_and_its_link(cast: Cast) -> None:
    picture = drawn(cast, {"key": "a", "text": "Sende e-post.", "when_words": "uke 33"})
    (mark,) = picture.marks
    assert mark.url == "/aarshjul/punkt/a/"
    assert mark.label == "Oppgave: Sende e-post. uke 33. 10.–16. august. 0 av 3 gjort"
    assert [line.text for line in mark.tip] == ["Oppgave · 10.–16. august", "Sende e-post.", "0 av 3 gjort"]


def test_marks_stand_in_the_order_of_the_year(cast: Cast) -> None:
    picture = drawn(
        cast,
        {"key": "b", "kind": "deadline", "ticks": "none", "when_words": "1. desember"},
        {"key": "a", "when_words": "1. februar"},
        {"key": "c", "kind": "event", "ticks": "none", "when_words": "mai"},
    )
    assert [mark.key for mark in picture.marks] == ["a", "c", "b"]


def test_overlapping_items_lie_in_lanes_of_their_own(cast: Cast) -> None:
    picture = drawn(cast, *({"when_words": "mai"} for _ in range(3)))
    assert len({mark.path for mark in picture.marks}) == 3


def test_what_is_done_fills_its_part(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), cast.departments, when_words="mai"))
    tasks = make.tasks_of(edition)

    def mark() -> Mark:
        return picture_of(list(Edition.objects.for_rows()), 2026, TODAY).marks[0]

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
    marks = {mark.key: mark for mark in picture_of(list(Edition.objects.for_rows()), 2026, TODAY).marks}
    assert {key: bool(mark.strike) for key, mark in marks.items()} == {"gone": True, "held": False}
    assert marks["gone"].label.endswith("Utgår i år")


def test_deadlines_of_one_day_are_stacked_and_share_a_stem(cast: Cast) -> None:
    picture = drawn(cast, *({"kind": "deadline", "ticks": "none", "when_words": "15. april"} for _ in range(2)))
    assert len({mark.spot for mark in picture.marks}) == 2
    assert sorted(bool(mark.stem) for mark in picture.marks) == [False, True]


def test_what_goes_on_all_year_is_a_whole_ring(cast: Cast) -> None:
    picture = drawn(cast, {"kind": "ongoing", "when_words": "løpende"})
    assert picture.marks[0].path.count("M") == 2


def test_the_hand_is_drawn_only_in_the_year_it_is(cast: Cast) -> None:
    assert picture_of([], 2026, TODAY).hand.startswith("M")
    assert picture_of([], 2027, TODAY).hand == ""


def test_the_months_are_twelve_and_this_one_is_marked() -> None:
    months = picture_of([], 2026, TODAY).months
    assert [month.name for month in months][:3] == ["januar", "februar", "mars"]
    assert [month.number for month in months if month.is_now] == [3]


def test_the_drawing_holds_every_link_and_no_style_of_its_own(cast: Cast) -> None:
    picture = drawn(cast, {"key": "a"}, {"key": "b", "kind": "deadline", "ticks": "none"}, {"key": "c"})
    html = render_to_string("annual_wheel/_picture.svg.html", {"picture": picture})
    assert html.count('<a class="wheel-mark"') == 3
    assert "style" not in html
    assert "," not in "".join(part.split('"')[0] for part in html.split(' d="')[1:])
