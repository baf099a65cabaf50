"""The ledger of mails: one row per person and day, one for each day gone through, and what an editor asks for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.wheels import Wheel
from organisation.models import Unit, User


class ReminderStatus(models.TextChoices):
    QUEUED = "queued", _("venter på å bli sendt")
    CLAIMED = "claimed", _("under sending")
    SENT = "sent", _("sendt")
    UNCERTAIN = "uncertain", _("usikkert")
    FAILED = "failed", _("mislyktes")
    UNNEEDED = "unneeded", _("ikke lenger nødvendig")


class Sending(models.Model):
    """One mail to one person; the row is claimed before the mail is sent, so that no two workers send it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="%(class)ss", verbose_name=_("til"))
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
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sent_has_moment",
                condition=Q(status=ReminderStatus.SENT, sent_at__isnull=False)
                | (~Q(status=ReminderStatus.SENT) & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"


class ReminderRun(models.Model):
    """A day's reminders: when they were handed out to workers, and when the last of them was gone through.

    Handed out is claimed in the row, so that of two timetables only one hands out. `part_count` is how many parts they
    were handed out in, `done_count` how many of those have been gone through.
    """

    day = models.DateField(_("dag"), unique=True)
    handed_out_at = models.DateTimeField(_("delt ut"), null=True, blank=True)
    part_count = models.PositiveIntegerField(_("deler"), default=0)
    done_count = models.PositiveIntegerField(_("deler gjennomgått"), default=0)
    finished_at = models.DateTimeField(_("gjennomgått"), null=True, blank=True)

    class Meta:
        verbose_name = _("gjennomgang av påminnelser")
        verbose_name_plural = _("gjennomganger av påminnelser")
        ordering = ("-day",)

    def __str__(self) -> str:
        return str(self.day)


class Reminder(Sending):
    """The day's mail to one person."""

    class Meta(Sending.Meta):
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        ordering = ("-day", "user")
        indexes = [models.Index(fields=("day", "status"), name="annual_wheel_reminder_day_stat")]
        constraints = [
            models.UniqueConstraint(fields=("user", "day"), name="annual_wheel_reminder_one_a_day"),
            *Sending.Meta.constraints,
        ]


class Nudge(models.Model):
    """That a unit was reminded by an editor of what it is late with: at most once a day, whoever asks for it."""

    wheel = models.ForeignKey(Wheel, models.PROTECT, related_name="nudges", verbose_name=_("årshjul"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="nudges", verbose_name=_("enhet"))
    day = models.DateField(_("dag"))
    nudged_at = models.DateTimeField(_("når"))
    nudged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("vennlig påminnelse")
        verbose_name_plural = _("vennlige påminnelser")
        ordering = ("-day", "unit")
        constraints = [models.UniqueConstraint(fields=("unit", "day"), name="annual_wheel_nudge_one_a_day")]

    def __str__(self) -> str:
        return f"{self.unit}, {self.day}"


class NudgeMail(Sending):
    """The mail to one person that an editor asked for; it gathers all that the person's units are late with."""

    wheel = models.ForeignKey(Wheel, models.PROTECT, related_name="nudge_mails", verbose_name=_("årshjul"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("bedt om av"))

    class Meta(Sending.Meta):
        verbose_name = _("melding til en person")
        verbose_name_plural = _("meldinger til personer")
        ordering = ("-day", "user")
