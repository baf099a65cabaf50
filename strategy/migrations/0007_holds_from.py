from django.db import migrations, models
from django.db.models.functions import TruncDate


def hold_from_the_day_they_were_frozen(apps, schema_editor):
    apps.get_model("strategy", "Version").objects.update(holds_from=TruncDate("frozen_at"))


class Migration(migrations.Migration):
    dependencies = [("strategy", "0006_decisions")]

    operations = [
        migrations.AddField(
            "document",
            "replaced_on",
            models.DateField("erstattes fra", blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "historicaldocument",
            "replaced_on",
            models.DateField("erstattes fra", blank=True, editable=False, null=True),
        ),
        migrations.AddField("version", "holds_from", models.DateField("gjelder fra", null=True)),
        migrations.RunPython(hold_from_the_day_they_were_frozen, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("version", "holds_from", models.DateField("gjelder fra")),
    ]
