"""Fetching what one may write: unseen is 404, seen but not yours is 403."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import register_converter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib import clock
from config.lib.addresses import address
from config.lib.ready_query import ReadyQuery
from organisation.models import User
from organisation.permissions import Permission
from strategy.models import Decision, Document, DocumentKind
from strategy.writing import document_of

PLACES = {"planer": (DocumentKind.ACTION_PLAN,), "strategi": (DocumentKind.STRATEGY, DocumentKind.POLICY)}


class PlaceConverter:
    """Where documents live: plans under /planer/, strategies and policies under /strategi/."""

    regex = "|".join(PLACES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PlaceConverter, "place")


def place_of(document: Document) -> str:
    """The first part of a document's address."""
    return next(place for place, kinds in PLACES.items() if document.kind in kinds)


def document_to_read(
    request: HttpRequest, slug: str, kinds: Collection[str], *, today: date, also_put_away: bool = False
) -> Document:
    """The document of these kinds with this name, with its owner, where the person may see it.

    With `also_put_away` a draft that is put away too, for those who could read it.
    """
    document = next(iter(DOCUMENT.rows(slug=slug)), None)
    if document is None or document.kind not in kinds:
        raise Http404
    if not (also_put_away and _read_when_kept(request.user, document, today=today)):
        refuse_unseen(request.user, document, today=today)
    return document


def refuse_unseen(user: Any, document: Document, *, today: date) -> None:
    """Http404 unless the person sees the document; whoever could read a draft that is put away is told that it is."""
    if _read_when_kept(user, document, today=today):
        raise PermissionDenied(_("Utkastet «%(title)s» er lagt bort.") % {"title": document.title})
    if not document.is_visible_to(user, today=today):
        raise Http404


def _read_when_kept(user: Any, document: Document, *, today: date) -> bool:
    """Whether it is put away, and the person reads the owner's drafts."""
    if not document.is_put_away or not isinstance(user, User):
        return False
    return user.may(Permission.READ_DRAFTS, document.owner_id, today=today)


def _document(*, slug: str) -> QuerySet[Document]:
    return Document.objects.filter(slug=slug).select_related("owner")


DOCUMENT: Final = ReadyQuery(_document, slug=str)


def document_to_write(
    request: HttpRequest,
    place: str,
    slug: str,
    *,
    today: date,
    permission: Permission = Permission.EDIT,
    also_put_away: bool = False,
) -> Document:
    """The document under /planer/ or /strategi/ with this name, where the person has the permission."""
    document = document_to_read(request, slug, PLACES[place], today=today, also_put_away=also_put_away)
    refuse_unless(request.user, permission, document, today=today)
    return document


def row_of_document(
    request: HttpRequest, model: Any, *, today: date, permission: Permission = Permission.EDIT, **lookup: Any
) -> Any:
    """A row of a document where the person has the permission: an item, a section, a decision, a target or a fact.

    What a version was adopted by is nobody's to write.
    """
    row = allowed(request, get_object_or_404(model, **lookup), today=today, permission=permission)
    if permission == Permission.EDIT and isinstance(row, Decision):
        if not writes_decisions(request.user, row.document, today=today):
            raise PermissionDenied(
                _("Hva som er bestemt om et dokument som gjelder, skrives av den som kan vedta det.")
            )
        if row.is_behind_version:
            raise PermissionDenied(_(BEHIND_VERSION))
    return row


BEHIND_VERSION: Final = gettext_noop(
    "Dette vedtaket står bak en utgave av dokumentet. Er datoen, organet eller saksnummeret feil, kan den som vedtar "
    "dokumentet, rette det fra listen over utgaver."
)


def may_decide(user: Any, document: Document) -> bool:
    return isinstance(user, User) and user.may(Permission.DECIDE, document.owner_id, today=clock.today())


def allowed_url(user: Any, owned: Any, sort: str, key: str, *, today: date) -> str:
    """The page that tells who may do what with a document, a wheel or what stands in one, for its administrators."""
    if not isinstance(user, User) or not user.may(Permission.ADMINISTER, owned.owner_id, today=today):
        return ""
    return address("admin_allowed_about", sort, key)


def writes_decisions(user: Any, document: Document, *, today: date) -> bool:
    """Whether somebody who writes a document may write what was decided about it.

    Readers see that at once, so once the document is published it takes whoever may decide.
    """
    return not document.is_published or user.may(Permission.DECIDE, document.owner_id, today=today)


def allowed(request: HttpRequest, row: Any, *, today: date, permission: Permission = Permission.EDIT) -> Any:
    """The row of a document, where the person has the permission."""
    document = document_of(row)
    refuse_unseen(request.user, document, today=today)
    refuse_unless(request.user, permission, document, today=today)
    return row


def refuse_unless(user: Any, permission: Permission, owned: Any, *, today: date) -> None:
    """PermissionDenied unless the person has the permission at the owner of the document or the wheel."""
    if not isinstance(user, User) or not user.may(permission, owned.owner_id, today=today):
        raise PermissionDenied
