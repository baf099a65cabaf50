"""Calendar subscriptions: the page where they are made, renewed and withdrawn, and the calendars themselves."""

import gzip
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from annual_wheel import feeds as service
from annual_wheel.calendars import DATED, Choice
from annual_wheel.feed_forms import ChangeForm, SubscribeForm, choice_words
from annual_wheel.models import CalendarFeed, FeedKind, Wheel
from annual_wheel.phrases import day_phrase, distance
from annual_wheel.public_calendars import PublicCalendar, public_calendar, webcal
from config.lib import clock
from config.lib.limit import Limit
from config.lib.models import StaleEdit
from organisation.models import User

TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$))", re.IGNORECASE)  # "gzip;q=0" says no to it
PLAIN = "text/plain; charset=utf-8"
LIMIT = Limit("feed", most=settings.FEED_LIMIT, window=timedelta(minutes=5))
# Of each address on the network: a whole campus may come from one.
PUBLIC_LIMIT = Limit("public-feed", most=settings.PUBLIC_FEED_LIMIT, window=timedelta(minutes=5))
SHOWN_ONCE = "new_feed"  # in the session, from the press to the page that follows


@dataclass(frozen=True, slots=True)
class Address:
    """A subscription's address, on the one page where it is shown."""

    name: str
    url: str

    @property
    def webcal(self) -> str:
        return webcal(self.url)


@dataclass(frozen=True, slots=True)
class FeedRow:
    pk: int
    name: str
    covers: str
    choice: str
    used: str


def feed_row(feed: CalendarFeed) -> FeedRow:
    today = clock.today()
    used = _("Ikke brukt ennå")
    if feed.last_used_on:
        day = feed.last_used_on
        when = distance(day, today=today) if (today - day).days < 2 else day_phrase(day, today=today)
        used = _("Sist brukt %(day)s") % {"day": when}
    covers = str(feed.unit or feed.wheel or FeedKind.PERSONAL.label)
    return FeedRow(feed.pk, feed.name, covers[0].upper() + covers[1:], ", ".join(choice_words(feed)), used)


