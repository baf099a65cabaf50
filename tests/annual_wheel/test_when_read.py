"""What the reader understands in bokmål, nynorsk and English, and what it says when it does not."""

from __future__ import annotations

import pytest

from annual_wheel.when import Code, Unreadable, read, write

YEAR = 2027

READABLE = {
    # days
    "15. april": "day 04-15 04-15",
    "15.april": "day 04-15 04-15",
    "15.4.": "day 04-15 04-15",
    "15.4": "day 04-15 04-15",
    "15.06.": "day 06-15 06-15",
    "15/4": "day 04-15 04-15",
    "15.4.27": "day 04-15 04-15",
    "15.4.2027": "day 04-15 04-15",
    "2027-04-15": "day 04-15 04-15",
    "1. februar 2027": "day 02-01 02-01",
    "den 15. april": "day 04-15 04-15",
    "torsdag 15. april": "day 04-15 04-15",
    "15. april kl. 12.00": "day 04-15 04-15",
    "15 April": "day 04-15 04-15",
    "første virkedag i mai": "day 05-03 05-03",
    "den siste arbeidsdagen i mars": "day 03-31 03-31",
    "andre virkedag i januar": "day 01-05 01-05",
    "first working day of May": "day 05-03 05-03",
    "mot slutten av mai": "part_of_month 05-21 05-31",
    "towards the end of May": "part_of_month 05-21 05-31",
    "April 15th, 2027": "day 04-15 04-15",
    "the 15th of April": "day 04-15 04-15",
    "frist 15. juni": "day 06-15 06-15",
    "innen 15. juni": "days 01-01 06-15",
    "innan 15. juni": "days 01-01 06-15",
    "senest 15.6.": "days 01-01 06-15",
    "no later than 15 June": "days 01-01 06-15",
    "by 15 June": "days 01-01 06-15",
    "til 15. juni": "days 01-01 06-15",
    "til og med 15. juni": "days 01-01 06-15",
    "fram til 15. juni": "days 01-01 06-15",
    "frem til påske": "days 01-01 03-29",
    "until 15 June": "days 01-01 06-15",
    "ut mai": "days 01-01 05-31",
    "fra 15. juni": "days 06-15 12-31",
    "frå 15. juni": "days 06-15 12-31",
    "fra og med uke 33": "days 08-16 12-31",
    "f.o.m. 15. juni": "days 06-15 12-31",
    "tidligst 15.6.": "days 06-15 12-31",
    "from 15 June": "days 06-15 12-31",
    "etter 15. juni": "days 06-16 12-31",
    "tidligst 11.10., senest 20.10.2027": "days 10-11 10-20",
    "tidlegast 11.10., seinast 20.10.2027": "days 10-11 10-20",
    "earliest 11 October, latest 20 October 2027": "days 10-11 10-20",
    "månedsskiftet august/september": "part_of_month 08-21 09-10",
    "ved månadsskiftet august/september": "part_of_month 08-21 09-10",
    "turn of the month August/September": "part_of_month 08-21 09-10",
    "tidlig på høsten": "month 09-01 09-30",
    "tidleg på hausten": "month 09-01 09-30",
    "early autumn": "month 09-01 09-30",
    "midt på sommeren": "month 07-01 07-31",
    "sein haust": "month 11-01 11-30",
    "late in the spring": "month 05-01 05-31",
    "midt på vinteren": "days 01-16 02-15",
    "tidlig i vårsemesteret": "months 01-01 02-28",
    "midt i høstsemesteret": "month 10-01 10-31",
    "slutten av høstsemesteret": "months 11-01 12-31",
    "frist 15. februar": "day 02-15 02-15",
    "Søknadsfrist Samordna opptak: 15. april": "day 04-15 04-15",
    "første mandag i mars": "day 03-01 03-01",
    "fyrste måndag i mars": "day 03-01 03-01",
    "first Monday in March": "day 03-01 03-01",
    "siste fredag i april": "day 04-30 04-30",
    "nest siste fredag i april": "day 04-23 04-23",
    "femte mandag i mars": "day 03-29 03-29",
    "mandag i uke 33": "day 08-16 08-16",
    "skjærtorsdag": "day 03-25 03-25",
    "Easter Monday": "day 03-29 03-29",
    "to uker før 15. april": "day 04-01 04-01",
    "14 dager etter 15. april": "day 04-29 04-29",
    "dagen før 17. mai": "day 05-16 05-16",
    # holidays
    "1. pinsedag": "day 05-16 05-16",
    "andre pinsedag": "day 05-17 05-17",
    "Whit Monday": "day 05-17 05-17",
    "pinseaftan": "day 05-15 05-15",
    "fyrste påskedag": "day 03-28 03-28",
    "andre juledag": "day 12-26 12-26",
    "Boxing Day": "day 12-26 12-26",
    "romjula": "days 12-27 12-31",
    "mellom jul og nyttår": "days 12-27 12-31",
    "nyttårsdag": "day 01-01 01-01",
    "New Year's Day": "day 01-01 01-01",
    "grunnlovsdagen": "day 05-17 05-17",
    "Constitution Day": "day 05-17 05-17",
    "sankthans": "days 06-23 06-24",
    "etter påske": "days 03-30 12-31",
    "etter påskeferien": "days 03-30 12-31",
    "rett etter påske": "days 03-30 12-31",
    "after Easter": "days 03-30 12-31",
    "før 17. mai": "days 01-01 05-16",
    "før grunnlovsdagen": "days 01-01 05-16",
    "uka før jul": "week 12-13 12-19",
    "veka før jul": "week 12-13 12-19",
    "the week before Christmas": "week 12-13 12-19",
    "uka etter påske": "week 03-29 04-04",
    "i uka etter påske": "week 03-29 04-04",
    "andre uke etter påske": "week 04-05 04-11",
    "uken etter pinse": "week 05-17 05-23",
    "uka etter 17. mai": "week 05-24 05-30",
    "første uke etter nyttår": "week 01-04 01-10",
    "fyrste veka etter nyttår": "week 01-04 01-10",
    "first week after New Year": "week 01-04 01-10",
    "to uker etter nyttår": "day 01-15 01-15",
    "etter nyttår": "days 01-02 12-31",
    "før nyttår": "year 01-01 12-31",
    "fra nyttår": "year 01-01 12-31",
    "fram til nyttår": "year 01-01 12-31",
    "mellom påske og pinse": "days 03-30 05-14",
    "between Easter and Whitsun": "days 03-30 05-14",
    "fra påske til pinse": "days 03-22 05-17",
    # what each place sets the days of
    "høstferien": "week 10-04 10-17",
    "i haustferien": "week 10-04 10-17",
    "the autumn break": "week 10-04 10-17",
    "i vinterferien": "week 02-22 03-07",
    "ved studiestart": "month 08-01 08-31",
    "studiestart våren": "month 01-01 01-31",
    "ved studieårets start": "month 08-01 08-31",
    "ved semesterstart i januar": "month 01-01 01-31",
    "ved semesterstart om høsten": "month 08-01 08-31",
    "høstsemesterstart": "month 08-01 08-31",
    "vårens semesterstart": "month 01-01 01-31",
    "ved vårsemesterets start": "month 01-01 01-31",
    "ved starten av høstsemesteret": "months 08-01 09-30",
    "ved semesterslutt i juni": "month 06-01 06-30",
    "semesterslutten i desember": "month 12-01 12-31",
    "semesterslutt om våren": "month 06-01 06-30",
    "høstsemesterslutt": "month 12-01 12-31",
    "vårens semesterslutt": "month 06-01 06-30",
    "ved haustsemesterets slutt": "month 12-01 12-31",
    "at the semester end in June": "month 06-01 06-30",
    "ved slutten av høstsemesteret": "months 11-01 12-31",
    "ved utgangen av mai": "part_of_month 05-21 05-31",
    "ved påske": "days 03-22 03-29",
    "uka før høstferien": "year 01-01 12-31",
    "før semesterstart": "year 01-01 12-31",
    "før semesterslutt": "year 01-01 12-31",
    "fra semesterstart i august til semesterslutt i desember": "months 08-01 12-31",
    "fra påske til semesterslutt i juni": "days 03-22 06-30",
    "fra semesterstart i august til jul": "days 08-01 12-26",
    "fra studiestart til jul": "days 08-01 12-26",
    "frå semesterstart i januar til påske": "days 01-01 03-29",
    "from the start of the autumn semester until Christmas": "days 08-01 12-26",
    "mellom høstferien og jul": "days 10-04 12-26",
    "semesterstart i august–oktober": "months 08-01 10-31",
    "tidligst semesterstart i august, senest jul": "days 08-01 12-26",
    # nearly
    "ca. 15. oktober": "days 10-12 10-18",
    "ca 15.10.": "days 10-12 10-18",
    "rundt 15. oktober": "days 10-12 10-18",
    "omkring 15. oktober": "days 10-12 10-18",
    "kring 15. oktober": "days 10-12 10-18",
    "om lag 15. oktober": "days 10-12 10-18",
    "around 15 October": "days 10-12 10-18",
    "i ca. uke 42": "week 10-11 10-31",
    "rundt påske": "days 03-19 04-01",
    "ca. 3.–5. mai": "days 04-30 05-08",
    "ca. to uker før 15. april": "days 03-29 04-04",
    "rundt medio oktober": "part_of_month 10-11 10-20",
    "about October": "month 10-01 10-31",
    "rundt 1. januar": "days 01-01 01-04",
    # quarters
    "1. kvartal": "months 01-01 03-31",
    "Q1": "months 01-01 03-31",
    "Q3 2027": "months 07-01 09-30",
    "andre kvartal": "months 04-01 06-30",
    "second quarter": "months 04-01 06-30",
    "the 2nd quarter": "months 04-01 06-30",
    "siste kvartal": "months 10-01 12-31",
    "1.–2. kvartal": "months 01-01 06-30",
    "Q1–Q2": "months 01-01 06-30",
    "første og andre kvartal": "months 01-01 06-30",
    "slutten av 2. kvartal": "month 06-01 06-30",
    "early in the third quarter": "month 07-01 07-31",
    "innen Q2": "days 01-01 06-30",
    "første halvår": "months 01-01 06-30",
    "fyrste halvår": "months 01-01 06-30",
    "andre halvår": "months 07-01 12-31",
    "H2": "months 07-01 12-31",
    "first half of 2027": "months 01-01 06-30",
    "the second half of the year": "months 07-01 12-31",
    "like over nyttår": "days 01-02 12-31",
    "uke 33 eller 34": "week 08-16 08-29",
    "15. eller 16. mai": "days 05-15 05-16",
    "mai eller juni": "months 05-01 06-30",
    "at the end of March": "part_of_month 03-21 03-31",
    # ranges of days
    "3.–5. mai": "days 05-03 05-05",
    "3. - 5. mai": "days 05-03 05-05",
    "28. april – 3. mai": "days 04-28 05-03",
    "3.5.–5.5.": "days 05-03 05-05",
    "3.–5.5.": "days 05-03 05-05",
    "fra 3. til 5. mai": "days 05-03 05-05",
    "mellom 3. og 5. mai": "days 05-03 05-05",
    "May 3–5": "days 05-03 05-05",
    "from 3 to 5 May": "days 05-03 05-05",
    "2027-05-03 – 2027-05-05": "days 05-03 05-05",
    "3. mai 2027 – 5. mai 2027": "days 05-03 05-05",
    "siste halvdel av mai": "days 05-16 05-31",
    "påske": "days 03-22 03-29",
    # weeks
    "uke 33": "week 08-16 08-22",
    "i uke 33": "week 08-16 08-22",
    "Uke 33, 2027": "week 08-16 08-22",
    "veke 33": "week 08-16 08-22",
    "week 33": "week 08-16 08-22",
    "2027-W33": "week 08-16 08-22",
    "uke 33–34": "week 08-16 08-29",
    "veke 33 og 34": "week 08-16 08-29",
    "uke 33/34": "week 08-16 08-29",
    "første uke i mai": "week 05-03 05-09",
    "siste uke før påske": "week 03-15 03-21",
    "siste veke før påske": "week 03-15 03-21",
    "last week before Easter": "week 03-15 03-21",
    # parts of a month
    "medio oktober": "part_of_month 10-11 10-20",
    "primo oktober": "part_of_month 10-01 10-10",
    "ultimo februar": "part_of_month 02-21 02-28",
    "slutten av oktober": "part_of_month 10-21 10-31",
    "tidlig i mai": "part_of_month 05-01 05-10",
    "tidleg i mai": "part_of_month 05-01 05-10",
    "begynnelsen av mai": "part_of_month 05-01 05-10",
    "byrjinga av mai": "part_of_month 05-01 05-10",
    "midten av mai": "part_of_month 05-11 05-20",
    "sent i mai": "part_of_month 05-21 05-31",
    "mid-October": "part_of_month 10-11 10-20",
    "early in May": "part_of_month 05-01 05-10",
    "the end of October": "part_of_month 10-21 10-31",
    "medio mai – medio juni": "part_of_month 05-11 06-20",
    # months, seasons, the year
    "mars": "month 03-01 03-31",
    "i mars": "month 03-01 03-31",
    "i løpet av mars": "month 03-01 03-31",
    "okt.": "month 10-01 10-31",
    "mai/juni": "months 05-01 06-30",
    "mai–juni": "months 05-01 06-30",
    "May/June": "months 05-01 06-30",
    "vår": "season 03-01 05-31",
    "Våren 2027": "season 03-01 05-31",
    "sommar": "season 06-01 08-31",
    "til høsten": "season 09-01 11-30",
    "haust": "season 09-01 11-30",
    "vinter": "season 01-01 02-28",
    "vårsemesteret": "season 01-01 06-30",
    "høstsemesteret": "season 08-01 12-31",
    "haustsemesteret": "season 08-01 12-31",
    "autumn semester": "season 08-01 12-31",
    "hele året": "year 01-01 12-31",
    "heile året": "year 01-01 12-31",
    "all year": "year 01-01 12-31",
    "2027": "year 01-01 12-31",
    "trenger ikke skje i januar": "year 01-01 12-31",
    "treng ikkje skje i januar": "year 01-01 12-31",
    "need not happen in January": "year 01-01 12-31",
    "tidsrom varierer fra program til program": "year 01-01 12-31",
    "varies by programme": "year 01-01 12-31",
    # bounded
    "i forkant av søknadsfrist 15. april": "days 01-01 04-14",
    "mai, før 20. mai": "month 05-01 05-19",
    "mai, innen 20. mai": "month 05-01 05-20",
    "mai etter 20. mai": "month 05-21 05-31",
    "før svarfristen": "year 01-01 12-31",
    "to uker før søknadsfristen": "year 01-01 12-31",
    # what comes back every year
    "hvert år i mars": "month 03-01 03-31",
    "1. juni hvert år": "day 06-01 06-01",
    "innen 1. juni hvert år": "days 01-01 06-01",
    "årlig": "year 01-01 12-31",
    "kvart år": "year 01-01 12-31",
    "hver høst": "season 09-01 11-30",
    "every spring": "season 03-01 05-31",
    "hele august": "month 08-01 08-31",
    # spelling and signs
    "MEDIO OKTOBER": "part_of_month 10-11 10-20",
    "  medio \t oktober\n": "part_of_month 10-11 10-20",
    "uke 33—34": "week 08-16 08-29",
    "uke 33 ‑ 34": "week 08-16 08-29",
    "uke 33--34": "week 08-16 08-29",
    "mai−juni": "months 05-01 06-30",
    "juni....": "month 06-01 06-30",
    "15．４．": "day 04-15 04-15",
    "va\u030ar": "season 03-01 05-31",
    "15.\u00a0april": "day 04-15 04-15",
    "ap\u00adril": "month 04-01 04-30",
}
ONGOING = {
    "løpende": "year 01-01 12-31",
    "Løpende:": "year 01-01 12-31",
    "løpande": "year 01-01 12-31",
    "ongoing": "year 01-01 12-31",
    "hver måned": "year 01-01 12-31",
    "hvert semester": "year 01-01 12-31",
    "to ganger i året": "year 01-01 12-31",
    "twice a year": "year 01-01 12-31",
    "ved hver semesterstart": "year 01-01 12-31",
    "ved hver semesterslutt": "year 01-01 12-31",
    "kvartalsvis": "year 01-01 12-31",
    "ved behov": "year 01-01 12-31",
    "as needed": "year 01-01 12-31",
    "annankvar månad": "year 01-01 12-31",
    "regularly": "year 01-01 12-31",
    "løpende hele året": "year 01-01 12-31",
    "løpende i januar": "month 01-01 01-31",
    "ongoing in January": "month 01-01 01-31",
    "løpende mai–juni": "months 05-01 06-30",
    "løpende, før svarfristen": "year 01-01 12-31",
}
UNREADABLE = [
    ("medio oktobr", Code.UNKNOWN, "medio oktober"),
    ("mei", Code.UNKNOWN, "mai"),
    ("vek 33", Code.UNKNOWN, "veke 33"),
    ("rundt før påske", Code.UNKNOWN, "før påske"),
    ("5. kvartal", Code.UNKNOWN, "4. kvartal"),
    ("tredje halvår", Code.UNKNOWN, "andre halvår"),
    ("0. kvartal", Code.UNKNOWN, "1. kvartal"),
    ("4.–1. kvartal", Code.UNKNOWN, "4. kvartal"),
    ("andre kvartall", Code.UNKNOWN, "andre kvartal"),
    ("juleferien", Code.UNKNOWN, "julen"),
    ("pinsa fest", Code.UNKNOWN, "pinsa"),
    ("månedsskiftet mai/august", Code.UNKNOWN, "månedsskiftet mai/juni"),
    ("20. desember 2027 – 10. januar 2029", Code.WRONG_YEAR, "20. desember 2027 - 10. januar 2027"),
    ("10. mai 2027 – 3. juni 2028", Code.WRONG_YEAR, "10. mai 2027 - 3. juni 2027"),
    ("før 15. aprli", Code.UNKNOWN, "før 15. april"),
    ("en måned før påske", Code.UNKNOWN, "4 uker før påske"),
    ("før svarfristen, før påske", Code.UNKNOWN, "påske"),
    ("hei på deg", Code.UNKNOWN, None),
    ("uke", Code.UNKNOWN, None),
    ("svarfristen", Code.UNKNOWN, "før svarfristen"),
    ("application deadline", Code.UNKNOWN, "before application deadline"),
    ("", Code.EMPTY, None),
    (" \n ", Code.EMPTY, None),
    ("...", Code.EMPTY, None),
    ("x" * 100_000, Code.TOO_LONG, None),
    ("1. februar 2021", Code.WRONG_YEAR, "1. februar 2027"),
    ("2021-02-01", Code.WRONG_YEAR, "2027-02-01"),
    ("15.4.26", Code.WRONG_YEAR, "15.4."),
    ("våren 2028", Code.WRONG_YEAR, "våren 2027"),
    ("fredag 15. april", Code.WRONG_WEEKDAY, "15. april"),
    ("32. januar", Code.NO_SUCH_DAY, "31. januar"),
    ("31.4.", Code.NO_SUCH_DAY, "30. april"),
    ("29. februar", Code.NO_SUCH_DAY, "28. februar"),
    ("0.4.", Code.NO_SUCH_DAY, "1. april"),
    ("3.–33. mai", Code.NO_SUCH_DAY, "31. mai"),
    ("før 32. april", Code.NO_SUCH_DAY, "30. april"),
    ("femte mandag i april", Code.NO_SUCH_DAY, "siste mandag i april"),
    ("15.13.", Code.NO_SUCH_MONTH, "15. desember"),
    ("4/15", Code.NO_SUCH_MONTH, "15. april"),
    ("uke 54", Code.NO_SUCH_WEEK, "uke 52"),
    ("uke 53", Code.NO_SUCH_WEEK, "uke 52"),
    ("uke 0", Code.NO_SUCH_WEEK, "uke 1"),
    ("5.–3. mai", Code.BACKWARDS, "5. mai"),
    ("juni–mai", Code.BACKWARDS, "juni"),
    ("28. oktober – 3. januar", Code.BACKWARDS, "28. oktober"),
    ("uke 40–1", Code.BACKWARDS, "uke 40"),
    ("primo", Code.NEEDS_MONTH, "primo januar"),
    ("ved semesterstart", Code.NEEDS_MONTH, "semesterstart i august"),
    ("at the beginning of the semester", Code.NEEDS_MONTH, "semesterstart i august"),
    ("fra semesterstart til jul", Code.NEEDS_MONTH, "fra semesterstart i august til jul"),
    ("from the beginning of term until Christmas", Code.NEEDS_MONTH, "from semesterstart i august until christmas"),
    ("mellom semesterstart og påske", Code.NEEDS_MONTH, "mellom semesterstart i januar og påske"),
    ("fra påske til semesterstart", Code.NEEDS_MONTH, "fra påske til semesterstart i august"),
    ("ved semesterslutt", Code.NEEDS_MONTH, "semesterslutt i desember"),
    ("ved semesterets slutt", Code.NEEDS_MONTH, "semesterslutt i desember"),
    ("at the end of term", Code.NEEDS_MONTH, "semesterslutt i desember"),
    ("at the end of the semester", Code.NEEDS_MONTH, "semesterslutt i desember"),
    ("fra påske til semesterslutt", Code.NEEDS_MONTH, "fra påske til semesterslutt i juni"),
    ("fra august til semesterslutt", Code.NEEDS_MONTH, "fra august til semesterslutt i desember"),
    ("fra semesterslutt til august", Code.NEEDS_MONTH, "fra semesterslutt i juni til august"),
    ("slutten av", Code.NEEDS_MONTH, "ultimo januar"),
    ("15.", Code.NEEDS_MONTH, "15. januar"),
]


