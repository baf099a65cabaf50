"""The wheel lived until other days than the one the other tests share: alive, with nothing impossible in it."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from annual_wheel.models import Edition, Task, Wheel
from reports.demo import life
from reports.demo.store import Store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

EARLIEST = timedelta(days=14)  # what is due on one day is done in the two weeks before it


@pytest.mark.parametrize(
    ("today", "late_in"),
    [(date(2026, 1, 2), {2025}), (date(2026, 12, 30), {2026}), (date(2027, 2, 28), {2026, 2027})],
    ids=str,
)
def test_there_is_something_of_everything(today: date, late_in: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    live_until(today, monkeypatch)

    overdue = Task.objects.overdue(today=today).select_related("edition")
    assert {task.edition.year for task in overdue} == late_in
    assert 3 <= overdue.count() <= 25
    cancelled = Edition.objects.filter(state="cancelled", year=today.year)
    assert [edition.entry.key for edition in cancelled] == ["hf-h-invitere-skoler"]
    lived = Counter(Task.objects.filter(edition__year__gte=today.year - 1).values_list("status", flat=True))
    assert set(lived) == {"open", "done", "not_relevant", "withdrawn"}
    for task in Task.objects.filter(status="done").select_related("edition__entry", "unit"):
        assert task.done_at is not None
        day, edition = timezone.localdate(task.done_at), task.edition
        assert edition.earliest_on - EARLIEST < day < today, (edition, task.unit, day)
        assert edition.state != "cancelled"
        assert task.unit.is_open_on(day)
    assert not Task.objects.filter(status="not_relevant", edition__earliest_on__gt=today).exists()


def live_until(today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty the wheel of years, and live it again until today; without the two that are history, to be quick."""
    models = apps.get_app_config("annual_wheel").get_models(include_auto_created=True)
    years = ("task", "edition", "wheelyear")
    with connection.cursor() as cursor:
        for model in models:
            if str(model._meta.model_name).removeprefix("historical").startswith(years):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
    monkeypatch.setattr(life, "HISTORY", ())
    life.live(Store(today), Wheel.objects.get(slug="hf"), today=today)
