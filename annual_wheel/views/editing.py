"""Writing a wheel and its entries."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annual_wheel import when, writing
from annual_wheel.access import entry_of_wheel, wheel_to_write
from annual_wheel.editor import month_key, months_of
from annual_wheel.emptiness import empty_groups, words_of_empty
from annual_wheel.forms import YEARS, EntryForm, WheelForm, measures_offered
from annual_wheel.models import Entry, Wheel
from annual_wheel.own_words import Reach
from annual_wheel.recipients import Directory
from annual_wheel.understood import Understood, from_fields, understood
from annual_wheel.unreached import MOST_SHOWN, unled_of, unreached_of
from annual_wheel.when_words import explain
from config.lib import clock
from config.lib.addresses import asked_for, at_row
from config.lib.changes import changes_of, merged
from config.lib.editing import Editing, FormPage, Preview, handle, read_or_send, sent
from config.lib.language import lang_of
from config.lib.links import links_of, links_part
from config.lib.numbers import whole_number
from organisation.acting import acting_unit
from organisation.lines import lines_of
from organisation.lines_log import LinesLog
from organisation.permissions import Permission
from organisation.said import Said, show_read
from planning.models import Measure
from strategy.order import stays_in_place_of
from strategy.views.changes import show_changes
from strategy.views.editing import short
from strategy.views.moving import end_words


def editor_url(wheel: Wheel) -> str:
    return reverse("wheel_edit", args=[wheel.slug])


def to_row(wheel: Wheel, key: object) -> str:
    return at_row(editor_url(wheel), key)


def crumbs(wheel: Wheel, *last: str) -> list[dict[str, str]]:
    trail = [
        {"label": _("Årshjul"), "url": reverse("wheels")},
        {"label": wheel.title, "url": wheel.get_absolute_url()},
        {"label": _("Rediger"), "url": editor_url(wheel)},
        *({"label": label} for label in last),
    ]
    return trail if last else [*trail[:2], {"label": _("Rediger")}]


@read_or_send
def wheel_new(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    if not request.user.reach(today)[Permission.EDIT]:  # type: ignore[union-attr]
        raise PermissionDenied
    form = WheelForm(instance=Wheel(owner=acting_unit(request)), user=request.user, today=today, **sent(request))  # type: ignore[arg-type]
    heading, back = _("Nytt årshjul"), reverse("wheels")
    trail = [{"label": _("Årshjul"), "url": back}, {"label": heading}]
    return handle(
        request,
        Editing(form),
        FormPage(heading=heading, back=back, crumbs=trail, verb=_("Lag årshjulet")),
        save=lambda: writing.create_wheel(form.instance, by=request.user),  # type: ignore[arg-type]
        done=editor_url,
    )


@require_safe
def wheel_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """All entries of a wheel on one page, month by month."""
    today = clock.today()
    wheel = wheel_to_write(request, slug, today=today)
    months, retired = months_of(wheel)
    directory = Directory.on(today)
    unreached = unreached_of(wheel, directory=directory, today=today)
    context = {
        "unreached": unreached[:MOST_SHOWN],
        "unreached_count": len(unreached),
        "unled": unled_of(wheel, directory=directory, today=today),
        "wheel": wheel,
        "lang": lang_of(settings.LANGUAGE_CODE),
        "months": months,
        "retired": retired,
        "count": sum(len(month.rows) for month in months),
        "crumbs": crumbs(wheel),
        "at": request.GET.get("ved", ""),
        "head_url": reverse("wheel_head", args=[slug]),
    }
    part = "#outline" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"annual_wheel/editor.html{part}", context)


@read_or_send
def wheel_head(request: HttpRequest, slug: str) -> HttpResponse:
    """The wheel itself: its title, owner and plan, and who may read it."""
    today = clock.today()
    wheel = wheel_to_write(request, slug, today=today)
    form = WheelForm(instance=wheel, user=request.user, today=today, **sent(request))  # type: ignore[arg-type]
    heading = _("Endre årshjulet")
    return handle(
        request,
        Editing(form),
        FormPage(heading=heading, back=editor_url(wheel), crumbs=crumbs(wheel, heading)),
        save=lambda: writing.save_wheel(wheel, by=request.user, expected=form.expected, why=form.reason),  # type: ignore[arg-type]
        done=lambda saved: to_row(saved, "hjul"),
    )


@read_or_send
def entry_new(request: HttpRequest, slug: str) -> HttpResponse:
    today = clock.today()
    wheel = wheel_to_write(request, slug, today=today)
    asked = request.GET.get("maned", "")
    month = int(asked) if asked in {str(number) for number in range(1, 13)} else today.month
    begins = whole_number(request.GET.get("fra"), YEARS[1])
    from_year = begins if begins and begins >= YEARS[0] else None
    blank = Entry(wheel=wheel, month=month, from_year=from_year)
    found = measures_offered(wheel, request.user, today=today).filter(key=request.GET.get("tiltak", ""))  # type: ignore[arg-type]
    for measure in found if request.method == "GET" else ():
        blank.text, blank.modality = str(measure), measure.modality
        return _entry(request, blank, _("Nytt punkt"), key=month_key(month), carries=measure)
    return _entry(request, blank, _("Nytt punkt"), key=month_key(month))


@read_or_send
def entry_edit(request: HttpRequest, key: str) -> HttpResponse:
    return _entry(request, entry_of_wheel(request, key, today=clock.today()), _("Endre punktet"), key=key)


def _entry(
    request: HttpRequest, entry: Entry, heading: str, *, key: str, carries: Measure | None = None
) -> HttpResponse:
    """The form of an entry; a new one can begin as what carries out a measure."""
    today, data = clock.today(), sent(request).get("data")
    asked = request.POST.get("years") or request.GET.get("ar", "")
    said = Said(entry, home=entry.wheel.owner, data=data, like=carries)
    begun = {"measures": [carries], "target_groups": list(carries.target_groups.all())} if carries else {}
    form = EntryForm(
        instance=entry,
        user=request.user,  # type: ignore[arg-type]
        today=today,
        said=said,
        asked_years=asked,
        initial=begun,
        **sent(request),
    )
    lines, links = said.part, links_part(entry.links, data)

    def save() -> Entry:
        refuse_other_links(form, links_of(links.rows))
        try:
            return writing.save_entry(
                entry,
                by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
                today=today,
                expected=None if form.is_new else form.expected,
                why=form.reason,
                many=form.many(),
                links=links_of(links.rows),
                lines=lines_of(lines.rows),
                years=form.scope,
            )
        except (when.Unreadable, when.AnchorCircle) as error:
            raise forms.ValidationError(explain(error)) from error

    page = FormPage(
        heading=heading,
        back=to_row(entry.wheel, key),
        crumbs=crumbs(entry.wheel, heading),
        previews=_previews(entry.wheel, _read(request, entry), said),
    )

    def done(saved: Entry) -> str:
        year = form.scope.year if form.scope else None
        if empty := words_of_empty(empty_groups([saved], day=today, year=year)):
            messages.warning(request, empty)
        return to_row(saved.wheel, saved.key)

    return handle(request, Editing(form, [lines, links], form.groups(links)), page, save=save, done=done)


def _previews(wheel: Wheel, read: Understood | None, said: Said) -> list[Preview]:
    """What the date and who is responsible are understood as."""
    when_read = Preview(
        field="when_words",
        template="annual_wheel/_when_read.html",
        read=read,
        url=reverse("when_preview", args=[wheel.slug]),
        target="#when-read",
        typed=("when_words", "bound_words", "anchor_offset_days"),
        chosen=("month", "kind", "bound_entry", "anchor"),
    )
    return [when_read, said.preview(reverse("responsible_preview", args=[wheel.slug]))]


def refuse_other_links(form: EntryForm, links: list[Any]) -> None:
    """The links of an entry are those of all its years."""
    if form.scope and form.scope.reach is Reach.ONLY and links != form.instance.links:
        words = _("Nettlenkene gjelder alle år, og kan ikke være annerledes i %(year)s.")
        raise forms.ValidationError(words % {"year": form.scope.year})


def _read(request: HttpRequest, entry: Entry) -> Understood | None:
    """What the date comes to this year: as it is stored, or as it was sent."""
    today = clock.today()
    if request.method == "POST":
        return from_fields(request.POST.dict(), _entries(entry.wheel), today=today)
    return understood(entry, today.year) if entry.pk else None


def _entries(wheel: Wheel) -> dict[str, Entry]:
    return {str(entry.pk): entry for entry in wheel.entries.standing()}


@require_safe
def when_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what a date is understood as, while it is typed."""
    wheel = wheel_to_write(request, slug, today=clock.today())
    read = from_fields(request.GET.dict(), _entries(wheel), today=clock.today())
    heading = _("Prøv en dato")
    context = {"read": read, "heading": heading, "crumbs": crumbs(wheel, heading), "asked": request.GET}
    part = "#read" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"annual_wheel/when_preview.html{part}", context)


