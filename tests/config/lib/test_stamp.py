"""Content is kept while the logs stand still, and only where nobody was writing when it was read."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.lib.stamp import Kept, Stamp
from organisation.models import Unit
from tests import factories as make
from tests.cast import Cast


def names() -> list[str]:
    return sorted(Unit.objects.without_tree_fields().values_list("slug", flat=True))


@pytest.fixture
def kept(cast: Cast) -> Kept[list[str]]:
    return Kept(Stamp(Unit), most=2)


def never() -> list[str]:
    raise AssertionError("read although nothing had changed")


def test_what_is_kept_costs_the_stamp_alone(kept: Kept[list[str]]) -> None:
    found = kept.get("units", names)
    with CaptureQueriesContext(connection) as queries:
        assert kept.get("units", never) is found
    assert len(queries) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda unit: make.unit("ny", unit),
        lambda unit: unit.save(),
        lambda unit: Unit.objects.get(slug="imu").delete(),
        lambda unit: Unit.objects.filter(slug="imu").delete(),
    ],
    ids=["made", "saved", "deleted", "several deleted"],
)
def test_every_logged_change_makes_it_read_again(
    cast: Cast, kept: Kept[list[str]], change: Callable[[Unit], None]
) -> None:
    before = kept.get("units", names)
    change(cast.hf)
    after = kept.get("units", names)
    assert after == names()
    assert after is not before


def test_what_is_read_while_somebody_writes_is_not_kept(kept: Kept[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept.stamp, "settled", lambda: None)
    first = kept.get("units", names)
    assert kept.get("units", names) is not first


def test_the_oldest_gives_way(kept: Kept[list[str]]) -> None:
    for key in ("a", "b", "c"):
        kept.get(key, names)
    assert list(kept.found) == ["b", "c"]
