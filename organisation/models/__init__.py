"""Who there is: people, units, groups of units, functions, and who holds which role where."""

from organisation.models.comments import About, Answer, Comment, CommentQuerySet, Hearing, HearingQuerySet
from organisation.models.files import StoredFile
from organisation.models.functions import Function, FunctionHolder
from organisation.models.groups import GroupMember, GroupRule, UnitGroup
from organisation.models.named import Dated, DatedQuerySet, Named, holds_on
from organisation.models.people import (
    NOT_LOGGED,
    Membership,
    MembershipQuerySet,
    ReminderRhythm,
    User,
    UserManager,
    counts_on,
)
from organisation.models.responsibility import Relation, Responsibility
from organisation.models.units import Unit, UnitKind, UnitQuerySet

__all__ = [
    "NOT_LOGGED",
    "About",
    "Answer",
    "Comment",
    "CommentQuerySet",
    "Dated",
    "DatedQuerySet",
    "Function",
    "FunctionHolder",
    "GroupMember",
    "GroupRule",
    "Hearing",
    "HearingQuerySet",
    "Membership",
    "MembershipQuerySet",
    "Named",
    "Relation",
    "ReminderRhythm",
    "Responsibility",
    "StoredFile",
    "Unit",
    "UnitGroup",
    "UnitKind",
    "UnitQuerySet",
    "User",
    "UserManager",
    "counts_on",
    "holds_on",
]
