import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import config.lib.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
        ("organisation", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="kortnavn i adresser")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="måleenhet")),
            ],
            options={
                "verbose_name": "indikator",
                "verbose_name_plural": "indikatorer",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="kortnavn i adresser")),
                ("title", models.CharField(max_length=200, verbose_name="tittel")),
                (
                    "kind",
                    models.CharField(
                        choices=[("strategy", "strategi"), ("policy", "politikk"), ("action_plan", "handlingsplan")],
                        max_length=15,
                        verbose_name="type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "utkast"),
                            ("hearing", "på høring"),
                            ("in_force", "gjelder"),
                            ("expired", "utløpt"),
                            ("replaced", "erstattet"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("language", models.CharField(default="nb", max_length=5, verbose_name="språk")),
                ("period_from_on", models.DateField(blank=True, null=True, verbose_name="gjelder fra")),
                ("period_to_on", models.DateField(blank=True, null=True, verbose_name="gjelder til")),
                ("vision", models.TextField(blank=True, verbose_name="visjon")),
                ("overall_goal", models.TextField(blank=True, verbose_name="overordnet mål")),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="kan leses av alle, også uten innlogging"),
                ),
                (
                    "carries_out",
                    models.ManyToManyField(
                        blank=True, related_name="carried_out_by", to="strategy.document", verbose_name="gjennomfører"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="strategy.document",
                        verbose_name="følger etter",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="organisation.unit",
                        verbose_name="eier",
                    ),
                ),
            ],
            options={
                "verbose_name": "styringsdokument",
                "verbose_name_plural": "styringsdokumenter",
                "ordering": ("title",),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_document_source_lines",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_from_on__isnull", True),
                            ("period_to_on__isnull", True),
                            ("period_to_on__gte", models.F("period_from_on")),
                            _connector="OR",
                        ),
                        name="strategy_document_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("follows__isnull", True),
                            models.Q(("follows", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="strategy_document_not_follows_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                (
                    "kind",
                    models.CharField(
                        choices=[("mandate", "oppdrag"), ("adoption", "vedtak")], max_length=10, verbose_name="type"
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="dato")),
                ("decided_by", models.CharField(max_length=120, verbose_name="vedtatt av")),
                ("case_number", models.CharField(blank=True, max_length=60, verbose_name="saksnummer")),
                ("text", models.TextField(blank=True, verbose_name="hva som ble bestemt")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="strategy.document",
                        verbose_name="dokument",
                    ),
                ),
            ],
            options={
                "verbose_name": "beslutning",
                "verbose_name_plural": "beslutninger",
                "ordering": (models.OrderBy(models.F("decided_on"), nulls_first=True), "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_decision_source_lines",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        default=config.lib.models.new_key,
                        editable=False,
                        max_length=60,
                        unique=True,
                        verbose_name="nøkkel",
                    ),
                ),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "foreslått"), ("in_force", "gjelder"), ("retired", "tatt ut")],
                        default="in_force",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=20, verbose_name="nummer")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="tittel")),
                ("text", models.TextField(blank=True, verbose_name="innledning")),
                ("overall_goal", models.TextField(blank=True, verbose_name="overordnet mål")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="strategy.area",
                        verbose_name="hører under",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="areas",
                        to="strategy.document",
                        verbose_name="dokument",
                    ),
                ),
            ],
            options={
                "verbose_name": "område",
                "verbose_name_plural": "områder",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_area_source_lines",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("period_words", models.CharField(blank=True, max_length=80, verbose_name="periode")),
                ("period_from_on", models.DateField(blank=True, null=True, verbose_name="fra")),
                ("period_to_on", models.DateField(blank=True, null=True, verbose_name="til")),
                ("text", models.TextField(verbose_name="faktum")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="strategy.area",
                        verbose_name="område",
                    ),
                ),
            ],
            options={
                "verbose_name": "faktaboks",
                "verbose_name_plural": "faktabokser",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_fact_source_lines",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_from_on__isnull", True),
                            ("period_to_on__isnull", True),
                            ("period_to_on__gte", models.F("period_from_on")),
                            _connector="OR",
                        ),
                        name="strategy_fact_period_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        default=config.lib.models.new_key,
                        editable=False,
                        max_length=60,
                        unique=True,
                        verbose_name="nøkkel",
                    ),
                ),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "foreslått"), ("in_force", "gjelder"), ("retired", "tatt ut")],
                        default="in_force",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="tittel")),
                ("text", models.TextField(verbose_name="mål")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="strategy.area",
                        verbose_name="område",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="strategy.document",
                        verbose_name="dokument",
                    ),
                ),
            ],
            options={
                "verbose_name": "mål",
                "verbose_name_plural": "mål",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_goal_source_lines",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalArea",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        default=config.lib.models.new_key, editable=False, max_length=60, verbose_name="nøkkel"
                    ),
                ),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "foreslått"), ("in_force", "gjelder"), ("retired", "tatt ut")],
                        default="in_force",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=20, verbose_name="nummer")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="tittel")),
                ("text", models.TextField(blank=True, verbose_name="innledning")),
                ("overall_goal", models.TextField(blank=True, verbose_name="overordnet mål")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                        verbose_name="dokument",
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.area",
                        verbose_name="hører under",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical område",
                "verbose_name_plural": "historical områder",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocument",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("slug", models.SlugField(max_length=80, verbose_name="kortnavn i adresser")),
                ("title", models.CharField(max_length=200, verbose_name="tittel")),
                (
                    "kind",
                    models.CharField(
                        choices=[("strategy", "strategi"), ("policy", "politikk"), ("action_plan", "handlingsplan")],
                        max_length=15,
                        verbose_name="type",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "utkast"),
                            ("hearing", "på høring"),
                            ("in_force", "gjelder"),
                            ("expired", "utløpt"),
                            ("replaced", "erstattet"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("language", models.CharField(default="nb", max_length=5, verbose_name="språk")),
                ("period_from_on", models.DateField(blank=True, null=True, verbose_name="gjelder fra")),
                ("period_to_on", models.DateField(blank=True, null=True, verbose_name="gjelder til")),
                ("vision", models.TextField(blank=True, verbose_name="visjon")),
                ("overall_goal", models.TextField(blank=True, verbose_name="overordnet mål")),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="kan leses av alle, også uten innlogging"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                        verbose_name="følger etter",
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
            ],
            options={
                "verbose_name": "historical styringsdokument",
                "verbose_name_plural": "historical styringsdokumenter",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDocument_carries_out",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "from_document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="strategy.historicaldocument",
                    ),
                ),
                (
                    "to_document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalDocument_carries_out",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFact",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("period_words", models.CharField(blank=True, max_length=80, verbose_name="periode")),
                ("period_from_on", models.DateField(blank=True, null=True, verbose_name="fra")),
                ("period_to_on", models.DateField(blank=True, null=True, verbose_name="til")),
                ("text", models.TextField(verbose_name="faktum")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.area",
                        verbose_name="område",
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
            ],
            options={
                "verbose_name": "historical faktaboks",
                "verbose_name_plural": "historical faktabokser",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGoal",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        default=config.lib.models.new_key, editable=False, max_length=60, verbose_name="nøkkel"
                    ),
                ),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "foreslått"), ("in_force", "gjelder"), ("retired", "tatt ut")],
                        default="in_force",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="tittel")),
                ("text", models.TextField(verbose_name="mål")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.area",
                        verbose_name="område",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                        verbose_name="dokument",
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
            ],
            options={
                "verbose_name": "historical mål",
                "verbose_name_plural": "historical mål",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRoute",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        default=config.lib.models.new_key, editable=False, max_length=60, verbose_name="nøkkel"
                    ),
                ),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "foreslått"), ("in_force", "gjelder"), ("retired", "tatt ut")],
                        default="in_force",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("text", models.TextField(verbose_name="veivalg")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.area",
                        verbose_name="område",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                        verbose_name="dokument",
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
            ],
            options={
                "verbose_name": "historical veivalg",
                "verbose_name_plural": "historical veivalg",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSection",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("purpose", "hensikt"),
                            ("background", "bakgrunn"),
                            ("challenge", "utfordring"),
                            ("evaluation", "evaluering"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="overskrift")),
                ("text", models.TextField(verbose_name="tekst")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                        verbose_name="dokument",
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
            ],
            options={
                "verbose_name": "historical avsnitt",
                "verbose_name_plural": "historical avsnitt",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTargetGroup",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, verbose_name="kortnavn i adresser")),
                ("description", models.TextField(blank=True, verbose_name="beskrivelse")),
                ("counties", models.JSONField(blank=True, default=list, verbose_name="fylker")),
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
            ],
            options={
                "verbose_name": "historical målgruppe",
                "verbose_name_plural": "historical målgrupper",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period_words", models.CharField(blank=True, max_length=80, verbose_name="periode")),
                ("period_from_on", models.DateField(blank=True, null=True, verbose_name="fra")),
                ("period_to_on", models.DateField(blank=True, null=True, verbose_name="til")),
                ("value", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="verdi")),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="måleenhet")),
                (
                    "comparator",
                    models.CharField(
                        choices=[
                            ("at_least", "minst"),
                            ("at_most", "høyst"),
                            ("equals", "lik"),
                            ("approximately", "omtrent"),
                            ("more_than", "mer enn"),
                        ],
                        default="equals",
                        max_length=15,
                        verbose_name="nøyaktighet",
                    ),
                ),
                (
                    "fact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="strategy.fact",
                        verbose_name="faktaboks",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="strategy.indicator",
                        verbose_name="indikator",
                    ),
                ),
            ],
            options={
                "verbose_name": "måling",
                "verbose_name_plural": "målinger",
                "ordering": ("indicator", "period_from_on", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_from_on__isnull", True),
                            ("period_to_on__isnull", True),
                            ("period_to_on__gte", models.F("period_from_on")),
                            _connector="OR",
                        ),
                        name="strategy_observation_period_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTarget",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("period_words", models.CharField(blank=True, max_length=80, verbose_name="periode")),
                ("period_from_on", models.DateField(blank=True, null=True, verbose_name="fra")),
                ("period_to_on", models.DateField(blank=True, null=True, verbose_name="til")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("amount", "beløp"),
                            ("count", "antall"),
                            ("share", "andel"),
                            ("rate", "antall per år"),
                            ("multiple", "ganger en utgangsverdi"),
                            ("time_limit", "tidsgrense"),
                            ("balance", "balanse mellom to strømmer"),
                        ],
                        max_length=12,
                        verbose_name="type",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="måltall i ord")),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="verdi"),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="måleenhet")),
                (
                    "comparator",
                    models.CharField(
                        choices=[
                            ("at_least", "minst"),
                            ("at_most", "høyst"),
                            ("equals", "lik"),
                            ("approximately", "omtrent"),
                            ("more_than", "mer enn"),
                        ],
                        max_length=15,
                        verbose_name="sammenlikning",
                    ),
                ),
                ("denominator", models.CharField(blank=True, max_length=200, verbose_name="andel av")),
                ("per", models.CharField(blank=True, max_length=40, verbose_name="per")),
                ("holds_for", models.CharField(blank=True, max_length=200, verbose_name="gjelder for")),
                ("condition", models.CharField(blank=True, max_length=300, verbose_name="vilkår")),
                ("qualifier", models.CharField(blank=True, max_length=200, verbose_name="forbehold")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="frist")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.area",
                        verbose_name="område",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.goal",
                        verbose_name="mål",
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
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.indicator",
                        verbose_name="indikator",
                    ),
                ),
                (
                    "baseline",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.observation",
                        verbose_name="utgangsverdi",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical måltall",
                "verbose_name_plural": "historical måltall",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.SlugField(
                        default=config.lib.models.new_key,
                        editable=False,
                        max_length=60,
                        unique=True,
                        verbose_name="nøkkel",
                    ),
                ),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "foreslått"), ("in_force", "gjelder"), ("retired", "tatt ut")],
                        default="in_force",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("text", models.TextField(verbose_name="veivalg")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="strategy.area",
                        verbose_name="område",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="strategy.document",
                        verbose_name="dokument",
                    ),
                ),
                (
                    "goals",
                    models.ManyToManyField(
                        blank=True, related_name="routes", to="strategy.goal", verbose_name="mål det tjener"
                    ),
                ),
            ],
            options={
                "verbose_name": "veivalg",
                "verbose_name_plural": "veivalg",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_route_source_lines",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalRoute_goals",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.goal",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="strategy.historicalroute",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.route",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalRoute_goals",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="GoalLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("aligned", "bygger opp under"),
                            ("succeeded", "følger etter"),
                            ("translated", "er en oversettelse av"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                (
                    "from_goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="strategy.goal",
                        verbose_name="fra mål",
                    ),
                ),
                (
                    "to_goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_goals",
                        to="strategy.goal",
                        verbose_name="til mål",
                    ),
                ),
                (
                    "to_route",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_goals",
                        to="strategy.route",
                        verbose_name="til veivalg",
                    ),
                ),
            ],
            options={
                "verbose_name": "lenke fra mål",
                "verbose_name_plural": "lenker fra mål",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("to_goal__isnull", False), ("to_route__isnull", True)),
                            models.Q(("kind", "aligned"), ("to_goal__isnull", True), ("to_route__isnull", False)),
                            _connector="OR",
                        ),
                        name="strategy_goallink_one_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_goal__isnull", True),
                            models.Q(("to_goal", models.F("from_goal")), _negated=True),
                            _connector="OR",
                        ),
                        name="strategy_goallink_not_itself",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "from_goal", "to_goal"), name="strategy_goallink_once_to_goal"
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "from_goal", "to_route"), name="strategy_goallink_once_to_route"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RouteLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("aligned", "bygger opp under"),
                            ("succeeded", "følger etter"),
                            ("translated", "er en oversettelse av"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                (
                    "from_route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="strategy.route",
                        verbose_name="fra veivalg",
                    ),
                ),
                (
                    "to_route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_routes",
                        to="strategy.route",
                        verbose_name="til veivalg",
                    ),
                ),
            ],
            options={
                "verbose_name": "lenke fra veivalg",
                "verbose_name_plural": "lenker fra veivalg",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_route", models.F("from_route")), _negated=True),
                        name="strategy_routelink_not_itself",
                    ),
                    models.UniqueConstraint(fields=("kind", "from_route", "to_route"), name="strategy_routelink_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("purpose", "hensikt"),
                            ("background", "bakgrunn"),
                            ("challenge", "utfordring"),
                            ("evaluation", "evaluering"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="overskrift")),
                ("text", models.TextField(verbose_name="tekst")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="strategy.document",
                        verbose_name="dokument",
                    ),
                ),
            ],
            options={
                "verbose_name": "avsnitt",
                "verbose_name_plural": "avsnitt",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_section_source_lines",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_file", models.CharField(blank=True, max_length=120, verbose_name="kildefil")),
                ("source_from", models.PositiveIntegerField(blank=True, null=True, verbose_name="fra linje")),
                ("source_to", models.PositiveIntegerField(blank=True, null=True, verbose_name="til linje")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("period_words", models.CharField(blank=True, max_length=80, verbose_name="periode")),
                ("period_from_on", models.DateField(blank=True, null=True, verbose_name="fra")),
                ("period_to_on", models.DateField(blank=True, null=True, verbose_name="til")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("amount", "beløp"),
                            ("count", "antall"),
                            ("share", "andel"),
                            ("rate", "antall per år"),
                            ("multiple", "ganger en utgangsverdi"),
                            ("time_limit", "tidsgrense"),
                            ("balance", "balanse mellom to strømmer"),
                        ],
                        max_length=12,
                        verbose_name="type",
                    ),
                ),
                ("text", models.CharField(max_length=300, verbose_name="måltall i ord")),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="verdi"),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="måleenhet")),
                (
                    "comparator",
                    models.CharField(
                        choices=[
                            ("at_least", "minst"),
                            ("at_most", "høyst"),
                            ("equals", "lik"),
                            ("approximately", "omtrent"),
                            ("more_than", "mer enn"),
                        ],
                        max_length=15,
                        verbose_name="sammenlikning",
                    ),
                ),
                ("denominator", models.CharField(blank=True, max_length=200, verbose_name="andel av")),
                ("per", models.CharField(blank=True, max_length=40, verbose_name="per")),
                ("holds_for", models.CharField(blank=True, max_length=200, verbose_name="gjelder for")),
                ("condition", models.CharField(blank=True, max_length=300, verbose_name="vilkår")),
                ("qualifier", models.CharField(blank=True, max_length=200, verbose_name="forbehold")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="frist")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="strategy.area",
                        verbose_name="område",
                    ),
                ),
                (
                    "baseline",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="strategy.observation",
                        verbose_name="utgangsverdi",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="strategy.goal",
                        verbose_name="mål",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="strategy.indicator",
                        verbose_name="indikator",
                    ),
                ),
            ],
            options={
                "verbose_name": "måltall",
                "verbose_name_plural": "måltall",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="strategy_target_source_lines",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_from_on__isnull", True),
                            ("period_to_on__isnull", True),
                            ("period_to_on__gte", models.F("period_from_on")),
                            _connector="OR",
                        ),
                        name="strategy_target_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area__isnull", True), ("goal__isnull", False)),
                            models.Q(("area__isnull", False), ("goal__isnull", True)),
                            _connector="OR",
                        ),
                        name="strategy_target_goal_or_area",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "balance"), ("value__isnull", False), _connector="OR"),
                        name="strategy_target_value_unless_balance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "multiple"), _negated=True), ("baseline__isnull", False), _connector="OR"
                        ),
                        name="strategy_target_multiple_has_baseline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "share"), _negated=True),
                            models.Q(
                                ("unit", "%"),
                                ("value__gte", 0),
                                ("value__lte", 100),
                                models.Q(("denominator", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="strategy_target_share_of_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="navn")),
                ("name_en", models.CharField(blank=True, max_length=200, verbose_name="navn på engelsk")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="kortnavn i adresser")),
                ("description", models.TextField(blank=True, verbose_name="beskrivelse")),
                ("counties", models.JSONField(blank=True, default=list, verbose_name="fylker")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="target_groups",
                        to="organisation.unit",
                        verbose_name="eier",
                    ),
                ),
            ],
            options={
                "verbose_name": "målgruppe",
                "verbose_name_plural": "målgrupper",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalGoal_target_groups",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.goal",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="strategy.historicalgoal",
                    ),
                ),
                (
                    "targetgroup",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.targetgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalGoal_target_groups",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="goal",
            name="target_groups",
            field=models.ManyToManyField(
                blank=True, related_name="goals", to="strategy.targetgroup", verbose_name="målgrupper"
            ),
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                ("content", models.JSONField(verbose_name="innhold")),
                ("frozen_at", models.DateTimeField(verbose_name="fryst")),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version",
                        to="strategy.decision",
                        verbose_name="vedtak",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="strategy.document",
                        verbose_name="dokument",
                    ),
                ),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="av",
                    ),
                ),
            ],
            options={
                "verbose_name": "utgave",
                "verbose_name_plural": "utgaver",
                "ordering": ("document", "-number"),
                "constraints": [models.UniqueConstraint(fields=("document", "number"), name="strategy_version_number")],
            },
        ),
    ]
