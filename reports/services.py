"""Ordering and making PDFs. The row is written first, the worker gets only its id, and every step is safe to run twice.

An attempt owns its row only while the row says so: each write names the attempt it belongs to, so that a worker who
comes back after the row was given to another changes nothing.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from annual_wheel.models import Wheel
from config.lib import clock, pdf
from organisation.models import User
from reports import paper
from reports.models import Rendering, RenderingState
from reports.readers import Everyone
from strategy.models import Document

MAX_ATTEMPTS: Final = 3
NOT_STARTED: Final = timedelta(minutes=2)  # in the queue: the message may be lost
NOT_FINISHED: Final = timedelta(minutes=5)  # a hundred pages take eleven seconds: the worker is gone
GIVE_UP: Final = timedelta(hours=12)
KEEP: Final = timedelta(days=30)

logger = logging.getLogger(__name__)


class Lost(Exception):
    """The row belongs to another attempt by now."""


def order_rendering(document: Document, *, by: User, language: str, now: datetime) -> Rendering:
    """Order a PDF of a document."""
    return _order(by=by, language=language, now=now, name=document.slug, document=document)


def order_poster(
    wheel: Wheel, *, year: int, paper_size: str, selection: str, by: User, language: str, now: datetime
) -> Rendering:
    """Order a poster of a wheel's year, of what the address selects."""
    what: dict[str, Any] = {"wheel": wheel, "year": year, "paper": paper_size, "selection": selection}
    return _order(by=by, language=language, now=now, name=f"{wheel.slug}-{year}-{paper_size}", **what)


@transaction.atomic
def _order(*, by: User, language: str, now: datetime, name: str, **what: Any) -> Rendering:
    """One that the same person already waits for is given back instead of a second one."""
    waiting = Rendering.objects.select_for_update().filter(
        **what, requested_by=by, language=language, state__in=(RenderingState.QUEUED, RenderingState.RUNNING)
    )
    if order := waiting.first():
        return order
    order = Rendering.objects.create(
        **what,
        requested_by=by,
        requested_at=now,
        queued_at=now,
        language=language,
        step_count=len(paper.STEPS),
        filename=f"{name}-{timezone.localdate(now).isoformat()}.pdf",
    )
    transaction.on_commit(partial(send, order.pk))
    return order


def send(pk: int) -> None:
    """Give the worker the id. Where the queue is away the row stays, and the timetable sends it again."""
    from reports import tasks

    try:
        tasks.render.delay(pk)
    except OperationalError:
        logger.exception("rendering %s could not be queued now", pk)


def render(pk: int, *, now: datetime) -> None:
    """Make what was ordered, unless somebody else does or has done it."""
    claimed = Rendering.objects.filter(pk=pk, state=RenderingState.QUEUED).update(
        state=RenderingState.RUNNING, started_at=now, attempt_count=F("attempt_count") + 1, step=0, step_words=""
    )
    if not claimed:
        return
    order = (
        Rendering.objects.select_related("document__owner", "wheel__owner", "requested_by", "version")
        .defer("content")
        .get(pk=pk)
    )
    try:
        _finish(order, _make(order))
    except Lost:
        logger.info("rendering %s was given to another worker", pk)
    except pdf.PdfUnavailable as error:
        logger.warning("rendering %s: %s", pk, error)
        _fail(order, why_unavailable(order.language))
    except Exception:
        logger.exception("rendering %s failed", pk)
        with translation.override(order.language):
            _fail(order, _("Noe gikk galt da dokumentet ble laget. Prøv igjen. Hvis det skjer flere ganger, si fra."))


def _make(order: Rendering) -> bytes:
    asked: dict[str, Any] = {
        "reader": order.requested_by,
        "today": clock.today(),
        "language": order.language,
        "on_step": lambda step, words: _update(order, step=step, step_words=words),
    }
    if order.version:
        return paper.version_pdf(order.version, **{**asked, "reader": Everyone(is_authenticated=not order.is_public)})
    return paper.plan_pdf(order.document, **asked) if order.document else paper.poster_pdf(order, **asked)


def _update(order: Rendering, **fields: object) -> None:
    """Write to the row while this attempt owns it; Lost where it no longer does."""
    mine = Rendering.objects.filter(pk=order.pk, state=RenderingState.RUNNING, attempt_count=order.attempt_count)
    if not mine.update(**fields):
        raise Lost


def _finish(order: Rendering, content: bytes) -> None:
    _update(
        order,
        state=RenderingState.DONE,
        step=order.step_count,
        step_words="",
        content=content,
        error="",
        finished_at=timezone.now(),
    )


def _fail(order: Rendering, why: str) -> None:
    try:
        _update(order, state=RenderingState.FAILED, error=why, step_words="", finished_at=timezone.now())
    except Lost:
        logger.info("rendering %s was given to another worker", order.pk)


def why_unavailable(language: str) -> str:
    with translation.override(language):
        return _("Tjeneren mangler det som trengs for å lage PDF. Den som drifter den, må installere %(packages)s.") % {
            "packages": _("%(first)s og %(last)s") % {"first": pdf.LIBRARIES[0], "last": pdf.LIBRARIES[1]}
        }


def announcement(words: str) -> str:
    """What a response tells screen readers after a swap; ASCII, since it stands in a header."""
    return json.dumps({"announce": words})


def requeue_stale(*, now: datetime) -> int:
    """Send again what was never started or never finished, and give up what has had its attempts."""
    _give_up(now)
    lost = Rendering.objects.filter(state=RenderingState.RUNNING, started_at__lt=now - NOT_FINISHED)
    lost.update(state=RenderingState.QUEUED, queued_at=now - NOT_STARTED - timedelta(seconds=1))
    late = Rendering.objects.filter(state=RenderingState.QUEUED, queued_at__lt=now - NOT_STARTED)
    sent = 0
    for pk in list(late.values_list("pk", flat=True)):
        if late.filter(pk=pk).update(queued_at=now):
            send(pk)
            sent += 1
    return sent


def _give_up(now: datetime) -> None:
    running = Rendering.objects.filter(state=RenderingState.RUNNING, started_at__lt=now - NOT_FINISHED)
    queued = Rendering.objects.filter(state=RenderingState.QUEUED, requested_at__lt=now - GIVE_UP)
    for order in (running.filter(attempt_count__gte=MAX_ATTEMPTS) | queued).defer("content"):
        with translation.override(order.language):
            why = _("Dokumentet ble ikke ferdig, selv etter flere forsøk. Prøv igjen. Hvis det skjer igjen, si fra.")
        still = Rendering.objects.filter(pk=order.pk, state=order.state, attempt_count=order.attempt_count)
        still.update(state=RenderingState.FAILED, error=why, finished_at=now)


def delete_old(*, now: datetime) -> int:
    """Delete what people ordered a month ago, which can always be made again. What versions are kept with stays."""
    done = (RenderingState.DONE, RenderingState.FAILED)
    count, _kinds = Rendering.objects.filter(version=None, state__in=done, requested_at__lt=now - KEEP).delete()
    return count
