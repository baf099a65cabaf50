"""What is told of a plan between two decisions: status reports, the rounds they are gathered in, and evaluations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.lib.models import Versioned
from config.lib.records import Records
from organisation.models import Unit, User
from organisation.permissions import Permission
from planning.models.measures import Measure
from strategy.models import Document
from strategy.models.documents import FrozenError


class MeasureState(models.TextChoices):
    NOT_STARTED = "not_started", _("ikke startet")
    UNDER_WAY = "under_way", _("i gang")
    CARRIED_OUT = "carried_out", _("gjennomført")
    LATE = "late", _("forsinket")
    STOPPED = "stopped", _("stoppet")


class StatusReportQuerySet(models.QuerySet["StatusReport"]):
    def visible_to(self, user: Any, *, today: date) -> StatusReportQuerySet:
        """A report is part of the plan: whoever is logged in and may read the plan may read it."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(measure__document__in=Document.objects.visible_to(user, today=today))

    def newest_first(self) -> StatusReportQuerySet:
        return self.order_by("-reported_at", "-pk")


class ReportingRound(Versioned):
    """That leadership asks every responsible unit of a plan how its measures stand.

    Which units that is follows from the lines of responsibility for as long as the round is open; what was told, and
    the ticks then, are kept in `frozen` when it is closed.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="reporting_rounds", verbose_name=_("styringsdokument")
    )
    from_on = models.DateField(_("perioden begynner"))
    to_on = models.DateField(_("perioden slutter"))
    due_on = models.DateField(_("frist for å rapportere"))
    message = models.TextField(_("melding til enhetene"), blank=True, max_length=1000)
    opened_at = models.DateTimeField(_("åpnet"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("åpnet av"))
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lukket av")
    )
    frozen = models.JSONField(_("slik det sto da runden ble lukket"), null=True, blank=True, editable=False)

    history = Records(excluded_fields=["frozen"])

    class Meta:
        verbose_name = _("rapporteringsrunde")
        verbose_name_plural = _("rapporteringsrunder")
        ordering = ("-to_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("document",), condition=Q(closed_at__isnull=True), name="planning_reportinground_one_open"
            ),
            models.CheckConstraint(
                name="planning_reportinground_days_in_order",
                condition=Q(to_on__gte=F("from_on"), due_on__gte=F("from_on")),
            ),
            models.CheckConstraint(
                name="planning_reportinground_closed_at_and_by",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="planning_reportinground_closed_is_frozen",
                condition=Q(closed_at__isnull=True, frozen__isnull=True)
                | Q(closed_at__isnull=False, frozen__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.from_on:%d.%m.%Y}–{self.to_on:%d.%m.%Y}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What a closed round says never changes."""
        stored = type(self)._default_manager.filter(pk=self.pk, closed_at__isnull=False)
        if not self._state.adding and stored.exists():
            raise FrozenError(f"round {self} is closed")
        super().save(*args, **kwargs)


class RoundUnit(models.Model):
    """That a unit has said it is finished with a round; the row stays, without a moment, where it is taken back."""

    round = models.ForeignKey(ReportingRound, models.CASCADE, related_name="units", verbose_name=_("runde"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("enhet"))
    finished_at = models.DateTimeField(_("ferdig"), null=True, blank=True)
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meldt ferdig av")
    )

    history = Records()

    class Meta:
        verbose_name = _("enhet i rapporteringsrunde")
        verbose_name_plural = _("enheter i rapporteringsrunder")
        ordering = ("unit__name",)
        constraints = [
            models.UniqueConstraint(fields=("round", "unit"), name="planning_roundunit_once"),
            models.CheckConstraint(
                name="planning_roundunit_finished_at_and_by",
                condition=Q(finished_at__isnull=True, finished_by__isnull=True)
                | Q(finished_at__isnull=False, finished_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} – {self.unit}"


class Standing(models.Manager.from_queryset(StatusReportQuerySet)):  # type: ignore[misc]
    """The reports that stand; what was taken back is in the database alone."""

    def get_queryset(self) -> StatusReportQuerySet:
        return super().get_queryset().filter(withdrawn_at=None)  # type: ignore[no-any-return]


class StatusReport(models.Model):
    """What a unit tells of how a measure stands. Each report stays; the newest says the state.

    Whoever gave it can take it back (`planning.reporting.withdraw`): it is then read by nobody, and kept.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reports", verbose_name=_("tiltak"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("enhet"))
    round = models.ForeignKey(
        ReportingRound, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("runde")
    )
    state = models.CharField(_("hvor står tiltaket"), max_length=12, choices=MeasureState.choices)
    text = models.TextField(_("hva er gjort"), blank=True, max_length=2000)
    next_step = models.TextField(_("neste steg"), blank=True, max_length=500)
    reported_at = models.DateTimeField(_("rapportert"))
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("rapportert av"))
    withdrawn_at = models.DateTimeField(_("tatt tilbake"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tatt tilbake av")
    )

    objects = Standing()

    class Meta:
        verbose_name = _("statusrapport")
        verbose_name_plural = _("statusrapporter")
        ordering = ("-reported_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="planning_statusreport_stopped_with_reason", condition=~Q(state="stopped") | ~Q(text="")
            ),
            models.CheckConstraint(
                name="planning_statusreport_withdrawn_at_and_by",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("measure", "-reported_at"), name="planning_report_newest")]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_state_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError("a report stays as it was given: give a new one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError("a report is never deleted")


class Verdict(models.TextChoices):
    CONTINUE = "continue", _("fortsett")
    CHANGE = "change", _("endre")
    STOP = "stop", _("stopp")


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, user: Any, *, today: date) -> EvaluationQuerySet:
        """Those of one's own units, and all of a plan whose drafts one reads: it is advice, and not decided."""
        if not isinstance(user, User):
            return self.none()
        readable = user.reach(today)[Permission.READ_DRAFTS]
        seen = self.filter(measure__document__in=Document.objects.visible_to(user, today=today))
        return seen.filter(Q(unit__in=readable) | Q(measure__document__owner__in=readable))


class Evaluation(Versioned):
    """What a unit says that a measure gave in a year, and whether it should go on."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="evaluations", verbose_name=_("tiltak"))
    year = models.PositiveSmallIntegerField(_("år"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("enhet"))
    verdict = models.CharField(_("hva bør skje videre"), max_length=10, choices=Verdict.choices)
    text = models.TextField(_("hva ga tiltaket"), max_length=2000)
    evaluated_at = models.DateTimeField(_("evaluert"))
    evaluated_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("evaluert av"))

    objects = EvaluationQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = _("evaluering")
        verbose_name_plural = _("evalueringer")
        ordering = ("-year", "unit__name", "pk")
        constraints = [
            models.UniqueConstraint(fields=("measure", "year", "unit"), name="planning_evaluation_one_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.year}: {self.get_verdict_display()}"
