"""Fetching what one may write in a wheel: unseen is 404, seen but not yours is 403."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from annual_wheel.models import Entry, Task, Wheel
from annual_wheel.years import openable_years, opened_years
from config.lib.ready_query import ReadyQuery
from organisation.models import Unit, User
from organisation.permissions import Permission
from strategy.access import refuse_unless


def wheel_to_write(request: HttpRequest, slug: str, *, today: date) -> Wheel:
    visible = Wheel.objects.visible_to(request.user).select_related("owner", "document")
    wheel = get_object_or_404(visible, slug=slug)
    refuse_unless(request.user, Permission.EDIT, wheel, today=today)
    return wheel


def wheel_named(slug: str) -> Wheel | None:
    """The wheel of an address, with its owner and its plan, whoever asks."""
    return next(iter(NAMED.rows(slug=slug)), None)


def _named(*, slug: str) -> QuerySet[Wheel]:
    return Wheel.objects.select_related("owner", "document").filter(slug=slug).order_by()


NAMED: Final = ReadyQuery(_named, slug=str)


def entry_of_wheel(request: HttpRequest, key: str, *, today: date, permission: Permission = Permission.EDIT) -> Entry:
    visible = Entry.objects.visible_to(request.user, today=today).select_related("wheel__owner", "wheel__document")
    entry: Entry = get_object_or_404(visible, key=key)
    refuse_unless(request.user, permission, entry.wheel, today=today)
    return entry


@dataclass(frozen=True)
class Turn:
    """A wheel's turn to a year, as one may see it: its editors decide, the units with tasks in it propose."""

    wheel: Wheel
    year: int
    opened: Sequence[int]
    is_editor: bool
    units: QuerySet[Unit]

    @property
    def is_opened(self) -> bool:
        return self.year in self.opened


def turn_to_see(request: HttpRequest, slug: str, year: int, *, today: date) -> Turn:
    visible = Wheel.objects.visible_to(request.user).select_related("owner", "document")
    wheel = get_object_or_404(visible, slug=slug)
    opened = opened_years(wheel)
    user = request.user
    assert isinstance(user, User)
    units = proposing_units(user, wheel, today=today)
    is_editor = wheel.owner_id in user.reach(today)[Permission.EDIT]
    if not is_editor and not units.exists():
        raise PermissionDenied
    if year not in opened and year not in openable_years(opened, today=today):
        raise Http404
    return Turn(wheel, year, opened, is_editor, units)


def turn_to_write(request: HttpRequest, slug: str, year: int, *, today: date) -> Turn:
    turn = turn_to_see(request, slug, year, today=today)
    if not turn.is_editor:
        raise PermissionDenied
    return turn


def proposing_units(user: User, wheel: Wheel, *, today: date) -> QuerySet[Unit]:
    """The units one may propose for: where one ticks off, and that have had a task in the wheel."""
    own = Unit.objects.without_tree_fields().filter(pk__in=user.reach(today)[Permission.TICK])
    # Asked unit by unit: they have few tasks, where the ten years of a wheel have a hundred thousand.
    had = Task.objects.filter(unit=OuterRef("pk"), edition__entry__wheel=wheel)
    shared = Task.shared_with.through.objects.filter(unit=OuterRef("pk"), task__edition__entry__wheel=wheel)
    return own.filter(Exists(had) | Exists(shared)).order_by("name")
