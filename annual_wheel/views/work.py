"""Mitt arbeid: what is open for my units, ticked off in one press; and what the units below still miss."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_htmx.http import trigger_client_event

from annual_wheel import work_page
from annual_wheel.asks import asks_of
from annual_wheel.filters import WorkFilter, kind_choices
from annual_wheel.models import Task, Wheel
from annual_wheel.proposal_rows import newly_answered
from annual_wheel.recipients import Directory, ticked_by_words
from annual_wheel.silent import silent_for
from annual_wheel.work_groups import SLUGS, Group, Heap, More, done_heap, heading_of, heaps_of, more_words, open_count
from annual_wheel.work_list import Listed, listed_tasks
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
    work = Work(user, units, chosen)
    if request.htmx and not chosen.group:  # type: ignore[attr-defined]
        return render(request, "annual_wheel/my_work.html#head", head_context(request, work))
    below = work_page.units_below(user, [unit.pk for unit in units], today=today)
    context = {"units": units, "chosen": chosen, "may_see_below": bool(below), "own_tab": True}
    if below and request.GET.get("vis") == "enhetene":
        return render(request, "annual_wheel/work_below.html", context | below_context(below))
    context |= head_context(request, work)
    if chosen.group:
        return one_group(request, work, context)
    return render(request, "annual_wheel/my_work.html", context | own_context(request, work))


def below_context(below: Iterable[int]) -> dict[str, object]:
    rows = work_page.missing_at(set(below), today=clock.today())
    count = ngettext("%(count)d punkt", "%(count)d punkter", len(rows)) % {"count": len(rows)}
    shown = _("der noe mangler, de forsinkede først")
    return {"rows": rows, "count": count, "shown": shown, "own_tab": False}


class Work:
    """What one's units have on their lists, as the address narrows it: tasks, until a row is asked for."""

    def __init__(self, user: User, units: Sequence[Unit], chosen: WorkFilter) -> None:
        self.user, self.units, self.chosen, self.today = user, units, chosen, clock.today()
        self.own = [unit.pk for unit in units]
        self.every, ticked = listed_tasks(user, self.own, chosen, today=self.today)
        self.tasks, self.done = self._of_unit(self.every), self._of_unit(ticked)

    def _of_unit(self, tasks: list[Listed]) -> list[Listed]:
        unit = next((unit.pk for unit in self.units if unit.slug == self.chosen.unit), None)
        return tasks if unit is None else [task for task in tasks if unit in task.units]

    @property
    def chosen_ids(self) -> list[int]:
        return [unit.pk for unit in self.units if self.chosen.unit in ("", unit.slug)]

    @cached_property
    def heaps(self) -> list[Heap]:
        return heaps_of(self.tasks, user=self.user, today=self.today)

    @property
    def tickable(self) -> frozenset[int]:
        return self.user.reach(self.today)[Permission.TICK]

    @property
    def may_pick(self) -> bool:
        """Whether there is more than one that this person may tick off."""
        return open_count(task for task in self.tasks if not self.tickable.isdisjoint(task.units)) > 1

    def rows(self, listed: Iterable[Listed]) -> dict[int, work_page.WorkRow]:
        """The rows of these tasks by task, made in one go."""
        tasks = work_page.tasks_for_rows(listed, self.user, today=self.today)
        return {task.pk: row for task, row in zip(tasks, self._rows(tasks), strict=True)}

    def _rows(self, tasks: Sequence[Task]) -> list[work_page.WorkRow]:
        conditions = work_page.conditions_of(tasks)
        rows = [
            work_page.work_row(task, own=self.own, tickable=self.tickable, today=self.today, conditions=conditions)
            for task in tasks
        ]
        if all(row.task.may_tick or not row.task.is_open for row in rows):
            return rows
        prefetch_related_objects(tasks, "assigned_to", "edition__entry__responsibilities", "edition__responsibilities")
        directory = Directory.on(self.today)
        return [with_ticker(row, task, directory) for row, task in zip(rows, tasks, strict=True)]


def with_ticker(row: work_page.WorkRow, task: Task, directory: Directory) -> work_page.WorkRow:
    """The row of an open task that somebody else ticks off says who that is."""
    if row.task.may_tick or not row.task.is_open:
        return row
    return replace(row, task=replace(row.task, told=ticked_by_words(directory.recipients_of(task))))


def head_context(request: HttpRequest, work: Work) -> dict[str, object]:
    """How much there is, and where this page is found: alone it costs no rows."""
    late = sum(task.is_open and task.is_behind(work.today) for task in work.tasks)
    here = address_of(request)
    return {
        "here": here,
        "at": f"{here}{'&' if '?' in here else '?'}",
        "whole": address_of(request, gruppe=None),
        "count": work_page.open_words(open_count(work.tasks)),
        "late_words": _("%(late)d forsinket") % {"late": late} if late else "",
        "tabs": unit_tabs(work.every, work.units, work.chosen),
    }


