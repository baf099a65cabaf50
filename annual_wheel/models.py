"""The annual wheel: items that come back every year, each year's edition of them, and the tasks units tick off."""

import hashlib
import secrets
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from annual_wheel.verbs import EditionVerbs, TaskVerbs
from config.lib.addresses import address
from config.lib.kept import told
from config.lib.models import Versioned
from organisation.models import Responsibility, Unit, User
from organisation.permissions import Permission
from planning.models import Measure, Modality
from strategy.models import Document, Item, ItemQuerySet, ItemStatus, TargetGroup


class WheelQuerySet(models.QuerySet["Wheel"]):
    def visible_to(self, user: Any) -> "WheelQuerySet":
        """Wheels are for everyone who is logged in, public ones for everybody."""
        return self.all() if user.is_authenticated else self.filter(is_public=True)

    def editable_by(self, user: User, *, today: date) -> "WheelQuerySet":
        return self.filter(owner__in=user.reach(today)[Permission.EDIT])


class Wheel(Versioned):
    """A unit's annual wheel, carrying out a plan or standing alone."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    title = models.CharField(_("tittel"), max_length=200)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="wheels", verbose_name=_("eier"))
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="wheels", verbose_name=_("handlingsplan")
    )
    is_public = models.BooleanField(_("kan leses av alle, også uten innlogging"), default=False)

    objects = WheelQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("årshjul")
        verbose_name_plural = _("årshjul")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("wheel", self.slug)


class WheelYear(models.Model):
    """A year that has been opened in a wheel: its editions exist and their tasks have been given out."""

    wheel = models.ForeignKey(Wheel, models.PROTECT, related_name="years", verbose_name=_("årshjul"))
    year = models.PositiveSmallIntegerField(_("år"))
    opened_at = models.DateTimeField(_("åpnet"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("åpnet av"))

    class Meta:
        verbose_name = _("år i årshjulet")
        verbose_name_plural = _("år i årshjulet")
        ordering = ("wheel", "year")
        constraints = [models.UniqueConstraint(fields=("wheel", "year"), name="annual_wheel_wheelyear_once")]

    def __str__(self) -> str:
        return f"{self.wheel} {self.year}"


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
    links = models.JSONField(_("nettlenker"), default=list, blank=True)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="entries", verbose_name=_("tiltak det gjennomfører")
    )
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="entries", verbose_name=_("målgrupper")
    )
    from_year = models.PositiveSmallIntegerField(_("fra og med år"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("til og med år"), null=True, blank=True)

    objects = EntryQuerySet.as_manager()  # type: ignore[misc]
    history = HistoricalRecords(m2m_fields=[measures, target_groups])

    class Meta(Item.Meta):
        verbose_name = _("punkt i årshjulet")
        verbose_name_plural = _("punkter i årshjulet")
        constraints = [
            *Item.Meta.constraints,
            models.CheckConstraint(name="annual_wheel_entry_month_of_year", condition=Q(month__gte=1, month__lte=12)),
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

    def get_absolute_url(self) -> str:
        return address("entry", self.key)


class EntryResponsibility(Responsibility):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="responsibilities", verbose_name=_("punkt"))

    history = HistoricalRecords()

    class Meta(Responsibility.Meta):
        verbose_name = _("ansvar for punkt")
        verbose_name_plural = _("ansvar for punkter")


class Precision(models.TextChoices):
    DAY = "day", _("en dag")
    DAYS = "days", _("flere dager")
    WEEK = "week", _("en uke")
    PART_OF_MONTH = "part_of_month", _("en del av en måned")
    MONTH = "month", _("en måned")
    MONTHS = "months", _("flere måneder")
    SEASON = "season", _("en årstid")
    YEAR = "year", _("et år")


class EditionState(models.TextChoices):
    PLANNED = "planned", _("planlagt")
    PARTLY_CANCELLED = "partly_cancelled", _("utgår delvis i år")
    CANCELLED = "cancelled", _("utgår i år")


class EditionForm(models.TextChoices):
    DIGITAL = "digital", _("digitalt")
    ON_CAMPUS = "on_campus", _("på campus")


class EditionQuerySet(EditionVerbs):
    def visible_to(self, user: Any) -> "EditionQuerySet":
        return self.filter(entry__wheel__in=Wheel.objects.visible_to(user))


class Edition(Versioned):
    """One year of an entry: when it is this year, whether it is held, in what form, and what came of it.

    The window from `earliest_on` to `latest_on` is what the words say. `due_on` is the last day it can be done: the
    window's end, or the bound where that comes sooner. The date it was opened with stays in the history.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="editions", verbose_name=_("punkt"))
    year = models.PositiveSmallIntegerField(_("år"))
    as_written = models.CharField(_("når"), max_length=120)
    precision = models.CharField(_("hvor nøyaktig"), max_length=15, choices=Precision.choices)
    earliest_on = models.DateField(_("tidligst"))
    latest_on = models.DateField(_("senest"))
    bound_on = models.DateField(_("skal være gjort før"), null=True, blank=True)
    due_on = models.DateField(_("frist"))
    is_moved = models.BooleanField(_("flyttet i år"), default=False)
    state = models.CharField(_("status"), max_length=20, choices=EditionState.choices, default=EditionState.PLANNED)
    reason = models.CharField(_("hvorfor det utgår"), max_length=300, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=EditionForm.choices, blank=True)
    outcome = models.TextField(_("hva det ga"), blank=True)
    changed_at = models.DateTimeField(_("sist endret"), auto_now=True)

    objects = EditionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("årets utgave")
        verbose_name_plural = _("årets utgaver")
        ordering = ("due_on", "entry__position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("entry", "year"), name="annual_wheel_edition_one_a_year"),
            models.CheckConstraint(
                name="annual_wheel_edition_window_in_order", condition=Q(latest_on__gte=F("earliest_on"))
            ),
            models.CheckConstraint(
                name="annual_wheel_edition_due_not_after_window", condition=Q(due_on__lte=F("latest_on"))
            ),
            models.CheckConstraint(
                name="annual_wheel_edition_cancelled_with_reason",
                condition=Q(state=EditionState.PLANNED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} ({self.year})"

    @property
    def reason_words(self) -> str:
        """The reason in the reader's language, where the program wrote it."""
        return told(self.reason)

    @property
    def is_cancelled(self) -> bool:
        return self.state == EditionState.CANCELLED


class TaskStatus(models.TextChoices):
    OPEN = "open", _("ikke startet")
    DONE = "done", _("gjort")
    NOT_RELEVANT = "not_relevant", _("ikke aktuelt hos oss")
    WITHDRAWN = "withdrawn", _("trukket")


class TaskQuerySet(TaskVerbs):
    def of_units(self, unit_ids: Any) -> "TaskQuerySet":
        """Tasks that stand on these units' lists, alone or together with others."""
        shared = Task.shared_with.through.objects.filter(unit__in=unit_ids).values("task_id")
        return self.filter(Q(unit__in=unit_ids) | Q(pk__in=shared))

    def visible_to(self, user: User, *, today: date) -> "TaskQuerySet":
        readable = user.reach(today)[Permission.READ_DRAFTS]
        shared = Task.shared_with.through.objects.filter(unit__in=readable).values("task_id")
        return self.filter(Q(unit__in=readable) | Q(pk__in=shared) | Q(edition__entry__wheel__owner__in=readable))

    def tickable_by(self, user: User, *, today: date) -> "TaskQuerySet":
        return self.of_units(user.reach(today)[Permission.TICK])

    def standing(self) -> "TaskQuerySet":
        """What counts in "5 of 7": not withdrawn."""
        return self.exclude(status=TaskStatus.WITHDRAWN)

    def open(self) -> "TaskQuerySet":
        return self.filter(status=TaskStatus.OPEN).exclude(edition__state=EditionState.CANCELLED)

    def open_on(self, day: date) -> "TaskQuerySet":
        """What was open when the day was over: `open`, and what has been ticked off since."""
        since = Q(status=TaskStatus.DONE, done_at__date__gt=day)
        return self.filter(Q(status=TaskStatus.OPEN) | since).exclude(edition__state=EditionState.CANCELLED)

    def overdue(self, *, today: date) -> "TaskQuerySet":
        """What is late: open, binding, not ongoing, and past its last day."""
        return (
            self.open()
            .filter(edition__due_on__lt=today, edition__entry__modality=Modality.MUST)
            .exclude(edition__entry__kind=EntryKind.ONGOING)
        )


class Task(Versioned):
    """What one unit does for an edition, and ticks off.

    Where one tick closes for all, `unit` is the first of the leading units and `shared_with` the others that have it on
    their list too. A task is never deleted: one whose unit falls away is withdrawn with the reason.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="tasks", verbose_name=_("årets utgave"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks", verbose_name=_("enhet"))
    shared_with = models.ManyToManyField(Unit, blank=True, related_name="shared_tasks", verbose_name=_("står også hos"))
    status = models.CharField(_("status"), max_length=15, choices=TaskStatus.choices, default=TaskStatus.OPEN)
    done_at = models.DateTimeField(_("kvittert ut"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kvittert ut av")
    )
    reason = models.CharField(_("hvorfor"), max_length=300, blank=True)
    note = models.TextField(_("merknad"), blank=True)
    assigned_to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="assigned_tasks", verbose_name=_("tildelt")
    )
    given_at = models.DateTimeField(_("gitt"), auto_now_add=True)

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[shared_with])

    class Meta:
        verbose_name = _("oppgave")
        verbose_name_plural = _("oppgaver")
        ordering = ("edition__due_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=("edition", "unit"), name="annual_wheel_task_one_per_unit"),
            models.CheckConstraint(
                name="annual_wheel_task_done_at_and_by",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="annual_wheel_task_done_has_moment",
                condition=Q(status=TaskStatus.DONE, done_at__isnull=False)
                | (~Q(status=TaskStatus.DONE) & Q(done_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="annual_wheel_task_closed_with_reason",
                condition=Q(status__in=(TaskStatus.OPEN, TaskStatus.DONE)) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=("unit", "status"), name="annual_wheel_task_unit_status")]

    def __str__(self) -> str:
        return f"{self.edition} – {self.unit}"

    @property
    def reason_words(self) -> str:
        """The reason in the reader's language, where the program wrote it."""
        return told(self.reason)

    def is_overdue(self, today: date) -> bool:
        """Only what is binding can be late, never before its last day, and what is ongoing never is."""
        edition = self.edition
        return (
            self.status == TaskStatus.OPEN
            and not edition.is_cancelled
            and edition.entry.kind != EntryKind.ONGOING
            and edition.entry.modality == Modality.MUST
            and edition.due_on < today
        )


class ReminderStatus(models.TextChoices):
    CLAIMED = "claimed", _("under sending")
    SENT = "sent", _("sendt")
    UNCERTAIN = "uncertain", _("usikkert")
    FAILED = "failed", _("mislyktes")


class Reminder(models.Model):
    """One mail to one person on one day; the row is claimed before the mail is sent."""

    user = models.ForeignKey(User, models.PROTECT, related_name="reminders", verbose_name=_("til"))
    day = models.DateField(_("dag"))
    status = models.CharField(
        _("status"), max_length=10, choices=ReminderStatus.choices, default=ReminderStatus.CLAIMED
    )
    message_id = models.CharField(_("meldings-id"), max_length=200, unique=True)
    subject = models.CharField(_("emne"), max_length=200)
    items = models.JSONField(_("punkter i meldingen"), default=list)
    attempt_count = models.PositiveSmallIntegerField(_("forsøk"), default=0)
    uncertain_count = models.PositiveSmallIntegerField(_("forsøk med ukjent utfall"), default=0)
    claimed_at = models.DateTimeField(_("påbegynt"))
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    error = models.CharField(_("feil"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        ordering = ("-day", "user")
        constraints = [
            models.UniqueConstraint(fields=("user", "day"), name="annual_wheel_reminder_one_a_day"),
            models.CheckConstraint(
                name="annual_wheel_reminder_sent_has_moment",
                condition=Q(status=ReminderStatus.SENT, sent_at__isnull=False)
                | (~Q(status=ReminderStatus.SENT) & Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"


class FeedKind(models.TextChoices):
    PERSONAL = "personal", _("mine oppgaver")
    UNIT = "unit", _("en enhets kalender")


class CalendarFeed(models.Model):
    """A calendar subscription with a secret address. Only the secret's hash is kept, so it is shown once.

    `body` is the calendar as it was last worked out, gzipped, and `built_for` what it was worked out from: while that
    has not changed, neither has the calendar (see annual_wheel.feeds).
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="feeds", verbose_name=_("person"))
    kind = models.CharField(_("type"), max_length=10, choices=FeedKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="feeds", verbose_name=_("enhet"))
    name = models.CharField(_("navn"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("laget"), auto_now_add=True)
    last_used_on = models.DateField(_("sist brukt"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)
    built_for = models.CharField(max_length=100, blank=True, editable=False)
    body = models.BinaryField(default=b"", editable=False)
    etag = models.CharField(max_length=64, blank=True, editable=False)
    body_changed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("kalenderabonnement")
        verbose_name_plural = _("kalenderabonnementer")
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                name="annual_wheel_calendarfeed_unit_by_kind",
                condition=Q(kind=FeedKind.UNIT, unit__isnull=False) | (~Q(kind=FeedKind.UNIT) & Q(unit__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def hash_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    def renew_secret(self) -> str:
        """Give the feed a new secret and return it, the only time it is known; the caller saves."""
        secret = secrets.token_urlsafe(32)
        self.secret_hash = self.hash_of(secret)
        return secret
