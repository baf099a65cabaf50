"""The ledger of mails: one row per person and day, and one for each day that was gone through."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import User


class ReminderStatus(models.TextChoices):
    CLAIMED = "claimed", _("under sending")
    SENT = "sent", _("sendt")
    UNCERTAIN = "uncertain", _("usikkert")
    FAILED = "failed", _("mislyktes")


class Reminder(models.Model):
    """One mail to one person on one day; the row is claimed before the mail is sent."""

    user = models.ForeignKey(User, models.PROTECT, related_name="reminders", verbose_name=_("til"))
    day = models.DateField(_("dag"))
    status = models.CharField(
        _("status"), max_length=10, choices=ReminderStatus.choices, default=ReminderStatus.CLAIMED
    )
    message_id = models.CharField(_("meldings-id"), max_length=200, unique=True)
    subject = models.CharField(_("emne"), max_length=200)
    items = models.JSONField(_("punkter i meldingen"), default=list)
    attempt_count = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    uncertain_count = models.PositiveSmallIntegerField(_("forsøk med ukjent utfall"), default=0)
    claimed_at = models.DateTimeField(_("påbegynt"))
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    error = models.CharField(_("feil"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        ordering = ("-day", "user")
        constraints = [
            models.UniqueConstraint(fields=("user", "day"), name="annual_wheel_reminder_one_a_day"),
            models.CheckConstraint(
                name="annual_wheel_reminder_sent_has_moment",
                condition=Q(status=ReminderStatus.SENT, sent_at__isnull=False)
                | (~Q(status=ReminderStatus.SENT) & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"


class ReminderRun(models.Model):
    """A day whose reminders have been gone through to the end, so that a day that was missed can be told."""

    day = models.DateField(_("dag"), unique=True)
    finished_at = models.DateTimeField(_("gjennomgått"))

    class Meta:
        verbose_name = _("gjennomgang av påminnelser")
        verbose_name_plural = _("gjennomganger av påminnelser")
        ordering = ("-day",)

    def __str__(self) -> str:
        return str(self.day)
