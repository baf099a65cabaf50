"""What leadership takes away: documents rendered in the background, one row per order."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models import Wheel
from organisation.models import User
from strategy.models import Document, Version

RECENT = 8


class RenderingState(models.TextChoices):
    QUEUED = "queued", _("i kø")
    RUNNING = "running", _("lages nå")
    DONE = "done", _("ferdig")
    FAILED = "failed", _("mislyktes")


class Paper(models.TextChoices):
    A3_LANDSCAPE = "a3-landscape", _("A3 liggende")
    A3_PORTRAIT = "a3-portrait", _("A3 stående")
    A4_LANDSCAPE = "a4-landscape", _("A4 liggende")
    A4_PORTRAIT = "a4-portrait", _("A4 stående")


class RenderingQuerySet(models.QuerySet["Rendering"]):
    def visible_to(self, user: Any, *, today: date) -> "RenderingQuerySet":
        """One's own orders, of documents and wheels one may still see."""
        documents = Q(document__in=Document.objects.visible_to(user, today=today))
        return self.filter(documents | Q(wheel__in=Wheel.objects.visible_to(user)), requested_by=user)

    def without_content(self) -> "RenderingQuerySet":
        """Leave the file itself in the database, for pages that only tell of it."""
        return self.select_related("document", "wheel").defer("content")

    def recent(self) -> "RenderingQuerySet":
        return self.without_content()[:RECENT]


class Rendering(models.Model):
    """An order for a PDF: of a document, or of a year of a wheel as a poster; or the PDF that a version is kept with.

    The worker takes only its id; `step` of `step_count` is what is truly done. `selection` is the part of the wheel's
    address that says what is shown of it. That of a version is ordered by nobody, is for all who may read the document,
    and is kept for good: `is_public` tells for which of the two kinds of readers it was made.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="renderings", verbose_name=_("dokument")
    )
    wheel = models.ForeignKey(
        Wheel, models.PROTECT, null=True, blank=True, related_name="renderings", verbose_name=_("årshjul")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="renderings", verbose_name=_("utgave")
    )
    is_public = models.BooleanField(_("for alle, også uten innlogging"), default=False)
    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True)
    paper = models.CharField(_("papir"), max_length=15, choices=Paper.choices, blank=True)
    selection = models.CharField(_("utvalg"), max_length=500, blank=True)
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="renderings", verbose_name=_("bestilt av")
    )
    requested_at = models.DateTimeField(_("bestilt"), null=True, blank=True)
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
            models.UniqueConstraint(fields=("version", "is_public"), name="reports_rendering_one_of_a_version"),
            models.CheckConstraint(
                name="reports_rendering_requested_by",
                condition=Q(requested_at__isnull=True, requested_by__isnull=True)
                | Q(requested_at__isnull=False, requested_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reports_rendering_of_a_person_or_a_version",
                condition=Q(version__isnull=True, requested_by__isnull=False, is_public=False)
                | Q(version__isnull=False, requested_by__isnull=True, document__isnull=False),
            ),
            models.CheckConstraint(
                name="reports_rendering_done_has_content",
                condition=~Q(state=RenderingState.DONE) | Q(content__isnull=False, finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reports_rendering_document_or_poster",
                condition=Q(document__isnull=False, wheel__isnull=True, year__isnull=True, paper="", selection="")
                | (Q(document__isnull=True, wheel__isnull=False, year__isnull=False) & ~Q(paper="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.queued_at:%Y-%m-%d %H:%M}"

    @property
    def title(self) -> str:
        if self.document:
            return self.document.known_as
        return f"{self.wheel} {self.year}, {self.get_paper_display()}"
