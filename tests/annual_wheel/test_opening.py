"""Who gets a task, what happens when units come and go, and how dates follow each other."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from annual_wheel import opening, services, when
from annual_wheel.models import Edition, Task
from config.lib.models import StaleEdit
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 12, tzinfo=ZoneInfo("Europe/Oslo"))


def statuses(edition: Edition) -> dict[str, str]:
    return {slug: task.status for slug, task in make.tasks_of(edition).items()}


def test_a_group_gives_each_of_its_units_a_task(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), cast.departments))
    assert statuses(edition) == {"ihk": "open", "isl": "open", "imu": "open"}


def test_one_tick_is_one_task_that_stands_with_all(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.hf, cast.departments, ticks="one")
    task = make.edition(entry).tasks.get()
    assert task.unit == cast.hf
    assert {unit.slug for unit in task.shared_with.all()} == {"ihk", "isl", "imu"}
    assert list(Task.objects.of_units([cast.imu.pk])) == [task]


@pytest.mark.parametrize("ticks", ["each", "none"])
def test_a_task_that_closed_for_all_stands_alone_when_each_ticks_for_itself(cast: Cast, ticks: str) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.departments, ticks="one")
    edition = make.edition(entry)
    first = edition.tasks.get()
    services.tick(first, by=cast.coordinator, now=NOW)
    entry.ticks = ticks
    entry.save()
    opening.fan_out(edition, today=TODAY)
    assert list(first.shared_with.all()) == []
    assert list(Task.objects.of_units([cast.imu.pk])) == list(edition.tasks.filter(unit=cast.imu))
    expected = {"ihk": "done", "isl": "open", "imu": "open"} if ticks == "each" else {"ihk": "done"}
    assert statuses(edition) == expected


def test_a_task_that_closes_for_all_stays_with_all_when_the_year_falls_away(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), cast.departments, ticks="one"))
    services.cancel(edition, by=cast.adviser, reason="Utgår", is_partly=False, today=TODAY, expected=1)
    assert {unit.slug for unit in edition.tasks.get().shared_with.all()} == {"isl", "imu"}


def test_partners_and_named_groups_get_no_task(cast: Cast) -> None:
    named = make.group("studieprogrammene", cast.hf, name="Studieprogrammene", rule="named", member_kind="")
    entry = make.entry(make.wheel("hf", cast.hf), cast.students, named)
    assert statuses(make.edition(entry)) == {}


def test_only_leads_get_a_task(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.ihk)
    entry.responsibilities.create(unit=cast.isl, relation="with", position=1)
    assert statuses(make.edition(entry)) == {"ihk": "open"}


def test_a_unit_that_falls_away_keeps_its_task_withdrawn_with_the_reason(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), cast.departments))
    services.tick(make.tasks_of(edition)["isl"], by=cast.coordinator, now=NOW)
    for unit in (cast.imu, cast.isl):
        unit.closes_on = date(2026, 2, 1)
        unit.save()
    changes = opening.fan_out(edition, today=date(2026, 3, 1))
    assert [unit.slug for unit in changes.withdrawn] == ["imu"]
    assert statuses(edition) == {"ihk": "open", "isl": "done", "imu": "withdrawn"}
    assert make.tasks_of(edition)["imu"].reason == "Enheten er lagt ned."


def test_a_department_that_enters_the_conditional_group_loses_the_task_and_gets_it_back(cast: Cast) -> None:
    having = make.group("med-gruppe", cast.hf, cast.ihk)
    lacking = make.group("uten-gruppe", cast.hf, except_group=having)
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), lacking))
    assert statuses(edition) == {"isl": "open", "imu": "open"}
    member = having.members.create(unit=cast.isl)
    opening.fan_out(edition, today=TODAY)
    assert statuses(edition) == {"isl": "withdrawn", "imu": "open"}
    member.delete()
    opening.fan_out(edition, today=TODAY)
    assert statuses(edition) == {"isl": "open", "imu": "open"}


def test_opening_a_year_twice_doubles_nothing(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    make.entry(wheel, cast.departments)
    for _ in range(2):
        opening.open_year(wheel, year=2027, by=cast.adviser, now=NOW, today=TODAY)
    assert Edition.objects.count() == 1
    assert Task.objects.count() == 3
    assert wheel.years.get().opened_by == cast.adviser


def test_an_entry_is_opened_only_in_its_years(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    make.entry(wheel, text="Før", to_year=2026)
    make.entry(wheel, text="Etter", from_year=2027)
    make.entry(wheel, text="Tatt ut", status="retired")
    opening.open_year(wheel, year=2027, by=cast.adviser, now=NOW, today=TODAY)
    assert [edition.entry.text for edition in Edition.objects.all()] == ["Etter"]


def test_the_bound_decides_the_due_day_and_follows_the_deadline(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    deadline = make.entry(wheel, kind="deadline", ticks="none", when_words="15. april")
    content = make.entry(
        wheel, cast.ihk, when_words="april", bound_words="før søknadsfristen", bound_entry=deadline, position=0
    )
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    edition = content.editions.get()
    assert (edition.latest_on, edition.bound_on, edition.due_on) == (
        date(2026, 4, 30), date(2026, 4, 15), date(2026, 4, 14),
    )  # fmt: skip
    moved = deadline.editions.get()
    services.move(moved, by=cast.adviser, words="20. april", today=TODAY, expected=moved.lock_version)
    edition.refresh_from_db()
    assert (edition.bound_on, edition.due_on) == (date(2026, 4, 20), date(2026, 4, 19))


def test_an_unknown_bound_leaves_the_window_as_it_is(cast: Cast) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), when_words="mai", bound_words="før svarfristen utløper")
    edition = make.edition(entry)
    assert (edition.bound_on, edition.due_on) == (None, date(2026, 5, 31))


def test_an_anchored_entry_hangs_on_the_other_and_moves_with_it(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    base = make.entry(wheel, when_words="15. april")
    hanging = make.entry(wheel, when_words="to uker før", anchor=base, anchor_offset_days=-14)
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    assert hanging.editions.get().due_on == date(2026, 4, 1)
    edition = base.editions.get()
    services.move(edition, by=cast.adviser, words="20. april", today=TODAY, expected=1)
    assert hanging.editions.get().due_on == date(2026, 4, 6)


def test_entries_in_a_ring_are_refused_with_the_chain(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    first = make.entry(wheel, key="a")
    second = make.entry(wheel, key="b", anchor=first)
    first.anchor = second
    first.save()
    with pytest.raises(when.AnchorCircle) as refused:
        opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    assert refused.value.chain == ("a", "b", "a")


def test_ticking_is_kept_undone_and_logged(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), cast.ihk))
    task = services.tick(edition.tasks.get(), by=cast.coordinator, now=NOW, note="Sendt")
    assert (task.status, task.done_by, task.done_at, task.note) == ("done", cast.coordinator, NOW, "Sendt")
    again = services.tick(task, by=cast.adviser, now=NOW)
    assert again.done_by == cast.coordinator
    task = services.untick(task, by=cast.adviser)
    assert (task.status, task.done_by, task.done_at) == ("open", None, None)
    log = [(row.status, row.history_user, row.history_change_reason) for row in task.history.all()]
    assert log == [
        ("open", cast.adviser, "Angret."),
        ("done", cast.coordinator, "Kvittert ut."),
        ("open", None, None),
    ]


def test_cancelling_withdraws_the_open_tasks_and_restoring_gives_them_back(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), cast.departments))
    services.cancel(edition, by=cast.adviser, reason="Messene utgår", is_partly=False, today=TODAY, expected=1)
    assert statuses(edition) == {"ihk": "withdrawn", "isl": "withdrawn", "imu": "withdrawn"}
    with pytest.raises(services.CannotTick):
        services.tick(make.tasks_of(edition)["ihk"], by=cast.coordinator, now=NOW)
    services.restore(edition, by=cast.adviser, today=TODAY, expected=2)
    assert statuses(edition) == {"ihk": "open", "isl": "open", "imu": "open"}


def test_a_change_made_from_an_old_copy_is_refused(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf)))
    mine = Edition.objects.get(pk=edition.pk)
    services.describe(edition, by=cast.adviser, form="digital", outcome="", today=TODAY, expected=1)
    with pytest.raises(StaleEdit) as stale:
        services.describe(mine, by=cast.dean, form="on_campus", outcome="", today=TODAY, expected=1)
    assert stale.value.current.form == "digital"


def test_only_what_is_binding_and_past_its_last_day_is_late(cast: Cast) -> None:
    wheel = make.wheel("hf", cast.hf)
    late = make.edition(make.entry(wheel, cast.ihk, when_words="medio april")).tasks.get()
    for kind in ({"modality": "may"}, {"modality": "should"}, {"kind": "ongoing", "when_words": "løpende"}):
        make.edition(make.entry(wheel, cast.ihk, **kind))
    assert list(Task.objects.overdue(today=date(2026, 4, 20))) == []
    assert not late.is_overdue(date(2026, 4, 20))
    assert list(Task.objects.overdue(today=date(2027, 1, 5))) == [late]
    assert late.is_overdue(date(2026, 4, 21))


def test_what_is_ticked_off_is_not_waved_aside(cast: Cast) -> None:
    """A form that was opened before somebody else ticked must not undo the tick."""
    task = make.edition(make.entry(make.wheel("hf", cast.hf), cast.ihk)).tasks.get()
    services.tick(task, by=cast.coordinator, now=NOW)
    with pytest.raises(services.CannotTick, match="Koordinator har alt kvittert ut dette"):
        services.mark_not_relevant(task, by=cast.adviser, reason="Gjelder ikke oss")
    task.refresh_from_db()
    assert (task.status, task.done_by, task.done_at, task.reason) == ("done", cast.coordinator, NOW, "")


def test_the_log_has_room_for_an_act_whose_reason_is_long(cast: Cast) -> None:
    """On PostgreSQL a reason longer than the log's column is an error."""
    wheel = make.wheel("hf", cast.hf)
    long = "Forbered åpen dag for studenter, foreldre og rådgivere fra alle de videregående skolene i regionen. " * 2
    base = make.edition(make.entry(wheel, cast.ihk, text=long))
    follower = make.edition(make.entry(wheel, cast.isl, anchor=base.entry, anchor_offset_days=7, position=2))
    services.move(base, by=cast.adviser, words="20. april", today=TODAY, expected=base.lock_version)
    follower.refresh_from_db()
    assert follower.due_on == date(2026, 4, 27)
    assert len(follower.history.first().history_change_reason) == 100
    base.refresh_from_db()
    services.cancel(base, by=cast.adviser, reason=long, is_partly=False, today=TODAY, expected=base.lock_version)
    task = base.tasks.get()
    assert (task.status, task.reason) == ("withdrawn", long.strip())
    assert len(task.history.first().history_change_reason) == 100


