"""Deciding: what freezes a document's words, and what they were on a day."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib import clock
from config.lib.days import day_words, moment_words
from config.lib.saving import sign
from organisation.comments import end_hearing
from organisation.models import User
from strategy.holding import default_start
from strategy.inheriting import bases_above, inherits_of
from strategy.models import (
    Decision,
    DecisionKind,
    Document,
    DocumentKind,
    DocumentState,
    Goal,
    ItemStatus,
    Version,
)
from strategy.outline import Outline, outline_of, unnumbered


class CannotAdopt(Exception):
    """The document is not in a shape to be adopted; the message is for the person who tried."""


@transaction.atomic
def adopt(
    document: Document,
    *,
    by: User,
    decided_by: str,
    decided_on: date,
    case_number: str,
    now: datetime,
    seen: str = "",
    holds_from: date | None = None,
    replaces: bool = False,
) -> Version:
    """Record the adoption and freeze the words in the same transaction; CannotAdopt where there is nothing to adopt.

    The words hold from `holds_from`, by default from `default_start`. `seen` is the `fingerprint` of the words that
    whoever decides has before them: other words are not adopted. With `replaces` it takes over from what it follows.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if why_not := why_not_adopted(document, today=localdate(now)):
        raise CannotAdopt(why_not)
    if seen and seen != fingerprint(document):
        raise CannotAdopt(_("Teksten er endret siden du åpnet denne siden. Les den på nytt før du vedtar den."))
    start = holds_from or default_start(document, decided_on=decided_on)
    decision = Decision.objects.create(
        document=document,
        kind=DecisionKind.ADOPTION,
        decided_on=decided_on,
        decided_by=decided_by,
        case_number=case_number,
        position=_next_decision(document),
    )
    document.state = DocumentState.IN_FORCE
    document.lock_version += 1
    sign(document, by=by, why=gettext_noop("Vedtatt."))
    document.save()
    _put_in_force(document, by=by)
    end_hearing(document.slug, by=by, now=now)
    if replaces:
        _replace(document, start, by=by, now=now)
    return freeze(document, by=by, now=now, decision=decision, holds_from=start)


def _replace(document: Document, start: date, *, by: User, now: datetime) -> None:
    """Let what the document follows be replaced from the day this one holds; until then it holds as before."""
    before = Document.objects.select_for_update().filter(followed_by=document).first()
    if before is None or before.state != DocumentState.IN_FORCE:
        return
    if not before.versions.exists():
        freeze(before, by=by, now=now)
    before.replaced_on = start
    if start <= clock.today():
        before.state = DocumentState.REPLACED
        end_hearing(before.slug, by=by, now=now)
    before.lock_version += 1
    sign(before, by=by, why=gettext_noop("Erstattet av det som følger etter."))
    before.save()


def why_not_adopted(document: Document, *, today: date) -> str:
    """What is in the way of adopting the document as it stands; "" where nothing is."""
    if document.state in (DocumentState.EXPIRED, DocumentState.REPLACED):
        return _("Dokumentet gjelder ikke lenger.")
    if document.is_put_away:
        return _("Utkastet er lagt bort. Hent det tilbake først.")
    is_changed = has_unadopted_changes(document) or inherits_anew(document, today=today)
    if document.state == DocumentState.IN_FORCE and not is_changed:
        return _adopted_already(document)
    if not _has_goals(document):
        return _("Dokumentet har ingen mål ennå. Legg til minst ett mål før du vedtar det.")
    return ""


def _adopted_already(document: Document) -> str:
    """By whom and when, and who wrote it down, where it was adopted here."""
    newest = document.versions.filter(decision__isnull=False).select_related("decision", "frozen_by").defer("content")
    version = newest.order_by("-number").first()
    if version is None or version.decision is None or version.decision.decided_on is None:
        return _("Dokumentet er allerede vedtatt, og teksten er ikke endret siden.")
    said = _(
        "Dokumentet er allerede vedtatt av %(body)s %(day)s, og teksten er ikke endret siden. "
        "Vedtaket ble skrevet inn av %(who)s %(moment)s."
    )
    return said % {
        "body": version.decision.decided_by,
        "day": day_words(version.decision.decided_on),
        "who": version.frozen_by,
        "moment": moment_words(version.frozen_at),
    }


