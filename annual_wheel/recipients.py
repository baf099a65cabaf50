"""Who is told about a task: the nearest people who can see to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from annual_wheel.asks import Ask, Silence, asks_today, silences_today
from annual_wheel.models import Task
from annual_wheel.news import News
from annual_wheel.oversight import Summary, escalating_wheels, summaries_of
from annual_wheel.reminder_days import JULY
from organisation.models import FunctionHolder, Membership, ReminderRhythm, Unit, User
from organisation.permissions import Role
from organisation.resting import quiet_in_july
from strategy.talk_for_me import answered_people, is_anything_heard, mentioned_people


class Why(StrEnum):
    """Which link of the chain reached them."""

    ASSIGNED = "assigned"
    CONTRIBUTOR = "contributor"
    HOLDER = "holder"
    STAND_IN = "stand_in"
    EDITOR = "editor"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Told:
    """People who are told of a task, and why it is them."""

    why: Why
    people: tuple[User, ...]


@dataclass
class Directory:
    """Who holds which role and function on a day; asked of the database once for however many tasks."""

    contributors: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # by unit
    editors: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # by unit
    leaders: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # by unit
    holders: dict[tuple[int, int], list[User]] = field(default_factory=lambda: defaultdict(list))  # by function, unit
    stand_ins: dict[tuple[int, int], list[User]] = field(default_factory=lambda: defaultdict(list))  # by person, unit
    day: date | None = None

    @classmethod
    def on(cls, today: date) -> Directory:
        found = cls(day=today)
        told = {
            Role.CONTRIBUTOR.value: found.contributors,
            Role.EDITOR.value: found.editors,
            Role.LEADER.value: found.leaders,
        }
        held = Membership.objects.on(today).filter(user__is_active=True)
        held = held.filter(Q(role__in=told) | Q(through__isnull=False))
        for membership in held.select_related("user", "through").order_by("user__name", "pk"):
            if membership.role in told:
                told[membership.role][membership.unit_id].append(membership.user)
            if membership.through:
                found.stand_ins[membership.through.user_id, membership.unit_id].append(membership.user)
        functions = FunctionHolder.objects.on(today).filter(user__is_active=True)
        for holder in functions.select_related("user").order_by("user__name", "pk"):
            found.holders[holder.function_id, holder.unit_id].append(holder.user)
        return found

    def recipients_of(self, task: Task) -> list[User]:
        """Those who are told of the task, each once."""
        return people_of(self.told_of(task))

    def told_of(self, task: Task) -> list[Told]:
        """The one it is assigned to; else, unit by unit, those near it; else the editors of the wheel's owner."""
        if task.assigned_to is not None and task.assigned_to.is_active:
            return [Told(Why.ASSIGNED, (task.assigned_to,)), *self._instead([task.assigned_to], task.unit)]
        near = [told for unit in (task.unit, *task.shared_with.all()) for told in self._near(task, unit)]
        owners = self.editors.get(task.edition.entry.wheel.owner_id, [])
        return near or ([Told(Why.OWNER, tuple(owners))] if owners else [])

    def _near(self, task: Task, unit: Unit) -> list[Told]:
        told = self.near(task, unit)
        if told is None:
            return []
        return [told, *self._instead(told.people, unit)] if told.why is Why.HOLDER else [told]

    def _instead(self, people: Iterable[User], unit: Unit) -> list[Told]:
        """Those who stand in at the unit for people who are told in person. Whoever has a role there is told by it."""
        users = [user for person in people for user in self.stand_ins.get((person.pk, unit.pk), [])]
        return [Told(Why.STAND_IN, tuple(dict.fromkeys(users)))] if users else []

    def near(self, task: Task, unit: Unit) -> Told | None:
        """The unit's contributors; else those who hold there the function that a line names; else its editors."""
        leads = [line for line in task.edition.lines if line.is_lead and line.function_id]
        # A line for another unit says nothing of this one, even where the same function is held here too.
        named = [line.function_id or 0 for line in leads if line.unit_id in (None, unit.pk)]
        chain = (
            (Why.CONTRIBUTOR, self.contributors.get(unit.pk, [])),
            (Why.HOLDER, [user for function in named for user in self.holders.get((function, unit.pk), [])]),
            (Why.EDITOR, self.editors.get(unit.pk, [])),
        )
        return next((Told(why, tuple(dict.fromkeys(users))) for why, users in chain if users), None)

    @cached_property
    def asks(self) -> list[Ask]:
        """What every unit is asked to report on."""
        return asks_today(today=self.day) if self.day else []

    @cached_property
    def silences(self) -> list[Silence]:
        """The measures that have gone stale."""
        return silences_today(today=self.day) if self.day else []

    @cached_property
    def answered(self) -> frozenset[int]:
        """Those who have got an answer lately to what they said in a hearing."""
        return answered_people(today=self.day) if self.day else frozenset()

    @cached_property
    def escalating(self) -> dict[int, int]:
        """After how many working days a unit's leader is told of what is late, by wheel."""
        return escalating_wheels()

    @cached_property
    def summaries(self) -> list[Summary]:
        """How the last month went, in the wheels whose owners want it told."""
        return summaries_of(today=self.day) if self.day else []

    def leading(self, user: User) -> set[int]:
        return self._led_by_person.get(user.pk, set())

    @cached_property
    def _led_by_person(self) -> dict[int, set[int]]:
        return _by_person(self.leaders.items())

    @cached_property
    def news(self) -> News:
        """What has happened lately in the wheels."""
        return News.on(self.day) if self.day else News(date.min)

    @cached_property
    def mentioned(self) -> frozenset[int]:
        """Those who are named in a comment."""
        return mentioned_people()

    @cached_property
    def is_anything_heard(self) -> bool:
        return is_anything_heard()

    @cached_property
    def quiet_units(self) -> frozenset[int]:
        """The units that rest in July: those that say so, and all below them."""
        return quiet_in_july()

    def rests(self, unit_id: int) -> bool:
        """Whether the unit has a quiet month now."""
        return self.day is not None and self.day.month == JULY and unit_id in self.quiet_units

    def rests_in_july(self, user: User) -> bool:
        """Whether every unit that the person is told about does."""
        units = self.units_of(user)
        return bool(units) and units <= self.quiet_units

    def reporters_of(self, unit: Unit) -> list[User]:
        """Those who report for a unit: its contributors, else its editors."""
        return self.contributors.get(unit.pk) or self.editors.get(unit.pk, [])

    def units_of(self, user: User) -> frozenset[int]:
        """Every unit where this person has something to do with its tasks."""
        return frozenset(self._units_by_person.get(user.pk, ()))

    @property
    def first_units(self) -> dict[int, int]:
        """One unit of each person, by the person's id: for taking those of a unit together."""
        return {person: min(units) for person, units in self._units_by_person.items()}

    def editing(self, user: User) -> frozenset[int]:
        """The units where this person is an editor: what nobody else is near in their wheels falls to them."""
        return frozenset(self._edited_by_person.get(user.pk, ()))

    def may_tick(self, user: User, task: Task) -> bool:
        """Whether the person is a contributor or an editor at one of its units, or above."""
        own = self._ticking_by_person.get(user.pk, set())
        return any(not own.isdisjoint(self._with_above(unit.pk)) for unit in (task.unit, *task.shared_with.all()))

    def _with_above(self, unit_id: int) -> list[int]:
        found: list[int] = []
        unit: int | None = unit_id
        while unit is not None:
            found.append(unit)
            unit = self._parents.get(unit)
        return found

    @cached_property
    def _parents(self) -> dict[int, int | None]:
        return dict(Unit.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))

    @cached_property
    def _ticking_by_person(self) -> dict[int, set[int]]:
        return _by_person([*self.contributors.items(), *self.editors.items()])

    @property
    def reached_units(self) -> set[int]:
        """The units that always have somebody near."""
        return {*self.contributors, *self.editors}

    @cached_property
    def _edited_by_person(self) -> dict[int, set[int]]:
        return _by_person(self.editors.items())

    @cached_property
    def _units_by_person(self) -> dict[int, set[int]]:
        held = [(unit, users) for (_about, unit), users in (*self.holders.items(), *self.stand_ins.items())]
        return _by_person([*self.contributors.items(), *self.editors.items(), *held])


