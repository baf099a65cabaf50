from django.db import migrations, models

STATES = [
    ("draft", "utkast"),
    ("hearing", "på høring"),
    ("in_force", "gjelder"),
    ("expired", "utløpt"),
    ("replaced", "erstattet"),
    ("put_away", "lagt bort"),
]


class Migration(migrations.Migration):
    dependencies = [("strategy", "0008_comments_about_drafts")]

    operations = [
        migrations.AlterField(name, "state", models.CharField("status", max_length=10, choices=STATES, default="draft"))
        for name in ("document", "historicaldocument")
    ]
