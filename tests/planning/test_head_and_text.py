"""A document's head and its running text."""

from typing import Any

import pytest

from strategy.models import Document, Section
from tests import factories as make
from tests.cast import Cast
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")


def test_bad_input_of_a_document_keeps_what_was_typed(cast: Cast, adviser: Any) -> None:
    page = send(adviser, "/strategi/ny/", title="", vision="Vi vil fram", period_from_on="2026-01-01",
                period_to_on="2025-01-01", owner=cast.hf.pk)  # fmt: skip
    assert set(page.context["form"].errors) == {"title", "period_to_on"}
    assert fields_of(page, "/strategi/ny/")["vision"] == ["Vi vil fram"]
    assert Document.objects.count() == 0


def test_titles_give_addresses_that_are_free(cast: Cast, adviser: Any) -> None:
    made = [
        send(adviser, "/planer/ny/", title=title, owner=cast.hf.pk).url for title in ("Åpen dør", "Åpen dør?", "Ny")
    ]
    assert made == ["/planer/apen-dor/rediger/", "/planer/apen-dor-2/rediger/", "/planer/ny-2/rediger/"]


def test_running_text_is_added_ordered_taken_out_and_put_back(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    for text in ("Den første", "Den andre"):
        send(adviser, "/planer/planen/rediger/nytt-avsnitt/", kind="challenge", text=text)
    first, second = plan.sections.all()
    send(adviser, f"/avsnitt/{first.pk}/endre/", title="Overskriften")
    adviser.post(f"/avsnitt/{second.pk}/flytt/", {"to": "up"})
    assert [(row.title, row.text) for row in plan.sections.all()] == [
        ("", "Den andre"),
        ("Overskriften", "Den første"),
    ]
    adviser.post(f"/avsnitt/{first.pk}/ta-ut/")
    assert [row.text for row in plan.sections.all()] == ["Den andre"]
    adviser.post(f"/avsnitt/{Section.history.latest().history_id}/hent-tilbake/")
    assert [row.title for row in plan.sections.all()] == ["", "Overskriften"]
