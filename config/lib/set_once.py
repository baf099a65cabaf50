"""Parts of pages that many ask for and that are the same for everybody who sees the same content."""

from collections.abc import Hashable, Iterable
from functools import cache, lru_cache
from typing import Any, Final

from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_PARTS: Final = 8192  # about a kilobyte each


def set_once(template: str, **content: Hashable) -> SafeString:
    """Set a template from content alone, and keep it.

    The whole content is the key, so what is kept can be neither out of date nor meant for somebody else. It must be
    frozen: words, numbers, and tuples and frozen dataclasses of them.
    """
    return _set(template, get_language(), tuple(content.items()))


@lru_cache(maxsize=32)
def _set(template: str, language: str | None, content: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return SafeString(render_to_string(template, dict(content)))


def set_part(template: str, **content: Hashable) -> SafeString:
    """Set a row of a list or a piece of a picture by the same rule: when one of two hundred changes, one is set."""
    return _set_part(template, get_language(), tuple(content.items()))


def set_each(template: str, name: str, items: Iterable[Hashable], **content: Hashable) -> SafeString:
    """Set a part for each of the items, which the template knows by the name."""
    return SafeString("".join(set_part(template, **{name: item}, **content) for item in items))


@lru_cache(maxsize=MOST_PARTS)
def _set_part(template: str, language: str | None, content: tuple[tuple[str, Hashable], ...]) -> SafeString:
    return SafeString(_template(template).render(dict(content)))


@cache
def _template(name: str) -> Any:
    return get_template(name)


def forget() -> None:
    """Let go of all that is kept, to see what it costs to set it."""
    _set.cache_clear()
    _set_part.cache_clear()
