"""Dates that lean on another fact: "i forkant av søknadsfrist 15. april", "to uker før søknadsfristen"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

from .errors import Code, Unreadable
from .points import read_point, week_window
from .text import as_typed, trim, without_lead
from .vocabulary import (
    MONTH_UNITS,
    MONTHS,
    NEW_YEAR,
    NUMBERS,
    OPEN_ENDS,
    PLACES,
    RELATIONS,
    UNITS,
    WEEK_WORDS,
    any_of,
)
from .window import Bound, Frame, Precision, Relation, Window, day_window, default_window, year_window
from .words import day_words

DEADLINE = r"(?:med )?(?P<deadline>[^\W\d]*frist(?:en)?|(?:[^\W\d]+ )?deadline)"
PATTERN = re.compile(rf"(?:(?P<base>.+?),? )??(?:(?P<relation>{any_of(RELATIONS)})|{DEADLINE}) (?P<rest>.+)")
OPEN = re.compile(rf"(?:(?P<base>.+?), )?(?P<end>{any_of(OPEN_ENDS)})\.? (?P<rest>.+)")
COUNTED = re.compile(rf"(?P<count>[0-9]{{1,3}}|{any_of(NUMBERS)}) (?P<unit>{any_of((*UNITS, *MONTH_UNITS))})")
ENDS_IN_RELATION = re.compile(rf"\b(?:{any_of(RELATIONS)})$")
RUNS_OUT = re.compile(r" (?:utløper|går ut|expires)$")
NAMES_A_DAY = re.compile(r"frist|dagen?\b|deadline|\bday$|møte|seminar|ferie|start|slutt")
DAY_BESIDE = ("dagen", "the day", "day")
WEEK_BESIDE = re.compile(rf"(?:the )?(?:(?P<place>{any_of(PLACES)}) )?(?:{any_of(WEEK_WORDS)})")
SIGN = {Relation.BEFORE: -1, Relation.AFTER: 1}
WORDS = {Relation.BEFORE: "før", Relation.BY: "innen", Relation.FROM: "fra", Relation.AFTER: "etter"}


@dataclass(frozen=True, slots=True)
class Leaning:
    """A bound, the window its thing has (None while unknown), and the words in front of it."""

    bound: Bound
    thing: Window | None
    base: str
    is_whole_week: bool = False
    is_deadline: bool = False


def parse_leaning(text: str, frame: Frame) -> Leaning | None:
    found = PATTERN.fullmatch(text)
    if not found:
        return None
    base = trim(found["base"] or "")
    relation = RELATIONS[found["relation"]] if found["relation"] else Relation.BY
    ref, thing = read_thing(found["rest"], frame, relation)
    if found["deadline"]:
        if thing is None:
            return None
        ref = f"{found['deadline']} {ref}".strip() if found["deadline"] not in ("frist", "fristen", "deadline") else ref
    offset = SIGN[relation] * offset_of(base, text) if relation in SIGN else 0
    own_part = text[found.start("relation" if found["relation"] else "deadline") :]
    words = as_typed(own_part, frame.words) if base and not offset else frame.words
    bound = Bound(words, relation, as_typed(ref, frame.words), side_of(thing, relation) if thing else None, offset)
    is_whole_week = bool(offset) and weeks_beside(base) != 0
    return Leaning(bound, thing, "" if offset else base, is_whole_week, is_deadline=bool(found["deadline"]))


def parse_open(text: str, frame: Frame) -> Leaning | None:
    """A span with one open end: "fra 15. april", "fram til svarfristen"."""
    found = OPEN.fullmatch(text)
    if not found:
        return None
    relation = OPEN_ENDS[found["end"]]
    ref, thing = read_thing(found["rest"], frame, relation)
    if thing is None and not NAMES_A_DAY.search(ref):
        return None
    base = found["base"] or ""
    words = as_typed(text[found.start("end") :], frame.words)
    bound = Bound(words, relation, as_typed(ref, frame.words), side_of(thing, relation) if thing else None)
    return Leaning(bound, thing, base)


def dated_thing(text: str, frame: Frame) -> Bound | None:
    """A thing with its day and no word for how the item lies to it ("Åpen dag 3.11."): the item comes before it."""
    ref, thing = read_thing(text, frame)
    if thing is None:
        return None
    return Bound(frame.words, Relation.BEFORE, as_typed(trim(ref), frame.words), thing.earliest)


def side_of(thing: Window, relation: Relation) -> dt.date:
    """The end of a vague thing that counts: what lies before it lies before all of it."""
    return thing.earliest if relation in (Relation.BEFORE, Relation.FROM) else thing.latest


def open_side(frame: Frame, limit: dt.date, relation: Relation) -> Window:
    """What an open span is cut from: the month it stands under where the limit lies in it, else the year.

    What is to be done by a day in a later month than the one it stands under begins with that month.
    """
    year, home = year_window(frame.year), default_window(frame)
    if home.earliest <= limit <= home.latest or frame.month is None:
        return home
    if relation in (Relation.BY, Relation.BEFORE) and home.earliest < limit:
        return replace(year, precision=Precision.DAYS, earliest=home.earliest)
    return year


def offset_of(base: str, text: str) -> int:
    """`days_beside`, telling the whole of the words to write where a part of them is not exact enough."""
    try:
        return days_beside(base)
    except Unreadable as error:
        raise Unreadable(error.code, nearest=f"{error.nearest}{text[len(base) :]}") from None


def days_beside(base: str) -> int:
    """How many days "to uker", "dagen" or "siste uke" is; 0 where the words are something else."""
    base = without_lead(base)
    if base in DAY_BESIDE:
        return 1
    found = COUNTED.fullmatch(base)
    if not found:
        return 7 * weeks_beside(base)
    count = int(found["count"]) if found["count"].isdigit() else NUMBERS[found["count"]]
    if found["unit"] in MONTH_UNITS:
        raise Unreadable(Code.UNKNOWN, nearest=f"{count * 4} uker")
    return count * UNITS[found["unit"]]


def weeks_beside(base: str) -> int:
    """Which of the whole weeks beside a thing "uka", "første uke" or "andre uke" is; 0 for other words."""
    base = without_lead(base)
    found = WEEK_BESIDE.fullmatch(base)
    if not found or COUNTED.fullmatch(base):
        return 0
    return max(PLACES[found["place"]], 1) if found["place"] else 1


def read_thing(rest: str, frame: Frame, relation: Relation = Relation.BEFORE) -> tuple[str, Window | None]:
    """What the thing is called and its own window: the longest date that the words end in."""
    words = RUNS_OUT.sub("", trim(re.sub(r"[():]", " ", rest))).split()
    if " ".join(words) in NEW_YEAR:
        return "", new_year(frame.year, relation)
    for start in range(len(words)):
        try:
            window = read_point(" ".join(words[start:]), frame if start == 0 else Frame(frame.year))
        except Unreadable as error:
            if error.code is not Code.NEEDS_MONTH:
                raise
            continue
        if window and not ENDS_IN_RELATION.search(" ".join(words[:start])):
            return " ".join(words[:start]), window
    if len(words) > 1 and ENDS_IN_RELATION.search(" ".join(words[:-1])):
        raise Unreadable(Code.UNKNOWN)
    meant = get_close_matches(words[-1], MONTHS, n=1, cutoff=0.75) if words else []
    if not words or meant:
        nearest = " ".join((*words[:-1], *meant)) or None
        raise Unreadable(Code.UNKNOWN, nearest=f"før {nearest}" if nearest else None)
    return " ".join(words), None


def new_year(year: int, relation: Relation) -> Window:
    """The end of the year for what comes before it, the beginning for what comes after."""
    if relation in (Relation.BEFORE, Relation.BY):
        return day_window(dt.date(year + 1, 1, 1))
    first = dt.date(year, 1, 1)
    return (
        Window("", Precision.DAYS, first - dt.timedelta(days=1), first)
        if relation is Relation.AFTER
        else day_window(first)
    )


def bound_window(window: Window, bound_on: dt.date, *, relation: Relation = Relation.BEFORE) -> Window:
    """Cut a window by a fact of a known day.

    Before ("før", "i forkant av"): the last day is the day before `bound_on`. By ("frist", "innen"): it is `bound_on`
    itself. From ("fra", "tidligst"): the first day is `bound_on`. After: it is the day after. A limit outside the
    window on its open side changes nothing. A limit that leaves no day of the window moves both ends to that limit, so
    earliest is never after latest. One day left has the precision `day`, a part of a year `days`; else the words' own
    stays.
    """
    shift = {Relation.BEFORE: -1, Relation.AFTER: 1}.get(relation, 0)
    limit = bound_on + dt.timedelta(days=shift)
    if relation in (Relation.FROM, Relation.AFTER):
        earliest, latest = max(window.earliest, limit), max(window.latest, limit)
    else:
        earliest, latest = min(window.earliest, limit), min(window.latest, limit)
    if (earliest, latest) == (window.earliest, window.latest):
        return window
    left = Precision.DAYS if window.precision is Precision.YEAR else window.precision
    precision = Precision.DAY if earliest == latest else left
    bound = Bound(f"{WORDS[relation]} {day_words(bound_on)}", relation, "", bound_on)
    return replace(window, precision=precision, earliest=earliest, latest=latest, bound=bound, within=window)


def lean(window: Window, leaning: Leaning) -> Window:
    """The window with its bound, cut where the bound's day is known."""
    bound = leaning.bound
    cut = window if bound.date is None else bound_window(window, bound.date, relation=bound.relation)
    return replace(cut, bound=bound, within=window)


def beside(leaning: Leaning) -> Window:
    """A day counted from a known thing, or the whole ISO week next to the one that the thing starts or ends in.

    A feast that ends on a Monday ends with its Sunday here: "uka etter påske" begins with Easter Monday.
    """
    assert leaning.bound.date is not None
    day = leaning.bound.date + dt.timedelta(days=leaning.bound.offset_days)
    if not leaning.is_whole_week:
        return day_window(day)
    is_feast = leaning.thing is not None and leaning.thing.precision is Precision.DAYS
    if is_feast and leaning.bound.relation is Relation.AFTER and day.weekday() == 0:
        day -= dt.timedelta(days=1)
    return week_window(day - dt.timedelta(days=day.weekday()))