ONE_TICK = [
    # (how the tasks of ihk, isl and imu stand, who is responsible now, how they stand then, who sees it besides)
    ("", "ihk isl", "ihk open", "isl"),
    ("ihk open", "ihk isl", "ihk open", "isl"),
    ("ihk open", "isl imu", "ihk withdrawn, isl open", "imu"),
    ("ihk done", "isl imu", "ihk done", "isl imu"),
    ("ihk not_relevant", "isl", "ihk not_relevant", "isl"),
    ("ihk done", "", "ihk done", ""),
    ("ihk withdrawn, isl done", "ihk isl", "ihk withdrawn, isl done", "ihk"),
    ("ihk withdrawn, isl open", "ihk isl imu", "ihk withdrawn, isl open", "ihk imu"),
    ("ihk withdrawn, isl withdrawn", "isl imu", "ihk withdrawn, isl open", "imu"),
    ("ihk not_relevant, isl done", "ihk isl", "ihk not_relevant, isl done", "ihk"),
    ("ihk open, isl done", "ihk isl", "ihk withdrawn, isl done", "ihk"),
]


@pytest.mark.parametrize(("before", "responsible", "after", "shown_at"), ONE_TICK)
def test_one_tick_for_all_is_given_once(cast: Cast, before: str, responsible: str, after: str, shown_at: str) -> None:
    """What somebody has done or waved aside stays done for all, whoever comes and goes."""
    leads = [getattr(cast, slug) for slug in responsible.split()]
    edition = Edition(entry=make.entry(make.wheel("hf", cast.hf), *leads, ticks="one"), year=2026)
    opening.set_dates(edition)
    edition.save()
    for slug, status in (pair.split() for pair in filter(None, before.split(", "))):
        done = {"done_at": NOW, "done_by": cast.coordinator} if status == "done" else {}
        reason = "Gjelder ikke" if status in ("not_relevant", "withdrawn") else ""
        Task.objects.create(edition=edition, unit=getattr(cast, slug), status=status, reason=reason, **done)
    opening.fan_out(edition, today=TODAY)
    assert ", ".join(f"{slug} {status}" for slug, status in sorted(statuses(edition).items())) == after
    shared = {unit.slug for task in edition.tasks.standing() for unit in task.shared_with.all()}
    assert shared == set(shown_at.split())
    again = opening.fan_out(edition, today=TODAY)
    assert (again.given, again.withdrawn) == ([], [])
