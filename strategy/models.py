"""Governing documents: what the university wants, decided by whom, and how one document leans on another."""

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from config.lib.addresses import address
from config.lib.models import Keyed, Sourced, Versioned
from organisation.models import Named, Unit, User
from organisation.permissions import Permission


class DocumentKind(models.TextChoices):
    STRATEGY = "strategy", _("strategi")
    POLICY = "policy", _("politikk")
    ACTION_PLAN = "action_plan", _("handlingsplan")


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("utkast")
    HEARING = "hearing", _("på høring")
    IN_FORCE = "in_force", _("gjelder")
    EXPIRED = "expired", _("utløpt")
    REPLACED = "replaced", _("erstattet")


PUBLISHED_STATES = (DocumentState.IN_FORCE, DocumentState.EXPIRED, DocumentState.REPLACED)


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any, *, today: date) -> "DocumentQuerySet":
        """Published documents for all who are logged in, public ones for everyone, drafts for the owner's readers."""
        published = Q(state__in=PUBLISHED_STATES)
        if not user.is_authenticated:
            return self.filter(published, is_public=True)
        return self.filter(published | Q(owner__in=user.reach(today)[Permission.READ_DRAFTS]))

    def editable_by(self, user: User, *, today: date) -> "DocumentQuerySet":
        return self.filter(owner__in=user.reach(today)[Permission.EDIT])


class Document(Sourced, Versioned):
    """A strategy, a policy or an action plan. Its rows are the working text; a Version is what was adopted."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=80, unique=True)
    title = models.CharField(_("tittel"), max_length=200)
    kind = models.CharField(_("type"), max_length=15, choices=DocumentKind.choices)
    state = models.CharField(_("status"), max_length=10, choices=DocumentState.choices, default=DocumentState.DRAFT)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name=_("eier"))
    language = models.CharField(_("språk"), max_length=5, default="nb")
    period_from_on = models.DateField(_("gjelder fra"), null=True, blank=True)
    period_to_on = models.DateField(_("gjelder til"), null=True, blank=True)
    vision = models.TextField(_("visjon"), blank=True)
    overall_goal = models.TextField(_("overordnet mål"), blank=True)
    is_public = models.BooleanField(_("kan leses av alle, også uten innlogging"), default=False)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("følger etter")
    )
    carries_out = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="carried_out_by", verbose_name=_("gjennomfører")
    )

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[carries_out])

    class Meta(Sourced.Meta):
        verbose_name = _("styringsdokument")
        verbose_name_plural = _("styringsdokumenter")
        ordering = ("title",)
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                name="strategy_document_period_in_order",
                condition=Q(period_from_on__isnull=True)
                | Q(period_to_on__isnull=True)
                | Q(period_to_on__gte=F("period_from_on")),
            ),
            models.CheckConstraint(
                name="strategy_document_not_follows_itself", condition=Q(follows__isnull=True) | ~Q(follows=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Plans live under /planer/, strategies and policies under /strategi/."""
        name = "plan" if self.kind == DocumentKind.ACTION_PLAN else "strategy"
        return address(name, self.slug)

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED_STATES

    def is_past_period(self, today: date) -> bool:
        """Whether the period is over; a document without an end never is."""
        return self.period_to_on is not None and self.period_to_on < today

    @property
    def is_standing(self) -> bool:
        """Whether it holds, or is on its way to."""
        return self.state in (DocumentState.DRAFT, DocumentState.HEARING, DocumentState.IN_FORCE)

    def has_lapsed(self, today: date) -> bool:
        return self.state in (DocumentState.EXPIRED, DocumentState.REPLACED) or self.is_past_period(today)

    def rests_on_expired(self, today: date) -> list["Document"]:
        """The documents it carries out that no longer hold, worth a warning to whoever owns this one."""
        if not self.is_standing:
            return []
        return [base for base in self.carries_out.all() if base.has_lapsed(today)]


class DecisionKind(models.TextChoices):
    MANDATE = "mandate", _("oppdrag")
    ADOPTION = "adoption", _("vedtak")


