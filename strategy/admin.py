from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.lib.admin import Fallback, ReadOnly
from strategy.models import (
    Area,
    BaseSeen,
    Decision,
    Document,
    Fact,
    Goal,
    GoalLink,
    Indicator,
    Note,
    Observation,
    Route,
    RouteLink,
    Section,
    Target,
    TargetGroup,
    Version,
)
from strategy.order import next_position


class InOrder(Fallback):
    """Rows that are put in order: a new one with no place of its own stands last, as one made in our pages does."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change and not obj.position:
            obj.position = next_position(obj)
        super().save_model(request, obj, form, change)


@admin.register(Document)
class DocumentAdmin(Fallback):
    list_display = ("title", "kind", "state", "owner", "period_from_on", "period_to_on")
    list_filter = ("kind", "state")
    search_fields = ("title",)


@admin.register(BaseSeen)
class BaseSeenAdmin(ReadOnly):
    """Who looked at what, and when, is never rewritten."""

    list_display = ("document", "version", "seen_at", "seen_by")


@admin.register(Version)
class VersionAdmin(ReadOnly):
    """What was adopted never changes."""

    list_display = ("document", "number", "frozen_at", "frozen_by")


@admin.register(Area, Goal, Route)
class ItemAdmin(InOrder):
    list_display = ("__str__", "document", "status", "position")
    list_filter = ("status", "document")
    raw_id_fields = ("document",)


admin.site.register([Decision, Section, Fact, Target], InOrder)
admin.site.register([Note, TargetGroup, GoalLink, RouteLink, Indicator, Observation], Fallback)
