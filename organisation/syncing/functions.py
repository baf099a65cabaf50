"""A file of functions: one row for each who has one, and one for a function that nobody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from config.lib.norwegian import free_slug, sort_key
from organisation.models import Function, FunctionHolder, Unit, User
from organisation.syncing.cells import tidy
from organisation.syncing.columns import Record
from organisation.syncing.dated import Wanted, ended, lay_beside
from organisation.syncing.plan import Names, Planned, Scope, Unclear, unit_in_reach, unit_names

Key = tuple[int, int, int]  # which function, unit and person, by where they are in memory: new ones have no number yet


class Known:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        units = list(Unit.objects.without_tree_fields())
        self.units = unit_names(units)
        functions = list(scope.stored(Function.objects.order_by("pk")))
        self.functions = Names(
            functions, _("Ukjent funksjon: «%(name)s»."), _("Flere funksjoner heter «%(name)s». Skriv kortnavnet.")
        )
        self.users = {user.email.casefold(): user for user in User.objects.defer("password", "last_login")}
        unit_of = {unit.pk: unit for unit in units}
        user_of = {user.pk: user for user in self.users.values()}
        function_of = {function.pk: function for function in functions}
        standing = FunctionHolder.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=scope.today)).order_by("pk")
        self.holders = []
        for row in scope.stored(standing.filter(unit__in=scope.units)):
            row.unit, row.user, row.function = unit_of[row.unit_id], user_of[row.user_id], function_of[row.function_id]
            if row.user.is_active:
                self.holders.append(row)


def _key(function: Function, unit: Unit, user: User) -> Key:
    return id(function), id(unit), id(user)


def cells(scope: Scope) -> list[list[str]]:
    known = Known(scope)
    functions = sorted(known.functions.by_slug.values(), key=lambda row: (sort_key(row.name), row.slug))
    held: dict[int, list[FunctionHolder]] = defaultdict(list)
    for row in sorted(known.holders, key=lambda row: (row.unit.slug, row.user.email, row.pk)):
        held[row.function_id].append(row)
    found = []
    for function in functions:
        about = [known.functions.shortest(function), tidy(function.name_en)]
        if not held[function.pk]:
            found.append([*about, "", "", "", "", ""])
        for row in held[function.pk]:
            days = [day.isoformat() if day else "" for day in (row.from_on, row.to_on)]
            found.append([*about, row.unit.slug, row.user.email, tidy(row.user.name), *days])
    return found


def plan(records: Sequence[Record], scope: Scope, *, ends_missing: bool) -> list[Planned]:
    known = Known(scope)
    rows: list[Planned] = []
    made: dict[str, tuple[Function, int]] = {}
    first_row: dict[int, int] = {}
    wanted: dict[Key, tuple[Function, Unit, User, list[Wanted]]] = {}
    alone: dict[int, int] = {}
    slugs = set(known.functions.by_slug)
    for record in records:
        planned = Planned(record.number, ", ".join(filter(None, map(record.said, ("function", "unit", "email")))))
        rows.append(planned)
        function = _function(planned, record, known, made, slugs)
        held_by = _holder(planned, record, known)
        days = Wanted.of(planned, record) if record.said("unit") or record.said("email") else None
        if function is None:
            continue
        _english(planned, record, function, first_row, scope)
        if held_by is not None and days is not None:
            entry = wanted.setdefault(_key(function, *held_by), (function, *held_by, []))
            entry[3].append(days)
        elif not planned.errors:
            if id(function) in alone:
                planned.fail(_("Det samme står i rad %(number)d.") % {"number": alone[id(function)]})
            alone[id(function)] = planned.number
    missing = _lay_holders(wanted, known)
    _with_functions(rows, records, made)
    if ends_missing:
        rows += filter(None, (ended(row, f"{row.function}, {row.unit.label}, {row.user}", scope) for row in missing))
    return rows


def _function(
    planned: Planned, record: Record, known: Known, made: dict[str, tuple[Function, int]], slugs: set[str]
) -> Function | None:
    words = record.said("function")
    if not words:
        planned.fail(_("Funksjon mangler."))
        return None
    try:
        function: Function | None = known.functions.get(words)
    except Unclear as unclear:
        planned.fail(str(unclear))
        return None
    if function is not None:
        return function
    if words.casefold() in made:
        return made[words.casefold()][0]
    if not known.scope.is_everything:
        planned.fail(
            _("Ukjent funksjon: «%(name)s». Bare den som administrerer alle enheter, kan lage en ny.") % {"name": words}
        )
        return None
    if len(words) > 200:
        planned.fail(_("Navnet er for langt."))
        return None
    function = Function(name=words, name_en=record.said("name_en"), slug=free_slug(words, slugs))
    slugs.add(function.slug)
    made[words.casefold()] = (function, planned.number)
    return function


def _english(planned: Planned, record: Record, function: Function, first_row: dict[int, int], scope: Scope) -> None:
    """Take the English name from the first row that names the function; the others must say the same, or nothing."""
    words = record.get("name_en")
    if words is None or len(words) > 200:
        if words:
            planned.fail(_("Navnet er for langt."))
        return
    if id(function) in first_row:
        if words and words != tidy(function.name_en):
            said = {"number": first_row[id(function)], "words": words}
            planned.fail(_("«%(words)s» er noe annet enn i rad %(number)d.") % said)
        return
    first_row[id(function)] = planned.number
    if function.pk is not None and words != tidy(function.name_en):
        if not scope.is_everything:
            planned.fail(_("Bare den som administrerer alle enheter, kan endre navnet på en funksjon."))
        else:
            planned.set(function, "name_en", words)


def _holder(planned: Planned, record: Record, known: Known) -> tuple[Unit, User] | None:
    unit_words, email = record.said("unit"), record.said("email").casefold()
    if not unit_words and not email:
        return None
    if not unit_words or not email:
        planned.fail(_("Skriv både enhet og e-post, eller ingen av dem."))
    user = known.users.get(email)
    if user is None and email:
        planned.fail(_("Fant ingen person med adressen «%(email)s». Legg til personen først.") % {"email": email})
    elif user is not None and not user.is_active:
        planned.fail(_("Kontoen er stengt. Åpne den først."))
    unit = unit_in_reach(planned, unit_words, known.units, known.scope)
    return (unit, user) if unit and user else None


def _lay_holders(wanted: Any, known: Known) -> list[FunctionHolder]:
    standing: dict[Key, list[FunctionHolder]] = defaultdict(list)
    for row in known.holders:
        standing[_key(row.function, row.unit, row.user)].append(row)
    missing = [row for key, rows in standing.items() if key not in wanted for row in rows]
    for key, (function, unit, user, asked) in wanted.items():

        def make(function: Function = function, unit: Unit = unit, user: User = user) -> FunctionHolder:
            return FunctionHolder(function=function, unit=unit, user=user)

        missing += lay_beside(asked, standing.get(key, []), make, known.scope)
    return missing


def _with_functions(rows: Sequence[Planned], records: Sequence[Record], made: dict[str, tuple[Function, int]]) -> None:
    """Let every right row of a new function bring it; it is stored once."""
    for planned, record in zip(rows, records, strict=True):
        found = made.get(record.said("function").casefold())
        if found and not planned.errors:
            planned.make(found[0])
