"""One item of the wheel, through all its years."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annual_wheel import allowed, entry_page, taking_part, years
from annual_wheel.access import proposing_units
from annual_wheel.emptiness import empty_groups, words_of_empty
from annual_wheel.models import Edition, Entry, Proposal, Task, Wheel
from annual_wheel.phrases import distance, due_phrase, when_of
from annual_wheel.proposal_rows import proposal_row
from annual_wheel.recipients import Directory, Told, people_of, ticked_by_words, told_words
from annual_wheel.rows import duty_words, notes_of, state_of
from annual_wheel.task_rows import TaskRow, task_row
from annual_wheel.thread import thread_of
from annual_wheel.understood import day_off_words
from annual_wheel.unreached import reaches_nobody
from annual_wheel.verbs import measures_seen_by
from annual_wheel.views.wheel import not_seen
from config.lib import clock
from config.lib.norwegian import sort_key
from organisation.acting import acting_units
from organisation.models import User
from organisation.permissions import Permission
from strategy.access import allowed_url


@login_not_required
@require_safe
def entry(request: HttpRequest, key: str) -> HttpResponse:
    user, today = request.user, clock.today()
    measures = measures_seen_by(user, today=today, through="measures")
    found = (
        Entry.objects.visible_to(user, today=today)
        .select_related("wheel__owner")
        .prefetch_related(measures, "target_groups", "responsibilities__unit", "responsibilities__group",
                          "responsibilities__function")
        .filter(key=key)
        .first()
    )  # fmt: skip
    if found is None:
        return not_seen(request)
    editions = editions_of(found)
    shown = chosen_edition(request, editions)
    said = shown.said if shown else found
    tasks = tasks_seen(request, found)
    tasks_shown = task_rows(request, tasks, shown)
    rows = entry_page.year_rows(
        found, editions, entry_page.task_notes(tasks), year=shown.year if shown else 0, today=today
    )
    steps = thread_of(said)
    may_edit = isinstance(user, User) and found.wheel.owner_id in user.reach(today)[Permission.EDIT]
    context = {
        "entry": said,
        "now": entry_page.changed_since(shown),
        "crumbs": crumbs_of(found, shown),
        "steps": steps,
        "above": steps[:-1],
        "loose": entry_page.loose_words(found, user, today=today) if len(steps) == 1 else "",
        "lines": entry_page.line_rows(shown.lines if shown else found.responsibilities.all()),
        "duty": duty_words(found.modality),
        "years": rows,
        "years_have": entry_page.columns_of(rows),
        "tasks": tasks_shown,
        **own_first(user, tasks, tasks_shown),
        "may_pick": sum(bool(row.not_relevant_url) for row in tasks_shown) > 1,
        **notes_context(request, shown),
        "log": entry_page.log_of(found, user, today=today),
        "may_edit": may_edit,
        "allowed_url": allowed_url(user, found.wheel, allowed.ENTRY, found.key, today=today),
        "empty": words_of_empty(empty_groups([found], day=today, year=standing_year(shown))) if may_edit else "",
        **shown_context(shown),
        **proposal_context(request, found),
    }
    return render(request, "annual_wheel/entry.html", context)


def proposal_context(request: HttpRequest, found: Entry) -> dict[str, object]:
    """What has been proposed about the entry, as far as one may see it, and where one may propose oneself."""
    user, today = request.user, clock.today()
    if not isinstance(user, User):
        return {}
    seen = Proposal.objects.visible_to(user, today=today).filter(entry=found).for_rows()
    opened = years.opened_years(found.wheel)
    is_proposer = found.status == "in_force" and proposing_units(user, found.wheel, today=today).exists()
    coming = years.coming_year(found.wheel, today=today) if is_proposer else 0
    return {
        "proposals": [
            proposal_row(proposal, today=today, user=user, opened=opened)
            for proposal in seen.order_by("-year", "proposed_at", "pk")
        ],
        "may_answer": found.wheel.owner_id in user.reach(today)[Permission.EDIT],
        "propose_url": reverse("entry_propose", args=[found.key, coming]) if coming else "",
        "propose_words": _("Foreslå til %(year)s") % {"year": coming},
    }


def editions_of(found: Entry) -> list[Edition]:
    """All the entry's years, the newest first, each with the lines it has of its own."""
    parties = [f"responsibilities__{party}" for party in ("unit", "group", "function")]
    editions = list(Edition.objects.filter(entry=found).with_counts().prefetch_related(*parties).order_by("-year"))
    for edition in editions:
        edition.entry = found
    return editions


def chosen_edition(request: HttpRequest, editions: list[Edition]) -> Edition | None:
    """The year in the address, else this year's, else the one nearest to it."""
    by_year = {str(edition.year): edition for edition in editions}
    nearest = years.nearest_year({edition.year for edition in editions}, today=clock.today())
    return by_year.get(request.GET.get("aar", "")) or by_year.get(str(nearest))


