"""The annual wheel: items that come back every year, each year's edition of them, and the tasks units tick off."""

from annual_wheel.models.editions import Edition, EditionForm, EditionQuerySet, EditionState, Precision
from annual_wheel.models.entries import Entry, EntryKind, EntryQuerySet, EntryResponsibility, Ticks
from annual_wheel.models.feeds import CalendarFeed, FeedKind
from annual_wheel.models.reminders import Nudge, NudgeMail, Reminder, ReminderStatus, Sending
from annual_wheel.models.tasks import Task, TaskQuerySet, TaskStatus, UnitNote
from annual_wheel.models.wheels import Wheel, WheelQuerySet, WheelYear

__all__ = [
    "CalendarFeed",
    "Edition",
    "EditionForm",
    "EditionQuerySet",
    "EditionState",
    "Entry",
    "EntryKind",
    "EntryQuerySet",
    "EntryResponsibility",
    "FeedKind",
    "Nudge",
    "NudgeMail",
    "Precision",
    "Reminder",
    "ReminderStatus",
    "Sending",
    "Task",
    "TaskQuerySet",
    "TaskStatus",
    "Ticks",
    "UnitNote",
    "Wheel",
    "WheelQuerySet",
    "WheelYear",
]
