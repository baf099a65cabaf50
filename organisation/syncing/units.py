"""A file of units, each with the one it stands under."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.norwegian import RESERVED, free_slug, sort_key
from organisation.models import Unit, UnitKind
from organisation.syncing.cells import is_yes, tidy, words_for, yes_or_no
from organisation.syncing.columns import Kind, Record, heading_of
from organisation.syncing.plan import Outcome, Planned, Scope, Unclear, read_day, refuse_unknown, unit_names

TEXTS: Final = ("name", "name_en", "short_name")
CHOICES: Final = ("is_participating", "is_quiet_in_july")
DAYS: Final = ("opens_on", "closes_on")
LABELS: Final = {"opens_on": gettext_lazy("Åpner"), "closes_on": gettext_lazy("Legges ned")}


def cells(scope: Scope) -> list[list[str]]:
    units = Unit.objects.without_tree_fields().select_related("parent").filter(pk__in=scope.units)
    return [
        [
            unit.slug,
            *(tidy(getattr(unit, name)) for name in TEXTS),
            str(unit.get_kind_display()),
            unit.parent.slug if unit.parent else "",
            *(yes_or_no(getattr(unit, name)) for name in CHOICES),
            *(getattr(unit, name).isoformat() if getattr(unit, name) else "" for name in DAYS),
        ]
        for unit in sorted(units, key=lambda unit: (sort_key(unit.name), unit.slug))
    ]


def plan(records: Sequence[Record], scope: Scope, *, ends_missing: bool) -> list[Planned]:
    units = list(scope.stored(Unit.objects.without_tree_fields().order_by("pk")))
    by_pk = {unit.pk: unit for unit in units}
    for unit in units:
        unit.parent = by_pk.get(unit.parent_id)
    names = unit_names(units)
    stood = {unit.pk: unit.parent for unit in units}
    kinds = words_for(UnitKind.choices)
    rows = [Planned(record.number, record.said("name") or record.said("slug")) for record in records]
    found = _found(rows, records, names, scope)
    for planned, record, unit in zip(rows, records, found, strict=True):
        if unit is not None:
            _set(planned, record, unit, kinds)
        else:
            _judge(planned, record, kinds, names.find)
    for planned, record, unit in zip(rows, records, found, strict=True):
        if unit is not None:
            _place(planned, record, unit, names.find, stood, scope)
    _refuse_circles(rows, found)
    _refuse_below_wrong(rows, found)
    if ends_missing:
        named = {unit.pk for unit in found if unit is not None}
        rows += [_missing(unit, scope) for unit in units if unit.pk in scope.units and unit.pk not in named]
    return [row for row in rows if row.outcome != Outcome.MISSING or row.writes]


def _found(rows: Sequence[Planned], records: Sequence[Record], names: Any, scope: Scope) -> list[Unit | None]:
    """Return each row's unit, the one that stands or one to be made; None where the row cannot be about any."""
    found: list[Unit | None] = []
    first_row: dict[int, int] = {}
    taken = set(names.by_slug)
    for planned, record in zip(rows, records, strict=True):
        unit = _one(planned, record, names, taken, scope)
        if unit is not None and id(unit) in first_row:
            planned.fail(_("Det samme står i rad %(number)d.") % {"number": first_row[id(unit)]})
            unit = None
        if unit is not None:
            first_row[id(unit)] = planned.number
        found.append(unit)
    return found


def _one(planned: Planned, record: Record, names: Any, taken: set[str], scope: Scope) -> Unit | None:
    slug, name = record.said("slug").casefold(), record.said("name")
    if not name:
        planned.fail(_("Navn mangler."))
        return None
    try:
        unit: Unit | None = names.by_slug.get(slug) if slug else names.get(name)
    except Unclear as unclear:
        planned.fail(str(unclear))
        return None
    if unit is not None:
        if unit.pk is not None and unit.pk not in scope.units:
            planned.fail(_("Du administrerer ikke %(unit)s.") % {"unit": unit.label})
            return None
        return unit
    if slug and (words := wrong_slug(slug)):
        planned.fail(words)
        return None
    unit = Unit(slug=slug or free_slug(record.said("short_name") or name, taken), name="", kind="")
    taken.add(unit.slug)
    planned.make(unit)
    names.by_slug[unit.slug] = unit
    names.by_name.setdefault(name.casefold(), []).append(unit)
    return unit


def wrong_slug(words: str) -> str:
    """Say what is wrong with the name that something new shall have in addresses; empty where it is right."""
    if words in RESERVED:
        return _("Kortnavnet «%(slug)s» er opptatt. Velg et annet.") % {"slug": words}
    try:
        validate_slug(words)
    except ValidationError:
        text = _("Kortnavnet «%(slug)s» kan bare ha små bokstaver fra a til z, tall og bindestrek.")
        return text % {"slug": words}
    return _("Navnet er for langt.") if len(words) > 60 else ""


