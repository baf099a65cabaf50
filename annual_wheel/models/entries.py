"""What happens every year, and who is responsible for it."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annual_wheel.models.wheels import Wheel
from config.lib.addresses import address
from config.lib.links import LinksField
from config.lib.records import Records
from organisation.models import Responsibility
from organisation.permissions import Permission
from planning.models import Measure, Modality
from strategy.models import Item, ItemQuerySet, ItemStatus, TargetGroup

MOST_LEAD_DAYS = 120


class EntryKind(models.TextChoices):
    TASK = "task", _("oppgave")
    EVENT = "event", _("hendelse")
    DEADLINE = "deadline", _("frist")
    ONGOING = "ongoing", _("løpende")


class Ticks(models.TextChoices):
    EACH = "each", _("hver ansvarlig enhet kvitterer")
    ONE = "one", _("én kvittering gjelder for alle")
    NONE = "none", _("kvitteres ikke ut")


class EntryQuerySet(ItemQuerySet):
    def in_year(self, year: int) -> Self:
        """Entries that stand in the wheel that year."""
        begun = Q(from_year__isnull=True) | Q(from_year__lte=year)
        not_ended = Q(to_year__isnull=True) | Q(to_year__gte=year)
        return self.filter(begun, not_ended)

    def visible_to(self, user: Any, *, today: date) -> Self:
        """Entries of the wheels one may read; a proposed one only for those who read the owner's drafts."""
        seen = self.filter(wheel__in=Wheel.objects.visible_to(user))
        if not user.is_authenticated:
            return seen.exclude(status=ItemStatus.PROPOSED)
        drafts = user.reach(today)[Permission.READ_DRAFTS]
        return seen.filter(~Q(status=ItemStatus.PROPOSED) | Q(wheel__owner__in=drafts))


class Entry(Item):
    """Something that happens every year. It lives for years; each year has its own Edition.

    `when_words` is the date as people write it ("medio oktober"), read by `annual_wheel.when`. A bound is a second fact
    that the work should be done ahead of ("før svarfristen"): another entry, or words. With an anchor the date hangs on
    another entry's and moves with it, `anchor_offset_days` later (negative: earlier).
    """

    wheel = models.ForeignKey(Wheel, models.PROTECT, related_name="entries", verbose_name=_("årshjul"))
    text = models.TextField(_("hva"))
    kind = models.CharField(_("type"), max_length=10, choices=EntryKind.choices, default=EntryKind.TASK)
    month = models.PositiveSmallIntegerField(_("måned det står under"))
    when_words = models.CharField(_("når"), max_length=120)
    bound_words = models.CharField(_("skal være gjort før"), max_length=200, blank=True)
    bound_entry = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bounds",
        verbose_name=_("punktet det skal skje før"),
    )
    anchor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="anchored", verbose_name=_("følger datoen til")
    )
    anchor_offset_days = models.SmallIntegerField(_("dager etter"), default=0)
    ticks = models.CharField(_("hvem kvitterer"), max_length=5, choices=Ticks.choices, default=Ticks.EACH)
    modality = models.CharField(_("forpliktelse"), max_length=10, choices=Modality.choices, default=Modality.MUST)
    lead_days = models.PositiveSmallIntegerField(_("minn om det så mange dager før"), null=True, blank=True)
    links = LinksField(_("nettlenker"), default=list, blank=True)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="entries", verbose_name=_("tiltak det gjennomfører")
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="entries", verbose_name=_("målgrupper")
    )
    from_year = models.PositiveSmallIntegerField(_("fra og med år"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("til og med år"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]
    history = Records(m2m_fields=[measures, target_groups])

    class Meta(Item.Meta):
        verbose_name = _("punkt i årshjulet")
        verbose_name_plural = _("punkter i årshjulet")
        constraints = [
            *Item.Meta.constraints,
            models.CheckConstraint(name="annual_wheel_entry_month_of_year", condition=Q(month__gte=1, month__lte=12)),
            models.CheckConstraint(
                name="annual_wheel_entry_lead_days_within_year",
                condition=Q(lead_days__isnull=True) | Q(lead_days__lte=MOST_LEAD_DAYS),
            ),
            models.CheckConstraint(
                name="annual_wheel_entry_bound_entry_has_words",
                condition=Q(bound_entry__isnull=True) | ~Q(bound_words=""),
            ),
            models.CheckConstraint(
                name="annual_wheel_entry_hangs_on_another",
                condition=(Q(anchor__isnull=True) | ~Q(anchor=F("pk")))
                & (Q(bound_entry__isnull=True) | ~Q(bound_entry=F("pk"))),
            ),
            models.CheckConstraint(
                name="annual_wheel_entry_offset_needs_anchor",
                condition=Q(anchor__isnull=False) | Q(anchor_offset_days=0),
            ),
            models.CheckConstraint(
                name="annual_wheel_entry_years_in_order",
                condition=Q(from_year__isnull=True) | Q(to_year__isnull=True) | Q(to_year__gte=F("from_year")),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def written_in(self) -> str:
        """The language of its words: that of the installation."""
        return str(settings.LANGUAGE_CODE)

    def get_absolute_url(self) -> str:
        return address("entry", self.key)


class EntryResponsibility(Responsibility):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="responsibilities", verbose_name=_("punkt"))

    history = Records()

    class Meta(Responsibility.Meta):
        verbose_name = _("ansvar for punkt")
        verbose_name_plural = _("ansvar for punkter")
