"""Words that name another entry of the wheel find it, and follow it when it moves."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annual_wheel import opening, services
from annual_wheel.models import Edition, Entry, Wheel
from annual_wheel.naming import JOINTS, link_named, parts_of
from annual_wheel.understood import day_off_words
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")
TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)
NEW = "/aarshjul/hf/rediger/nytt-punkt/?maned=5"
READ = "/aarshjul/hf/rediger/les-dato/"


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    made = make.wheel("hf", cast.hf)
    make.entry(made, kind="deadline", ticks="none", text="Søknadsfrist Samordna opptak.", when_words="15. april")
    make.entry(made, cast.hf, text="Minne om søknadsfristen", when_words="mars", position=2)
    make.entry(made, kind="event", ticks="none", text="Åpen dag på campus", when_words="3.11.", month=11, position=3)
    for year in (2026, 2027):
        opening.open_year(made, year=year, by=cast.adviser, now=NOW, today=date(year, 1, 1))
    return made


def draft(when_words: str, bound_words: str = "", **fields: Any) -> Entry:
    return Entry(when_words=when_words, bound_words=bound_words, month=5, **fields)


def linked(entry: Entry, wheel: Wheel) -> tuple[str, int, str, str]:
    """What it hangs on, how far from it, and what bounds it in which words."""
    link_named(entry, list(wheel.entries.all()), year=2026)
    return (
        entry.anchor.text if entry.anchor else "",
        entry.anchor_offset_days,
        entry.bound_entry.text if entry.bound_entry else "",
        entry.bound_words,
    )


DEADLINE = "Søknadsfrist Samordna opptak."


@pytest.mark.parametrize(
    ("words", "bound", "expected"),
    [
        ("to uker før søknadsfristen", "", (DEADLINE, -14, "", "")),
        ("to veker før søknadsfristen", "", (DEADLINE, -14, "", "")),
        ("dagen etter åpen dag", "", ("Åpen dag på campus", 1, "", "")),
        ("to uker før søknadsfrist 15. april", "", (DEADLINE, -14, "", "")),
        ("før søknadsfristen", "", ("", 0, DEADLINE, "før søknadsfristen")),
        ("mars, før søknadsfristen", "", ("", 0, DEADLINE, "før søknadsfristen")),
        ("mars", "i forkant av søknadsfrist 15. april", ("", 0, DEADLINE, "i forkant av søknadsfrist 15. april")),
        ("mars", "i forkant av søknadsfrist 1. mars", ("", 0, "", "i forkant av søknadsfrist 1. mars")),
        ("mars", "før svarfristen utløper", ("", 0, "", "før svarfristen utløper")),
        ("to uker før svarfristen", "", ("", 0, "", "to uker før svarfristen")),
        ("mars", "", ("", 0, "", "")),
        ("hipp som happ", "", ("", 0, "", "")),
    ],
)
def test_words_find_the_entry_they_name(
    wheel: Wheel, words: str, bound: str, expected: tuple[str, int, str, str]
) -> None:
    assert linked(draft(words, bound), wheel) == expected


@pytest.mark.parametrize(
    ("text", "words", "bound", "expected"),
    [
        ("Frist for opptak", "to uker før opptaksfristen", "", (-14, "")),
        ("Frist for opptak", "mai", "før opptaksfristen", (0, "før opptaksfristen")),
        ("Frist for opptak", "mai", "opptaksfristen", (0, "opptaksfristen")),
        ("Opptaksfrist master", "to veker før fristen for opptak", "", (-14, "")),
        ("Fagseminar om opptak", "dagen etter opptaksseminaret", "", None),
        ("Seminar om opptak", "dagen etter opptaksseminaret", "", (1, "")),
        ("Eksamensperiode", "to uker etter eksamen", "", None),
    ],
)
def test_words_put_together_and_apart_are_the_same(
    cast: Cast, text: str, words: str, bound: str, expected: tuple[int, str] | None
) -> None:
    wheel = make.wheel("hf", cast.hf)
    make.entry(wheel, text=text)
    name, days, other, bound_words = linked(draft(words, bound), wheel)
    if expected is None:
        assert (name, other) == ("", "")
    else:
        assert (name or other, days, bound_words) == (text, *expected)


def notes(adviser: Any, **asked: str) -> tuple[str, ...]:
    return adviser.get(READ, {"month": "5", "kind": "event", **asked}).context["read"].notes


def test_where_only_parts_of_the_words_are_there_one_is_asked(wheel: Wheel, adviser: Any) -> None:
    assert linked(draft("mai", "før opptaksfristen"), wheel) == ("", 0, "", "før opptaksfristen")
    read = adviser.get(
        READ, {"when_words": "mai", "bound_words": "før opptaksfristen", "month": "5", "kind": "event"}
    ).context["read"]
    assert read.notes == ("Mener du «Søknadsfrist Samordna opptak»? Velg det lenger ned, så følger datoen det.",)
    read = adviser.get(
        READ, {"when_words": "mai", "bound_words": "før lunsjfristen", "month": "5", "kind": "event"}
    ).context["read"]
    assert read.notes == ()


def test_two_that_are_the_same_words_put_apart_are_both_offered(wheel: Wheel, adviser: Any) -> None:
    for text in ("Frist for opptak", "Frist for tidlig opptak"):
        make.entry(wheel, kind="deadline", ticks="none", text=text, position=9)
    read = adviser.get(READ, {"when_words": "to uker før opptaksfristen", "month": "5", "kind": "event"}).context[
        "read"
    ]
    assert read.notes == (
        "Ordene kan bety flere punkter: «Frist for opptak», «Frist for tidlig opptak». Velg det rette lenger ned.",
    )


WORDS = st.text(alphabet="abdefgiklmnoprstuvåæø", min_size=4, max_size=9)


@given(first=WORDS, last=WORDS, joint=st.sampled_from(JOINTS))
def test_a_compound_of_two_known_words_is_made_of_them(first: str, last: str, joint: str) -> None:
    assert parts_of(first + joint + last, {first, last}) == {first, last}


@given(word=st.text(max_size=12), known=st.sets(st.text(max_size=6), max_size=6))
def test_what_a_word_is_made_of_is_known_or_the_word_itself(word: str, known: set[str]) -> None:
    found = parts_of(word, known)
    assert found == {word} or found <= known


def test_a_choice_made_by_hand_is_kept(wheel: Wheel) -> None:
    event = wheel.entries.get(kind="event")
    assert linked(draft("to uker før søknadsfristen", anchor=event, anchor_offset_days=-3), wheel) == (
        event.text, -3, "", "",
    )  # fmt: skip


def test_words_that_may_mean_several_entries_choose_none(wheel: Wheel, adviser: Any) -> None:
    make.entry(wheel, kind="deadline", ticks="none", text="Søknadsfrist master", when_words="1. mars", position=9)
    assert linked(draft("to uker før søknadsfristen"), wheel) == ("", 0, "", "to uker før søknadsfristen")
    assert linked(draft("to uker før søknadsfrist 1. mars"), wheel) == ("Søknadsfrist master", -14, "", "")
    read = adviser.get(READ, {"when_words": "to uker før søknadsfristen", "month": "4"}).context["read"]
    assert read.notes == (
        "Ordene kan bety flere punkter: «Søknadsfrist Samordna opptak», «Søknadsfrist master». "
        "Velg det rette lenger ned.",
    )
    assert read.warning == "Datoen for «to uker før søknadsfristen» er ikke kjent ennå."


def test_typed_in_the_form_it_is_found_told_and_followed(wheel: Wheel, adviser: Any, cast: Cast) -> None:
    read = adviser.get(READ, {"when_words": "to uker før søknadsfristen", "month": "4"}).context["read"]
    assert (read.text, read.notes) == (
        "tidligst 1.4., senest 1.4.2026",
        ("Følger «Søknadsfrist Samordna opptak», og flytter seg med det.",),
    )
    send(adviser, NEW, text="Ringe søkere", when_words="to uker før søknadsfristen")
    send(adviser, NEW, text="Lage liste", when_words="april", bound_words="før søknadsfristen")
    deadline = wheel.entries.get(text=DEADLINE)
    services.move(deadline.editions.get(year=2026), by=cast.adviser, words="22. april", today=TODAY, expected=1)
    due = {
        edition.entry.text: edition.due_on
        for entry in wheel.entries.filter(text__in=("Ringe søkere", "Lage liste"))
        for edition in entry.editions.filter(year=2026)
    }
    assert due == {"Ringe søkere": date(2026, 4, 8), "Lage liste": date(2026, 4, 21)}


def test_new_words_let_go_of_what_the_old_ones_named(wheel: Wheel, adviser: Any) -> None:
    send(adviser, NEW, text="Ringe søkere", when_words="to uker før søknadsfristen")
    entry = wheel.entries.get(text="Ringe søkere")
    address = f"/aarshjul/punkt/{entry.key}/endre/"
    send(adviser, address, when_words="en uke etter åpen dag")
    entry.refresh_from_db()
    assert (str(entry.anchor), entry.anchor_offset_days) == ("Åpen dag på campus", 7)
    send(adviser, address, when_words="før søknadsfristen")
    entry.refresh_from_db()
    assert (entry.anchor, entry.anchor_offset_days, str(entry.bound_entry)) == (None, 0, DEADLINE)
    send(adviser, address, when_words="mai")
    entry.refresh_from_db()
    assert (entry.anchor, entry.bound_words, entry.bound_entry) == (None, "", None)


def test_a_bound_of_so_many_weeks_counts_them_from_what_it_names(wheel: Wheel, adviser: Any) -> None:
    send(adviser, NEW, text="Lage liste", when_words="april", bound_words="to uker før søknadsfristen")
    made = wheel.entries.get(text="Lage liste")
    assert made.editions.get(year=2026).due_on == date(2026, 4, 1)


def test_a_ring_of_bounds_and_anchors_typed_as_words_is_refused(wheel: Wheel, adviser: Any) -> None:
    send(adviser, NEW, text="Trykke brosjyren", when_words="en uke etter åpen dag")
    send(adviser, NEW, text="Bestille plakat", when_words="mai", bound_words="før trykke brosjyren")
    event = wheel.entries.get(kind="event")
    page = send(adviser, f"/aarshjul/punkt/{event.key}/endre/", when_words="to dager etter bestille plakat")
    assert page.context["form"].errors.get("anchor") == [
        "Datoene henger på hverandre i ring: "
        "«Åpen dag på campus» → «Bestille plakat» → «Trykke brosjyren» → «Åpen dag på campus»."
    ]


def test_week_53_is_kept_and_its_stand_in_is_told(wheel: Wheel, adviser: Any) -> None:
    read = adviser.get(READ, {"when_words": "uke 53", "month": "12", "kind": "event"}).context["read"]
    assert (read.text, read.notes) == (
        "tidligst 28.12.2026, senest 3.1.2027",
        ("Uke 53 finnes ikke i 2027. Det året brukes uke 52.",),
    )
    send(adviser, NEW, text="Romjul", kind="event", ticks="none", when_words="uke 53")
    made = wheel.entries.get(text="Romjul")
    assert {row.year: (row.as_written, row.latest_on) for row in made.editions.all()} == {
        2026: ("uke 53", date(2027, 1, 3)),
        2027: ("uke 52", date(2028, 1, 2)),
    }


@pytest.mark.parametrize(
    ("words", "due"), [("29. februar", "28. februar"), ("femte mandag i mai", "siste mandag i mai")]
)
def test_a_day_that_some_years_lack(wheel: Wheel, adviser: Any, words: str, due: str) -> None:
    send(adviser, NEW, text="Skuddår", when_words=words)
    made = wheel.entries.get(text="Skuddår")
    assert {row.as_written for row in made.editions.all()} <= {words, due}


@pytest.mark.parametrize(
    ("words", "kind", "notes"),
    [
        ("17. mai", "task", ("Siste dag, 17.5.2026, er en søndag.",)),
        ("medio mai", "task", ()),
        ("uke 20", "task", ("Siste dag, 17.5.2026, er en søndag. Nærmeste arbeidsdag før er fredag 15.5.2026.",)),
        (
            "innen 14. mai",
            "task",
            ("Siste dag, 14.5.2026, er en helligdag. Nærmeste arbeidsdag før er onsdag 13.5.2026.",),
        ),
        ("17. mai", "deadline", ()),
        ("uke 20", "event", ()),
    ],
)
def test_a_last_day_that_is_no_working_day_is_pointed_out(
    wheel: Wheel, adviser: Any, words: str, kind: str, notes: tuple[str, ...]
) -> None:
    assert adviser.get(READ, {"when_words": words, "month": "5", "kind": kind}).context["read"].notes == notes


def test_the_page_of_an_entry_points_it_out_too(wheel: Wheel, adviser: Any, cast: Cast) -> None:
    entry = make.entry(wheel, cast.ihk, text="Rydde", when_words="uke 20", month=5, position=7)
    make.edition(entry, 2026)
    told = "Siste dag, 17.5.2026, er en søndag. Nærmeste arbeidsdag før er fredag 15.5.2026."
    assert told in adviser.get(entry.get_absolute_url()).content.decode()
    assert told in adviser.get(f"/aarshjul/punkt/{entry.key}/2026/").content.decode()


def test_the_preview_speaks_the_language_of_the_page(wheel: Wheel, adviser: Any, cast: Cast) -> None:
    cast.adviser.language = "en"
    cast.adviser.save()
    adviser.cookies["django_language"] = "en"
    read = adviser.get(
        READ, {"when_words": "tidligst 11.10., senest 20.10.2026", "month": "10"}, headers={"accept-language": "en"}
    ).context["read"]
    assert read.text == "earliest 11 October, latest 20 October 2026"


@given(words=st.text(max_size=60), bound=st.text(max_size=60))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_what_looks_for_names(words: str, bound: str) -> None:
    others = [Entry(pk=1, text="Søknadsfrist", kind="deadline", when_words="15. april", month=4)]
    link_named(draft(words, bound), others, year=2026)


def test_the_last_day_of_a_whole_year_is_nobodys_aim() -> None:
    entry, sunday = Entry(kind="task"), date(2028, 12, 31)
    window = {"earliest_on": date(2028, 1, 1), "latest_on": sunday, "due_on": sunday}
    assert day_off_words(Edition(entry=entry, precision="year", **window)) == ""
    assert "en søndag" in day_off_words(Edition(entry=entry, precision="months", **window))
