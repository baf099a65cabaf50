"""The board of a year, for those who read the drafts of the wheel's owner; and a friendly reminder to who is late."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from annual_wheel import board_page, nudging
from annual_wheel.access import wheel_named
from annual_wheel.giving_log import MOST_CHANGES, changes_of
from annual_wheel.models import Wheel
from annual_wheel.recipients import names_of
from annual_wheel.years import opened_years
from config.lib import clock
from organisation.models import User
from organisation.permissions import Permission
from strategy.access import refuse_unless

MONTHS = [str(number) for number in range(13)]  # in the address; 0 is what goes on all year


@require_safe
def board(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The whole year folded by month, with one month open: this one, or the one in the address."""
    today = clock.today()
    wheel, user = board_of(request, slug, year, today)
    asked, as_text = request.GET.get("maaned", ""), request.GET.get("vis") == "tekst"
    month, is_alone = int(asked) if asked in MONTHS else None, bool(request.htmx)  # type: ignore[attr-defined]
    page = board_page.page_of(wheel, year, month=month, as_text=as_text, today=today)
    context = {
        "as_text": as_text,
        "opened": page.opened,
        "query": "vis=tekst&" if as_text else "",
        "part": page.part,
    }
    if is_alone and page.opened is not None:
        head = page.heads[page.opened]
        response = render(request, "annual_wheel/board.html#month", {**context, "month": head})
        return trigger_client_event(response, "announce", {"value": f"{head.name}: {head.words}"})
    is_editor = wheel.owner_id in user.reach(today)[Permission.EDIT]
    return render(
        request,
        "annual_wheel/board.html",
        {
            **context,
            **frame_of(wheel, year),
            "months": page.heads.values(),
            "late": sum(head.late for head in page.heads.values()),
            "is_editor": is_editor,
            "told": nudging.told_today(wheel, today=today) if is_editor else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def board_nudge(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Say who would get a friendly reminder, and send it: a mail cannot be undone, so it is asked first."""
    today = clock.today()
    wheel, user = board_of(request, slug, year, today)
    refuse_unless(user, Permission.EDIT, wheel, today=today)
    if request.method == "POST":
        plan = nudging.nudge(wheel, year, by=user, now=timezone.now(), today=today)
        if plan.addressees:
            who = names_of(to.user for to in plan.addressees)
            messages.success(request, _("En vennlig påminnelse går til: %(people)s.") % {"people": who})
        else:
            messages.warning(request, _("Ingen fikk noe nå: alle som er forsinket, er alt minnet på det i dag."))
        return redirect("board", slug, year)
    context = {"plan": nudging.plan_of(wheel, year, by=user, today=today), **frame_of(wheel, year)}
    return render(request, "annual_wheel/nudge.html", context)


@require_safe
def board_changes(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """What units coming, going and changing groups have meant for the year's tasks, for those who edit the wheel."""
    today = clock.today()
    wheel, user = board_of(request, slug, year, today)
    refuse_unless(user, Permission.EDIT, wheel, today=today)
    changes = changes_of(wheel, year, today=today)
    count = ngettext("%(count)d endring", "%(count)d endringer", len(changes)) % {"count": len(changes)}
    context = {"changes": changes, "count": count, "most": len(changes) == MOST_CHANGES, **frame_of(wheel, year)}
    return render(request, "annual_wheel/board_changes.html", context)


def board_of(request: HttpRequest, slug: str, year: int, today: date) -> tuple[Wheel, User]:
    """The wheel, for those who read its owner's drafts, in a year that has been opened; for others it is not there."""
    user = request.user
    assert isinstance(user, User)
    wheel = wheel_named(slug)
    if wheel is None or wheel.owner_id not in user.reach(today)[Permission.READ_DRAFTS]:
        raise Http404
    if year not in opened_years(wheel):
        raise Http404
    return wheel, user


def frame_of(wheel: Wheel, year: int) -> dict[str, Any]:
    year_url = reverse("wheel_year", args=[wheel.slug, year])
    return {
        "wheel": wheel,
        "year": str(year),
        "board_url": reverse("board", args=[wheel.slug, year]),
        "crumbs": [
            {"label": _("Årshjul"), "url": reverse("wheels")},
            {"label": f"{wheel.title} {year}", "url": year_url},
            {"label": _("Tavle"), "url": ""},
        ],
    }
