"""What one unit ticks off."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.editions import Edition, EditionState
from annual_wheel.models.entries import EntryKind, Ticks
from annual_wheel.verbs import TaskVerbs
from config.lib.clock import end_of
from config.lib.kept import told
from config.lib.models import Versioned
from config.lib.records import Records
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning.models import Modality


class TaskStatus(models.TextChoices):
    OPEN = "open", _("ikke startet")
    DONE = "done", _("gjort")
    NOT_RELEVANT = "not_relevant", _("ikke aktuelt hos oss")
    WITHDRAWN = "withdrawn", _("trukket")


def is_open_on(day: date) -> Q:
    """What was open when a day was over, or has been ticked off since, of what is not cancelled."""
    since = Q(status=TaskStatus.DONE, done_at__gte=end_of(day))
    return (Q(status=TaskStatus.OPEN) | since) & ~Q(edition__state=EditionState.CANCELLED)


class TaskQuerySet(TaskVerbs):
    def of_units(self, unit_ids: Any) -> "TaskQuerySet":
        """Tasks that stand on these units' lists, alone or together with others."""
        shared = Task.shared_with.through.objects.filter(unit__in=unit_ids).values("task_id")
        return self.filter(Q(unit__in=unit_ids) | Q(pk__in=shared))

    def visible_to(self, user: User, *, today: date) -> "TaskQuerySet":
        readable = user.reach(today)[Permission.READ_DRAFTS]
        shared = Task.shared_with.through.objects.filter(unit__in=readable).values("task_id")
        return self.filter(Q(unit__in=readable) | Q(pk__in=shared) | Q(edition__entry__wheel__owner__in=readable))

    def tickable_by(self, user: User, *, today: date) -> "TaskQuerySet":
        return self.of_units(user.reach(today)[Permission.TICK])

    def on_list_of(self, user: User, unit_ids: Any) -> "TaskQuerySet":
        """Tasks of one's units, and what has been given to oneself wherever it stands."""
        shared = Task.shared_with.through.objects.filter(unit__in=unit_ids).values("task_id")
        return self.filter(Q(unit__in=unit_ids) | Q(pk__in=shared) | Q(assigned_to=user))

    def standing(self) -> "TaskQuerySet":
        """What counts in "5 of 7": not withdrawn."""
        return self.exclude(status=TaskStatus.WITHDRAWN)

    def open(self) -> "TaskQuerySet":
        return self.filter(status=TaskStatus.OPEN).exclude(edition__state=EditionState.CANCELLED)

    def open_on(self, day: date) -> "TaskQuerySet":
        """What was open when the day was over: `open`, and what has been ticked off since."""
        return self.filter(is_open_on(day))

    def overdue(self, *, today: date) -> "TaskQuerySet":
        """What is late: open, binding, not ongoing, and past its last day."""
        return (
            self.open()
            .filter(edition__due_on__lt=today, edition__entry__modality=Modality.MUST)
            .exclude(edition__entry__kind=EntryKind.ONGOING)
        )


class TaskRecords(Records):
    """The log of tasks, which asks who shares one only where one tick closes for all."""

    def has_ties(self, instance: Any, name: str) -> bool:
        return instance.edition.entry.ticks == Ticks.ONE and super().has_ties(instance, name)


class Task(Versioned):
    """What one unit does for an edition, and ticks off.

    Where one tick closes for all, `unit` is the first of the leading units and `shared_with` the others that have it on
    their list too. A task is never deleted: one whose unit falls away is withdrawn with the reason.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="tasks", verbose_name=_("årets utgave"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks", verbose_name=_("enhet"))
    shared_with = models.ManyToManyField(Unit, blank=True, related_name="shared_tasks", verbose_name=_("står også hos"))
    status = models.CharField(_("status"), max_length=15, choices=TaskStatus.choices, default=TaskStatus.OPEN)
    done_at = models.DateTimeField(_("kvittert ut"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kvittert ut av")
    )
    is_done_from_above = models.BooleanField(_("kvittert ut av noen utenfor enheten"), default=False)
    reason = models.CharField(_("hvorfor"), max_length=300, blank=True)
    note = models.TextField(_("merknad"), blank=True)
    evidence_url = models.URLField(_("lenke som viser det"), max_length=500, blank=True)
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="assigned_tasks", verbose_name=_("tildelt")
    )
    given_at = models.DateTimeField(_("gitt"), auto_now_add=True)

    objects = TaskQuerySet.as_manager()
    history = TaskRecords(m2m_fields=[shared_with])

    class Meta:
        verbose_name = _("oppgave")
        verbose_name_plural = _("oppgaver")
        ordering = ("edition__due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("edition", "unit"), name="annual_wheel_task_one_per_unit"),
            models.CheckConstraint(
                name="annual_wheel_task_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="annual_wheel_task_done_has_moment",
                condition=Q(status=TaskStatus.DONE, done_at__isnull=False)
                | (~Q(status=TaskStatus.DONE) & Q(done_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="annual_wheel_task_closed_with_reason",
                condition=Q(status__in=(TaskStatus.OPEN, TaskStatus.DONE)) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="annual_wheel_task_from_above_is_done",
                condition=Q(is_done_from_above=False) | Q(status=TaskStatus.DONE),
            ),
            models.CheckConstraint(
                name="annual_wheel_task_evidence_on_the_web",
                condition=Q(evidence_url="")
                | Q(evidence_url__startswith="https://")
                | Q(evidence_url__startswith="http://"),
            ),
        ]
        indexes = [
            models.Index(fields=("unit", "status"), name="annual_wheel_task_unit_status"),
            models.Index(fields=("edition", "status"), name="annual_wheel_task_edition_st"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} – {self.unit}"

    @property
    def reason_words(self) -> str:
        """The reason in the reader's language, where the program wrote it."""
        return told(self.reason)

    @property
    def sharing_units(self) -> list[Unit]:
        """The other units that have it on their lists: only where one tick closes for all."""
        return list(self.shared_with.all()) if self.edition.entry.ticks == Ticks.ONE else []

    def is_overdue(self, today: date) -> bool:
        """Only what is binding can be late, never before its last day, and what is ongoing never is."""
        edition = self.edition
        return (
            self.status == TaskStatus.OPEN
            and not edition.is_cancelled
            and edition.entry.kind != EntryKind.ONGOING
            and edition.entry.modality == Modality.MUST
            and edition.due_on < today
        )


class UnitNote(Versioned):
    """What a unit that takes part without having the tick wants to say of this year's edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="unit_notes", verbose_name=_("årets utgave"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="unit_notes", verbose_name=_("enhet"))
    text = models.TextField(_("merknad"), blank=True)

    history = Records()

    class Meta:
        verbose_name = _("merknad fra en enhet som er med")
        verbose_name_plural = _("merknader fra enheter som er med")
        ordering = ("unit__name", "pk")
        constraints = [models.UniqueConstraint(fields=("edition", "unit"), name="annual_wheel_unitnote_one_per_unit")]

    def __str__(self) -> str:
        return f"{self.edition} – {self.unit}"
