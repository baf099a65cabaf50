"""The year's turn: what is decided about each entry for the year that comes, and what units propose.

Dropping is carried out at once and not when the year is opened: `to_year` is the one fact of which years an entry
stands in. The preview, the coverage, the pictures and `open_year` read it and need not know that there was a meeting,
and whoever opens the year from another page gets the same year. Until the year is opened it is taken back by choosing
otherwise, and the entry gets the last year it had before.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annual_wheel.models import Choice, Entry, Proposal, TurnDecision, Wheel, WheelYear
from annual_wheel.understood import stands_in
from annual_wheel.writing import follow_entry
from config.lib.models import StaleEdit
from config.lib.saving import save_changed, save_new
from organisation.models import User

DROPPED = gettext_noop("Avsluttet i årets vending.")
TAKEN_BACK = gettext_noop("Fortsetter likevel.")
CHANGED = gettext_noop("Endret forslaget.")
WITHDRAWN = gettext_noop("Trakk forslaget.")
PROPOSED_AGAIN = gettext_noop("Foreslo det likevel.")
OWN_ACTS = (CHANGED, WITHDRAWN, PROPOSED_AGAIN)


class CannotDecide(Exception):
    """It is too late, or not for this entry; the message is for the person who tried."""


@transaction.atomic
def decide(
    entry: Entry, *, year: int, choice: str, why: str, by: User, now: datetime, today: date, expected: int
) -> TurnDecision:
    """Say what becomes of an entry from `year` on. `expected` is the decision's version, 0 where none was seen.

    StaleEdit, with the decision that stands, where somebody decided in the meantime.
    """
    Wheel.objects.select_for_update(no_key=True).get(pk=entry.wheel_id)
    stored = Entry.objects.select_for_update(of=("self",)).select_related("wheel").get(pk=entry.pk)
    _refuse_opened(stored.wheel, year)
    decision = TurnDecision.objects.filter(entry=stored, year=year).first()
    decision = decision or TurnDecision(entry=stored, year=year, lock_version=0)
    if decision.lock_version != expected:
        raise StaleEdit(decision)
    if choice == Choice.DROP:
        _drop(stored, decision, why=why, by=by, now=now, today=today)
    else:
        _take_back(stored, decision, by=by, now=now, today=today)
    decision.choice, decision.why = choice, why.strip()
    decision.decided_at, decision.decided_by = now, by
    if expected == 0:
        decision.lock_version = 1
        return save_new(decision, by=by, why=decision.why)
    return save_changed(decision, by=by, expected=expected, why=decision.why)  # type: ignore[no-any-return]


def _refuse_opened(wheel: Wheel, year: int) -> None:
    if WheelYear.objects.filter(wheel=wheel, year=year).exists():
        raise CannotDecide(_("%(year)s er åpnet. Endre punktet, eller angre åpningen først.") % {"year": year})


def _drop(entry: Entry, decision: TurnDecision, *, why: str, by: User, now: datetime, today: date) -> None:
    """End the entry with the year before. What has been done in its years stays."""
    if not stands_in(entry, decision.year):
        return
    if entry.from_year == decision.year:
        raise CannotDecide(_("Punktet begynner først i %(year)s. Ta det ut i stedet.") % {"year": decision.year})
    decision.former_to_year = entry.to_year
    entry.to_year = decision.year - 1
    save_changed(entry, by=by, expected=entry.lock_version, why=why or DROPPED)
    follow_entry(entry, by=by, now=now, today=today)


def _take_back(entry: Entry, decision: TurnDecision, *, by: User, now: datetime, today: date) -> None:
    """Let an entry that ended with the year before go on, as long as it would have."""
    if entry.to_year != decision.year - 1:
        return
    entry.to_year, decision.former_to_year = decision.former_to_year, None
    save_changed(entry, by=by, expected=entry.lock_version, why=TAKEN_BACK)
    follow_entry(entry, by=by, now=now, today=today)


@transaction.atomic
def propose(proposal: Proposal, *, by: User, now: datetime) -> Proposal:
    proposal.proposed_at, proposal.proposed_by = now, by
    return save_new(proposal, by=by)


@transaction.atomic
def change_proposal(proposal: Proposal, *, by: User, expected: int) -> Proposal:
    """Save what has been written otherwise; CannotDecide once it is decided on, StaleEdit where somebody was first."""
    _undecided(proposal)
    return save_changed(proposal, by=by, expected=expected, why=CHANGED)  # type: ignore[no-any-return]


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User, now: datetime) -> Proposal:
    """Take a proposal back; CannotDecide once it is decided on. Doing it again changes nothing."""
    stored = _undecided(proposal)
    if stored.withdrawn_at:
        return stored
    stored.withdrawn_at, stored.withdrawn_by = now, by
    return save_changed(stored, by=by, expected=stored.lock_version, why=WITHDRAWN)  # type: ignore[no-any-return]


@transaction.atomic
def propose_again(proposal: Proposal, *, by: User) -> Proposal:
    """Undo that a proposal was withdrawn; CannotDecide where the year has been opened since."""
    stored = _undecided(proposal)
    if stored.withdrawn_at is None:
        return stored
    stored.withdrawn_at = stored.withdrawn_by = None
    return save_changed(stored, by=by, expected=stored.lock_version, why=PROPOSED_AGAIN)  # type: ignore[no-any-return]


def _undecided(proposal: Proposal) -> Proposal:
    """The proposal as it is stored, locked; CannotDecide where it has been answered or its year is open."""
    stored = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if stored.answer:
        raise CannotDecide(_("Forslaget er besvart, så det kan ikke endres eller trekkes lenger."))
    if WheelYear.objects.filter(wheel=stored.wheel_id, year=stored.year).exists():
        words = _("%(year)s er åpnet, så forslaget kan ikke endres eller trekkes lenger.")
        raise CannotDecide(words % {"year": stored.year})
    return stored


@transaction.atomic
def answer(proposal: Proposal, *, by: User, now: datetime, expected: int) -> Proposal:
    """Answer a proposal, or answer it otherwise; StaleEdit where somebody was first, CannotDecide if withdrawn."""
    stored = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if stored.withdrawn_by:
        words = _("%(who)s trakk forslaget mens du hadde siden åpen, så det er ikke noe å svare på.")
        raise CannotDecide(words % {"who": stored.withdrawn_by})
    proposal.answered_at, proposal.answered_by = now, by
    return save_changed(proposal, by=by, expected=expected, why=proposal.answer_text)  # type: ignore[no-any-return]
