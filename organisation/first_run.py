"""The first start of an empty installation: a code that only whoever started it sees, then an administrator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from config.lib.models import KEY_ALPHABET
from config.lib.norwegian import free_slug
from config.lib.saving import signed
from organisation.models import Membership, Unit, UnitKind, User
from organisation.permissions import Permission, Role

CODE_LENGTH: Final = 12


class NotEmpty(Exception):
    """Somebody has an account already, so there is no first administrator to make."""


def is_empty() -> bool:
    return not User.objects.exists()


def setup_code() -> str:
    """Return the code, as in "k3xm-92vp-w7ct".

    It is worked out from SECRET_KEY and so is stored nowhere. Twelve of thirty characters can not be guessed, and the
    code opens nothing from the moment there is a user.
    """
    number = int.from_bytes(salted_hmac("organisation.first_run", "first administrator", algorithm="sha256").digest())
    letters = []
    for _letter in range(CODE_LENGTH):
        number, rest = divmod(number, len(KEY_ALPHABET))
        letters.append(KEY_ALPHABET[rest])
    word = "".join(letters)
    return "-".join(word[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def is_code(words: str) -> bool:
    """Whether this is the code, however it was typed off."""

    def plain(text: str) -> str:
        return "".join(letter for letter in text.casefold() if letter.isalnum())

    return constant_time_compare(plain(words), plain(setup_code()))


@transaction.atomic
def create_first_administrator(
    *, email: str, name: str, password: str, institution: str, short_name: str, language: str, today: date
) -> User:
    """Make the institution and its administrator; NotEmpty where somebody was first.

    Of two who send the form at once, the second waits for the first one's transaction, and then finds a user.
    """
    _one_at_a_time()
    if not is_empty():
        raise NotEmpty
    user = User.objects.create_superuser(email, password, name=name, language=language)
    user.history.update(history_user=user)
    unit = Unit(name=institution, short_name=short_name, kind=UnitKind.INSTITUTION, slug="")
    unit.slug = free_slug(short_name or institution, Unit.objects.without_tree_fields().values_list("slug", flat=True))
    signed(unit, by=user).save()
    signed(Membership(user=user, unit=unit, role=Role.ADMINISTRATOR, from_on=today), by=user).save()
    return user


def _one_at_a_time() -> None:
    """Lock a row that is always there: there is no user yet to lock. (On SQLite the transaction itself does it.)"""
    kind = ContentType.objects.get_for_model(User)
    ContentType.objects.select_for_update().get(pk=kind.pk)


@dataclass(frozen=True)
class Step:
    words: str
    why: str
    url: str
    is_done: bool


def steps() -> list[Step]:
    """Return what a new installation needs before it is of use, in order, and what of it is done.

    Plans and wheels belong to parts above this one; their rows are seen by related names, their pages by address.
    """
    units = Unit.objects.without_tree_fields()
    return [
        Step(
            _("Legg inn det første fakultetet eller den første avdelingen"),
            _("Planer, årshjul og oppgaver hører til en enhet."),
            reverse("admin_unit_new"),
            units.count() > 1,
        ),
        Step(
            _("Legg til personer"),
            _("Hver får en invitasjon på e-post og en rolle ved en enhet."),
            reverse("admin_person_new"),
            User.objects.count() > 1,
        ),
        Step(
            _("Skriv den første planen"),
            _("Mål og tiltak, og hvem som har ansvaret."),
            _address("plan_new", "/planer/"),
            units.filter(documents__isnull=False).exists(),
        ),
        Step(
            _("Lag det første årshjulet"),
            _("Det som skal skje hvert år, med datoer slik dere skriver dem."),
            _address("wheel_new", "/aarshjul/"),
            units.filter(wheels__isnull=False).exists(),
        ),
        Step(
            _("Åpne et år i årshjulet"),
            _("Da får enhetene oppgavene sine."),
            _wheel_to_open(),
            units.filter(wheels__years__isnull=False).exists(),
        ),
    ]


def next_step_for(user: User, *, today: date) -> Step | None:
    """The next thing that a new installation needs, for who can see to it; None where all is in place."""
    if not user.is_superuser and not user.reach(today)[Permission.ADMINISTER]:
        return None
    return next((step for step in steps() if not step.is_done), None)


def _wheel_to_open() -> str:
    """The wheel where there is one, else all of them."""
    slugs = Unit.objects.without_tree_fields().order_by().filter(wheels__isnull=False).values_list("wheels__slug")[:2]
    return _address("wheel", "/aarshjul/", *slugs[0]) if len(slugs) == 1 else "/aarshjul/"


def _address(name: str, otherwise: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return otherwise


def first_run_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Lead the first visitor of an empty installation to its setup. Costs a query on two pages, before login only."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_door = request.method == "GET" and request.path in ("/", reverse("account_login"))
        if is_door and not request.user.is_authenticated and is_empty():
            return redirect("first_run")
        return get_response(request)

    return middleware
