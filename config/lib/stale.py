"""A form that is sent too late: by somebody who is not logged in any longer, or with a mark that no longer counts.

Nothing of it is stored. What was written is shown so that it can be copied, or left standing where it is. It is shown
only to a page of ours: nobody is to let our pages say something by sending a form from elsewhere.
"""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import get_token
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from config.lib.addresses import with_query
from config.lib.typed import texts_lost

LOGIN: Final = "account_login"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What whoever sends a form with an old mark meets; htmx leaves the form as it stands, and gets a new mark."""
    if _is_htmx(request):
        answer: HttpResponse = HttpResponseForbidden()
        if is_from_us(request):
            answer["HX-Trigger"] = json.dumps({"stale": _fresh(request)})
        return _uncached(answer)
    return _page(request, "403_csrf.html")


def _fresh(request: HttpRequest) -> dict[str, str]:
    """The mark that counts now, and whose it is; nothing where nobody is logged in."""
    return {"token": get_token(request), "who": str(request.user)} if request.user.is_authenticated else {}


def logged_out(request: HttpRequest) -> HttpResponse | None:
    """The page with what was sent by somebody who is not logged in; None where nothing of it was written."""
    return _page(request, "logged_out.html") if lost(request) else None


def lost(request: HttpRequest) -> list[str]:
    return texts_lost(request) if is_from_us(request) else []


def is_from_us(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on a page of ours."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(said).netloc == request.get_host()
    except ValueError:
        return False


def _page(request: HttpRequest, template: str) -> HttpResponse:
    from config.lib.htmx import came_from

    back = came_from(request)
    login = with_query(resolve_url(LOGIN), next=back)
    context = {"lost": lost(request), "back": back, "login_url": login}
    return _uncached(render(request, template, context, status=403))


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _uncached(answer: HttpResponse) -> HttpResponse:
    add_never_cache_headers(answer)
    patch_vary_headers(answer, ["Cookie"])
    return answer
