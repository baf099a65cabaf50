"""Documents, what was decided about them, and the words that were frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from config.lib import clock
from config.lib.addresses import address
from config.lib.models import Sourced, Versioned
from config.lib.records import Records
from config.lib.text import line
from organisation.models import Unit, User
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
    PUT_AWAY = "put_away", _("lagt bort")  # a draft that was not to be


PUBLISHED_STATES = (DocumentState.IN_FORCE, DocumentState.EXPIRED, DocumentState.REPLACED)


@dataclass(frozen=True, slots=True)
class Head:
    """What readers know a document by: its title, and when it holds."""

    title: str
    from_on: date | None
    to_on: date | None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def held(kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Of the heads that a document keeps, the one that holds today: those that wait for their day stand in `next`."""
    waiting = (kept or {}).get("next")
    if not waiting:
        return kept
    today = clock.today()  # a name has to be told also where nobody says what day it is
    return next((one for one in reversed(waiting) if date.fromisoformat(one["holds_from"]) <= today), kept)


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any, *, today: date) -> "DocumentQuerySet":
        """Published documents for all who are logged in, public ones for everyone, drafts for the owner's readers.

        One that is on hearing is for all who are asked; one that is put away is in nobody's lists.
        """
        published = Q(state__in=PUBLISHED_STATES)
        if not user.is_authenticated:
            return self.filter(published, is_public=True)
        reach = user.reach(today)
        asked = Q(state=DocumentState.HEARING, owner__in=reach[Permission.BE_HEARD])
        drafts = ~Q(state=DocumentState.PUT_AWAY) & Q(owner__in=reach[Permission.READ_DRAFTS])
        return self.filter(published | asked | drafts)

    def put_away(self) -> "DocumentQuerySet":
        return self.filter(state=DocumentState.PUT_AWAY)

    def kept(self) -> "DocumentQuerySet":
        return self.exclude(state=DocumentState.PUT_AWAY)

    def editable_by(self, user: User, *, today: date) -> "DocumentQuerySet":
        return self.filter(owner__in=user.reach(today)[Permission.EDIT])


