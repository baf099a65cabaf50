"""The year's turn: the meeting's page, a choice about each entry, the year as it will be, and undoing its opening."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from annual_wheel import closing, coverage, turning
from annual_wheel.access import Turn, entry_of_wheel, turn_to_see, turn_to_write
from annual_wheel.forms_turning import ChoiceForm
from annual_wheel.models import Choice, Entry, WheelYear
from annual_wheel.own_words import Reach, Years
from annual_wheel.phrases import day_phrase
from annual_wheel.rows import month_words
from annual_wheel.turn_page import TurnRow, figures, new_proposals, row_of, shown_in, turn_rows, turn_url
from config.lib import clock
from config.lib.language import lang_of
from config.lib.models import StaleEdit
from organisation.models import User
from strategy.models import Document
from strategy.views.editing import short


@require_safe
def wheel_turn(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Every entry with the years behind it and what becomes of it."""
    today = clock.today()
    turn = turn_to_see(request, slug, year, today=today)
    rows = turn_rows(turn.wheel, year, user=request.user, today=today)  # type: ignore[arg-type]
    chosen = request.GET.get("vis", "")
    context = {
        **frame(turn, rows, chosen),
        "crumbs": crumbs(turn),
        "months": by_month(shown_in(chosen, rows)),
        "new_proposals": new_proposals(turn.wheel, year, user=request.user, today=today),  # type: ignore[arg-type]
        "cover": covered(request, turn),
        **closing_context(turn),
    }
    part = "#head" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"annual_wheel/turn.html{part}", context)


def frame(turn: Turn, rows: list[TurnRow], chosen: str = "") -> dict[str, Any]:
    """What the page, its head and each row need alike."""
    here = turn_url(turn.wheel, turn.year)
    return {
        "turn": turn,
        "wheel": turn.wheel,
        "year": str(turn.year),
        "before": str(turn.year - 1),
        "here": here,
        "address": f"{here}?{urlencode({'vis': chosen})}" if chosen else here,
        "chosen": chosen,
        "figures": figures(rows, chosen=chosen, is_opened=turn.is_opened),
        "count": ngettext("%(count)d punkt", "%(count)d punkter", len(rows)) % {"count": len(rows)},
        "total": len(rows),
        "may_decide": turn.is_editor and not turn.is_opened,
        "may_answer": turn.is_editor,
        "may_propose": turn.units.exists() and not turn.is_opened,
    }


def crumbs(turn: Turn, *last: str) -> list[dict[str, str]]:
    words = _("Årets vending %(year)s") % {"year": turn.year}
    trail = [
        {"label": _("Årshjul"), "url": reverse("wheels")},
        {"label": turn.wheel.title, "url": turn.wheel.get_absolute_url()},
    ]
    if not last:
        return [*trail, {"label": words}]
    return [*trail, {"label": words, "url": turn_url(turn.wheel, turn.year)}, *({"label": label} for label in last)]


def by_month(rows: list[TurnRow]) -> list[tuple[int, str, list[TurnRow]]]:
    """The rows under their months, what goes on all year at the end."""
    numbers = sorted({row.month for row in rows}, key=lambda number: number or 13)
    return [(number, month_words(number), [row for row in rows if row.month == number]) for number in numbers]


def covered(request: HttpRequest, turn: Turn) -> dict[str, Any] | None:
    """What of the plan nobody has dated in the year, and the entries that no measure explains; None without a plan."""
    today, plan = clock.today(), turn.wheel.document
    if plan is None or not Document.objects.visible_to(request.user, today=today).filter(pk=plan.pk).exists():
        return None
    entries = coverage.standing_entries(request.user, year=turn.year, today=today)
    unexplained = coverage.unexplained(entries, [plan.pk]).filter(wheel=turn.wheel).order_by("month", "position", "pk")
    return {
        "plan": plan,
        "lang": lang_of(plan.language),
        "evaluated": str(last := min(turn.year - 1, today.year)),
        "evaluation_url": reverse("plan_evaluation", args=[plan.slug, last]) if plan.kind == "action_plan" else "",
        "undated": [
            (text, reverse("measure", args=[key])) for key, text in coverage.undated(plan, entries, today=today)
        ],
        "unexplained": [(entry.text, entry.get_absolute_url()) for entry in unexplained],
    }


def closing_context(turn: Turn) -> dict[str, Any]:
    """Who opened the year, and whether that can still be undone."""
    opened = WheelYear.objects.select_related("opened_by").filter(wheel=turn.wheel, year=turn.year).first()
    if opened is None:
        return {}
    day = day_phrase(localtime(opened.opened_at).date(), today=clock.today())
    done = closing.done_in(turn.wheel, turn.year) if turn.is_editor else []
    return {
        "opened_words": _("%(year)s ble åpnet %(day)s av %(who)s.")
        % {"who": opened.opened_by, "year": turn.year, "day": day},
        "refusal": closing.refusal(turn.year, done) if done else "",
    }


