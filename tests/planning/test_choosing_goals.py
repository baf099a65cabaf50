"""The goals a measure can serve stand in the order of the plan, not by their number within each area."""

import re
from typing import Any

from tests import factories as make
from tests.cast import Cast


def test_area_by_area_with_those_under_it_and_first_what_is_outside(cast: Cast, adviser: Any, today: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    two, one = make.area(plan, title="To", position=2), make.area(plan, title="En", position=1)
    under = make.area(plan, title="Under En", position=0, parent=one)
    for area, position, text in (
        (two, 0, "To A"),
        (one, 1, "En B"),
        (under, 0, "Under A"),
        (one, 0, "En A"),
        (None, 5, "Utenfor"),
    ):
        make.goal(plan, area=area, position=position, text=text)
    page = adviser.get("/planer/planen/rediger/nytt-tiltak/").content.decode()
    offered = re.findall(r'name="goals"[^>]*>\s*(?:<[^>]*>)?\s*([^<]+)<', page)
    assert [text.strip() for text in offered] == ["Utenfor", "En A", "En B", "Under A", "To A"]
