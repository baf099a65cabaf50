"""What those who write a document note for themselves: never a part of the document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.lib.models import Versioned
from config.lib.records import Records
from organisation.models import About
from strategy.models.documents import Document


class Note(Versioned):
    """The one internal note at a place of a document. It stands in no outline, so nothing made of one can show it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="notes", verbose_name=_("dokument"))
    about = models.CharField(_("hva det gjelder"), max_length=10, choices=About.choices)
    about_key = models.SlugField(_("nøkkelen til det"), max_length=80)
    text = models.TextField(_("notat"), max_length=4000, blank=True)

    history = Records()

    class Meta:
        verbose_name = _("internt notat")
        verbose_name_plural = _("interne notater")
        ordering = ("document", "about", "about_key")
        constraints = [models.UniqueConstraint(fields=("about", "about_key"), name="strategy_note_one_at_a_place")]

    def __str__(self) -> str:
        return self.text[:60]
