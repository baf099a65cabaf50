"""Fetching what one may write in a wheel: unseen is 404, seen but not yours is 403."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from annual_wheel.models import Entry, Wheel
from organisation.permissions import Permission
from strategy.access import refuse_unless


def wheel_to_write(request: HttpRequest, slug: str, *, today: date) -> Wheel:
    visible = Wheel.objects.visible_to(request.user).select_related("owner", "document")
    wheel = get_object_or_404(visible, slug=slug)
    refuse_unless(request.user, Permission.EDIT, wheel, today=today)
    return wheel


def entry_of_wheel(request: HttpRequest, key: str, *, today: date, permission: Permission = Permission.EDIT) -> Entry:
    visible = Entry.objects.visible_to(request.user, today=today).select_related("wheel__owner", "wheel__document")
    entry: Entry = get_object_or_404(visible, key=key)
    refuse_unless(request.user, permission, entry.wheel, today=today)
    return entry
