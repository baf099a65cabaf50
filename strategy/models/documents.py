"""Documents, what was decided about them, and the words that were frozen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

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


PUBLISHED_STATES = (DocumentState.IN_FORCE, DocumentState.EXPIRED, DocumentState.REPLACED)


@dataclass(frozen=True, slots=True)
class Head:
    """What readers know a document by: its title, and when it holds."""

    title: str
    from_on: date | None
    to_on: date | None


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any, *, today: date) -> "DocumentQuerySet":
        """Published documents for all who are logged in, public ones for everyone, drafts for the owner's readers.

        One that is on hearing is for all who are asked.
        """
        published = Q(state__in=PUBLISHED_STATES)
        if not user.is_authenticated:
            return self.filter(published, is_public=True)
        reach = user.reach(today)
        asked = Q(state=DocumentState.HEARING, owner__in=reach[Permission.BE_HEARD])
        return self.filter(published | asked | Q(owner__in=reach[Permission.READ_DRAFTS]))

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

    # The title and the period of the newest version, so that a list need not open the version. Written with it alone.
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

    @property
    def head(self) -> Head:
        """What is in force; the working text where nothing was ever frozen."""
        if not self.head_in_force:
            return Head(self.title, self.period_from_on, self.period_to_on)
        first, last = (self.head_in_force[name] for name in ("from", "to"))
        return Head(
            self.head_in_force["title"],
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
        )

    @property
    def known_as(self) -> str:
        """The title that readers, and editors of other documents, know it by; `title` is the working text."""
        return self.head_in_force["title"] if self.head_in_force else self.title

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

    def is_past_period(self, today: date) -> bool:
        """Whether the period is over; a document without an end never is."""
        last = self.head.to_on
        return last is not None and last < today

    @property
    def is_standing(self) -> bool:
        """Whether it holds, or is on its way to."""
        return self.state in (DocumentState.DRAFT, DocumentState.HEARING, DocumentState.IN_FORCE)

    def has_lapsed(self, today: date) -> bool:
        return self.state in (DocumentState.EXPIRED, DocumentState.REPLACED) or self.is_past_period(today)

    def is_visible_to(self, user: Any, *, today: date) -> bool:
        """The same as `visible_to` says, of one row that is fetched already."""
        if not user.is_authenticated:
            return self.is_published and self.is_public
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
        return Version.objects.filter(decision=self.pk).exists()


class FrozenError(Exception):
    """An attempt to change or delete what was adopted."""


def head_of(content: Mapping[str, Any]) -> dict[str, str | None] | None:
    """What `Document.head_in_force` keeps of frozen words."""
    if "title" not in content:
        return None
    period = content.get("period") or {"from": None, "to": None}
    return {"title": content["title"], "from": period["from"], "to": period["to"]}


class Version(models.Model):
    """The words of a whole document as they were when it came into force; written once, never changed.

    A corrected typing error makes a version of its own, which `corrects` the one before and says `why`: the decision
    stays with that one. `content` is the outline of `strategy.outline`, keyed by the identities of its items.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions", verbose_name=_("dokument"))
    number = models.PositiveSmallIntegerField(_("nummer"))
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="version", verbose_name=_("vedtak")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("retter")
    )
    why = models.CharField(_("hva som er rettet"), max_length=100, blank=True)
    content = models.JSONField(_("innhold"))
    frozen_at = models.DateTimeField(_("fryst"))
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))

    class Meta:
        verbose_name = _("utgave")
        verbose_name_plural = _("utgaver")
        ordering = ("document", "-number")
        constraints = [
            models.UniqueConstraint(fields=("document", "number"), name="strategy_version_number"),
            models.CheckConstraint(
                name="strategy_version_correction_with_reason",
                condition=Q(corrects__isnull=True, why="")
                | Q(corrects__isnull=False, decision__isnull=True) & ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError(f"version {self} never changes")
        super().save(*args, **kwargs)
        self.document.head_in_force = head_of(self.content)
        Document.objects.filter(pk=self.document_id).update(head_in_force=self.document.head_in_force)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenError(f"version {self} is never deleted")

    def decisions_until_then(self) -> "models.QuerySet[Decision]":
        """What was decided about the document, without what later versions were adopted by."""
        later = Version.objects.filter(document=self.document_id, number__gt=self.number, decision__isnull=False)
        return Decision.objects.filter(document=self.document_id).exclude(pk__in=later.values("decision"))


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
