import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Function",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="kortnavn i adresser")),
            ],
            options={
                "verbose_name": "funksjon",
                "verbose_name_plural": "funksjoner",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-post")),
                ("name", models.CharField(max_length=150, verbose_name="navn")),
                (
                    "language",
                    models.CharField(
                        choices=[("nb", "Bokmål"), ("en", "Engelsk")], default="nb", max_length=5, verbose_name="språk"
                    ),
                ),
                (
                    "reminder_rhythm",
                    models.CharField(
                        choices=[
                            ("workdays", "hver arbeidsdag det er noe"),
                            ("weekly", "en gang i uka, på mandag"),
                            ("never", "aldri"),
                        ],
                        default="workdays",
                        max_length=10,
                        verbose_name="påminnelser",
                    ),
                ),
                ("is_staff", models.BooleanField(default=False, verbose_name="kan bruke Djangos administrasjon")),
                ("is_active", models.BooleanField(default=True, verbose_name="aktiv")),
                (
                    "joined_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="kom til"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "personer",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="organisation_user_email_ci"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="kortnavn i adresser")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="forkortelse")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("institution", "institusjon"),
                            ("faculty", "fakultet"),
                            ("department", "institutt"),
                            ("section", "seksjon"),
                            ("administration", "administrativ enhet"),
                            ("partner", "samarbeidspartner"),
                            ("programme", "studieprogram"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("is_participating", models.BooleanField(default=True, verbose_name="har brukere som kvitterer ut")),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="åpner")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="legges ned")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="organisation.unit",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "enhet",
                "verbose_name_plural": "enheter",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("closes_on__gt", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="organisation_unit_opens_before_closes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="organisation_unit_not_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="fra og med")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="til og med")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "leser"),
                            ("contributor", "bidragsyter"),
                            ("editor", "redaktør"),
                            ("leader", "leder"),
                            ("administrator", "administrator"),
                        ],
                        max_length=15,
                        verbose_name="rolle",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "tilknytning",
                "verbose_name_plural": "tilknytninger",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__isnull", True),
                            ("to_on__isnull", True),
                            ("to_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="organisation_membership_from_before_to",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)),
                        fields=("user", "unit", "role"),
                        name="organisation_membership_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalUnit",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, verbose_name="kortnavn i adresser")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="forkortelse")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("institution", "institusjon"),
                            ("faculty", "fakultet"),
                            ("department", "institutt"),
                            ("section", "seksjon"),
                            ("administration", "administrativ enhet"),
                            ("partner", "samarbeidspartner"),
                            ("programme", "studieprogram"),
                        ],
                        max_length=20,
                        verbose_name="type",
                    ),
                ),
                ("is_participating", models.BooleanField(default=True, verbose_name="har brukere som kvitterer ut")),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="åpner")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="legges ned")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical enhet",
                "verbose_name_plural": "historical enheter",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="fra og med")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="til og med")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "leser"),
                            ("contributor", "bidragsyter"),
                            ("editor", "redaktør"),
                            ("leader", "leder"),
                            ("administrator", "administrator"),
                        ],
                        max_length=15,
                        verbose_name="rolle",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical tilknytning",
                "verbose_name_plural": "historical tilknytninger",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFunctionHolder",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="fra og med")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="til og med")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "function",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.function",
                        verbose_name="funksjon",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical innehaver av funksjon",
                "verbose_name_plural": "historical innehavere av funksjoner",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="FunctionHolder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="fra og med")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="til og med")),
                (
                    "function",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holders",
                        to="organisation.function",
                        verbose_name="funksjon",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="functions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="function_holders",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "innehaver av funksjon",
                "verbose_name_plural": "innehavere av funksjoner",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__isnull", True),
                            ("to_on__isnull", True),
                            ("to_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="organisation_functionholder_from_before_to",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)),
                        fields=("function", "unit", "user"),
                        name="organisation_functionholder_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="kortnavn i adresser")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("children", "alle enheter av en type under eieren"),
                            ("listed", "enhetene som er ført opp"),
                            ("named", "bare et navn, fordeles aldri"),
                        ],
                        max_length=10,
                        verbose_name="medlemmer",
                    ),
                ),
                (
                    "member_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("institution", "institusjon"),
                            ("faculty", "fakultet"),
                            ("department", "institutt"),
                            ("section", "seksjon"),
                            ("administration", "administrativ enhet"),
                            ("partner", "samarbeidspartner"),
                            ("programme", "studieprogram"),
                        ],
                        max_length=20,
                        verbose_name="type enhet",
                    ),
                ),
                (
                    "except_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="excluded_from",
                        to="organisation.unitgroup",
                        verbose_name="unntatt medlemmene i",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unit_groups",
                        to="organisation.unit",
                        verbose_name="eier",
                    ),
                ),
            ],
            options={
                "verbose_name": "enhetsgruppe",
                "verbose_name_plural": "enhetsgrupper",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("rule", "children"), models.Q(("member_kind", ""), _negated=True)),
                            models.Q(models.Q(("rule", "children"), _negated=True), ("member_kind", "")),
                            _connector="OR",
                        ),
                        name="organisation_unitgroup_children_have_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("except_group__isnull", True),
                            models.Q(("except_group", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="organisation_unitgroup_not_except_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalUnitGroup",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, verbose_name="kortnavn i adresser")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("children", "alle enheter av en type under eieren"),
                            ("listed", "enhetene som er ført opp"),
                            ("named", "bare et navn, fordeles aldri"),
                        ],
                        max_length=10,
                        verbose_name="medlemmer",
                    ),
                ),
                (
                    "member_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("institution", "institusjon"),
                            ("faculty", "fakultet"),
                            ("department", "institutt"),
                            ("section", "seksjon"),
                            ("administration", "administrativ enhet"),
                            ("partner", "samarbeidspartner"),
                            ("programme", "studieprogram"),
                        ],
                        max_length=20,
                        verbose_name="type enhet",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="eier",
                    ),
                ),
                (
                    "except_group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unitgroup",
                        verbose_name="unntatt medlemmene i",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical enhetsgruppe",
                "verbose_name_plural": "historical enhetsgrupper",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGroupMember",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="fra og med")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="til og med")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unitgroup",
                        verbose_name="gruppe",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical gruppemedlem",
                "verbose_name_plural": "historical gruppemedlemmer",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="GroupMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="fra og med")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="til og med")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_memberships",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="organisation.unitgroup",
                        verbose_name="gruppe",
                    ),
                ),
            ],
            options={
                "verbose_name": "gruppemedlem",
                "verbose_name_plural": "gruppemedlemmer",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__isnull", True),
                            ("to_on__isnull", True),
                            ("to_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="organisation_groupmember_from_before_to",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)),
                        fields=("group", "unit"),
                        name="organisation_groupmember_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFunction",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, verbose_name="kortnavn i adresser")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical funksjon",
                "verbose_name_plural": "historical funksjoner",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