def _by_person(units: Iterable[tuple[int, list[User]]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for unit, users in units:
        for user in users:
            found[user.pk].add(unit)
    return found


def people_of(reached: Iterable[Told]) -> list[User]:
    return list(dict.fromkeys(user for told in reached for user in told.people))


def told_words(reached: Iterable[Told]) -> str:
    """Who is told and why, as in "Ola Nord (har funksjonen)"; names are parted so that one with a comma stays whole."""
    because = {
        Why.ASSIGNED: _("har fått oppgaven"),
        Why.HOLDER: _("har funksjonen"),
        Why.STAND_IN: _("vikar"),
        Why.CONTRIBUTOR: _("bidragsyter ved enheten"),
        Why.EDITOR: _("redaktør ved enheten"),
        Why.OWNER: _("redaktør ved eieren av årshjulet"),
    }
    people: dict[Why, dict[User, None]] = {}
    for told in reached:
        people.setdefault(told.why, {}).update(dict.fromkeys(told.people))
    named = "; ".join(f"{_with_silence(users)} ({because[why]})" for why, users in people.items())
    return _("Varsles: %(people)s") % {"people": named} if named else ""


def _with_silence(users: Iterable[User]) -> str:
    """Names, and of those who have turned reminders off, that they have."""
    off = _("%(name)s, som ikke vil ha påminnelser")
    named = [off % {"name": user} if user.reminder_rhythm == ReminderRhythm.NEVER else str(user) for user in users]
    return "; ".join(named)


def ticked_by_words(users: Iterable[User]) -> str:
    """Who ticks a task off, for those who see it and may not; empty where nobody is there to do it."""
    names = names_of(users)
    return _("Kvitteres ut av %(people)s") % {"people": names} if names else ""


def names_of(users: Iterable[User]) -> str:
    """Names of people, parted so that a name with a comma in it stays whole."""
    return "; ".join(str(user) for user in users)
