"""Functions, and who holds them where."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

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
from organisation.administration.dated import undo_url
from organisation.administration.rows import dated_rows
from organisation.forms import FunctionForm, HolderForm
from organisation.models import Function, User
from organisation.people import administered_by, reaches_everything
from organisation.services import CannotChange, add_dated
from organisation.words import count_functions, count_people


@dataclass(frozen=True)
class FunctionRow:
    name: str
    url: str
    holders: str


@administers
@require_safe
def functions(request: HttpRequest) -> HttpResponse:
    """List the functions, each with how many hold it at the units one administers."""
    today, words = clock.today(), request.GET.get("sok", "")
    here = Q(holders__unit__in=administered_ids(request))
    standing = here & (Q(holders__to_on__isnull=True) | Q(holders__to_on__gte=today))
    found = Function.objects.annotate(holder_count=Count("holders", filter=standing))
    rows = [row for row in in_order(found, str) if matches(words, row.name, row.name_en)]
    context = {
        "rows": [
            FunctionRow(
                str(row),
                reverse("admin_function", args=[row.slug]),
                count_people(row.holder_count) if row.holder_count else _("Ingen har den ennå"),
            )
            for row in rows
        ],
        "count_words": count_functions(len(rows)),
        "asked": {"sok": words},
        "is_filtered": bool(words),
        "may_write": may_write(request),
        "crumbs": crumbs((_("Funksjoner"), "")),
    }
    return list_answer(request, "administration/functions.html", context)


def may_write(request: HttpRequest) -> bool:
    """Functions are shared by all units: only who administers all of them may name them."""
    return reaches_everything(user_of(request), today=clock.today())


def refuse_unless_all(request: HttpRequest) -> None:
    if not may_write(request):
        raise PermissionDenied


@administers
def function_new(request: HttpRequest) -> HttpResponse:
    refuse_unless_all(request)
    form = FunctionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.slug = free_slug(made.name, Function.objects.values_list("slug", flat=True))
        signed(made, by=user_of(request)).save()
        messages.success(request, _("Funksjonen er laget. Si hvem som har den."))
        return redirect("admin_function", made.slug)
    back = reverse("admin_functions")
    way = crumbs((_("Funksjoner"), back), (_("Ny"), ""))
    lead = _("Det noen er ved en enhet, som «kommunikasjonsrådgiver». Ansvar kan da gis til funksjonen, ikke personen.")
    return form_page(
        request, form, title=_("Ny funksjon"), lead=lead, button=_("Lag funksjonen"), cancel_url=back, crumbs=way
    )


@administers
@transaction.atomic
def function_edit(request: HttpRequest, slug: str) -> HttpResponse:
    refuse_unless_all(request)
    changed = get_object_or_404(Function, slug=slug)
    form = FunctionForm(request.POST or None, instance=changed)
    back = reverse("admin_function", args=[slug])
    if request.method == "POST" and form.is_valid():
        signed(form.save(commit=False), by=user_of(request)).save()
        messages.success(request, _("Endringen er lagret."))
        return redirect(back)
    name = form.initial["name"]
    way = crumbs((_("Funksjoner"), reverse("admin_functions")), (name, back), (_("Endre"), ""))
    title = _("Endre %(name)s") % {"name": name}
    return form_page(request, form, title=title, button=_("Lagre"), cancel_url=back, crumbs=way)


@administers
@require_safe
def function(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who holds a function, and where."""
    shown = get_object_or_404(Function, slug=slug)
    reach, today = administered_ids(request), clock.today()
    holders = shown.holders.select_related("unit", "user").filter(unit__in=reach)
    rows = dated_rows(
        in_order(holders, lambda row: row.unit.name),
        kind="holder",
        title=lambda row: (row.user.name, reverse("admin_person", args=[row.user_id])),
        note=lambda row: row.unit.name,
        reach=reach,
        today=today,
    )
    context = {
        "function": shown,
        "rows": rows,
        "count_words": count_people(sum(not row.has_ended for row in rows)),
        "may_write": may_write(request),
        "crumbs": crumbs((_("Funksjoner"), reverse("admin_functions")), (str(shown), "")),
    }
    return render(request, "administration/function.html", context)


@administers
def holder_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Say who holds a function at a unit."""
    held = get_object_or_404(Function, slug=slug)
    active = User.objects.filter(is_active=True)
    form = HolderForm(
        request.POST or None,
        units=administered_units(request),
        people=active,
        initial={"from_on": clock.today().isoformat(), "who": request.GET.get("person", "")},
    )
    back = reverse("admin_function", args=[slug])
    if request.method == "POST" and form.is_valid():
        form.instance.function, form.instance.user = held, form.cleaned_data["who"]
        try:
            row = add_dated(form.save(commit=False), by=user_of(request))
        except CannotChange as refused:
            form.add_error(None, str(refused))
        else:
            words = _("%(name)s har nå funksjonen.") % {"name": row.user.name}  # type: ignore[union-attr]
            messages.success(request, words, extra_tags=undo_url("admin_holder_undo", row))
            return redirect(back)
    way = crumbs((_("Funksjoner"), reverse("admin_functions")), (str(held), back), (_("Ny innehaver"), ""))
    title = _("Hvem er %(function)s?") % {"function": held}
    # Anyone may be typed; only those one looks after are offered.
    mine = administered_by(user_of(request), today=clock.today()).filter(is_active=True)
    known = mine.order_by("name").values_list("email", "name")
    return form_page(
        request,
        form,
        title=title,
        button=_("Lagre"),
        cancel_url=back,
        crumbs=way,
        options=lambda: known,
        options_id="people",
    )
