"""What holds for every year and all words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import holidays
import pytest
from dateutil.easter import easter  # type: ignore[import-untyped,unused-ignore]
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from annual_wheel.when import (
    Bound,
    Code,
    Precision,
    Relation,
    Unreadable,
    Window,
    bound_window,
    describe,
    easter_sunday,
    is_working_day,
    limits,
    read,
    read_bound,
    working_day_hint,
    write,
)
from annual_wheel.when.vocabulary import ABOUT, MONTH_NAMES, known_words

# A busy machine must not fail a property for being slow.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

YEARS = st.integers(1900, 2200)
FEASTS = st.sampled_from(["påske", "Easter", "pinse", "jul", "17. mai", "grunnlovsdagen", "sankthans"])
MONTHS = MONTH_NAMES[0]
# Years with 53 weeks, leap years, and years that begin in week 52 or 53.
TURNS = st.sampled_from([2020, 2021, 2022, 2023, 2024, 2026, 2027, 2028, 2032, 2033]) | YEARS


def iso_weeks(year: int) -> int:
    return dt.date(year, 12, 28).isocalendar().week


@st.composite
def dated_words(draw: st.DrawFn) -> tuple[str, int]:
    """Words that can be read in the year beside them."""
    year, month = draw(TURNS), draw(st.sampled_from(MONTHS))
    first, second = sorted(draw(st.tuples(*[st.integers(1, iso_weeks(year))] * 2)))
    day, later = sorted(draw(st.tuples(*[st.dates(dt.date(year, 1, 1), dt.date(year, 12, 31))] * 2)))
    begin, end = sorted(draw(st.tuples(*[st.integers(0, 11)] * 2)))
    place = draw(st.sampled_from(["første", "tredje", "siste", "last"]))
    words = [
        f"{day.day}. {MONTHS[day.month - 1]}",
        f"{day.day}.{day.month}.",
        day.isoformat(),
        f"{day:%d.%m.%Y} - {later:%d.%m.%Y}",
        f"innen {day.day}/{day.month}",
        f"uke {first}",
        f"veke {first}–{second}",
        f"i {month}",
        f"{MONTHS[begin]}/{MONTHS[end]}",
        f"{draw(st.sampled_from(['primo', 'medio', 'ultimo', 'slutten av', 'tidlig i', 'late', 'mid-']))} {month}",
        f"primo {MONTHS[begin]} – ultimo {MONTHS[end]}",
        f"{place} {draw(st.sampled_from(['mandag', 'søndag', 'uke', 'virkedag']))} i {month}",
        draw(st.sampled_from(["vår", "sommeren", "haust", "winter", "vårsemesteret", "høstsemesteret"])),
        draw(st.sampled_from(["hele året", "trenger ikke skje i januar", "varierer", str(year)])),
        draw(st.sampled_from(["påske", "siste uke før påske", "skjærtorsdag", "jul", "siste halvdel av mai"])),
        f"{month}, før svarfristen",
        f"{MONTHS[begin]}, innen {later.day}. {MONTHS[later.month - 1]}",
        f"i forkant av søknadsfrist {later.day}. {MONTHS[later.month - 1]}",
        f"etter {day.day}. {MONTHS[day.month - 1]}",
        f"{draw(st.sampled_from(['fra', 'frå og med', 'til', 'inntil', 'fram til', 'from', 'until']))} {day:%d.%m.}",
        limits(Window("", Precision.DAYS, day, later), draw(st.sampled_from(["nb", "nn", "en"]))),
        f"{draw(st.sampled_from(['tidlig på', 'midt på', 'sent på']))} {draw(st.sampled_from(['våren', 'høsten']))}",
        f"månedsskiftet {MONTHS[min(begin, 10)]}/{MONTHS[min(begin, 10) + 1]}",
        f"{draw(st.sampled_from(ABOUT))} {day.day}. {MONTHS[day.month - 1]}",
        f"{draw(st.sampled_from(ABOUT))} uke {first}",
        draw(
            st.sampled_from(
                ["1. kvartal", "Q2", "andre kvartal", "last quarter", "andre halvår", "slutten av 3. kvartal", "Q1–Q3"]
            )
        ),
        f"{draw(st.sampled_from(['etter', 'uka før', 'første uke etter', 'til', 'rett før']))} {draw(FEASTS)}",
        draw(
            st.sampled_from(["mellom påske og pinse", "fra påske til pinse", "romjula", "andre pinsedag", "St. Hans"])
        ),
        f"{month}, {draw(st.sampled_from(['før', 'etter', 'after', 'before']))} {draw(FEASTS)}",
    ]
    prefix = draw(st.sampled_from(["", "", "løpende ", "hver måned "]))
    return prefix + draw(st.sampled_from(words)), year


@given(dated_words())
def test_earliest_is_never_after_latest_and_both_lie_in_the_year(case: tuple[str, int]) -> None:
    words, year = case
    window = read(words, year)

    assert window.earliest <= window.latest
    if window.precision is Precision.WEEK:
        assert window.earliest.isocalendar().year == window.latest.isocalendar().year == year
        assert (window.earliest.weekday(), window.latest.weekday()) == (0, 6)
    elif window.bound is None:
        assert window.earliest.year == window.latest.year == year
    else:  # a bound on 1 January or 31 December points to the day beside
        assert dt.date(year - 1, 12, 31) <= window.earliest <= window.latest <= dt.date(year + 1, 1, 1)
    assert window.is_ongoing == words.startswith(("løpende", "hver måned"))
    assert window.as_written == words.strip()


@given(dated_words())
def test_writing_and_reading_back_agrees(case: tuple[str, int]) -> None:
    window = read(*case)
    again = read(write(window), window.year)

    assert (again.precision, again.earliest, again.latest) == (window.precision, window.earliest, window.latest)
    assert again.is_ongoing == window.is_ongoing
    assert write(again) == write(window)
    if window.precision is not Precision.DAY:
        assert again.bound == window.bound


@given(dated_words(), st.sampled_from(["nb", "nn", "en"]))
def test_every_window_can_be_described_with_its_year(case: tuple[str, int], language: str) -> None:
    window = read(*case)
    assert str(window.latest.year) in describe(window, language)
    assert limits(window, language).endswith(str(window.latest.year))


@given(dated_words())
def test_capitals_dashes_spaces_and_closing_dots_change_nothing(case: tuple[str, int]) -> None:
    words, year = case
    plain = read(words, year)
    for odd in (words.upper(), words.replace("–", "—").replace(" ", "\u00a0 "), f" {words} ...", words.title()):
        changed = read(odd, year)
        assert (changed.precision, changed.earliest, changed.latest) == (plain.precision, plain.earliest, plain.latest)


def nearest_of(reader: Callable[[str], object], words: str) -> str | None:
    """The nearest words that the reader names where it cannot read these."""
    try:
        reader(words)
    except Unreadable as error:
        return error.nearest
    return None


def attempt(words: str, year: int, month: int | None) -> None:
    """Reading gives a sound window or `Unreadable`, whose nearest words can be read, and nothing else."""
    for reader in (lambda text: checked(text, year, month), lambda text: read_bound(text, year)):
        nearest = nearest_of(reader, words)
        if nearest is not None:
            reader(nearest)


def checked(words: str, year: int, month: int | None) -> Window:
    window = read(words, year, month=month)
    assert window.earliest <= window.latest
    assert describe(window)
    assert write(window)
    return window


@given(st.text(max_size=300), st.integers(), st.none() | st.integers(1, 12))
def test_no_text_at_all_breaks_the_reader(words: str, year: int, month: int | None) -> None:
    attempt(words, year, month)


PIECES = [
    *sorted(known_words()),
    *("1", "3.", "15.", "31.4.", "32", "33", "54", "99", "0", "2027", "2021", "15.13.", "2027-W33"),
    *("-", "–", "/", ",", ":", "(", "kl.", "søknadsfrist", "mid-"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join), TURNS, st.none() | st.integers(1, 12))
def test_no_muddle_of_known_words_breaks_the_reader(words: str, year: int, month: int | None) -> None:
    attempt(words, year, month)


@given(dated_words(), st.data())
def test_a_slip_of_the_finger_breaks_nothing(case: tuple[str, int], data: st.DataObject) -> None:
    words, year = case
    at = data.draw(st.integers(0, len(words) - 1))
    attempt(words[:at] + words[at + 1 :], year, None)


@given(TURNS, st.integers(1, 12), st.integers(-400, 400), st.sampled_from(Relation))
def test_a_bounded_window_is_sound(year: int, month: int, days: int, relation: Relation) -> None:
    window = read("", year, month=month)
    bound_on = window.earliest + dt.timedelta(days=days)
    cut = bound_window(window, bound_on, relation=relation)

    assert cut.earliest <= cut.latest
    if relation is Relation.BEFORE:
        assert cut.latest == min(window.latest, bound_on - dt.timedelta(days=1))
        assert cut.earliest == min(window.earliest, cut.latest)
    elif relation is Relation.BY:
        assert cut.latest == min(window.latest, bound_on)
        assert cut.earliest == min(window.earliest, cut.latest)
    else:
        shift = dt.timedelta(days=1 if relation is Relation.AFTER else 0)
        assert cut.earliest == max(window.earliest, bound_on + shift)
        assert cut.latest == max(window.latest, cut.earliest)
    assert (cut.precision is Precision.DAY) == (cut.earliest == cut.latest)
    if cut.earliest.year == cut.latest.year == bound_on.year == year:
        again = read(write(cut), year)
        assert (again.precision, again.earliest, again.latest) == (cut.precision, cut.earliest, cut.latest)


@given(TURNS, st.integers(305, 365), st.integers(1, 59))
@example(2011, 305, 59)  # 28 February of a leap year
def test_a_span_over_new_year_reads_back(year: int, start: int, end: int) -> None:
    """From the last two months of the year into the first two of the next; the year itself stays the one asked for."""
    first = dt.date(year, 1, 1) + dt.timedelta(days=start - 1)
    last = dt.date(year + 1, 1, 1) + dt.timedelta(days=end - 1)
    assume(first.month >= 11)
    window = read(f"{first.day}.{first.month}. – {last.day}.{last.month}.", year)

    assert (window.precision, window.earliest, window.latest, window.year) == (Precision.DAYS, first, last, year)
    assert read(write(window), year).latest == last
    assert read(limits(window), year).latest == last
    assert str(year + 1) in describe(window)


@given(TURNS)
def test_29_february_is_there_in_leap_years_only(year: int) -> None:
    is_leap = (dt.date(year, 3, 1) - dt.date(year, 2, 1)).days == 29
    if is_leap:
        assert read("29.2.", year).latest == dt.date(year, 2, 29)
    else:
        with pytest.raises(Unreadable) as caught:
            read("29.2.", year)
        assert (caught.value.code, caught.value.nearest) == ("no_such_day", "28. februar")
    assert read("ultimo februar", year).latest == dt.date(year, 3, 1) - dt.timedelta(days=1)


@given(TURNS)
def test_week_53_is_there_in_long_years_only(year: int) -> None:
    is_long = dt.date(year, 1, 1).weekday() == 3 or dt.date(year, 12, 31).weekday() == 3
    if is_long:
        assert read("uke 53", year).earliest == dt.date.fromisocalendar(year, 53, 1)
    else:
        with pytest.raises(Unreadable) as caught:
            read("uke 53", year)
        assert (caught.value.code, caught.value.nearest) == ("no_such_week", "uke 52")


@given(TURNS)
def test_the_weeks_of_a_year_follow_each_other_without_a_gap(year: int) -> None:
    weeks = [read(f"uke {n}", year) for n in range(1, iso_weeks(year) + 1)]
    for before, after in pairwise(weeks):
        assert after.earliest - before.latest == dt.timedelta(days=1)
    assert weeks[0].earliest <= dt.date(year, 1, 4) <= weeks[0].latest
    assert read("uke 1", year + 1 if year < 2200 else year).earliest >= weeks[0].earliest


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)), st.sampled_from(ABOUT), st.sampled_from(["", "."]))
def test_what_is_nearly_a_day_has_room_on_both_sides_within_its_year(day: dt.date, about: str, dot: str) -> None:
    window = read(f"{about}{dot} {day.day}.{day.month}.", day.year)
    days = [day + dt.timedelta(days=n) for n in range(-3, 4)]
    inside = [each for each in days if each.year == day.year]
    assert (window.earliest, window.latest) == (inside[0], inside[-1])
    assert window.precision is Precision.DAYS


@given(TURNS, st.sampled_from(["{}. kvartal", "Q{}", "q {}", "kvartal {}", "{}th quarter"]))
def test_the_four_quarters_make_up_the_year(year: int, form: str) -> None:
    names = [form.format(n).replace("1th", "1st").replace("2th", "2nd").replace("3th", "3rd") for n in range(1, 5)]
    quarters = [read(name, year) for name in names]
    assert (quarters[0].earliest, quarters[-1].latest) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
    for before, after in pairwise(quarters):
        assert after.earliest - before.latest == dt.timedelta(days=1)
    for quarter, name in zip(quarters, names, strict=True):
        parts = [read(f"{part} {name}", year) for part in ("begynnelsen av", "midten av", "slutten av")]
        assert (parts[0].earliest, parts[-1].latest) == (quarter.earliest, quarter.latest)
        assert all(part.precision is Precision.MONTH for part in parts)


@given(TURNS)
def test_the_weeks_beside_easter_and_whitsun_leave_only_the_feast_between(year: int) -> None:
    easter, whitsun = easter_sunday(year), easter_sunday(year) + dt.timedelta(days=49)
    assert read("uka før påske", year).latest == easter - dt.timedelta(days=7)
    assert read("uka etter påske", year).earliest == easter + dt.timedelta(days=1)
    assert read("første uke etter pinse", year).earliest == whitsun + dt.timedelta(days=1)
    between = read("mellom påske og pinse", year)
    assert (between.earliest, between.latest) == (easter + dt.timedelta(days=2), whitsun - dt.timedelta(days=2))


@given(TURNS)
def test_new_year_is_at_the_end_before_it_and_at_the_beginning_after_it(year: int) -> None:
    assert read("før nyttår", year, month=12).latest == dt.date(year, 12, 31)
    assert read("etter nyttår", year, month=1).earliest == dt.date(year, 1, 2)
    week = read("første uke etter nyttår", year)
    assert (week.earliest.weekday(), week.earliest.year) == (0, year)
    assert week.earliest.day <= 7
    last = read("uka før nyttår", year)
    assert (last.earliest.year, last.latest.year) == (year, year)
    assert last.latest.day >= 24


@given(TURNS, st.sampled_from(MONTHS))
def test_the_three_parts_make_up_the_month(year: int, month: str) -> None:
    parts = [read(f"{part} {month}", year) for part in ("primo", "medio", "ultimo")]
    assert [(part.earliest.day, part.latest.day) for part in parts[:2]] == [(1, 10), (11, 20)]
    assert parts[2].earliest.day == 21
    assert (parts[2].latest + dt.timedelta(days=1)).day == 1


def test_easter_from_1900_to_2100() -> None:
    """Against two calendars that are not ours."""
    for year in range(1900, 2101):
        sunday = easter_sunday(year)
        assert sunday == easter(year)
        if year >= 1947:  # the law that the holiday calendar starts from
            assert holidays.country_holidays("NO", years=year, language="no")[sunday] == "Første påskedag"
        assert read("første påskedag", year).latest == sunday
        assert read("siste uke før påske", year).latest == sunday - dt.timedelta(days=7)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31)))
def test_the_working_day_hint_is_the_nearest_working_day_before(day: dt.date) -> None:
    hint = working_day_hint(day)
    if is_working_day(day):
        assert hint is None
        return
    assert hint is not None
    assert hint < day
    assert is_working_day(hint)
    between = [hint + dt.timedelta(days=n) for n in range(1, (day - hint).days)]
    assert not any(is_working_day(other) for other in between)


@given(TURNS, st.integers(1, 12))
def test_a_bound_nobody_knows_the_date_of_changes_no_day(year: int, month: int) -> None:
    window = read("før svarfristen", year, month=month)
    assert window.bound == Bound("før svarfristen", Relation.BEFORE, "svarfristen", None)
    assert replace(window, bound=None, within=None, as_written=MONTHS[month - 1]) == read("", year, month=month)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)), st.sampled_from(Precision))
def test_a_window_made_by_hand_can_be_written(day: dt.date, precision: Precision) -> None:
    assume(precision in (Precision.DAY, Precision.DAYS))
    assert read(write(Window("", precision, day, day)), day.year).latest == day


AUTUMN_BREAK, WINTER_BREAK = ("høstferien", "haustferieveka", "autumn break"), ("vinterferien", "i vinterferieuka")
TERM_STARTS = ("ved semesterstart", "semesterstarten", "ved oppstart av semesteret", "start of term", "studiestart")


@given(TURNS, st.integers(1, 12) | st.none(), st.sampled_from([*AUTUMN_BREAK, *WINTER_BREAK]))
def test_a_school_holiday_is_the_two_weeks_the_counties_choose_between(
    year: int, month: int | None, words: str
) -> None:
    window = read(words, year, month=month)
    weeks = [day.isocalendar()[:2] for day in (window.earliest, window.latest)]
    first, last = (40, 41) if words in AUTUMN_BREAK else (8, 9)
    assert (window.precision, weeks) == (Precision.WEEK, [(year, first), (year, last)])
    assert (window.earliest.weekday(), window.latest.weekday()) == (0, 6)
    assert replace(read(write(window), year), as_written="") == replace(window, as_written="")


@given(YEARS, st.integers(1, 12) | st.none(), st.sampled_from(TERM_STARTS))
def test_a_semester_begins_some_time_in_a_month_that_the_words_or_their_heading_say(
    year: int, month: int | None, words: str
) -> None:
    if words != "studiestart" and month not in (1, 2, 7, 8, 9):
        with pytest.raises(Unreadable) as caught:
            read(words, year, month=month)
        assert read(caught.value.nearest or "", year).earliest == dt.date(year, 8, 1)
        return
    window = read(words, year, month=month)
    begins = 1 if month in (1, 2) else 8
    assert (window.precision, window.earliest) == (Precision.MONTH, dt.date(year, begins, 1))
    assert window.latest == dt.date(year, begins, 31)


@given(YEARS, st.integers(1, 12) | st.none(), st.sampled_from(TERM_STARTS))
def test_what_goes_on_from_a_semesters_start_begins_when_it_does(year: int, month: int | None, words: str) -> None:
    christmas = dt.date(year, 12, 26)
    try:
        begins = read(words, year, month=month).earliest
    except Unreadable:
        with pytest.raises(Unreadable) as caught:
            read(f"fra {words} til jul", year, month=month)
        asked = read(caught.value.nearest or "", year, month=month)
        assert (caught.value.code, asked.earliest, asked.latest) == (
            Code.NEEDS_MONTH,
            dt.date(year, 8, 1),
            christmas,
        )
        return
    window = read(f"fra {words} til jul", year, month=month)
    assert (window.earliest, window.latest, window.bound) == (begins, christmas, None)


TERM_ENDS = ("ved semesterslutt", "semesterslutten", "ved slutten av semesteret", "end of term", "semesterets slutt")
SEMESTERS = {1: "vårsemesteret", 8: "høstsemesteret"}  # by the month that each begins in


@given(YEARS, st.integers(1, 12) | st.none(), st.sampled_from(TERM_ENDS))
def test_a_semester_ends_some_time_in_a_month_that_the_words_or_their_heading_say(
    year: int, month: int | None, words: str
) -> None:
    if month not in (5, 6, 7, 11, 12):
        with pytest.raises(Unreadable) as caught:
            read(words, year, month=month)
        assert caught.value.code is Code.NEEDS_MONTH
        assert read(caught.value.nearest or "", year).latest == dt.date(year, 12, 31)
        return
    window = read(words, year, month=month)
    ends = 12 if month in (11, 12) else 6
    assert (window.precision, window.earliest) == (Precision.MONTH, dt.date(year, ends, 1))
    assert window.latest == read(words, year, month=ends).latest


@given(YEARS, st.sampled_from([*SEMESTERS]))
def test_a_semester_lasts_from_the_month_of_its_start_to_that_of_its_end(year: int, begins: int) -> None:
    """The two words and the semester itself tell the same months, and are read together as it is alone."""
    semester = read(SEMESTERS[begins], year)
    name = SEMESTERS[begins].removesuffix("semesteret")
    start, end = read(f"{name}semesterstart", year), read(f"{name}semesterslutt", year)
    assert (start.earliest, end.latest) == (semester.earliest, semester.latest)
    whole = read(f"fra {name}semesterstart til {name}semesterslutt", year)
    assert (whole.earliest, whole.latest, whole.bound) == (semester.earliest, semester.latest, None)


@given(YEARS, st.integers(1, 12), st.sampled_from(TERM_ENDS))
def test_what_goes_on_to_a_semesters_end_is_asked_about_with_the_next_one(year: int, month: int, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(f"fra {MONTHS[month - 1]} til {words}", year)
    asked = read(caught.value.nearest or "", year)
    ends = read(f"semesterslutt i {'juni' if month <= 6 else 'desember'}", year)
    assert (asked.earliest, asked.latest) == (dt.date(year, month, 1), ends.latest)


@given(YEARS, st.sampled_from([*AUTUMN_BREAK, *WINTER_BREAK, "semesterstart", "studiestart", "semesterslutt"]))
def test_what_leans_on_a_day_that_each_place_sets_keeps_it_as_unknown(year: int, words: str) -> None:
    thing = words.removeprefix("i ")
    for relation in ("før", "etter", "to uker før", "uka etter"):
        window = read(f"{relation} {thing}", year)
        assert window.bound
        assert (window.bound.ref_words, window.bound.date) == (thing, None)
