"""Who is not logged in, or no longer, is led to log in and then back to the page they were on."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from config.lib.addresses import our_own
from config.lib.stale import logged_out


class LoginMiddleware(LoginRequiredMiddleware):
    """Nobody gets in unless the view says `login_not_required`.

    A form that something was written in is answered with what was written, see `config.lib.stale`.

    htmx follows a redirect itself and would put the login page into the fragment's place; HX-Redirect makes the browser
    go there instead.
    """

    def handle_no_permission(  # type: ignore[override]  # an answer to htmx is no redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if not request.htmx and (page := logged_out(request)):  # type: ignore[attr-defined]
            return page
        login = resolve_url(self.get_login_url(view_func))
        answer = redirect_to_login(page_of(request), login, self.get_redirect_field_name(view_func))
        return HttpResponseClientRedirect(answer.url) if request.htmx else answer  # type: ignore[attr-defined]


def page_of(request: HttpRequest) -> str:
    """Return the address of the page one was on: a fragment's or a form's own address can not be opened afterwards."""
    if not request.htmx and request.method in ("GET", "HEAD"):  # type: ignore[attr-defined]
        return request.get_full_path()
    return came_from(request) or "/"


def came_from(request: HttpRequest) -> str:
    """Return the address of our own page that the request was made on; empty where it says nothing of it."""
    try:
        return our_own(request, _page_said(request))
    except ValueError:
        return ""


def _page_said(request: HttpRequest) -> str:
    """The address without its host, as the browser says it: with a path as `//elsewhere.example/` it is not ours."""
    if request.htmx:  # type: ignore[attr-defined]
        return request.htmx.current_url_abs_path or ""  # type: ignore[attr-defined]
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return ""
    return f"{page.path}?{page.query}" if page.query else page.path
