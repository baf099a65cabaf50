"""Writing a wheel and its entries. What is coming follows a change; the years behind stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annual_wheel import when
from annual_wheel.models import Edition, EditionState, Entry, Wheel, WheelYear
from annual_wheel.opening import RETIRED, fan_out, in_order_of_dependence, open_year
from annual_wheel.own_words import Change, Reach, Years, correct_all, keep_before, write_only
from annual_wheel.services import cancel, refresh_editions_of, restore
from annual_wheel.understood import stands_in
from config.lib.norwegian import free_slug
from config.lib.saving import save_changed, save_new, sign
from organisation.lines import Line, save_lines
from organisation.models import User
from strategy.models import ItemStatus
from strategy.order import next_position, put_beside
from strategy.writing import set_status, status_before

# Kept with the edition as its reason, and looked for when the entry comes back: the same in every language.
OUTSIDE = gettext_noop("Punktet gjelder ikke dette året.")


@transaction.atomic
def create_wheel(wheel: Wheel, *, by: User) -> Wheel:
    wheel.slug = free_slug(wheel.title, Wheel.objects.values_list("slug", flat=True))
    return save_new(wheel, by=by)


@transaction.atomic
def save_wheel(wheel: Wheel, *, by: User, expected: int, why: str) -> Wheel:
    return save_changed(wheel, by=by, expected=expected, why=why)


@transaction.atomic
def save_entry(
    entry: Entry,
    *,
    by: User,
    now: datetime,
    today: date,
    expected: int | None,
    why: str,
    many: Mapping[str, Iterable[Any]],
    links: Sequence[Mapping[str, str]],
    lines: Sequence[Line],
    years: Years | None = None,
) -> Entry:
    """Save an entry with its lines, for the years that are meant; without a word of them, from this year on.

    This year's and coming editions that were not moved follow it. The wheel is locked first: of two who save at once
    the second sees what the first hung on what. Raises when.AnchorCircle and when.Unreadable, and ValidationError
    where the one year that is meant is gone, and saves nothing then.
    """
    Wheel.objects.select_for_update(no_key=True).get(pk=entry.wheel_id)
    entry.links = list(links)
    if expected is None:
        entry.position = next_position(entry)
        save_new(entry, by=by, many=many)
        save_lines(entry, lines, by=by)
    else:
        years = years or Years(Reach.FROM, today.year)
        stored = Entry.objects.select_related("wheel").get(pk=entry.pk)
        change = Change.between(stored, entry, lines)
        if years.reach is Reach.ONLY:
            return _save_for_one_year(
                entry, stored, change, lines, year=years.year, by=by, today=today, expected=expected, why=why
            )
        save_changed(entry, by=by, expected=expected, why=why, many=many)
        save_lines(entry, lines, by=by)
        if change and years.reach is Reach.ALL:
            correct_all(entry, change, by=by)
        elif change:
            keep_before(entry, change, year=years.year, by=by)
    refuse_circles(entry.wheel, today=today)
    follow_entry(entry, by=by, now=now, today=today)
    return entry


def _save_for_one_year(
    entry: Entry,
    stored: Entry,
    change: Change,
    lines: Sequence[Line],
    *,
    year: int,
    by: User,
    today: date,
    expected: int,
    why: str,
) -> Entry:
    """Leave the entry as it is, but for its version: whoever else had it open is to see that it was edited."""
    save_changed(stored, by=by, expected=expected, why=why or gettext_noop("Endret for ett år."))
    edition = entry.editions.select_for_update(of=("self",)).filter(year=year).first()
    if edition is None:
        said = _("Åpningen av %(year)s ble angret mens du skrev. Velg hvilke år endringen gjelder, og lagre på nytt.")
        raise ValidationError(said % {"year": year})
    edition.entry = stored
    write_only(edition, entry, change, lines, by=by, today=today)
    refuse_circles(entry.wheel, today=today)
    return stored


def refuse_circles(wheel: Wheel, *, today: date) -> None:
    """Raise when.AnchorCircle, with the entries' own words, where dates hang in a ring: always, or in a coming year."""
    standing = {entry.pk: entry for entry in wheel.entries.standing()}
    editions = Edition.objects.filter(entry__in=standing, year__gte=today.year).exclude(own_words={})
    own: dict[int, dict[int, Entry]] = {}
    for edition in editions.select_related("entry"):
        own.setdefault(edition.year, {})[edition.entry_id] = edition.said
    for entries in (standing, *({**standing, **said} for said in own.values())):
        try:
            in_order_of_dependence(entries.values())
        except when.AnchorCircle as circle:
            names = {entry.key: f"«{entry}»" for entry in entries.values()}
            raise when.AnchorCircle(tuple(names[str(key)] for key in circle.chain)) from None


