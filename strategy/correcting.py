"""Correcting a typing error in words that hold: a version of its own beside the one it corrects, never a new draft."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from config.lib import clock
from config.lib.saving import save_changed
from organisation.models import About, Function, Unit, UnitGroup, User
from organisation.phrase_reader import stem
from strategy.models import Document, Section, Version
from strategy.models.versions import SAME_WORDS
from strategy.outline import Outline
from strategy.slips import Slip, Weight, changed_weight
from strategy.writing import keep_words_in_force

ALIKE: Final = 0.7  # of the characters; below that it is another text
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    About.DOCUMENT: ("title", "vision", "overall_goal"),
    About.SECTION: ("title", "text"),
    About.AREA: ("title", "text", "overall_goal"),
    About.GOAL: ("title", "text"),
    About.ROUTE: ("text",),
    About.MEASURE: ("text", "frequency", "quantity"),
}


class CannotCorrect(Exception):
    """What was asked for is no correction, or too late; the message is for the person who tried."""


class NewerVersion(CannotCorrect):
    """Somebody else was first: the words that were seen are not those that are read any more."""


def versions_to_correct(document: Document, *, today: date) -> list[Version]:
    """What is read today and what waits for its day to be, in the order they are read (one query, or two)."""
    if not document.coming_on(today):
        return list(document.versions.order_by("-number")[:1])
    rows = document.versions.order_by("-number").values_list("pk", "holds_from")
    read: list[int] = []
    until = date.max
    for pk, start in rows:
        if start < until:  # else one with a higher number is read by then
            read, until = [pk, *read], start
        if start <= today:
            break
    found = document.versions.in_bulk(read)
    return [found[pk] for pk in read]


def version_to_correct(versions: Sequence[Version], about: str, key: str, *, number: int = 0) -> Version | None:
    """The first of these that has the place; with a number the one of them that is read on that version's day."""
    among = _read_with(versions, number) if number else versions
    return next((version for version in among if part_of(version.content, about, key)), None)


def _read_with(versions: Sequence[Version], number: int) -> list[Version]:
    """The one with this number; where it was corrected since, or decided anew, what is read in its stead."""
    if found := [version for version in versions if version.number == number]:
        return found
    document = [version.document_id for version in versions[:1]]
    start = Version.objects.filter(document__in=document, number=number).values_list("holds_from", flat=True).first()
    return [version for version in versions if version.holds_from == start]


def part_of(outline: Outline, about: str, key: str) -> dict[str, Any] | None:
    """The words of one place in an outline; None where it does not stand there."""
    if about == About.DOCUMENT:
        return outline  # type: ignore[return-value]
    return next((part for part in _parts(outline, about) if part.get("id") == key), None)


def _parts(outline: Any, about: str) -> Iterator[dict[str, Any]]:
    if about in (About.SECTION, About.MEASURE):
        yield from outline["sections" if about == About.SECTION else "measures"]
        return
    for area in [outline, *_areas(outline["areas"])]:
        if about == About.AREA and area is not outline:
            yield area
        if about in (About.GOAL, About.ROUTE):
            yield from area["goals" if about == About.GOAL else "routes"]


def _areas(areas: Any) -> Iterator[dict[str, Any]]:
    for area in areas:
        yield area
        yield from _areas(area["areas"])


@transaction.atomic
def correct(
    row: Any, about: str, key: str, texts: Mapping[str, str], *, seen: int, why: str, by: User, now: datetime
) -> list[Version]:
    """Freeze the corrected words as the next version, and correct the working text where it says the same.

    `seen` is the number of the version whose words stood before whoever corrects. The same words in what is read before
    or after it are corrected too, each in a version of its own. What waits for its day is frozen again in any case:
    of the versions that hold on a day, readers read the one with the highest number.
    """
    from_row: Document = row if isinstance(row, Document) else row.document
    document = Document.objects.select_for_update().get(pk=from_row.pk)
    keep_words_in_force(document, by=by, now=now)
    versions = versions_to_correct(document, today=clock.today())
    if not versions or not document.is_published:
        raise CannotCorrect(_("Bare det som er vedtatt, kan rettes slik. Endre utkastet i stedet."))
    version = next((version for version in versions if version.number == seen), None)
    if version is None:
        raise NewerVersion(_("Dokumentet har fått en ny utgave siden du åpnet siden. Se over teksten, og prøv igjen."))
    said = part_of(version.content, about, key)
    changed = _changed(said, about, texts, parties=party_words())
    _correct_working_text(row, version.content, about, key, changed, by=by, why=why)
    made: list[Version] = []
    number = max(each.number for each in versions)
    for each in versions:
        content = deepcopy(each.content)
        if not _write(content, about, key, changed, before=said) and not made:
            continue
        is_same = content == each.content
        number += 1
        made.append(
            Version.objects.create(
                document=document,
                number=number,
                corrects=each,
                why=SAME_WORDS % {"number": each.number} if is_same else why,
                content=content,
                frozen_at=now,
                frozen_by=by,
            )
        )
    return made


