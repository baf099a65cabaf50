"""The note of a unit that takes part in an entry without having the tick."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annual_wheel import taking_part
from annual_wheel.forms_tasks import UnitNoteForm
from annual_wheel.models import Edition, Entry, UnitNote
from config.lib import clock
from config.lib.models import StaleEdit
from organisation.models import Unit, User
from organisation.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def unit_note(request: HttpRequest, key: str, year: int, unit: str) -> HttpResponse:
    """Write what a unit that takes part wants to say of this year."""
    today, user = clock.today(), request.user
    assert isinstance(user, User)
    entries = Entry.objects.visible_to(user, today=today)
    rows = Edition.objects.filter(entry__in=entries, entry__key=key, year=year).select_related("entry__wheel")
    edition = get_object_or_404(rows)
    writer: Unit = get_object_or_404(Unit.objects.without_tree_fields(), slug=unit)
    if not taking_part.may_note_for(edition, [writer], today=today):
        raise Http404
    if not user.may(Permission.TICK, writer, today=today):
        raise PermissionDenied
    stored = UnitNote.objects.filter(edition=edition, unit=writer).first()
    start = {"text": stored.text, "lock_version": stored.lock_version} if stored else {}
    data = request.POST.copy() if request.method == "POST" else None
    form = UnitNoteForm(data, initial=start)
    back = f"{edition.entry.get_absolute_url()}?aar={year}#merknader"
    if data is not None and form.is_valid():
        written = form.cleaned_data
        try:
            taking_part.write_unit_note(
                edition, writer, by=user, text=written["text"], expected=written["lock_version"]
            )
        except Edition.DoesNotExist:
            said = _("Åpningen av %(year)s ble angret mens du skrev, så merknaden er ikke lagret: «%(note)s».")
            messages.warning(request, said % {"year": year, "note": written["text"]})
            return redirect(edition.entry.get_absolute_url())
        except StaleEdit as stale:
            said = _("Noen skrev en merknad samtidig: «%(note)s». Skriv den som skal stå, og lagre på nytt.")
            form.add_error("text", said % {"note": stale.current.text})
            data["lock_version"] = str(stale.current.lock_version)
        else:
            messages.success(request, _("Merknaden er lagret."))
            return redirect(back)
    context = {"form": form, "text": edition.said.text, "unit": writer, "back": back}
    return render(request, "annual_wheel/unit_note.html", context)
