"""The words dates are made of, in bokmål, nynorsk and English, all in lower case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .window import Relation

MONTH_NAMES = (
    [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des"],
    ["jan", "febr", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"],
)
MONTHS = {name: number for names in MONTH_NAMES for number, name in enumerate(names, 1)}

WEEKDAY_NAMES = (
    ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"],
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
)
WEEKDAYS = {name: number for names in WEEKDAY_NAMES for number, name in enumerate(names)}

# A negative place counts from the end of the month.
PLACES = {
    **dict.fromkeys(("første", "fyrste", "first", "1st", "1.", "1"), 1),
    **dict.fromkeys(("andre", "annen", "second", "2nd", "2.", "2"), 2),
    **dict.fromkeys(("tredje", "third", "3rd", "3.", "3"), 3),
    **dict.fromkeys(("fjerde", "fourth", "4th", "4.", "4"), 4),
    **dict.fromkeys(("femte", "fifth", "5th", "5.", "5"), 5),
    **dict.fromkeys(("siste", "last"), -1),
    **dict.fromkeys(("nest siste", "second last"), -2),
}

PARTS = {
    **dict.fromkeys(("primo", "tidlig", "tidleg", "begynnelsen", "byrjinga", "starten", "først"), 0),
    **dict.fromkeys(("early", "beginning", "start"), 0),
    **dict.fromkeys(("medio", "midten", "midt", "mid", "middle"), 1),
    **dict.fromkeys(("ultimo", "slutten", "sent", "seint", "sen", "sein", "utgangen", "late", "end"), 2),
}

# First and last month. Winter is the winter the year begins in, since a window stays inside its year.
SEASONS = {
    **dict.fromkeys(("vår", "våren", "spring"), (3, 5)),
    **dict.fromkeys(("sommer", "sommeren", "sommar", "sommaren", "summer"), (6, 8)),
    **dict.fromkeys(("høst", "høsten", "haust", "hausten", "autumn", "fall"), (9, 11)),
    **dict.fromkeys(("vinter", "vinteren", "winter"), (1, 2)),
    **dict.fromkeys(("vårsemester", "vårsemesteret", "spring semester", "spring term"), (1, 6)),
    **dict.fromkeys(("høstsemester", "høstsemesteret", "haustsemester", "haustsemesteret"), (8, 12)),
    **dict.fromkeys(("autumn semester", "autumn term", "fall semester"), (8, 12)),
}

# The last days of one month and the first of the next.
TURNS = ["månedsskiftet", "månedsskifte", "månadsskiftet", "månadsskifte", "turn of the month", "turn of the months"]
YEAR_TURNS = ["årsskiftet", "årsskifte", "turn of the year", "nyttår", "new year"]

# Days from Easter Sunday, first and last. Easter as a whole is Holy Week and Easter Monday.
EASTER_DAYS = {
    **dict.fromkeys(("påske", "påsken", "påska", "easter"), (-6, 1)),
    **dict.fromkeys(("påskeuka", "påskeuken", "påskeveka", "holy week"), (-6, 0)),
    **dict.fromkeys(("palmesøndag", "palm sunday"), (-7, -7)),
    **dict.fromkeys(("skjærtorsdag", "maundy thursday"), (-3, -3)),
    **dict.fromkeys(("langfredag", "good friday"), (-2, -2)),
    "påskeaften": (-1, -1),
    **dict.fromkeys(("påskedag", "første påskedag", "fyrste påskedag", "1. påskedag"), (0, 0)),
    **dict.fromkeys(("easter sunday", "easter day"), (0, 0)),
    **dict.fromkeys(("andre påskedag", "2. påskedag", "easter monday"), (1, 1)),
    **dict.fromkeys(("kristi himmelfartsdag", "kristi himmelfart", "ascension day"), (39, 39)),
    **dict.fromkeys(("pinse", "pinsen", "pinsa", "pinsehelga", "pinsehelgen", "whitsun", "pentecost"), (48, 50)),
    **dict.fromkeys(("pinseaften", "pinseaftan"), (48, 48)),
    **dict.fromkeys(("pinsedag", "første pinsedag", "fyrste pinsedag", "1. pinsedag", "whit sunday"), (49, 49)),
    **dict.fromkeys(("andre pinsedag", "2. pinsedag", "whit monday"), (50, 50)),
}
# Month and day, first and last.
FIXED_DAYS = {
    **dict.fromkeys(("jul", "jula", "julen", "christmas"), ((12, 24), (12, 26))),
    **dict.fromkeys(("julaften", "julaftan", "christmas eve"), ((12, 24), (12, 24))),
    **dict.fromkeys(("lille julaften", "litle julaftan", "veslejulaftan"), ((12, 23), (12, 23))),
    **dict.fromkeys(("juledag", "første juledag", "fyrste juledag", "1. juledag"), ((12, 25), (12, 25))),
    **dict.fromkeys(("christmas day",), ((12, 25), (12, 25))),
    **dict.fromkeys(("andre juledag", "2. juledag", "boxing day"), ((12, 26), (12, 26))),
    **dict.fromkeys(("romjul", "romjula", "romjulen", "mellom jul og nyttår"), ((12, 27), (12, 31))),
    **dict.fromkeys(("between christmas and new year",), ((12, 27), (12, 31))),
    **dict.fromkeys(("nyttårsaften", "nyttårsaftan", "new year's eve"), ((12, 31), (12, 31))),
    **dict.fromkeys(("nyttårsdag", "nyttårsdagen", "første nyttårsdag", "1. nyttårsdag"), ((1, 1), (1, 1))),
    **dict.fromkeys(("fyrste nyttårsdag", "new year's day"), ((1, 1), (1, 1))),
    **dict.fromkeys(("arbeidernes dag", "labour day", "may day"), ((5, 1), (5, 1))),
    **dict.fromkeys(("grunnlovsdagen", "nasjonaldagen", "constitution day"), ((5, 17), (5, 17))),
    **dict.fromkeys(("sankthans", "st. hans", "jonsok", "midsummer"), ((6, 23), (6, 24))),
    **dict.fromkeys(("sankthansaften", "sankthansaftan", "jonsokaftan"), ((6, 23), (6, 23))),
}
# Beside these the year has two sides: "før nyttår" is at its end, "etter nyttår" at its beginning.
NEW_YEAR = ["nyttår", "nyttåret", "nyttårsdag", "nyttårsdagen", "første nyttårsdag", "1. nyttårsdag", "årsskiftet"]
NEW_YEAR += ["årsskifte", "fyrste nyttårsdag", "new year", "the new year", "new year's day", "the turn of the year"]

QUARTER_WORDS = ["kvartal", "kvartalet", "kv", "quarter"]
HALF_YEAR_WORDS = ["halvår", "halvåret", "half"]
ABOUT = ["ca", "cirka", "circa", "sirka", "rundt", "omkring", "kring", "omtrent", "om lag", "omlag", "rundt omkring"]
ABOUT += ["around", "about", "approximately", "approx", "roughly"]

ALL_YEAR = [
    "hele året",
    "heile året",
    "gjennom hele året",
    "gjennom heile året",
    "gjennom året",
    "året rundt",
    "i løpet av året",
    "når som helst",
    "all year",
    "all year round",
    "whole year",
    "throughout the year",
    "during the year",
    "any time",
    "anytime",
]
ONGOING = ["løpende", "løpande", "fortløpende", "kontinuerlig", "kontinuerleg", "ongoing", "continuous", "continuously"]
ONGOING += ["jevnlig", "jamleg", "regelmessig", "regularly", "månedlig", "månadleg", "monthly"]
ONGOING += ["ukentlig", "kvar veke", "vekentleg", "weekly", "hver uke", "every week", "hvert kvartal", "every quarter"]
ONGOING += [f"{each} {month}" for each in ("hver", "annenhver", "kvar", "annankvar") for month in ("måned", "månad")]
ONGOING += ["every month", "every other month", "kvartalsvis", "quarterly", "daglig", "dagleg", "daily"]
ONGOING += ["ved behov", "etter behov", "as needed", "when needed", "as required"]
ONGOING += [f"{each} semester" for each in ("hvert", "kvart", "each", "every")]
ONGOING += [
    f"{each} {turn}" for turn in ("semesterstart", "semesterslutt") for each in ("hver", "ved hver", "kvar", "ved kvar")
]
# What comes back every year, which every entry of a wheel does.
YEARLY = ["hvert år", "kvart år", "every year", "each year", "årlig", "årleg", "yearly", "annually"]
EACH = ["hver", "kvar", "every", "each", "hele", "heile", "the whole of", "all of"]
WORKING_DAYS = [
    "virkedag",
    "virkedagen",
    "arbeidsdag",
    "arbeidsdagen",
    "yrkedag",
    "yrkedagen",
    "working day",
    "workday",
]

NUMBERS = {
    **dict.fromkeys(["en", "ei", "én", "éi", "ein", "éin", "ett", "eit", "one", "a"], 1),
    **{
        name: n
        for n, name in enumerate(["to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"], 2)
    },
    **{
        name: n
        for n, name in enumerate(
            ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2
        )
    },
    "syv": 7,
}
# Length in days; a month has no fixed length, and four weeks is only what is suggested instead.
UNITS = {
    **dict.fromkeys(["dag", "dager", "dagar", "day", "days"], 1),
    **dict.fromkeys(["uke", "uker", "veke", "veker", "week", "weeks"], 7),
}
MONTH_UNITS = ["måned", "måneder", "månad", "månader", "month", "months"]
WEEK_WORDS = ["uke", "uka", "uken", "ukene", "veke", "veka", "vekene", "vekone", "week", "weeks"]

RELATIONS = {
    **dict.fromkeys(
        ("i god tid før", "i forkant av", "i tiden før", "i tida før", "forut for", "før"), Relation.BEFORE
    ),
    **dict.fromkeys(("rett før", "like før", "kort tid før"), Relation.BEFORE),
    **dict.fromkeys(("well before", "in advance of", "ahead of", "prior to", "before"), Relation.BEFORE),
    **dict.fromkeys(("right before", "just before", "shortly before"), Relation.BEFORE),
    **dict.fromkeys(
        ("innen", "innan", "senest", "seinest", "seinast", "ikke senere enn", "ikkje seinare enn"), Relation.BY
    ),
    **dict.fromkeys(("no later than", "not later than", "at the latest", "by"), Relation.BY),
    **dict.fromkeys(("i etterkant av", "etter", "after", "following"), Relation.AFTER),
    **dict.fromkeys(
        ("rett etter", "like etter", "straks etter", "kort tid etter", "rett over", "like over"), Relation.AFTER
    ),
    **dict.fromkeys(("right after", "just after", "shortly after"), Relation.AFTER),
}

# In front of the whole: a span with one open end. Within other words they join ("3. til 5. mai").
OPEN_ENDS = {
    **dict.fromkeys(("fra og med", "fra", "frå og med", "frå", "f.o.m", "fom", "tidligst", "tidlegast"), Relation.FROM),
    **dict.fromkeys(("from", "starting", "as of", "at the earliest", "not before", "earliest"), Relation.FROM),
    **dict.fromkeys(("til og med", "til", "t.o.m", "tom", "inntil", "fram til", "frem til", "fram mot"), Relation.BY),
    **dict.fromkeys(("ut", "ut i", "until", "till", "up to", "through", "latest"), Relation.BY),
}


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, the longest first so that "mars" is not read as "mar"."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def known_words() -> frozenset[str]:
    """Every single word the reader knows, for finding what a misspelt one was meant to be."""
    tables = (MONTHS, WEEKDAYS, PLACES, PARTS, SEASONS, EASTER_DAYS, FIXED_DAYS, ALL_YEAR, ONGOING, WEEK_WORDS)
    more = (
        NUMBERS,
        UNITS,
        RELATIONS,
        OPEN_ENDS,
        [*TURNS],
        [*YEAR_TURNS],
        QUARTER_WORDS,
        HALF_YEAR_WORDS,
        ABOUT,
        [
            "i",
            "in",
            "av",
            "of",
            "på",
            "om",
            "fra",
            "til",
            "to",
            "og",
            "and",
            "den",
            "the",
            "frist",
            "varierer",
            "varies",
        ],
    )
    phrases = (phrase for table in (*tables, *more) for phrase in table)
    return frozenset(word for phrase in phrases for word in phrase.split() if word.isalpha())
