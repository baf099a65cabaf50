"""Writing a document: its head, its running text, and its areas, goals and routes. Targets and facts: `figures`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.addresses import address, asked_for, at_row
from config.lib.edit_form import EditForm
from config.lib.editing import Again, Editing, FormPage, Part, handle, how, read_or_send, sent
from config.lib.language import lang_of
from organisation.acting import acting_unit
from organisation.models import Unit
from organisation.permissions import Permission
from strategy import writing
from strategy.access import allowed, document_to_write, place_of, row_of_document, writes_decisions
from strategy.fetching import item_to_write
from strategy.forms import (
    AreaForm,
    AreaWordsForm,
    DecisionForm,
    DocumentForm,
    GoalForm,
    GoalWordsForm,
    RouteForm,
    RouteWordsForm,
    SectionForm,
)
from strategy.inheriting import is_under_plan
from strategy.models import Area, Decision, Document, DocumentKind, Goal, Route, Section
from strategy.moving import row_key
from strategy.order import rows_beside, stays_in_place_of
from strategy.picking import GOAL, ROUTE, End, are_picked_as_stored, link_parts
from strategy.saved import AreaLine, GoalLine, Line, LinkedLine
from strategy.views.lines import above_for, line_saved, saved_words, unread_words, words_saved
from strategy.words import untied_words

Beside = Callable[[Any], Sequence[Any]]
GOAL_ENDS, ROUTE_ENDS = (GOAL, ROUTE), (ROUTE,)  # what either can build up under


def editor_url(document: Document) -> str:
    name = "plan_edit" if document.kind == DocumentKind.ACTION_PLAN else "strategy_edit"
    return address(name, document.slug)


def to_row(document: Document, key: object) -> str:
    return at_row(editor_url(document), key)


def crumbs(document: Document, heading: str) -> list[dict[str, str]]:
    is_plan = document.kind == DocumentKind.ACTION_PLAN
    return [
        {"label": _("Planer") if is_plan else _("Strategi"), "url": f"/{place_of(document)}/"},
        {"label": document.title, "url": document.get_absolute_url()},
        {"label": _("Rediger"), "url": editor_url(document)},
        {"label": heading},
    ]


def page_in(document: Document, heading: str, *, key: object = "", **said: Any) -> FormPage:
    """What stands round a form that belongs to a document."""
    back = to_row(document, key) if key else editor_url(document)
    around: dict[str, Any] = {
        "back": back,
        "crumbs": crumbs(document, heading),
        "lead_lang": lang_of(document.language),  # what leads is a text of the document
        "key": str(key),
        "saved": saved_words(document),
    }
    return FormPage(heading=heading, **{**around, **said})


@read_or_send
def document_new(request: HttpRequest, place: str) -> HttpResponse:
    today = clock.today()
    if not request.user.reach(today)[Permission.EDIT]:  # type: ignore[union-attr]
        raise PermissionDenied
    kind = DocumentKind.ACTION_PLAN if place == "planer" else DocumentKind.STRATEGY
    asked = Unit.objects.filter(slug=request.GET.get("eier", "")).first()
    blank = Document(kind=kind, owner=asked or acting_unit(request))
    before = _to_follow(request, today=today)
    initial = {"carries_out": before.carries_out.all()} if before else {}
    if before:
        blank = Document(kind=before.kind, owner=before.owner, language=before.language, follows=before)
    form = DocumentForm(instance=blank, initial=initial, user=request.user, today=today, **sent(request))  # type: ignore[arg-type]
    label = _("Planer") if place == "planer" else _("Strategi")
    heading = _("Nytt styringsdokument")
    page = FormPage(
        heading=heading,
        back=f"/{place}/",
        crumbs=[{"label": label, "url": f"/{place}/"}, {"label": heading}],
        lead=_("Begynn med det du vet. Alt kan endres senere, og ingen andre enn enheten ser et utkast."),
        verb=_("Lag utkastet"),
    )
    return handle(
        request,
        Editing(form),
        page,
        save=lambda: writing.create_document(form.instance, by=request.user, many=form.many()),  # type: ignore[arg-type]
        done=begin_url,
    )


def _to_follow(request: HttpRequest, *, today: date) -> Document | None:
    """The document that the new one is to come after, where the address names one."""
    seen = Document.objects.visible_to(request.user, today=today).select_related("owner")
    return seen.filter(slug=request.GET.get("etter", "")).first()


def begin_url(document: Document) -> str:
    """Where a new document goes on: from what it follows, which leads on to the editor where that has nothing."""
    if not document.follows_id:
        return editor_url(document)
    return reverse("document_begin", args=[place_of(document), document.slug])


@read_or_send
def document_edit(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """The head of a document: title, period, vision, what it follows and carries out."""
    today = clock.today()
    document = document_to_write(request, place, slug, today=today)
    form = DocumentForm(instance=document, user=request.user, today=today, **sent(request))  # type: ignore[arg-type]
    return handle(
        request,
        Editing(form),
        page_in(document, _("Endre tittel, periode og visjon"), key="dokument"),
        save=lambda: writing.save_head(
            document,
            many=form.many(),
            refuse_circles=form.refuse_circles if form.leans_anew else None,
            **how(request, form),
        ),
        done=lambda saved: to_row(saved, "dokument"),
    )


@read_or_send
def section_new(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    document = document_to_write(request, place, slug, today=clock.today())
    return _row(request, Section(document=document), SectionForm, _("Nytt avsnitt"), key="avsnitt")


@read_or_send
def section_edit(request: HttpRequest, pk: int) -> HttpResponse:
    section = row_of_document(request, Section, today=clock.today(), pk=pk)
    return _row(request, section, SectionForm, _("Endre avsnittet"), key=row_key(section))


@read_or_send
def decision_new(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """Write down a mandate, or an adoption from before the document was here."""
    document = document_to_write(request, place, slug, today=clock.today())
    if not writes_decisions(request.user, document, today=clock.today()):
        raise PermissionDenied
    return _row(request, Decision(document=document), DecisionForm, _("Nytt oppdrag eller vedtak"), key="vedtak")


@read_or_send
def decision_edit(request: HttpRequest, pk: int) -> HttpResponse:
    decision = row_of_document(request, Decision, today=clock.today(), pk=pk)
    return _row(request, decision, DecisionForm, _("Endre det som ble bestemt"), key=row_key(decision))


def _row(request: HttpRequest, row: Section | Decision, make: Any, heading: str, *, key: str) -> HttpResponse:
    """The form that `make` makes of a row without a key of its own; after a new one another of the same kind."""
    form, new = make(instance=row, **sent(request)), f"{row._meta.model_name}_new"
    return handle(
        request,
        Editing(form),
        page_in(row.document, heading, key=key, **({"saved": ""} if isinstance(row, Decision) else {})),
        save=lambda: writing.save_row(row, **how(request, form)),
        done=lambda saved: to_row(saved.document, row_key(saved)),
        again=lambda saved: Again(reverse(new, args=[place_of(saved.document), saved.document.slug]), new),
    )


@read_or_send
def area_new(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    document = document_to_write(request, place, slug, today=clock.today())
    area = Area(document=document, parent=area_asked_for(request, document))
    key = f"ny-{area.parent.key}" if area.parent else "ny-omrader"
    return _area(request, AreaLine(area), _("Nytt område"), key=key)


@read_or_send
def area_edit(request: HttpRequest, key: str) -> HttpResponse:
    line = AreaLine(allowed(request, item_to_write(Area, key), today=clock.today()))
    done_already = _words_saved(request, line, words=AreaWordsForm, whole=AreaForm)
    return done_already or _area(request, line, _("Endre området"), key=key)


def _area(request: HttpRequest, line: Line, heading: str, *, key: str) -> HttpResponse:
    area: Area = line.item
    form = AreaForm(instance=area, **sent(request))
    return handle(
        request,
        Editing(form),
        page_in(area.document, heading, key=key),
        save=lambda: writing.save_row(area, **how(request, form)),
        done=lambda saved: to_row(saved.document, saved.key),
        again=lambda saved: another("area_new", saved.document, saved.parent),
        part=lambda _saved: line_saved(request, line),
    )


def another(name: str, document: Document, area: Area | None) -> Again:
    """The form of one more item, in the same area."""
    url = reverse(name, args=[place_of(document), document.slug])
    return Again(f"{url}?omrade={area.key}" if area else url, f"{name}-{area.key if area else 'utenfor'}")


def area_asked_for(request: HttpRequest, document: Document) -> Area | None:
    """The area in the address that something new is to stand in."""
    key = request.GET.get("omrade", "")
    return document.areas.standing().filter(key=key).first() if key else None


@read_or_send
def goal_new(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    document = document_to_write(request, place, slug, today=clock.today())
    goal = Goal(document=document, area=area_asked_for(request, document))
    key = f"ny-{goal.area.key}" if goal.area else "ny-utenfor"
    return _goal(request, GoalLine(goal, above=above_for(request)), _("Nytt mål"), key=key)


@read_or_send
def goal_edit(request: HttpRequest, key: str) -> HttpResponse:
    line = GoalLine(allowed(request, item_to_write(Goal, key), today=clock.today()), above=above_for(request))
    done_already = _words_saved(request, line, words=GoalWordsForm, whole=GoalForm, ends=GOAL_ENDS)
    return done_already or _goal(request, line, _("Endre målet"), key=key)


def _goal(request: HttpRequest, line: Line, heading: str, *, key: str) -> HttpResponse:
    goal: Goal = line.item
    links = links_of_item(request, goal, "links", GOAL, GOAL_ENDS)
    return _linked(request, line, GoalForm(instance=goal, **sent(request)), links, heading, key=key)


def links_of_item(
    request: HttpRequest, item: Any, manager: str, own: End, ends: Sequence[End], begun: Sequence[str] = ()
) -> list[Part]:
    """What the item leans on in other documents, as parts of its form; a new one begins under `begun`."""
    who: dict[str, Any] = {"user": request.user, "today": clock.today()}
    return link_parts(item, manager, own, ends, data=sent(request).get("data"), begun=begun, **who)


def _words_saved(
    request: HttpRequest, line: Line, *, words: type[EditForm], whole: type[EditForm], ends: Sequence[End] = ()
) -> HttpResponse | None:
    """The answer where the words of an area, a goal or a route, which may build up under `ends`, were changed alone."""
    item = line.item
    return words_saved(
        request,
        line,
        words=words,
        whole=whole,
        is_rest_stored=lambda: not ends or are_picked_as_stored(item.links, ends, request.POST),
        save=lambda form: writing.save_row(item, **how(request, form)),
        done=lambda saved: to_row(saved.document, saved.key),
    )


def _linked(
    request: HttpRequest, line: Line, form: EditForm, links: Sequence[Part], heading: str, *, key: str
) -> HttpResponse:
    item = line.item
    return handle(
        request,
        Editing(form, links),
        page_in(item.document, heading, key=key),
        save=lambda: writing.save_linked(
            item, many=form.many(), pickers=[part.rows for part in links], **how(request, form)
        ),
        done=lambda saved: to_row(saved.document, saved.key),
        again=lambda saved: another(f"{saved._meta.model_name}_new", saved.document, saved.area),
        part=lambda _saved: line_saved(request, line),
    )


@read_or_send
def route_new(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    document = document_to_write(request, place, slug, today=clock.today())
    route = Route(document=document, area=area_asked_for(request, document))
    key = f"ny-{route.area.key}" if route.area else "ny-utenfor"
    return _route(request, LinkedLine(route, above=above_for(request)), _("Nytt veivalg"), key=key)


@read_or_send
def route_edit(request: HttpRequest, key: str) -> HttpResponse:
    line = LinkedLine(allowed(request, item_to_write(Route, key), today=clock.today()), above=above_for(request))
    done_already = _words_saved(request, line, words=RouteWordsForm, whole=RouteForm, ends=ROUTE_ENDS)
    return done_already or _route(request, line, _("Endre veivalget"), key=key)


def _route(request: HttpRequest, line: Line, heading: str, *, key: str) -> HttpResponse:
    route: Route = line.item
    links = links_of_item(request, route, "links", ROUTE, ROUTE_ENDS)
    return _linked(request, line, RouteForm(instance=route, **sent(request)), links, heading, key=key)


@require_POST
def item_retire(
    request: HttpRequest,
    model: Any,
    key: str,
    back_name: str,
    beside: Beside = rows_beside,
    goes_on: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Take an item out, and stay where it stood. The message that says so brings it back.

    `goes_on` says what goes on without the item; empty where nothing does.
    """
    item = row_of_document(request, model, today=clock.today(), key=key)
    stays = stays_in_place_of(item, beside(item))
    try:
        writing.retire(item, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        stays = item
    else:
        said = unread_words(item.document, _taken_out(item))
        messages.success(request, said, extra_tags=reverse(back_name, args=[key]))
        if goes_on is not None and (words := goes_on(item)):
            messages.warning(request, words)
    return HttpResponseRedirect(asked_for(request) or to_row(item.document, row_key(stays)))


def _taken_out(item: Any) -> str:
    """That an item was taken out, and of a goal where the measures now stand that served no other."""
    said = _("Tatt ut: «%(item)s»") % {"item": short(item)}
    count = writing.count_untied_by(item) if isinstance(item, Goal) else 0
    if not count:
        return said
    title = untied_words(is_under_plan=is_under_plan(item.document))
    words = ngettext(
        "%(said)s. %(count)d tiltak har ikke lenger noe mål, og står nå under «%(title)s».",
        "%(said)s. %(count)d tiltak har ikke lenger noe mål, og står nå under «%(title)s».",
        count,
    )
    return words % {"said": said, "count": count, "title": title}


@require_POST
def item_bring_back(request: HttpRequest, model: Any, key: str) -> HttpResponse:
    item = row_of_document(request, model, today=clock.today(), key=key)
    try:
        writing.bring_back(item, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        said = _("Hentet tilbake: «%(item)s»") % {"item": short(item)}
        messages.success(request, unread_words(item.document, said))
    return HttpResponseRedirect(asked_for(request) or to_row(item.document, key))


def short(item: Any, longest: int = 60) -> str:
    words = str(item)
    return words if len(words) <= longest else f"{words[:longest].rsplit(' ', 1)[0]} …"


@require_POST
def row_remove(request: HttpRequest, model: Any, pk: int, back_name: str) -> HttpResponse:
    """Remove a section, a decision, a target or a fact box. The message that says so puts it back."""
    row = row_of_document(request, model, today=clock.today(), pk=pk)
    document, stays = writing.document_of(row), stays_in_place_of(row, rows_beside(row))
    said = _("Tatt ut: «%(item)s»") % {"item": short(row)}
    number = writing.remove_row(row, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    said = said if model is Decision else unread_words(document, said)
    messages.success(request, said, extra_tags=reverse(back_name, args=[number]))
    return HttpResponseRedirect(asked_for(request) or to_row(document, row_key(stays)))


@require_POST
def row_put_back(request: HttpRequest, model: Any, number: int) -> HttpResponse:
    """Put back what `row_remove` removed, named by the row of history that it left."""
    removed = get_object_or_404(model.history.model, history_id=number, history_type="-")
    document = writing.document_of(removed.instance)
    found = document_to_write(request, place_of(document), document.slug, today=clock.today())
    if found.pk != document.pk:
        raise Http404
    if model is Decision and not writes_decisions(request.user, document, today=clock.today()):
        raise PermissionDenied
    row = writing.put_back_row(removed, by=request.user, now=timezone.now())  # type: ignore[arg-type]
    said = _("Hentet tilbake: «%(item)s»") % {"item": short(row)}
    messages.success(request, said if model is Decision else unread_words(document, said))
    return HttpResponseRedirect(asked_for(request) or to_row(document, row_key(row)))