def in_short(words: str, year: int = YEAR, month: int | None = None) -> str:
    window = read(words, year, month=month)
    assert window.earliest.year == window.latest.year == year
    return f"{window.precision} {window.earliest:%m-%d} {window.latest:%m-%d}"


@pytest.mark.parametrize(("words", "expected"), READABLE.items())
def test_dates_as_people_write_them(words: str, expected: str) -> None:
    assert in_short(words) == expected
    assert not read(words, YEAR).is_ongoing


@pytest.mark.parametrize(("words", "expected"), ONGOING.items())
def test_what_goes_on(words: str, expected: str) -> None:
    assert in_short(words) == expected
    assert read(words, YEAR).is_ongoing


@pytest.mark.parametrize(("words", "code", "nearest"), UNREADABLE)
def test_what_cannot_be_read_is_said_with_the_nearest_that_can(words: str, code: Code, nearest: str | None) -> None:
    with pytest.raises(Unreadable) as caught:
        read(words, YEAR)

    assert (caught.value.code, caught.value.nearest) == (code, nearest)
    if nearest:
        read(nearest, YEAR)


def test_an_error_keeps_the_words_but_not_a_whole_book() -> None:
    with pytest.raises(Unreadable) as caught:
        read("  hei   på deg ", YEAR)
    assert caught.value.words == "hei på deg"
    with pytest.raises(Unreadable) as caught:
        read("a" * 5000, YEAR)
    assert caught.value.words == "a" * 200