@require_safe
def responsible_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell who is understood to be responsible, and which names the last words may become, while it is typed."""
    wheel = wheel_to_write(request, slug, today=clock.today())
    heading = _("Prøv hvem som har ansvaret")
    said = Said(Entry(wheel=wheel), home=wheel.owner, data=request.GET)
    return show_read(request, said, crumbs(wheel, heading), heading)


@require_POST
def entry_move(request: HttpRequest, key: str) -> HttpResponse:
    """Move an entry one step among those of its month, and say where it then stands."""
    entry = entry_of_wheel(request, key, today=clock.today())
    is_up = request.POST.get("to") == "up"
    keys = [each.key for each in writing.entries_beside(entry)]
    if key in keys and writing.move_entry(entry, by=request.user, is_up=is_up):  # type: ignore[arg-type]
        number = keys.index(key) + (0 if is_up else 2)
        words = {"item": short(entry), "number": number, "count": len(keys)}
        messages.success(request, _("Flyttet: «%(item)s» er nå nummer %(number)s av %(count)s.") % words)
    else:
        messages.info(request, end_words(is_up=is_up))
    return HttpResponseRedirect(asked_for(request) or to_row(entry.wheel, key))


@require_POST
def entry_retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take an entry out, and stay where it stood. The message that says so brings it back."""
    entry = entry_of_wheel(request, key, today=clock.today())
    stays = stays_in_place_of(entry, writing.entries_beside(entry))
    writing.retire_entry(entry, by=request.user, today=clock.today())  # type: ignore[arg-type]
    said = _("Tatt ut: «%(item)s»") % {"item": short(entry)}
    messages.success(request, said, extra_tags=reverse("entry_bring_back", args=[key]))
    return HttpResponseRedirect(
        asked_for(request) or to_row(entry.wheel, stays.key if stays else month_key(entry.month))
    )


@require_POST
def entry_bring_back(request: HttpRequest, key: str) -> HttpResponse:
    entry = entry_of_wheel(request, key, today=clock.today())
    writing.bring_back_entry(entry, by=request.user, now=timezone.now(), today=clock.today())  # type: ignore[arg-type]
    messages.success(request, _("Hentet tilbake: «%(item)s»") % {"item": short(entry)})
    return HttpResponseRedirect(asked_for(request) or to_row(entry.wheel, key))


@require_safe
def entry_changes(request: HttpRequest, key: str) -> HttpResponse:
    """What has been changed in an entry, its responsibility lines among it."""
    entry = entry_of_wheel(request, key, today=clock.today(), permission=Permission.READ_DRAFTS)
    trail = [
        *crumbs(entry.wheel)[:2],
        {"label": entry.text, "url": entry.get_absolute_url(), "lang": lang_of(settings.LANGUAGE_CODE)},
        {"label": _("Endringer")},
    ]
    changes = merged(changes_of(entry), LinesLog(entry).changes())
    return show_changes(
        request, str(entry), changes, trail, back=entry.get_absolute_url(), language=settings.LANGUAGE_CODE
    )
