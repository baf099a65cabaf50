"""The PDFs one has ordered, as a list shows them and as the waiting page does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from annual_wheel.phrases import day_phrase
from config.lib.days import clock_words
from reports.in_words import capital
from reports.models import Rendering, RenderingState


@dataclass(frozen=True)
class RenderingRow:
    title: str
    language: str
    url: str
    file_url: str
    retry_url: str
    retry_fields: tuple[tuple[str, str], ...]
    when: str
    words: str
    is_done: bool
    is_failed: bool
    step: int
    step_count: int


def rendering_rows(orders: Iterable[Rendering], *, today: date) -> list[RenderingRow]:
    return [rendering_row(order, today=today) for order in orders]


def rendering_row(order: Rendering, *, today: date) -> RenderingRow:
    ordered = timezone.localtime(order.requested_at or order.queued_at)
    day = _("i dag") if ordered.date() == today else day_phrase(ordered.date(), today=today)
    return RenderingRow(
        title=order.title,
        language=order.document.language if order.document else settings.LANGUAGE_CODE,
        url=reverse("rendering", args=[order.pk]),
        file_url=reverse("rendering_file", args=[order.pk]),
        retry_url=_retry_url(order),
        retry_fields=(("papir", order.paper), ("utvalg", order.selection)) if order.wheel else (),
        when=_("Bestilt %(day)s kl. %(time)s") % {"day": day, "time": clock_words(ordered)},
        words=words_of(order),
        is_done=order.state == RenderingState.DONE,
        is_failed=order.state == RenderingState.FAILED,
        step=order.step,
        step_count=order.step_count,
    )


def _retry_url(order: Rendering) -> str:
    if order.wheel:
        return reverse("order_poster", args=[order.wheel.slug, order.year])
    return reverse("order_rendering", args=[order.document.slug])  # type: ignore[union-attr]  # one of the two


def words_of(order: Rendering) -> str:
    """Where the order stands, in one sentence."""
    if order.state == RenderingState.FAILED:
        return order.error
    if order.state == RenderingState.DONE:
        return _("Ferdig.")
    if order.state == RenderingState.QUEUED:
        return _("Står i kø.")
    return _("Steg %(step)d av %(count)d: %(words)s") % {
        "step": order.step + 1,
        "count": order.step_count,
        "words": capital(order.step_words or _("Begynner.")),
    }
