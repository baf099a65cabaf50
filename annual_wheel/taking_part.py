"""Units that take part in an entry without having the tick: they may note, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop

from annual_wheel.models import Edition, Task, UnitNote
from config.lib.models import StaleEdit
from config.lib.saving import save_changed, save_new
from organisation.groups import groups_with
from organisation.models import Relation, Unit, User
from organisation.permissions import Permission


def may_note_for(edition: Edition, units: Iterable[Unit], *, today: date) -> list[Unit]:
    """Those of the units that a line other than the lead's names, and that have no task of their own in it."""
    lines = [line for line in edition.lines if line.relation != Relation.LEAD]
    if not lines:
        return []
    named = {line.unit_id for line in lines}
    groups = {line.group_id for line in lines if line.group_id}
    taking_part = [unit for unit in units if unit.pk in named or (groups and groups & groups_with([unit.pk], on=today))]
    held = set() if not taking_part else _with_tasks(edition)
    return [unit for unit in taking_part if unit.pk not in held]


def _with_tasks(edition: Edition) -> set[int]:
    tasks = Task.objects.standing().filter(edition=edition)
    shared = Task.shared_with.through.objects.filter(task__in=tasks.values("pk")).values_list("unit_id", flat=True)
    return {*tasks.values_list("unit_id", flat=True), *shared}


def notes_of(edition: Edition, user: User, *, today: date) -> list[UnitNote]:
    """What they have written of this year, for those who read the drafts of the unit or of the wheel's owner."""
    notes = UnitNote.objects.filter(edition=edition).exclude(text="").select_related("unit")
    readable = user.reach(today)[Permission.READ_DRAFTS]
    is_owners = edition.entry.wheel.owner_id in readable
    has_task = is_owners or Task.objects.standing().filter(edition=edition).of_units(readable).exists()
    return [note for note in notes if has_task or note.unit_id in readable]


@transaction.atomic
def write_unit_note(edition: Edition, unit: Unit, *, by: User, text: str, expected: int | None) -> UnitNote:
    """Write the unit's note; StaleEdit where somebody has written one since `expected`, or the first one."""
    Edition.objects.select_for_update().get(pk=edition.pk)  # so that of two first notes the second is seen as such
    stored = UnitNote.objects.filter(edition=edition, unit=unit).first()
    why = gettext_noop("Endret merknaden.")
    if stored is None:
        return save_new(UnitNote(edition=edition, unit=unit, text=text.strip()), by=by, why=why)
    if expected is None:
        raise StaleEdit(stored)
    stored.text = text.strip()
    saved: UnitNote = save_changed(stored, by=by, expected=expected, why=why)
    return saved
