"""A change to an entry reaches one year, the years from one on, or all of them; no year is copied."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from annual_wheel import opening, services, writing
from annual_wheel.models import Edition, Entry, Wheel
from annual_wheel.outline import wheel_outline
from annual_wheel.own_words import Reach, Years, as_lines
from annual_wheel.rows import row_of
from annual_wheel.when import AnchorCircle
from organisation.lines import Line
from tests import factories as make
from tests.cast import Cast
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")
TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
YEARS = (2024, 2025, 2026, 2027)


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    return make.wheel("hf", cast.hf)


def open_all(wheel: Wheel, cast: Cast) -> None:
    for year in YEARS:
        opening.open_year(wheel, year=year, by=cast.adviser, now=NOW, today=date(year, 1, 1))


def visit(wheel: Wheel, cast: Cast, **fields: Any) -> Entry:
    entry = make.entry(wheel, cast.ihk, text="Besøke skolene", month=10, when_words="uke 43", **fields)
    open_all(wheel, cast)
    return entry


def change(entry: Entry, cast: Cast, reach: Reach, year: int = 0, lines: Any = None, **fields: Any) -> Entry:
    """Save the entry with some fields changed, for the years meant."""
    changed = Entry.objects.get(pk=entry.pk)
    for name, value in fields.items():
        setattr(changed, name, value)
    return writing.save_entry(
        changed,
        by=cast.adviser,
        now=NOW,
        today=TODAY,
        expected=changed.lock_version,
        why="",
        many={},
        links=changed.links,
        lines=as_lines(entry.responsibilities.all()) if lines is None else lines,
        years=Years(reach, year),
    )


def line(unit: Any) -> Line:
    return Line(None, unit, None, "lead", "", None)


def editions(entry: Entry) -> dict[int, Edition]:
    return {edition.year: edition for edition in entry.editions.select_related("entry__wheel")}


def texts(entry: Entry) -> dict[int, str]:
    return {year: edition.said.text for year, edition in editions(entry).items()}


def dates(entry: Entry) -> dict[int, tuple[str, str]]:
    return {year: (each.as_written, each.due_on.isoformat()) for year, each in editions(entry).items()}


def parties(entry: Entry) -> dict[int, list[str]]:
    return {year: [str(each) for each in edition.lines] for year, edition in editions(entry).items()}


def tasks(entry: Entry) -> dict[int, set[str]]:
    return {year: {task.unit.slug for task in edition.tasks.standing()} for year, edition in editions(entry).items()}


def test_from_a_year_on_the_years_before_keep_what_they_said(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    change(entry, cast, Reach.FROM, 2027, text="Ringe skolene", when_words="uke 45", lines=[line(cast.isl)])

    assert texts(entry) == {**dict.fromkeys((2024, 2025, 2026), "Besøke skolene"), 2027: "Ringe skolene"}
    assert dates(entry) == {
        2024: ("uke 43", "2024-10-27"),
        2025: ("uke 43", "2025-10-26"),
        2026: ("uke 43", "2026-10-25"),
        2027: ("uke 45", "2027-11-14"),
    }
    names = {"ihk": str(cast.ihk), "isl": str(cast.isl)}
    assert parties(entry) == {**{key: [names["ihk"]] for key in (2024, 2025, 2026)}, 2027: [names["isl"]]}
    assert tasks(entry) == {**{key: {"ihk"} for key in (2024, 2025, 2026)}, 2027: {"isl"}}
    assert Entry.objects.count() == 1
    assert Edition.objects.count() == len(YEARS)


def test_from_this_year_on_is_what_happens_where_nothing_is_said(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    changed = Entry.objects.get(pk=entry.pk)
    changed.text = "Ringe skolene"
    writing.save_entry(
        changed, by=cast.adviser, now=NOW, today=TODAY, expected=1, why="", many={}, links=[],
        lines=as_lines(entry.responsibilities.all()),
    )  # fmt: skip
    assert texts(entry) == {
        2024: "Besøke skolene", 2025: "Besøke skolene", 2026: "Ringe skolene", 2027: "Ringe skolene",
    }  # fmt: skip


def test_the_oldest_words_are_kept_through_several_changes(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    change(entry, cast, Reach.FROM, 2025, text="Ringe skolene")
    change(entry, cast, Reach.FROM, 2027, text="Skrive til skolene")
    assert texts(entry) == {
        2024: "Besøke skolene", 2025: "Ringe skolene", 2026: "Ringe skolene", 2027: "Skrive til skolene",
    }  # fmt: skip
    change(entry, cast, Reach.FROM, 2026, text="Møte skolene")
    assert texts(entry) == {
        2024: "Besøke skolene", 2025: "Ringe skolene", 2026: "Møte skolene", 2027: "Møte skolene",
    }  # fmt: skip


def test_one_year_alone_is_otherwise_and_the_entry_stays(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    change(entry, cast, Reach.ONLY, 2026, text="Ringe skolene", when_words="uke 45", lines=[line(cast.isl)])
    entry.refresh_from_db()

    assert (entry.text, entry.when_words, entry.lock_version) == ("Besøke skolene", "uke 43", 2)
    assert texts(entry) == {**dict.fromkeys((2024, 2025, 2027), "Besøke skolene"), 2026: "Ringe skolene"}
    assert dates(entry)[2026] == ("uke 45", "2026-11-08")
    assert {year: each.is_moved for year, each in editions(entry).items()} == {
        2024: False, 2025: False, 2026: True, 2027: False,
    }  # fmt: skip
    assert tasks(entry) == {**{key: {"ihk"} for key in (2024, 2025, 2027)}, 2026: {"isl"}}
    assert [str(each) for each in entry.responsibilities.all()] == [str(cast.ihk)]


def test_a_year_of_its_own_can_follow_again(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = visit(wheel, cast)
    change(entry, cast, Reach.ONLY, 2026, text="Ringe skolene", lines=[line(cast.isl)])
    address = f"/aarshjul/punkt/{entry.key}/2026/"
    page = adviser.get(address)
    assert page.context["now"] == ("Ellers heter det «Besøke skolene».", f"Ansvaret er ellers: {cast.ihk}.")
    assert send(adviser, f"{address}folg/", of=page).url == address
    assert (texts(entry)[2026], tasks(entry)[2026]) == ("Besøke skolene", {"ihk"})
    assert adviser.get(address).context["now"] == ()
    stale = send(adviser, f"{address}folg/", of=page)
    assert stale.status_code == 200
    assert stale.context["conflict"].who == "Rådgiver"


def test_a_typing_error_is_mended_in_every_year_that_has_it(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    change(entry, cast, Reach.ONLY, 2025, text="Ringe skolene")
    services.move(entry.editions.get(year=2024), by=cast.adviser, words="uke 40", today=TODAY, expected=1)
    change(entry, cast, Reach.ALL, text="Besøke skulene", when_words="uke 44")
    assert texts(entry) == {
        2024: "Besøke skulene", 2025: "Ringe skolene", 2026: "Besøke skulene", 2027: "Besøke skulene",
    }  # fmt: skip
    assert dates(entry) == {
        2024: ("uke 40", "2024-10-06"),
        2025: ("uke 44", "2025-11-02"),
        2026: ("uke 44", "2026-11-01"),
        2027: ("uke 44", "2027-11-07"),
    }


def test_a_typing_error_is_mended_in_words_that_were_kept_as_well(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    change(entry, cast, Reach.FROM, 2027, month=9)
    change(entry, cast, Reach.ALL, text="Besøke alle skolene")
    assert set(texts(entry).values()) == {"Besøke alle skolene"}
    assert {year: each.said.month for year, each in editions(entry).items()} == {
        2024: 10, 2025: 10, 2026: 10, 2027: 9,
    }  # fmt: skip


def test_a_year_that_hung_on_another_entry_still_does(cast: Cast, wheel: Wheel) -> None:
    base = make.entry(wheel, text="Fristen", when_words="15. april")
    entry = make.entry(wheel, cast.ihk, when_words="to uker før", anchor=base, anchor_offset_days=-14, position=2)
    open_all(wheel, cast)
    change(entry, cast, Reach.FROM, 2027, when_words="mai", anchor=None, anchor_offset_days=0)
    services.move(base.editions.get(year=2026), by=cast.adviser, words="20. april", today=TODAY, expected=1)
    services.move(base.editions.get(year=2027), by=cast.adviser, words="20. april", today=TODAY, expected=1)
    assert {year: due for year, (_words, due) in dates(entry).items() if year > 2025} == {
        2026: "2026-04-06",
        2027: "2027-05-31",
    }


def test_a_ring_in_one_year_alone_is_refused_with_its_chain(cast: Cast, wheel: Wheel) -> None:
    first = make.entry(wheel, text="Fristen", when_words="15. april")
    other = make.entry(wheel, text="Møtet", when_words="mai", anchor=first, anchor_offset_days=3, position=2)
    open_all(wheel, cast)
    change(other, cast, Reach.FROM, 2027, anchor=None, anchor_offset_days=0)
    with pytest.raises(AnchorCircle) as ring:
        change(first, cast, Reach.ALL, bound_words="før møtet", bound_entry=other)
    assert ring.value.chain == ("«Fristen»", "«Møtet»", "«Fristen»")
    first.refresh_from_db()
    assert first.bound_entry is None


def test_lists_and_exports_say_what_each_year_said(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    change(entry, cast, Reach.FROM, 2027, text="Ringe skolene", lines=[line(cast.isl)])
    rows = {edition.year: row_of(edition, today=TODAY) for edition in entry.editions.for_rows()}
    assert {year: (row.text, row.responsible) for year, row in rows.items() if year > 2025} == {
        2026: ("Besøke skolene", str(cast.ihk)),
        2027: ("Ringe skolene", str(cast.isl)),
    }
    (told,) = wheel_outline(wheel)["entries"]
    assert told["text"] == "Ringe skolene"
    assert {row["year"]: (row["text"], row["responsible"][0]["party_slug"]) for row in told["editions"]} == {
        **dict.fromkeys((2024, 2025, 2026), ("Besøke skolene", "ihk")),
        2027: ("Ringe skolene", "isl"),
    }


def test_the_form_asks_which_years_and_the_page_of_a_year_shows_its_words(
    cast: Cast, wheel: Wheel, adviser: Any
) -> None:
    entry = visit(wheel, cast)
    address = f"/aarshjul/punkt/{entry.key}/endre/"
    page = adviser.get(address)
    assert page.context["form"].fields["years"].choices == [
        ("from-2026", "Fra og med 2026"),
        ("from-2027", "Fra og med 2027"),
        ("only-2026", "Bare i år (2026)"),
        ("only-2027", "Bare neste år (2027)"),
        ("all", "Alle år (skrivefeil)"),
    ]
    assert fields_of(page, address)["years"] == ["from-2026"]
    send(adviser, address, text="Ringe skolene", years="from-2027")
    assert texts(entry)[2026] == "Besøke skolene"
    shown = adviser.get(entry.get_absolute_url())
    assert (shown.context["entry"].text, shown.context["now"]) == (
        "Besøke skolene",
        ("Ellers heter det «Ringe skolene».",),
    )
    later = adviser.get(f"{entry.get_absolute_url()}?aar=2027")
    assert (later.context["entry"].text, later.context["now"]) == ("Ringe skolene", ())
    assert {row.year: row.own_text for row in later.context["years"]} == {
        **dict.fromkeys(("2024", "2025", "2026"), "Besøke skolene"),
        "2027": "",
    }


@pytest.mark.parametrize(("field", "value"), [("kind", "event"), ("modality", "should"), ("to_year", "2026")])
def test_what_all_years_share_is_refused_for_one_year(
    cast: Cast, wheel: Wheel, adviser: Any, field: str, value: str
) -> None:
    entry = visit(wheel, cast)
    page = send(adviser, f"/aarshjul/punkt/{entry.key}/endre/", years="only-2026", **{field: value})
    assert page.context["form"].errors == {field: ["Dette gjelder alle år, og kan ikke være annerledes i 2026."]}


def test_links_are_shared_by_all_years(cast: Cast, wheel: Wheel, adviser: Any) -> None:
    entry = visit(wheel, cast)
    page = send(
        adviser, f"/aarshjul/punkt/{entry.key}/endre/", years="only-2026", **{"links-0-url": "https://skoler.example/"}
    )
    assert page.context["form"].non_field_errors() == [
        "Nettlenkene gjelder alle år, og kan ikke være annerledes i 2026."
    ]


def test_a_new_entry_is_not_asked_which_years(wheel: Wheel, cast: Cast, adviser: Any) -> None:
    open_all(wheel, cast)
    assert "years" not in adviser.get("/aarshjul/hf/rediger/nytt-punkt/").context["form"].fields


@pytest.mark.parametrize("count", [1, 3])
def test_years_with_lines_of_their_own_cost_no_more_queries(
    cast: Cast, wheel: Wheel, django_assert_max_num_queries: Any, count: int
) -> None:
    for number in range(count):
        entry = make.entry(wheel, cast.ihk, text=f"Punkt {number}", position=number)
        make.edition(entry, 2026)
        change(entry, cast, Reach.ONLY, 2026, text=f"I år {number}", lines=[line(cast.isl)])
    with django_assert_max_num_queries(5):
        rows = [row_of(edition, today=TODAY) for edition in Edition.objects.of_wheel(wheel, 2026).for_rows()]
    assert [row.responsible for row in rows] == [str(cast.isl)] * count


def test_lines_under_each_other_are_kept_so(cast: Cast, wheel: Wheel) -> None:
    entry = visit(wheel, cast)
    both = [line(cast.hf), replace(line(cast.ihk), relation="contributes", under=0, wording="sammen med IHK")]
    change(entry, cast, Reach.ALL, lines=both)
    change(entry, cast, Reach.FROM, 2026, lines=[line(cast.isl)])
    kept = editions(entry)[2025].lines
    assert [(str(each.party), each.relation, each.wording, each.under) for each in kept] == [
        (str(cast.hf), "lead", "", None),
        (str(cast.ihk), "contributes", "sammen med IHK", kept[0]),
    ]
