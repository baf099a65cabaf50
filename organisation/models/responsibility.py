"""The lines of a responsibility phrase."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models.functions import Function
from organisation.models.groups import UnitGroup
from organisation.models.units import Unit


class Relation(models.TextChoices):
    LEAD = "lead", pgettext_lazy("ansvar", "ansvarlig")
    WITH = "with", pgettext_lazy("ansvar", "sammen med")
    VIA = "via", pgettext_lazy("ansvar", "via")
    ON_ORDER_FROM = "on_order_from", pgettext_lazy("ansvar", "på bestilling fra")
    CONTRIBUTES = "contributes", pgettext_lazy("ansvar", "bidrar")
    FOLLOWS_UP = "follows_up", pgettext_lazy("ansvar", "følger opp")


class Responsibility(models.Model):
    """One line of a responsibility phrase: a party, how it takes part, and the words as written.

    The party is a unit or a group of units, optionally acting through a function. A line may stand under another line
    of the same item. Subclasses add the item, and are saved in order of `position`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet"))
    group = models.ForeignKey(
        UnitGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhetsgruppe")
    )
    function = models.ForeignKey(
        Function, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("funksjon")
    )
    relation = models.CharField(_("hvordan"), max_length=15, choices=Relation.choices, default=Relation.LEAD)
    wording = models.CharField(_("ordlyd"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    under = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="lines_below", verbose_name=_("under")
    )

    class Meta:
        abstract = True
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_party",
                condition=Q(unit__isnull=False, group__isnull=True) | Q(unit__isnull=True, group__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_under_itself", condition=Q(under__isnull=True) | ~Q(under=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.wording or self.party_label

    @property
    def party(self) -> Unit | UnitGroup:
        party = self.unit or self.group
        if party is None:
            raise ValueError("a responsibility line has a unit or a group")
        return party

    @property
    def party_label(self) -> str:
        return f"{self.party} v/{self.function}" if self.function else str(self.party)

    @property
    def is_lead(self) -> bool:
        return self.relation == Relation.LEAD

    def units_on(self, day: date) -> list[Unit]:
        """Return the units with accounts that this line means on that day."""
        units = [self.unit] if self.unit else self.party.units_on(day)  # type: ignore[union-attr]
        return [unit for unit in units if unit.is_participating and unit.is_open_on(day)]
