"""People: who has an account, what they may do and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.lib import clock
from config.lib.changes import changes_of
from config.lib.norwegian import sort_key
from organisation.administration.access import (
    administered_ids,
    administered_units,
    administers,
    crumbs,
    form_page,
    in_order,
    list_answer,
    matches,
    user_of,
)
from organisation.administration.dated import undo_url
from organisation.administration.rows import dated_rows
from organisation.forms import NewPersonForm, PersonForm, RoleForm, WhyForm
from organisation.invitations import invite
from organisation.models import Membership, User
from organisation.people import administered_by, may_change_person, powers_of
from organisation.permissions import Permission
from organisation.services import CannotChange, add_person, deactivate, give_role, reactivate, save_person
from organisation.standing_in import as_stand_in, lendable, loans_from, role_words
from organisation.why import why
from organisation.words import count_people

PAGE: Final = 50
LATEST: Final = 20  # changes on a person's page


@dataclass(frozen=True)
class PersonRow:
    name: str
    email: str
    url: str
    roles: str
    state: str


def state_of(person: User) -> str:
    """Say what is out of the ordinary about an account."""
    if not person.is_active:
        return _("Stengt")
    return "" if person.has_usable_password() else _("Har ikke valgt passord ennå")


def person_row(person: User, today: date) -> PersonRow:
    roles = "; ".join(map(listed_role, person.roles_now))  # type: ignore[attr-defined]
    if person.is_superuser:
        roles = "; ".join(filter(None, [_("teknisk ansvarlig"), roles]))
    return PersonRow(
        person.name,
        person.email,
        reverse("admin_person", args=[person.pk]),
        roles or _("Ingen rolle"),
        state_of(person),
    )


def listed_role(held: Membership) -> str:
    words = role_words(held)
    return _("%(role)s (vikar)") % {"role": words} if held.through_id else words


@administers
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List the people one administers, by name; closed accounts only when asked for."""
    today, by = clock.today(), user_of(request)
    words, unit, everyone = (request.GET.get(name, "") for name in ("sok", "enhet", "vis"))
    found = administered_by(by, today=today)
    if everyone != "alle":
        found = found.filter(is_active=True)
    if unit:
        at_unit = Membership.objects.on(today).filter(unit__slug=unit).values("user")
        found = found.filter(pk__in=at_unit)
    named = [row for row in found.values_list("pk", "name", "email") if matches(words, row[1], row[2])]
    named.sort(key=lambda row: sort_key(row[1] or row[2]))
    page = Paginator(named, PAGE).get_page(request.GET.get("side"))
    held = Prefetch("memberships", Membership.objects.on(today).select_related("unit"), to_attr="roles_now")
    by_id = User.objects.prefetch_related(held).in_bulk([row[0] for row in page.object_list])
    units = in_order(administered_units(request), lambda row: row.name)
    rows = [person_row(by_id[row[0]], today) for row in page.object_list]
    context = {
        "rows": rows,
        "some_state": any(row.state for row in rows),
        "page": page,
        "count_words": count_people(len(named)),
        "crumbs": crumbs((_("Personer"), "")),
        "units": [(row.slug, row.name) for row in units],
        "asked": {"sok": words, "enhet": unit, "vis": everyone},
        "is_filtered": bool(words or unit),
    }
    return list_answer(request, "administration/people.html", context)


