"""Responsibility as people say it, read into lines: "Instituttene i samarbeid med linjeforeningene".

`read_phrase` is pure; `Names.of` asks the database what the words can mean for one unit: "fakultetet" is the faculty
it belongs to, "instituttene" that faculty's group of departments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from organisation.models import Function, FunctionHolder, Relation, Unit, UnitGroup, UnitKind

Party = Unit | UnitGroup
Known = Party | Function
Name = tuple[str, ...]

WORD: Final = re.compile(r"\bv/|\w+|\n|[/,;&]", re.IGNORECASE)
QUOTED: Final = re.compile(r'"[^"\n]+"|«[^»\n]+»|“[^”\n]+”|”[^”\n]+”|„[^“”\n]+[“”]')
ENDINGS: Final = ("erne", "ene", "ane", "ets", "ens", "et", "en", "er", "ar", "es", "e", "a", "s")
SHORTEST_STEM: Final = 4
JOINS: Final = frozenset(["og", "samt", "and", "/", ",", ";", "&", "\n"])
FOLLOWS_UP: Final = frozenset([("følger", "opp"), ("follows", "up"), ("follow", "up")])
CONTRIBUTES: Final = frozenset(["bidrar", "bidreg", "contributes", "contribute"])
WITH: Final = frozenset(["med", "with"])
# Before a group these say that it is not all of it: "de fleste av instituttene", "minst to institutter".
SOME: Final = frozenset(
    """fleste noen nokon nokre enkelte aktuelle relevante berørte utvalgte utvalde valgte flere fleire mange få minst
    høyst inntil halvparten del deler utvalg utval andre øvrige resten interesserte villige involverte deltakende store
    små større mindre nye et ett eit én to tre fire fem seks sju syv åtte ni ti
    some most several many few half selected relevant affected interested other remaining least one two three four five
    six seven eight nine ten""".split()
)
BETWEEN: Final = frozenset(["av", "de", "dei", "the", "of"])
# Right after a group these begin what only some of it are: "instituttene som ikke allerede har dette", "instituttene
# unntatt IFR".
NARROWS: Final = frozenset(
    """som der hvor kor uten utan det dersom hvis unntatt unnateke utenom bortsett minus
    that who which where without if whose except excluding of""".split()
)
GOES_ON_AS_NAME: Final = "for"  # as the name of one that is not known, or not written to its end: "institutt for f"
OR: Final = frozenset(["eller", "or"])
AND: Final = frozenset(["og", "samt", "and", "&"])
SMALL: Final = frozenset(["the", "a", "an", "hvert", "hver", "alle", "de", "den", "det", "\n"])
GOES_ON: Final = re.compile(
    r"\b(?:og|samt|and|med|with|fra|frå|from|via|gjennom|through|i|på|ved|av|by|to)[ ]*\n|v/[ ]*\n", re.IGNORECASE
)
KIND_NOUNS: Final = {
    UnitKind.INSTITUTION: ("universitet", "university", "institusjon", "institution"),
    UnitKind.FACULTY: ("fakultet", "faculty"),
    UnitKind.DEPARTMENT: ("instituttet", "department"),
}
CONNECTORS: Final = (
    (Relation.ON_ORDER_FROM, r"på (?:bestilling|oppdrag) (?:frå|fra|av)|bestilt av|on order from|ordered by"),
    (
        Relation.WITH,
        r"i (?:\w+ )?(?:samarbeid|samråd|dialog) med|sammen med|saman med|i lag med"
        r"|rådfører seg med|rådfører seg hos|etter råd fra"
        r"|in (?:\w+ )?(?:cooperation|collaboration|consultation|dialogue) with|together with|consulting",
    ),
    (Relation.VIA, r"via|gjennom|by way of|through"),
    (Relation.LEAD, r"i tillegg til|in addition to|pluss|plus"),
    (
        Relation.CONTRIBUTES,
        r"med (?:støtte|hjelp|bistand) (?:fra|frå|av)|støttet av|with (?:support|help) from|supported by",
    ),
)
CONNECTOR: Final = re.compile(
    r"\b(?:" + "|".join(f"(?P<{relation}>{words})" for relation, words in CONNECTORS) + r")\b"
)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line as understood. Without a `party` nobody was recognised in its words."""

    wording: str
    relation: Relation
    party: Party | None
    function: Function | None = None
    under: int | None = None  # the index of the line it stands under
    part_of: UnitGroup | None = None  # without a party: the group that only some are meant of