class Decision(Sourced):
    """Who decided what about a document; a mandate starts the work, an adoption makes the document hold."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="decisions", verbose_name=_("dokument"))
    kind = models.CharField(_("type"), max_length=10, choices=DecisionKind.choices)
    decided_on = models.DateField(_("dato"), null=True, blank=True)
    decided_by = models.CharField(_("vedtatt av"), max_length=120)
    case_number = models.CharField(_("saksnummer"), max_length=60, blank=True)
    text = models.TextField(_("hva som ble bestemt"), blank=True)

    class Meta(Sourced.Meta):
        verbose_name = _("beslutning")
        verbose_name_plural = _("beslutninger")
        ordering = (F("decided_on").asc(nulls_first=True), "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.decided_by}"


class FrozenError(Exception):
    """An attempt to change or delete what was adopted."""


class Version(models.Model):
    """The words of a whole document as they were when it came into force; written once, never changed.

    `content` is the outline of `strategy.outline`, keyed by the identities of its items.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name=_("dokument"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="version", verbose_name=_("vedtak")
    )
    content = models.JSONField(_("innhold"))
    frozen_at = models.DateTimeField(_("fryst"))
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("utgave")
        verbose_name_plural = _("utgaver")
        ordering = ("document", "-number")
        constraints = [models.UniqueConstraint(fields=("document", "number"), name="strategy_version_number")]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError(f"version {self} never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError(f"version {self} is never deleted")


class SectionKind(models.TextChoices):
    PURPOSE = "purpose", _("hensikt")
    BACKGROUND = "background", _("bakgrunn")
    CHALLENGE = "challenge", _("utfordring")
    EVALUATION = "evaluation", _("evaluering")


class Section(Sourced, Versioned):
    """A piece of a document's running text: a part of its purpose, one challenge, one point on evaluation."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="sections", verbose_name=_("dokument"))
    kind = models.CharField(_("type"), max_length=10, choices=SectionKind.choices)
    title = models.CharField(_("overskrift"), max_length=200, blank=True)
    text = models.TextField(_("tekst"))
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    history = HistoricalRecords()

    class Meta(Sourced.Meta):
        verbose_name = _("avsnitt")
        verbose_name_plural = _("avsnitt")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title or self.text[:60]


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

    history = HistoricalRecords()

    class Meta(Item.Meta):
        verbose_name = _("område")
        verbose_name_plural = _("områder")

    def __str__(self) -> str:
        return " ".join(filter(None, (self.label, self.title))) or str(_("Uten tittel"))

    def clean(self) -> None:
        if self.parent and self.parent.parent_id:
            raise ValidationError({"parent": _("Et område kan ha ett nivå under seg, ikke flere.")})


class TargetGroup(Named):
    """Whom the work is meant for. The description is revised every year; its history keeps the earlier ones."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="target_groups", verbose_name=_("eier"))
    description = models.TextField(_("beskrivelse"), blank=True)
    counties = models.JSONField(_("fylker"), default=list, blank=True)

    history = HistoricalRecords()

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

    history = HistoricalRecords(m2m_fields=[target_groups])

    class Meta(Item.Meta):
        verbose_name = _("mål")
        verbose_name_plural = _("mål")

    def __str__(self) -> str:
        return self.title or self.text

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

    history = HistoricalRecords(m2m_fields=[goals])

    class Meta(Item.Meta):
        verbose_name = _("veivalg")
        verbose_name_plural = _("veivalg")

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return address("route", self.key)


class LinkKind(models.TextChoices):
    ALIGNED = "aligned", _("bygger opp under")
    SUCCEEDED = "succeeded", _("følger etter")
    TRANSLATED = "translated", _("er en oversettelse av")


class Link(models.Model):
    """A link from an item to one of another document; subclasses add where from, and where else to."""

    kind = models.CharField(_("type"), max_length=10, choices=LinkKind.choices)

    class Meta:
        abstract = True

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

    class Meta:
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

    class Meta:
        verbose_name = _("lenke fra veivalg")
        verbose_name_plural = _("lenker fra veivalg")
        constraints = [
            models.CheckConstraint(name="strategy_routelink_not_itself", condition=~Q(to_route=F("from_route"))),
            models.UniqueConstraint(fields=("kind", "from_route", "to_route"), name="strategy_routelink_once"),
        ]


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

    history = HistoricalRecords()

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

    history = HistoricalRecords()

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
