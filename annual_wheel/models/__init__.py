"""The annual wheel: items that come back every year, each year's edition of them, and the tasks units tick off."""

from annual_wheel.models.editions import (
    OWN_WORDS,
    Edition,
    EditionForm,
    EditionQuerySet,
    EditionResponsibility,
    EditionState,
    Precision,
)
from annual_wheel.models.entries import (
    MOST_LEAD_DAYS,
    Entry,
    EntryKind,
    EntryQuerySet,
    EntryResponsibility,
    Ticks,
)
from annual_wheel.models.feeds import CalendarFeed, FeedKind, Ringing
from annual_wheel.models.reminders import Nudge, NudgeMail, Reminder, ReminderRun, ReminderStatus, Sending
from annual_wheel.models.stored_events import CalendarScope, StoredEvent, StoredLanguage, StoredState
from annual_wheel.models.tasks import Task, TaskQuerySet, TaskStatus, UnitNote, is_open_on
from annual_wheel.models.turning import Answer, Choice, Proposal, ProposalKind, ProposalQuerySet, TurnDecision
from annual_wheel.models.wheels import Wheel, WheelQuerySet, WheelYear

__all__ = [
    "MOST_LEAD_DAYS",
    "OWN_WORDS",
    "Answer",
    "CalendarFeed",
    "CalendarScope",
    "Choice",
    "Edition",
    "EditionForm",
    "EditionQuerySet",
    "EditionResponsibility",
    "EditionState",
    "Entry",
    "EntryKind",
    "EntryQuerySet",
    "EntryResponsibility",
    "FeedKind",
    "Nudge",
    "NudgeMail",
    "Precision",
    "Proposal",
    "ProposalKind",
    "ProposalQuerySet",
    "Reminder",
    "ReminderRun",
    "ReminderStatus",
    "Ringing",
    "Sending",
    "StoredEvent",
    "StoredLanguage",
    "StoredState",
    "Task",
    "TaskQuerySet",
    "TaskStatus",
    "Ticks",
    "TurnDecision",
    "UnitNote",
    "Wheel",
    "WheelQuerySet",
    "WheelYear",
    "is_open_on",
]
