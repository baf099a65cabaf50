"""What several models share: names in two languages, and what holds from a day to a day."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def holds_on(day: date, at: str = "") -> Q:
    """Return the condition that what stands there, or at the end of a path ("memberships__"), holds that day."""
    started = Q(**{f"{at}from_on__isnull": True}) | Q(**{f"{at}from_on__lte": day})
    not_ended = Q(**{f"{at}to_on__isnull": True}) | Q(**{f"{at}to_on__gte": day})
    return started & not_ended


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from a day to a day, either end open."""

    def on(self, day: date) -> "DatedQuerySet":
        return self.filter(holds_on(day))


class Dated(models.Model):
    from_on = models.DateField(_("fra og med"), null=True, blank=True)
    to_on = models.DateField(_("til og med"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_from_before_to",
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            )
        ]


class Named(models.Model):
    """Something with a Norwegian name and, where one is given, an English one."""

    name = models.CharField(_("navn"), max_length=200)
    name_en = models.CharField(_("navn på engelsk"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        if self.name_en and (get_language() or "").startswith("en"):
            return self.name_en
        return self.name
