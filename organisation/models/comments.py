"""What people say about a document and what stands in it: internally, and in a hearing."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.lib.models import Versioned
from config.lib.records import Records
from organisation.models.people import User
from organisation.models.units import Unit
from organisation.permissions import Permission


class About(models.TextChoices):
    """What a comment can be about. The values are the words of addresses."""

    DOCUMENT = "dokument", _("hele dokumentet")
    SECTION = "avsnitt", _("avsnitt")
    AREA = "omrade", _("område")
    GOAL = "mal", _("mål")
    ROUTE = "veivalg", _("veivalg")
    MEASURE = "tiltak", _("tiltak")


class Answer(models.TextChoices):
    TAKEN_IN = "taken_in", _("tatt inn")
    PARTLY = "partly", _("delvis tatt inn")
    NOT = "not", _("ikke tatt inn")


class HearingQuerySet(models.QuerySet["Hearing"]):
    def visible_to(self, user: Any, *, today: date) -> "HearingQuerySet":
        """Those one may take part in or could have, whether or not they are over."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(owner__in=user.reach(today)[Permission.BE_HEARD])


class Hearing(Versioned):
    """What an owner asks those who belong to it to say something about, until a day.

    `within` is the short name of the document. It ends before its day where the document is withdrawn or adopted.
    """

    within = models.SlugField(_("dokument"), max_length=80)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="hearings", verbose_name=_("eier"))
    closes_on = models.DateField(_("siste dag for innspill"))
    invitation = models.TextField(_("til dem som inviteres"), max_length=2000)
    opened_on = models.DateField(_("åpnet"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("åpnet av"))
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("avsluttet av")
    )

    objects = HearingQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = _("høring")
        verbose_name_plural = _("høringer")
        ordering = ("-opened_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("within",), condition=Q(closed_at__isnull=True), name="organisation_hearing_one_open"
            ),
            models.CheckConstraint(
                name="organisation_hearing_closes_after_it_opens", condition=Q(closes_on__gte=F("opened_on"))
            ),
            models.CheckConstraint(
                name="organisation_hearing_closed_at_and_by",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.within}, {self.opened_on}"

    def is_open(self, today: date) -> bool:
        return self.closed_at is None and today <= self.closes_on


def sees(user: User, *, owner: int, is_input: bool, is_about_draft: bool, today: date) -> bool:
    """The same as `CommentQuerySet.visible_to` says, of a comment that belongs to this unit."""
    reach = user.reach(today)
    if is_about_draft and owner not in reach[Permission.READ_DRAFTS]:
        return False
    return owner in reach[Permission.BE_HEARD if is_input else Permission.NOTE]


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: Any, *, today: date) -> "CommentQuerySet":
        """Internal ones for those who write such notes, those of a hearing for whoever could take part in it.

        What was said of a draft stays among those who read the owner's drafts, whoever reads the document since.
        """
        if not isinstance(user, User):
            return self.none()
        reach = user.reach(today)
        return self.filter(
            Q(hearing__isnull=True, owner__in=reach[Permission.NOTE])
            & (Q(is_about_draft=False) | Q(owner__in=reach[Permission.READ_DRAFTS]))
            | Q(hearing__isnull=False, owner__in=reach[Permission.BE_HEARD])
        )

    def to_answer(self) -> "CommentQuerySet":
        """What was said in a hearing and stands without an answer."""
        return self.filter(hearing__isnull=False, under__isnull=True, removed_at__isnull=True, answer="")

    def for_rows(self) -> "CommentQuerySet":
        return self.select_related("written_by", "removed_by", "resolved_by", "answered_by", "unit", "hearing")


class Comment(Versioned):
    """What one person says about an item. It hangs on the item's identity and never on a version of its words.

    With a hearing it is an input to it, without one it is internal. `about_words` are the words of the item that the
    writer had before them. With `is_about_draft` only those who read the owner's drafts had them too, and it is theirs
    also once the words hold. `owner` is the unit that owns the document.
    """

    within = models.SlugField(_("dokument"), max_length=80)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="comments", verbose_name=_("eier"))
    about = models.CharField(_("om"), max_length=10, choices=About.choices)
    about_key = models.CharField(_("nøkkel"), max_length=80)
    about_words = models.CharField(_("ordene det gjelder"), max_length=200, blank=True)
    is_about_draft = models.BooleanField(_("om et utkast"), default=False, editable=False)
    hearing = models.ForeignKey(
        Hearing, models.PROTECT, null=True, blank=True, related_name="comments", verbose_name=_("høring")
    )
    under = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("svar på")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("på vegne av")
    )
    text = models.TextField(_("kommentar"), max_length=4000)
    mentioned = models.ManyToManyField(User, blank=True, related_name="mentions", verbose_name=_("nevnt"))
    written_at = models.DateTimeField(_("skrevet"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="comments", verbose_name=_("skrevet av"))
    edited_at = models.DateTimeField(_("endret"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("ferdig"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("satt som ferdig av")
    )
    removed_at = models.DateTimeField(_("tatt bort"), null=True, blank=True)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tatt bort av")
    )
    answer = models.CharField(_("svar"), max_length=10, choices=Answer.choices, blank=True)
    answer_text = models.CharField(_("begrunnelse"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("besvart av")
    )

    objects = CommentQuerySet.as_manager()
    history = Records()

    class Meta:
        verbose_name = _("kommentar")
        verbose_name_plural = _("kommentarer")
        ordering = ("written_at", "pk")
        indexes = [models.Index(fields=("within", "about", "about_key"), name="organisation_comment_place")]
        constraints = [
            models.CheckConstraint(name="organisation_comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="organisation_comment_not_under_itself", condition=Q(under__isnull=True) | ~Q(under=F("pk"))
            ),
            models.CheckConstraint(
                name="organisation_comment_resolved_at_and_by",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_comment_removed_at_and_by",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_comment_answered_at_and_by",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_comment_answer_has_moment",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="organisation_comment_answer_says_why",
                condition=Q(answer__in=("", Answer.TAKEN_IN)) | ~Q(answer_text=""),
            ),
            models.CheckConstraint(
                name="organisation_comment_answered_in_hearing",
                condition=Q(answer="") | Q(hearing__isnull=False, under__isnull=True),
            ),
            models.CheckConstraint(
                name="organisation_comment_resolved_internally",
                condition=Q(resolved_at__isnull=True) | Q(hearing__isnull=True, under__isnull=True),
            ),
            models.CheckConstraint(
                name="organisation_comment_heard_by_all_asked",
                condition=Q(is_about_draft=False) | Q(hearing__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_internal(self) -> bool:
        return self.hearing_id is None

    def is_closed(self, today: date) -> bool:
        """Whether nothing more is said under it: its thread is done or answered, or its hearing over."""
        top = self.under or self
        if top.hearing is not None:
            return bool(top.answer) or not top.hearing.is_open(today)
        return top.resolved_at is not None
