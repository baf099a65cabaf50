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
        ("strategy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionPlan",
            fields=[],
            options={
                "verbose_name": "handlingsplan",
                "verbose_name_plural": "handlingsplaner",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("strategy.document",),
        ),
        migrations.CreateModel(
            name="HistoricalMeasure",
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
                ("text", models.TextField(verbose_name="tiltak")),
                (
                    "modality",
                    models.CharField(
                        choices=[("must", "skal"), ("should", "bør"), ("may", "kan")],
                        default="must",
                        max_length=10,
                        verbose_name="forpliktelse",
                    ),
                ),
                ("frequency", models.CharField(blank=True, max_length=120, verbose_name="hvor ofte")),
                ("quantity", models.CharField(blank=True, max_length=120, verbose_name="hvor mye")),
                ("links", models.JSONField(blank=True, default=list, verbose_name="nettlenker")),
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
                        verbose_name="alle mål i området",
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
                        verbose_name="plan",
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
                "verbose_name": "historical tiltak",
                "verbose_name_plural": "historical tiltak",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Measure",
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
                ("text", models.TextField(verbose_name="tiltak")),
                (
                    "modality",
                    models.CharField(
                        choices=[("must", "skal"), ("should", "bør"), ("may", "kan")],
                        default="must",
                        max_length=10,
                        verbose_name="forpliktelse",
                    ),
                ),
                ("frequency", models.CharField(blank=True, max_length=120, verbose_name="hvor ofte")),
                ("quantity", models.CharField(blank=True, max_length=120, verbose_name="hvor mye")),
                ("links", models.JSONField(blank=True, default=list, verbose_name="nettlenker")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="strategy.area",
                        verbose_name="alle mål i området",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="strategy.document",
                        verbose_name="plan",
                    ),
                ),
                (
                    "goals",
                    models.ManyToManyField(
                        blank=True, related_name="measures", to="strategy.goal", verbose_name="mål det tjener"
                    ),
                ),
                (
                    "routes",
                    models.ManyToManyField(
                        blank=True, related_name="measures", to="strategy.route", verbose_name="veivalg det følger"
                    ),
                ),
                (
                    "target_groups",
                    models.ManyToManyField(
                        blank=True, related_name="measures", to="strategy.targetgroup", verbose_name="målgrupper"
                    ),
                ),
            ],
            options={
                "verbose_name": "tiltak",
                "verbose_name_plural": "tiltak",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("source_from__isnull", True), ("source_to__isnull", True)),
                            models.Q(("source_from__gte", 1), ("source_to__gte", models.F("source_from"))),
                            _connector="OR",
                        ),
                        name="planning_measure_source_lines",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeasure_target_groups",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="planning.historicalmeasure",
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
                "verbose_name": "HistoricalMeasure_target_groups",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeasure_routes",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                (
                    "history",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="planning.historicalmeasure",
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
                "verbose_name": "HistoricalMeasure_routes",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeasure_goals",
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
                        to="planning.historicalmeasure",
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
                "verbose_name": "HistoricalMeasure_goals",
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MeasureLink",
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
                    "from_measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="item_links",
                        to="planning.measure",
                        verbose_name="fra tiltak",
                    ),
                ),
                (
                    "to_goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_measures",
                        to="strategy.goal",
                        verbose_name="til mål",
                    ),
                ),
                (
                    "to_measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_measures",
                        to="planning.measure",
                        verbose_name="til tiltak",
                    ),
                ),
                (
                    "to_route",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_measures",
                        to="strategy.route",
                        verbose_name="til veivalg",
                    ),
                ),
            ],
            options={
                "verbose_name": "lenke fra tiltak",
                "verbose_name_plural": "lenker fra tiltak",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "aligned"),
                                ("to_goal__isnull", False),
                                ("to_measure__isnull", True),
                                ("to_route__isnull", True),
                            ),
                            models.Q(
                                ("kind", "aligned"),
                                ("to_goal__isnull", True),
                                ("to_measure__isnull", True),
                                ("to_route__isnull", False),
                            ),
                            models.Q(
                                ("to_goal__isnull", True), ("to_measure__isnull", False), ("to_route__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="planning_measurelink_one_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_measure__isnull", True),
                            models.Q(("to_measure", models.F("from_measure")), _negated=True),
                            _connector="OR",
                        ),
                        name="planning_measurelink_not_itself",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "from_measure", "to_goal"), name="planning_measurelink_once_to_goal"
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "from_measure", "to_route"), name="planning_measurelink_once_to_route"
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "from_measure", "to_measure"), name="planning_measurelink_once_to_measure"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureResponsibility",
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responsibilities",
                        to="planning.measure",
                        verbose_name="tiltak",
                    ),
                ),
                (
                    "under",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines_below",
                        to="planning.measureresponsibility",
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
                "verbose_name": "ansvar for tiltak",
                "verbose_name_plural": "ansvar for tiltak",
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group__isnull", True), ("unit__isnull", False)),
                            models.Q(("group__isnull", False), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="planning_measureresponsibility_one_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("under__isnull", True), models.Q(("under", models.F("pk")), _negated=True), _connector="OR"
                        ),
                        name="planning_measureresponsibility_not_under_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeasureResponsibility",
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
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="planning.measure",
                        verbose_name="tiltak",
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
                        to="planning.measureresponsibility",
                        verbose_name="under",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical ansvar for tiltak",
                "verbose_name_plural": "historical ansvar for tiltak",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
