"""The thread of an entry, from the vision through goals and measures to the work: short beside a row, whole on a page.

The entry's measures must come from `verbs.measures_seen_by`, so that nothing is shown that the reader may not see, and
are told in the words in force: what an editor has written since is nobody else's to read yet.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from annual_wheel.models import Entry
from annual_wheel.phrases import shortened
from config.lib.language import lang_of
from config.lib.text import line
from planning.models import Measure
from strategy.in_force import Words, words_of_versions
from strategy.models import Document, Goal


@dataclass(frozen=True, slots=True)
class Text:
    """What stands beside or above, with the attribute that names its language."""

    text: str
    url: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A knot on the thread, as `_thread.html` draws it; `also` are others at the same height."""

    kind: str
    label: str
    text: str
    url: str = ""
    is_current: bool = False
    also: tuple[Text, ...] = ()
    lang: str = ""


def why_of(entry: Entry) -> tuple[Text, ...]:
    """Why the work is done, in short: the goal and the measure, or for what no measure explains the plan and wheel."""
    measure = next(iter(_measures(entry)), None)
    if measure is None:
        plan = entry.wheel.document if entry.wheel.document and entry.wheel.document.is_published else None
        own = Text(entry.wheel.title, entry.wheel.get_absolute_url(), lang_of(settings.LANGUAGE_CODE))
        return (Text(plan.known_as, plan.get_absolute_url(), lang_of(plan.language)), own) if plan else (own,)
    served = _served_by(measure)
    own = _text_of(measure)
    own = replace(own, text=shortened(own.text))
    return (replace(served[0], text=shortened(served[0].text, 70)), own) if served else (own,)


def thread_of(entry: Entry) -> list[Step]:
    """The whole thread down to the entry: one knot for the vision, one for the goals, one for the measures."""
    measures = _measures(entry)
    served = list(dict.fromkeys(text for measure in measures for text in _served_by(measure)))
    plans = list(dict.fromkeys(_plan_of(measure) for measure in measures))
    knots = [
        ("vision", *_top_of(plans)),
        ("goal", _("Mål"), served),
        ("measure", _("Tiltak"), [_text_of(measure) for measure in measures]),
    ]
    steps = [
        Step(kind, label, texts[0].text, texts[0].url, also=tuple(texts[1:]), lang=texts[0].lang)
        for kind, label, texts in knots
        if texts
    ]
    return [
        *steps,
        Step("entry", _("Punkt i årshjulet"), entry.text, is_current=True, lang=lang_of(settings.LANGUAGE_CODE)),
    ]


def _served_by(measure: Measure) -> list[Text]:
    """The goals a measure serves, or the area all of whose goals it serves."""
    if words := _words_of(measure):
        return _served_in(words, measure)
    goals: list[Goal] = list(measure.goals.all())
    if goals:
        return [Text(str(goal), goal.get_absolute_url(), lang_of(measure.document.language)) for goal in goals]
    if measure.area is None:
        return []
    return [Text(_("Alle mål i %(area)s") % {"area": measure.area}, measure.document.get_absolute_url())]


def _served_in(words: Words, measure: Measure) -> list[Text]:
    frozen = words.measures[measure.key]
    if frozen["goals"]:
        named = [(key, words.text_of(key)) for key in frozen["goals"]]
        lang = lang_of(measure.document.language)
        return [Text(text, reverse("goal", args=[key]), lang) for key, text in named if text]
    area = words.areas.get(frozen["area"] or "")
    if area is None:
        return []
    heading = " ".join(filter(None, (area["label"], area["title"])))
    return [Text(_("Alle mål i %(area)s") % {"area": heading}, measure.document.get_absolute_url())]


def _measures(entry: Entry) -> list[Measure]:
    """Those that stand in their document's words in force, where it has any."""
    found: list[Measure] = list(entry.measures.all())
    return [m for m in found if (words := _words_of(m)) is None or m.key in words.measures]


def _words_of(measure: Measure) -> Words | None:
    """The words in force of the measure's document, kept by the process; None where it was never frozen."""
    pk, at = measure.version_pk, measure.version_at  # type: ignore[attr-defined]  # by measures_seen_by
    return words_of_versions({0: (pk, at)})[0] if pk else None


def _text_of(measure: Measure) -> Text:
    words = _words_of(measure)
    text = words.measures[measure.key]["text"] if words else measure.text
    return Text(line(text), measure.get_absolute_url(), lang_of(measure.document.language))


def _plan_of(measure: Measure) -> Document:
    """The plan as its words in force have it."""
    words, plan = _words_of(measure), copy(measure.document)
    if words:
        plan.title, plan.vision = words.outline["title"], words.outline["vision"]
        plan.overall_goal = words.outline["overall_goal"]
    return plan


def _top_of(plans: list[Document]) -> tuple[str, list[Text]]:
    """What the thread hangs from, and what that is called: visions, else overall goals, else the plans' titles.

    Several plans are told by the same kind of words, so that the label is true of every one.
    """
    for label, words in (
        (_("Visjon"), [plan.vision for plan in plans]),
        (_("Overordnet mål"), [plan.overall_goal for plan in plans]),
    ):
        if all(words):
            return label, [_said(plan, text) for text, plan in zip(words, plans, strict=True)]
    return _("Plan"), [_said(plan, plan.title) for plan in plans]


def _said(plan: Document, text: str) -> Text:
    return Text(line(text), plan.get_absolute_url(), lang_of(plan.language))