def standing_year(shown: Edition | None) -> int | None:
    """The year that is shown, where it is not over: who was in a group in another year is not asked."""
    return shown.year if shown and shown.year >= clock.today().year else None


def shown_context(shown: Edition | None) -> dict[str, object]:
    """What this year comes to in words."""
    if shown is None:
        return {"shown": None}
    today = clock.today()
    is_dated = shown.entry.kind != "ongoing"
    return {
        "shown": shown,
        "year": str(shown.year),
        "when": when_of(shown),
        "day_off": day_off_words(shown) if is_dated and not shown.is_cancelled else "",
        "due": due_phrase(shown, today=today) if is_dated else "",
        "relative": distance(shown.due_on, today=today) if is_dated and is_ahead(shown, today) else "",
        "state": state_of(shown, today=today),
        "notes": notes_of(shown),
        "nothing_to_tick": entry_page.is_ticked_by_none(shown.entry),
        "done": getattr(shown, "done_count", 0),
        "total": getattr(shown, "task_count", 0),
    }


def is_ahead(shown: Edition, today: date) -> bool:
    """Whether it matters how far away the day is: it is to come, or something is still open."""
    return shown.due_on >= today or bool(getattr(shown, "open_count", 0))


def tasks_seen(request: HttpRequest, found: Entry) -> list[Task]:
    """The entry's tasks of every year, as far as one may see them; nobody who is not logged in sees who ticked."""
    if not isinstance(request.user, User):
        return []
    seen = Task.objects.visible_to(request.user, today=clock.today()).filter(edition__entry=found)
    rows = seen.select_related("edition__entry__wheel", "unit", "done_by", "assigned_to").prefetch_related(
        "shared_with", "edition__entry__responsibilities", "edition__responsibilities"
    )
    return sorted(rows.order_by("pk"), key=lambda task: sort_key(task.unit.name))


def task_rows(request: HttpRequest, tasks: list[Task], shown: Edition | None) -> list[TaskRow]:
    if shown is None or not isinstance(request.user, User):
        return []
    today = clock.today()
    reach = request.user.reach(today)
    rows = [
        (task, task_row(task, tickable=reach[Permission.TICK], today=today))
        for task in tasks
        if task.edition_id == shown.pk
    ]
    is_editor = shown.entry.wheel.owner_id in reach[Permission.EDIT]
    untold = [row.is_open and (is_editor or not row.may_tick) for _task, row in rows]
    if not any(untold):
        return [row for _task, row in rows]
    directory = Directory.on(today)
    return [
        with_told(row, directory.told_of(task), is_editor=is_editor) if is_untold else row
        for (task, row), is_untold in zip(rows, untold, strict=True)
    ]


def own_first(user: Any, tasks: list[Task], rows: list[TaskRow]) -> dict[str, object]:
    """The tasks of the units where one has a role oneself, those still open first, apart from the others."""
    units = {unit.pk for unit in acting_units(user)} if isinstance(user, User) else set()
    own = {task.pk for task in tasks if units & {task.unit_id, *(unit.pk for unit in task.sharing_units)}}
    mine = [row for row in rows if row.press_url and row.pk in own]
    others = [row for row in rows if row not in mine]
    return {"own_tasks": sorted(mine, key=lambda row: not row.is_open), "other_tasks": others}


def with_told(row: TaskRow, reached: list[Told], *, is_editor: bool) -> TaskRow:
    """Say who is reminded of an open task, and to those who edit that nobody is; to others, who ticks it off."""
    if not is_editor:
        return replace(row, told=ticked_by_words(people_of(reached)))
    return replace(row, told=told_words(reached), reaches_nobody=reaches_nobody(reached))


def notes_context(request: HttpRequest, shown: Edition | None) -> dict[str, object]:
    """What units that take part have noted this year, and for which of one's own units one may write."""
    user, today = request.user, clock.today()
    if shown is None or not isinstance(user, User):
        return {}
    return {
        "unit_notes": taking_part.notes_of(shown, user, today=today),
        "may_note": taking_part.may_note_for(shown, acting_units(user), today=today),
    }


def crumbs_of(found: Entry, shown: Edition | None) -> list[dict[str, str]]:
    wheel: Wheel = found.wheel
    year_url = reverse("wheel_year", args=[wheel.slug, shown.year]) if shown else wheel.get_absolute_url()
    wheel_label = f"{wheel.title} {shown.year}" if shown else wheel.title
    return [
        {"label": _("Årshjul"), "url": reverse("wheels")},
        {"label": wheel_label, "url": year_url},
        {"label": _("Punkt"), "url": ""},
    ]
