"""What has changed in the documents that a document carries out, since whoever writes it last looked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min

from organisation.models import User
from strategy.models import BaseSeen, Document, Version
from strategy.versions import held_at, held_on, versions_of


@dataclass(frozen=True, slots=True)
class Look:
    """One base of a document: the version it was last looked at in, and the newest, where the two differ.

    `seen` is None where nobody has pressed yet: then it is what held when the document began to lean on it.
    """

    base: Document
    before: Version
    newest: Version
    seen: BaseSeen | None


def looks(documents: Iterable[Document], user: Any, *, today: date) -> dict[int, list[Look]]:
    """The bases of each document that have changed underneath it, of those the person sees (five queries at most)."""
    standing = [document for document in documents if document.is_standing]
    pairs = _pairs(standing)
    if not pairs:
        return {}
    bases = {
        base.pk: base
        for base in Document.objects.visible_to(user, today=today).filter(pk__in={base for _doc, base in pairs})
        if base.is_published
    }
    pairs = [pair for pair in pairs if pair[1] in bases]
    if not pairs:
        return {}
    versions = versions_of(bases)
    seen = _seen(pairs)
    since = _leaning_since([pair for pair in pairs if pair not in seen])
    found: dict[int, list[Look]] = defaultdict(list)
    for document, base in pairs:
        if not (of_base := versions.get(base)):
            continue
        last, moment = seen.get((document, base)), since.get((document, base))
        before = last.version if last else held_at(of_base, moment) if moment else None
        newest = held_on(of_base, today)
        if before and before.number < newest.number:
            found[document].append(Look(bases[base], before, newest, last))
    return dict(found)


Pair = tuple[int, int]  # the document, and what it carries out


def _pairs(documents: Sequence[Document]) -> list[Pair]:
    rows = Document.carries_out.through.objects.filter(from_document__in=documents)
    return list(rows.order_by("pk").values_list("from_document_id", "to_document_id"))


def _seen(pairs: Iterable[Pair]) -> dict[Pair, BaseSeen]:
    rows = BaseSeen.objects.filter(document__in={document for document, _base in pairs})
    newest: dict[Pair, BaseSeen] = {}
    for row in rows.select_related("seen_by", "version").defer("version__content"):
        newest.setdefault((row.document_id, row.base_id), row)
    return newest


def _leaning_since(pairs: Sequence[Pair]) -> dict[Pair, datetime]:
    """From when each document has named its base, as the log has it."""
    if not pairs:
        return {}
    history: Any = Document.history
    log: Any = history.model._meta.get_field("historicaldocument_carries_out").related_model
    rows = log.objects.filter(from_document__in={document for document, _base in pairs})
    named = rows.order_by().values_list("from_document_id", "to_document_id").annotate(Min("history__history_date"))
    return {(document, base): moment for document, base, moment in named}


@transaction.atomic
def mark_seen(document: Document, version: Version, *, by: User, now: datetime) -> BaseSeen | None:
    """Keep that the base has been looked at in this version; None where it already was looked at in it or a later."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    base = version.document
    last = BaseSeen.objects.filter(document=document, base=base).select_related("version").first()
    if last is not None and last.version.number >= version.number:
        return None
    return BaseSeen.objects.create(document=document, base=base, version=version, seen_at=now, seen_by=by)
