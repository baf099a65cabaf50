"""Entries of calendars, kept as the bytes they are told in."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.editions import Edition
from annual_wheel.models.tasks import Task


class StoredState(StrEnum):
    OPEN = "open"
    DONE = "done"
    ASIDE = "aside"  # not relevant here, or withdrawn
    CANCELLED = "cancelled"


class StoredEvent(models.Model):
    """The entry of an edition, or of one task of it, in one language: its bytes, and what they are chosen by.

    Nothing refers to it and it holds nothing back: an edition that goes leaves its row behind, so that one that comes
    again under the same uid goes on counting where it was.
    """

    language = models.CharField(_("språk"), max_length=2)
    uid = models.CharField(max_length=120)
    edition = models.ForeignKey(
        Edition, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("årets utgave")
    )
    task = models.ForeignKey(
        Task, models.DO_NOTHING, related_name="+", db_constraint=False, null=True, verbose_name=_("oppgave")
    )
    first_on = models.DateField(_("fra"))
    last_on = models.DateField(_("til"))
    state = models.CharField(_("status"), max_length=10)
    title = models.BinaryField()
    title_with_unit = models.BinaryField(default=b"")
    shared = models.BinaryField()
    as_event = models.BinaryField()
    as_todo = models.BinaryField(default=b"")
    content_hash = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    changed_at = models.DateTimeField(_("sist endret"))

    class Meta:
        verbose_name = _("kalenderoppføring")
        verbose_name_plural = _("kalenderoppføringer")
        constraints = [
            models.UniqueConstraint(fields=("language", "uid"), name="annual_wheel_storedevent_uid_once"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.language})"


class StoredYear(models.Model):
    """How far the logs were read when a year's entries were last put into words, in one language.

    `made_by` is what made the words: where that has changed, so may every word.
    """

    language = models.CharField(_("språk"), max_length=2)
    year = models.PositiveSmallIntegerField(_("år"))
    made_by = models.CharField(max_length=200, blank=True)
    read_to = models.JSONField(default=list)

    class Meta:
        verbose_name = _("år i kalenderne")
        verbose_name_plural = _("år i kalenderne")
        constraints = [
            models.UniqueConstraint(fields=("language", "year"), name="annual_wheel_storedyear_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.language})"
