"""Say of tasks that were withdrawn as late from closed units that they were late: such come back with their unit.

Until then they had the same reason as those whose last day was still ahead. The log has when they were withdrawn.
"""

from typing import Any

from django.db import migrations
from django.db.models import F, OuterRef, Subquery

CLOSED = "Enheten er lagt ned."
CLOSED_WHEN_LATE = "Enheten er lagt ned, og fristen var ute."


def tell_late(apps: Any, schema_editor: Any) -> None:
    task, log = (apps.get_model("annual_wheel", name) for name in ("Task", "HistoricalTask"))
    newest = log.objects.filter(id=OuterRef("pk")).order_by("-history_id").values("history_date")[:1]
    withdrawn = task.objects.filter(status="withdrawn", reason=CLOSED).annotate(withdrawn_at=Subquery(newest))
    late = withdrawn.filter(withdrawn_at__date__gt=F("edition__due_on"))
    task.objects.filter(pk__in=list(late.values_list("pk", flat=True))).update(reason=CLOSED_WHEN_LATE)


class Migration(migrations.Migration):
    dependencies = [("annual_wheel", "0011_calendar_scopes")]

    operations = [migrations.RunPython(tell_late, migrations.RunPython.noop)]
