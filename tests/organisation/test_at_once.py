"""Two at the same moment, over a connection each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection

from organisation import standing_in
from organisation.models import Membership, User
from organisation.services import CannotChange
from organisation.standing_in import lend, lendable
from organisation.syncing import applying
from organisation.syncing.applying import Changed, apply, plan_of
from organisation.syncing.columns import read_sheet
from organisation.syncing.table import read_text
from tests.cast import make_cast

TODAY, END = date(2026, 3, 15), date(2026, 4, 15)
TEXT = "E-post;Enhet;Rolle;Til\nstaff@hf.example;ihk;leser;31.12.2026\n"
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def both(act: Callable[[], None]) -> list[str]:
    """Let two threads act when both are ready, and return what each met."""
    ready = Barrier(2)

    def one(_number: int) -> str:
        try:
            ready.wait(timeout=10)
            act()
        except (Changed, CannotChange) as refused:
            return type(refused).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, range(2)))


def slow(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """Let a while pass between looking and writing, so that both would have looked before either wrote."""
    real = getattr(module, name)

    def waits(*args: Any, **kwargs: Any) -> Any:
        sleep(0.5)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, waits)


def test_of_two_who_store_the_same_file_the_second_sees_what_the_first_did(monkeypatch: pytest.MonkeyPatch) -> None:
    slow(monkeypatch, applying, "_store")
    by = make_cast().administrator
    sheet = read_sheet("people", read_text(TEXT))
    seen = plan_of("people", sheet, by=by, today=TODAY).digest

    def act() -> None:
        apply("people", sheet, by=User.objects.get(pk=by.pk), today=TODAY, seen=seen)

    assert both(act) == ["Changed", "done"]
    assert Membership.objects.filter(unit__slug="ihk", role="reader").count() == 1


def test_of_two_who_lend_the_same_role_at_once_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    slow(monkeypatch, standing_in, "signed")
    cast = make_cast()

    def act() -> None:
        dean = User.objects.get(pk=cast.dean.pk)
        roles = list(lendable(dean, by=dean, today=TODAY))
        lend(roles, to=cast.outsider, from_on=TODAY, to_on=END, by=dean, today=TODAY)

    assert both(act) == ["CannotChange", "done"]
    assert Membership.objects.lent().count() == 1
