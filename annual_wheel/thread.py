"""The thread of an entry, from the vision through goals and measures to the work: short beside a row, whole on a page.

The entry's measures must come from `verbs.measures_seen_by`, so that nothing is shown that the reader may not see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _

from annual_wheel.models import Entry
from annual_wheel.phrases import shortened
from config.lib.language import lang_of
from planning.models import Measure
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
    measure = next(iter(entry.measures.all()), None)
    if measure is None:
        plan = entry.wheel.document if entry.wheel.document and entry.wheel.document.is_published else None
        own = Text(entry.wheel.title, entry.wheel.get_absolute_url(), lang_of(settings.LANGUAGE_CODE))
        return (Text(plan.title, plan.get_absolute_url(), lang_of(plan.language)), own) if plan else (own,)
    served = _served_by(measure)
    own = _text_of(measure, shortened(measure.text))
    return (replace(served[0], text=shortened(served[0].text, 70)), own) if served else (own,)


def thread_of(entry: Entry) -> list[Step]:
    """The whole thread down to the entry: one knot for the vision, one for the goals, one for the measures."""
    measures = list(entry.measures.all())
    served = list(dict.fromkeys(text for measure in measures for text in _served_by(measure)))
    plans = list(dict.fromkeys(measure.document for measure in measures))
    knots = [
        ("vision", *_top_of(plans)),
        ("goal", _("Mål"), served),
        ("measure", _("Tiltak"), [_text_of(measure, measure.text) for measure in measures]),
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
    goals: list[Goal] = list(measure.goals.all())
    if goals:
        return [
            Text(goal.title or goal.text, goal.get_absolute_url(), lang_of(measure.document.language)) for goal in goals
        ]
    if measure.area is None:
        return []
    return [Text(_("Alle mål i %(area)s") % {"area": measure.area}, measure.document.get_absolute_url())]


def _text_of(measure: Measure, text: str) -> Text:
    return Text(text, measure.get_absolute_url(), lang_of(measure.document.language))


def _top_of(plans: list[Document]) -> tuple[str, list[Text]]:
    """What the thread hangs from, and what that is called: visions, else overall goals, else the plans' titles.

    Several plans are told by the same kind of words, so that the label is true of every one.
    """
    for label, words in (
        (_("Visjon"), [plan.vision for plan in plans]),
        (_("Overordnet mål"), [plan.overall_goal for plan in plans]),
    ):
        if all(words):
            return label, [_words_of(plan, text) for text, plan in zip(words, plans, strict=True)]
    return _("Plan"), [_words_of(plan, plan.title) for plan in plans]


def _words_of(plan: Document, text: str) -> Text:
    return Text(text, plan.get_absolute_url(), lang_of(plan.language))
