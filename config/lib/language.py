"""Browsers that ask for Norwegian without saying which kind, or for nynorsk, get bokmål instead of English."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

NORWEGIAN = re.compile(r"(?<![-\w])(?:no|nn)(?:-no)?(?![-\w])", re.IGNORECASE)


def as_bokmaal(accept_language: str) -> str:
    """`no-NO,no;q=0.9,en;q=0.8` → `nb,nb;q=0.9,en;q=0.8`."""
    return NORWEGIAN.sub("nb", accept_language)


def norwegian_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands before Django's LocaleMiddleware, which knows only `nb`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE")
        if accepted:
            request.META["HTTP_ACCEPT_LANGUAGE"] = as_bokmaal(accepted)
        return get_response(request)

    return middleware


def lang_of(language: str) -> SafeString:
    """The attribute that names a text's language, empty where it is the page's own."""
    if (get_language() or "").startswith(language):
        return SafeString("")
    return mark_safe(f' lang="{"en" if language == "en" else "nb"}"')
