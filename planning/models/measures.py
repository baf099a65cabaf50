"""Measures: what is done, and who does it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.lib.addresses import address
from config.lib.links import LinksField
from config.lib.records import Records
from config.lib.text import line
from organisation.models import Responsibility
from strategy.models import (
    Area,
    Document,
    DocumentKind,
    DocumentQuerySet,
    Goal,
    Item,
    Link,
    LinkKind,
    Route,
    TargetGroup,
)


class ActionPlanManager(models.Manager.from_queryset(DocumentQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> DocumentQuerySet:
        return super().get_queryset().filter(kind=DocumentKind.ACTION_PLAN)


class ActionPlan(Document):
    """A document that also has measures."""

    objects = ActionPlanManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("handlingsplan")
        verbose_name_plural = _("handlingsplaner")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = DocumentKind.ACTION_PLAN
        super().save(*args, **kwargs)


class Modality(models.TextChoices):
    MUST = "must", _("skal")
    SHOULD = "should", _("bør")
    MAY = "may", _("kan")


class Measure(Item):
    """Something that is done. It serves the goals it names, or with `area` and no goals every goal of that area."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="measures", verbose_name=_("plan"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("alle mål i området")
    )
    goals = models.ManyToManyField(Goal, blank=True, related_name="measures", verbose_name=_("mål det tjener"))
    routes = models.ManyToManyField(Route, blank=True, related_name="measures", verbose_name=_("veivalg det følger"))
    text = models.TextField(_("tiltak"))
    modality = models.CharField(_("forpliktelse"), max_length=10, choices=Modality.choices, default=Modality.MUST)
    frequency = models.CharField(_("hvor ofte"), max_length=120, blank=True)
    quantity = models.CharField(_("hvor mye"), max_length=120, blank=True)
    links = LinksField(_("nettlenker"), default=list, blank=True)
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="measures", verbose_name=_("målgrupper")
    )

    history = Records(m2m_fields=[goals, routes, target_groups])

    class Meta(Item.Meta):
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")

    def __str__(self) -> str:
        return line(self.text)

    def get_absolute_url(self) -> str:
        return address("measure", self.key)


class MeasureResponsibility(Responsibility):
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="responsibilities", verbose_name=_("tiltak"))

    history = Records()

    class Meta(Responsibility.Meta):
        verbose_name = _("ansvar for tiltak")
        verbose_name_plural = _("ansvar for tiltak")


class MeasureLink(Link):
    """From a measure to a goal, a route or a measure of another document."""

    from_measure = models.ForeignKey(Measure, models.CASCADE, related_name="item_links", verbose_name=_("fra tiltak"))
    to_goal = models.ForeignKey(
        Goal, models.CASCADE, null=True, blank=True, related_name="linked_measures", verbose_name=_("til mål")
    )
    to_route = models.ForeignKey(
        Route, models.CASCADE, null=True, blank=True, related_name="linked_measures", verbose_name=_("til veivalg")
    )
    to_measure = models.ForeignKey(
        Measure, models.CASCADE, null=True, blank=True, related_name="linked_measures", verbose_name=_("til tiltak")
    )

    history = Records()

    class Meta(Link.Meta):
        verbose_name = _("lenke fra tiltak")
        verbose_name_plural = _("lenker fra tiltak")
        constraints = [
            models.CheckConstraint(
                name="planning_measurelink_one_end",
                condition=Q(
                    to_goal__isnull=False, to_route__isnull=True, to_measure__isnull=True, kind=LinkKind.ALIGNED
                )
                | Q(to_goal__isnull=True, to_route__isnull=False, to_measure__isnull=True, kind=LinkKind.ALIGNED)
                | Q(to_goal__isnull=True, to_route__isnull=True, to_measure__isnull=False),
            ),
            models.CheckConstraint(
                name="planning_measurelink_not_itself",
                condition=Q(to_measure__isnull=True) | ~Q(to_measure=F("from_measure")),
            ),
            models.UniqueConstraint(
                fields=("kind", "from_measure", "to_goal"), name="planning_measurelink_once_to_goal"
            ),
            models.UniqueConstraint(
                fields=("kind", "from_measure", "to_route"), name="planning_measurelink_once_to_route"
            ),
            models.UniqueConstraint(
                fields=("kind", "from_measure", "to_measure"), name="planning_measurelink_once_to_measure"
            ),
        ]
