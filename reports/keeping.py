"""The PDF of each version that readers have read: made from the frozen words once they are frozen, and kept for good.

It is ordered when the transaction that froze the words is through, so that whatever happens to it never touches an
adoption. What is missing or has failed, the timetable orders again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from config.lib import pdf
from reports import paper
from reports.models import Rendering, RenderingState
from reports.services import NOT_STARTED, send
from strategy.models import PUBLISHED_STATES, Decision, Version

TRY_AGAIN: Final = timedelta(hours=1)
AT_ONCE: Final = 3  # of older versions: what somebody waits for comes before them


def after_freezing(instance: Version, *, created: bool, raw: bool = False, **_signal: Any) -> None:
    """Order the PDF of a version once it is stored; a fault is logged, and the words stay frozen."""
    if created and not raw:
        transaction.on_commit(
            lambda: _keep(instance.pk), robust=True
        )  # Django tells of a fault by the name: no partial


ON_COVER: Final = {"decided_by", "decided_on", "case_number"}


def after_correcting(instance: Decision, *, created: bool, update_fields: Any = None, **_signal: Any) -> None:
    """The cover tells of the decision: make the PDFs from that version on anew, from the same frozen words."""
    if created or (update_fields is not None and not ON_COVER & set(update_fields)):
        return
    first = Version.objects.filter(decision=instance.pk).values_list("number", flat=True).first()
    if first is not None:
        now = timezone.now()
        again = Rendering.objects.filter(version__document=instance.document_id, version__number__gte=first)
        pks = list(again.values_list("pk", flat=True))
        again.update(state=RenderingState.QUEUED, queued_at=now, finished_at=None, content=None)
        transaction.on_commit(lambda: _send_all(pks), robust=True)


def _send_all(pks: list[int]) -> None:
    for pk in pks:
        send(pk)


def _keep(pk: int) -> None:
    version = Version.objects.select_related("document").get(pk=pk)
    if version.document.is_published:
        keep(version, now=timezone.now())


@transaction.atomic
def keep(version: Version, *, now: datetime) -> Rendering:
    """The PDF of a version for those who may read the document now, ordered where nobody has."""
    document, language = version.document, version.content["language"]
    order, is_new = Rendering.objects.defer("content").get_or_create(
        version=version,
        is_public=document.is_public,
        defaults={
            "document": document,
            "queued_at": now,
            "language": language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE,
            "step_count": len(paper.STEPS),
            "filename": f"{document.slug}-utgave-{version.number}.pdf",
        },
    )
    if is_new:
        transaction.on_commit(partial(send, order.pk))
    return order


def catch_up(*, now: datetime) -> int:
    """Order what no version should lack, and try again what failed a while ago; the number of both."""
    if not pdf.is_available():
        return 0
    failed = Rendering.objects.filter(
        version__isnull=False, state=RenderingState.FAILED, finished_at__lt=now - TRY_AGAIN
    )
    count = failed.update(
        state=RenderingState.QUEUED,
        queued_at=now - NOT_STARTED - timedelta(seconds=1),
        finished_at=None,
    )
    missing = list(without_one()[: max(0, AT_ONCE - count)])
    for version in missing:
        keep(version, now=now)
    return count + len(missing)


def without_one() -> Any:
    """Published versions that have no PDF for those who may read the document now, the newest first."""
    made = Rendering.objects.filter(version=OuterRef("pk"), is_public=OuterRef("document__is_public"))
    published = Version.objects.filter(~Exists(made), document__state__in=PUBLISHED_STATES)
    return published.select_related("document").order_by("-frozen_at", "-pk")
