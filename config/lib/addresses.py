"""The addresses of pages: those that lists link to row by row, and where one wants to come back to."""

from functools import lru_cache

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def address(name: str, *key: str | int) -> str:
    """What `reverse` gives for a page with such a key; kept, since a list asks for hundreds of them."""
    return _address(name, key, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=10_000)
def _address(name: str, key: tuple[str | int, ...], prefix: str, urlconf: str | None) -> str:
    return reverse(name, args=key)


def addresses(kind: str, acts: tuple[str, ...], key: str | int) -> tuple[str, ...]:
    """The addresses of the pages `<kind>_<act>` with the same key."""
    return _addresses(kind, acts, key, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=10_000)
def _addresses(kind: str, acts: tuple[str, ...], key: str | int, prefix: str, urlconf: str | None) -> tuple[str, ...]:
    return tuple(_address(f"{kind}_{act}", (key,), prefix, urlconf) for act in acts)


def asked_for(request: HttpRequest) -> str:
    """The address in `next` that one wants to come back to, where it is one of ours."""
    return our_own(request, request.POST.get("next") or request.GET.get("next") or "")


def our_own(request: HttpRequest, address: str) -> str:
    """The address, where it is one of ours; else empty."""
    if not address:
        return ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else ""


def with_query(url: str, **said: str) -> str:
    """The address with more in its query, of what is not empty."""
    more = urlencode({name: value for name, value in said.items() if value})
    return f"{url}{'&' if '?' in url else '?'}{more}" if more else url


def at_row(url: str, key: object) -> str:
    """The address of a page with many rows, at one of them: the row comes into view, and focus goes to it."""
    return f"{url}?ved={key}#rad-{key}"