def _next_decision(document: Document) -> int:
    """The place after the others; that of the day comes first, wherever it stands."""
    return (document.decisions.aggregate(last=Max("position"))["last"] or 0) + 1


def _has_goals(document: Document) -> bool:
    """Whether there is anything to reach: goals of its own, or of the plan it builds on with measures of its own."""
    if document.goals.standing().exists():
        return True
    above = document.carries_out.filter(kind=DocumentKind.ACTION_PLAN)
    measures: Any = document.measures  # type: ignore[attr-defined]  # planning stands above this part
    return above.filter(goals__in=Goal.objects.standing()).exists() and measures.standing().exists()


def _put_in_force(document: Document, *, by: User) -> None:
    """What was proposed holds from now on; the log says so, and is what a retired item comes back from."""
    items: tuple[Any, ...] = (document.areas, document.goals, document.routes, document.measures)  # type: ignore[attr-defined]
    for related in items:
        for item in related.select_for_update().filter(status=ItemStatus.PROPOSED):
            item.status = ItemStatus.IN_FORCE
            sign(item, by=by, why=gettext_noop("Vedtatt."))
            item.save(update_fields=["status"])


def fingerprint(document: Document) -> str:
    """A mark of the working text: another one means other words."""
    said = {**outline_of(document), "inherits": inherits_of(document, today=localdate())}
    words = json.dumps(said, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


@transaction.atomic
def freeze(
    document: Document, *, by: User, now: datetime, decision: Decision | None = None, holds_from: date | None = None
) -> Version:
    """Keep the words of the working text as the next version, and which version of the plans above it takes over."""
    for base in bases_above(document):
        if not base.versions.exists():
            freeze(base, by=by, now=now)
    content = outline_of(document)
    if inherits := inherits_of(document, today=localdate(now)):
        content["inherits"] = inherits
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        document=document,
        number=last + 1,
        decision=decision,
        holds_from=holds_from,  # type: ignore[misc]  # without one it has a day of its own
        content=content,
        frozen_at=now,
        frozen_by=by,
    )


def has_unadopted_changes(document: Document) -> bool:
    """Whether the working text says something else than what is in force."""
    version = document.versions.order_by("-number").first()
    return version is None or is_other(version.content, outline_of(document))


def is_other(outline: Outline, than: Outline) -> bool:
    """Whether two outlines say different things to whoever reads them."""
    return bool(_words(outline) != _words(than))


def inherits_anew(document: Document, *, today: date) -> bool:
    """Whether a plan would take over something else from the plans above it if it were adopted today."""
    version = document.versions.order_by("-number").first()
    return version is not None and version.content.get("inherits", []) != inherits_of(document, today=today)


def _words(outline: Outline) -> Any:
    """Leave out what changes by the adoption itself, what follows from what is carried out, and the numbers of running
    text, which older words lack."""
    apart = ("state", "decisions", "inherits", "is_under_plan")
    said = {name: part for name, part in unnumbered(outline).items() if name not in apart}
    return what_it_says(said)


def what_it_says(outline: Any) -> Any:
    """An outline without what says nothing: words frozen before a key came to be lack that key, and say the same."""
    if isinstance(outline, Mapping):
        said = {name: what_it_says(part) for name, part in outline.items()}
        return {name: part for name, part in said.items() if part not in (None, "", [], {})}
    if isinstance(outline, list):
        named = all(isinstance(part, str) for part in outline)  # keys: they have no order of their own
        return sorted(outline) if named else [what_it_says(part) for part in outline]
    return outline


def words_in_force(document: Document, *, today: date) -> Outline:
    """Return what readers see: the frozen words that hold, or the working text of a document that was never frozen."""
    version = document.versions.as_read(today=today).first()
    return version.content if version else outline_of(document)