@dataclass(frozen=True)
class Names:
    """What words can mean: parties and functions by the stems of their names, and where each function is held."""

    home: Unit
    known: Mapping[Name, Known]
    exact: Mapping[str, Known] = field(default_factory=dict)
    places: Mapping[int, Party] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Unit) -> Names:
        """The names as a unit uses them. Where two share a name, the one nearest above the unit is meant."""
        units = list(Unit.objects.without_tree_fields())
        above = _down_to(home, units)
        rank = {unit.pk: number for number, unit in enumerate(above, 1)}
        groups = sorted(UnitGroup.objects.all(), key=lambda group: rank.get(group.owner_id, 0))
        known: dict[Name, Known] = {}
        for thing in (*Function.objects.all(), *units, *groups):
            known |= dict.fromkeys(_names(thing), thing)
        for unit in above:
            known |= {(stem(noun),): unit for noun in KIND_NOUNS.get(UnitKind(unit.kind), ()) if noun != "instituttet"}
        is_department = home.kind == UnitKind.DEPARTMENT
        exact: dict[str, Known] = {"instituttet": home} if is_department else {}
        return cls(home, known, exact, _places(above, groups, {unit.pk: unit.kind for unit in units}))

    def longest_at(self, words: list[re.Match[str]], start: int) -> tuple[Known, int] | None:
        """What the longest name beginning at a word means, and how many words it has."""
        longest = max(map(len, self.known), default=0)
        stems = [stem(word[0]) for word in words[start : start + longest]]
        if words[start][0].casefold() in self.exact:
            return self.exact[words[start][0].casefold()], 1
        for length in range(len(stems), 0, -1):
            if found := self.known.get(tuple(stems[:length])):
                return found, length
        return None


def _down_to(home: Unit, units: Iterable[Unit]) -> list[Unit]:
    """The unit with those above it, the topmost first."""
    by_pk = {unit.pk: unit for unit in units}
    line = [home]
    while (parent := by_pk.get(line[0].parent_id or 0)) is not None:
        line.insert(0, parent)
    return line


def _names(thing: Known) -> list[Name]:
    names = {thing.name, thing.name_en, getattr(thing, "short_name", "")}
    return [stems for name in names if (stems := tuple(stem(word[0]) for word in WORD.finditer(_plain(name))))]


def _places(above: list[Unit], groups: Iterable[UnitGroup], kind_of: Mapping[int, str]) -> dict[int, Party]:
    """Where a function is meant when no unit is named: the nearest unit above that has it, else a group below."""
    held: dict[int, set[int]] = {}
    for function, unit in FunctionHolder.objects.values_list("function_id", "unit_id"):
        held.setdefault(function, set()).add(unit)
    places: dict[int, Party] = {}
    for function, units in held.items():
        own = next((unit for unit in reversed(above) if unit.pk in units), None)
        kinds = {kind_of[unit] for unit in units}
        group = next((g for g in reversed(list(groups)) if g.member_kind in kinds and not g.except_group_id), None)
        if own or group:
            places[function] = own or group  # type: ignore[assignment]
    return places


