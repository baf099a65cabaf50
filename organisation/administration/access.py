"""Who gets in here, what they reach, and the few things that all of these pages share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from config.lib import clock
from config.lib.norwegian import sort_key
from organisation.models import Unit, User
from organisation.permissions import Permission

View = Callable[..., HttpResponse]


def user_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def administered_ids(request: HttpRequest) -> frozenset[int]:
    """Return the ids of the units that whoever asks administers."""
    return user_of(request).reach(clock.today())[Permission.ADMINISTER]


def administered_units(request: HttpRequest) -> QuerySet[Unit]:
    units: QuerySet[Unit] = Unit.objects.without_tree_fields().filter(pk__in=administered_ids(request))
    return units.order_by("name")


def administers(view: View) -> View:
    """Let in whoever administers a unit; the others may not, and are told so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = user_of(request)
        if not administered_ids(request) and not user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way here from the administration's first page, as (label, address); the last is this page."""
    way = [(_("Administrasjon"), reverse("administration")), *steps]
    return [{"label": label, "url": "" if step == len(way) else url} for step, (label, url) in enumerate(way, start=1)]


def matches(words: str, *texts: str) -> bool:
    """Whether every word stands in one of the texts. In Python, as SQLite does not fold Æ, Ø and Å."""
    text = " ".join(texts).casefold()
    return all(word in text for word in words.casefold().split())


def in_order(rows: Iterable[Any], name: Callable[[Any], str]) -> list[Any]:
    return sorted(rows, key=lambda row: sort_key(name(row)))


def list_answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the page, or htmx with the list alone, and let it be said how many there are now."""
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, template, context)
    response = render(request, f"{template}#list", context)
    response["HX-Trigger"] = json.dumps({"announce": context["count_words"]})
    return response


def form_page(request: HttpRequest, form: Any, **words: Any) -> HttpResponse:
    """Show a form on a page of its own: `title`, `lead`, `button`, `cancel_url`, `crumbs`."""
    return render(request, "administration/form.html", {"form": form, **words})