@administers
def person_new(request: HttpRequest) -> HttpResponse:
    """Add a person with a first role, and send the invitation."""
    form = NewPersonForm(request.POST or None, units=administered_units(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(**form.cleaned_data, by=user_of(request), today=clock.today())
        except CannotChange as refused:
            form.add_error("email", str(refused))
        else:
            say_added(request, person)
            return redirect("admin_person", person.pk)
    return form_page(
        request,
        form,
        title=_("Legg til en person"),
        lead=_("Personen får en lenke på e-post og velger passordet selv."),
        button=_("Legg til og inviter"),
        cancel_url=reverse("admin_people"),
        crumbs=crumbs((_("Personer"), reverse("admin_people")), (_("Ny"), "")),
    )


def say_added(request: HttpRequest, person: User) -> None:
    if person.has_usable_password():
        messages.success(request, _("%(name)s hadde en konto fra før, og har fått rollen.") % {"name": person.name})
    else:
        send_invitation(request, person)


def send_invitation(request: HttpRequest, person: User) -> None:
    words = {"name": person.name, "email": person.email}
    if invite(person, by=user_of(request)):
        messages.success(request, _("Invitasjonen til %(name)s er sendt til %(email)s.") % words)
    else:
        text = _("E-posten til %(email)s kunne ikke sendes. Alt annet er lagret. Send invitasjonen på nytt om litt.")
        messages.warning(request, text % words)


def reached_person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(administered_by(user_of(request), today=clock.today()), pk=pk)


def own_person(request: HttpRequest, pk: int) -> User:
    """Return a person whose details are the administrator's to change; refuse where somebody else's roles are in it."""
    person = reached_person(request, pk)
    if not may_change_person(user_of(request), person, today=clock.today()):
        raise PermissionDenied
    return person


@administers
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person: roles, functions, and what they may do where and why."""
    today, by = clock.today(), user_of(request)
    shown = reached_person(request, pk)
    reach = administered_ids(request)
    roles = dated_rows(
        shown.memberships.select_related("unit", "through__user").order_by("unit__name", "pk"),
        kind="membership",
        title=lambda row: (capfirst(row.get_role_display()), ""),
        note=role_note,
        reach=reach,
        today=today,
    )
    stand_ins = dated_rows(
        [row for loan in loans_from(shown, today=today) for row in loan.rows],
        kind="membership",
        title=lambda row: (row.user.name, reverse("admin_person", args=[row.user_id])),
        note=role_words,
        reach=reach,
        today=today,
    )
    functions = dated_rows(
        shown.functions.select_related("unit", "function").order_by("function__name", "pk"),
        kind="holder",
        title=lambda row: (str(row.function), reverse("admin_function", args=[row.function.slug])),
        note=lambda row: row.unit.name,
        reach=reach,
        today=today,
    )
    context: dict[str, Any] = {
        "person": shown,
        "state": state_of(shown),
        "roles": roles,
        "functions": functions,
        "stand_ins": stand_ins,
        "may_lend": shown.is_active and lendable(shown, by=by, today=today).exists(),
        "powers": powers_of(shown, today=today),
        "may_change": may_change_person(by, shown, today=today),
        "is_self": shown == by,
        "changes": changes_of(shown)[:LATEST],
        "crumbs": crumbs((_("Personer"), reverse("admin_people")), (shown.name, "")),
    }
    return render(request, "administration/person.html", context)


def role_note(row: Membership) -> str:
    return ", ".join(filter(None, (row.unit.name, as_stand_in(row))))


@administers
@require_safe
def person_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer whether a person may do a thing at a unit, and why or why not."""
    asked, units = reached_person(request, pk), administered_units(request)
    form = WhyForm(request.GET or None, units=units)
    answer = None
    if form.is_valid():
        permission, unit = Permission(form.cleaned_data["kan"]), form.cleaned_data["enhet"]
        answer = why(asked, permission, unit, today=clock.today())
    back = reverse("admin_person", args=[pk])
    way = crumbs((_("Personer"), reverse("admin_people")), (asked.name, back), (_("Hvorfor og hvorfor ikke"), ""))
    context = {"person": asked, "form": form, "answer": answer, "crumbs": way}
    return render(request, "administration/why.html", context)


@administers
@transaction.atomic
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    changed = own_person(request, pk)
    form = PersonForm(request.POST or None, instance=changed)
    if request.method == "POST" and form.is_valid():
        save_person(form.save(commit=False), by=user_of(request))
        messages.success(request, _("Endringen er lagret."))
        return redirect("admin_person", pk)
    back = reverse("admin_person", args=[pk])
    way = crumbs((_("Personer"), reverse("admin_people")), (form.initial["name"], back), (_("Endre"), ""))
    title = _("Endre %(name)s") % {"name": form.initial["name"]}
    return form_page(request, form, title=title, button=_("Lagre"), cancel_url=back, crumbs=way)


@administers
@require_POST
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    invited = own_person(request, pk)
    if invited.is_active:
        send_invitation(request, invited)
    return redirect("admin_person", pk)


@administers
@require_POST
def person_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    closed = own_person(request, pk)
    try:
        deactivate(closed, by=user_of(request))
    except CannotChange as refused:
        messages.error(request, str(refused))
    else:
        words = _("Kontoen til %(name)s er stengt. Roller og det som er gjort, blir stående.") % {"name": closed.name}
        messages.success(request, words, extra_tags=reverse("admin_person_reactivate", args=[pk]))
    return redirect("admin_person", pk)


@administers
@require_POST
def person_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    opened = own_person(request, pk)
    reactivate(opened, by=user_of(request))
    words = _("Kontoen til %(name)s er åpen igjen.") % {"name": opened.name}
    messages.success(request, words, extra_tags=reverse("admin_person_deactivate", args=[pk]))
    return redirect("admin_person", pk)


@administers
def role_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role at a unit."""
    given_to = reached_person(request, pk)
    today = clock.today()
    form = RoleForm(request.POST or None, units=administered_units(request), initial={"from_on": today.isoformat()})
    if request.method == "POST" and form.is_valid():
        form.instance.user = given_to
        try:
            row = give_role(form.save(commit=False), by=user_of(request), today=today)
        except CannotChange as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rollen er gitt."), extra_tags=undo_url("admin_membership_undo", row))
            return redirect("admin_person", pk)
    back = reverse("admin_person", args=[pk])
    return form_page(
        request,
        form,
        title=_("Gi %(name)s en rolle") % {"name": given_to.name},
        lead=_("Rollen gjelder ved enheten og alle enheter under den."),
        button=_("Gi rollen"),
        cancel_url=back,
        crumbs=crumbs((_("Personer"), reverse("admin_people")), (given_to.name, back), (_("Ny rolle"), "")),
    )
