"""One year of an entry: when, whether and how."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.entries import Entry, EntryResponsibility
from annual_wheel.models.wheels import Wheel
from annual_wheel.verbs import EditionVerbs
from annual_wheel.when import Precision
from config.lib.kept import told
from config.lib.models import Versioned
from config.lib.records import Records
from organisation.models import Responsibility

PRECISIONS = [
    (Precision.DAY, _("en dag")),
    (Precision.DAYS, _("flere dager")),
    (Precision.WEEK, _("en uke")),
    (Precision.PART_OF_MONTH, _("en del av en måned")),
    (Precision.MONTH, _("en måned")),
    (Precision.MONTHS, _("flere måneder")),
    (Precision.SEASON, _("en årstid")),
    (Precision.YEAR, _("et år")),
]
# What an entry says of itself that one year may say otherwise. What kind of thing it is, belongs to all its years.
OWN_WORDS = ("text", "month", "when_words", "bound_words", "bound_entry_id", "anchor_id", "anchor_offset_days")


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
    precision = models.CharField(_("hvor nøyaktig"), max_length=15, choices=PRECISIONS)
    earliest_on = models.DateField(_("tidligst"))
    latest_on = models.DateField(_("senest"))
    bound_on = models.DateField(_("skal være gjort før"), null=True, blank=True)
    due_on = models.DateField(_("frist"))
    is_moved = models.BooleanField(_("flyttet i år"), default=False)
    state = models.CharField(_("status"), max_length=20, choices=EditionState.choices, default=EditionState.PLANNED)
    reason = models.CharField(_("hvorfor det utgår"), max_length=300, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=EditionForm.choices, blank=True)
    is_form_likely = models.BooleanField(_("formen er bare trolig"), default=False)
    outcome = models.TextField(_("hva det ga"), blank=True)
    own_words = models.JSONField(_("årets egne ord"), default=dict, blank=True, editable=False)
    has_own_lines = models.BooleanField(_("eget ansvar i år"), default=False, editable=False)
    changed_at = models.DateTimeField(_("sist endret"), auto_now=True)

    objects = EditionQuerySet.as_manager()
    history = Records()

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
            models.CheckConstraint(
                name="annual_wheel_edition_likely_form_is_told",
                condition=Q(is_form_likely=False) | ~Q(form=""),
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

    @property
    def said(self) -> Entry:
        """The entry as it reads this year: itself, or a copy with the words that this year has of its own."""
        if not self.own_words:
            return self.entry
        said = copy(self.entry)
        for name in OWN_WORDS:
            if name in self.own_words:
                setattr(said, name, self.own_words[name])
        return said

    @property
    def lines(self) -> "Sequence[EntryResponsibility | EditionResponsibility]":
        """Who is responsible this year, in order."""
        return list(self.responsibilities.all() if self.has_own_lines else self.entry.responsibilities.all())  # type: ignore[attr-defined]


class EditionResponsibility(Responsibility):
    """A line of a year that has its own: kept when the entry's were changed from a later year on, or for it alone."""

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="responsibilities", verbose_name=_("årets utgave")
    )

    history = Records()

    class Meta(Responsibility.Meta):
        verbose_name = _("ansvar for årets utgave")
        verbose_name_plural = _("ansvar for årets utgaver")