def address_of(request: HttpRequest, **changed: object) -> str:
    """The page as it is narrowed, without what was asked for once; a parameter of None is left out."""
    query = request.GET.copy()
    for name, value in (changed | {"oppgave": changed.get("oppgave")}).items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def own_context(request: HttpRequest, work: Work) -> dict[str, object]:
    """What one's own units have open, have done lately, and wait for; of long groups only the first rows."""
    user, chosen, today = work.user, work.chosen, work.today
    is_narrowed = bool(chosen.kind or chosen.wheel)
    heaps = [*work.heaps, *([done_heap(work.done)] if work.done else [])]
    groups = groups_of(request, work, heaps)
    return {
        "groups": [group for group in groups if group.code != "done"],
        "done": next((group for group in groups if group.code == "done"), None),
        "may_pick": work.may_pick,
        "waiting": [] if is_narrowed else work_page.waiting_for_others(user, work.chosen_ids, today=today),
        "answers": newly_answered(work.own, today=today),
        "asks": [] if is_narrowed else _asks(work.chosen_ids),
        "silent": None if is_narrowed else silent_for(user, work.chosen_ids, here=reverse("my_work"), today=today),
        "talk": talk_for(user, today=today),
        "kinds": kind_choices(),
        "wheels": wheel_choices(work.every, chosen),
    }


def groups_of(request: HttpRequest, work: Work, heaps: Sequence[Heap]) -> list[Group]:
    """The groups with their first rows, all made in one go; whole where the task that is asked for is folded away."""
    shown = {heap.code: heap.tasks if heap.folds(work.chosen.task) else heap.shown for heap in heaps}
    made = work.rows(task for tasks in shown.values() for task in tasks)
    groups = []
    for heap in heaps:
        rows = tuple(made[task.pk] for task in shown[heap.code] if task.pk in made)
        more = more_of(request, heap) if len(shown[heap.code]) < len(heap.tasks) else None
        groups.append(Group(heap.code, *heading_of(heap), rows, more))
    return groups


def more_of(request: HttpRequest, heap: Heap) -> More:
    first = heap.tasks[len(heap.shown)].pk
    return More(more_words(heap), f"{address_of(request, gruppe=SLUGS[heap.code], oppgave=first)}#rad-{first}")


def one_group(request: HttpRequest, work: Work, context: dict[str, object]) -> HttpResponse:
    """One group whole, on a page of its own; with script the rows that were folded away, from the one that is named."""
    code, asked = work.chosen.group, work.chosen.task
    heaps = [*work.heaps, done_heap(work.done)]
    heap = next((heap for heap in heaps if heap.code == code), Heap(code, ()))
    if not request.htmx:  # type: ignore[attr-defined]
        group = Group(code, *heading_of(heap), tuple(work.rows(heap.tasks).values()))
        crumbs = [{"label": _("Mitt arbeid"), "url": context["whole"]}, {"label": group.title}]
        count, may_pick = work_page.open_words(len(heap.tasks)), work.may_pick and code != "done"
        context |= {"group": group, "crumbs": crumbs, "count": count, "may_pick": may_pick, "asked": str(asked or "")}
        return render(request, "annual_wheel/work_group.html", context)
    rows = list(work.rows(heap.since(asked)).values())
    response = render(request, "annual_wheel/work_group.html#rest", context | {"rows": rows})
    said = ngettext("%(count)d oppgave til vises", "%(count)d oppgaver til vises", len(rows)) % {"count": len(rows)}
    return trigger_client_event(response, "announce", {"value": said})


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


def unit_tabs(tasks: Sequence[Listed], units: Sequence[Unit], chosen: WorkFilter) -> list[UnitTab]:
    """All my units together and each alone, with how much is open; none where there is but one."""
    if len(units) < 2:
        return []
    open_at = Counter(unit for task in tasks if task.is_open for unit in task.units)
    each = [UnitTab(unit.slug, unit.label, open_at[unit.pk], unit.slug == chosen.unit) for unit in units]
    return [UnitTab("alle", _("Alle mine enheter"), open_count(tasks), not chosen.unit), *each]


def wheel_choices(tasks: Sequence[Listed], chosen: WorkFilter) -> list[tuple[str, str]]:
    """The wheels there is something open in; none where there is but one and none is chosen."""
    found = dict(task.wheel for task in tasks)
    if chosen.wheel and chosen.wheel not in found:
        found |= dict(Wheel.objects.filter(slug=chosen.wheel).values_list("slug", "title"))
    named = sorted(found.items(), key=lambda choice: sort_key(choice[1]))
    return [("", str(_("Alle årshjul"))), *named] if len(named) > 1 or chosen.wheel else []