@require_POST
def turn_decide(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Keep, change or drop an entry; changing goes on to its form, with the years from this one on chosen."""
    today = clock.today()
    entry = entry_of_wheel(request, key, today=today)
    turn = turn_to_write(request, entry.wheel.slug, year, today=today)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return answer(request, turn, entry, said=_("Velg hva som skal skje med punktet."))
    sent = form.cleaned_data
    try:
        turning.decide(
            entry,
            year=year,
            choice=sent["choice"],
            why=sent["why"],
            by=request.user,  # type: ignore[arg-type]
            now=now(),
            today=today,
            expected=sent["lock_version"],
        )
    except StaleEdit as stale:
        return answer(request, turn, entry, said=told_stale(stale, request.user), why=sent["why"])
    except turning.CannotDecide as refused:
        return answer(request, turn, entry, said=str(refused), why=sent["why"])
    if sent["choice"] == Choice.CHANGE:
        address = change_url(entry, year, back=back_to(turn, entry, Choice.CHANGE))
        return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]
    return answer(request, turn, entry, done=told(sent["choice"], entry, year))


def told(choice: str, entry: Entry, year: int) -> str:
    words = {"text": short(entry), "year": year, "before": year - 1}
    if choice == Choice.DROP:
        return _("Avsluttes etter %(before)s: «%(text)s»") % words
    return _("Beholdes i %(year)s: «%(text)s»") % words


def told_stale(stale: StaleEdit, user: Any) -> str:
    decision = stale.current
    if decision.decided_by_id is None or decision.decided_by_id == user.pk:
        return _("Punktet er gått gjennom siden du åpnet siden. Se over, og velg på nytt.")
    words = _("%(who)s valgte «%(choice)s» mens du hadde siden åpen. Se over, og velg på nytt.")
    return words % {"who": decision.decided_by, "choice": decision.get_choice_display()}


def change_url(entry: Entry, year: int, *, back: str) -> str:
    """The entry's form with the years from this one on chosen, and the way back to the row."""
    query = {"ar": Years(Reach.FROM, year).code, "next": back}
    return f"{reverse('entry_edit', args=[entry.key])}?{urlencode(query)}"


def back_to(turn: Turn, entry: Entry, choice: str) -> str:
    """The page at the button that was pressed: a browser gives focus to what the address names."""
    button = {Choice.CHANGE: "endre", Choice.DROP: "avslutt"}.get(Choice(choice), "behold")
    return f"{turn_url(turn.wheel, turn.year)}#{button}-{entry.key}"


def answer(
    request: HttpRequest, turn: Turn, entry: Entry, *, done: str = "", said: str = "", why: str = ""
) -> HttpResponse:
    """The row as it now stands, or the page at the row."""
    if not request.htmx:  # type: ignore[attr-defined]
        if said:
            messages.warning(request, said)
        else:
            messages.success(request, done)
        asked = request.POST.get("choice", "")
        return redirect(back_to(turn, entry, asked if asked in Choice.values else Choice.KEEP))
    rows = turn_rows(turn.wheel, turn.year, user=request.user, today=clock.today())  # type: ignore[arg-type]
    context = {**frame(turn, rows), "row": row_of(rows, entry, said=said, why=why)}
    response = render(request, "annual_wheel/_turn_row.html", context)
    trigger_client_event(response, "announce", {"value": said or done})
    return trigger_client_event(response, "turn-changed", after="settle")


@require_safe
def turn_preview(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The year as it will be, with what has no date yet first; from here it is opened."""
    today = clock.today()
    turn = turn_to_see(request, slug, year, today=today)
    rows = turn_rows(turn.wheel, year, user=request.user, today=today)  # type: ignore[arg-type]
    standing = [row for row in rows if not row.is_dropped]
    context = {
        **frame(turn, rows),
        "crumbs": crumbs(turn, _("Slik blir %(year)s") % {"year": year}),
        "wrong": [(row, change_url_of(row.key, turn)) for row in standing if row.error],
        "months": by_month([row for row in standing if not row.error]),
        "standing_count": len(standing),
        "dropped": [row for row in rows if row.is_dropped],
        **closing_context(turn),
    }
    return render(request, "annual_wheel/turn_preview.html", context)


def change_url_of(key: str, turn: Turn) -> str:
    query = {
        "ar": Years(Reach.FROM, turn.year).code,
        "next": reverse("turn_preview", args=[turn.wheel.slug, turn.year]),
    }
    return f"{reverse('entry_edit', args=[key])}?{urlencode(query)}"


@require_POST
def wheel_close(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Undo that a year was opened, for as long as nobody has done anything in it."""
    turn = turn_to_write(request, slug, year, today=clock.today())
    assert isinstance(request.user, User)
    try:
        closing.undo_opening(turn.wheel, year=year, by=request.user)
    except closing.CannotClose as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Åpningen av %(year)s er angret. Valgene dere har gjort, står.") % {"year": year})
    return redirect("wheel_turn", slug, year)
