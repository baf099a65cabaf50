"""A group as everybody may see it, where a unit can tell that it is one of those now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annual_wheel.administration.groups import rule_words, today_words
from annual_wheel.giving import Given
from annual_wheel.reporting_in import may_report, report_in, report_out
from config.lib import clock
from organisation.administration.access import in_order, user_of
from organisation.models import GroupMember, GroupRule, Unit, UnitGroup, User
from organisation.permissions import Permission
from organisation.services import CannotChange


@dataclass(frozen=True)
class OwnUnit:
    slug: str
    name: str
    is_member: bool


def own_units(group: UnitGroup, user: User, today: date) -> list[OwnUnit]:
    """Return the units that the person may speak for, and whether each is listed; none where it is no such list."""
    if group.rule != GroupRule.LISTED or not group.excluded_from.exists():
        return []
    tickable = user.reach(today)[Permission.TICK]
    listed = set(GroupMember.objects.on(today).filter(group=group).values_list("unit_id", flat=True))
    units = Unit.objects.without_tree_fields().open_on(today).filter(pk__in=tickable, is_participating=True)
    shown = [unit for unit in units if unit.pk in listed or may_report(group, unit, today=today)]
    return [OwnUnit(unit.slug, unit.name, unit.pk in listed) for unit in in_order(shown, lambda row: row.name)]


def found_group(slug: str) -> UnitGroup:
    group: UnitGroup = get_object_or_404(UnitGroup.objects.select_related("owner", "except_group"), slug=slug)
    return group


def context_of(group: UnitGroup, user: User, today: date) -> dict[str, Any]:
    return {
        "group": group,
        "rule": rule_words(group),
        "own": own_units(group, user, today),
        "crumbs": [{"label": _("Mitt arbeid"), "url": "/mitt-arbeid/"}, {"label": str(group), "url": ""}],
        **today_words(group, today),
    }


@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    context = context_of(found_group(slug), user_of(request), clock.today())
    return render(request, "administration/group_open.html", context)


@require_POST
def group_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell that a unit belongs in the group from now on."""
    named, unit = found_group(slug), own_unit(request)
    try:
        given = report_in(named, unit, by=user_of(request), today=clock.today())
    except CannotChange as refused:
        messages.error(request, str(refused))
        return answer(request, named)
    return said(request, named, _("%(unit)s er nå med i «%(group)s».") % {"unit": unit.name, "group": named}, given)


@require_POST
def group_report_undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it back."""
    named, unit = found_group(slug), own_unit(request)
    given = report_out(named, unit, by=user_of(request), today=clock.today())
    words = _("%(unit)s er ikke lenger med i «%(group)s».") % {"unit": unit.name, "group": named}
    return said(request, named, words, given)


def own_unit(request: HttpRequest) -> Unit:
    """Return the unit named in the form, where the person may tick off for it."""
    reach = user_of(request).reach(clock.today())[Permission.TICK]
    units = Unit.objects.without_tree_fields().filter(pk__in=reach)
    unit: Unit = get_object_or_404(units, slug=request.POST.get("unit", ""))
    return unit


def said(request: HttpRequest, group: UnitGroup, words: str, given: Given) -> HttpResponse:
    messages.success(request, f"{words} {given.words}".strip())
    return answer(request, group)


def answer(request: HttpRequest, group: UnitGroup) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(reverse("group", args=[group.slug]))
    context = context_of(group, user_of(request), clock.today())
    return render(request, "administration/group_open.html#state", context)