def is_genitive(word: str) -> bool:
    return word.casefold().endswith(("ets", "ens", "nes")) or (word[:-1].isupper() and word[-1:] == "s")


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """A word without its endings, the same for "instituttene" and "institutt"; abbreviations lose a genitive s."""
    if word[:-1].isupper() and word[-1:] == "s":
        return word[:-1].casefold()
    folded = word.casefold()
    while ending := next((e for e in ENDINGS if folded.endswith(e) and len(folded) - len(e) >= SHORTEST_STEM), ""):
        folded = folded.removesuffix(ending)
    return folded


def _plain(phrase: str) -> str:
    """The phrase with what means the same said in one way, and lines broken in mid-phrase made whole.

    It stays as long as it was, letter for letter.
    """
    said = re.sub(r"\bsom ikk?j?e har\b", lambda found: "uten".ljust(len(found[0])), phrase, flags=re.IGNORECASE)
    return GOES_ON.sub(lambda found: found[0].replace("\n", " "), said)


@dataclass
class _Draft:
    start: int
    relation: Relation
    is_joined: bool = False
    under: int | None = None
    party: Party | None = None
    function: Function | None = None
    is_owned: bool = False  # the last name was somebody's, "fakultetets"
    part_of: UnitGroup | None = None
    is_some: bool = False  # only some of those named are meant, and nobody is told which
    end: int = 0


def read_phrase(phrase: str, names: Names) -> list[ReadLine]:
    """The lines of a phrase in order, each with its own words; none for an empty one."""
    text = _plain(phrase)
    drafts = _Reader(text, names).drafts()
    lines: list[ReadLine] = []
    for draft in drafts:
        wording = " ".join(phrase[draft.start : draft.end].split()).strip(" ,;.")
        party = None if draft.is_some else draft.party or _place_of(draft, lines, names)
        lines.append(ReadLine(wording, draft.relation, party, draft.function, draft.under, draft.part_of))
    return lines


def _place_of(draft: _Draft, before: list[ReadLine], names: Names) -> Party | None:
    """Where a function is meant that stands without a unit: "v/kommunikasjonsrådgiver og studieseksjonen"."""
    if draft.function is None:
        return None
    last = before[-1] if before else None
    if draft.is_joined and last and last.function:
        return last.party
    return names.places.get(draft.function.pk) or (last.party if last else names.home)


