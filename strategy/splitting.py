"""Splitting an item in two: one half goes on as the item, the other is new and follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.forms import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib.saving import save_all_new, save_changed, save_new
from config.lib.turns import Turn, take_turn
from organisation.models import About, Comment, User
from strategy.models import Document, Goal, ItemStatus, Link, LinkKind, Note, Route
from strategy.order import make_room, rows_beside
from strategy.undoing import CannotUndo, hold
from strategy.writing import keep_words_in_force, set_status, write_row

SPLIT: Final = gettext_noop("Delt i to.")
SPLIT_OFF: Final = gettext_noop("Skilt ut da et annet ble delt i to.")
UNDONE: Final = gettext_noop("Angret delingen.")
CHANGED: Final = gettext_noop(
    "«%(item)s» er endret siden det ble delt. Ingenting er angret: rett på de to, eller ta ut det ene."
)
NEW: Final = 1  # the version of a half that nobody has changed


def _nothing(_item: Any, _half: Any, _by: User) -> None:
    """Most items have nothing more that the new half has too."""


@dataclass(frozen=True)
class Kind:
    """What the two halves of an item have in common from the beginning. What else hangs on it stays with the first."""

    model: Any
    about: About  # what a comment on it is about
    words: Sequence[str]
    fields: Sequence[str]
    ties: Sequence[str]  # many-to-many
    links: str  # what it builds up under and follows, by its related name
    own: Sequence[str] = ()  # what else a half has from the beginning, by related names
    beside: Callable[[Any], Sequence[Any]] = rows_beside
    share: Callable[[Any, Any, User], None] = _nothing


GOAL: Final = Kind(Goal, About.GOAL, ("title", "text"), ("area",), ("target_groups",), "links")
ROUTE: Final = Kind(Route, About.ROUTE, ("text",), ("area",), ("goals",), "links")


@dataclass(frozen=True)
class Halves:
    """An item that was split, the new half, and what it takes to put them together again."""

    item: Any
    half: Any
    kept: Mapping[str, Any]


@transaction.atomic
def split(
    item: Any, words: Mapping[str, str], *, kind: Kind, by: User, now: datetime, expected: int, why: str
) -> Halves:
    """Save what the item keeps, and a new one after it that says `words`; StaleEdit where somebody was first."""
    take_turn(Turn.LEANING)
    Document.objects.select_for_update(of=("self",), no_key=True).get(pk=item.document_id)
    stored = item.lock_at(expected)
    if stored.is_taken_out:
        raise ValidationError(_("Dette er tatt ut. Hent det tilbake før du deler det."))
    before = {name: getattr(stored, name) for name in kind.words}
    write_row(item, by=by, now=now, expected=expected, why=why or SPLIT)
    shared = {name: getattr(item, name) for name in kind.fields}
    half = kind.model(document=item.document, status=ItemStatus.PROPOSED, **shared, **words)
    half.position = _after(item, half, kind)
    many = {name: list(getattr(item, name).all()) for name in kind.ties}
    save_new(half, by=by, why=SPLIT_OFF, many=many)
    _link(item, half, kind, by=by)
    kind.share(item, half, by)
    return Halves(item, half, {"before": before, "expected": item.lock_version})


def _after(item: Any, half: Any, kind: Kind) -> int:
    """The place of the new half, next to the first."""
    rows = list(kind.beside(item))
    at = [row.pk for row in rows].index(item.pk) + 1
    return make_room(half, rows, before=rows[at] if at < len(rows) else None)


def _link(item: Any, half: Any, kind: Kind, *, by: User) -> None:
    """The new half follows the first, and what that follows, and builds up under the same."""
    links = getattr(half, kind.links)
    model, own = links.model, links.field.name
    ends = [field.attname for field in model._meta.concrete_fields if field.name.startswith("to_")]
    stored = getattr(item, kind.links).exclude(kind=LinkKind.TRANSLATED)
    rows = [model(kind=LinkKind.SUCCEEDED, **{own: half, own.replace("from_", "to_"): item})]
    rows += [model(kind=link.kind, **{own: half}, **{end: getattr(link, end) for end in ends}) for link in stored]
    save_all_new(rows, by=by, why=SPLIT_OFF)


@transaction.atomic
def put_together(item: Any, half: Any, kept: Mapping[str, Any], *, kind: Kind, by: User, now: datetime) -> Any:
    """Undo a split, and return the item: it says what it said before, and the new half is taken out.

    CannotUndo where either has been changed since, or something has come to hang on the new half.
    """
    keep_words_in_force(item.document, by=by, now=now)
    item, half = hold((item, kept["expected"]), (half, NEW), changed=_(CHANGED))
    _refuse_leaned_on(half, kind)
    for name, words in kept["before"].items():
        setattr(item, name, words)
    save_changed(item, by=by, expected=kept["expected"], why=UNDONE)
    set_status(half, ItemStatus.RETIRED, by=by, why=UNDONE)
    return item


def _refuse_leaned_on(half: Any, kind: Kind) -> None:
    """CannotUndo where others have gone on from the new half: what hangs on it would go out with it, unseen."""
    if has := dict.fromkeys(str(what) for what in _hung_on(half, kind)):
        words = {"half": half, "what": ", ".join(has)}
        said = _(
            "«%(half)s» er tatt i bruk siden det ble delt (%(what)s). Ingenting er angret: rett på de to der de står."
        )
        raise CannotUndo(said % words)


def _hung_on(half: Any, kind: Kind) -> Iterator[Any]:
    """What it is that hangs on a half, in words."""
    for relation in kind.model._meta.related_objects:
        name, model = relation.get_accessor_name(), relation.related_model
        if name in (kind.links, *kind.own):
            continue
        rows = getattr(half, name)
        if (rows.standing() if hasattr(rows, "standing") else rows).exists():
            is_link = issubclass(model, Link)
            yield (
                _("noe som bygger opp under det eller følger etter det") if is_link else model._meta.verbose_name_plural
            )
    place = {"about": kind.about, "about_key": half.key}
    if Comment.objects.filter(**place, removed_at=None).exists():
        yield Comment._meta.verbose_name_plural
    if Note.objects.filter(**place).exclude(text="").exists():
        yield Note._meta.verbose_name_plural
