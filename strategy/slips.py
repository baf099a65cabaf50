"""What a typing error cannot be: pure rules for which words of a promise a correction may not touch.

Figures, times, negations, what binds and who does it carry the meaning of what was adopted. A correction keeps each of
them, in their order; a word that is spelt wrong may become one of them, but none may become another, come or go.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from organisation.phrase_reader import stem


class Weight(StrEnum):
    FIGURE = "figure"
    TIME = "time"
    NEGATION = "negation"
    BINDING = "binding"
    PARTY = "party"


TOKEN: Final = re.compile(r"\d+(?:[.,:/–-]\d+)*|[%‰]|[^\W\d_]+")
THOUSANDS: Final = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
WORDS: Final[Mapping[Weight, str]] = {
    Weight.FIGURE: """
        null én ett to tre fire fem seks sju/syv åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten
        nitten tjue/tyve tretti/tredve førti femti seksti sytti åtti nitti hundre tusen million/millioner/mill
        milliard/milliarder/mrd halv/halve/halvt halvparten tredjedel/tredjedeler fjerdedel/fjerdedeler kvart
        dobbel/dobbelt/doble doble/dobles/dobling tredoble/tredobles/tredobling første andre tredje fjerde femte
        sjette sjuende åttende niende tiende prosent/%/pst promille/‰ kr/kroner/krone minst høyst maksimalt minimum
        maksimum over under mer/meir mindre flere/fleire færre alle ingen/inga/inkje noen/nokon/nokre
        hver/hvert/kvar/kvart annenhver/annethvert begge samtlige enkelte zero one two three four five six seven
        eight nine ten eleven twelve hundred thousand half double percent least most more less fewer all every each
        both first second third fourth fifth""",
    Weight.TIME: """
        januar/january februar/february mars/march april mai/may juni/june juli/july august september
        oktober/october november desember/december mandag/monday tirsdag/tuesday onsdag/wednesday torsdag/thursday
        fredag/friday lørdag/saturday søndag/sunday primo medio ultimo innen/innan før etter senest tidligst fra/frå
        fram/frem inntil uke/uka/uken/uker måned/måneden/måneder år/året semester/semesteret høst/høsten
        vår/våren sommer/sommeren vinter/vinteren årlig/årleg månedlig/månedleg ukentlig/ukentleg daglig/dagleg
        jevnlig straks before after until within week/weeks month/months year/years annually monthly weekly daily
        spring autumn summer winter""",
    Weight.PARTY: """
        institutt/instituttet/instituttets instituttene/institutter/instituttenes/institutta
        fakultet/fakultetet/fakultetets fakultetene/fakulteter/fakultetenes/fakulteta
        universitet/universitetet/universitetets universitetene/universiteter/universitetenes department departments
        faculty faculties university universities""",
    Weight.NEGATION: """
        ikke/ikkje aldri uten/utan unntatt/unnateke heller nei verken/hverken unngå/unngår not never no none
        without except neither nor avoid cannot""",
    Weight.BINDING: """
        skal bør kan må vil skulle burde kunne måtte ville eventuelt mulig/muligens kanskje
        vurdere/vurderer/vurderes shall should may must can will could would might possibly consider""",
}  # fmt: skip
# Words that say something else and are one letter from one of those above: nobody can tell that they were meant as it.
OTHER_WORDS: Final = frozenset(
    """
    fine fare fore fyre firer file tolk hale hall halm ande førte mist mint unde undre fler allé aller inge noe
    hvor hvem her bygge begg inne eter from høyt hest host høste vinner ute ende helle heler skall skap skam skala
    sal skar byrde kunde kanne måte matte vill villa vile mas mark mare jul jule klar kone koner kronen varen
    hesten hosten last moss post mode move mire bath booth sever for fur foul note nerve shell hall musk wall well
    wild night wound world""".split()
)
SHORTEST_MENDED: Final = 4  # letters of the right word
SHORTEST_NAME: Final = 3  # letters; shorter ones name somebody only in capitals


def _canonical() -> dict[str, tuple[Weight, str]]:
    found: dict[str, tuple[Weight, str]] = {}
    for weight, words in WORDS.items():
        for same in words.split():
            first, *others = same.split("/")
            for word in (first, *others):
                found.setdefault(word, (weight, first))
    return found


HEAVY: Final = _canonical()


@dataclass(frozen=True, slots=True)
class Slip:
    """What a correction would change that it may not: the words before and after, either of them perhaps none."""

    weight: Weight
    before: str
    after: str


Heavy = tuple[Weight, str]


def changed_weight(before: str, after: str, parties: Collection[str] = ()) -> Slip | None:
    """The first thing of weight that the two texts do not share; None where a correction may make the one the other.

    `parties` are the stems of the words that name units, groups and functions.
    """
    was, now = _tokens(before), _tokens(after)
    old, new = ([token.casefold() for token in tokens] for tokens in (was, now))
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or _is_spacing(was[a:b], now[c:d]):
            continue
        heavy_was = [found for token in was[a:b] if (found := _meant(token, now[c:d], parties))]
        heavy_now = [found for token in now[c:d] if (found := weigh(token, parties))]
        if heavy_was != heavy_now:
            pairs = zip(heavy_was, heavy_now, strict=False)
            at = next((at for at, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(heavy_was), len(heavy_now)))
            weight, _word = (heavy_was[at:] or heavy_now[at:])[0]
            return Slip(weight, " ".join(was[a:b]), " ".join(now[c:d]))
    return None


def weigh(token: str, parties: Collection[str] = ()) -> Heavy | None:
    """What a word of weight says, the same for its forms; None for other words."""
    if token[0].isdigit():
        return Weight.FIGURE, token.replace("–", "-")
    if found := HEAVY.get(token.casefold()):
        return found
    name = stem(token)
    return (Weight.PARTY, name) if name in parties and (len(name) > SHORTEST_NAME or token.isupper()) else None


def _meant(token: str, now: Sequence[str], parties: Collection[str]) -> Heavy | None:
    """What a word said, or was to say where it is one of those that now stand there, spelt wrong."""
    if found := weigh(token, parties):
        return found
    return next((found for word in now if is_misspelt(token, word) and (found := weigh(word, parties))), None)


def is_misspelt(wrong: str, right: str) -> bool:
    """Whether a word that says nothing else is the other with one letter wrong, after the first."""
    wrong, right = wrong.casefold(), right.casefold()
    if not (wrong.isalpha() and right.isalpha()) or len(right) < SHORTEST_MENDED or wrong[0] != right[0]:
        return False
    return wrong not in HEAVY and wrong not in OTHER_WORDS and is_one_apart(wrong, right)


def is_one_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter, or by two letters that have changed places."""
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _tokens(text: str) -> list[str]:
    """The words and figures in order, one written twice over counting once."""
    found = TOKEN.findall(THOUSANDS.sub("", text))
    return [token for at, token in enumerate(found) if not (at and token.isalpha() and _same(token, found[at - 1]))]


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _is_spacing(was: Sequence[str], now: Sequence[str]) -> bool:
    """Whether only the gaps between words are others: "ingen ting" and "ingenting"."""
    joined = "".join(was).casefold()
    return joined == "".join(now).casefold() and joined.isalpha()
