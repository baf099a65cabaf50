"""When units or groups change, tasks follow: what is ahead is given and withdrawn, what is past stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from annual_wheel import tasks
from annual_wheel.giving import Given, editions_ahead, give_again, give_back_to_open, lost_by_closing
from annual_wheel.models import Edition, Task
from annual_wheel.reporting_in import may_report, report_in, report_out
from annual_wheel.services import tick
from config.lib import clock
from organisation.models import GroupMember, UnitGroup
from organisation.services import CannotChange
from tests import factories as make
from tests.cast import Cast
from tests.matrix import NOW

TODAY = date(2026, 3, 15)


@dataclass(frozen=True)
class Groups:
    """A list of departments, those without a place on it, and an entry for each way of being responsible."""

    having: UnitGroup
    lacking: UnitGroup
    for_all: Edition  # 15 April, all departments
    for_lacking: Edition  # 15 April, those not on the list
    past: Edition  # 10 February, those not on the list
    for_music: Edition  # 15 April, one department by name


@pytest.fixture
def groups(cast: Cast) -> Groups:
    having = make.group("med", cast.hf, cast.imu, name="Med gruppe")
    lacking = make.group("uten", cast.hf, except_group=having, name="Uten gruppe")
    wheel = make.wheel("hjulet", cast.hf)
    return Groups(
        having,
        lacking,
        make.edition(make.entry(wheel, cast.departments)),
        make.edition(make.entry(wheel, lacking)),
        make.edition(make.entry(wheel, lacking, when_words="10. februar", month=2)),
        make.edition(make.entry(wheel, cast.imu)),
    )


def standing(edition: Edition) -> dict[str, str]:
    return {slug: task.status for slug, task in make.tasks_of(edition).items()}


def test_what_is_ahead_of_a_group_is_also_what_leaves_it_out(groups: Groups) -> None:
    assert set(editions_ahead(today=TODAY, groups=[groups.having])) == {groups.for_lacking}
    assert set(editions_ahead(today=TODAY, groups=[groups.lacking])) == {groups.for_lacking}
    assert set(editions_ahead(today=TODAY)) == {groups.for_all, groups.for_lacking, groups.for_music}
    assert set(editions_ahead(today=date(2026, 4, 16))) == set()


def test_a_year_with_its_own_lines_is_given_by_them(groups: Groups, cast: Cast) -> None:
    edition = groups.for_music
    edition.has_own_lines = True
    edition.save()
    edition.responsibilities.create(group=groups.lacking, position=0)
    assert set(editions_ahead(today=TODAY, groups=[groups.having])) == {groups.for_lacking, edition}
    assert set(editions_ahead(today=TODAY, groups=[], units=[cast.imu])) == set()


def test_cancelled_and_retired_are_left_alone(groups: Groups) -> None:
    Edition.objects.filter(pk=groups.for_all.pk).update(state="cancelled", reason="Utgår.")
    groups.for_music.entry.status = "retired"
    groups.for_music.entry.save()
    assert set(editions_ahead(today=TODAY)) == {groups.for_lacking}


def test_a_new_member_loses_the_task_ahead_and_keeps_the_late_one(groups: Groups, cast: Cast) -> None:
    GroupMember.objects.create(group=groups.having, unit=cast.isl, from_on=TODAY)
    assert give_again(today=TODAY, groups=[groups.having]) == Given(given=0, withdrawn=1)
    assert standing(groups.for_lacking) == {"ihk": "open", "isl": "withdrawn"}
    assert standing(groups.past) == {"ihk": "open", "isl": "open"}
    assert give_again(today=TODAY, groups=[groups.having]) == Given()


def test_what_is_done_stays_done(groups: Groups, cast: Cast) -> None:
    tick(make.tasks_of(groups.for_lacking)["isl"], by=cast.coordinator, now=NOW)
    GroupMember.objects.create(group=groups.having, unit=cast.isl, from_on=TODAY)
    assert give_again(today=TODAY, groups=[groups.having]) == Given()
    assert standing(groups.for_lacking) == {"ihk": "open", "isl": "done"}


def test_a_closed_unit_has_nothing_left_to_do(groups: Groups, cast: Cast) -> None:
    cast.ihk.closes_on = TODAY
    cast.ihk.save()
    assert give_again(today=TODAY, groups=UnitGroup.objects.all(), units=[cast.ihk]) == Given(given=0, withdrawn=3)
    tasks = Task.objects.filter(unit=cast.ihk)
    assert {(task.edition_id == groups.past.pk, task.status, task.reason) for task in tasks} == {
        (False, "withdrawn", "Enheten er lagt ned."),
        (True, "withdrawn", "Enheten er lagt ned, og fristen var ute."),
    }
    assert tasks.count() == 3


def test_what_closing_would_take_is_told_before_and_given_back_after(groups: Groups, cast: Cast) -> None:
    tick(make.tasks_of(groups.for_all)["isl"], by=cast.coordinator, now=NOW)
    shared = make.edition(make.entry(groups.past.entry.wheel, cast.departments, ticks="one", when_words="3. februar"))
    before = set(Task.objects.values_list("pk", "status", "reason"))
    for unit in (cast.ihk, cast.isl, cast.imu):
        for day in (TODAY, date(2026, 4, 15), date(2026, 5, 1)):
            unit.closes_on = day
            told = lost_by_closing([unit], today=TODAY).get(unit.pk, Given())
            unit.save()
            changed = give_again(today=TODAY, groups=UnitGroup.objects.all(), units=[unit])
            assert (unit.slug, day, changed) == (unit.slug, day, Given(withdrawn=told.withdrawn))
            unit.closes_on = None
            unit.save()
            again = give_again(today=TODAY, groups=UnitGroup.objects.all(), units=[unit])
            assert again == Given(given=told.withdrawn)
            assert set(Task.objects.values_list("pk", "status", "reason")) == before
    assert standing(shared) == {"ihk": "open"}
    cast.ihk.closes_on = TODAY
    assert lost_by_closing([cast.ihk], today=TODAY)[cast.ihk.pk].forecast == (
        "3 oppgaver blir trukket, 1 av dem over fristen"
    )


def test_what_was_cancelled_meanwhile_is_not_given_back(groups: Groups, cast: Cast) -> None:
    for day in (TODAY, None):
        cast.ihk.closes_on = day
        cast.ihk.save()
        give_again(today=TODAY, groups=UnitGroup.objects.all(), units=[cast.ihk])
        Edition.objects.filter(pk=groups.past.pk).update(state="cancelled", reason="Utgår.")
    assert standing(groups.past)["ihk"] == "withdrawn"


def test_a_new_unit_gets_what_is_ahead_and_nothing_late(groups: Groups, cast: Cast) -> None:
    new = make.unit("ny", cast.hf, opens_on=TODAY)
    assert give_again(today=TODAY, groups=UnitGroup.objects.all(), units=[new]) == Given(given=2, withdrawn=0)
    assert set(Task.objects.filter(unit=new).values_list("edition", flat=True)) == {
        groups.for_all.pk,
        groups.for_lacking.pk,
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Given(), ""),
        (Given(1, 0), "1 oppgave gitt."),
        (Given(2, 1), "2 oppgaver gitt, 1 oppgave trukket."),
        (Given(0, 3), "3 oppgaver trukket."),
    ],
)
def test_what_it_meant_is_said(given: Given, words: str) -> None:
    assert given.words == words


def test_a_department_reports_itself_and_takes_it_back(groups: Groups, cast: Cast) -> None:
    assert may_report(groups.having, cast.isl, today=TODAY)
    assert report_in(groups.having, cast.isl, by=cast.coordinator, today=TODAY) == Given(given=0, withdrawn=1)
    member = groups.having.members.get(unit=cast.isl)
    log = member.history.get()
    assert (member.from_on, log.history_user, log.history_change_reason) == (
        TODAY,
        cast.coordinator,
        "Meldt av enheten selv.",
    )
    assert report_out(groups.having, cast.isl, by=cast.coordinator, today=TODAY) == Given(given=1, withdrawn=0)
    assert standing(groups.for_lacking) == {"ihk": "open", "isl": "open"}


def test_leaving_a_list_one_stood_on_keeps_the_days_before(groups: Groups, cast: Cast) -> None:
    GroupMember.objects.filter(unit=cast.imu).update(from_on=date(2025, 1, 1))
    assert report_out(groups.having, cast.imu, by=cast.adviser, today=TODAY) == Given(given=1, withdrawn=0)
    assert groups.having.members.get(unit=cast.imu).to_on == date(2026, 3, 14)


def test_only_lists_that_others_leave_out_are_reported_to(groups: Groups, cast: Cast) -> None:
    alone = make.group("alene", cast.hf, cast.ihk)
    for group, unit in (
        (alone, cast.isl),
        (groups.lacking, cast.isl),
        (groups.having, cast.hf),
        (groups.having, cast.imu),
    ):
        assert not may_report(group, unit, today=TODAY)
    with pytest.raises(CannotChange, match="Institutt for musikk er ført opp fra før"):
        report_in(groups.having, cast.imu, by=cast.adviser, today=TODAY)


def test_what_was_set_beforehand_happens_on_its_day(
    groups: Groups, cast: Cast, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry may be done all of April; the department closes in the middle of it."""
    month = make.edition(make.entry(groups.for_all.entry.wheel, cast.departments, when_words="april"))
    cast.imu.closes_on = date(2026, 4, 20)
    cast.imu.save()
    assert give_again(today=date(2026, 4, 19)) == Given()
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 20))
    schedule = settings.CELERY_BEAT_SCHEDULE["give tasks again"]  # type: ignore[attr-defined]
    assert schedule["task"] == tasks.give_again.name
    tasks.give_again()
    assert standing(month) == {"ihk": "open", "isl": "open", "imu": "withdrawn"}


def test_what_was_withdrawn_as_late_before_it_was_told_apart_comes_back_too(groups: Groups, cast: Cast) -> None:
    """As tasks stood in the database until 0012: the log alone tells which were late."""
    for edition, day in ((groups.past, 1), (groups.for_all, -1)):
        task = make.tasks_of(edition)["ihk"]
        task.status, task.reason = "withdrawn", "Enheten er lagt ned."
        task.save()
        withdrawn_at = NOW.replace(year=edition.due_on.year, month=edition.due_on.month, day=edition.due_on.day)
        task.history.filter(status="withdrawn").update(history_date=withdrawn_at + timedelta(days=day))
    import_module("annual_wheel.migrations.0012_late_when_closed").tell_late(apps, None)
    assert give_back_to_open(today=TODAY) == 1
    assert standing(groups.past)["ihk"] == "open"
    assert standing(groups.for_all)["ihk"] == "withdrawn"
