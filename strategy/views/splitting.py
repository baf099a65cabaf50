"""Splitting a goal, a route or a measure in two: one form with both halves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.addresses import asked_for
from config.lib.conflicts import NOTHING, Conflict, Difference
from config.lib.editing import Editing, handle, how, read_or_send, sent
from config.lib.models import StaleEdit
from strategy.access import row_of_document
from strategy.forms_splitting import GoalSplitForm, RouteSplitForm, SplitForm
from strategy.splitting import GOAL, ROUTE, Halves, Kind, put_together, split
from strategy.undoing import CannotUndo
from strategy.views.editing import page_in, short, to_row
from strategy.views.lines import unread_words

SESSION_KEY: Final = "split"  # what was split last, and what it said before
HEADINGS: Final[Mapping[str, Any]] = {
    "goal": gettext_lazy("Del målet i to"),
    "route": gettext_lazy("Del veivalget i to"),
    "measure": gettext_lazy("Del tiltaket i to"),
}
GOALS: Final[dict[str, Any]] = {"kind": GOAL, "make": GoalSplitForm}
ROUTES: Final[dict[str, Any]] = {"kind": ROUTE, "make": RouteSplitForm}


class SplitEditing(Editing):
    """What the new half says is stored nowhere: whoever meets a newer text is told that it is not saved."""

    form: SplitForm

    def conflict(self, stale: StaleEdit) -> Conflict:
        found = super().conflict(stale)
        written = [(self.form[field].label, self.form.cleaned_data[field]) for field in self.form.second.values()]
        new = [Difference(str(label), words, NOTHING) for label, words in written if words]
        return Conflict(found.who, [*found.differences, *new], found.is_taken_out)


@read_or_send
def item_split(request: HttpRequest, key: str, kind: Kind, make: type[SplitForm]) -> HttpResponse:
    """Write both halves, saved as one."""
    item = row_of_document(request, kind.model, today=clock.today(), key=key)
    form, name = make(instance=item, **sent(request)), kind.model._meta.model_name
    return handle(
        request,
        SplitEditing(form),
        page_in(item.document, str(HEADINGS[name]), key=key, lead=str(item), verb=_("Del i to")),
        save=lambda: split(item, form.half(), kind=kind, **how(request, form)),
        done=lambda halves: to_row(item.document, halves.half.key),
        tell=lambda halves: _tell(request, halves, reverse(f"{name}_split_undo", args=[key])),
    )


def _tell(request: HttpRequest, halves: Halves, undo: str) -> None:
    request.session[SESSION_KEY] = {
        "item": halves.item.key,
        "half": halves.half.key,
        "before": dict(halves.before),
        "expected": halves.item.lock_version,
    }
    words = {"first": short(halves.item, 40), "second": short(halves.half, 40)}
    said = _("Delt i to: «%(first)s» og «%(second)s».") % words
    messages.success(request, unread_words(halves.item.document, said), extra_tags=undo)


@require_POST
def item_split_undo(request: HttpRequest, key: str, kind: Kind) -> HttpResponse:
    """Put together again what this person split last, while nobody has gone on with either half."""
    item = row_of_document(request, kind.model, today=clock.today(), key=key)
    kept = request.session.get(SESSION_KEY) or {}
    if kept.get("item") != key:
        messages.info(request, _("Det er ingenting å angre."))
    else:
        del request.session[SESSION_KEY]
        half = get_object_or_404(kind.model, key=kept["half"], document=item.document)
        _put_together(request, item, half, kind, kept)
    return HttpResponseRedirect(asked_for(request) or to_row(item.document, key))


def _put_together(request: HttpRequest, item: Any, half: Any, kind: Kind, kept: Mapping[str, Any]) -> None:
    who: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    try:
        item = put_together(item, half, kind=kind, before=kept["before"], expected=kept["expected"], **who)
    except CannotUndo as refused:
        messages.error(request, str(refused))
    else:
        said = _("Delingen er angret: «%(item)s» er ett igjen.") % {"item": short(item)}
        messages.success(request, unread_words(item.document, said))
