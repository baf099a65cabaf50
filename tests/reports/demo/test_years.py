"""The wheel's years as people would have lived them by today."""

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone

from annual_wheel.models import Edition, Task, WheelYear
from organisation.permissions import Permission
from reports.demo import life

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


def test_the_years_are_lived_until_today(demo_data: date) -> None:
    def statuses(year: int) -> dict[str, int]:
        return dict(Counter(Task.objects.filter(edition__year=year).values_list("status", flat=True)))

    assert list(WheelYear.objects.values_list("year", flat=True)) == [2021, 2022, 2026]
    assert statuses(2021) == {"done": 171, "not_relevant": 5, "withdrawn": 16}
    assert statuses(2022) == {"done": 187, "not_relevant": 5}
    assert set(statuses(2026)) == {"done", "open", "not_relevant", "withdrawn"}
    late = Task.objects.overdue(today=demo_data).filter(edition__year=2026)
    assert 3 <= late.count() <= 15
    assert late.count() == Task.objects.overdue(today=demo_data).count()
    past = Task.objects.filter(edition__year=2026, edition__due_on__lt=demo_data)
    assert past.filter(status="done").count() > 3 * late.count()
    special = {
        edition.entry.key: (edition.state, edition.is_moved, edition.form)
        for edition in Edition.objects.filter(year=2026).select_related("entry")
        if (edition.state, edition.is_moved, edition.form) != ("planned", False, "")
    }
    assert special == {
        "hf-h-invitere-skoler": ("cancelled", False, ""),
        "hf-h-opptaksgrenser": ("planned", True, ""),
        "hf-h-planlegge-mot-ntnu": ("planned", False, "digital"),
    }
    assert Task.objects.filter(edition__year=2026).exclude(note="").count() >= 2


def test_what_was_held_is_ticked_off_in_the_later_half_of_its_window_and_nobody_ticks_at_christmas() -> None:
    held = Task.objects.filter(status="done", edition__entry__kind="event").select_related("edition")
    assert held
    for task in held:
        assert task.done_at is not None
        first, last = task.edition.earliest_on, task.edition.latest_on
        assert timezone.localdate(task.done_at) >= first + (last - first) // 2
    at_christmas = Task.objects.filter(done_at__month=12, done_at__day__gte=24)
    assert not at_christmas.exists()


def test_whoever_ticked_may_tick_and_did_so_in_time_and_in_the_log(demo_data: date) -> None:
    years = {opened.year: opened.opened_at for opened in WheelYear.objects.all()}
    done = Task.objects.filter(status="done").select_related("edition", "done_by", "unit")
    for task in done:
        assert task.done_by is not None
        assert task.done_at is not None
        assert task.unit_id in task.done_by.reach(demo_data)[Permission.TICK]
        assert years[task.edition.year] <= task.done_at
        assert timezone.localdate(task.done_at) < demo_data
        assert timezone.localdate(task.done_at).weekday() < 5
    log = Task.history.filter(status="done")  # type: ignore[attr-defined]
    assert log.count() == done.count()
    assert {(row.history_date, row.history_user_id) for row in log} == {
        (task.done_at, task.done_by_id) for task in done
    }


@pytest.mark.parametrize(
    ("today", "opened"),
    [
        (date(2021, 4, 1), [2021, 2022]),
        (date(2022, 10, 1), [2021, 2022, 2023]),
        (date(2026, 9, 30), [2021, 2022, 2026]),
        (date(2026, 10, 1), [2021, 2022, 2026, 2027]),
        (date(2021, 2, 1), [2021, 2022]),
        (date(2026, 3, 31), [2021, 2022, 2025, 2026]),
        (date(2027, 1, 1), [2021, 2022, 2026, 2027]),
    ],
)
def test_which_years_are_open(today: date, opened: list[int]) -> None:
    assert life.years(today) == opened
