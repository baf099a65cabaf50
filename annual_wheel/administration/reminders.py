"""Reminders for administrators: what has been sent and how it went, and what would be sent to whom on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annual_wheel import ledger_search, nudging
from annual_wheel.models import NudgeMail, Sending
from annual_wheel.previewing import Shown, previews
from config.lib import clock
from config.lib.days import day_words, moment_words
from config.lib.language import lang_of
from organisation.administration.access import administers, crumbs, list_answer, matches, user_of
from organisation.models import User
from organisation.people import administered_by

PAGE = 50


@dataclass(frozen=True, slots=True)
class LedgerRow:
    url: str
    day: str
    to: str
    subject: str
    status: str
    attempts: int
    again_url: str  # where it is sent again, of what was given up and can be


@administers
@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    """The ledger, searched by name, address, subject or Message-ID, and how the reminders stand."""
    today = clock.today()
    asked = {name: request.GET.get(name, "") for name in ("sok", "status", "dag", "slag")}
    kind = asked["slag"] if asked["slag"] in ledger_search.KINDS else "paaminnelse"
    found = _found(request, kind, asked, today)
    page = Paginator(found, PAGE).get_page(request.GET.get("side"))
    count = page.paginator.count
    context = {
        "rows": [_row(row, kind, is_lost=asked["status"] == ledger_search.GIVEN_UP) for row in page.object_list],
        "page": page,
        "count_words": ngettext("%(count)d e-post", "%(count)d e-poster", count) % {"count": count},
        "asked": {**asked, "slag": kind},
        "is_filtered": any(asked[name] for name in ("sok", "status", "dag")),
        "statuses": ledger_search.status_choices(),
        "kinds": ledger_search.KIND_WORDS,
        "health": ledger_search.health(now=timezone.now()),
        "crumbs": crumbs((_("Påminnelser"), "")),
    }
    return list_answer(request, "administration/reminders.html", context)


def _found(request: HttpRequest, kind: str, asked: dict[str, str], today: date) -> Any:
    people = administered_by(user_of(request), today=today)
    rows = ledger_search.KINDS[kind]._default_manager.filter(user__in=people.values("pk")).select_related("user")
    found = ledger_search.found_in_ledger(rows, status=asked["status"], today=today)
    if day := _day(asked["dag"]):
        found = found.filter(day=day)
    if words := asked["sok"].strip():
        named = [row[0] for row in people.values_list("pk", "name", "email") if matches(words, *row[1:])]
        found = found.filter(user__in=named) | found.filter(message_id=words) | found.filter(subject__icontains=words)
    return found.order_by("-day", "-pk")


def _row(row: Sending, kind: str, *, is_lost: bool) -> LedgerRow:
    return LedgerRow(
        url=reverse("admin_reminder", args=[kind, row.pk]),
        day=day_words(row.day),
        to=str(row.user),
        subject=row.subject or _("(ikke skrevet ennå)"),
        status=str(row.get_status_display()),
        attempts=row.attempt_count,
        again_url=_again_url(row, is_lost=is_lost),
    )


def _again_url(row: Sending, *, is_lost: bool) -> str:
    """Only what an editor asked for: what the daily ones told of stands in the next one where it still is so."""
    return reverse("admin_reminder_again", args=[row.pk]) if is_lost and isinstance(row, NudgeMail) else ""


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@administers
@require_safe
def reminder(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One mail: how it went, and what stood in it."""
    if kind not in ledger_search.KINDS:
        raise Http404
    today = clock.today()
    people = administered_by(user_of(request), today=today).values("pk")
    rows = ledger_search.KINDS[kind]._default_manager.filter(user__in=people).select_related("user")
    row: Sending = get_object_or_404(rows, pk=pk)
    is_lost, state = ledger_search.is_given_up(row, today=today), str(row.get_status_display())
    facts = (
        (_("Til"), f"{row.user.name} <{row.user.email}>"),
        (_("Dag"), day_words(row.day)),
        (_("Status"), _("%(state)s, gitt opp") % {"state": state} if is_lost else state),
        (_("Sendt"), moment_words(row.sent_at) if row.sent_at else ""),
        (_("Siste forsøk"), moment_words(row.claimed_at)),
        (_("Forsøk"), str(row.attempt_count)),
        (_("Forsøk med ukjent utfall"), str(row.uncertain_count) if row.uncertain_count else ""),
        (_("Meldings-ID"), row.message_id),
        (_("Feil"), row.error),
    )
    context = {
        "title": row.subject or _("Påminnelse"),
        "facts": [fact for fact in facts if fact[1]],
        "is_lost": is_lost,
        "again_url": _again_url(row, is_lost=is_lost),
        "items": [(item.get("text", ""), item.get("url", ""), item.get("unit", "")) for item in row.items],
        "crumbs": crumbs((_("Påminnelser"), reverse("admin_reminders")), (day_words(row.day), "")),
    }
    return render(request, "administration/reminder.html", context)


@administers
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a friendly reminder that was given up once more, about what is still late."""
    user, today = user_of(request), clock.today()
    rows = NudgeMail.objects.filter(user__in=administered_by(user, today=today).values("pk"))
    row = get_object_or_404(rows.select_related("user"), pk=pk)
    if nudging.send_again(row, by=user, now=timezone.now(), today=today):
        messages.success(request, _("E-posten til %(who)s sendes på nytt.") % {"who": row.user})
    else:
        messages.info(request, _("E-posten til %(who)s er ikke lenger gitt opp.") % {"who": row.user})
    return redirect(f"{reverse('admin_reminders')}?slag=vennlig&status={ledger_search.GIVEN_UP}")


@administers
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """What somebody would get on a day, as it would look; nothing is sent."""
    today = clock.today()
    who, day = request.GET.get("til", "").strip(), _day(request.GET.get("dag", "")) or today
    person, shown = _previewed(request, who, day)
    context = {
        "asked": {"til": who, "dag": day.isoformat()},
        "person": person,
        "lang": lang_of(person.language) if person else "",
        "is_unknown": bool(who) and person is None,
        "shown": shown,
        "day": day_words(day),
        "html_url": f"{reverse('admin_reminder_mail')}?{request.GET.urlencode()}" if shown else "",
        "crumbs": crumbs((_("Påminnelser"), reverse("admin_reminders")), (_("Forhåndsvis"), "")),
    }
    return render(request, "administration/reminder_preview.html", context)


@csp_update({"style-src": [UNSAFE_INLINE]})  # a mail carries its own style
@administers
@require_safe
def preview_mail(request: HttpRequest) -> HttpResponse:
    """The mail itself as a mail program would show it."""
    day = _day(request.GET.get("dag", "")) or clock.today()
    _person, shown = _previewed(request, request.GET.get("til", "").strip(), day)
    if shown is None:
        raise Http404
    return HttpResponse(shown.mail.html)


def _previewed(request: HttpRequest, who: str, day: date) -> tuple[User | None, Shown | None]:
    people = administered_by(user_of(request), today=clock.today()).filter(is_active=True)
    person = people.filter(email__iexact=who).first() if who else None
    return person, next(previews([person], today=day), None) if person else None
