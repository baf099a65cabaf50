"""Two editors of a document see each other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from planning.presence import GONE_AFTER, Present, here
from tests import factories as make
from tests.cast import Cast, client_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


def test_each_sees_the_others_and_not_oneself(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    assert here(plan, cast.adviser, now=NOW, key="m-1") == []
    assert here(plan, cast.dean, now=NOW) == [Present("Rådgiver", NOW, "m-1")]
    assert here(plan, cast.adviser, now=NOW) == [Present("Dekan", NOW)]
    assert here(make.document("en-annen", cast.hf), cast.reader, now=NOW) == []


def test_who_has_not_asked_for_a_while_is_gone(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    here(plan, cast.adviser, now=NOW)
    almost = NOW + GONE_AFTER - timedelta(seconds=1)
    assert [one.name for one in here(plan, cast.dean, now=almost)] == ["Rådgiver"]
    assert here(plan, cast.dean, now=NOW + GONE_AFTER) == []


def test_the_editor_says_who_else_is_there_and_on_what_they_write(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Søkerne finner oss")
    editor = "/planer/planen/rediger/"
    assert "er også her" not in adviser.get(editor).content.decode()
    dean = client_of(cast.dean)
    assert "Rådgiver er også her" in dean.get(editor).content.decode()
    dean.get(f"{editor}hvem/?skriver={goal.key}")
    page = adviser.get(f"{editor}hvem/").content.decode()
    assert "Dekan skriver på" in page
    assert "«Søkerne finner oss»" in page


def test_a_key_of_nothing_says_only_who(cast: Cast, adviser: Any) -> None:
    make.document("planen", cast.hf)
    client_of(cast.dean).get("/planer/planen/rediger/hvem/?skriver=finnes-ikke")
    assert "Dekan er også her" in adviser.get("/planer/planen/rediger/hvem/").content.decode()
