"""One year of an entry: when, whether and how."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from annual_wheel.models.entries import Entry
from annual_wheel.models.wheels import Wheel
from annual_wheel.verbs import EditionVerbs
from config.lib.kept import told
from config.lib.models import Versioned


class Precision(models.TextChoices):
    DAY = "day", _("en dag")
    DAYS = "days", _("flere dager")
    WEEK = "week", _("en uke")
    PART_OF_MONTH = "part_of_month", _("en del av en måned")
    MONTH = "month", _("en måned")
    MONTHS = "months", _("flere måneder")
    SEASON = "season", _("en årstid")
    YEAR = "year", _("et år")


class EditionState(models.TextChoices):
    PLANNED = "planned", _("planlagt")
    PARTLY_CANCELLED = "partly_cancelled", _("utgår delvis i år")
    CANCELLED = "cancelled", _("utgår i år")


class EditionForm(models.TextChoices):
    DIGITAL = "digital", _("digitalt")
    ON_CAMPUS = "on_campus", _("på campus")


class EditionQuerySet(EditionVerbs):
    def visible_to(self, user: Any) -> "EditionQuerySet":
        return self.filter(entry__wheel__in=Wheel.objects.visible_to(user))


class Edition(Versioned):
    """One year of an entry: when it is this year, whether it is held, in what form, and what came of it.

    The window from `earliest_on` to `latest_on` is what the words say. `due_on` is the last day it can be done: the
    window's end, or the bound where that comes sooner. The date it was opened with stays in the history.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="editions", verbose_name=_("punkt"))
    year = models.PositiveSmallIntegerField(_("år"))
    as_written = models.CharField(_("når"), max_length=120)
    precision = models.CharField(_("hvor nøyaktig"), max_length=15, choices=Precision.choices)
    earliest_on = models.DateField(_("tidligst"))
    latest_on = models.DateField(_("senest"))
    bound_on = models.DateField(_("skal være gjort før"), null=True, blank=True)
    due_on = models.DateField(_("frist"))
    is_moved = models.BooleanField(_("flyttet i år"), default=False)
    state = models.CharField(_("status"), max_length=20, choices=EditionState.choices, default=EditionState.PLANNED)
    reason = models.CharField(_("hvorfor det utgår"), max_length=300, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=EditionForm.choices, blank=True)
    outcome = models.TextField(_("hva det ga"), blank=True)
    changed_at = models.DateTimeField(_("sist endret"), auto_now=True)

    objects = EditionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("årets utgave")
        verbose_name_plural = _("årets utgaver")
        ordering = ("due_on", "entry__position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("entry", "year"), name="annual_wheel_edition_one_a_year"),
            models.CheckConstraint(
                name="annual_wheel_edition_window_in_order", condition=Q(latest_on__gte=F("earliest_on"))
            ),
            models.CheckConstraint(
                name="annual_wheel_edition_due_not_after_window", condition=Q(due_on__lte=F("latest_on"))
            ),
            models.CheckConstraint(
                name="annual_wheel_edition_cancelled_with_reason",
                condition=Q(state=EditionState.PLANNED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} ({self.year})"

    @property
    def reason_words(self) -> str:
        """The reason in the reader's language, where the program wrote it."""
        return told(self.reason)

    @property
    def is_cancelled(self) -> bool:
        return self.state == EditionState.CANCELLED
