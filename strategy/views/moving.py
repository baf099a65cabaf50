"""Moving a row of a document: a step up or down by a button, to where it was dropped, or to another area by a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.addresses import address, asked_for
from config.lib.editing import Editing, handle, how, read_or_send, sent
from config.lib.models import StaleEdit
from config.lib.numbers import whole_number
from strategy import writing
from strategy.access import row_of_document
from strategy.forms import AreaPlaceForm, GoalPlaceForm, RoutePlaceForm
from strategy.models import Area, Document, Goal, Route
from strategy.moving import CannotMove, Move, after, drop_row, holder_of, place_item, row_key, told
from strategy.order import rows_beside
from strategy.views.editing import page_in, short, to_row

MOST_NUMBER = 2**31
LONGEST = 40  # characters of a row in a message, which may name two
Drop = Callable[..., Move]
PLACE_FORMS: Mapping[Any, Any] = {Goal: GoalPlaceForm, Route: RoutePlaceForm, Area: AreaPlaceForm}


@require_POST
def row_move(request: HttpRequest, model: Any, pk: int) -> HttpResponse:
    return moved(request, row_of_document(request, model, today=clock.today(), pk=pk), rows_beside)


@require_POST
def item_move(request: HttpRequest, model: Any, key: str) -> HttpResponse:
    return moved(request, row_of_document(request, model, today=clock.today(), key=key), rows_beside)


@read_or_send
def item_place(request: HttpRequest, model: Any, key: str) -> HttpResponse:
    """Move a goal or a route to another area, or an area under another or to the top."""
    item = row_of_document(request, model, today=clock.today(), key=key)
    heading = _("Flytt området") if model is Area else _("Flytt til et annet område")
    form = PLACE_FORMS[model](instance=item, **sent(request))
    return handle(
        request,
        Editing(form),
        page_in(item.document, heading, key=key, lead=str(item), verb=_("Flytt")),
        save=lambda: place_item(item, **how(request, form)),
        done=lambda move: to_row(move.row.document, move.row.key),
        tell=lambda move: tell_move(request, move, address(f"{model._meta.model_name}_move", key)),
    )


def moved(
    request: HttpRequest,
    row: Any,
    beside: Callable[[Any], Sequence[Any]],
    *,
    drop: Drop = drop_row,
    holder: Callable[[Any], Any] = holder_of,
) -> HttpResponse:
    """Move a row one step among those it stands beside, or with `before` to where it was dropped, and go back to it."""
    said = request.GET if "before" in request.GET else request.POST  # a move is undone by an address
    if "before" in said:
        return _dropped(request, row, said, drop)
    is_up = request.POST.get("to") == "up"
    who: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    rows = beside(row)
    back_before = after(row, rows)
    if row in rows and writing.move(row, beside=rows, is_up=is_up, **who):
        tell_move(request, told(row, beside(row), holder(row), back_before=back_before, back_into=()), request.path)
    else:
        messages.info(request, end_words(is_up=is_up))
    return _to(request, row)


def _dropped(request: HttpRequest, row: Any, said: QueryDict, drop: Drop) -> HttpResponse:
    """Whoever cannot have it moved is told why, and meets the row where it stands."""
    try:
        move = drop(
            row,
            before=said["before"],
            into=said.getlist("into"),
            expected=whole_number(said.get("lock_version"), MOST_NUMBER),
            by=request.user,
            now=timezone.now(),
        )
    except CannotMove as refused:
        messages.error(request, str(refused))
    except StaleEdit as stale:
        messages.error(request, _who_was_first(stale.current))
    else:
        tell_move(request, move, request.path)
    return _to(request, row)


def _to(request: HttpRequest, row: Any) -> HttpResponse:
    return HttpResponseRedirect(asked_for(request) or to_row(writing.document_of(row), row_key(row)))


def _who_was_first(row: Any) -> str:
    last = row.history.select_related("history_user").first()
    words = {"item": short(row), "who": str(last.history_user) if last and last.history_user else _("Noen andre")}
    return _("%(who)s har endret «%(item)s» i mellomtiden, så det ble ikke flyttet. Se over, og flytt på nytt.") % words


def tell_move(request: HttpRequest, move: Move, url: str) -> None:
    """Say where a row now stands, however it was moved, with what puts it back: `url` is what moves it."""
    if move.number:
        messages.success(request, where_words(move), extra_tags=_undo_url(url, move))
    else:
        messages.success(request, _("Lagret."))


def where_words(move: Move) -> str:
    """The new place in words, for whoever does not see it."""
    words = {"item": short(move.row, LONGEST), "number": move.number, "count": move.count}
    if move.where is None and not isinstance(move.row, Goal | Route):
        return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s blant tiltakene uten mål.") % words
    if move.where is None:
        return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s utenfor områdene.") % words
    if isinstance(move.where, Document) and move.has_come_up:
        return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s på øverste nivå.") % words
    if isinstance(move.where, Document):
        return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s.") % words
    words["where"] = short(move.where, LONGEST)
    return _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s under «%(where)s».") % words


def end_words(*, is_up: bool) -> str:
    """Why a row that was to go a step stands where it stood."""
    return _("Det står allerede øverst.") if is_up else _("Det står allerede nederst.")


def _undo_url(url: str, move: Move) -> str:
    """What puts the row back where it was, as long as nobody has changed it since."""
    version = getattr(move.row, "lock_version", "")
    back = {"before": move.back_before, "into": list(move.back_into), "lock_version": version}
    return f"{url}?{urlencode(back, doseq=True)}"
