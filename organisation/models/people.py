"""People who log in, and their roles at units."""

from datetime import date
from typing import Any, ClassVar, Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.lib.ready_query import ReadyQuery
from config.lib.records import Records
from organisation.models.named import Dated, DatedQuerySet, holds_on
from organisation.models.units import Unit
from organisation.permissions import Permission, Reach, Role, reach_of


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(
        self, email: str, password: str | None = None, *, made_by: "User | None" = None, **fields: Any
    ) -> "User":
        """Make a user; ValueError without an e-mail address."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        if made_by is not None:
            user._history_user = made_by  # type: ignore[attr-defined]  # what simple_history looks for
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class ReminderRhythm(models.TextChoices):
    WORKDAYS = "workdays", _("hver arbeidsdag det er noe")
    WEEKLY = "weekly", _("en gang i uka, på mandag")
    NEVER = "never", _("aldri")


# When on the day a mail may leave at the earliest, and how long before its last day something is told of.
HOURS: Final = [(hour, f"{hour:02}.00") for hour in range(6, 19)]
LEAD_DAYS: Final = [
    (1, _("dagen før")),
    (3, _("tre dager før")),
    (7, _("en uke før")),
    (14, _("to uker før")),
    (30, _("en måned før")),
]
NOT_LOGGED: Final = ["password", "last_login"]  # nobody's business, and a log-in is no change of the person


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in with an e-mail address."""

    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("navn"), max_length=150)
    language = models.CharField(_("språk"), max_length=5, choices=settings.LANGUAGES, default="nb")
    reminder_rhythm = models.CharField(
        _("påminnelser"), max_length=10, choices=ReminderRhythm.choices, default=ReminderRhythm.WORKDAYS
    )
    reminder_hour = models.PositiveSmallIntegerField(_("tidligst klokka"), choices=HOURS, default=7)
    reminder_lead_days = models.PositiveSmallIntegerField(_("første varsel om en frist"), choices=LEAD_DAYS, default=7)
    is_told_at_once = models.BooleanField(
        _("si fra også andre dager når en frist er i dag eller i morgen"), default=True
    )
    is_staff = models.BooleanField(_("kan bruke Djangos administrasjon"), default=False)
    is_active = models.BooleanField(_("aktiv"), default=True)
    joined_at = models.DateTimeField(_("kom til"), default=timezone.now, editable=False)

    objects = UserManager()
    history = Records(excluded_fields=NOT_LOGGED)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(Lower("email"), name="organisation_user_email_ci"),
            models.CheckConstraint(name="organisation_user_reminder_hour_of_day", condition=Q(reminder_hour__lt=24)),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Log what changes the person; neither logging in nor a new password does."""
        fields = kwargs.get("update_fields")
        if fields is None or not set(fields) <= set(NOT_LOGGED):
            super().save(*args, **kwargs)
            return
        self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            del self.skip_history_when_saving

    def reach(self, today: date) -> Reach:
        """Return which units each permission reaches today; asked of the database once per object and day."""
        cache: dict[date, Reach] = self.__dict__.setdefault("_reach", {})
        if today not in cache:
            cache[today] = reach_of(self, today=today)
        return cache[today]

    def own_reach(self, today: date) -> Reach:
        """Return the reach by roles of one's own, without what is lent by somebody one stands in for."""
        cache: dict[date, Reach] = self.__dict__.setdefault("_own_reach", {})
        if today not in cache:
            cache[today] = reach_of(self, today=today, counts_lent=False)
        return cache[today]

    def parent_of_units(self) -> dict[int, int | None]:
        """Return every unit's id with its parent's; asked of the database once per object."""
        if "_parent_of_units" not in self.__dict__:
            with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
                cursor.execute(f'SELECT id, parent_id FROM "{Unit._meta.db_table}"')
                self.__dict__["_parent_of_units"] = dict(cursor.fetchall())
        return self.__dict__["_parent_of_units"]

    def memberships_on(self, day: date) -> "list[Membership]":
        """Return the roles held that day with their units, by unit; asked of the database once per object and day."""
        cache: dict[date, list[Membership]] = self.__dict__.setdefault("_memberships_on", {})
        if day not in cache:
            cache[day] = HELD.rows(user=self.pk, day=day)
        return cache[day]

    def may(self, permission: Permission, unit: "Unit | int", *, today: date) -> bool:
        """Tell whether one of the person's roles gives the permission at this unit."""
        unit_id = unit if isinstance(unit, int) else unit.pk
        return unit_id in self.reach(today)[permission]


def counts_on(day: date, at: str = "") -> Q:
    """Return the condition that a role counts that day.

    One that is lent counts no longer than the role it was lent from, and no longer than its owner's account is open.
    What is itself lent lends nothing on.
    """
    path = f"{at}through__"
    lender_has_it = Q(**{f"{path}through__isnull": True, f"{path}user__is_active": True}) & holds_on(day, path)
    return holds_on(day, at) & (Q(**{f"{at}through__isnull": True}) | lender_has_it)


class MembershipQuerySet(DatedQuerySet):
    def on(self, day: date) -> "MembershipQuerySet":
        return self.filter(counts_on(day))

    def standing(self, today: date) -> "MembershipQuerySet":
        """Roles that have not ended, also those that have yet to begin."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=today))

    def own(self) -> "MembershipQuerySet":
        """Roles of the person's own, not those they have while standing in for somebody."""
        return self.filter(through__isnull=True)

    def lent(self) -> "MembershipQuerySet":
        return self.filter(through__isnull=False)


class Membership(Dated):
    """A person's role at a unit, and so at every unit below it.

    `through` is the role it was lent from, where somebody stands in for a time.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name=_("enhet"))
    role = models.CharField(_("rolle"), max_length=15, choices=Role.choices)
    through = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="loans", verbose_name=_("som vikar i")
    )

    objects = MembershipQuerySet.as_manager()
    history = Records()

    class Meta(Dated.Meta):
        verbose_name = _("tilknytning")
        verbose_name_plural = _("tilknytninger")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("user", "unit", "role"), condition=Q(to_on__isnull=True), name="organisation_membership_once"
            ),
            models.CheckConstraint(
                name="organisation_membership_lent_from_to",
                condition=Q(through__isnull=True) | Q(from_on__isnull=False, to_on__isnull=False),
            ),
            models.CheckConstraint(
                name="organisation_membership_not_through_itself",
                condition=Q(through__isnull=True) | ~Q(through=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"


def _held_by(*, user: int, day: date) -> MembershipQuerySet:
    rows = Membership.objects.on(day).filter(user=user)
    return rows.select_related("unit", "through__user").order_by("unit__name", "pk")


HELD: Final = ReadyQuery(_held_by, user=int, day=date)  # asked on every page by whoever is logged in
