"""What can be said of a year: its date, its form and whether it is held, each on its own and in any order."""

from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from annual_wheel import services
from annual_wheel.models import Edition
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 3, 15)


def acts(by: Any, *, is_partly: bool) -> dict[str, Callable[[Edition], Any]]:
    def common(edition: Edition) -> dict[str, Any]:
        return {"by": by, "today": TODAY, "expected": edition.lock_version}

    return {
        "move": lambda edition: services.move(edition, words="uke 18", **common(edition)),
        "cancel": lambda edition: services.cancel(edition, reason="Syk", is_partly=is_partly, **common(edition)),
        "describe": lambda edition: services.describe(edition, form="digital", outcome="Bra", **common(edition)),
    }


def facts(edition: Edition) -> tuple[str, bool, str, str, str, str]:
    edition.refresh_from_db()
    return (
        edition.as_written, edition.is_moved, edition.state, edition.reason, edition.form, edition.outcome,
    )  # fmt: skip


@pytest.mark.parametrize(("is_partly", "state"), [(True, "partly_cancelled"), (False, "cancelled")])
@pytest.mark.parametrize("order", list(permutations(("move", "cancel", "describe"))))
def test_each_is_its_own_in_any_order(cast: Cast, order: tuple[str, ...], is_partly: bool, state: str) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.ihk, when_words="15. april")
    edition, other = make.edition(entry, 2026), make.edition(entry, 2027)
    for name in order:
        acts(cast.adviser, is_partly=is_partly)[name](Edition.objects.get(pk=edition.pk))
    assert facts(edition) == ("uke 18", True, state, "Syk", "digital", "Bra")
    assert {task.status for task in edition.tasks.all()} == {"open" if is_partly else "withdrawn"}

    services.restore(edition, by=cast.adviser, today=TODAY, expected=edition.lock_version)
    assert facts(edition) == ("uke 18", True, "planned", "", "digital", "Bra")
    assert {task.status for task in edition.tasks.all()} == {"open"}

    services.move(edition, by=cast.adviser, words="15. april", today=TODAY, expected=edition.lock_version)
    assert facts(edition) == ("15. april", False, "planned", "", "digital", "Bra")
    assert facts(other) == ("15. april", False, "planned", "", "", "")


def test_wholly_can_become_partly_and_back(cast: Cast) -> None:
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), cast.ihk, when_words="15. april"))
    for is_partly, status in ((False, "withdrawn"), (True, "open"), (False, "withdrawn")):
        acts(cast.adviser, is_partly=is_partly)["cancel"](Edition.objects.get(pk=edition.pk))
        assert edition.tasks.get().status == status
