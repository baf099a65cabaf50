"""Who a responsibility phrase means today, and what the wheels do this year for a set of measures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annual_wheel.items import branch
from annual_wheel.models import Edition, Entry
from annual_wheel.rows import EditionRow, row_of
from config.lib.language import lang_of
from config.lib.text import line
from organisation.models import FunctionHolder, Relation, Unit, UnitGroup
from strategy.outline import LineOutline, MeasureOutline
from strategy.words import party_words, phrase


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the phrase: the words as written, how it takes part, and whom that means today."""

    wording: str
    relation: str
    party: str
    means: str
    is_lead: bool
    is_below: bool


def line_rows(lines: Iterable[LineOutline], *, names_people: bool, today: date) -> list[LineRow]:
    """Resolve each line on the day: the holders of a function, the units of a group."""
    lines = list(lines)
    slugs = {line["party_slug"] for line in lines}
    units = {unit.slug: unit for unit in Unit.objects.without_tree_fields().filter(slug__in=slugs)}
    groups = UnitGroup.objects.filter(slug__in=slugs).select_related("owner", "except_group")
    members = {group.slug: group.units_on(today) for group in groups}
    holders = _holders(lines, units, today) if names_people else {}
    return [
        LineRow(
            wording=line["wording"] or party_words(line),
            relation=str(Relation(line["relation"]).label),
            party=party_words(line),
            means=_means(line, members, holders),
            is_lead=line["relation"] == Relation.LEAD,
            is_below=line["under"] is not None,
        )
        for line in lines
    ]


def _holders(lines: Iterable[LineOutline], units: dict[str, Unit], today: date) -> dict[tuple[str, str], list[str]]:
    """Who holds each function at each unit today, by the function's name and the unit's slug."""
    functions = {line["function"] for line in lines if line["function"]}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    if functions:
        rows = FunctionHolder.objects.on(today).filter(function__name__in=functions, unit__in=units.values())
        for holder in rows.select_related("function", "unit", "user").order_by("user__name"):
            found[holder.function.name, holder.unit.slug].append(str(holder.user))
    return found


def _means(line: LineOutline, members: dict[str, list[Unit]], holders: dict[tuple[str, str], list[str]]) -> str:
    if line["party_kind"] == "group":
        units = members.get(line["party_slug"], [])
        if not units:
            return ""
        count = ngettext("%(count)d enhet", "%(count)d enheter", len(units)) % {"count": len(units)}
        return f"{count}: {', '.join(unit.label for unit in units)}"
    people = holders.get((line["function"] or "", line["party_slug"]), [])
    return ", ".join(people)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry that carries a measure out; `edition` is this year's, None where it has none."""

    text: str
    url: str
    wheel: str
    edition: EditionRow | None


def entries_of(keys: Iterable[str], user: Any, *, today: date) -> dict[str, list[EntryRow]]:
    """Return for each measure key the entries that carry it out, with this year's edition (three queries)."""
    keys = set(keys)
    pairs = Entry.measures.through.objects.filter(measure__key__in=keys).values_list("entry_id", "measure__key")
    measures_of: dict[int, list[str]] = defaultdict(list)
    for entry_id, key in pairs:
        measures_of[entry_id].append(key)
    entries = Entry.objects.visible_to(user, today=today).standing().filter(pk__in=measures_of).select_related("wheel")
    rows = Edition.objects.visible_to(user).filter(entry__in=measures_of, year=today.year).for_rows()
    editions = {edition.entry_id: row_of(edition, today=today) for edition in rows}
    found: dict[str, list[EntryRow]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.month, entry.position)):
        row = EntryRow(entry.text, entry.get_absolute_url(), entry.wheel.title, editions.get(entry.pk))
        for key in measures_of[entry.pk]:
            found[key].append(row)
    return found


def entry_branches(rows: Iterable[EntryRow], *, year: int) -> list[dict[str, Any]]:
    """The entries as the thread's last branches: when, and how far they have come this year."""
    return [_entry_branch(row, year) for row in rows]


def _entry_branch(row: EntryRow, year: int) -> dict[str, Any]:
    edition = row.edition
    if edition is None:
        return branch(
            _("Ikke satt opp i %(year)d") % {"year": year},
            row.text,
            row.url,
            lang=lang_of(settings.LANGUAGE_CODE),
            note=row.wheel,
        )
    return branch(
        f"{edition.when.phrase}, {year}",
        row.text,
        row.url,
        lang=lang_of(settings.LANGUAGE_CODE),
        state=edition.state,
        done=edition.done,
        total=edition.total,
        note=edition.reason or row.wheel,
    )


def measure_branches(
    measures: Iterable[MeasureOutline], user: Any, *, lang: str, shared_note: str = "", today: date
) -> list[dict[str, Any]]:
    """Measures below a goal or a route: who does each, and where it stands in this year's wheels."""
    measures = list(measures)
    entries = entries_of((measure["id"] for measure in measures), user, today=today)
    found = []
    for measure in measures:
        editions = [row.edition for row in entries.get(measure["id"], ()) if row.edition]
        when = ", ".join(edition.when.phrase for edition in editions) or _("ikke datert i år")
        note = (phrase(measure["responsible"]), when, "" if measure["goals"] else shared_note)
        progress = _together([edition for edition in editions if not edition.is_struck])
        address = reverse("measure", args=[measure["id"]])
        words = " · ".join(filter(None, note))
        found.append(branch(_("Tiltak"), line(measure["text"]), address, lang=lang, note=words, **progress))
    return found


def _together(editions: Iterable[EditionRow]) -> dict[str, Any]:
    """How far several editions have come as one: late where one is, done where all are."""
    editions = list(editions)
    states = {edition.state for edition in editions if edition.state}
    if len(states) > 1:
        states = {"late"} if "late" in states else {"in_progress"}
    return {
        "state": next(iter(states), ""),
        "done": sum(edition.done for edition in editions),
        "total": sum(edition.total for edition in editions),
    }
