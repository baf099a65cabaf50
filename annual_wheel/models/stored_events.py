"""Entries of calendars, kept as the bytes they are told in."""

from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.editions import Edition
from annual_wheel.models.tasks import Task
from annual_wheel.models.wheels import Wheel


class StoredState(StrEnum):
    OPEN = "open"
    DONE = "done"
    ASIDE = "aside"  # not relevant here, or withdrawn
    CANCELLED = "cancelled"


class StoredEvent(models.Model):
    """The entry of an edition, or of one task of it, in one language: its bytes, and what they are chosen by.

    Nothing refers to it and it holds nothing back: an edition that goes leaves its row behind, not shown, so that one
    that comes again under the same uid goes on counting where it was. `scopes` are the names of all that it stands in.
    """

    language = models.CharField(_("språk"), max_length=2)
    uid = models.CharField(max_length=120)
    edition = models.ForeignKey(
        Edition, models.DO_NOTHING, related_name="+", db_constraint=False, verbose_name=_("årets utgave")
    )
    task = models.ForeignKey(
        Task, models.DO_NOTHING, related_name="+", db_constraint=False, null=True, verbose_name=_("oppgave")
    )
    wheel = models.ForeignKey(
        Wheel, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name=_("årshjul")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    kind = models.CharField(_("type"), max_length=10)
    is_shown = models.BooleanField(_("vises"), default=True)
    scopes = models.JSONField(_("utsnitt"), default=list)
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
        indexes = [
            models.Index("language", "wheel", "year", condition=Q(task=None), name="annual_wheel_stored_of_wheel"),
            models.Index("language", "task", name="annual_wheel_stored_of_task"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} ({self.language})"


class StoredLanguage(models.Model):
    """How far the store of entries in one language has come.

    `read_to` has the newest number of each log when they were last read, and `stamp` is their sum. `made_by` is what
    made the words: where that has changed, so may every word. `revision` counts the times something has changed.
    """

    language = models.CharField(_("språk"), max_length=2, unique=True)
    years = models.JSONField(_("år"), default=list)
    made_by = models.CharField(max_length=200, blank=True)
    read_to = models.JSONField(default=list)
    stamp = models.BigIntegerField(default=0)
    revision = models.PositiveBigIntegerField(_("endringer"), default=0)

    class Meta:
        verbose_name = _("språk i kalenderne")
        verbose_name_plural = _("språk i kalenderne")

    def __str__(self) -> str:
        return self.language


class CalendarScope(models.Model):
    """What entries are shown by: `name` is a wheel, a unit or a person, and `revision` when it last had a change."""

    language = models.CharField(_("språk"), max_length=2)
    name = models.CharField(_("navn"), max_length=30)
    revision = models.PositiveBigIntegerField(_("sist endret"), default=0)

    class Meta:
        verbose_name = _("utsnitt av kalenderne")
        verbose_name_plural = _("utsnitt av kalenderne")
        constraints = [
            models.UniqueConstraint(fields=("language", "name"), name="annual_wheel_calendarscope_name_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
