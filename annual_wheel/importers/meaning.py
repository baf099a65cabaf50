"""What a pasted row seems to mean: its date, kind, obligation, links and what falls away, each for an editor to see."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from annual_wheel.importers.table import Row
from annual_wheel.models import EntryKind
from annual_wheel.when import Code, Unreadable, read, read_bound
from annual_wheel.when.words import month_name
from planning.models import Modality

DAY: Final = r"\d{1,2}\. ?(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)[a-z]*|\d{1,2}\.\d{1,2}\.?"
DATE: Final = re.compile(rf"(?:i )?uk[ea] \d{{1,2}}(?:[-–]\d{{1,2}})?|{DAY}", re.IGNORECASE)
BEFORE: Final = re.compile(
    r"\b(?:i forkant av|før|innen|med frist|in advance of|ahead of|before|by)\b(?:[^.;:()]|(?<=\d)\.(?= ?\w))+",
    re.IGNORECASE,
)
LINK: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
MORE_HERE: Final = re.compile(
    r"\b(?:mer|meir) info(?:rmasjon)?(?: her)?:?|\bmore info(?:rmation)?(?: here)?:?", re.IGNORECASE
)
GONE: Final = re.compile(
    r"[(]?\b(?:dette )?(?:utgår|går ut|(?:er )?(?:avlyst|ikke aktuelt)|cancelled)(?: i| in)? (?P<year>\d{4})\b[).]*",
    re.IGNORECASE,
)
MAY: Final = re.compile(r"^(?:eventuelt|evt\b|vurdere?\b|possibly|consider\b)", re.IGNORECASE)
SHOULD: Final = re.compile(r"\b(?:bør|burde|såfremt|så langt det|om mulig|should|as far as possible)\b", re.IGNORECASE)
IS_DEADLINE: Final = re.compile(r"^\w*frist\b|\bdeadline\b|\båpnes\b|\bopens\b", re.IGNORECASE)
GOES_ON: Final = re.compile(r"^(?:løpende|jevnlig|continuous)", re.IGNORECASE)
LONGEST_LEAD: Final = 40  # letters in front of a colon that can be a date: "Slutten av oktober: …"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A row as an entry. `left` are dates in its words that were not taken for when it is."""

    month: int
    text: str
    when_words: str
    kind: str
    modality: str
    responsible: str
    bound_words: str = ""
    gone_in: int | None = None
    gone_words: str = ""
    links: tuple[str, ...] = ()
    left: tuple[str, ...] = field(default=())


def meaning_of(row: Row, *, year: int, month: int = 1) -> Meaning:
    """Read a row; `month` is for rows that stand under none."""
    under = row.month or month
    words = " ".join(row.text.split())
    gone = GONE.search(words)
    if gone:
        words = _without(words, gone)
    text, said = _date_of(words, year, under)
    responsible, links = _links_of(row.responsible)
    kind = _kind_of(text, said, responsible)
    bound = _bound_of(text, year)
    dates = [said_too for found in DATE.finditer(text) if (said_too := _bare(found[0])) not in f"{said} {bound}"]
    return Meaning(
        month=under,
        text=text[:1].upper() + text[1:],
        when_words=said or month_name(under, "nb"),
        kind=kind,
        modality=_modality_of(text),
        responsible=responsible,
        bound_words=bound,
        gone_in=int(gone["year"]) if gone else None,
        gone_words=gone[0].strip("().").strip() if gone else "",
        links=tuple(links),
        left=tuple(dates),
    )


def _without(words: str, found: re.Match[str]) -> str:
    return (
        " ".join(f"{words[: found.start()].rstrip(' .,')}. {words[found.end() :]}".split()).removesuffix(" .").strip()
    )


def _is_date(words: str, year: int, month: int) -> bool:
    """Whether words are a date of their own, leaning on nothing else.

    One that is right but for its year or weekday is one too, for the editor to mend.
    """
    if IS_DEADLINE.search(words):
        return False  # what it is, "søknadsfrist for våren", and not when
    try:
        return read(words, year, month=month).bound is None
    except Unreadable as error:
        return error.code in (Code.WRONG_YEAR, Code.WRONG_WEEKDAY, Code.NO_SUCH_DAY, Code.NO_SUCH_WEEK)


def _date_of(words: str, year: int, month: int) -> tuple[str, str]:
    """The text without the date in front of it or behind it, and the date; a date inside it stays in both."""
    lead, colon, rest = words.partition(":")
    if colon and rest.strip() and len(lead) <= LONGEST_LEAD and _is_date(said := _bare(lead), year, month):
        return rest.strip(), said
    head, colon, tail = words.rpartition(":")
    if colon and head and _is_date(said := _bare(tail), year, month):
        return f"{head.strip()}.", said
    dates = [found for found in DATE.finditer(words) if not _leans(words, found)]
    if len(dates) == 1 and _is_date(said := _bare(dates[0][0]), year, month):
        return words, said
    return words, ""


def _bare(words: str) -> str:
    """A date as it is typed in its own field: without "i" in front and the full stop of its sentence."""
    said = re.sub(r"^i (?=[a-zæøå])", "", words.strip(), flags=re.IGNORECASE).strip()
    return said if re.fullmatch(r".*\d\.\d{1,2}\.", said) else said.removesuffix(".")


def _leans(words: str, found: re.Match[str]) -> bool:
    """Whether a date belongs to something else: what the work comes before, or a remark in brackets."""
    if any(bound.start() <= found.start() < bound.end() for bound in BEFORE.finditer(words)):
        return True
    opened = words.rfind("(", 0, found.start())
    is_inside = opened > words.rfind(")", 0, found.start())
    return is_inside and words[opened + 1 : words.find(")", opened)].strip() != found[0]


def _bound_of(text: str, year: int) -> str:
    for found in BEFORE.finditer(text):
        words = found[0].strip(" ,").removeprefix("med ")
        try:
            read_bound(words, year)
        except Unreadable:
            continue
        return words
    return ""


def _kind_of(text: str, said: str, responsible: str) -> str:
    if GOES_ON.match(said) or GOES_ON.match(text):
        return EntryKind.ONGOING
    if IS_DEADLINE.search(text) and not responsible:
        return EntryKind.DEADLINE
    return EntryKind.TASK if responsible else EntryKind.EVENT


def _modality_of(text: str) -> str:
    if MAY.search(text):
        return Modality.MAY
    return Modality.SHOULD if SHOULD.search(text) else Modality.MUST


def _links_of(words: str) -> tuple[str, list[str]]:
    """The words without their addresses, and the addresses; one broken over two lines by the page is made whole."""
    whole = re.sub(r"(https?://\S*[-/])\s+(?=\S)", r"\1", words)
    links = [found[0].rstrip(".,;)") for found in LINK.finditer(whole)]
    return MORE_HERE.sub("", LINK.sub("", whole)).strip(), links
