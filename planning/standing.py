"""How measures stand: what the newest report says, what the ticks say, and where the two do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from planning.models import Measure, MeasureState
from strategy.models import Document, DocumentState, Version

STALE_AFTER = timedelta(days=183)  # half a year
OVER = (MeasureState.CARRIED_OUT, MeasureState.STOPPED)


@dataclass(frozen=True, slots=True)
class Ticks:
    """How far what carries a measure out has come in the annual wheels of a year or a period."""

    done: int
    total: int
    open: int
    when: str  # "2026"


def contradiction(state: str, ticks: Ticks | None) -> str:
    """Where a reported state and the ticks say different things, in words; empty where they agree or one is silent."""
    if not state or ticks is None or not ticks.total:
        return ""
    words = {"done": ticks.done, "open": ticks.open, "total": ticks.total, "when": ticks.when}
    if ticks.open and state == MeasureState.CARRIED_OUT:
        return _("Meldt gjennomført, men %(open)d av %(total)d i årshjulet for %(when)s er ikke kvittert ut.") % words
    if ticks.open and state == MeasureState.STOPPED:
        return _("Meldt stoppet, men %(open)d av %(total)d i årshjulet for %(when)s venter fortsatt.") % words
    if ticks.done and state == MeasureState.NOT_STARTED:
        return _("Meldt ikke startet, men %(done)d av %(total)d i årshjulet for %(when)s er kvittert ut.") % words
    if ticks.done and not ticks.open and state == MeasureState.LATE:
        return _("Meldt forsinket, men alt i årshjulet for %(when)s er kvittert ut.") % words
    if ticks.done and not ticks.open and state == MeasureState.UNDER_WAY:
        return _("Meldt i gang, men alt i årshjulet for %(when)s er kvittert ut.") % words
    return ""


def in_force_since(document: Document, keys: Iterable[str]) -> dict[str, date]:
    """From when each measure has been in force: when it was written, but not before the plan was first adopted."""
    return in_force_since_in({document: keys})


def in_force_since_in(plans: Mapping[Document, Iterable[str]]) -> dict[str, date]:
    """The same for the measures of many plans, by key (two queries)."""
    holding = {document.pk: set(keys) for document, keys in plans.items() if document.state == DocumentState.IN_FORCE}
    if not holding:
        return {}
    versions = Version.objects.filter(document__in=holding).order_by()
    first = dict(versions.values_list("document_id").annotate(Min("holds_from")))
    log = Measure.history.filter(key__in={key for keys in holding.values() for key in keys}).order_by()
    written = dict(log.values_list("key").annotate(Min("history_date")))
    return {
        key: max(localtime(written[key]).date(), first.get(pk, date.min))
        for pk, keys in holding.items()
        for key in keys
        if key in written
    }


def is_stale(*, since: date | None, state: str, told_on: date | None, ticked_on: date | None, today: date) -> bool:
    """Whether a measure in force has been forgotten: half a year without a report, a next step or a tick.

    What is carried out or stopped waits for nobody. A next step is told of in a report, and grows old with it.
    """
    if since is None or state in OVER:
        return False
    return max(since, told_on or since, ticked_on or since) < today - STALE_AFTER
