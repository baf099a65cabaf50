"""Groups of units: the rule, the members from day to day, and whom the group means today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annual_wheel.giving import editions_ahead, give_again
from config.lib import clock
from config.lib.norwegian import free_slug
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
from organisation.administration.dated import end_page, undo_change, undo_url
from organisation.administration.rows import dated_rows
from organisation.forms import GroupForm, MemberForm
from organisation.models import GroupMember, GroupRule, Unit, UnitGroup
from organisation.services import CannotChange, add_dated
from organisation.words import count_groups, count_units


@dataclass(frozen=True)
class GroupRow:
    name: str
    url: str
    owner: str
    rule: str


def rule_words(group: UnitGroup) -> str:
    """Say in a sentence how the members are found."""
    if group.rule == GroupRule.NAMED:
        return _("Bare et navn: ingen får oppgaver gjennom gruppen")
    if group.rule == GroupRule.CHILDREN:
        kind = {"kind": group.get_member_kind_display(), "owner": group.owner.label}  # type: ignore[attr-defined]
        words = _("Alle enheter av typen %(kind)s under %(owner)s") % kind
    else:
        words = _("Enhetene som er ført opp")
    if group.except_group:
        words = _("%(rule)s, unntatt %(others)s") % {"rule": words, "others": group.except_group}
    return words


def reached_groups(request: HttpRequest) -> QuerySet[UnitGroup]:
    return UnitGroup.objects.select_related("owner", "except_group").filter(owner__in=administered_ids(request))


def reached_group(request: HttpRequest, slug: str) -> UnitGroup:
    return get_object_or_404(reached_groups(request), slug=slug)


def passed_on(group: UnitGroup) -> str:
    return give_again(today=clock.today(), groups=[group]).words


@administers
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("sok", "")
    found = [row for row in in_order(reached_groups(request), str) if matches(words, row.name, row.name_en)]
    context = {
        "rows": [
            GroupRow(str(row), reverse("admin_group", args=[row.slug]), row.owner.label, rule_words(row))
            for row in found
        ],
        "count_words": count_groups(len(found)),
        "asked": {"sok": words},
        "is_filtered": bool(words),
        "crumbs": crumbs((_("Grupper"), "")),
    }
    return list_answer(request, "administration/groups.html", context)


@administers
@transaction.atomic
def group_new(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST or None, owners=administered_units(request))
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.slug = free_slug(made.name, UnitGroup.objects.values_list("slug", flat=True))
        signed(made, by=user_of(request)).save()
        messages.success(request, _("Gruppen er laget. Se hvem den gjelder nå."))
        return redirect("admin_group", made.slug)
    back = reverse("admin_groups")
    way = crumbs((_("Grupper"), back), (_("Ny"), ""))
    lead = _("Enheter som kan få ansvar sammen. Hver får sin oppgave, om punktet i årshjulet sier det.")
    return form_page(
        request, form, title=_("Ny gruppe"), lead=lead, button=_("Lag gruppen"), cancel_url=back, crumbs=way
    )


@administers
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group: its rule, its members, whom it means today, and what hangs on it."""
    shown, today = reached_group(request, slug), clock.today()
    members = GroupMember.objects.filter(group=shown).select_related("unit")
    rows = dated_rows(
        in_order(members, lambda row: row.unit.name),
        kind="member",
        title=lambda row: (row.unit.name, ""),
        note=lambda row: "",
        reach={row.unit_id for row in members},
        today=today,
    )
    context: dict[str, Any] = {
        "group": shown,
        "rule": rule_words(shown),
        "is_listed": shown.rule == GroupRule.LISTED,
        "members": rows,
        "excluded_from": [
            (str(row), reverse("admin_group", args=[row.slug])) for row in shown.excluded_from.select_related("owner")
        ],
        "edition_count": editions_ahead(today=today, groups=[shown]).count() if shown.is_fanning_out else 0,
        "crumbs": crumbs((_("Grupper"), reverse("admin_groups")), (str(shown), "")),
        **today_words(shown, today),
    }
    return render(request, "administration/group.html", context)


def today_words(group: UnitGroup, today: date) -> dict[str, Any]:
    names = [unit.name for unit in in_order(group.units_on(today), lambda row: row.name)]
    return {"units_today": names, "count_words": count_units(len(names))}


@administers
@transaction.atomic
def group_edit(request: HttpRequest, slug: str) -> HttpResponse:
    changed = reached_group(request, slug)
    name, back = str(changed), reverse("admin_group", args=[slug])
    form = GroupForm(request.POST or None, instance=changed, owners=administered_units(request))
    if request.method == "POST" and form.is_valid():
        signed(form.save(commit=False), by=user_of(request)).save()
        words = " ".join((_("Endringen er lagret."), passed_on(changed))).strip()
        messages.success(request, words, extra_tags=undo_url("admin_group_undo", changed))
        return redirect(back)
    way = crumbs((_("Grupper"), reverse("admin_groups")), (name, back), (_("Endre"), ""))
    title = _("Endre %(name)s") % {"name": name}
    return form_page(request, form, title=title, button=_("Lagre"), cancel_url=back, crumbs=way)


@administers
@require_POST
@transaction.atomic
def group_undo(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    row = get_object_or_404(reached_groups(request), pk=pk)
    back = reverse("admin_group", args=[row.slug])
    return undo_change(request, row, change, back=lambda: back, after=lambda: passed_on(row))


@administers
@transaction.atomic
def member_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a unit on a group's list. Its owner decides, so the unit may be anybody's."""
    added_to, today = reached_group(request, slug), clock.today()
    units = Unit.objects.without_tree_fields().open_on(today).order_by("name")
    form = MemberForm(request.POST or None, units=units, initial={"from_on": today.isoformat()})
    back = reverse("admin_group", args=[slug])
    if request.method == "POST" and form.is_valid():
        form.instance.group = added_to
        try:
            row = add_dated(form.save(commit=False), by=user_of(request))
        except CannotChange as refused:
            form.add_error("unit", str(refused))
        else:
            words = _("%(unit)s er med i gruppen.") % {"unit": row.unit.name}
            words = f"{words} {passed_on(added_to)}".strip()
            messages.success(request, words, extra_tags=undo_url("admin_member_undo", row))
            return redirect(back)
    way = crumbs((_("Grupper"), reverse("admin_groups")), (str(added_to), back), (_("Nytt medlem"), ""))
    title = _("Før opp en enhet i %(group)s") % {"group": added_to}
    return form_page(request, form, title=title, button=_("Før opp"), cancel_url=back, crumbs=way)


def reached_member(request: HttpRequest, pk: int) -> GroupMember:
    rows = GroupMember.objects.select_related("group__owner", "group__except_group", "unit")
    member: GroupMember = get_object_or_404(rows.filter(group__owner__in=administered_ids(request)), pk=pk)
    return member


@administers
@transaction.atomic
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = reached_member(request, pk)
    back = reverse("admin_group", args=[row.group.slug])
    return end_page(
        request,
        row,
        what=(_("medlemskapet"), f"{row.unit}, «{row.group}»"),
        way=[(_("Grupper"), reverse("admin_groups")), (str(row.group), back)],
        undo_name="admin_member_undo",
        after=lambda: passed_on(row.group),
    )


@administers
@require_POST
@transaction.atomic
def member_undo(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    row = reached_member(request, pk)
    back = reverse("admin_group", args=[row.group.slug])
    return undo_change(request, row, change, back=lambda: back, after=lambda: passed_on(row.group))
