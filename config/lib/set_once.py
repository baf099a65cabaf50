"""Parts of pages that many ask for and that are the same for everybody who sees the same content."""

from collections.abc import Hashable
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def set_once(template: str, **content: Hashable) -> SafeString:
    """Set a template from content alone, and keep it.

    The whole content is the key, so what is kept can be neither out of date nor meant for somebody else. It must be
    frozen: words, numbers, and tuples and frozen dataclasses of them.
    """
    return _set(template, get_language(), tuple(content.items()))


@lru_cache(maxsize=32)
def _set(template: str, language: str | None, content: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return SafeString(render_to_string(template, dict(content)))


def forget() -> None:
    """Let go of all that is kept, to see what it costs to set it."""
    _set.cache_clear()
