"""Small builders for tests: each makes one row that is valid by itself, with what the test names set."""

from datetime import date
from typing import Any

from annual_wheel import opening
from annual_wheel.models import Edition, Entry, EntryResponsibility, Task, Wheel
from organisation.models import Function, GroupMember, Membership, Unit, UnitGroup, User
from planning.models import Measure
from strategy.models import Area, Document, Goal, Route

PASSWORD = "en lang setning som passord"


def unit(slug: str, parent: Unit | None = None, **fields: Any) -> Unit:
    kind = fields.pop("kind", "department" if parent else "faculty")
    return Unit.objects.create(slug=slug, parent=parent, kind=kind, **{"name": f"Enhet {slug}", **fields})


def user(email: str, *roles: tuple[str, Unit], **fields: Any) -> User:
    """Make a person with the roles given as (role, unit)."""
    person = User.objects.create_user(email, PASSWORD, **{"name": email.split("@")[0], **fields})
    for role, where in roles:
        Membership.objects.create(user=person, unit=where, role=role)
    return person


def group(slug: str, owner: Unit, *members: Unit, **fields: Any) -> UnitGroup:
    """Make a group of all departments below the owner, or of the members listed."""
    how = {"rule": "listed"} if members else {"rule": "children", "member_kind": "department"}
    made = UnitGroup.objects.create(slug=slug, owner=owner, **{"name": f"Gruppe {slug}", **how, **fields})
    for member in members:
        GroupMember.objects.create(group=made, unit=member)
    return made


def function(slug: str, **fields: Any) -> Function:
    return Function.objects.create(slug=slug, **{"name": slug, **fields})


def document(slug: str, owner: Unit, **fields: Any) -> Document:
    defaults = {"title": f"Dokument {slug}", "kind": "action_plan", "state": "in_force"}
    return Document.objects.create(slug=slug, owner=owner, **{**defaults, **fields})


def area(doc: Document, **fields: Any) -> Area:
    return Area.objects.create(document=doc, **{"title": "Et område", **fields})


def goal(doc: Document, **fields: Any) -> Goal:
    return Goal.objects.create(document=doc, **{"text": "Et mål", **fields})


def route(doc: Document, **fields: Any) -> Route:
    return Route.objects.create(document=doc, **{"text": "Et veivalg", **fields})


def measure(doc: Document, *goals: Goal, **fields: Any) -> Measure:
    made = Measure.objects.create(document=doc, **{"text": "Et tiltak", **fields})
    made.goals.set(goals)
    return made


def wheel(slug: str, owner: Unit, **fields: Any) -> Wheel:
    return Wheel.objects.create(slug=slug, owner=owner, **{"title": f"Årshjul {slug}", **fields})


def entry(of: Wheel, *leads: Unit | UnitGroup, **fields: Any) -> Entry:
    """Make an entry in April with the parties as its lead lines."""
    made = Entry.objects.create(wheel=of, **{"text": "Et punkt", "month": 4, "when_words": "15. april", **fields})
    for position, party in enumerate(leads):
        where = {"unit": party} if isinstance(party, Unit) else {"group": party}
        EntryResponsibility.objects.create(entry=made, position=position, wording=party.name, **where)
    return made


def edition(of: Entry, year: int = 2026, *, today: date = date(2026, 1, 1), **fields: Any) -> Edition:
    """Make an entry's edition with its dates worked out and its tasks given."""
    made = Edition(entry=of, year=year, **fields)
    opening.set_dates(made)
    made.save()
    opening.fan_out(made, today=today)
    return made


def tasks_of(made: Edition) -> dict[str, Task]:
    """Return an edition's tasks by the slug of their unit."""
    return {task.unit.slug: task for task in made.tasks.select_related("unit")}
