"""Units: the tree, a new one, changes, moving, and closing by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from annual_wheel.giving import Given, give_again, lost_by_closing
from annual_wheel.models import WheelYear
from config.lib import clock
from config.lib.days import day_words
from config.lib.norwegian import free_slug, sort_key
from config.lib.saving import signed
from organisation.administration.access import (
    administered_ids,
    administered_units,
    administers,
    crumbs,
    form_page,
    in_order,
    list_answer,
    matches,
    user_of,
)
from organisation.administration.dated import undo_change, undo_url
from organisation.forms import CloseForm, UnitForm
from organisation.groups import groups_with
from organisation.models import Membership, Unit, UnitGroup, counts_on
from organisation.people import reaches_everything
from organisation.words import count_people, count_units


@dataclass(frozen=True)
class UnitRow:
    name: str
    short_name: str
    kind: str
    url: str
    depth: int
    people: str
    state: str


def state_of(unit: Unit, today: date) -> str:
    """Say when it opens or closes, where that is worth a word."""
    if unit.closes_on:
        words = _("Lagt ned %(day)s") if unit.closes_on <= today else _("Legges ned %(day)s")
        return words % {"day": day_words(unit.closes_on)}
    if unit.opens_on and unit.opens_on > today:
        return _("Åpner %(day)s") % {"day": day_words(unit.opens_on)}
    return ""


def in_tree_order(units: list[Unit]) -> list[tuple[Unit, int]]:
    """Return each unit with its depth, parents first and siblings by name; a top has no parent here."""
    ids = {unit.pk for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in sorted(units, key=lambda unit: sort_key(unit.name)):
        below.setdefault(unit.parent_id if unit.parent_id in ids else None, []).append(unit)
    ordered: list[tuple[Unit, int]] = []

    def walk(parent: int | None, depth: int) -> None:
        for unit in below.get(parent, []):
            ordered.append((unit, depth))
            walk(unit.pk, depth + 1)

    walk(None, 0)
    return ordered


@administers
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """List the units one administers as a tree; a search gives a flat list."""
    today, words, shown = clock.today(), request.GET.get("sok", ""), request.GET.get("vis", "")
    on = counts_on(today, "memberships__") & Q(memberships__user__is_active=True)
    count = Count("memberships__user", filter=on, distinct=True)
    found = administered_units(request).annotate(person_count=count)
    if shown != "alle":
        found = found.filter(Q(closes_on__isnull=True) | Q(closes_on__gt=today))
    tree = in_tree_order(list(found))
    rows = [
        UnitRow(
            name=unit.name,
            short_name=unit.short_name,
            kind=capfirst(unit.get_kind_display()),
            url=reverse("admin_unit", args=[unit.slug]),
            depth=0 if words else min(depth, 4),
            people=count_people(unit.person_count) if unit.person_count else "",
            state=state_of(unit, today),
        )
        for unit, depth in tree
        if matches(words, unit.name, unit.short_name, unit.name_en)
    ]
    context = {
        "rows": rows,
        "count_words": count_units(len(rows)),
        "asked": {"sok": words, "vis": shown},
        "is_filtered": bool(words),
        "crumbs": crumbs((_("Enheter"), "")),
    }
    return list_answer(request, "administration/units.html", context)


def reached_unit(request: HttpRequest, slug: str) -> Unit:
    return get_object_or_404(administered_units(request).select_related("parent"), slug=slug)


def unit_form(request: HttpRequest, **kwargs: Any) -> UnitForm:
    stands_alone = reaches_everything(user_of(request), today=clock.today())
    return UnitForm(request.POST or None, parents=administered_units(request), may_stand_alone=stands_alone, **kwargs)


def passed_on(*changed: Unit) -> str:
    """Work out the tasks again after a change of these units, and say what that meant. Any group may hold them."""
    return give_again(today=clock.today(), groups=UnitGroup.objects.all(), units=changed).words


@administers
@transaction.atomic
def unit_new(request: HttpRequest) -> HttpResponse:
    # Until a year has been opened, what is entered has been there all along.
    opens_on = clock.today().isoformat() if WheelYear.objects.exists() else None
    form = unit_form(request, initial={"parent": parent_of_new(request), "opens_on": opens_on})
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.slug = free_slug(
            made.short_name or made.name, Unit.objects.without_tree_fields().values_list("slug", flat=True)
        )
        signed(made, by=user_of(request)).save()
        user_of(request).__dict__.pop("_reach", None)
        words = _("%(unit)s er laget.") % {"unit": made.name}
        messages.success(request, f"{words} {passed_on(made)}".strip())
        return redirect("admin_unit", made.slug)
    back = reverse("admin_units")
    way = crumbs((_("Enheter"), back), (_("Ny"), ""))
    return form_page(request, form, title=_("Ny enhet"), button=_("Lag enheten"), cancel_url=back, crumbs=way)


def parent_of_new(request: HttpRequest) -> Unit | None:
    """The unit in the address; else the only one at the top, which a new one nearly always belongs under."""
    units = administered_units(request)
    named = units.filter(slug=request.GET.get("under", "")).first()
    top = list(units.filter(parent=None)[:2])
    return named or (top[0] if len(top) == 1 else None)


@administers
@require_safe
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a unit: where it stands, what is below it, who has a role there."""
    shown, today = reached_unit(request, slug), clock.today()
    below = in_order(Unit.objects.without_tree_fields().filter(parent=shown), lambda row: row.name)
    members = Membership.objects.on(today).filter(unit=shown, user__is_active=True).select_related("user")
    context = {
        "unit": shown,
        "kind": capfirst(shown.get_kind_display()),
        "state": state_of(shown, today),
        "opens": day_words(shown.opens_on) if shown.opens_on else "",
        "below": [(row.name, reverse("admin_unit", args=[row.slug]), state_of(row, today)) for row in below],
        "people": [
            (row.user.name, reverse("admin_person", args=[row.user_id]), row.get_role_display())
            for row in in_order(members, lambda row: row.user.name)
        ],
        "groups": [
            (str(row), reverse("group", args=[row.slug]))
            for row in in_order(UnitGroup.objects.filter(pk__in=groups_with([shown.pk], on=today)), str)
        ],
        "crumbs": crumbs((_("Enheter"), reverse("admin_units")), (shown.label, "")),
    }
    return render(request, "administration/unit.html", context)