def test_words_are_kept_with_single_spaces_and_without_what_cannot_be_seen() -> None:
    assert read("  Medio \n oktober:\u200b ", YEAR).as_written == "Medio oktober:"


@pytest.mark.parametrize(
    ("words", "month", "expected"),
    [
        ("primo", 3, "part_of_month 03-01 03-10"),
        ("medio", 3, "part_of_month 03-11 03-20"),
        ("ultimo", 2, "part_of_month 02-21 02-28"),
        ("slutten av måneden", 2, "part_of_month 02-21 02-28"),
        ("15.", 4, "day 04-15 04-15"),
        ("3.–5.", 4, "days 04-03 04-05"),
        ("løpende", 8, "year 01-01 12-31"),
        ("før svarfristen", 5, "month 05-01 05-31"),
        ("i forkant av søknadsfrist 15. april", 4, "month 04-01 04-14"),
        ("i forkant av søknadsfrist 15. april", 5, "day 04-14 04-14"),
        ("uke 33", 1, "week 08-16 08-22"),
        ("fra semesterstart til jul", 9, "days 08-01 12-26"),
        ("fra semesterstart til jul", 1, "days 01-01 12-26"),
        ("semesterslutt", 6, "month 06-01 06-30"),
        ("semesterslutt", 11, "month 12-01 12-31"),
    ],
)
def test_the_month_heading_fills_in_what_the_words_leave_out(words: str, month: int, expected: str) -> None:
    assert in_short(words, month=month) == expected


