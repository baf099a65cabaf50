"""The row of a measure on the editor's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.lib.addresses import address, at_row
from config.lib.fetched import all_of
from organisation.lines import line_words
from planning.models import Verdict
from strategy.in_force import Place
from strategy.models import ItemStatus, LinkKind
from strategy.rows import Row, keyed_row, shortened

Wheels = Sequence[tuple[str, str]]  # the title and the short name of each


Above = Mapping[str, Place]  # what measures build up under in other documents, by key


def measure_row(measure: Any, wheels: Wheels, links: Iterable[Any], above: Above) -> Row:
    """What a measure says, with the wheels that whoever looks can put it in; `above` is as they may see it."""
    notes = [*measure_notes(measure), *_builds_on(links, above)]
    return keyed_row("measure", measure, notes=notes, into_wheels=into_wheels(measure, wheels))


def ends_of(links: Iterable[Any]) -> list[Any]:
    """What is built up under, of what links lead to."""
    ends = (link.to_goal or link.to_route or link.to_measure for link in links if link.kind == LinkKind.ALIGNED)
    return list(ends)


def _builds_on(links: Iterable[Any], above: Above) -> list[SafeString]:
    """The words of what it builds up under, each a way there, and whose it is."""
    places = [above[end.key] for end in ends_of(links) if end.key in above]
    if not places:
        return []
    words = ((place.lang, place.url, shortened(place.text), place.document.owner.label) for place in places)
    return [format_html("{}: {}", _("Bygger opp under"), format_html_join("; ", '<a{} href="{}">{}</a> ({})', words))]


def measure_notes(measure: Any) -> list[str]:
    notes = [line_words(line) for line in all_of(measure, "responsibilities")]
    notes += _evaluated(measure)
    entries = [str(entry) for entry in all_of(measure, "entries") if entry.status != ItemStatus.RETIRED]
    if entries:
        notes.append(_("I årshjulet: %(entries)s") % {"entries": "; ".join(entries)})
    others = [goal for goal in all_of(measure, "goals") if goal.status != ItemStatus.RETIRED][1:]
    if others:
        notes.append(_("Tjener også: %(goals)s") % {"goals": "; ".join(str(goal) for goal in others)})
    return notes


def into_wheels(measure: Any, wheels: Wheels) -> list[tuple[str, str]]:
    """Each wheel's title, and the form of a new entry in it that carries out the measure and leads back to its row."""
    if not wheels:
        return []
    back = at_row(address("plan_edit", measure.document.slug), measure.key)
    query = urlencode({"tiltak": measure.key, "next": back})
    return [(title, f"{address('entry_new', slug)}?{query}") for title, slug in wheels]


def _evaluated(measure: Any) -> list[str]:
    """What units said in the newest evaluation, of what it goes on from where it has none of its own.

    Whoever writes the plan reads them all.
    """
    rows = list(all_of(measure, "evaluations")) or list(getattr(measure, "earlier", ()))
    if not rows:
        return []
    words = {Verdict.CONTINUE: _("Fortsett"), Verdict.CHANGE: _("Endre"), Verdict.STOP: _("Stopp")}
    return [
        _("Evaluert %(year)s, %(unit)s: %(verdict)s. %(text)s")
        % {"year": row.year, "unit": row.unit.label, "verdict": words[Verdict(row.verdict)], "text": row.text}
        for row in rows
        if row.year == rows[0].year
    ]