@administers
@transaction.atomic
def unit_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a unit, or move it under another parent."""
    changed = reached_unit(request, slug)
    name, back = changed.name, reverse("admin_unit", args=[slug])
    form = unit_form(request, instance=changed)
    form.fields["parent"].queryset = _parents_for(changed, request)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        signed(form.save(commit=False), by=user_of(request)).save()
        words = " ".join((_("Endringen er lagret."), passed_on(changed))).strip()
        messages.success(request, words, extra_tags=undo_url("admin_unit_undo", changed))
        return redirect(back)
    way = crumbs((_("Enheter"), reverse("admin_units")), (name, back), (_("Endre"), ""))
    title = _("Endre %(name)s") % {"name": name}
    return form_page(request, form, title=title, button=_("Lagre"), cancel_url=back, crumbs=way)


def _parents_for(changed: Unit, request: HttpRequest) -> Any:
    """Where it stands now is always a choice, also where that unit is not the administrator's own."""
    reach = administered_ids(request) | ({changed.parent_id} if changed.parent_id else set())
    return Unit.objects.without_tree_fields().filter(pk__in=reach).order_by("name")


@administers
@transaction.atomic
def unit_close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a unit from a day on. What it has done stands; what it has not is withdrawn."""
    closed = reached_unit(request, slug)
    back = reverse("admin_unit", args=[slug])
    form = CloseForm(request.POST or None, initial={"closes_on": clock.today().isoformat()})
    if request.method == "POST" and form.is_valid():
        closed.closes_on = form.cleaned_data["closes_on"]
        if closed.opens_on and closed.closes_on <= closed.opens_on:
            form.add_error("closes_on", _("Enheten åpner ikke før %(day)s.") % {"day": day_words(closed.opens_on)})
        else:
            signed(closed, by=user_of(request), why=gettext_noop("Lagt ned.")).save()
            words = f"{state_of(closed, clock.today())}: {closed.name}. {passed_on(closed)}".strip()
            messages.success(request, words, extra_tags=undo_url("admin_unit_undo", closed))
            return redirect(back)
    way = crumbs((_("Enheter"), reverse("admin_units")), (closed.name, back), (_("Legg ned"), ""))
    title = _("Legg ned %(name)s") % {"name": closed.name}
    lead = _("Enhetene under blir ikke lagt ned av dette. Flytt dem først, om de skal bestå.")
    lead = f"{_lost_today(closed)} {lead}"
    return form_page(request, form, title=title, lead=lead, button=_("Legg ned"), cancel_url=back, crumbs=way)


def _lost_today(unit: Unit) -> str:
    """What closing the unit today would mean for its tasks."""
    today = clock.today()
    lost = lost_by_closing([Unit(pk=unit.pk, closes_on=today)], today=today).get(unit.pk, Given())
    if not lost.withdrawn:
        return _("Legges enheten ned i dag, blir ingen oppgaver trukket.")
    return _("Legges enheten ned i dag: %(tasks)s.") % {"tasks": lost.forecast}


@administers
@require_POST
@transaction.atomic
def unit_reopen(request: HttpRequest, slug: str) -> HttpResponse:
    opened = reached_unit(request, slug)
    opened.closes_on = None
    signed(opened, by=user_of(request), why=gettext_noop("Åpnet igjen.")).save()
    words = " ".join((_("%(unit)s er åpen igjen.") % {"unit": opened.name}, passed_on(opened))).strip()
    messages.success(request, words, extra_tags=undo_url("admin_unit_undo", opened))
    return redirect("admin_unit", slug)


@administers
@require_POST
@transaction.atomic
def unit_undo(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    row = get_object_or_404(administered_units(request), pk=pk)
    back = reverse("admin_unit", args=[row.slug])
    return undo_change(request, row, change, back=lambda: back, after=lambda: passed_on(row))
