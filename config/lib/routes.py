"""The addresses put in order by their first word, so that a request is compared with its own kind and no other.

Django tries one pattern after another, and there are hundreds: that alone can cost more than a small answer does.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

Patterns = list[URLPattern | URLResolver]


def of_apps(*names: str) -> Patterns:
    """The patterns of these apps' `urls`, as `include` would give them one after another."""
    return by_first_word(pattern for name in names for pattern in import_module(f"{name}.urls").urlpatterns)


def by_first_word(patterns: Iterable[URLPattern | URLResolver]) -> Patterns:
    """Those with a first word that is told outright, each word's together where the first of them stood."""
    under: dict[str, Patterns] = {}
    placed: list[str | URLPattern | URLResolver] = []
    for pattern in patterns:
        word, slash, rest = str(pattern.pattern).partition("/")
        if (
            not isinstance(pattern.pattern, RoutePattern)
            or isinstance(pattern, URLResolver)
            or not slash
            or "<" in word
        ):
            placed.append(pattern)
            continue
        if word not in under:
            under[word] = []
            placed.append(word)
        under[word].append(path(rest, pattern.callback, pattern.default_args, name=pattern.name))
    return [path(f"{each}/", include(under[each])) if isinstance(each, str) else each for each in placed]