def _write(content: Any, about: str, key: str, changed: Mapping[str, str], *, before: Any) -> bool:
    """Write the corrected words where the same ones stand; whether any did."""
    part = part_of(content, about, key)
    same = {name: text for name, text in changed.items() if part and part[name] == before[name]}
    if part and same:
        part.update(same)
        _copies(content, about, key, same)
    return bool(same)


def stands_alike(versions: Sequence[Version], version: Version, about: str, key: str) -> list[Version]:
    """The others of these that say the same there as this one does."""
    said = _words_at(version, about, key)
    return [other for other in versions if other != version and _words_at(other, about, key) == said]


def stands_otherwise(versions: Sequence[Version], version: Version, about: str, key: str) -> list[Version]:
    """The others of these that say something else there."""
    alike = stands_alike(versions, version, about, key)
    return [
        other
        for other in versions
        if other != version and other not in alike and part_of(other.content, about, key) is not None
    ]


def _words_at(version: Version, about: str, key: str) -> dict[str, Any] | None:
    part = part_of(version.content, about, key)
    return {name: part[name] for name in FIELDS[about]} if part else None


def _changed(
    part: dict[str, Any] | None, about: str, texts: Mapping[str, str], *, parties: Collection[str]
) -> dict[str, str]:
    """What is written otherwise, by field; CannotCorrect where it is no correction."""
    if part is None:
        raise CannotCorrect(_("Dette står ikke i det som gjelder."))
    changed = {name: text for name, text in texts.items() if name in FIELDS[about] and text != part[name]}
    if not changed:
        raise CannotCorrect(_("Du har ikke rettet noe ennå."))
    for name, text in changed.items():
        before = part[name]
        if not text.strip() or not before.strip() or not is_correction(before, text):
            raise CannotCorrect(_("Dette er mer enn en skrivefeil.") + " " + _(DECIDE_ANEW))
        if slip := changed_weight(before, text, parties):
            raise CannotCorrect(_slip_words(slip) + " " + _(DECIDE_ANEW))
    return changed


DECIDE_ANEW: Final = gettext_noop("Endre arbeidsteksten og vedta den som en ny utgave, så ser alle hva som er nytt.")
WEIGHTS: Final[Mapping[Weight, str]] = {
    Weight.FIGURE: gettext_noop("Et tall eller en mengde er en annen"),
    Weight.TIME: gettext_noop("En dato eller et tidspunkt er et annet"),
    Weight.NEGATION: gettext_noop("Et «ikke» eller noe lignende er kommet til eller borte"),
    Weight.BINDING: gettext_noop("Det er endret hvor sterkt dette forplikter"),
    Weight.PARTY: gettext_noop("Det er endret hvem dette gjelder"),
}


def _slip_words(slip: Slip) -> str:
    """What a correction may not change, from and to; nothing on one side is a dash."""
    words = {"what": _(WEIGHTS[slip.weight]), "before": slip.before or "–", "after": slip.after or "–"}
    return _("%(what)s: fra «%(before)s» til «%(after)s». Slikt rettes ikke som en skrivefeil.") % words


def party_words() -> set[str]:
    """The stems of the words that name somebody who can be responsible."""
    found: set[str] = set()
    for model in (Unit, UnitGroup, Function):
        rows = model._default_manager.all()
        names = [name for row in rows for name in (row.name, row.name_en, getattr(row, "short_name", ""))]
        found |= {stem(word) for name in names for word in re.findall(r"[^\W\d_]+", name)}
    return found


def is_correction(before: str, after: str) -> bool:
    """Whether two texts are so alike that the one can be the other with a typing error in it."""
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE


def _copies(content: Any, about: str, key: str, changed: Mapping[str, str]) -> None:
    """Running text of some kinds stands twice in an outline."""
    if about == About.SECTION:
        for name in ("challenges", "evaluation"):
            for part in content.get(name, []):
                if part.get("id") == key:
                    part.update(changed)


def _correct_working_text(
    row: Any, before: Outline, about: str, key: str, changed: Mapping[str, str], *, by: User, why: str
) -> None:
    """A text that is being reworded already is left to whoever rewords it."""
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    said: Any = part_of(before, about, key)
    same = {name: text for name, text in changed.items() if getattr(row, name) == said[name]}
    if not same:
        return
    for name, text in same.items():
        setattr(row, name, text)
    save_changed(row, by=by, expected=row.lock_version, why=why)


def row_of(about: str, document: Document, key: str) -> Any:
    """The row behind a place of a document; None where there is none."""
    if about == About.DOCUMENT:
        return document
    if about == About.SECTION:
        return Section.objects.filter(document=document, pk=int(key) if key.isdigit() else 0).first()
    names = {About.AREA: "areas", About.GOAL: "goals", About.ROUTE: "routes", About.MEASURE: "measures"}
    return getattr(document, names[About(about)]).filter(key=key).first()
