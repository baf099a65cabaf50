"""The row of a measure on the editor's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.lib.addresses import address, at_row
from config.lib.fetched import all_of
from organisation.lines import line_words
from planning.models import Verdict
from strategy.builds_on import Above, builds_on
from strategy.models import ItemStatus
from strategy.rows import Row, keyed_row

Wheels = Sequence[tuple[str, str]]  # the title and the short name of each


def measure_row(measure: Any, wheels: Wheels, links: Iterable[Any], above: Above) -> Row:
    """What a measure says, with the wheels that whoever looks can put it in; `above` is as they may see it."""
    notes = [*measure_notes(measure), *builds_on(links, above)]
    return keyed_row("measure", measure, notes=notes, into_wheels=into_wheels(measure, wheels))


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