class Document(Sourced, Versioned):
    """A strategy, a policy or an action plan. Its rows are the working text; a Version is what was adopted."""

    adopted_last: Any = None  # the Version, kept by a save for whoever asks after it in the same request

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
    replaced_on = models.DateField(_("erstattes fra"), null=True, blank=True, editable=False)
    carries_out = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="carried_out_by", verbose_name=_("gjennomfører")
    )

    # The title and the period of the version that holds and of those that wait for their day, so that a list need not
    # open a version. Written with one alone.
    head_in_force = models.JSONField(_("tittel og periode som gjelder"), null=True, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()
    left_alone = Versioned.left_alone | {"head_in_force"}  # which is written when a version is made
    history = Records(m2m_fields=[carries_out], excluded_fields=["head_in_force"])

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
        return self.known_as

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A row read before a version was made must not put back what was in force until then."""
        if not self._state.adding and kwargs.get("update_fields") is None:
            names = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = names - self.left_alone
        super().save(*args, **kwargs)

    def is_plan_above(self, document: "Document") -> bool:
        """Whether this, which another carries out, is a plan of another unit, whose goals the other may serve."""
        return self.kind == document.kind == DocumentKind.ACTION_PLAN and self.owner_id != document.owner_id

    @property
    def head(self) -> Head:
        """What is in force; the working text where nothing was ever frozen."""
        kept = held(self.head_in_force)
        if not kept:
            return Head(self.title, self.period_from_on, self.period_to_on)
        return Head(kept["title"], _day(kept["from"]), _day(kept["to"]))

    @property
    def known_as(self) -> str:
        """The title that readers, and editors of other documents, know it by; `title` is the working text."""
        kept = held(self.head_in_force)
        return kept["title"] if kept else self.title

    def awaited_on(self, today: date) -> date | None:
        """The day it first holds from, where it is adopted and that day is not come."""
        first = _day((self.head_in_force or {}).get("holds_from"))
        return first if first and first > today else None

    def coming_on(self, today: date) -> date | None:
        """The day that other words take over from those that hold, where such are adopted."""
        days = [_day(one["holds_from"]) for one in (self.head_in_force or {}).get("next", [])]
        return min((day for day in days if day and day > today), default=None)

    @property
    def written_in(self) -> str:
        """The language of its words."""
        return self.language

    def get_absolute_url(self) -> str:
        """Plans live under /planer/, strategies and policies under /strategi/."""
        name = "plan" if self.kind == DocumentKind.ACTION_PLAN else "strategy"
        return address(name, self.slug)

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED_STATES

    @property
    def is_put_away(self) -> bool:
        return self.state == DocumentState.PUT_AWAY

    def is_past_period(self, today: date) -> bool:
        """Whether the period is over; a document without an end never is."""
        last = self.head.to_on
        return last is not None and last < today

    def state_on(self, today: date) -> DocumentState:
        """Where it stands that day: what was decided, and what the calendar has made of it since."""
        if self.state != DocumentState.IN_FORCE:
            return DocumentState(self.state)
        if self.replaced_on and self.replaced_on <= today:
            return DocumentState.REPLACED
        return DocumentState.EXPIRED if self.is_past_period(today) else DocumentState.IN_FORCE

    @property
    def is_standing(self) -> bool:
        """Whether it holds, or is on its way to."""
        if self.replaced_on and self.replaced_on <= clock.today():
            return False
        return self.state in (DocumentState.DRAFT, DocumentState.HEARING, DocumentState.IN_FORCE)

    def has_lapsed(self, today: date) -> bool:
        return self.state_on(today) in (DocumentState.EXPIRED, DocumentState.REPLACED) or self.is_past_period(today)

    def is_visible_to(self, user: Any, *, today: date) -> bool:
        """The same as `visible_to` says, of one row that is fetched already."""
        if not user.is_authenticated:
            return self.is_published and self.is_public
        if self.is_put_away:
            return False
        asked = Permission.BE_HEARD if self.state == DocumentState.HEARING else Permission.READ_DRAFTS
        reach = user.reach(today)
        return self.is_published or self.owner_id in reach[asked] | reach[Permission.READ_DRAFTS]

    def rests_on_expired(self, user: Any, *, today: date) -> list["Document"]:
        """The documents one may see that it carries out and that no longer hold, worth a warning to its owner."""
        if not self.is_standing:
            return []
        lapsed = (base for base in self.carries_out.all() if base.has_lapsed(today))
        return [base for base in lapsed if base.is_visible_to(user, today=today)]


class DecisionKind(models.TextChoices):
    MANDATE = "mandate", _("oppdrag")
    ADOPTION = "adoption", _("vedtak")


class Decision(Sourced, Versioned):
    """Who decided what about a document; a mandate starts the work, an adoption makes the document hold.

    The one that a version was adopted by stands as it is; others are written like the rest of the document.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="decisions", verbose_name=_("dokument"))
    kind = models.CharField(_("type"), max_length=10, choices=DecisionKind.choices)
    decided_on = models.DateField(_("dato"), null=True, blank=True)
    decided_by = models.CharField(_("vedtatt av"), max_length=120)
    case_number = models.CharField(_("saksnummer"), max_length=60, blank=True)
    text = models.TextField(_("hva som ble bestemt"), blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)  # among those of the same day, or of none

    history = Records()

    class Meta(Sourced.Meta):
        verbose_name = _("beslutning")
        verbose_name_plural = _("beslutninger")
        ordering = (F("decided_on").asc(nulls_first=True), "position", "pk")

    def __str__(self) -> str:
        return f"{capfirst(self.get_kind_display())}: {self.decided_by}"

    @property
    def is_behind_version(self) -> bool:
        """Whether a version was adopted by it; one query."""
        versions: Any = Decision._meta.get_field("version").related_model
        return versions.objects.filter(decision=self.pk).exists()  # type: ignore[no-any-return]


class FrozenError(Exception):
    """An attempt to change or delete what was adopted."""


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

    history = Records()

    class Meta(Sourced.Meta):
        verbose_name = _("avsnitt")
        verbose_name_plural = _("avsnitt")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title or line(self.text)[:60]
