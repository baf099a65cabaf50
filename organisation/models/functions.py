"""What somebody is at a unit, and who holds it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.lib.records import Records
from organisation.models.named import Dated, DatedQuerySet, Named
from organisation.models.people import User
from organisation.models.units import Unit


class Function(Named):
    """What somebody is at a unit, "v/kommunikasjonsrådgiver"; at a unit it resolves to the people who hold it there."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)

    history = Records()

    class Meta:
        verbose_name = _("funksjon")
        verbose_name_plural = _("funksjoner")
        ordering = ("name",)


class FunctionHolder(Dated):
    function = models.ForeignKey(Function, models.PROTECT, related_name="holders", verbose_name=_("funksjon"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="function_holders", verbose_name=_("enhet"))
    user = models.ForeignKey(User, models.PROTECT, related_name="functions", verbose_name=_("person"))

    objects = DatedQuerySet.as_manager()
    history = Records()

    class Meta(Dated.Meta):
        verbose_name = _("innehaver av funksjon")
        verbose_name_plural = _("innehavere av funksjoner")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("function", "unit", "user"),
                condition=Q(to_on__isnull=True),
                name="organisation_functionholder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.function}, {self.unit}"
