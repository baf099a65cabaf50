"""Targets, and the facts and observations they are counted from."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.lib.models import Sourced, Versioned
from config.lib.records import Records
from organisation.models import Named
from strategy.models.items import Area, Goal


class Comparator(models.TextChoices):
    AT_LEAST = "at_least", _("minst")
    AT_MOST = "at_most", _("høyst")
    EQUALS = "equals", _("lik")
    APPROXIMATELY = "approximately", _("omtrent")
    MORE_THAN = "more_than", _("mer enn")


class Indicator(Named):
    """Something that is measured over the years; it outlives the plans that set targets for it."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=80, unique=True)
    unit = models.CharField(_("måleenhet"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikatorer")
        ordering = ("name",)


class Period(models.Model):
    """A span of time as the source gives it: days where they are known, else only the words."""

    period_words = models.CharField(_("periode"), max_length=80, blank=True)
    period_from_on = models.DateField(_("fra"), null=True, blank=True)
    period_to_on = models.DateField(_("til"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period_in_order",
                condition=Q(period_from_on__isnull=True)
                | Q(period_to_on__isnull=True)
                | Q(period_to_on__gte=F("period_from_on")),
            )
        ]


class Fact(Sourced, Versioned, Period):
    """A fact box: what was so in a given year, in its own words, with the figures in it as observations."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="facts", verbose_name=_("område"))
    text = models.TextField(_("faktum"))
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Records()

    class Meta:
        verbose_name = _("faktaboks")
        verbose_name_plural = _("faktabokser")
        ordering = ("position", "pk")
        constraints = [*Sourced.Meta.constraints, *Period.Meta.constraints]

    def __str__(self) -> str:
        return self.text


class Observation(Period):
    """One measured value of an indicator (måling), with its period; `fact` is the box it stands in."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations", verbose_name=_("indikator"))
    fact = models.ForeignKey(
        Fact, models.CASCADE, null=True, blank=True, related_name="observations", verbose_name=_("faktaboks")
    )
    value = models.DecimalField(_("verdi"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("måleenhet"), max_length=40, blank=True)
    comparator = models.CharField(
        _("nøyaktighet"), max_length=15, choices=Comparator.choices, default=Comparator.EQUALS
    )

    history = Records()

    class Meta(Period.Meta):
        verbose_name = _("måling")
        verbose_name_plural = _("målinger")
        ordering = ("indicator", "period_from_on", "pk")

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value} {self.unit}"


class TargetKind(models.TextChoices):
    AMOUNT = "amount", _("beløp")
    COUNT = "count", _("antall")
    SHARE = "share", _("andel")
    RATE = "rate", _("antall per år")
    MULTIPLE = "multiple", _("ganger en utgangsverdi")
    TIME_LIMIT = "time_limit", _("tidsgrense")
    BALANCE = "balance", _("balanse mellom to strømmer")


class Target(Sourced, Versioned, Period):
    """A måltall: how much, of what, compared how, for whom, by when. It hangs on a goal or an area.

    `value` is a plain number in `unit` (40 with "%", 2 for "double", 3 with "år"); a balance has none.
    `baseline` is the observation that a multiple or a rise is counted from.
    """

    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("mål"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("område")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="targets", verbose_name=_("indikator")
    )
    kind = models.CharField(_("type"), max_length=12, choices=TargetKind.choices)
    text = models.CharField(_("måltall i ord"), max_length=300)
    value = models.DecimalField(_("verdi"), max_digits=16, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("måleenhet"), max_length=60, blank=True)
    comparator = models.CharField(_("sammenlikning"), max_length=15, choices=Comparator.choices)
    denominator = models.CharField(_("andel av"), max_length=200, blank=True)
    per = models.CharField(_("per"), max_length=40, blank=True)
    holds_for = models.CharField(_("gjelder for"), max_length=200, blank=True)
    condition = models.CharField(_("vilkår"), max_length=300, blank=True)
    qualifier = models.CharField(_("forbehold"), max_length=200, blank=True)
    due_on = models.DateField(_("frist"), null=True, blank=True)
    baseline = models.ForeignKey(
        Observation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("utgangsverdi")
    )
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = Records()

    class Meta:
        verbose_name = _("måltall")
        verbose_name_plural = _("måltall")
        ordering = ("position", "pk")
        constraints = [
            *Sourced.Meta.constraints,
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="strategy_target_goal_or_area",
                condition=Q(goal__isnull=False, area__isnull=True) | Q(goal__isnull=True, area__isnull=False),
            ),
            models.CheckConstraint(
                name="strategy_target_value_unless_balance",
                condition=Q(kind=TargetKind.BALANCE) | Q(value__isnull=False),
            ),
            models.CheckConstraint(
                name="strategy_target_multiple_has_baseline",
                condition=~Q(kind=TargetKind.MULTIPLE) | Q(baseline__isnull=False),
            ),
            models.CheckConstraint(
                name="strategy_target_share_of_something",
                condition=~Q(kind=TargetKind.SHARE) | (Q(unit="%", value__gte=0, value__lte=100) & ~Q(denominator="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text