class _Reader:
    """Goes through the words once: names fill the line at hand, connecting words begin the next."""

    def __init__(self, text: str, names: Names) -> None:
        self.text, self.names = text, names
        self.words = list(WORD.finditer(text))
        self.folded = [word[0].casefold() for word in self.words]
        self.connects = {found.start(): found for found in CONNECTOR.finditer(text.casefold())}
        self.after_quote = self._quoted_words()
        self.found: list[_Draft] = []
        self.draft = _Draft(0, Relation.LEAD)

    def drafts(self) -> list[_Draft]:
        at = 0
        while at < len(self.words):
            at = self._step(at)
        self._close(len(self.text))
        return self.found

    def _quoted_words(self) -> dict[int, int]:
        """The number of each word in quotation marks, with that of the first word after them."""
        quotes = [found.span() for found in QUOTED.finditer(self.text)]
        return {
            at: self._after(end)
            for start, end in quotes
            for at, word in enumerate(self.words)
            if start < word.start() < end
        }

    def _step(self, at: int) -> int:
        """Take in what stands at a word, and say where to go on."""
        if at in self.after_quote:
            return self._take_quoted(at)
        word = self.words[at]
        if connects := self.connects.get(word.start()):
            self._begin(word.start(), Relation(connects.lastgroup or ""))
            return self._after(connects.end())
        if known := self.names.longest_at(self.words, at):
            self._take(known[0], word)
            self._narrow(known[0], at, at + known[1])
            return at + known[1]
        if self.folded[at] in JOINS and self._begins_line(at):
            self._begin(word.start(), self._joined_relation(), is_joined=True)
        elif self.folded[at] in AND and self._is_last_but_one(at) and (self.draft.party or self.draft.function):
            self._begin(word.start(), self._joined_relation(), is_joined=True)  # whom, is asked
        elif self.folded[at] in OR and self._is_before_name(at):
            self.draft.is_some = True  # one of the two, and nobody is told which
        elif self.folded[at] in WITH and self._is_before_name(at):
            self._begin(word.start(), Relation.WITH)
        elif self.folded[at] in CONTRIBUTES:
            self.draft.relation = Relation.CONTRIBUTES
        elif tuple(self.folded[at : at + 2]) in FOLLOWS_UP:
            self.draft.relation = Relation.FOLLOWS_UP
            return at + 2
        return at + 1

    def _is_before_name(self, at: int) -> bool:
        """Whether a name comes next, with no more than an article between."""
        rest = (number for number in range(at + 1, len(self.words)) if self.folded[number] not in SMALL)
        following = next(rest, None)
        return following is not None and self.names.longest_at(self.words, following) is not None

    def _begins_line(self, at: int) -> bool:
        """Whether "og" and the like join somebody to those before: a name, or what its capital or quotes make one."""
        if self.words[at][0] == "\n":
            return not self.draft.is_owned
        following = self.words[at + 1][0] if at + 1 < len(self.words) else ""
        return self._is_before_name(at) or following[:1].isupper() or at + 1 in self.after_quote

    def _is_last_but_one(self, at: int) -> bool:
        """Whether one word is left of the phrase: "dekan og prodekan"."""
        return at == len(self.words) - 2

    def _joined_relation(self) -> Relation:
        """What a joined line does: the same as the one before, but not what that one alone was said to do."""
        own = self.draft.relation
        return Relation.LEAD if own in (Relation.CONTRIBUTES, Relation.FOLLOWS_UP) and not self.draft.under else own

    def _take_quoted(self, at: int) -> int:
        """What is quoted is one name, whatever stands between its words; nobody, where no name is the whole of it."""
        after = self.after_quote[at]
        known = self.names.longest_at(self.words[:after], at)
        if known and at + known[1] == after:
            self._take(known[0], self.words[at])
            self._narrow(known[0], at, after)
        return after

    def _take(self, known: Known, word: re.Match[str]) -> None:
        """Put a name in the line at hand: "NTNUs fakulteter" are the faculties."""
        if isinstance(known, Function):
            self.draft.function = self.draft.function or known
        elif self.draft.party is not None and self.draft.relation == Relation.FOLLOWS_UP:
            self._begin(word.start(), Relation.CONTRIBUTES, under=len(self.found))
            self.draft.party = known
        elif self.draft.party is None or self.draft.is_owned:
            self.draft.party = known
        self.draft.is_owned = is_genitive(word[0])

    def _narrow(self, known: Known, first: int, after: int) -> None:
        """Take note where the words round a name say that only some of those it names are meant."""
        if self.draft.party is not known and self.draft.function is not known:
            return
        is_group = isinstance(known, UnitGroup)
        before = next((number for number in range(first - 1, -1, -1) if self.folded[number] not in BETWEEN), None)
        said = self.folded[before] if before is not None and self.words[before].start() >= self.draft.start else ""
        is_some = said in SOME or (is_group and said.isdecimal())
        following = self.folded[after] if is_group and after < len(self.folded) else ""
        if is_some or following in NARROWS or following == GOES_ON_AS_NAME:
            self.draft.is_some = True
            self.draft.part_of = known if isinstance(known, UnitGroup) and following != GOES_ON_AS_NAME else None

    def _begin(self, start: int, relation: Relation, *, is_joined: bool = False, under: int | None = None) -> None:
        self._close(start)
        self.draft = _Draft(start, relation, is_joined=is_joined, under=under)

    def _close(self, end: int) -> None:
        """End the line at hand; one that says nothing is dropped."""
        self.draft.end = end
        if self.text[self.draft.start : end].strip(" \n,;./"):
            self.found.append(self.draft)

    def _after(self, position: int) -> int:
        return next((at for at, word in enumerate(self.words) if word.start() >= position), len(self.words))
