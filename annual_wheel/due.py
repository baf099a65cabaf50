"""What one person is reminded of on a day, sorted into the parts of a mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from annual_wheel.asks import Ask, Silence
from annual_wheel.models import Task
from annual_wheel.news import Moved
from annual_wheel.oversight import Summary
from annual_wheel.past_mails import Past
from annual_wheel.reminder_days import working_day_before
from organisation.models import Comment
from strategy.talk_for_me import ForMe


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is reminded of: late, due soon, changed, newly given, and what has come into its window.

    `moves` says what has become otherwise, by task, also of what is late or due. What is said once stands here only
    until a mail has told it.
    """

    late: tuple[Task, ...] = ()
    soon: tuple[Task, ...] = ()
    changed: tuple[Task, ...] = ()
    given: tuple[Task, ...] = ()
    new: tuple[Task, ...] = ()
    behind: tuple[Task, ...] = ()  # late for long at a unit one leads, where the wheel's owner wants that told
    summaries: tuple[Summary, ...] = ()
    moves: Mapping[int, Moved] = field(default_factory=dict)
    tickable: frozenset[int] = frozenset()  # the tasks that the person may tick off
    asks: tuple[Ask, ...] = ()  # rounds in which one's units are to report
    hearings: tuple[ForMe, ...] = ()
    mentions: tuple[ForMe, ...] = ()  # comments that wait for the person
    answers: tuple[Comment, ...] = ()  # to what the person said in hearings
    silences: tuple[Silence, ...] = ()  # measures that nobody has spoken of for long

    def __bool__(self) -> bool:
        return self.is_waiting or bool(self.tasks or self.behind or self.summaries or self.answers)

    @property
    def is_waiting(self) -> bool:
        """Whether anything in it waits for the person, rather than is worth knowing."""
        return bool(self.open_tasks or self.asks or self.hearings or self.mentions or self.silences)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Task, ...]], ...]:
        names = ("late", "soon", "changed", "given", "new")
        return tuple((name, getattr(self, name)) for name in names)

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for _name, tasks in self.groups for task in tasks)

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """Those that are to be done; what was cancelled is told of and nothing more."""
        return tuple(task for task in self.tasks if not task.edition.is_cancelled)

    def urgent(self, today: date, *, past: Past) -> Due:
        """What must be done today or by the next working day, and has not been told of since it became so.

        Where there is any, it comes with what is news since the last mail, as the next one tells what is since this.
        """

        def is_urgent(due_on: date) -> bool:
            return working_day_before(due_on) <= today <= due_on

        soon = [task for task in self.soon if is_urgent(task.edition.due_on)]
        soon = [task for task in soon if task.pk not in past.tasks_since(working_day_before(task.edition.due_on))]
        asks = [ask for ask in self.asks if is_urgent(ask.round.due_on)]
        asks = [ask for ask in asks if ask.key not in past.told("report", since=working_day_before(ask.round.due_on))]
        if not soon and not asks:
            return Due()
        return Due(
            soon=tuple(soon),
            asks=tuple(asks),
            changed=self.changed,
            given=self.given,
            moves=self.moves,
            tickable=self.tickable,
        )
