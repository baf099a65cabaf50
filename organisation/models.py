"""Who there is: people, units, groups of units, functions, and who holds which role where."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.models import TreeNode
from tree_queries.query import TreeQuerySet

from organisation.permissions import Permission, Reach, Role, reach_of


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold from a day to a day, either end open."""

    def on(self, day: date) -> "DatedQuerySet":
        started = Q(from_on__isnull=True) | Q(from_on__lte=day)
        not_ended = Q(to_on__isnull=True) | Q(to_on__gte=day)
        return self.filter(started, not_ended)


class Dated(models.Model):
    from_on = models.DateField(_("fra og med"), null=True, blank=True)
    to_on = models.DateField(_("til og med"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_from_before_to",
                condition=Q(from_on__isnull=True) | Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
            )
        ]


class Named(models.Model):
    """Something with a Norwegian name and, where one is given, an English one."""

    name = models.CharField(_("navn"), max_length=200)
    name_en = models.CharField(_("navn på engelsk"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        if self.name_en and (get_language() or "").startswith("en"):
            return self.name_en
        return self.name


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; ValueError without an e-mail address."""
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class ReminderRhythm(models.TextChoices):
    WORKDAYS = "workdays", _("hver arbeidsdag det er noe")
    WEEKLY = "weekly", _("en gang i uka, på mandag")
    NEVER = "never", _("aldri")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in with an e-mail address."""

    email = models.EmailField(_("e-post"), unique=True)
    name = models.CharField(_("navn"), max_length=150)
    language = models.CharField(_("språk"), max_length=5, choices=settings.LANGUAGES, default="nb")
    reminder_rhythm = models.CharField(
        _("påminnelser"), max_length=10, choices=ReminderRhythm.choices, default=ReminderRhythm.WORKDAYS
    )
    is_staff = models.BooleanField(_("kan bruke Djangos administrasjon"), default=False)
    is_active = models.BooleanField(_("aktiv"), default=True)
    joined_at = models.DateTimeField(_("kom til"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("personer")
        ordering = ("name",)
        constraints = [models.UniqueConstraint(Lower("email"), name="organisation_user_email_ci")]

    def __str__(self) -> str:
        return self.name or self.email

    def reach(self, today: date) -> Reach:
        """Return which units each permission reaches today; asked of the database once per object and day."""
        cache: dict[date, Reach] = self.__dict__.setdefault("_reach", {})
        if today not in cache:
            cache[today] = reach_of(self, today=today)
        return cache[today]

    def parent_of_units(self) -> dict[int, int | None]:
        """Return every unit's id with its parent's; asked of the database once per object."""
        if "_parent_of_units" not in self.__dict__:
            units = Unit.objects.without_tree_fields().order_by()
            self.__dict__["_parent_of_units"] = dict(units.values_list("pk", "parent_id"))
        return self.__dict__["_parent_of_units"]

    def memberships_on(self, day: date) -> "list[Membership]":
        """Return the roles held that day with their units, by unit; asked of the database once per object and day."""
        cache: dict[date, list[Membership]] = self.__dict__.setdefault("_memberships_on", {})
        if day not in cache:
            cache[day] = list(
                Membership.objects.on(day).filter(user=self).select_related("unit").order_by("unit__name")
            )
        return cache[day]

    def may(self, permission: Permission, unit: "Unit | int", *, today: date) -> bool:
        """Tell whether one of the person's roles gives the permission at this unit."""
        unit_id = unit if isinstance(unit, int) else unit.pk
        return unit_id in self.reach(today)[permission]


class UnitKind(models.TextChoices):
    INSTITUTION = "institution", _("institusjon")
    FACULTY = "faculty", _("fakultet")
    DEPARTMENT = "department", _("institutt")
    SECTION = "section", _("seksjon")
    ADMINISTRATION = "administration", _("administrativ enhet")
    PARTNER = "partner", _("samarbeidspartner")
    PROGRAMME = "programme", _("studieprogram")


class UnitQuerySet(TreeQuerySet):
    def open_on(self, day: date) -> "UnitQuerySet":
        opened = Q(opens_on__isnull=True) | Q(opens_on__lte=day)
        not_closed = Q(closes_on__isnull=True) | Q(closes_on__gt=day)
        return self.filter(opened, not_closed)

    def participating(self) -> "UnitQuerySet":
        return self.filter(is_participating=True)

    def reached_by(self, user: User, permission: Permission, *, today: date) -> "UnitQuerySet":
        return self.filter(pk__in=user.reach(today)[permission])


class Unit(Named, TreeNode):  # type: ignore[django-manager-missing]
    """A part of the university, or a partner of it. Partners and study programmes have no accounts of their own."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    short_name = models.CharField(_("forkortelse"), max_length=40, blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=UnitKind.choices)
    is_participating = models.BooleanField(_("har brukere som kvitterer ut"), default=True)
    opens_on = models.DateField(_("åpner"), null=True, blank=True)
    closes_on = models.DateField(_("legges ned"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()  # type: ignore[django-manager-missing]
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="organisation_unit_opens_before_closes",
                condition=Q(opens_on__isnull=True) | Q(closes_on__isnull=True) | Q(closes_on__gt=F("opens_on")),
            ),
            models.CheckConstraint(
                name="organisation_unit_not_own_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("pk"))
            ),
        ]

    @property
    def label(self) -> str:
        """The short name where there is one, else the name."""
        return self.short_name or str(self)

    def is_open_on(self, day: date) -> bool:
        return (self.opens_on is None or self.opens_on <= day) and (self.closes_on is None or day < self.closes_on)


class GroupRule(models.TextChoices):
    CHILDREN = "children", _("alle enheter av en type under eieren")
    LISTED = "listed", _("enhetene som er ført opp")
    NAMED = "named", _("bare et navn, fordeles aldri")


class UnitGroup(Named):
    """Units that an item can name together.

    Its members follow from its rule on a given day: all units of a kind below the owner, or those listed.
    `except_group` takes away the members of another group, so that "departments without a recruitment group" needs no
    list of its own.
    """

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="unit_groups", verbose_name=_("eier"))
    rule = models.CharField(_("medlemmer"), max_length=10, choices=GroupRule.choices)
    member_kind = models.CharField(_("type enhet"), max_length=20, choices=UnitKind.choices, blank=True)
    except_group = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="excluded_from",
        verbose_name=_("unntatt medlemmene i"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("enhetsgruppe")
        verbose_name_plural = _("enhetsgrupper")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="organisation_unitgroup_children_have_kind",
                condition=(Q(rule="children") & ~Q(member_kind="")) | (~Q(rule="children") & Q(member_kind="")),
            ),
            models.CheckConstraint(
                name="organisation_unitgroup_not_except_itself",
                condition=Q(except_group__isnull=True) | ~Q(except_group=F("pk")),
            ),
        ]

    @property
    def is_fanning_out(self) -> bool:
        return self.rule != GroupRule.NAMED

    def units_on(self, day: date) -> list[Unit]:
        """Return the member units on that day, by name; none for a group that is only a name."""
        if self.rule == GroupRule.NAMED:
            return []
        if self.rule == GroupRule.CHILDREN:
            below = self.owner.descendants().open_on(day)  # type: ignore[attr-defined]
            units = list(below.filter(kind=self.member_kind))
        else:
            listed = GroupMember.objects.filter(group=self).on(day)
            units = list(Unit.objects.open_on(day).filter(group_memberships__in=listed).distinct())
        if self.except_group is not None:
            excluded = {unit.pk for unit in self.except_group.units_on(day)}
            units = [unit for unit in units if unit.pk not in excluded]
        return sorted(units, key=lambda unit: unit.name)


class GroupMember(Dated):
    group = models.ForeignKey(UnitGroup, models.CASCADE, related_name="members", verbose_name=_("gruppe"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="group_memberships", verbose_name=_("enhet"))

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("gruppemedlem")
        verbose_name_plural = _("gruppemedlemmer")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("group", "unit"), condition=Q(to_on__isnull=True), name="organisation_groupmember_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.group}"


class Function(Named):
    """What somebody is at a unit, "v/kommunikasjonsrådgiver"; at a unit it resolves to the people who hold it there."""

    slug = models.SlugField(_("kortnavn i adresser"), max_length=60, unique=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("funksjon")
        verbose_name_plural = _("funksjoner")
        ordering = ("name",)


class FunctionHolder(Dated):
    function = models.ForeignKey(Function, models.PROTECT, related_name="holders", verbose_name=_("funksjon"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="function_holders", verbose_name=_("enhet"))
    user = models.ForeignKey(User, models.PROTECT, related_name="functions", verbose_name=_("person"))

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("innehaver av funksjon")
        verbose_name_plural = _("innehavere av funksjoner")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("function", "unit", "user"),
                condition=Q(to_on__isnull=True),
                name="organisation_functionholder_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.function}, {self.unit}"


class Membership(Dated):
    """A person's role at a unit, and so at every unit below it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name=_("enhet"))
    role = models.CharField(_("rolle"), max_length=15, choices=Role.choices)

    objects = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta(Dated.Meta):
        verbose_name = _("tilknytning")
        verbose_name_plural = _("tilknytninger")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=("user", "unit", "role"), condition=Q(to_on__isnull=True), name="organisation_membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.unit}"


class Relation(models.TextChoices):
    LEAD = "lead", pgettext_lazy("ansvar", "ansvarlig")
    WITH = "with", pgettext_lazy("ansvar", "sammen med")
    VIA = "via", pgettext_lazy("ansvar", "via")
    ON_ORDER_FROM = "on_order_from", pgettext_lazy("ansvar", "på bestilling fra")
    CONTRIBUTES = "contributes", pgettext_lazy("ansvar", "bidrar")
    FOLLOWS_UP = "follows_up", pgettext_lazy("ansvar", "følger opp")


class Responsibility(models.Model):
    """One line of a responsibility phrase: a party, how it takes part, and the words as written.

    The party is a unit or a group of units, optionally acting through a function. A line may stand under another line
    of the same item. Subclasses add the item, and are saved in order of `position`.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet"))
    group = models.ForeignKey(
        UnitGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhetsgruppe")
    )
    function = models.ForeignKey(
        Function, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("funksjon")
    )
    relation = models.CharField(_("hvordan"), max_length=15, choices=Relation.choices, default=Relation.LEAD)
    wording = models.CharField(_("ordlyd"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    under = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="lines_below", verbose_name=_("under")
    )

    class Meta:
        abstract = True
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_one_party",
                condition=Q(unit__isnull=False, group__isnull=True) | Q(unit__isnull=True, group__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_not_under_itself", condition=Q(under__isnull=True) | ~Q(under=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.wording or self.party_label

    @property
    def party(self) -> Unit | UnitGroup:
        party = self.unit or self.group
        if party is None:
            raise ValueError("a responsibility line has a unit or a group")
        return party

    @property
    def party_label(self) -> str:
        return f"{self.party} v/{self.function}" if self.function else str(self.party)

    @property
    def is_lead(self) -> bool:
        return self.relation == Relation.LEAD

    def units_on(self, day: date) -> list[Unit]:
        """Return the units with accounts that this line means on that day."""
        units = [self.unit] if self.unit else self.party.units_on(day)  # type: ignore[union-attr]
        return [unit for unit in units if unit.is_participating and unit.is_open_on(day)]
