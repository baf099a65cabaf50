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
        ("planning", "0001_initial"),
        ("strategy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
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
                ("text", models.TextField(verbose_name="hva")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task", "oppgave"),
                            ("event", "hendelse"),
                            ("deadline", "frist"),
                            ("ongoing", "løpende"),
                        ],
                        default="task",
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("month", models.PositiveSmallIntegerField(verbose_name="måned det står under")),
                ("when_words", models.CharField(max_length=120, verbose_name="når")),
                ("bound_words", models.CharField(blank=True, max_length=200, verbose_name="skal være gjort før")),
                ("anchor_offset_days", models.SmallIntegerField(default=0, verbose_name="dager etter")),
                (
                    "ticks",
                    models.CharField(
                        choices=[
                            ("each", "hver ansvarlig enhet kvitterer"),
                            ("one", "én kvittering gjelder for alle"),
                            ("none", "kvitteres ikke ut"),
                        ],
                        default="each",
                        max_length=5,
                        verbose_name="hvem kvitterer",
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[("must", "skal"), ("should", "bør"), ("may", "kan")],
                        default="must",
                        max_length=10,
                        verbose_name="forpliktelse",
                    ),
                ),
                ("links", models.JSONField(blank=True, default=list, verbose_name="nettlenker")),
                ("from_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="fra og med år")),
                ("to_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="til og med år")),
                (
                    "anchor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="anchored",
                        to="annual_wheel.entry",
                        verbose_name="følger datoen til",
                    ),
                ),
                (
                    "bound_entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bounds",
                        to="annual_wheel.entry",
                        verbose_name="punktet det skal skje før",
                    ),
                ),
                (
                    "measures",
                    models.ManyToManyField(
                        blank=True,
                        related_name="entries",
                        to="planning.measure",
                        verbose_name="tiltak det gjennomfører",
                    ),
                ),
                (
                    "target_groups",
                    models.ManyToManyField(
                        blank=True, related_name="entries", to="strategy.targetgroup", verbose_name="målgrupper"
                    ),
                ),
            ],
            options={
                "verbose_name": "punkt i årshjulet",
                "verbose_name_plural": "punkter i årshjulet",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="annual_wheel_entry_source_lines",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__gte", 1), ("month__lte", 12)),
                        name="annual_wheel_entry_month_of_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bound_entry__isnull", True), models.Q(("bound_words", ""), _negated=True), _connector="OR"
                        ),
                        name="annual_wheel_entry_bound_entry_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("anchor__isnull", True),
                                models.Q(("anchor", models.F("pk")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("bound_entry__isnull", True),
                                models.Q(("bound_entry", models.F("pk")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="annual_wheel_entry_hangs_on_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anchor__isnull", False), ("anchor_offset_days", 0), _connector="OR"),
                        name="annual_wheel_entry_offset_needs_anchor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_year__isnull", True),
                            ("to_year__isnull", True),
                            ("to_year__gte", models.F("from_year")),
                            _connector="OR",
                        ),
                        name="annual_wheel_entry_years_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("as_written", models.CharField(max_length=120, verbose_name="når")),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("day", "en dag"),
                            ("days", "flere dager"),
                            ("week", "en uke"),
                            ("part_of_month", "en del av en måned"),
                            ("month", "en måned"),
                            ("months", "flere måneder"),
                            ("season", "en årstid"),
                            ("year", "et år"),
                        ],
                        max_length=15,
                        verbose_name="hvor nøyaktig",
                    ),
                ),
                ("earliest_on", models.DateField(verbose_name="tidligst")),
                ("latest_on", models.DateField(verbose_name="senest")),
                ("bound_on", models.DateField(blank=True, null=True, verbose_name="skal være gjort før")),
                ("due_on", models.DateField(verbose_name="frist")),
                ("is_moved", models.BooleanField(default=False, verbose_name="flyttet i år")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planlagt"),
                            ("partly_cancelled", "utgår delvis i år"),
                            ("cancelled", "utgår i år"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="hvorfor det utgår")),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[("digital", "digitalt"), ("on_campus", "på campus")],
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="hva det ga")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="sist endret")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="annual_wheel.entry",
                        verbose_name="punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "årets utgave",
                "verbose_name_plural": "årets utgaver",
                "ordering": ("due_on", "entry__position", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "year"), name="annual_wheel_edition_one_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("latest_on__gte", models.F("earliest_on"))),
                        name="annual_wheel_edition_window_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__lte", models.F("latest_on"))),
                        name="annual_wheel_edition_due_not_after_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "planned"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="annual_wheel_edition_cancelled_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryResponsibility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("lead", "ansvarlig"),
                            ("with", "sammen med"),
                            ("via", "via"),
                            ("on_order_from", "på bestilling fra"),
                            ("contributes", "bidrar"),
                            ("follows_up", "følger opp"),
                        ],
                        default="lead",
                        max_length=15,
                        verbose_name="hvordan",
                    ),
                ),
                ("wording", models.CharField(blank=True, max_length=300, verbose_name="ordlyd")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to="annual_wheel.entry",
                        verbose_name="punkt",
                    ),
                ),
                (
                    "function",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.function",
                        verbose_name="funksjon",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unitgroup",
                        verbose_name="enhetsgruppe",
                    ),
                ),
                (
                    "under",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines_below",
                        to="annual_wheel.entryresponsibility",
                        verbose_name="under",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "ansvar for punkt",
                "verbose_name_plural": "ansvar for punkter",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", True), ("unit__isnull", False)),
                            models.Q(("group__isnull", False), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="annual_wheel_entryresponsibility_one_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("under__isnull", True), models.Q(("under", models.F("pk")), _negated=True), _connector="OR"
                        ),
                        name="annual_wheel_entryresponsibility_not_under_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEdition",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("as_written", models.CharField(max_length=120, verbose_name="når")),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("day", "en dag"),
                            ("days", "flere dager"),
                            ("week", "en uke"),
                            ("part_of_month", "en del av en måned"),
                            ("month", "en måned"),
                            ("months", "flere måneder"),
                            ("season", "en årstid"),
                            ("year", "et år"),
                        ],
                        max_length=15,
                        verbose_name="hvor nøyaktig",
                    ),
                ),
                ("earliest_on", models.DateField(verbose_name="tidligst")),
                ("latest_on", models.DateField(verbose_name="senest")),
                ("bound_on", models.DateField(blank=True, null=True, verbose_name="skal være gjort før")),
                ("due_on", models.DateField(verbose_name="frist")),
                ("is_moved", models.BooleanField(default=False, verbose_name="flyttet i år")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planlagt"),
                            ("partly_cancelled", "utgår delvis i år"),
                            ("cancelled", "utgår i år"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="hvorfor det utgår")),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[("digital", "digitalt"), ("on_campus", "på campus")],
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="hva det ga")),
                ("changed_at", models.DateTimeField(blank=True, editable=False, verbose_name="sist endret")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.entry",
                        verbose_name="punkt",
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
                "verbose_name": "historical årets utgave",
                "verbose_name_plural": "historical årets utgaver",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEntry",
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
                ("text", models.TextField(verbose_name="hva")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("task", "oppgave"),
                            ("event", "hendelse"),
                            ("deadline", "frist"),
                            ("ongoing", "løpende"),
                        ],
                        default="task",
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("month", models.PositiveSmallIntegerField(verbose_name="måned det står under")),
                ("when_words", models.CharField(max_length=120, verbose_name="når")),
                ("bound_words", models.CharField(blank=True, max_length=200, verbose_name="skal være gjort før")),
                ("anchor_offset_days", models.SmallIntegerField(default=0, verbose_name="dager etter")),
                (
                    "ticks",
                    models.CharField(
                        choices=[
                            ("each", "hver ansvarlig enhet kvitterer"),
                            ("one", "én kvittering gjelder for alle"),
                            ("none", "kvitteres ikke ut"),
                        ],
                        default="each",
                        max_length=5,
                        verbose_name="hvem kvitterer",
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[("must", "skal"), ("should", "bør"), ("may", "kan")],
                        default="must",
                        max_length=10,
                        verbose_name="forpliktelse",
                    ),
                ),
                ("links", models.JSONField(blank=True, default=list, verbose_name="nettlenker")),
                ("from_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="fra og med år")),
                ("to_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="til og med år")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "anchor",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.entry",
                        verbose_name="følger datoen til",
                    ),
                ),
                (
                    "bound_entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.entry",
                        verbose_name="punktet det skal skje før",
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
                "verbose_name": "historical punkt i årshjulet",
                "verbose_name_plural": "historical punkter i årshjulet",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEntry_measures",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.entry",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="annual_wheel.historicalentry",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="planning.measure",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalEntry_measures",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEntry_target_groups",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.entry",
                    ),
                ),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="annual_wheel.historicalentry",
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
                "verbose_name": "HistoricalEntry_target_groups",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEntryResponsibility",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("lead", "ansvarlig"),
                            ("with", "sammen med"),
                            ("via", "via"),
                            ("on_order_from", "på bestilling fra"),
                            ("contributes", "bidrar"),
                            ("follows_up", "følger opp"),
                        ],
                        default="lead",
                        max_length=15,
                        verbose_name="hvordan",
                    ),
                ),
                ("wording", models.CharField(blank=True, max_length=300, verbose_name="ordlyd")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rekkefølge")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.entry",
                        verbose_name="punkt",
                    ),
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
                    "group",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unitgroup",
                        verbose_name="enhetsgruppe",
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
                    "under",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.entryresponsibility",
                        verbose_name="under",
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
                "verbose_name": "historical ansvar for punkt",
                "verbose_name_plural": "historical ansvar for punkter",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTask",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "ikke startet"),
                            ("done", "gjort"),
                            ("not_relevant", "ikke aktuelt hos oss"),
                            ("withdrawn", "trukket"),
                        ],
                        default="open",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="kvittert ut")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="hvorfor")),
                ("note", models.TextField(blank=True, verbose_name="merknad")),
                ("given_at", models.DateTimeField(blank=True, editable=False, verbose_name="gitt")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tildelt",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kvittert ut av",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.edition",
                        verbose_name="årets utgave",
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
                "verbose_name": "historical oppgave",
                "verbose_name_plural": "historical oppgaver",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalWheel",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("slug", models.SlugField(max_length=60, verbose_name="kortnavn i adresser")),
                ("title", models.CharField(max_length=200, verbose_name="tittel")),
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="strategy.document",
                        verbose_name="handlingsplan",
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
                "verbose_name": "historical årshjul",
                "verbose_name_plural": "historical årshjul",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="dag")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("claimed", "under sending"),
                            ("sent", "sendt"),
                            ("uncertain", "usikkert"),
                            ("failed", "mislyktes"),
                        ],
                        default="claimed",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("message_id", models.CharField(max_length=200, unique=True, verbose_name="meldings-id")),
                ("subject", models.CharField(max_length=200, verbose_name="emne")),
                ("items", models.JSONField(default=list, verbose_name="punkter i meldingen")),
                ("attempt_count", models.PositiveSmallIntegerField(default=0, verbose_name="forsøk")),
                (
                    "uncertain_count",
                    models.PositiveSmallIntegerField(default=0, verbose_name="forsøk med ukjent utfall"),
                ),
                ("claimed_at", models.DateTimeField(verbose_name="påbegynt")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sendt")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="feil")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="til",
                    ),
                ),
            ],
            options={
                "verbose_name": "påminnelse",
                "verbose_name_plural": "påminnelser",
                "ordering": ("-day", "user"),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "day"), name="annual_wheel_reminder_one_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status", "sent")),
                            models.Q(models.Q(("status", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="annual_wheel_reminder_sent_has_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "ikke startet"),
                            ("done", "gjort"),
                            ("not_relevant", "ikke aktuelt hos oss"),
                            ("withdrawn", "trukket"),
                        ],
                        default="open",
                        max_length=15,
                        verbose_name="status",
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="kvittert ut")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="hvorfor")),
                ("note", models.TextField(blank=True, verbose_name="merknad")),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="gitt")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assigned_tasks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tildelt",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="kvittert ut av",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annual_wheel.edition",
                        verbose_name="årets utgave",
                    ),
                ),
                (
                    "shared_with",
                    models.ManyToManyField(
                        blank=True, related_name="shared_tasks", to="organisation.unit", verbose_name="står også hos"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "verbose_name": "oppgave",
                "verbose_name_plural": "oppgaver",
                "ordering": ("edition__due_on", "pk"),
                "indexes": [models.Index(fields=["unit", "status"], name="annual_wheel_task_unit_status")],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "unit"), name="annual_wheel_task_one_per_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="annual_wheel_task_done_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("status", "done")),
                            models.Q(models.Q(("status", "done"), _negated=True), ("done_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="annual_wheel_task_done_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("open", "done")), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="annual_wheel_task_closed_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalTask_shared_with",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="annual_wheel.historicaltask",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_tablespace="",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="annual_wheel.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "HistoricalTask_shared_with",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Wheel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lock_version", models.PositiveIntegerField(default=1, editable=False, verbose_name="versjonsnummer")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="kortnavn i adresser")),
                ("title", models.CharField(max_length=200, verbose_name="tittel")),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="kan leses av alle, også uten innlogging"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wheels",
                        to="strategy.document",
                        verbose_name="handlingsplan",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wheels",
                        to="organisation.unit",
                        verbose_name="eier",
                    ),
                ),
            ],
            options={
                "verbose_name": "årshjul",
                "verbose_name_plural": "årshjul",
                "ordering": ("title",),
            },
        ),
        migrations.AddField(
            model_name="historicalentry",
            name="wheel",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annual_wheel.wheel",
                verbose_name="årshjul",
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="wheel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="annual_wheel.wheel",
                verbose_name="årshjul",
            ),
        ),
        migrations.CreateModel(
            name="WheelYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="år")),
                ("opened_at", models.DateTimeField(verbose_name="åpnet")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="åpnet av",
                    ),
                ),
                (
                    "wheel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="annual_wheel.wheel",
                        verbose_name="årshjul",
                    ),
                ),
            ],
            options={
                "verbose_name": "år i årshjulet",
                "verbose_name_plural": "år i årshjulet",
                "ordering": ("wheel", "year"),
                "constraints": [models.UniqueConstraint(fields=("wheel", "year"), name="annual_wheel_wheelyear_once")],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("personal", "mine oppgaver"), ("unit", "en enhets kalender")],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="navn")),
                ("secret_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="laget")),
                ("last_used_on", models.DateField(blank=True, null=True, verbose_name="sist brukt")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="trukket tilbake")),
                ("built_for", models.CharField(blank=True, editable=False, max_length=100)),
                ("body", models.BinaryField(default=b"")),
                ("etag", models.CharField(blank=True, editable=False, max_length=64)),
                ("body_changed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to="organisation.unit",
                        verbose_name="enhet",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "kalenderabonnement",
                "verbose_name_plural": "kalenderabonnementer",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "unit"), ("unit__isnull", False)),
                            models.Q(models.Q(("kind", "unit"), _negated=True), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="annual_wheel_calendarfeed_unit_by_kind",
                    )
                ],
            },
        ),
    ]
