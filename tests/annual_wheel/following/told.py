"""What is told of measures in these tests, and what a page says of them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from annual_wheel.measure_ticks import ticks_between
from organisation.models import User
from planning import reporting
from planning.models import Evaluation, Measure, ReportingRound
from strategy.models import Document
from tests.cast import Cast
from tests.page import text_of

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)
TODAY = date(2026, 3, 15)
STATUS, ROUNDS = "/planer/planen/status/", "/planer/planen/runder/"
Login = Callable[[User], Client]


def opened(plan: Document, by: User, **fields: Any) -> ReportingRound:
    days = {"from_on": date(2026, 1, 1), "to_on": date(2026, 12, 31), "due_on": date(2026, 4, 1)}
    asked = ReportingRound(document=plan, **{**days, **fields})
    return reporting.start_round(asked, by=by, now=NOW, today=TODAY)


def tell(key: str, cast: Cast, state: str = "under_way", text: str = "Slik står det.", **fields: Any) -> None:
    said = {"unit": cast.ihk, "by": cast.coordinator, "now": NOW, "next_step": "", **fields}
    reporting.report([Measure.objects.get(key=key)], state=state, text=text, **said)


def rows(response: Any) -> dict[str, str]:
    """What each row says, by its measure."""
    soup = BeautifulSoup(response.content, "html.parser")
    found = soup.select("li.follow-row[id]")
    return {str(row["id"]).removeprefix("rad-"): text_of(str(row)) for row in found}


def figures(response: Any) -> dict[str, int]:
    found = re.findall(r'vis=([\w-]+)"[^>]*><strong class="numeric">(\d+)', response.content.decode())
    return {code: int(number) for code, number in found}


def close(asked: ReportingRound, by: User) -> None:
    reporting.close_round(asked, by=by, now=NOW, today=TODAY, ticks_between=ticks_between)


def evaluate(key: str, cast: Cast, verdict: str = "change", **fields: Any) -> Evaluation:
    words = {"measure": Measure.objects.get(key=key), "year": 2026, "unit": cast.ihk, "text": "Ga lite", **fields}
    return reporting.evaluate(Evaluation(verdict=verdict, **words), by=cast.coordinator, now=NOW, expected=None)
