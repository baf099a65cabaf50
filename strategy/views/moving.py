"""Moving a row of a document: a step up or down by a button, or to where it was dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.editing import asked_for
from config.lib.models import StaleEdit
from config.lib.numbers import whole_number
from strategy import writing
from strategy.access import row_of_document
from strategy.models import Document
from strategy.moving import CannotMove, Move, drop_row, row_key
from strategy.views.editing import short, to_row

MOST_NUMBER = 2**31
Drop = Callable[..., Move]


@require_POST
def row_move(request: HttpRequest, model: Any, pk: int) -> HttpResponse:
    return moved(request, row_of_document(request, model, today=clock.today(), pk=pk), writing.rows_beside)


@require_POST
def item_move(request: HttpRequest, model: Any, key: str) -> HttpResponse:
    return moved(request, row_of_document(request, model, today=clock.today(), key=key), writing.rows_beside)


def moved(
    request: HttpRequest, row: Any, beside: Callable[[Any], Sequence[Any]], *, drop: Drop = drop_row
) -> HttpResponse:
    """Move a row one step among those it stands beside, or with `before` to where it was dropped, and go back to it."""
    sent = request.GET if "before" in request.GET else request.POST  # a move is undone by an address
    if "before" in sent:
        return _dropped(request, row, sent, drop)
    is_up = request.POST.get("to") == "up"
    who: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    rows = beside(row)
    if row in rows and writing.move(row, beside=rows, is_up=is_up, **who):
        messages.success(request, _("Flyttet opp.") if is_up else _("Flyttet ned."))
    else:
        messages.info(request, _("Det står allerede øverst.") if is_up else _("Det står allerede nederst."))
    return _to(request, row)


def _dropped(request: HttpRequest, row: Any, sent: QueryDict, drop: Drop) -> HttpResponse:
    """Whoever cannot have it moved is told why, and meets the row where it stands."""
    try:
        move = drop(
            row,
            before=sent["before"],
            into=sent.getlist("into"),
            expected=whole_number(sent.get("lock_version"), MOST_NUMBER),
            by=request.user,
            now=timezone.now(),
        )
    except CannotMove as refused:
        messages.error(request, str(refused))
    except StaleEdit as stale:
        messages.error(request, _who_was_first(stale.current))
    else:
        messages.success(request, where_words(move), extra_tags=_undo_url(request, move))
    return _to(request, row)


def _to(request: HttpRequest, row: Any) -> HttpResponse:
    return HttpResponseRedirect(asked_for(request) or to_row(writing.document_of(row), row_key(row)))


def _who_was_first(row: Any) -> str:
    last = row.history.select_related("history_user").first()
    words = {"item": short(row), "who": str(last.history_user) if last and last.history_user else _("Noen andre")}
    return _("%(who)s har endret «%(item)s» i mellomtiden, så det ble ikke flyttet. Se over, og flytt på nytt.") % words


def where_words(move: Move) -> str:
    """The new place in words, for whoever does not see it."""
    words = {"item": short(move.row), "number": move.number, "count": move.count}
    if move.where is None:
        return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s utenfor områdene.") % words
    if isinstance(move.where, Document) and move.has_come_up:
        return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s på øverste nivå.") % words
    if isinstance(move.where, Document):
        return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s.") % words
    words["where"] = short(move.where)
    return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s under «%(where)s».") % words


def _undo_url(request: HttpRequest, move: Move) -> str:
    """What puts the row back where it was, as long as nobody has changed it since."""
    version = getattr(move.row, "lock_version", "")
    back = {"before": move.back_before, "into": list(move.back_into), "lock_version": version}
    return f"{request.path}?{urlencode(back, doseq=True)}"
