"""Which units are asked how a plan's measures stand: those that the words in force make responsible, on the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from config.lib.text import line
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning.models import Measure
from strategy.in_force import newest_words
from strategy.leads import leads, units_behind
from strategy.models import Document
from strategy.outline import LineOutline, lines_outline

Text = tuple[str, str, list[LineOutline]]


@dataclass(frozen=True, slots=True)
class PlanMeasure:
    """A measure as readers know it, and who answers for it: the plan's owner, `is_owners`, where nobody leads it."""

    key: str
    text: str
    units: tuple[Unit, ...]
    is_owners: bool = False


def measures_of(documents: Iterable[Document], *, today: date) -> dict[int, list[PlanMeasure]]:
    """The measures in force of each plan, in their order, with the units that lead them today.

    As with tasks, only lead lines of units with accounts count. The queries do not grow with plans or measures, only
    by a few for each group that is named.
    """
    documents = list(documents)
    texts = _texts(documents, today=today)
    lines = [line for rows in texts.values() for _key, _text, of_one in rows for line in of_one if leads(line)]
    members = units_behind(lines, today=today)

    def units(of_one: Iterable[LineOutline]) -> tuple[Unit, ...]:
        named = (
            unit for line in of_one if leads(line) for unit in members.get((line["party_kind"], line["party_slug"]), ())
        )
        return tuple({unit.pk: unit for unit in named}.values())

    found: dict[int, list[PlanMeasure]] = {}
    for document in documents:
        rows = [(key, text, units(of_one)) for key, text, of_one in texts[document.pk]]
        found[document.pk] = [PlanMeasure(key, text, led or (document.owner,), not led) for key, text, led in rows]
    return found


def leading(document: Document, key: str, *, today: date) -> list[tuple[Unit, str]] | None:
    """The units that lead one measure today, each with the name of the group that it does so as a member of, if any.

    None where the words that hold do not have the measure.
    """
    texts = {each: of_one for each, _text, of_one in _texts([document], today=today)[document.pk]}
    if key not in texts:
        return None
    lead = [one for one in texts[key] if leads(one)]
    members = units_behind(lead, today=today)
    found: dict[int, tuple[Unit, str]] = {}
    for one in lead:
        for unit in members.get((one["party_kind"], one["party_slug"]), ()):
            found.setdefault(unit.pk, (unit, one["party"] if one["party_kind"] == "group" else ""))
    return list(found.values())


def _texts(documents: Sequence[Document], *, today: date) -> dict[int, list[Text]]:
    """The words in force of each plan's measures; the working text of one that was never frozen."""
    frozen = newest_words((document.pk for document in documents), today=today)
    working: dict[int, list[Text]] = {document.pk: [] for document in documents if document.pk not in frozen}
    if working:
        parts = [f"responsibilities__{party}" for party in ("unit", "group", "function")]
        for measure in Measure.objects.standing().filter(document__in=working).prefetch_related(*parts):
            lines = lines_outline(measure.responsibilities.all())
            working[measure.document_id].append((measure.key, str(measure), lines))
    of_frozen = {
        pk: [(key, line(measure["text"]), measure["responsible"]) for key, measure in words.measures.items()]
        for pk, words in frozen.items()
    }
    return working | of_frozen


def measures_of_plan(document: Document, *, today: date) -> list[PlanMeasure]:
    return measures_of([document], today=today)[document.pk]


def units_of(measures: Iterable[PlanMeasure]) -> list[Unit]:
    """Every unit that answers for one of them, by name."""
    found = {unit.pk: unit for measure in measures for unit in measure.units}
    return sorted(found.values(), key=lambda unit: unit.name)


def reporting_units(measure: PlanMeasure, document: Document, user: User, *, today: date) -> list[Unit]:
    """The units that this person may speak for about a measure: the responsible ones where one ticks off, and before
    them the plan's owner for whoever edits the plan."""
    reach = user.reach(today)
    mine = [unit for unit in measure.units if unit.pk in reach[Permission.TICK]]
    if document.owner_id not in reach[Permission.EDIT]:
        return mine
    return [document.owner, *(unit for unit in mine if unit != document.owner)]
