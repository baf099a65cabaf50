"""The wheels: which there are, and a year of one as picture and list; opening a year."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annual_wheel import allowed, opening, when, when_words, year_page, years
from annual_wheel.access import proposing_units, wheel_named
from annual_wheel.aims import aims_of
from annual_wheel.asked import WHEEL, Asked
from annual_wheel.emptiness import empty_groups, words_of_empty
from annual_wheel.filters import Filters, WheelFilter
from annual_wheel.models import Task, Wheel
from annual_wheel.public_calendars import webcal
from annual_wheel.wheel_list import wheel_rows
from annual_wheel.year_facts import editions_in, facts_of
from config.lib import clock
from config.lib.language import lang_of
from config.lib.set_once import set_once
from organisation.acting import acting_units
from organisation.models import User
from organisation.permissions import Permission
from strategy.access import allowed_url


@require_safe
def wheels(request: HttpRequest) -> HttpResponse:
    rows = wheel_rows(Wheel.objects.visible_to(request.user), today=clock.today())
    count = ngettext("%(count)d årshjul", "%(count)d årshjul", len(rows)) % {"count": len(rows)}
    may_add = bool(request.user.reach(clock.today())[Permission.EDIT])  # type: ignore[union-attr]
    return render(request, "annual_wheel/wheels.html", {"rows": rows, "count": count, "may_add": may_add})


@login_not_required
@require_safe
def wheel(request: HttpRequest, slug: str) -> HttpResponse:
    """Go to the year that is most likely meant."""
    found = Wheel.objects.visible_to(request.user).filter(slug=slug).first()
    if found is None:
        return not_seen(request)
    year = years.nearest_year(years.opened_years(found), today=clock.today())
    return redirect("wheel_year", slug, year)


@login_not_required
@require_safe
def wheel_year(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    today = clock.today()
    found = wheel_named(slug)
    if found is None or not found.is_visible_to(request.user):
        return not_seen(request)
    opened, is_editor = years.opened_years(found), may(request, found, Permission.EDIT, today)
    if year not in opened and year not in years.openable_years(opened, today=today):
        raise Http404
    asked = Asked.of(request.GET, year)
    context: dict[str, Any] = {
        "wheel": found,
        "plan_lang": lang_of(found.document.language) if found.document else "",
        "year": str(year),
        "name": asked.whole.title,
        "webcal": webcal(settings.BASE_URL + reverse("wheel_file", args=[slug])) if found.is_public else "",
        "tabs": years.year_tabs(found, opened, asked, may_edit=is_editor, today=today),
        "crumbs": [{"label": _("Årshjul"), "url": reverse("wheels")}, {"label": f"{found.title} {asked.whole.title}"}],
        "may_edit": is_editor,
        "allowed_url": allowed_url(request.user, found, allowed.WHEEL, found.slug, today=today),
        "may_see_board": year in opened and may(request, found, Permission.READ_DRAFTS, today),
        **turn_link(request, found, opened, year, is_editor=is_editor),
    }
    if year in opened:
        context |= year_context(request, found, opened, asked, today)
    else:
        context |= {"nearest": years.nearest_year(opened, today=today) if opened else None}
    return render(request, "annual_wheel/wheel_year.html", context)


def turn_link(
    request: HttpRequest, found: Wheel, opened: Collection[int], year: int, *, is_editor: bool
) -> dict[str, Any]:
    """From the last opened year, and from one that is not opened, the way to where the next is prepared."""
    coming = year if year not in opened else year + 1
    is_last = not opened or year >= max(opened)
    user, today = request.user, clock.today()
    if not is_last or not isinstance(user, User):
        return {}
    if not is_editor and not proposing_units(user, found, today=today).exists():
        return {}
    words = _("Forbered %(year)s") if is_editor else _("Foreslå til %(year)s")
    return {"turn_url": reverse("wheel_turn", args=[found.slug, coming]), "turn_words": words % {"year": coming}}


def year_context(
    request: HttpRequest, found: Wheel, opened: Collection[int], asked: Asked, today: date
) -> dict[str, Any]:
    """What an opened year shows of what the address asks for."""
    user = request.user
    own = [unit.pk for unit in acting_units(user)] if isinstance(user, User) else []
    shown, aims = year_page.years_of(asked, opened), aims_of(found, user, today=today)
    facts = facts_of(found, shown)
    form = WheelFilter(request.GET, wheel=found, parties=facts.parties, aims=aims, asked=asked, with_mine=bool(own))
    asked = replace(asked, filters=form.pairs)
    raw = replace(form.take(facts, editions_in(found, shown), own=own), aims=aims if asked.rings == "maal" else ())
    page = year_page.page_of(raw, asked, title=f"{found.title} {asked.period.title}", today=today)
    show_all = asked.url(filters=())
    return {
        "is_opened": True,
        "selection": urlencode({"utvalg": asked.url(view=WHEEL)[1:]}),
        "views": year_page.views_of(asked),
        "filter_html": set_once(
            "annual_wheel/_wheel_filter.html", filters=Filters.of(form), count=page.count, show_all=show_all
        ),
        "page": page,
        "show_year": asked.url(filters=(), month=0, week=None),
        "unopened": str(asked.year + 1) if asked.whole.last.year not in opened else "",
    }


@require_POST
def wheel_open(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Open a year: every entry gets its edition, every responsible unit its task."""
    today = clock.today()
    found = get_object_or_404(Wheel.objects.visible_to(request.user), slug=slug)
    if not may(request, found, Permission.EDIT, today):
        raise PermissionDenied
    opened = years.opened_years(found)
    if year not in opened and year not in years.openable_years(opened, today=today):
        raise Http404
    is_new = year not in opened
    try:
        opening.open_year(found, year=year, by=request.user, now=timezone.now(), today=today)  # type: ignore[arg-type]
    except (when.Unreadable, when.AnchorCircle) as error:
        messages.error(request, " ".join((_("Året er ikke åpnet."), when_words.explain(error))))
    else:
        say_opened(request, found, year, undo=reverse("wheel_close", args=[slug, year]) if is_new else "")
        say_empty(request, found, year)
    return redirect("wheel_year", slug, year)


def say_opened(request: HttpRequest, found: Wheel, year: int, *, undo: str) -> None:
    """Say it, with the way back where the year was not open before."""
    if Task.objects.filter(edition__entry__wheel=found, edition__year=year).exists():
        messages.success(
            request, _("%(year)s er åpnet, og enhetene har fått oppgavene sine.") % {"year": year}, extra_tags=undo
        )
        return
    text = _("%(year)s er åpnet, men ingen fikk oppgaver: ingen enhet som kvitterer ut, står som ansvarlig på datoen.")
    messages.warning(request, text % {"year": year})


def say_empty(request: HttpRequest, found: Wheel, year: int) -> None:
    """Nothing is skipped silently: name the groups that no unit got a task through."""
    standing = found.entries.standing().in_year(year)
    if empty := words_of_empty(empty_groups(standing, day=clock.today(), year=year)):
        messages.warning(request, empty)


def may(request: HttpRequest, found: Wheel, permission: Permission, today: date) -> bool:
    return isinstance(request.user, User) and request.user.may(permission, found.owner_id, today=today)


def not_seen(request: HttpRequest) -> HttpResponse:
    """Whoever is not logged in may see it after logging in; for others it is not there."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404
