"""The files that units, groups, functions and people have followed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models.people import User


class StoredFile(models.Model):
    """That a file was stored, and how much it changed. What it changed stands in the log of each row.

    Without a user it was a command that stored it.
    """

    kind = models.CharField(_("hva filen har"), max_length=20)
    name = models.CharField(_("filnavn"), max_length=200, blank=True)
    stored_at = models.DateTimeField(_("lagret"))  # the moment of every line in the logs
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lagret av"))
    new_count = models.PositiveIntegerField(_("nye"), default=0)
    changed_count = models.PositiveIntegerField(_("endret"), default=0)
    ended_count = models.PositiveIntegerField(_("avsluttet"), default=0)
    undone_at = models.DateTimeField(_("angret"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("angret av")
    )

    class Meta:
        verbose_name = _("lagret fil")
        verbose_name_plural = _("lagrede filer")
        ordering = ("-stored_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="organisation_storedfile_undone_at_and_by",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.kind}, {self.stored_at:%Y-%m-%d}"
