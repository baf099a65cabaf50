"""What a unit's plan takes over from the plans it builds on: their goals, and the measures that are the unit's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from config.lib.language import lang_of
from planning.above import Above, above_of, version_words
from strategy.in_force import Words
from strategy.models import Document
from strategy.words import phrase


@dataclass(frozen=True, slots=True)
class Line:
    """A goal or a measure as the page links to it."""

    text: str
    url: str
    responsible: str = ""
    add_url: str = ""  # where the unit adds a measure of its own under a goal above


@dataclass(frozen=True, slots=True)
class InheritedGoal:
    """A goal above: `ours` is what the unit does for it there, `own` what its own plan adds."""

    goal: Line
    ours: tuple[Line, ...]
    own: tuple[Line, ...]

    @property
    def height(self) -> int:
        return max(1, len(self.ours) + len(self.own))


@dataclass(frozen=True, slots=True)
class Inherited:
    """What comes from one plan above. `others` are the goals there that nothing of the unit's serves yet."""

    base: Document
    title: str
    url: str
    lang: str
    own_lang: str
    goals: tuple[InheritedGoal, ...]
    without_goal: tuple[Line, ...]
    others: tuple[Line, ...]
    report_url: str
    kept: str = ""  # in which version it was when the plan was adopted, in words
    is_newer: bool = False  # whether the plan above has been adopted anew since

    @property
    def measure_count(self) -> int:
        return len({line.url for goal in self.goals for line in goal.ours} | {line.url for line in self.without_goal})


def inherited_by(document: Document, bases: Iterable[Document], words: Words, *, today: date) -> list[Inherited]:
    """What a plan takes over from each plan above it that one may see; `words` are the plan's own."""
    return [_inherited(document, above, words) for above in above_of(document, bases, words, today=today)]


def _inherited(document: Document, over: Above, words: Words) -> Inherited:
    base, above, mine = over.base, over.words, over.mine
    leaning = leaning_on(words)
    new_url = _url("measure_new", document.slug)
    told: list[InheritedGoal] = []
    others: list[Line] = []
    served: set[str] = set()
    for key in above.goals:
        of_goal = above.measures_of(key)
        ours = [measure for measure in of_goal if measure["id"] in mine]
        served |= {measure["id"] for measure in ours}
        own = dict.fromkeys(line for up in (key, *(one["id"] for one in of_goal)) for line in leaning.get(up, ()))
        goal = Line(above.text_of(key) or "", _url("goal", key), add_url=f"{new_url}?bygger={key}")
        if ours or own:
            told.append(InheritedGoal(goal, tuple(_line(measure) for measure in ours), tuple(own)))
        else:
            others.append(goal)
    loose = [measure for key, measure in above.measures.items() if key in mine - served]
    return Inherited(
        base=base,
        title=above.outline["title"],
        url=base.get_absolute_url(),
        lang=lang_of(base.language),
        own_lang=lang_of(document.language),
        goals=tuple(told),
        without_goal=tuple(_line(measure) for measure in loose),
        others=tuple(others),
        report_url=f"{reverse('plan_status', args=[base.slug])}?enhet={document.owner.slug}",
        kept=version_words(over.version) if over.version else "",
        is_newer=over.is_newer,
    )


def leaning_on(words: Words) -> Mapping[str, tuple[Line, ...]]:
    """The plan's own goals and measures, by the key of what they build up under in another document."""
    found: dict[str, list[Line]] = {}
    named: tuple[tuple[str, Mapping[str, Any]], ...] = (("goal", words.goals), ("measure", words.measures))
    for name, items in named:
        for key, item in items.items():
            line = Line(words.text_of(key) or "", _url(name, key), phrase(item.get("responsible", [])))
            for up in item.get("aligned_to") or ():
                found.setdefault(up, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


def _line(measure: Any) -> Line:
    return Line(measure["text"], _url("measure", measure["id"]), phrase(measure["responsible"]))


def _url(name: str, key: str) -> str:
    return reverse(name, args=[key])
