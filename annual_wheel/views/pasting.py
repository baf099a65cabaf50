"""A table pasted into a wheel: shown as it was understood, mended where it was not, then made into entries."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annual_wheel import when
from annual_wheel.access import wheel_to_write
from annual_wheel.emptiness import empty_groups, words_of_empty
from annual_wheel.forms_pasting import PREFIX, PastedEntries, PasteForm, as_same, sent_as
from annual_wheel.models import Wheel
from annual_wheel.pasting import add_entries
from annual_wheel.views.editing import crumbs, editor_url
from annual_wheel.when_words import explain
from config.lib import clock
from config.lib.faults import faults_of
from organisation.phrase_reader import Names

SAVE, CHECK = "lagre", "les"


@require_http_methods(["GET", "HEAD", "POST"])
def wheel_paste(request: HttpRequest, slug: str) -> HttpResponse:
    """The paste; then its rows, as often as they are mended; then the wheel with the new entries in it."""
    wheel = wheel_to_write(request, slug, today=clock.today())
    if f"{PREFIX}-TOTAL_FORMS" in request.POST:
        return _rows(request, wheel)
    form = PasteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, wheel, form=form)
    known = _known(wheel)
    rows = PastedEntries(sent_as(form.rows, **known), prefix=PREFIX, form_kwargs={"wheel": wheel, **known})
    rows.is_valid()
    return _show(request, wheel, rows=rows)


def _known(wheel: Wheel) -> dict[str, Any]:
    """What the rows are read by: what names mean here, and the entries that are there already."""
    there = {as_same(entry.text): entry.get_absolute_url() for entry in wheel.entries.standing()}
    return {"names": Names.of(wheel.owner), "there": there, "today": clock.today()}


def _rows(request: HttpRequest, wheel: Wheel) -> HttpResponse:
    known = _known(wheel)
    rows = PastedEntries(request.POST, prefix=PREFIX, form_kwargs={"wheel": wheel, **known})
    is_right = rows.is_valid()
    is_saving = request.POST.get("do") == SAVE
    if not is_saving or not is_right:
        return _show(request, wheel, rows=rows, is_refused=is_saving)
    taken = [form for form in rows.forms if form.cleaned_data.get("take")]
    if not taken:
        messages.warning(request, _("Ingen rader er valgt. Huk av for dem som skal inn i hjulet."))
        return _show(request, wheel, rows=rows)
    try:
        new = [form.new_entry() for form in taken]
        made = add_entries(wheel, new, by=request.user, now=timezone.now(), today=clock.today())  # type: ignore[arg-type]
    except (when.Unreadable, when.AnchorCircle) as error:
        messages.warning(request, explain(error))
        return _show(request, wheel, rows=rows)
    count = ngettext("%(count)d punkt", "%(count)d punkter", len(made)) % {"count": len(made)}
    messages.success(request, _("Lagt inn i hjulet: %(count)s.") % {"count": count})
    if empty := words_of_empty(empty_groups(made, day=clock.today())):
        messages.warning(request, empty)
    return HttpResponseRedirect(editor_url(wheel))


def _show(
    request: HttpRequest, wheel: Wheel, *, form: PasteForm | None = None, rows: Any = None, is_refused: bool = False
) -> HttpResponse:
    heading = _("Lim inn en tabell")
    context: dict[str, Any] = {"wheel": wheel, "heading": heading, "crumbs": crumbs(wheel, heading)}
    if rows is None:
        return render(request, "annual_wheel/paste.html", context | {"form": form})
    wrong, faults = sum(bool(each.errors) for each in rows.forms), faults_of(rows.forms)
    context |= {
        "rows": rows,
        "count": ngettext("%(count)d rad", "%(count)d rader", len(rows.forms)) % {"count": len(rows.forms)},
        "wrong": ngettext("%(count)d må rettes", "%(count)d må rettes", wrong) % {"count": wrong} if wrong else "",
        "faults": faults,
        "refused": {"line_errors": faults} if is_refused else {},
        "save": SAVE,
        "check": CHECK,
        "year": clock.today().year,
    }
    return render(request, "annual_wheel/paste_rows.html", context)
