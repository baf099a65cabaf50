"""Letting a colleague stand in: on one's own behalf, and by an administrator for somebody who cannot."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.lib import clock
from config.lib.days import day_words
from organisation.administration.access import administers, crumbs, user_of
from organisation.administration.people import reached_person
from organisation.forms_standing_in import StandInForm
from organisation.models import Membership, User
from organisation.permissions import Permission
from organisation.services import CannotChange, last_change
from organisation.standing_in import colleagues_of, lend, lendable, role_words, stop, take_back

log = logging.getLogger(__name__)


def stand_in_new(request: HttpRequest) -> HttpResponse:
    """Let a colleague stand in for oneself."""
    person, back = user_of(request), reverse("my_page")
    way = [{"label": _("Min side"), "url": back}, {"label": _("Ny vikar"), "url": ""}]
    lead = _("Vikaren kan gjøre det rollene dine gir lov til, og får e-postene i perioden. Du beholder alt selv.")
    return _page(request, person, back=back, title=_("La en kollega være vikar"), lead=lead, way=way)


@administers
def admin_stand_in_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody stand in for a person who cannot see to it."""
    person, back = reached_person(request, pk), reverse("admin_person", args=[pk])
    way = crumbs((_("Personer"), reverse("admin_people")), (person.name, back), (_("Ny vikar"), ""))
    lead = _("Du kan låne ut roller ved enhetene du administrerer. Rollen som administrator låner eieren ut selv.")
    return _page(request, person, back=back, title=_("Vikar for %(name)s") % {"name": person.name}, lead=lead, way=way)


def _page(
    request: HttpRequest, person: User, *, back: str, title: str, lead: str, way: list[dict[str, str]]
) -> HttpResponse:
    today, by = clock.today(), user_of(request)
    roles = lendable(person, by=by, today=today)
    form = StandInForm(request.POST or None, person=person, lendable=roles, today=today)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        to, days = asked["who"], {"from_on": asked["from_on"], "to_on": asked["to_on"]}
        try:
            made = lend(list(asked["roles"]), to=to, **days, by=by, today=today)
        except CannotChange as refused:
            form.add_error("who", str(refused))
        else:
            _say(request, made, person)
            return redirect(back)
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "crumbs": way,
        "cancel_url": back,
        "button": _("La vikaren slippe til"),
        "has_roles": bool(roles),
        "options": colleagues_of(person),
        "options_id": "people",
    }
    return render(request, "administration/stand_in.html", context)


def _say(request: HttpRequest, made: list[Membership], person: User) -> None:
    row = made[0]
    words = _("%(name)s er vikar for %(person)s fra %(first)s til %(last)s.") % {
        "name": row.user,
        "person": person,
        "first": day_words(row.from_on),  # type: ignore[arg-type]
        "last": day_words(row.to_on),  # type: ignore[arg-type]
    }
    messages.success(request, words, extra_tags=_undo_url([(one.pk, last_change(one)) for one in made]))
    if not tell(made, person):
        messages.warning(request, _("E-posten til %(email)s kunne ikke sendes.") % {"email": row.user.email})


def tell(made: list[Membership], person: User) -> bool:
    """Send the stand-in a mail in their own language; False where the mail server did not take it."""
    row = made[0]
    with translation.override(row.user.language):
        words = {
            "person": person,
            "stand_in": row.user,
            "roles": [role_words(one) for one in made],
            "first": day_words(row.from_on),  # type: ignore[arg-type]
            "last": day_words(row.to_on),  # type: ignore[arg-type]
            "url": f"{settings.BASE_URL}{reverse('my_page')}",
        }
        subject = _("Rød tråd: du er vikar for %(name)s") % {"name": " ".join(person.name.split())}
        body = render_to_string("administration/email/stand_in.txt", words)
    try:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [row.user.email])
    except (OSError, SMTPException):
        log.exception("the mail to stand-in %s was not sent", row.user_id)
        return False
    return True


@require_POST
def stand_in_end(request: HttpRequest, rows: str) -> HttpResponse:
    """End it now: for the one who lent, and for the one who stands in."""
    user, today = user_of(request), clock.today()
    pks = _numbers(rows)
    mine = Membership.objects.lent().standing(today).filter(Q(user=user) | Q(through__user=user), pk__in=pks)
    found = list(mine.select_related("user", "unit", "through__user"))
    if not found or len(found) != len(set(pks)):
        raise Http404
    words = _("%(name)s er ikke lenger vikar for %(person)s.")
    said = words % {"name": found[0].user, "person": found[0].through.user}  # type: ignore[union-attr]
    messages.success(request, said, extra_tags=_undo_url(stop(found, by=user, today=today)))
    return redirect("my_page")


@require_POST
def stand_in_undo(request: HttpRequest, rows: str) -> HttpResponse:
    """Undo having lent or ended; for whoever did it."""
    user = user_of(request)
    marks = _numbers(rows.replace("-", "_"))
    changes = list(zip(marks[::2], marks[1::2], strict=False))
    log = Membership.history.filter(history_id__in=[change for _pk, change in changes], history_user=user)
    logged = list(log.select_related("through"))
    if (
        not changes
        or {(line.id, line.history_id) for line in logged} != set(changes)
        or not all(line.through and _is_concerned(user, line) for line in logged)
    ):
        raise Http404
    try:
        take_back(changes, by=user)
    except CannotChange as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Endringen er angret."))
    person = logged[0].through.user_id
    is_mine = user.pk in (person, logged[0].user_id)
    return redirect("my_page") if is_mine else redirect("admin_person", person)


def _is_concerned(user: User, line: Any) -> bool:
    """Whether the loan is the person's own, from either side, or at a unit they administer still."""
    return (
        user.pk in (line.user_id, line.through.user_id)
        or line.unit_id in user.reach(clock.today())[Permission.ADMINISTER]
    )


def _undo_url(changes: list[tuple[int, int]]) -> str:
    return reverse("stand_in_undo", args=["_".join(f"{pk}-{change}" for pk, change in changes)])


def _numbers(marks: str) -> list[int]:
    parts = marks.split("_")
    if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in parts):
        raise Http404
    return [int(part) for part in parts]