def follow_entry(entry: Entry, *, by: User, now: datetime, today: date) -> None:
    """Give the opened years that are not over the edition they lack, and let those they have follow the entry."""
    editions = entry.editions.select_for_update(of=("self",)).filter(year__gte=today.year)
    coming = list(editions.select_related("entry__anchor", "entry__bound_entry"))
    inside = [edition for edition in coming if stands_in(entry, edition.year)]
    outside = [edition for edition in coming if not stands_in(entry, edition.year)]
    for edition in inside:
        sign(edition, by=by, why=gettext_noop("Fulgte punktet."))
    refresh_editions_of(inside, today=today)
    _restore([edition for edition in inside if edition.reason == OUTSIDE], by=by, today=today)
    _cancel(outside, by=by, reason=OUTSIDE, today=today)
    for opened in WheelYear.objects.filter(wheel=entry.wheel, year__gte=today.year):
        open_year(entry.wheel, year=opened.year, by=by, now=now, today=today)


def _cancel(editions: Iterable[Edition], *, by: User, reason: str, today: date) -> None:
    for edition in editions:
        if edition.state != EditionState.CANCELLED:
            cancel(edition, by=by, reason=reason, is_partly=False, today=today, expected=edition.lock_version)


def _restore(editions: Iterable[Edition], *, by: User, today: date) -> None:
    """Give editions the state they had before they fell away with their entry."""
    for edition in editions:
        before: Any = edition.history.exclude(state=EditionState.CANCELLED).first()  # type: ignore[attr-defined]
        expected = edition.lock_version
        if before and before.state == EditionState.PARTLY_CANCELLED:
            cancel(edition, by=by, reason=before.reason, is_partly=True, today=today, expected=expected)
        else:
            restore(edition, by=by, today=today, expected=expected)


@transaction.atomic
def retire_entry(entry: Entry, *, by: User, today: date) -> Entry:
    """Take an entry out of the wheel. What is still to come falls away with the reason; what was done, stays.

    Where the day has passed, only what is still open falls away: nobody is to be late with what is no longer there.
    """
    set_status(entry, ItemStatus.RETIRED, by=by, why=gettext_noop("Tatt ut."))
    coming = entry.editions.filter(due_on__gte=today, year__gte=today.year)
    _cancel(coming, by=by, reason=RETIRED, today=today)
    _give_tasks_again(entry, today=today)
    return entry


def _give_tasks_again(entry: Entry, *, today: date) -> None:
    """Let the tasks of days gone by follow an entry that goes or comes back, as far back as they can still be late."""
    passed = entry.editions.filter(due_on__lt=today, year__gte=today.year - 1)
    for edition in passed.exclude(state=EditionState.CANCELLED).select_related("entry"):
        fan_out(edition, today=today)


@transaction.atomic
def bring_back_entry(entry: Entry, *, by: User, now: datetime, today: date) -> Entry:
    """Put an entry back, with the editions that fell away when it was taken out."""
    if entry.status != ItemStatus.RETIRED:
        return entry
    stored = set_status(entry, status_before(entry), by=by, why=gettext_noop("Hentet tilbake."))
    _restore(stored.editions.filter(year__gte=today.year, reason=RETIRED), by=by, today=today)
    follow_entry(stored, by=by, now=now, today=today)
    _give_tasks_again(stored, today=today)
    return stored


def entries_beside(entry: Entry) -> list[Entry]:
    """What an entry is put in order with: what stands in the same month."""
    return list(entry.wheel.entries.standing().filter(month=entry.month))


@transaction.atomic
def move_entry(entry: Entry, *, by: User, is_up: bool) -> bool:
    """Let an entry change place with its neighbour in the same month."""
    return put_beside(entry, by=by, beside=entries_beside(entry), is_up=is_up)
