"""What a document's page shows one person of comments and hearings, beside the words that all read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from organisation.models import About, Comment
from organisation.permissions import Permission
from strategy.document_page import changes_since_adoption
from strategy.hearing_page import count_inputs, hearing_url, hearing_words, unanswered_words
from strategy.reading import Reading
from strategy.slots import Filler, Pieces, opener, without_slots
from strategy.subjects import mark_of, words_of_places
from strategy.talk import counts_of, rights_of


@dataclass(frozen=True, slots=True)
class HearingNotice:
    url: str
    when: str
    invitation: str
    is_open: bool
    counts: str
    text_url: str  # what it is about, where that is not what holds
    changes_url: str


@dataclass(frozen=True, slots=True)
class TalkOnPage:
    """Empty for whoever takes no part. `opener` is the press for the document as a whole."""

    filler: Filler | None = None
    opener: str = ""
    mark: str = ""
    hearing: HearingNotice | None = None

    def fill(self, pieces: Pieces) -> SafeString:
        return self.filler.fill(pieces) if self.filler else without_slots(pieces)


def talk_on(user: Any, reading: Reading, *, today: date) -> TalkOnPage:
    """At most three queries, however much has been said."""
    document = reading.document
    rights = rights_of(user, document, today=today)
    if rights is None or not rights.may_read:
        return TalkOnPage()
    counts = counts_of(document, rights.user, today=today)
    words = words_of_places(reading.outline)
    place = (About.DOCUMENT.value, document.slug)
    notice = None
    if rights.hearing and user.may(Permission.BE_HEARD, document.owner_id, today=today):
        notice = _notice(rights.hearing, document, today=today)
    return TalkOnPage(
        filler=Filler(counts, words, reading.lang),
        opener=opener(*place, counts.get(place, 0), document.known_as, reading.lang),
        mark=mark_of(*place),
        hearing=notice,
    )


@dataclass(frozen=True, slots=True)
class TalkAtItem:
    opener: str
    mark: str


def talk_at(user: Any, reading: Reading, about: About, key: str, words: str, *, today: date) -> TalkAtItem | None:
    """The press on the page of one item; None for whoever takes no part."""
    rights = rights_of(user, reading.document, today=today)
    if rights is None or not rights.may_read:
        return None
    count = counts_of(reading.document, rights.user, today=today).get((about.value, key), 0)
    return TalkAtItem(opener(about, key, count, words, reading.lang), mark_of(about, key))


def _notice(hearing: Any, document: Any, *, today: date) -> HearingNotice:
    answers = list(
        Comment.objects.filter(hearing=hearing, under=None, removed_at=None).values_list("answer", flat=True)
    )
    unanswered = sum(not answer for answer in answers)
    counts = [count_inputs(len(answers)), *([unanswered_words(unanswered)] if unanswered else [])]
    is_standing = hearing.closed_at is None
    return HearingNotice(
        url=hearing_url(hearing),
        when=hearing_words(hearing, today=today),
        invitation=hearing.invitation if is_standing else "",
        is_open=hearing.is_open(today),
        counts=", ".join(counts),
        text_url="?tekst=arbeid" if is_standing and document.is_published else "",
        changes_url=changes_since_adoption(document) if is_standing and document.is_published else "",
    )