def test_the_month_heading_alone() -> None:
    window = read("", YEAR, month=2)
    assert (window.as_written, in_short("", month=2)) == ("februar", "month 02-01 02-28")


@pytest.mark.parametrize("year", [-1, 0, 1899, 2201, 10_000])
def test_a_year_out_of_reach(year: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read("uke 1", year)
    assert caught.value.code is Code.YEAR_OUT_OF_RANGE
    assert caught.value.params == {"year": year, "first": 1900, "last": 2200}


@pytest.mark.parametrize("month", [0, 13])
def test_a_heading_that_is_no_month_is_a_programming_error(month: int) -> None:
    with pytest.raises(ValueError, match="month must be 1-12"):
        read("primo", YEAR, month=month)


def test_leap_days() -> None:
    assert in_short("29. februar", 2028) == "day 02-29 02-29"
    assert in_short("ultimo februar", 2028) == "part_of_month 02-21 02-29"
    assert in_short("vinter", 2028) == "season 01-01 02-29"


def test_weeks_at_the_turn_of_the_year_belong_to_the_iso_year() -> None:
    week_1, week_53 = read("uke 1", 2026), read("uke 53", 2026)
    assert [str(day) for day in (week_1.earliest, week_1.latest)] == ["2025-12-29", "2026-01-04"]
    assert [str(day) for day in (week_53.earliest, week_53.latest)] == ["2026-12-28", "2027-01-03"]
    # 1 January 2027 is in week 53 of 2026, 1 January 2022 in week 52 of 2021.
    assert str(read("uke 1", 2027).earliest) == "2027-01-04"
    assert str(read("uke 1", 2022).earliest) == "2022-01-03"


def test_an_anchored_day_may_lie_in_the_year_before() -> None:
    assert str(read("to uker før 5. januar", YEAR).latest) == "2026-12-22"


@pytest.mark.parametrize(
    ("words", "precision", "earliest", "latest"),
    [
        ("20. desember–10. januar", "days", "2027-12-20", "2028-01-10"),
        ("20.12. til 10.1.", "days", "2027-12-20", "2028-01-10"),
        ("20. desember 2027 – 10. januar 2028", "days", "2027-12-20", "2028-01-10"),
        ("20.12.2027–10.1.2028", "days", "2027-12-20", "2028-01-10"),
        ("from 20 December to 10 January", "days", "2027-12-20", "2028-01-10"),
        ("desember/januar", "months", "2027-12-01", "2028-01-31"),
        ("ultimo november – primo februar", "part_of_month", "2027-11-21", "2028-02-10"),
        ("november til februar", "months", "2027-11-01", "2028-02-29"),
        ("uke 51–2", "week", "2027-12-20", "2028-01-16"),
        ("ved årsskiftet", "part_of_month", "2027-12-21", "2028-01-10"),
        ("månedsskiftet desember/januar", "part_of_month", "2027-12-21", "2028-01-10"),
    ],
)
def test_a_span_over_new_year_begins_in_the_year(words: str, precision: str, earliest: str, latest: str) -> None:
    window = read(words, YEAR)
    assert (window.precision, window.earliest.isoformat(), window.latest.isoformat()) == (precision, earliest, latest)
    again = read(write(window), window.year)
    assert (again.precision, again.earliest, again.latest) == (window.precision, window.earliest, window.latest)


@pytest.mark.parametrize(
    ("words", "month", "expected"),
    [
        ("innen 15. april", 4, "month 04-01 04-15"),
        ("innen 15. april", 2, "days 02-01 04-15"),
        ("innen 15. april", 6, "days 01-01 04-15"),
        ("fra 15. april", 4, "month 04-15 04-30"),
        ("fra 15. april", 2, "days 04-15 12-31"),
        ("etter 1. mai", 5, "month 05-02 05-31"),
        ("etter 1. mai", 3, "days 05-02 12-31"),
    ],
)
def test_an_open_span_takes_its_other_end_from_the_heading(words: str, month: int, expected: str) -> None:
    """In the heading's own month; work to be done by a later day begins with that month; else the year ends it."""
    assert in_short(words, YEAR, month) == expected
