"""Ending what holds from a day to a day, and taking a change back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.days import day_words
from organisation.administration.access import administered_ids, administers, crumbs, form_page, user_of
from organisation.forms import EndForm
from organisation.models import FunctionHolder, Membership
from organisation.people import administered_by
from organisation.services import CannotChange, DatedRow, end_dated, last_change, refusal, undo


def undo_url(name: str, row: Any) -> str:
    """Return where the row's newest change is taken back; after a deletion there is nothing to take back."""
    return reverse(name, args=[row.pk, last_change(row)])


def end_page(
    request: HttpRequest,
    row: DatedRow,
    *,
    what: tuple[str, str],
    way: Sequence[tuple[str, str]],
    undo_name: str,
    after: Callable[[], str] | None = None,
) -> HttpResponse:
    """Ask for the last day, and end it. `after` does what follows, and says what that was.

    `what` says in a few words what ends, and whose or where it is; `way` are the steps here: (label, address).
    """
    today, back = clock.today(), way[-1][1]
    form = EndForm(request.POST or None, initial={"last_day": today.isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            end_dated(row, last_day=form.cleaned_data["last_day"], by=user_of(request))
        except CannotChange as refused:
            form.add_error("last_day", str(refused))
        else:
            words = _("%(what)s er avsluttet. Siste dag er %(day)s.") % {"what": row, "day": day_words(row.to_on)}  # type: ignore[arg-type]
            words = f"{words} {after()}".strip() if after else words
            messages.success(request, words, extra_tags=undo_url(undo_name, row))
            return redirect(back)
    lead = _("%(where)s. Det gjelder ut den siste dagen. Det som er gjort, blir stående, og du kan angre.")
    title = _("Avslutt %(what)s") % {"what": what[0]}
    said = {"title": title, "lead": lead % {"where": what[1]}, "button": _("Avslutt"), "cancel_url": back}
    return form_page(request, form, crumbs=crumbs(*way, (_("Avslutt"), "")), **said)


def undo_change(
    request: HttpRequest, row: Any, change: int, *, back: Callable[[], str], after: Callable[[], str] | None = None
) -> HttpResponse:
    try:
        undo(row, change=change, by=user_of(request))
    except CannotChange as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, " ".join((_("Endringen er angret."), after() if after else "")).strip())
    return redirect(back())


@administers
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Membership.objects.select_related("user", "unit").filter(unit__in=administered_ids(request))
    row = get_object_or_404(rows, pk=pk)
    back = reverse("admin_person", args=[row.user_id])
    if words := refusal(row, by=user_of(request), today=clock.today()):
        messages.error(request, words)
        return redirect(back)
    return end_page(
        request,
        row,
        what=(_("rollen %(role)s") % {"role": row.get_role_display()}, f"{row.user}, {row.unit}"),
        way=[(_("Personer"), reverse("admin_people")), (str(row.user), back)],
        undo_name="admin_membership_undo",
    )


@administers
@require_POST
def membership_undo(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    row = get_object_or_404(Membership.objects.filter(unit__in=administered_ids(request)), pk=pk)
    person = row.user_id

    def back() -> str:
        """A person whose only role here is gone is no longer the administrator's to look at."""
        is_reached = administered_by(user_of(request), today=clock.today()).filter(pk=person).exists()
        return reverse("admin_person", args=[person]) if is_reached else reverse("admin_people")

    if words := refusal(row, by=user_of(request), today=clock.today()):
        messages.error(request, words)
        return redirect(back())
    return undo_change(request, row, change, back=back)


@administers
def holder_end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = FunctionHolder.objects.select_related("user", "unit", "function").filter(unit__in=administered_ids(request))
    row = get_object_or_404(rows, pk=pk)
    back = reverse("admin_function", args=[row.function.slug])
    return end_page(
        request,
        row,
        what=(_("funksjonen %(function)s") % {"function": row.function}, f"{row.user}, {row.unit}"),
        way=[(_("Funksjoner"), reverse("admin_functions")), (str(row.function), back)],
        undo_name="admin_holder_undo",
    )


@administers
@require_POST
def holder_undo(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    rows = FunctionHolder.objects.select_related("function").filter(unit__in=administered_ids(request))
    row = get_object_or_404(rows, pk=pk)
    return undo_change(request, row, change, back=lambda: reverse("admin_function", args=[row.function.slug]))
