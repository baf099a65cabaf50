from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("organisation", "0005_reminder_choices")]

    operations = [
        migrations.AddField(
            "comment", "is_about_draft", models.BooleanField("om et utkast", default=False, editable=False)
        ),
        migrations.AddField(
            "historicalcomment", "is_about_draft", models.BooleanField("om et utkast", default=False, editable=False)
        ),
        migrations.AddConstraint(
            "comment",
            models.CheckConstraint(
                condition=Q(is_about_draft=False) | Q(hearing__isnull=True),
                name="organisation_comment_heard_by_all_asked",
            ),
        ),
    ]
