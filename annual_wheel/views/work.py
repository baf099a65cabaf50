"""Mitt arbeid: what is open for my units, ticked off in one press; and what the units below still miss."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annual_wheel import work_page
from annual_wheel.asks import asks_of
from annual_wheel.filters import WorkFilter, kind_choices
from annual_wheel.models import Task, Wheel
from annual_wheel.proposal_rows import newly_answered
from annual_wheel.recipients import Directory, ticked_by_words
from annual_wheel.silent import silent_for
from annual_wheel.thread import Text
from annual_wheel.work_page import Group
from config.lib import clock
from config.lib.norwegian import sort_key
from organisation.acting import SESSION_KEY, acting_units
from organisation.models import Unit, User
from organisation.permissions import Permission
from strategy.talk_for_me import talk_for


@dataclass(frozen=True, slots=True)
class UnitTab:
    slug: str
    label: str
    count: int
    is_current: bool


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    user, today = request.user, clock.today()
    assert isinstance(user, User)
    units = acting_units(user)
    chosen = WorkFilter.from_address(
        request.GET, units=[unit.slug for unit in units], default_unit=request.session.get(SESSION_KEY, "")
    )
    below = work_page.units_below(user, [unit.pk for unit in units], today=today)
    context = {
        "units": units,
        "chosen": chosen,
        "may_see_below": bool(below),
        "own_tab": True,
        "here": request.get_full_path(),
    }
    if below and request.GET.get("vis") == "enhetene":
        rows = work_page.missing_at(below, today=today)
        count = ngettext("%(count)d punkt", "%(count)d punkter", len(rows)) % {"count": len(rows)}
        shown = _("der noe mangler, de forsinkede først")
        below_context = {"rows": rows, "count": count, "shown": shown, "own_tab": False}
        return render(request, "annual_wheel/work_below.html", context | below_context)
    page = "annual_wheel/my_work.html#head" if request.htmx else "annual_wheel/my_work.html"  # type: ignore[attr-defined]
    return render(request, page, context | own_context(user, units, chosen))


def own_context(user: User, units: list[Unit], chosen: WorkFilter) -> dict[str, object]:
    """What one's own units have open, have done lately, and wait for."""
    today = clock.today()
    own = [unit.pk for unit in units]
    tasks, ticked = work_page.listed_tasks(user, own, chosen, today=today)
    shown, done = _of_unit(tasks, units, chosen), _of_unit(ticked, units, chosen)
    conditions = work_page.conditions_of(shown)
    groups = work_page.grouped(zip(shown, _rows(shown, user, own, conditions), strict=True), user=user, today=today)
    late = sum(row.is_late for group in groups for row in group.rows)
    waiting = (
        []
        if chosen.kind or chosen.wheel
        else work_page.waiting_for_others(user, _chosen_ids(units, chosen), today=today)
    )
    return {
        "groups": groups,
        "may_pick": sum(bool(row.task.not_relevant_url) for group in groups for row in group.rows) > 1,
        "done": Group("done", _("Gjort den siste måneden"), "", tuple(_rows(done, user, own, {}))),
        "waiting": waiting,
        "answers": newly_answered(own, today=today),
        "asks": [] if chosen.kind or chosen.wheel else _asks(_chosen_ids(units, chosen)),
        "silent": (
            None
            if chosen.kind or chosen.wheel
            else silent_for(user, _chosen_ids(units, chosen), here=reverse("my_work"), today=today)
        ),
        "talk": talk_for(user, today=today),
        "count": work_page.open_words(len(shown)),
        "late_words": _("%(late)d forsinket") % {"late": late} if late else "",
        "tabs": unit_tabs(tasks, units, chosen),
        "kinds": kind_choices(),
        "wheels": wheel_choices(tasks, chosen),
    }


@dataclass(frozen=True, slots=True)
class AskRow:
    text: str
    url: str
    facts: tuple[str, ...]
    is_late: bool


def _asks(own: list[int]) -> list[AskRow]:
    """The rounds that one's units have not finished."""
    today = clock.today()
    return [
        AskRow(ask.text, ask.url, (ask.unit.label, ask.due(today=today), ask.count), ask.is_late(today))
        for ask in asks_of(own, today=today)
    ]


def _rows(tasks: list[Task], user: User, own: list[int], conditions: Mapping[int, Text]) -> list[work_page.WorkRow]:
    today = clock.today()
    tickable = user.reach(today)[Permission.TICK]
    rows = [work_page.work_row(task, own=own, tickable=tickable, today=today, conditions=conditions) for task in tasks]
    if all(row.task.may_tick or not row.task.is_open for row in rows):
        return rows
    prefetch_related_objects(tasks, "assigned_to", "edition__entry__responsibilities", "edition__responsibilities")
    directory = Directory.on(today)
    return [with_ticker(row, task, directory) for row, task in zip(rows, tasks, strict=True)]


def with_ticker(row: work_page.WorkRow, task: Task, directory: Directory) -> work_page.WorkRow:
    """The row of an open task that somebody else ticks off says who that is."""
    if row.task.may_tick or not row.task.is_open:
        return row
    return replace(row, task=replace(row.task, told=ticked_by_words(directory.recipients_of(task))))


def _of_unit(tasks: list[Task], units: list[Unit], chosen: WorkFilter) -> list[Task]:
    unit = next((unit for unit in units if unit.slug == chosen.unit), None)
    return tasks if unit is None else [task for task in tasks if unit in work_page.units_of(task)]


def _chosen_ids(units: list[Unit], chosen: WorkFilter) -> list[int]:
    return [unit.pk for unit in units if chosen.unit in ("", unit.slug)]


def unit_tabs(tasks: list[Task], units: list[Unit], chosen: WorkFilter) -> list[UnitTab]:
    """All my units together and each alone, with how much is open; none where there is but one."""
    if len(units) < 2:
        return []
    open_at = Counter(unit.pk for task in tasks for unit in work_page.units_of(task))
    each = [UnitTab(unit.slug, unit.label, open_at[unit.pk], unit.slug == chosen.unit) for unit in units]
    return [UnitTab("alle", _("Alle mine enheter"), len(tasks), not chosen.unit), *each]


def wheel_choices(tasks: list[Task], chosen: WorkFilter) -> list[tuple[str, str]]:
    """The wheels there is something open in; none where there is but one and none is chosen."""
    found = {task.edition.entry.wheel.slug: task.edition.entry.wheel.title for task in tasks}
    if chosen.wheel and chosen.wheel not in found:
        found |= dict(Wheel.objects.filter(slug=chosen.wheel).values_list("slug", "title"))
    named = sorted(found.items(), key=lambda choice: sort_key(choice[1]))
    return [("", str(_("Alle årshjul"))), *named] if len(named) > 1 or chosen.wheel else []
