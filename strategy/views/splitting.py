"""Splitting a goal, a route or a measure in two: one form with both halves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.conflicts import NOTHING, Conflict, Difference
from config.lib.editing import Editing, handle, how, read_or_send, sent
from config.lib.models import StaleEdit
from strategy.access import row_of_document
from strategy.forms_splitting import GoalSplitForm, RouteSplitForm, SplitForm
from strategy.splitting import GOAL, ROUTE, Halves, Kind, put_together, split
from strategy.views.editing import page_in, short, to_row
from strategy.views.lines import unread_words
from strategy.views.undoing import keep_last, undo_last

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
    keep_last(request, SESSION_KEY, halves.item, halves.half, halves.kept)
    words = {"first": short(halves.item, 40), "second": short(halves.half, 40)}
    said = _("Delt i to: «%(first)s» og «%(second)s».") % words
    messages.success(request, unread_words(halves.item.document, said), extra_tags=undo)


@require_POST
def item_split_undo(request: HttpRequest, key: str, kind: Kind) -> HttpResponse:
    """Put together again what this person split last, while nobody has gone on with either half."""
    said = _("Delingen er angret: «%(item)s» er ett igjen.")
    undo = partial(put_together, kind=kind)
    return undo_last(request, kind.model, key, name=SESSION_KEY, undo=undo, said=said)
