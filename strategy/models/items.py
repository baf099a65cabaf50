"""What a document holds that has one identity for life: areas, goals and routes."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from config.lib.addresses import address
from config.lib.models import Keyed, Sourced, Versioned
from config.lib.records import Records
from config.lib.text import line
from organisation.models import Named, Unit, User
from organisation.permissions import Permission
from strategy.models.documents import Document, FrozenError


class ItemStatus(models.TextChoices):
    PROPOSED = "proposed", _("foreslått")
    IN_FORCE = "in_force", _("gjelder")
    RETIRED = "retired", _("tatt ut")


class ItemQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """What has not been retired."""
        return self.exclude(status=ItemStatus.RETIRED)

    def in_force(self) -> Self:
        return self.filter(status=ItemStatus.IN_FORCE)

    def as_read(self) -> Self:
        """Goals or routes in the order they stand in a document: first what is outside the areas, then area by area."""
        top = Coalesce("area__parent__position", "area__position")
        below = Case(When(area__parent=None, then=-1), default="area__position", output_field=models.IntegerField())
        return self.order_by(top.asc(nulls_first=True), below, "position", "pk")

    def offered_to(self, user: User, *, today: date) -> Self:
        """Items of documents that another document may lean on: what is only proposed, to those who read drafts."""
        drafts = user.reach(today)[Permission.READ_DRAFTS]
        seen = self.standing().filter(document__in=Document.objects.visible_to(user, today=today))
        return seen.filter(~Q(status=ItemStatus.PROPOSED) | Q(document__owner__in=drafts))


class Item(Keyed, Sourced, Versioned):
    """Something with one identity for life: its row is the working text, and it is retired, never deleted."""

    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=ItemStatus.choices, default=ItemStatus.IN_FORCE)

    objects = ItemQuerySet.as_manager()

    class Meta(Sourced.Meta):
        abstract = True
        ordering = ("position", "pk")

    @property
    def is_taken_out(self) -> bool:
        return self.status == ItemStatus.RETIRED

    @property
    def written_in(self) -> str:
        """The language of its words: the document's."""
        return str(self.document.language)  # type: ignore[attr-defined]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError(f"{self} has one identity for life: retire it")


class Area(Item):
    """A field that a document sorts its goals under, in one or two levels; it may have no title of its own."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="areas", verbose_name=_("dokument"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="areas", verbose_name=_("hører under")
    )
    label = models.CharField(_("nummer"), max_length=20, blank=True)
    title = models.CharField(_("tittel"), max_length=200, blank=True)
    text = models.TextField(_("innledning"), blank=True)
    overall_goal = models.TextField(_("overordnet mål"), blank=True)

    history = Records()

    class Meta(Item.Meta):
        verbose_name = _("område")
        verbose_name_plural = _("områder")

    def __str__(self) -> str:
        return " ".join(filter(None, (self.label, self.title))) or str(_("Uten tittel"))

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude=exclude)
        if "parent" not in (exclude or ()) and (why_not := self.misfit()) and not self.stands_there():
            raise ValidationError({"parent": why_not})

    def stands_there(self) -> bool:
        """Whether it is stored under the one it has, so that a change of its words is no matter of levels."""
        return Area.objects.filter(pk=self.pk, parent=self.parent_id).exists()

    def misfit(self) -> str:
        """Why it cannot stand under the area it has been given, since there are two levels; "" where it can.

        What it says holds as long as one holds the areas, see `strategy.levels`.
        """
        if self.parent_id is None:
            return ""
        if self.parent_id == self.pk:
            return str(_("Et område kan ikke stå under seg selv."))
        above = Area.objects.standing().filter(pk=self.parent_id).values_list("parent_id", flat=True)
        if not above:
            return str(_("Området det skulle stå under, er tatt ut."))
        if above[0]:
            return str(_("Et område kan ha ett nivå under seg, ikke flere."))
        if self.pk and self.areas.standing().exists():
            return str(_("Dette området har egne områder under seg og må stå på øverste nivå."))
        return ""


class TargetGroup(Named):
    """Whom the work is meant for. The description is revised every year; its history keeps the earlier ones."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="target_groups", verbose_name=_("eier"))
    description = models.TextField(_("beskrivelse"), blank=True)
    counties = models.JSONField(_("fylker"), default=list, blank=True)

    history = Records()

    class Meta:
        verbose_name = _("målgruppe")
        verbose_name_plural = _("målgrupper")
        ordering = ("name",)


class Goal(Item):
    """What a document wants to reach. It may stand outside every area."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="goals", verbose_name=_("dokument"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="goals", verbose_name=_("område")
    )
    title = models.CharField(_("tittel"), max_length=200, blank=True)
    text = models.TextField(_("mål"))
    target_groups = models.ManyToManyField(TargetGroup, blank=True, related_name="goals", verbose_name=_("målgrupper"))

    history = Records(m2m_fields=[target_groups])

    class Meta(Item.Meta):
        verbose_name = _("mål")
        verbose_name_plural = _("mål")

    def __str__(self) -> str:
        return self.title or line(self.text)

    def get_absolute_url(self) -> str:
        return address("goal", self.key)


class Route(Item):
    """A choice of way (veivalg), beside the goals of its area; which of them it serves is an editor's link."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="routes", verbose_name=_("dokument"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="routes", verbose_name=_("område")
    )
    text = models.TextField(_("veivalg"))
    goals = models.ManyToManyField(Goal, blank=True, related_name="routes", verbose_name=_("mål det tjener"))

    history = Records(m2m_fields=[goals])

    class Meta(Item.Meta):
        verbose_name = _("veivalg")
        verbose_name_plural = _("veivalg")

    def __str__(self) -> str:
        return line(self.text)

    def get_absolute_url(self) -> str:
        return address("route", self.key)
