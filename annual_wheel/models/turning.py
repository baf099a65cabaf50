"""What a meeting decides about next year's wheel, entry by entry, and what units propose before it."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.entries import Entry
from annual_wheel.models.wheels import Wheel
from config.lib.models import Versioned
from config.lib.records import Records
from organisation.models import Answer, Unit, User
from organisation.permissions import Permission


class Choice(models.TextChoices):
    KEEP = "keep", _("beholdes")
    CHANGE = "change", _("endres")
    DROP = "drop", _("avsluttes")


class TurnDecision(Versioned):
    """What was decided about an entry for the year that comes. Without a row nobody has gone through it yet.

    `former_to_year` is the last year the entry had before it was dropped, for when it is taken back.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="decisions", verbose_name=_("punkt"))
    year = models.PositiveSmallIntegerField(_("år"))
    choice = models.CharField(_("avgjørelse"), max_length=10, choices=Choice.choices, default=Choice.KEEP)
    why = models.CharField(_("hvorfor"), max_length=300, blank=True)
    former_to_year = models.PositiveSmallIntegerField(
        _("siste år før det ble avsluttet"), null=True, blank=True, editable=False
    )
    decided_at = models.DateTimeField(_("avgjort"))
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("avgjort av"))

    history = Records()

    class Meta:
        verbose_name = _("avgjørelse om neste år")
        verbose_name_plural = _("avgjørelser om neste år")
        ordering = ("year", "entry")
        constraints = [models.UniqueConstraint(fields=("entry", "year"), name="annual_wheel_turndecision_one_a_year")]

    def __str__(self) -> str:
        return f"{self.entry} {self.year}: {self.get_choice_display()}"


class ProposalKind(models.TextChoices):
    KEEP = "keep", _("bør beholdes")
    CHANGE = "change", _("bør endres")
    DROP = "drop", _("bør avsluttes")
    NEW = "new", _("nytt punkt")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any, *, today: date) -> "ProposalQuerySet":
        """Those of one's own units, and all that are made to a wheel whose owner's drafts one reads; none withdrawn."""
        return self.told_to(user, today=today).filter(withdrawn_at__isnull=True)

    def told_to(self, user: Any, *, today: date) -> "ProposalQuerySet":
        """The same with those that were withdrawn, which the logs tell of."""
        if not isinstance(user, User):
            return self.none()
        readable = user.reach(today)[Permission.READ_DRAFTS]
        return self.filter(Q(unit__in=readable) | Q(wheel__owner__in=readable))

    def for_rows(self) -> "ProposalQuerySet":
        return self.select_related("unit", "proposed_by", "answered_by", "entry", "wheel")


class Proposal(Versioned):
    """What a unit wants of next year's wheel: about one of its entries, or a new one."""

    wheel = models.ForeignKey(Wheel, models.PROTECT, related_name="proposals", verbose_name=_("årshjul"))
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("punkt")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="proposals", verbose_name=_("enhet"))
    kind = models.CharField(_("forslag"), max_length=10, choices=ProposalKind.choices)
    text = models.TextField(_("forslaget, og hvorfor"), max_length=2000)
    proposed_at = models.DateTimeField(_("foreslått"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("foreslått av"))
    answer = models.CharField(_("svar"), max_length=10, choices=Answer.choices, blank=True)
    answer_text = models.CharField(_("begrunnelse"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("besvart av")
    )
    withdrawn_at = models.DateTimeField(_("trukket"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trukket av")
    )

    objects = ProposalQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = _("forslag til neste år")
        verbose_name_plural = _("forslag til neste år")
        ordering = ("proposed_at", "pk")
        constraints = [
            models.CheckConstraint(
                name="annual_wheel_proposal_new_without_entry",
                condition=Q(kind=ProposalKind.NEW, entry__isnull=True)
                | (~Q(kind=ProposalKind.NEW) & Q(entry__isnull=False)),
            ),
            models.CheckConstraint(
                name="annual_wheel_proposal_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="annual_wheel_proposal_answer_has_moment",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="annual_wheel_proposal_withdrawn_at_and_by",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="annual_wheel_proposal_withdrawn_unanswered",
                condition=Q(withdrawn_at__isnull=True) | Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.text}"
