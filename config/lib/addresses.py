"""The addresses of pages that lists link to row by row."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str, *key: str | int) -> str:
    """What `reverse` gives for a page with such a key; kept, since a list asks for hundreds of them."""
    return _address(name, key, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=10_000)
def _address(name: str, key: tuple[str | int, ...], prefix: str, urlconf: str | None) -> str:
    return reverse(name, args=key)
