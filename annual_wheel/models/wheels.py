"""A unit's annual wheel and the years opened in it."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.lib.addresses import address
from config.lib.models import Versioned
from config.lib.records import Records
from organisation.models import Unit, User
from organisation.permissions import Permission
from strategy.models import Document


class WheelQuerySet(models.QuerySet["Wheel"]):
    def visible_to(self, user: Any) -> "WheelQuerySet":
        """Wheels are for everyone who is logged in, public ones for everybody."""
        return self.all() if user.is_authenticated else self.filter(is_public=True)

    def editable_by(self, user: User, *, today: date) -> "WheelQuerySet":
        return self.filter(owner__in=user.reach(today)[Permission.EDIT])


class Wheel(Versioned):
    """A unit's annual wheel, carrying out a plan or standing alone."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    title = models.CharField(_("tittel"), max_length=200)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="wheels", verbose_name=_("eier"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="wheels", verbose_name=_("handlingsplan")
    )
    escalates_after = models.PositiveSmallIntegerField(
        _("si fra til enhetens leder etter så mange arbeidsdager"),
        null=True,
        blank=True,
        help_text=_("Når noe er forsinket. Uten et tall her får lederen ingen melding."),
    )
    is_summed_up = models.BooleanField(_("månedlig oppsummering til eierens ledere og redaktører"), default=False)
    is_public = models.BooleanField(_("kan leses av alle, også uten innlogging"), default=False)

    objects = WheelQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = _("årshjul")
        verbose_name_plural = _("årshjul")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("wheel", self.slug)

    def is_visible_to(self, user: Any) -> bool:
        """By the rule of `WheelQuerySet.visible_to`."""
        return bool(self.is_public or user.is_authenticated)


class WheelYear(models.Model):
    """A year that has been opened in a wheel: its editions exist and their tasks have been given out."""

    wheel = models.ForeignKey(Wheel, models.PROTECT, related_name="years", verbose_name=_("årshjul"))
    year = models.PositiveSmallIntegerField(_("år"))
    opened_at = models.DateTimeField(_("åpnet"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("åpnet av"))

    class Meta:
        verbose_name = _("år i årshjulet")
        verbose_name_plural = _("år i årshjulet")
        ordering = ("wheel", "year")
        constraints = [models.UniqueConstraint(fields=("wheel", "year"), name="annual_wheel_wheelyear_once")]

    def __str__(self) -> str:
        return f"{self.wheel} {self.year}"
