"""The wheel's years: what was cancelled, moved and held digitally, and what people have ticked off by today.

Everything goes through the services, as if people had done it; then the log is dated to when they would have. A year
that is open already belongs to its users and is left alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max

from annual_wheel import services
from annual_wheel.models import Edition, EntryKind, Task, TaskStatus, Wheel
from annual_wheel.opening import open_year
from organisation.models import User
from planning.models import Modality
from reports.demo import moments
from reports.demo.documents import EDITORS
from reports.demo.doers import Doers
from reports.demo.store import Store, read

Json = dict[str, Any]
FIRST_YEAR = 2021
HISTORY = (FIRST_YEAR, 2022)
IN_TIME, LATE = 0.76, 0.84  # of what is past its last day: up to here in time, up to here late, the rest still open,
CAUGHT_UP = 0.0008  # but fewer for each day that has gone
VOLUNTARY = 0.65  # of what only should or may be done
EARLY = 0.35  # of what is in the middle of its window
WINTER = 3  # up to this month the year before is there too: in January nothing of the new one can be late yet


def live(store: Store, wheel: Wheel, *, today: date) -> None:
    """Open the years the demo speaks of, and let people have worked in them until today."""
    content = {**read("life.json"), "entries": read(f"wheels/{wheel.slug}.json")["entries"]}
    by = store.user(EDITORS[wheel.owner.slug])
    opened = set(wheel.years.values_list("year", flat=True))
    for year in years(today):
        if year not in opened:
            _Year(wheel, year, today, by, Doers(by)).live(content)
            store.made["WheelYear"] += 1


def years(today: date) -> list[int]:
    """The two that are history and this one, in the winter also the one before it, and from October the next."""
    coming = [today.year + 1] if today.month >= moments.OPENED_IN_MONTH else []
    gone = [today.year - 1] if today.month <= WINTER and today.year > FIRST_YEAR else []
    return sorted({*HISTORY, *gone, today.year, *coming})


@dataclass
class _Year:
    wheel: Wheel
    year: int
    today: date
    by: User
    doers: Doers

    def live(self, content: Json) -> None:
        opened_at = moments.at(moments.opened_on(self.year, self.today))
        with self._logged_at(opened_at):
            open_year(self.wheel, year=self.year, by=self.by, now=opened_at, today=self.today)
        self._tasks().update(given_at=opened_at)
        changed_at = moments.at(min(date(self.year, 1, 4), self.today))
        with self._logged_at(changed_at):
            self._change(content)
        self._editions().update(changed_at=max(opened_at, changed_at))
        self._work(content)

    def _editions(self) -> Any:
        return Edition.objects.filter(entry__wheel=self.wheel, year=self.year)

    def _tasks(self) -> Any:
        return Task.objects.filter(edition__entry__wheel=self.wheel, edition__year=self.year)

    @contextmanager
    def _logged_at(self, moment: datetime) -> Iterator[None]:
        """Date what is logged meanwhile, and sign it where the services leave it unsigned."""
        logs: list[Any] = [Edition.history, Task.history]  # type: ignore[attr-defined]
        last = [log.aggregate(last=Max("history_id"))["last"] or 0 for log in logs]
        yield
        for log, before in zip(logs, last, strict=True):
            new = log.filter(history_id__gt=before)
            new.update(history_date=moment)
            new.filter(history_user=None).update(history_user=self.by)

    def _change(self, content: Json) -> None:
        """Cancel, move and hold digitally what the year's own facts say."""
        editions = {edition.entry.key: edition for edition in self._editions().select_related("entry__anchor")}
        for fact in _facts_of(content, self.year, self.today):
            edition = editions.get(fact["entry"])
            if edition is None:  # a user has retired the entry before this year was opened
                continue
            named: Json = {"by": self.by, "today": self.today}
            if fact["as_written"]:
                services.move(edition, words=fact["as_written"], expected=edition.lock_version, **named)
            if fact["form"] or fact["outcome"]:
                words = {"form": fact["form"], "outcome": fact["outcome"]}
                is_likely = fact.get("is_form_likely", False)
                services.describe(edition, expected=edition.lock_version, is_likely=is_likely, **words, **named)
            if fact["state"] != "planned":
                is_partly = fact["state"] == "partly_cancelled"
                reason = fact["reason"]
                services.cancel(edition, reason=reason, is_partly=is_partly, expected=edition.lock_version, **named)

    def _work(self, content: Json) -> None:
        """Let each unit have done what it would have done by today."""
        reasons = {(row["entry"], row["unit"]): row["reason"] for row in content["not_relevant"]}
        notes = {(row["entry"], row["unit"]): row["note"] for row in content["notes"]}
        tasks = self._tasks().filter(status=TaskStatus.OPEN).select_related("edition__entry", "unit")
        for task in tasks:
            place = (task.edition.entry.key, task.unit.slug)
            day = self._day_done(task)
            if place in reasons and day is not None:
                self._refuse(task, day, reasons[place])
            elif day is not None:
                self._tick(task, day, notes.get(place, ""))
            elif place in notes and task.edition.earliest_on <= self.today:
                with self._logged_at(
                    moments.at(max(task.edition.earliest_on, moments.opened_on(self.year, self.today)))
                ):
                    services.write_note(task, by=self.doers.of(task), note=notes[place], expected=task.note)
        logged: Any = Task.history  # type: ignore[attr-defined]
        done = logged.filter(edition__entry__wheel=self.wheel, edition__year=self.year, status=TaskStatus.DONE)
        done.update(history_date=F("done_at"))

    def _tick(self, task: Task, day: date, note: str) -> None:
        now = moments.at(day, moments.draw("hour", *self._keys(task)))
        services.tick(task, by=self.doers.of(task), now=now, note=note)

    def _refuse(self, task: Task, day: date, reason: str) -> None:
        with self._logged_at(moments.at(day)):
            services.mark_not_relevant(task, by=self.doers.of(task), reason=reason)

    def _keys(self, task: Task) -> tuple[str, str, int]:
        return (task.edition.entry.key, task.unit.slug, self.year)

    def _day_done(self, task: Task) -> date | None:
        """The day before today when the unit saw to the task; None while it has not."""
        keys, edition = self._keys(task), task.edition
        in_time, late = moments.work_day(edition, *keys), moments.late_day(edition, *keys)
        luck, is_over = moments.draw("luck", *keys), self.year < self.today.year
        if is_over and self.year in HISTORY:
            day: date | None = in_time if luck < LATE else late
        elif edition.entry.kind == EntryKind.ONGOING:
            day = in_time if is_over else None
        elif self.today <= edition.due_on:
            day = in_time if luck < EARLY else None
        elif edition.entry.modality != Modality.MUST:
            day = in_time if luck < VOLUNTARY else None
        else:
            caught_up = LATE + CAUGHT_UP * (self.today - edition.due_on).days
            day = in_time if luck < IN_TIME else late if luck < caught_up else None
        return day if day is not None and day < self.today else None


def _facts_of(content: Json, year: int, today: date) -> Any:
    """What the year's editions say of their own: the sources for the years they tell of, else the demo's story."""
    told = [
        {"entry": entry["key"], **edition}
        for entry in content["entries"]
        for edition in entry["editions"]
        if edition["year"] == year
    ]
    return told or (content["this_year"] if year == today.year else [])
