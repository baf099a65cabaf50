"""What several units say of a measure they share, taken together (ADR 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from organisation.models import Unit
from planning.models import MeasureState, StatusReport

SILENT: Final = ""  # the state of whoever has not told
ORDER: Final = (
    MeasureState.STOPPED,
    MeasureState.LATE,
    MeasureState.NOT_STARTED,
    MeasureState.UNDER_WAY,
    MeasureState.CARRIED_OUT,
)


def combined(states: Iterable[str]) -> str:
    """The state of a measure from that of each unit that leads it; silent where nobody says how it goes.

    It is stopped when all have stopped; who has stopped is else not waited for. It is delayed when one is, carried out
    when all have carried it out, not started while nobody who has told has begun, and under way otherwise.
    """
    said = list(states)
    going = [state for state in said if state != MeasureState.STOPPED]
    told = {state for state in going if state}
    if not going:
        return MeasureState.STOPPED if said else SILENT
    if not told:
        return SILENT
    if MeasureState.LATE in told:
        return MeasureState.LATE
    if set(going) == {MeasureState.CARRIED_OUT}:
        return MeasureState.CARRIED_OUT
    return MeasureState.NOT_STARTED if told == {MeasureState.NOT_STARTED} else MeasureState.UNDER_WAY


@dataclass(frozen=True, slots=True)
class Together:
    """How a measure stands: the state, the report that tells of it, and what each of several units says."""

    state: str
    newest: StatusReport | None
    said: tuple[tuple[Unit, str], ...] = ()  # each leading unit and its state; empty where one unit alone leads
    word_of: Unit | None = None  # the plan's owner, where its word holds for the whole measure

    @property
    def tally(self) -> dict[str, int]:
        """How many units are in each state, silent ones last."""
        return in_order(Counter(state for _unit, state in self.said))

    @property
    def has_stop(self) -> bool:
        return self.state == MeasureState.STOPPED or any(state == MeasureState.STOPPED for _unit, state in self.said)


def together(told: Mapping[int, StatusReport], units: Iterable[Unit], owner: Unit) -> Together:
    """Take together the newest report of each unit, by its number, for those that lead a measure.

    What the plan's owner says of a measure it does not lead holds for the whole, until one of the units tells later; a
    stop by the owner holds until the owner says otherwise.
    """
    units = list(units)
    own = [report for unit in units if (report := told.get(unit.pk))]
    newest = max(own, key=lambda report: (report.reported_at, report.pk), default=None)
    said = tuple((unit, told[unit.pk].state if unit.pk in told else SILENT) for unit in units)
    word = told.get(owner.pk)
    several = said if len(said) > 1 or owner not in units else ()
    if word is not None and several:
        is_last = owner not in units and (newest is None or word.reported_at > newest.reported_at)
        if is_last or word.state == MeasureState.STOPPED:
            return Together(word.state, word, several, owner)
    return Together(combined(state for _unit, state in said), newest, said if len(said) > 1 else ())


def newest_of_units(reports: Iterable[StatusReport]) -> dict[str, dict[int, StatusReport]]:
    """The newest report of each unit on each measure, by the measure's key and the unit's number; newest come first."""
    found: dict[str, dict[int, StatusReport]] = {}
    for report in reports:
        found.setdefault(report.measure.key, {}).setdefault(report.unit_id, report)
    return found


def in_order(tally: Mapping[str, int]) -> dict[str, int]:
    return {str(state): tally[state] for state in (*ORDER, SILENT) if tally.get(state)}


def tally_words(tally: Mapping[str, int], word_of: str = "") -> str:
    """ "1 av 7 stoppet, 6 har ikke rapportert"; before it the owner's word where that holds for all."""
    total, parts = sum(tally.values()), []
    for state, count in in_order(tally).items():
        words = {"count": count, "total": total, "state": MeasureState(state).label if state else ""}
        if not state:
            parts.append(_("%(count)d har ikke rapportert") % words)
        elif parts:
            parts.append(f"{count} {words['state']}")
        else:
            parts.append(_("%(count)d av %(total)d %(state)s") % words)
    of_units = ", ".join(parts) if total > 1 and list(tally) != [SILENT] else ""
    of_owner = _("%(unit)s har sagt det for hele tiltaket") % {"unit": word_of} if word_of else ""
    return "; ".join(said for said in (of_owner, of_units) if said)
