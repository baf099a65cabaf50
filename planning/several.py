"""Several measures at once get another responsible or another target group, and can have it undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from organisation.lines import Line, save_lines
from organisation.models import Function, Unit, UnitGroup, User
from organisation.phrase_reader import ReadLine
from planning.models import Measure
from strategy.models import ItemStatus, TargetGroup
from strategy.writing import save_row

TOGETHER = gettext_noop("Endret sammen med flere tiltak.")
UNDONE = gettext_noop("Angret endringen av flere tiltak.")
Before = Mapping[str, Any]  # one measure as it was, fit for a session; `version` is what it was saved as


@transaction.atomic
def change_several(
    measures: Iterable[Measure],
    *,
    by: User,
    now: datetime,
    adds: TargetGroup | None = None,
    removes: TargetGroup | None = None,
    leads: Sequence[ReadLine] = (),
    replaces: bool = False,
) -> list[Before]:
    """Change each measure that is not so already, and return how those were.

    `leads` are lines with a party each; `replaces` puts them in place of those that stand.
    """
    changed: list[Before] = []
    for measure in _locked(measure.pk for measure in measures):
        groups, lines = list(measure.target_groups.all()), lines_now(measure)
        new_groups = _groups(groups, adds, removes)
        new_lines = _lines(lines, leads, replaces=replaces)
        if new_groups == groups and new_lines == lines:
            continue
        before = {
            "key": measure.key,
            "groups": [group.pk for group in groups],
            "lines": [_kept(line) for line in lines],
        }
        _save(measure, new_groups, new_lines, by=by, now=now, why=TOGETHER)
        changed.append({**before, "version": measure.lock_version})
    return changed


@transaction.atomic
def undo_several(changed: Sequence[Before], *, by: User, now: datetime) -> tuple[int, list[Measure]]:
    """Let the measures be as they were; return how many, and those that somebody has changed since and are left."""
    before = {row["key"]: row for row in changed}
    named = Measure.objects.filter(key__in=before).order_by("pk")
    undone = []
    for measure in _locked(named.values_list("pk", flat=True)):
        row = before[measure.key]
        if measure.lock_version != row["version"]:
            continue
        groups = list(TargetGroup.objects.filter(pk__in=row["groups"]))
        _save(measure, groups, _restored(row["lines"]), by=by, now=now, why=UNDONE)
        undone.append(measure.pk)
    return len(undone), list(named.exclude(pk__in=undone))


def _locked(pks: Iterable[int]) -> list[Measure]:
    rows = Measure.objects.select_for_update(of=("self",)).filter(pk__in=list(pks)).exclude(status=ItemStatus.RETIRED)
    return list(rows.order_by("pk"))


def _save(
    measure: Measure, groups: Sequence[TargetGroup], lines: Sequence[Line], *, by: User, now: datetime, why: str
) -> None:
    save_row(measure, by=by, now=now, expected=measure.lock_version, why=why, many={"target_groups": groups})
    save_lines(measure, lines, by=by)


def lines_now(measure: Measure) -> list[Line]:
    stored = list(measure.responsibilities.select_related("unit", "group", "function"))
    at = {line.pk: index for index, line in enumerate(stored)}
    return [
        Line(line.pk, line.party, line.function, line.relation, line.wording, at.get(line.under_id or 0))
        for line in stored
    ]


def _groups(groups: Sequence[TargetGroup], adds: TargetGroup | None, removes: TargetGroup | None) -> list[TargetGroup]:
    kept = [group for group in groups if group != removes]
    return [*kept, adds] if adds and adds not in kept else kept


def _lines(lines: Sequence[Line], leads: Sequence[ReadLine], *, replaces: bool) -> list[Line]:
    """The lines with those that are to come; one that says the same already stays in its own words."""
    if not leads:
        return list(lines)
    found: list[Line] = [] if replaces else list(lines)
    place: list[int] = []  # where each of those that come stands
    for lead in leads:
        under = place[lead.under] if lead.under is not None else None
        same = next((line for line in lines if _says_the_same(line, lead)), None)
        if same is not None and not replaces:
            place.append(lines.index(same))
            continue
        assert lead.party is not None
        pk, wording = (same.pk, same.wording) if same else (None, lead.wording)
        found.append(Line(pk, lead.party, lead.function, str(lead.relation), wording, under))
        place.append(len(found) - 1)
    return found


def _says_the_same(line: Line, lead: ReadLine) -> bool:
    return (line.party, line.function, str(line.relation)) == (lead.party, lead.function, str(lead.relation))


def _kept(line: Line) -> dict[str, Any]:
    is_unit = isinstance(line.party, Unit)
    return {
        "pk": line.pk,
        "unit" if is_unit else "group": line.party.pk,
        "function": line.function.pk if line.function else None,
        "relation": line.relation,
        "wording": line.wording,
        "under": line.under,
    }


def _restored(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    return [
        Line(
            row["pk"],
            Unit.objects.get(pk=row["unit"]) if "unit" in row else UnitGroup.objects.get(pk=row["group"]),
            Function.objects.get(pk=row["function"]) if row["function"] else None,
            row["relation"],
            row["wording"],
            row["under"],
        )
        for row in rows
    ]
