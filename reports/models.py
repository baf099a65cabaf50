"""What leadership takes away: documents rendered in the background, one row per order."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from strategy.models import Document

RECENT = 8


class RenderingState(models.TextChoices):
    QUEUED = "queued", _("i kø")
    RUNNING = "running", _("lages nå")
    DONE = "done", _("ferdig")
    FAILED = "failed", _("mislyktes")


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def visible_to(self, user: Any, *, today: date) -> "RenderingQuerySet":
        """One's own orders, of documents one may still see."""
        return self.filter(requested_by=user, document__in=Document.objects.visible_to(user, today=today))

    def without_content(self) -> "RenderingQuerySet":
        """Leave the file itself in the database, for pages that only tell of it."""
        return self.select_related("document").defer("content")

    def recent(self) -> "RenderingQuerySet":
        return self.without_content()[:RECENT]


class Rendering(models.Model):
    """An order for a PDF of a document. The worker takes only its id; `step` of `step_count` is what is truly done."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="renderings", verbose_name=_("dokument"))
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="renderings", verbose_name=_("bestilt av"))
    requested_at = models.DateTimeField(_("bestilt"))
    queued_at = models.DateTimeField(_("sist lagt i kø"), db_index=True)
    language = models.CharField(_("språk"), max_length=5)
    state = models.CharField(_("status"), max_length=10, choices=RenderingState.choices, default=RenderingState.QUEUED)
    step = models.PositiveSmallIntegerField(_("steg"), default=0)
    step_count = models.PositiveSmallIntegerField(_("antall steg"), default=1)
    step_words = models.CharField(_("gjør nå"), max_length=120, blank=True)
    attempt_count = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    started_at = models.DateTimeField(_("begynt"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ferdig"), null=True, blank=True)
    filename = models.CharField(_("filnavn"), max_length=120, blank=True)
    content = models.BinaryField(_("innhold"), null=True, blank=True)
    error = models.CharField(_("feil"), max_length=500, blank=True)

    objects = RenderingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestilt dokument")
        verbose_name_plural = _("bestilte dokumenter")
        ordering = ("-requested_at",)
        constraints = [
            models.CheckConstraint(
                name="reports_rendering_done_has_content",
                condition=~Q(state=RenderingState.DONE) | Q(content__isnull=False, finished_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.requested_at:%Y-%m-%d %H:%M}"
