"""What an item builds up under in other documents, as its own line says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from strategy.in_force import Place, Words, places_of_fetched
from strategy.models import LINK_ENDS, Goal, LinkKind, Route
from strategy.words import shortened

Above = Mapping[str, Place]  # what items build up under, by key, as whoever looks may see it
Look = Callable[[list[Any]], Above]  # asked with what links lead to


def with_ends(links: QuerySet[Any]) -> QuerySet[Any]:
    """Links with what they lead to, in the document where it stands."""
    ends = [end for end in LINK_ENDS if hasattr(links.model, end)]
    return links.select_related(*(f"{end}__document__owner" for end in ends))


def ends_of(links: Iterable[Any]) -> list[Any]:
    """What is built up under, of what links lead to."""
    aligned = (link for link in links if link.kind == LinkKind.ALIGNED)
    return [next(end for name in LINK_ENDS if (end := getattr(link, name, None))) for link in aligned]


def builds_on(links: Iterable[Any], above: Above) -> list[SafeString]:
    """The words of what it builds up under, each a way there, and whose it is."""
    places = [above[end.key] for end in ends_of(links) if end.key in above]
    return [words_of(places)] if places else []


def above_of(words: Words, user: Any, *, today: date) -> Above:
    """What goals and routes of a document build up under, as a person may see it; no query where none does."""
    if not words.leaned_on:
        return {}
    ends = [model.objects.filter(key__in=words.leaned_on).select_related("document__owner") for model in (Goal, Route)]
    return places_of_fetched([end for of_kind in ends for end in of_kind], user, today=today)


def builds_on_keys(keys: Iterable[str], above: Above) -> SafeString:
    """The same of keys, as frozen words have them; empty where none of it may be seen."""
    places = [above[key] for key in keys if key in above]
    return words_of(places) if places else SafeString("")


def words_of(places: Iterable[Place]) -> SafeString:
    words = ((place.lang, place.url, shortened(place.text), place.document.owner.label) for place in places)
    return format_html("{}: {}", _("Bygger opp under"), format_html_join("; ", '<a{} href="{}">{}</a> ({})', words))
