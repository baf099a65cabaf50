"""What is taken out is the same from either database."""

import json
from datetime import UTC, date, datetime

from organisation.models import Unit
from planning.models import ReportingRound
from reports.exporters import export
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


def test_what_a_round_kept_has_its_keys_in_one_order(cast: Cast) -> None:
    report = {"unit": "IHK", "text": "I gang"}
    kept = {"units": [], "measures": [{"units": ["ihk"], "ticks": None, "text": "Et tiltak", "reports": [report]}]}
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 3, 31), "due_on": date(2026, 4, 1)}
    ReportingRound.objects.create(
        document=make.document("planen", cast.hf),
        **days,
        opened_at=NOW,
        opened_by=cast.dean,
        closed_at=NOW,
        closed_by=cast.dean,
        frozen=kept,
    )
    [told] = export()["documents"][0]["reporting_rounds"]
    assert told["kept"] == kept
    assert json.dumps(told["kept"]) == json.dumps(kept, sort_keys=True)


def test_units_say_whether_they_rest_in_july(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.isl.pk).update(is_quiet_in_july=True)
    assert [unit["slug"] for unit in export()["units"] if unit["is_quiet_in_july"]] == ["isl"]
