"""The parts of the university and its partners, in a tree."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from config.lib.records import Records
from organisation.models.named import Named
from organisation.permissions import Permission

if TYPE_CHECKING:
    from organisation.models.people import User


class UnitKind(models.TextChoices):
    INSTITUTION = "institution", _("institusjon")
    FACULTY = "faculty", _("fakultet")
    DEPARTMENT = "department", _("institutt")
    SECTION = "section", _("seksjon")
    ADMINISTRATION = "administration", _("administrativ enhet")
    PARTNER = "partner", _("samarbeidspartner")
    PROGRAMME = "programme", _("studieprogram")


class UnitQuerySet(TreeQuerySet):
    def open_on(self, day: date) -> "UnitQuerySet":
        opened = Q(opens_on__isnull=True) | Q(opens_on__lte=day)
        not_closed = Q(closes_on__isnull=True) | Q(closes_on__gt=day)
        return self.filter(opened, not_closed)

    def participating(self) -> "UnitQuerySet":
        return self.filter(is_participating=True)

    def reached_by(self, user: "User", permission: Permission, *, today: date) -> "UnitQuerySet":
        return self.filter(pk__in=user.reach(today)[permission])


class Unit(Named, TreeNode):  # type: ignore[django-manager-missing]
    """A part of the university, or a partner of it. Partners and study programmes have no accounts of their own."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    short_name = models.CharField(_("forkortelse"), max_length=40, blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=UnitKind.choices)
    is_participating = models.BooleanField(_("har brukere som kvitterer ut"), default=True)
    is_quiet_in_july = models.BooleanField(
        _("ingen påminnelser i juli"), default=False, help_text=_("Gjelder også enhetene under.")
    )
    opens_on = models.DateField(_("åpner"), null=True, blank=True)
    closes_on = models.DateField(_("legges ned"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()  # type: ignore[django-manager-missing]
    history = Records()

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="organisation_unit_opens_before_closes",
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gt=F("opens_on")),
            ),
            models.CheckConstraint(
                name="organisation_unit_not_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("pk"))
            ),
        ]

    @property
    def label(self) -> str:
        """The short name where there is one, else the name."""
        return self.short_name or str(self)

    def is_open_on(self, day: date) -> bool:
        return (self.opens_on is None or self.opens_on <= day) and (self.closes_on is None or day < self.closes_on)
