"""Windows in words, what is wrong in words, working days, and the command."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import translation

from annual_wheel.when import (
    AnchorCircle,
    Code,
    Unreadable,
    bound_window,
    describe,
    limits,
    read,
    working_day_hint,
    write,
)
from annual_wheel.when_words import MESSAGES, explain

YEAR = 2027


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("15.4.", "15. april"),
        ("3.5.-5.5.", "3.–5. mai"),
        ("28 April to 3 May", "28. april – 3. mai"),
        ("week 33", "uke 33"),
        ("veke 33/34", "uke 33–34"),
        ("slutten av oktober", "ultimo oktober"),
        ("early in May", "primo mai"),
        ("mid-May to mid-June", "medio mai – medio juni"),
        ("i mars", "mars"),
        ("May/June", "mai–juni"),
        ("Våren 2027", "vår"),
        ("autumn semester", "høstsemesteret"),
        ("varies", "hele året"),
        ("Løpende:", "løpende"),
        ("ongoing in January", "løpende i januar"),
        ("mai, før svarfristen", "mai, før svarfristen"),
        ("i forkant av søknadsfrist 15. april", "hele året, i forkant av søknadsfrist 15. april"),
    ],
)
def test_canonical_words(words: str, canonical: str) -> None:
    assert write(read(words, YEAR)) == canonical


@pytest.mark.parametrize(
    ("words", "bokmål", "nynorsk", "english"),
    [
        ("15.4.", "15. april 2027", "15. april 2027", "15 April 2027"),
        ("3.–5. mai", "3.–5. mai 2027", "3.–5. mai 2027", "3–5 May 2027"),
        ("28.4.–3.5.", "28. april – 3. mai 2027", "28. april – 3. mai 2027", "28 April – 3 May 2027"),
        ("uke 33", "uke 33 (16.–22. august 2027)", "veke 33 (16.–22. august 2027)", "week 33 (16–22 August 2027)"),
        ("medio oktober", "11.–20. oktober 2027", "11.–20. oktober 2027", "11–20 October 2027"),
        ("oktober", "oktober 2027", "oktober 2027", "October 2027"),
        ("mai/juni", "mai–juni 2027", "mai–juni 2027", "May–June 2027"),
        (
            "høst",
            "høsten 2027 (september–november)",
            "hausten 2027 (september–november)",
            "autumn 2027 (September–November)",
        ),
        ("hele året", "hele 2027", "heile 2027", "all of 2027"),
        ("løpende", "løpende, hele 2027", "løpande, heile 2027", "ongoing, all of 2027"),
        ("april, før 15. april", "1.–14. april 2027", "1.–14. april 2027", "1–14 April 2027"),
        ("mai, før svarfristen", "mai 2027, før svarfristen", "mai 2027, før svarfristen", "May 2027, før svarfristen"),
    ],
)
def test_described_as_people_write_dates(words: str, bokmål: str, nynorsk: str, english: str) -> None:
    window = read(words, YEAR)
    assert [describe(window, language) for language in ("nb", "nn", "en")] == [bokmål, nynorsk, english]


def test_a_week_over_new_year_names_both_years() -> None:
    assert describe(read("uke 53", 2026)) == "uke 53 (28. desember 2026 – 3. januar 2027)"
    assert limits(read("uke 53", 2026)) == "tidligst 28.12.2026, senest 3.1.2027"


def test_limits_shown_while_a_date_is_typed() -> None:
    window = read("medio oktober", YEAR)
    assert limits(window) == "tidligst 11.10., senest 20.10.2027"
    assert limits(window, "nn") == "tidlegast 11.10., seinast 20.10.2027"
    assert limits(window, "en") == "earliest 11 October, latest 20 October 2027"


def test_a_window_cut_by_two_bounds_is_written_by_its_days() -> None:
    window = bound_window(read("april, etter 3. april", YEAR), dt.date(2027, 4, 15))
    again = read(write(window), YEAR)
    assert (write(window), again.earliest, again.latest) == ("4.–14. april", window.earliest, window.latest)


@pytest.mark.parametrize(
    ("day", "hint"),
    [
        ("2027-04-15", None),
        ("2027-04-17", "2027-04-16"),
        ("2027-04-18", "2027-04-16"),
        ("2027-03-29", "2027-03-24"),  # Easter Monday: back over the weekend, Good Friday and Maundy Thursday
        ("2027-05-17", "2027-05-14"),
        ("2027-01-01", "2026-12-31"),
        ("2026-12-25", "2026-12-24"),
    ],
)
def test_the_working_day_before(day: str, hint: str | None) -> None:
    found = working_day_hint(dt.date.fromisoformat(day))
    assert (found.isoformat() if found else None) == hint


@pytest.mark.parametrize(
    ("words", "year", "text"),
    [
        ("", YEAR, "Skriv en dato, for eksempel «medio oktober», «uke 33» eller «15.4.»."),
        ("x" * 201, YEAR, "Teksten er for lang. En dato kan ha høyst 200 tegn."),
        ("medio oktobr", YEAR, "«medio oktobr» kan ikke leses som en dato. Mente du «medio oktober»?"),
        ("100 %", YEAR, "«100 %» kan ikke leses som en dato."),
        ("15.4.2026", YEAR, "Du har skrevet 2026, men datoen skal gjelde 2027. Mente du «15.4.2027»?"),
        ("mai", 1066, "Året må være mellom 1900 og 2200, ikke 1066."),
        (
            "fredag 15. april",
            YEAR,
            "Ukedagen i «fredag 15. april» stemmer ikke: 15. april 2027 er en torsdag. Mente du «15. april»?",
        ),
        ("29. februar", YEAR, "«29. februar» finnes ikke i 2027. Mente du «28. februar»?"),
        ("15.13.", YEAR, "Måned 13 finnes ikke. Mente du «15. desember»?"),
        ("uke 53", YEAR, "Uke 53 finnes ikke i 2027, som har 52 uker. Mente du «uke 52»?"),
        ("juni–mai", YEAR, "«juni–mai» slutter før det begynner. Start og slutt må ligge i samme år. Mente du «juni»?"),
        ("primo", YEAR, "Skriv hvilken måned «primo» gjelder. Mente du «primo januar»?"),
    ],
)
def test_what_is_wrong_is_explained(words: str, year: int, text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(words, year)
    with translation.override("nb"):
        assert explain(caught.value) == text


def test_a_circle_is_explained() -> None:
    with translation.override("nb"):
        assert explain(AnchorCircle(("a", "b", "a"))) == "Datoene henger på hverandre i ring: a → b → a."


def test_every_code_has_a_message() -> None:
    assert set(MESSAGES) == set(Code)


def test_the_command_prints_the_window(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_date", "medio oktober", "--year", "2027")
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "as_written": "medio oktober",
        "precision": "part_of_month",
        "earliest": "2027-10-11",
        "latest": "2027-10-20",
    }
    assert err == ""


def test_the_command_takes_a_month_heading(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_date", "primo", "--year", "2027", "--month", "3")
    assert json.loads(capsys.readouterr().out)["latest"] == "2027-03-10"


def test_the_command_warns_of_a_bound_nobody_knows_the_date_of(capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("nb"):
        call_command("read_date", "mai, før svarfristen", "--year", "2027", "--no-color")
    out, err = capsys.readouterr()
    assert json.loads(out)["latest"] == "2027-05-31"
    assert err == "Datoen for «svarfristen» er ikke kjent.\n"


def test_the_command_says_what_it_could_not_read_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("nb"), pytest.raises(SystemExit) as caught:
        call_command("read_date", "medio oktobr", "--year", "2027", "--no-color")
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (1, "")
    assert err == "«medio oktobr» kan ikke leses som en dato. Mente du «medio oktober»?\n"
