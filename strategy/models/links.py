"""How a goal or a route leans on one of another document: aligned, succeeded, translated."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.lib.records import Records
from strategy.models.items import Goal, Route

LINK_ENDS: Final = ("to_goal", "to_route", "to_measure")  # what a link may lead to; each kind of item has some of them


class LinkKind(models.TextChoices):
    ALIGNED = "aligned", _("bygger opp under")
    SUCCEEDED = "succeeded", _("følger etter")
    TRANSLATED = "translated", _("er en oversettelse av")


class Link(models.Model):
    """A link from an item to one of another document, or to one of its own that it takes over from.

    Subclasses add where from, and where else to.
    """

    kind = models.CharField(_("type"), max_length=10, choices=LinkKind.choices)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.get_kind_display())


class GoalLink(Link):
    from_goal = models.ForeignKey(Goal, models.CASCADE, related_name="links", verbose_name=_("fra mål"))
    to_goal = models.ForeignKey(
        Goal, models.CASCADE, null=True, blank=True, related_name="linked_goals", verbose_name=_("til mål")
    )
    to_route = models.ForeignKey(
        Route, models.CASCADE, null=True, blank=True, related_name="linked_goals", verbose_name=_("til veivalg")
    )

    history = Records()

    class Meta(Link.Meta):
        verbose_name = _("lenke fra mål")
        verbose_name_plural = _("lenker fra mål")
        constraints = [
            models.CheckConstraint(
                name="strategy_goallink_one_end",
                condition=Q(to_goal__isnull=False, to_route__isnull=True)
                | Q(to_goal__isnull=True, to_route__isnull=False, kind=LinkKind.ALIGNED),
            ),
            models.CheckConstraint(
                name="strategy_goallink_not_itself", condition=Q(to_goal__isnull=True) | ~Q(to_goal=F("from_goal"))
            ),
            models.UniqueConstraint(fields=("kind", "from_goal", "to_goal"), name="strategy_goallink_once_to_goal"),
            models.UniqueConstraint(fields=("kind", "from_goal", "to_route"), name="strategy_goallink_once_to_route"),
        ]


class RouteLink(Link):
    from_route = models.ForeignKey(Route, models.CASCADE, related_name="links", verbose_name=_("fra veivalg"))
    to_route = models.ForeignKey(Route, models.CASCADE, related_name="linked_routes", verbose_name=_("til veivalg"))

    history = Records()

    class Meta(Link.Meta):
        verbose_name = _("lenke fra veivalg")
        verbose_name_plural = _("lenker fra veivalg")
        constraints = [
            models.CheckConstraint(name="strategy_routelink_not_itself", condition=~Q(to_route=F("from_route"))),
            models.UniqueConstraint(fields=("kind", "from_route", "to_route"), name="strategy_routelink_once"),
        ]
