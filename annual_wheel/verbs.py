"""What lists ask of editions and tasks: queries that the pages share, without a word of how they look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery

from config.lib.clock import start_of
from planning.models import Measure
from strategy.models import Document, Goal, ItemStatus, Version

if TYPE_CHECKING:
    from annual_wheel.models import Wheel
    from organisation.models import User


STANDING = ("open", "done", "not_relevant")


def _task_count(*statuses: str) -> Count:
    return Count("tasks", filter=Q(tasks__status__in=statuses))


def with_lines(lines: Q) -> Q:
    """Editions with such a line of responsibility: one of their own where the year has its own, else the entry's."""
    from annual_wheel.models import EditionResponsibility, EntryResponsibility

    usual = Q(entry__in=EntryResponsibility.objects.filter(lines).values("entry"), has_own_lines=False)
    own = EditionResponsibility.objects.filter(lines).values("edition")
    return usual | Q(pk__in=own, has_own_lines=True)


def lines_with(*parties: str) -> list[Prefetch]:
    """Prefetch an edition's lines and its entry's, each with these of its parties (two queries)."""
    from annual_wheel.models import EditionResponsibility, EntryResponsibility

    usual, own = (model.objects.select_related(*parties) for model in (EntryResponsibility, EditionResponsibility))
    return [Prefetch("entry__responsibilities", usual), Prefetch("responsibilities", own)]


class EditionVerbs(models.QuerySet[Any]):
    """Verbs on editions."""

    def of_wheel(self, wheel: Wheel, year: int) -> Self:
        return self.filter(entry__wheel=wheel, year=year)

    def with_counts(self) -> Self:
        """Count the tasks that stand, and of them what is done, open and not relevant: "5 av 7"."""
        return self.annotate(
            task_count=_task_count(*STANDING),
            done_count=_task_count("done"),
            open_count=_task_count("open"),
            not_relevant_count=_task_count("not_relevant"),
        )

    def for_rows(self) -> Self:
        """Fetch what a row of a list says."""
        parties = ("unit", "group", "function")
        lines = [f"{of}responsibilities__{party}" for of in ("entry__", "") for party in parties]
        return self.with_counts().select_related("entry").prefetch_related(*lines)

    def of_kind(self, kind: str) -> Self:
        return self.filter(entry__kind=kind)

    def for_target_group(self, slug: str) -> Self:
        return self.filter(entry__target_groups__slug=slug)

    def with_party(self, slug: str) -> Self:
        """Editions that a unit or a group is responsible for: named in a line, or with a task of its own."""
        from annual_wheel.models import Task

        in_lines = with_lines(Q(unit__slug=slug) | Q(group__slug=slug))
        shared = Q(pk__in=Task.objects.filter(shared_with__slug=slug).values("edition"))
        own = Q(pk__in=Task.objects.filter(unit__slug=slug).values("edition"))
        return self.filter(in_lines | own | shared)

    def of_units(self, unit_ids: Iterable[int]) -> Self:
        """Editions that give one of these units something to tick off."""
        from annual_wheel.models import Task

        return self.filter(pk__in=Task.objects.of_units(list(unit_ids)).standing().values("edition"))

    def open_at(self, unit_ids: Iterable[int]) -> Self:
        """Editions in which one of these units has something left to tick off."""
        from annual_wheel.models import Task

        return self.filter(pk__in=Task.objects.of_units(list(unit_ids)).open().values("edition"))


class TaskVerbs(models.QuerySet[Any]):
    """Verbs on tasks."""

    def for_rows(self, user: User, *, today: date) -> Self:
        """Fetch what a row of a list says, the reason it exists included."""
        from annual_wheel.models import Wheel

        wheels = Prefetch("edition__entry__wheel", queryset=Wheel.objects.select_related("document"))
        return self.select_related("edition__entry", "unit", "done_by", "assigned_to").prefetch_related(
            wheels, "shared_with", measures_seen_by(user, today=today)
        )

    def on_lists(self, *, since: date, today: date, also: int | None = None) -> Self:
        """What is open of this year and last, what has been ticked off since a day, and also this one."""
        still_open = Q(status="open", edition__year__gte=today.year - 1) & ~Q(edition__state="cancelled")
        asked = Q() if also is None else Q(pk=also)
        return self.filter(still_open | Q(status="done", done_at__gte=start_of(since)) | asked)

    def current(self, *, today: date) -> Self:
        """Leave out what earlier years left behind: the year's turn replaced it. Last year's may still be late."""
        return self.filter(edition__year__gte=today.year - 1)

    def by_due_day(self) -> Self:
        return self.order_by("edition__due_on", "edition__entry__position", "unit__name", "pk")


def measures_seen_by(user: Any, *, today: date, through: str = "edition__entry__measures") -> Prefetch:
    """Prefetch the measures in force that the person may read, with what they serve and their newest frozen words."""
    documents = Document.objects.visible_to(user, today=today)
    goals = Goal.objects.filter(status=ItemStatus.IN_FORCE)
    newest = Version.objects.filter(document=OuterRef("document")).as_read(today=today)
    measures = (
        Measure.objects.filter(status=ItemStatus.IN_FORCE, document__in=documents)
        .annotate(version_pk=Subquery(newest.values("pk")[:1]), version_at=Subquery(newest.values("frozen_at")[:1]))
        .select_related("document", "area")
        .prefetch_related(Prefetch("goals", queryset=goals.select_related("area")))
    )
    return Prefetch(through, queryset=measures)
