"""Comments and hearings for tests, made as the pages make them."""

from datetime import date
from typing import Any

from organisation import comments
from organisation.models import About, Comment, Hearing, User
from strategy.hearings import open_hearing
from strategy.models import Document
from tests.matrix import NOW, TODAY

CLOSES = date(2026, 4, 1)


def hearing(document: Document, by: User, *, closes_on: date = CLOSES, today: date = TODAY, **fields: Any) -> Hearing:
    made = Hearing(closes_on=closes_on, **{"invitation": "Hva mener dere?", **fields})
    opened = open_hearing(made, document, by=by, today=today)
    document.refresh_from_db()
    return opened


def comment(document: Document, by: User, text: str = "Dette er uklart", **fields: Any) -> Comment:
    """Write about the whole document, or about what `about` and `about_key` say."""
    defaults = {"about": About.DOCUMENT, "about_key": document.slug, "about_words": document.title}
    made = Comment(within=document.slug, owner=document.owner, text=text, **{**defaults, **fields})
    return comments.write(made, by=by, now=NOW, today=TODAY)


def reply(under: Comment, by: User, text: str = "Enig") -> Comment:
    return comments.write(Comment(under=under, text=text), by=by, now=NOW, today=TODAY)
