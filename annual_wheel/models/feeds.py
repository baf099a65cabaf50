"""Calendar subscriptions with their secrets."""

import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit, User


class FeedKind(models.TextChoices):
    PERSONAL = "personal", _("mine oppgaver")
    UNIT = "unit", _("en enhets kalender")


class CalendarFeed(models.Model):
    """A calendar subscription with a secret address. Only the secret's hash is kept, so it is shown once.

    `body` is the calendar as it was last worked out, gzipped, and `built_for` what it was worked out from: while that
    has not changed, neither has the calendar (see annual_wheel.feeds).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="feeds", verbose_name=_("person"))
    kind = models.CharField(_("type"), max_length=10, choices=FeedKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="feeds", verbose_name=_("enhet"))
    name = models.CharField(_("navn"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("laget"), auto_now_add=True)
    last_used_on = models.DateField(_("sist brukt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)
    built_for = models.CharField(max_length=100, blank=True, editable=False)
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
            )
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