def set_texts(planned: Planned, record: Record, row: Any, fields: Sequence[str]) -> None:
    for name in fields:
        words = record.get(name)
        if words is None:
            continue
        longest = row._meta.get_field(name).max_length
        if len(words) > longest:
            planned.fail(
                _("«%(words)s …» er for langt. Det er plass til %(most)d tegn.")
                % {"words": words[:30], "most": longest}
            )
        else:
            planned.set(row, name, words, is_new=row.pk is None)


def _set(planned: Planned, record: Record, unit: Unit, kinds: Any) -> None:
    is_new = unit.pk is None
    set_texts(planned, record, unit, TEXTS)
    words = record.said("kind")
    if words and words.casefold() not in kinds:
        refuse_unknown(planned, words, heading_of(Kind.UNITS, "kind"), UnitKind.labels)
    elif words:
        planned.set(unit, "kind", kinds[words.casefold()], is_new=is_new)
    elif not unit.kind:
        planned.fail(_("Type mangler. En ny enhet må ha en."))
    _set_choices(planned, record, unit)
    for name in DAYS:
        if record.get(name) is not None:
            day = read_day(planned, record.said(name), LABELS[name])
            planned.set(unit, name, day, is_new=is_new)
    if unit.opens_on and unit.closes_on and unit.closes_on <= unit.opens_on:
        planned.fail(_("Enheten legges ned før den åpner."))


def _judge(planned: Planned, record: Record, kinds: Any, find: Any) -> None:
    """Tell what is wrong in the rest of a row where nobody knows which unit it is about."""
    trial = Planned(planned.number, planned.title)
    _set(trial, record, Unit(kind=UnitKind.SECTION), kinds)
    try:
        if words := record.said("parent"):
            find(words)
    except Unclear as unclear:
        trial.fail(str(unclear))
    planned.errors += trial.errors


def _set_choices(planned: Planned, record: Record, unit: Unit) -> None:
    for name in CHOICES:
        words = record.said(name)
        try:
            if words:
                planned.set(unit, name, is_yes(words), is_new=unit.pk is None)
        except ValueError:
            refuse_unknown(planned, words, heading_of(Kind.UNITS, name), map(yes_or_no, (True, False)))


def _place(
    planned: Planned, record: Record, unit: Unit, find: Any, stood: dict[int, Unit | None], scope: Scope
) -> None:
    """Put the unit under another. Where it stands now is always right, also where that is not the administrator's."""
    words = record.get("parent")
    if words is None and unit.pk is not None:
        return
    try:
        parent: Unit | None = find(words) if words else None
    except Unclear as unclear:
        planned.fail(str(unclear))
        return
    if unit.pk is not None and stood[unit.pk] is parent:
        return
    if parent is None and not scope.is_everything:
        planned.fail(_("Bare den som administrerer alle enheter, kan la en stå øverst."))
    elif parent is not None and parent.pk is not None and parent.pk not in scope.units:
        planned.fail(_("Du administrerer ikke %(unit)s.") % {"unit": parent.label})
    else:
        planned.set(unit, "parent", parent, is_new=unit.pk is None, label=_("Hører under"))


def _refuse_circles(rows: Sequence[Planned], found: Sequence[Unit | None]) -> None:
    """Refuse every row whose unit stands under itself. What is above a circle leads into it, but is not in it."""
    for planned, unit in zip(rows, found, strict=True):
        above, seen = unit.parent if unit else None, set[int]()
        while above is not None and above is not unit and id(above) not in seen:
            seen.add(id(above))
            above = above.parent
        if unit is not None and above is unit:
            planned.fail(_("En enhet kan ikke høre under seg selv eller noe som hører under den."))


def _refuse_below_wrong(rows: Sequence[Planned], found: Sequence[Unit | None]) -> None:
    """Refuse rows under a new unit that cannot be made."""
    row_of = {id(unit): planned for planned, unit in zip(rows, found, strict=True) if unit is not None}
    is_done = False
    while not is_done:
        is_done = True
        for planned, unit in zip(rows, found, strict=True):
            above = row_of.get(id(unit.parent)) if unit and unit.parent and unit.parent.pk is None else None
            if above and above.outcome == Outcome.ERROR and planned.outcome != Outcome.ERROR:
                planned.fail(_("Enheten den hører under, har feil i rad %(number)d.") % {"number": above.number})
                is_done = False


def _missing(unit: Unit, scope: Scope) -> Planned:
    planned = Planned(0, str(unit), Outcome.MISSING, key=unit.slug)
    can_close = unit.closes_on is None or unit.closes_on > scope.today
    if can_close and not (unit.opens_on and unit.opens_on >= scope.today):
        planned.set(unit, "closes_on", scope.today)
        planned.outcome = Outcome.MISSING
    return planned
