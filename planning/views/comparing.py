"""Two versions side by side, with what has changed in the plans that a plan builds on set apart."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from config.lib import clock
from config.lib.language import lang_of
from planning.above import above_of, slugs_above
from planning.changed_above import Changed, changed_above
from planning.models import Measure
from strategy.in_force import places
from strategy.models import Document, DocumentKind, Goal, Route
from strategy.reading import open_to_all
from strategy.views.comparing import Part, Side, compare_page, part_of


@open_to_all
@require_safe
def document_compare(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    return compare_page(request, place, slug, underneath=_Underneath())


class _Underneath:
    def names(self, request: HttpRequest, keys: set[str], /) -> dict[str, str]:
        models: tuple[Any, ...] = (Goal, Route, Measure)
        items = [row for model in models for row in model.objects.filter(key__in=keys)]
        found = places(items, request.user, today=clock.today())
        return {key: f"{place.text} ({place.document.known_as})" for key, place in found.items()}

    def parts(self, request: HttpRequest, left: Side, right: Side, /) -> list[Part]:
        """What has changed in each plan above that one may see: what is the unit's there, and the goals it is for."""
        today = clock.today()
        slugs = slugs_above(left.words) | slugs_above(right.words)
        if not slugs or right.document.kind != DocumentKind.ACTION_PLAN:
            return []
        visible = Document.objects.visible_to(request.user, today=today).select_related("owner")
        bases = list(visible.filter(kind=DocumentKind.ACTION_PLAN, slug__in=slugs).order_by("slug"))
        before, after = (
            above_of(
                side.document,
                bases,
                side.words,
                today=today,
                frozen_at=side.version.frozen_at if side.version else None,
            )
            for side in (left, right)
        )
        return [_part(changed) for changed in changed_above(before, after)]


def _part(changed: Changed) -> Part:
    newest = changed.newest
    was, now = (lang_of((above or newest).base.language) for above in (changed.before, changed.after))
    return part_of(
        f"over-{newest.base.slug}",
        newest.words.outline["title"],
        changed.lead,
        changed.rows,
        (was, now),
        notes=changed.notes,
        title_lang=now,
        is_above=True,
    )
