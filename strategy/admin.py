from django.contrib import admin

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
class ItemAdmin(Fallback):
    list_display = ("__str__", "document", "status", "position")
    list_filter = ("status", "document")
    raw_id_fields = ("document",)


admin.site.register([Decision, Note, Section, TargetGroup, GoalLink, RouteLink], Fallback)
admin.site.register([Indicator, Fact, Observation, Target], Fallback)
