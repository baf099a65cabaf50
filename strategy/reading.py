"""Reading a document: who may see which words of it, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.lib.days import day_words
from config.lib.language import lang_of
from config.lib.ready_query import ReadyQuery
from organisation.models import Hearing
from organisation.permissions import Permission
from strategy.in_force import VersionKey, Words, words_of_versions
from strategy.models import Document, Version
from strategy.outline import Outline, outline_of

WORKING = "arbeid"  # ?tekst=arbeid asks for the working text
VERSION: Final = "utgave-"  # before the number of a version, where two are set against each other
COMING = "kommende"  # ?tekst=kommende asks for what is adopted and waits for its day

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def open_to_all(view: View[P]) -> View[P]:
    """Let a page be read without logging in where its rows allow it.

    Somebody who is not logged in and finds nothing is asked to log in, whether or not there is anything to find.
    """

    @login_not_required
    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(request.get_full_path())

    return wrapper


@dataclass(frozen=True)
class Reading:
    """The words one person gets of a document, and whether there are others."""

    document: Document
    words: Words
    version: VersionKey | None  # the newest adopted words, whether or not these are them
    is_working_text: bool  # the editors' text, of a document that also has frozen words
    may_read_working_text: bool
    reads_drafts: bool  # and what the log says of them; those asked in a hearing read the working text alone
    may_edit: bool
    versions: int = 0  # how many times it has been adopted
    correction: Version | None = None  # the newest words, where they correct what was adopted
    comes_on: date | None = None  # where these are words that wait for their day

    @property
    def outline(self) -> Outline:
        return self.words.outline

    @property
    def coming_words(self) -> str:
        return (
            _("Dette er vedtatt og gjelder fra %(day)s.") % {"day": day_words(self.comes_on)} if self.comes_on else ""
        )

    @property
    def changes_words(self) -> str:
        """What is said where other words are read than these that come."""
        said = _("En ny utgave er vedtatt. Den gjelder fra %(day)s.")
        return said % {"day": day_words(self.comes_on)} if self.comes_on else ""

    @property
    def is_frozen(self) -> bool:
        return self.version is not None

    @property
    def lang(self) -> SafeString:
        return lang_of(self.document.language)


def read(
    document: Document, user: Any, *, today: date, wants_working_text: bool = False, wants_coming: bool = False
) -> Reading:
    """Choose the words: in force for everyone, the working text for those who may read it and ask for it: who reads
    the owner's drafts, and who is asked about it in a hearing.

    Words that are adopted and wait for their day are everyone's too, where they are asked for.

    The document must be one that `visible_to` gave; PermissionDenied where the working text is not theirs to read.
    """
    reads_drafts = user.is_authenticated and user.may(Permission.READ_DRAFTS, document.owner_id, today=today)
    reads_working = reads_working_text(document, user, today=today)
    edits = user.is_authenticated and user.may(Permission.EDIT, document.owner_id, today=today)
    if wants_working_text and not reads_working:
        raise PermissionDenied
    comes_on = document.coming_on(today) if wants_coming and not wants_working_text else None
    newest = version_read(document, today=comes_on or today)
    version, count = (key_of(newest), newest.number) if newest else (None, 0)
    is_working = wants_working_text or version is None
    words = Words(outline_of(document)) if version is None or is_working else words_of_versions({0: version})[0]
    correction = newest if newest and newest.corrects_id else None
    return Reading(
        document,
        words,
        version,
        version is not None and is_working,
        reads_working,
        reads_drafts,
        edits,
        count,
        correction,
        comes_on,
    )


def reads_working_text(document: Document, user: Any, *, today: date) -> bool:
    """Those who read the owner's drafts, and while a hearing stands those who are asked."""
    if not user.is_authenticated:
        return False
    if user.may(Permission.READ_DRAFTS, document.owner_id, today=today):
        return True
    return is_asked_about(document, user, today=today)


def is_asked_about(document: Document, user: Any, *, today: date) -> bool:
    """Whether the person is asked about the working text in a hearing that stands (one query at most)."""
    if not user.may(Permission.BE_HEARD, document.owner_id, today=today):
        return False
    return is_heard(document)


def is_heard(document: Document) -> bool:
    """Whether a hearing of it stands, also after the last day for inputs."""
    hearing = last_hearing(document)
    return hearing is not None and hearing.closed_at is None


def last_hearing(document: Document) -> Hearing | None:
    """The hearing the document is in or was in last; asked for once, however many ask on a page."""
    if not hasattr(document, "asked_in"):
        document.asked_in = next(iter(LATEST.rows(within=document.slug)), None)  # type: ignore[attr-defined]
    return document.asked_in  # type: ignore[attr-defined,no-any-return]


def _latest(*, within: str) -> QuerySet[Hearing]:
    return Hearing.objects.filter(within=within)[:1]


LATEST: Final = ReadyQuery(_latest, within=str)


def version_read(document: Document, *, today: date) -> Version | None:
    """The frozen words that readers read that day, without the words themselves (one query)."""
    return next(iter(READ.rows(document=document.pk, today=today)), None)


def newest_version(document: Document) -> Version | None:
    """What was adopted last, whether or not its day has come, without the words themselves (one query).

    It is what the working text is set against: readers read `version_read`.
    """
    return next(iter(NEWEST.rows(document=document.pk)), None)


def key_of(version: Version) -> VersionKey:
    """What its words are kept under."""
    return version.pk, version.frozen_at


def _versions(document: int) -> QuerySet[Version]:
    return Version.objects.filter(document=document).only("frozen_at", "number", "corrects")


def _newest(*, document: int) -> QuerySet[Version]:
    return _versions(document).order_by("-number")[:1]


def _read(*, document: int, today: date) -> QuerySet[Version]:
    return _versions(document).as_read(today=today)[:1]  # type: ignore[attr-defined]


READ: Final = ReadyQuery(_read, document=int, today=date)
NEWEST: Final = ReadyQuery(_newest, document=int)


@dataclass
class Around:
    """Other documents that this one leans on or that lean on it, those one may see."""

    follows: list[Document] = field(default_factory=list)
    followed_by: list[Document] = field(default_factory=list)
    carries_out: list[Document] = field(default_factory=list)
    carried_out_by: list[Document] = field(default_factory=list)

    def lapsed_bases(self, document: Document, *, today: date) -> list[Document]:
        """What the document carries out that holds no longer; nothing to warn of where it does not hold itself."""
        return [base for base in self.carries_out if base.has_lapsed(today)] if document.is_standing else []


def around(document: Document, user: Any, *, today: date) -> Around:
    """Return a document's neighbours in two queries."""
    pairs = [(link.from_document_id, link.to_document_id) for link in LINKS.rows(document=document.pk)]
    up = {to for from_id, to in pairs if from_id == document.pk}
    down = {from_id for from_id, to in pairs if to == document.pk}
    visible = Document.objects.visible_to(user, today=today)
    near = visible.filter(Q(pk__in=up | down | {document.follows_id}) | Q(follows=document)).select_related("owner")
    found = Around()
    for other in near:
        places: Iterable[tuple[bool, list[Document]]] = (
            (other.pk == document.follows_id, found.follows),
            (other.follows_id == document.pk, found.followed_by),
            (other.pk in up, found.carries_out),
            (other.pk in down, found.carried_out_by),
        )
        for belongs, place in places:
            if belongs:
                place.append(other)
    return found


def _links(*, document: int) -> QuerySet[Any]:
    return Document.carries_out.through.objects.filter(Q(from_document=document) | Q(to_document=document))


LINKS: Final = ReadyQuery(_links, document=int)
