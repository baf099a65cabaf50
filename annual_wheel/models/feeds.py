"""Calendar subscriptions with their secrets."""

import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.entries import EntryKind
from annual_wheel.models.stored_events import CalendarScope
from annual_wheel.models.wheels import Wheel
from config.lib.models import Versioned
from organisation.models import Unit, User


class FeedKind(models.TextChoices):
    PERSONAL = "personal", _("mine oppgaver")
    UNIT = "unit", _("en enhets kalender")
    WHEEL = "wheel", _("et årshjul")


class Ringing(models.TextChoices):
    """When an entry rings: at nine in the morning, counted from its last day."""

    NEVER = "", _("aldri")
    SAME_DAY = "same_day", _("kl. 9 på siste dag")
    DAY_BEFORE = "day_before", _("kl. 9 dagen før")
    WEEK_BEFORE = "week_before", _("kl. 9 en uke før")


def every_kind() -> list[str]:
    return [EntryKind.TASK, EntryKind.DEADLINE, EntryKind.EVENT]


class CalendarFeed(Versioned):
    """A calendar subscription with a secret address. Only the secret's hash is kept, so it is shown once.

    `body` is the calendar as it was last joined, gzipped; `built_for` is for whom, and `built_at` the revision of the
    store. While none of its `scopes` has a later one, it is still right (see annual_wheel.feeds).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="feeds", verbose_name=_("person"))
    kind = models.CharField(_("type"), max_length=10, choices=FeedKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="feeds", verbose_name=_("enhet"))
    wheel = models.ForeignKey(
        Wheel, models.PROTECT, null=True, blank=True, related_name="feeds", verbose_name=_("årshjul")
    )
    follows = models.ManyToManyField(Wheel, blank=True, related_name="followers", verbose_name=_("følger også"))
    name = models.CharField(_("navn"), max_length=80)
    kinds = models.JSONField(_("hva slags"), default=every_kind)
    has_done = models.BooleanField(_("også det som er gjort"), default=True)
    as_todo = models.BooleanField(_("oppgaver som gjøremål"), default=False)
    ringing = models.CharField(_("varsel"), max_length=12, choices=Ringing.choices, blank=True)
    language = models.CharField(_("språk"), max_length=2, blank=True)  # blank: the person's own
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("laget"), auto_now_add=True)
    last_used_on = models.DateField(_("sist brukt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)
    scopes = models.ManyToManyField(CalendarScope, editable=False)
    built_for = models.CharField(max_length=300, blank=True, editable=False)
    built_at = models.PositiveBigIntegerField(default=0, editable=False)
    body = models.BinaryField(default=b"", editable=False)
    etag = models.CharField(max_length=64, blank=True, editable=False)
    body_changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("kalenderabonnement")
        verbose_name_plural = _("kalenderabonnementer")
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                name="annual_wheel_calendarfeed_unit_by_kind",
                condition=Q(kind=FeedKind.UNIT, unit__isnull=False) | (~Q(kind=FeedKind.UNIT) & Q(unit__isnull=True)),
            ),
            models.CheckConstraint(
                name="annual_wheel_calendarfeed_wheel_by_kind",
                condition=Q(kind=FeedKind.WHEEL, wheel__isnull=False)
                | (~Q(kind=FeedKind.WHEEL) & Q(wheel__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def hash_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    def renew_secret(self) -> str:
        """Give the feed a new secret and return it, the only time it is known; the caller saves."""
        secret = secrets.token_urlsafe(32)
        self.secret_hash = self.hash_of(secret)
        return secret
