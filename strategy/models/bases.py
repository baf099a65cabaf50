"""How far the owner of a document has followed what it carries out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from strategy.models.documents import Document
from strategy.models.versions import Version


class BaseSeen(models.Model):
    """That somebody who writes a document has looked at what it carries out, as that was in `version`.

    Each look is a row of its own; the newest counts.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="bases_seen", verbose_name=_("dokument"))
    base = models.ForeignKey(Document, models.CASCADE, related_name="+", verbose_name=_("bygger på"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("utgave"))
    seen_at = models.DateTimeField(_("sett"))
    seen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sett av"))

    class Meta:
        verbose_name = _("gjennomsyn av grunnlag")
        verbose_name_plural = _("gjennomsyn av grunnlag")
        ordering = ("-seen_at", "-pk")
        indexes = [models.Index(fields=("document", "base", "-seen_at"), name="strategy_baseseen_newest")]

    def __str__(self) -> str:
        return f"{self.document}: {self.version}"