@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """The person's own subscriptions, and a form for one more. A new address is shown on the page that follows."""
    user = cast(User, request.user)
    form = SubscribeForm(request.POST or None, user=user, today=clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            feed, secret = service.subscribe(by=user, **form.cleaned_data)
        except service.TooMany:
            most = service.MOST_PER_PERSON
            form.add_error(None, _("Du har %(most)d abonnementer. Trekk tilbake ett du ikke bruker.") % {"most": most})
        else:
            return _shown_once(request, feed, secret)
    own = CalendarFeed.objects.filter(user=user, revoked_at=None).select_related("unit", "wheel").defer("body")
    name, secret = request.session.pop(SHOWN_ONCE, ("", ""))
    context = {
        "form": form,
        "rows": [feed_row(feed) for feed in own],
        "crumbs": [{"label": _("Min side"), "url": reverse("my_page")}, {"label": _("Kalenderabonnement")}],
        "address": Address(name, settings.BASE_URL + reverse("feed_file", args=[secret])) if secret else None,
    }
    return render(request, "annual_wheel/feeds.html", context)


def _shown_once(request: HttpRequest, feed: CalendarFeed, secret: str) -> HttpResponseRedirect:
    request.session[SHOWN_ONCE] = [feed.name, secret]
    return redirect("feeds")


def _own(request: HttpRequest, pk: int) -> CalendarFeed:
    """One's own subscription, while it answers."""
    feeds = CalendarFeed.objects.select_related("unit", "wheel").defer("body")
    found: CalendarFeed = get_object_or_404(feeds, pk=pk, user=request.user, revoked_at=None)
    return found


@require_safe
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the list, for whoever lets its choices be as they are."""
    own = _own(request, pk)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "annual_wheel/_feed.html", {"row": feed_row(own)})
    return redirect(_at(own))


@require_http_methods(["GET", "HEAD", "POST"])
def feed_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Other choices under the same address: in the list itself, or on a page of its own."""
    own, user = _own(request, pk), cast(User, request.user)
    data = request.POST.copy() if request.method == "POST" else None
    form = ChangeForm(data, feed=own, user=user)
    if data is not None and form.is_valid():
        chosen = dict(form.cleaned_data)
        try:
            service.change(own, by=user, expected=chosen.pop("lock_version"), **chosen)
        except StaleEdit as stale:
            form.add_error(None, _("Du har endret dette et annet sted i mellomtiden. Lagrer du nå, gjelder det under."))
            data["lock_version"] = str(stale.current.lock_version)
        else:
            return _changed(request, _own(request, pk))
    context = {"form": form, "row": feed_row(own), "back": _at(own)}
    if request.htmx:  # type: ignore[attr-defined]
        form.fields["name"].widget.attrs["data-take-focus"] = not form.errors
        return render(request, "annual_wheel/_feed_form.html", context)
    form.fields["name"].widget.attrs["autofocus"] = not form.errors
    crumbs = [
        {"label": _("Min side"), "url": reverse("my_page")},
        {"label": _("Kalenderabonnement"), "url": reverse("feeds")},
        {"label": own.name},
    ]
    return render(request, "annual_wheel/feed_change.html", context | {"crumbs": crumbs})


def _changed(request: HttpRequest, feed: CalendarFeed) -> HttpResponse:
    said = _("«%(name)s» er endret, på samme adresse. Kalenderen din viser det neste gang den henter.")
    if request.htmx:  # type: ignore[attr-defined]
        response = render(request, "annual_wheel/_feed.html", {"row": feed_row(feed), "is_changed": True})
        return trigger_client_event(response, "announce", {"value": said % {"name": feed.name}})
    messages.success(request, said % {"name": feed.name})
    return redirect(_at(feed))


def _at(feed: CalendarFeed) -> str:
    return f"{reverse('feeds')}#feed-{feed.pk}"


@require_POST
def feed_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Swap the address for a new one."""
    feed = _own(request, pk)
    return _shown_once(request, feed, service.renew(feed))


@require_POST
def feed_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop answering at the address; the bar that follows can take it back."""
    feed = _own(request, pk)
    service.withdraw(feed, now=timezone.now())
    text = _("«%(name)s» er trukket tilbake, og adressen svarer ikke lenger.") % {"name": feed.name}
    messages.success(request, text, extra_tags=reverse("feed_restore", args=[feed.pk]))  # drawn with its undo
    return redirect("feeds")


@require_POST
def feed_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a withdrawal back."""
    feed = get_object_or_404(CalendarFeed, pk=pk, user=request.user)
    service.restore(feed)
    messages.success(request, _("«%(name)s» virker igjen, på samme adresse.") % {"name": feed.name})
    return redirect("feeds")


@login_not_required
@require_safe
def feed_file(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar at a secret address. One that is withdrawn answers as one that never was."""
    found = service.find(secret)
    if found is None:
        return _not_there()
    now = timezone.now()
    if seconds := LIMIT.wait(found.pk, now=now):
        return _too_often(seconds)
    return _answered(request, service.answer(found, today=clock.today(), now=now), audience="private")


@login_not_required
@require_safe
def wheel_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The calendar of a public wheel, in bokmål or English, whole or with only some kinds of entries."""
    if seconds := PUBLIC_LIMIT.wait(get_adapter().get_client_ip(request), now=timezone.now()):
        return _too_often(seconds)
    wheel = Wheel.objects.filter(slug=slug, is_public=True).first()
    if wheel is None:
        return _not_there()
    kinds = tuple(kind for kind in DATED if kind in request.GET.getlist("type")) or DATED
    language = "en" if request.GET.get("sprak") == "en" else "nb"
    calendar = public_calendar(wheel, language=language, choice=Choice(kinds), today=clock.today())
    return _answered(request, calendar, audience="public")


def _not_there() -> HttpResponse:
    return HttpResponseNotFound(_("Denne kalenderen finnes ikke."), content_type=PLAIN)


def _too_often(seconds: int) -> HttpResponse:
    words = _("Denne kalenderen er hentet for ofte. Prøv igjen om %(seconds)d sekunder.") % {"seconds": seconds}
    return HttpResponse(words, status=429, content_type=PLAIN, headers={"Retry-After": str(seconds)})


def _answered(request: HttpRequest, answer: service.Answer | PublicCalendar, *, audience: str) -> HttpResponse:
    """The calendar, gzipped where that is asked for, or that the one the program has is still right."""
    is_zipped = bool(TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")))
    etag = _etag(answer, is_zipped=is_zipped)
    response = get_conditional_response(request, etag=etag, last_modified=int(answer.changed_at.timestamp()))
    if response is None:
        answer = answer.whole()
        etag, body = _etag(answer, is_zipped=is_zipped), answer.zipped or b""
        response = HttpResponse(
            body if is_zipped else gzip.decompress(body), content_type="text/calendar; charset=utf-8"
        )
        response.headers["Content-Disposition"] = 'inline; filename="rod-trad.ics"'
        if is_zipped:
            response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(answer.changed_at.timestamp())
    response.headers["Cache-Control"] = f"{audience}, no-cache"
    response.headers["Content-Language"] = answer.language
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _etag(answer: service.Answer | PublicCalendar, *, is_zipped: bool) -> str:
    return f'"{answer.etag}-gzip"' if is_zipped else f'"{answer.etag}"'
