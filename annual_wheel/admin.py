from django.contrib import admin

from annual_wheel.models import (
    CalendarFeed,
    CalendarScope,
    Edition,
    EditionResponsibility,
    Entry,
    EntryResponsibility,
    Nudge,
    NudgeMail,
    Proposal,
    Reminder,
    ReminderRun,
    StoredEvent,
    StoredLanguage,
    Task,
    TurnDecision,
    UnitNote,
    Wheel,
    WheelYear,
)
from config.lib.admin import Fallback, ReadOnly


@admin.register(Wheel)
class WheelAdmin(Fallback):
    list_display = ("title", "owner", "document", "is_public")


@admin.register(Entry)
class EntryAdmin(Fallback):
    list_display = ("text", "wheel", "kind", "month", "when_words", "status")
    list_filter = ("wheel", "kind", "status")
    search_fields = ("text",)
    raw_id_fields = ("bound_entry", "anchor")


@admin.register(Edition)
class EditionAdmin(Fallback):
    list_display = ("entry", "year", "as_written", "due_on", "state")
    list_filter = ("year", "state")
    raw_id_fields = ("entry",)


@admin.register(Task)
class TaskAdmin(Fallback):
    list_display = ("edition", "unit", "status", "done_at", "done_by")
    list_filter = ("status", "unit")
    raw_id_fields = ("edition",)


@admin.register(Reminder, NudgeMail)
class ReminderAdmin(ReadOnly):
    list_display = ("user", "day", "status", "sent_at", "attempt_count")
    list_filter = ("status",)


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnly):
    """Without what its address could be made from."""

    fields = ("user", "kind", "unit", "created_at", "last_used_on", "revoked_at")
    list_display = ("user", "kind", "unit", "last_used_on", "revoked_at")


@admin.register(StoredEvent)
class StoredEventAdmin(ReadOnly):
    fields = ("uid", "language", "first_on", "last_on", "state", "sequence", "changed_at")
    list_display = ("uid", "language", "first_on", "state", "sequence", "changed_at")
    list_filter = ("language", "state")
    search_fields = ("uid",)


admin.site.register([CalendarScope, Nudge, ReminderRun, StoredLanguage], ReadOnly)
admin.site.register([WheelYear, EntryResponsibility, EditionResponsibility, UnitNote, TurnDecision, Proposal], Fallback)
