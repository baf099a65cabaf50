"""Units that can be named together."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.lib.records import Records
from organisation.models.named import Dated, DatedQuerySet, Named
from organisation.models.units import Unit, UnitKind


class GroupRule(models.TextChoices):
    CHILDREN = "children", _("alle enheter av en type under eieren")
    LISTED = "listed", _("enhetene som er ført opp")
    NAMED = "named", _("bare et navn, fordeles aldri")


class UnitGroup(Named):
    """Units that an item can name together.

    Its members follow from its rule on a given day: all units of a kind below the owner, or those listed.
    `except_group` takes away the members of another group, so that "departments without a recruitment group" needs no
    list of its own.
    """

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="unit_groups", verbose_name=_("eier"))
    rule = models.CharField(_("medlemmer"), max_length=10, choices=GroupRule.choices)
    member_kind = models.CharField(_("type enhet"), max_length=20, choices=UnitKind.choices, blank=True)
    except_group = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="excluded_from",
        verbose_name=_("unntatt medlemmene i"),
    )

    history = Records()

    class Meta:
        verbose_name = _("enhetsgruppe")
        verbose_name_plural = _("enhetsgrupper")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="organisation_unitgroup_children_have_kind",
                condition=(Q(rule="children") & ~Q(member_kind="")) | (~Q(rule="children") & Q(member_kind="")),
            ),
            models.CheckConstraint(
                name="organisation_unitgroup_not_except_itself",
                condition=Q(except_group__isnull=True) | ~Q(except_group=F("pk")),
            ),
        ]

    @property
    def is_fanning_out(self) -> bool:
        return self.rule != GroupRule.NAMED

    def units_on(self, day: date) -> list[Unit]:
        """Return the member units on that day, by name; none for a group that is only a name."""
        if self.rule == GroupRule.NAMED:
            return []
        if self.rule == GroupRule.CHILDREN:
            below = self.owner.descendants().open_on(day)  # type: ignore[attr-defined]
            units = list(below.filter(kind=self.member_kind))
        else:
            listed = GroupMember.objects.filter(group=self).on(day)
            units = list(Unit.objects.open_on(day).filter(group_memberships__in=listed).distinct())
        if self.except_group is not None:
            excluded = {unit.pk for unit in self.except_group.units_on(day)}
            units = [unit for unit in units if unit.pk not in excluded]
        return sorted(units, key=lambda unit: unit.name)


class GroupMember(Dated):
    group = models.ForeignKey(UnitGroup, models.CASCADE, related_name="members", verbose_name=_("gruppe"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="group_memberships", verbose_name=_("enhet"))

    objects = DatedQuerySet.as_manager()
    history = Records()

    class Meta(Dated.Meta):
        verbose_name = _("gruppemedlem")
        verbose_name_plural = _("gruppemedlemmer")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("group", "unit"), condition=Q(to_on__isnull=True), name="organisation_groupmember_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.group}"
