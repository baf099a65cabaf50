"""Moving a row of a document to where it was dropped: another place in its list, another area, another goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.models import StaleEdit
from config.lib.saving import save_changed, sign
from organisation.models import User
from strategy.models import Area, Decision, Document, Fact, Goal, ItemStatus, Route, Section, Target
from strategy.order import make_room, rows_beside
from strategy.writing import document_of, keep_words_in_force, move_to_area, moved_words

HOLDERS: Final[Mapping[Any, str]] = {Goal: "area", Route: "area", Area: "parent"}
ROW_WORDS: Final[Mapping[Any, str]] = {Section: "avsnitt", Decision: "vedtak", Target: "maltall", Fact: "faktum"}
OUTSIDE: Final = "utenfor"


class CannotMove(Exception):
    """What it was to be moved to is no longer there; the message is for the person who tried."""


def row_key(row: Any) -> str:
    """What names a row on the editor's page; items have keys of their own, and with no row it is the page's head."""
    if row is None:
        return "dokument"
    return f"{ROW_WORDS[type(row)]}-{row.pk}" if type(row) in ROW_WORDS else row.key


@dataclass(frozen=True)
class Place:
    """Where an item is put: in an area, under goals, or with neither outside every area, for an area at the top."""

    area: Area | None = None
    goals: tuple[Goal, ...] = ()

    def said(self) -> list[str]:
        """As it is sent: `omrade:<key>`, `mal:<key>` for each goal, or `utenfor`."""
        if self.goals:
            return [f"mal:{goal.key}" for goal in self.goals]
        return [f"omrade:{self.area.key}"] if self.area else [OUTSIDE]


def place_asked_for(document: Document, said: Sequence[str]) -> Place | None:
    """The place that was sent; None where none was, and the row stays in its own."""
    if not said:
        return None
    if list(said) == [OUTSIDE]:
        return Place()
    related = {"omrade": document.areas, "mal": document.goals}
    found: dict[str, list[Any]] = {"omrade": [], "mal": []}
    for kind, _colon, key in (each.partition(":") for each in said):
        row = related[kind].standing().filter(key=key).first() if kind in related else None
        if row is None:
            raise CannotMove(_("Det du flyttet til, er tatt ut i mellomtiden. Ingenting er flyttet."))
        found[kind].append(row)
    return Place(found["omrade"][0] if found["omrade"] else None, tuple(found["mal"]))


@dataclass(frozen=True)
class Move:
    """A row moved: where it now stands, among how many, and what would put it back."""

    row: Any
    number: int  # 0 where it has been taken out and stands nowhere
    count: int
    where: Any  # the area, the goal or the document it stands in; None outside every area
    back_before: str
    back_into: Sequence[str]

    @property
    def has_come_up(self) -> bool:
        """Whether it stood in an area, and no longer does."""
        return bool(self.back_into) and list(self.back_into) != [OUTSIDE]


@transaction.atomic
def drop_row(row: Any, *, before: str, into: Sequence[str], expected: int | None, by: User, now: datetime) -> Move:
    """Put a row before the one named `before`, or last, in its own list or in the area named in `into`.

    CannotMove where what is named has gone, StaleEdit where the item is no longer at `expected`. A place in the same
    list has no version to be saved from: order is no text that somebody else could be writing over.
    """
    row = locked(row, by=by, now=now)
    holder = HOLDERS.get(type(row), "")
    place = place_asked_for(row.document, into) if holder else None
    if place and place.goals:
        raise CannotMove(_("Dit kan det ikke flyttes. Ingenting er flyttet."))
    stood_in = getattr(row, holder, None)
    back_before, back_into = after(row, rows_beside(row)), Place(stood_in).said() if place else ()
    if place is None or place.area == stood_in:
        put_before(row, rows_beside(row), before, by=by)
    else:
        setattr(row, holder, place.area)
        if isinstance(row, Area) and (why_not := row.misfit()):
            raise CannotMove(_("%(why)s Ingenting er flyttet.") % {"why": why_not})
        row.position = make_room(row, rows := rows_beside(row), before=named(rows, before))
        save_changed(row, by=by, expected=checked(row, expected), why=moved_words(row), and_place=True)
    return told(row, rows_beside(row), holder_of(row), back_before=back_before, back_into=back_into)


@transaction.atomic
def place_item(item: Any, *, by: User, now: datetime, expected: int, why: str = "") -> Move:
    """`move_to_area`, and what it came to."""
    stood = type(item)._default_manager.get(pk=item.pk)  # the item itself has been given its new place
    back_before, back_into = after(stood, rows_beside(stood)), Place(getattr(stood, HOLDERS[type(item)])).said()
    move_to_area(item, by=by, now=now, expected=expected, why=why)
    return told(item, rows_beside(item), holder_of(item), back_before=back_before, back_into=back_into)


def locked(row: Any, *, by: User, now: datetime) -> Any:
    """The row as it now is, with the order of its whole document to oneself until the transaction ends."""
    document = document_of(row)
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    keep_words_in_force(document, by=by, now=now)
    found = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if found is None or getattr(found, "status", "") == ItemStatus.RETIRED:
        raise CannotMove(_("«%(item)s» er tatt ut i mellomtiden. Ingenting er flyttet.") % {"item": row})
    return found


def put_before(row: Any, beside: Sequence[Any], before: str, *, by: User) -> None:
    """Give a locked row another place in the list it stands in; its version number stays."""
    row.position = make_room(row, beside, before=named([each for each in beside if each.pk != row.pk], before))
    sign(row, by=by, why=gettext_noop("Flyttet."))
    row.save()


def named(beside: Sequence[Any], key: str) -> Any:
    """The row of a list that has this key; None for the end of the list."""
    if not key:
        return None
    found = next((each for each in beside if row_key(each) == key), None)
    if found is None:
        raise CannotMove(_("Noen andre har flyttet på det som står her. Se over rekkefølgen, og flytt på nytt."))
    return found


def checked(row: Any, expected: int | None) -> int:
    """The version that a move to another place is made from; without one it is refused as too old."""
    if expected is None:
        raise StaleEdit(row)
    return expected


def told(row: Any, beside: Sequence[Any], where: Any, *, back_before: str, back_into: Sequence[str]) -> Move:
    """What a move came to, read after it was made."""
    keys = [each.pk for each in beside]
    number = keys.index(row.pk) + 1 if row.pk in keys else 0
    return Move(row, number, len(keys), where, back_before, back_into)


def after(row: Any, beside: Sequence[Any]) -> str:
    """The key of what stands after a row in its list; "" where it is the last."""
    keys = [each.pk for each in beside]
    at = keys.index(row.pk) + 1 if row.pk in keys else len(keys)
    return row_key(beside[at]) if at < len(keys) else ""


def holder_of(row: Any) -> Any:
    """What a row stands in: a document, an area or a goal; None outside every area."""
    if isinstance(row, (Section, Decision)):
        return row.document
    if isinstance(row, Area):
        return row.parent or row.document
    return getattr(row, "goal", None) or row.area
