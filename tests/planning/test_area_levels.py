"""An area is moved under another and up again, by its form and by a drop, and never deeper than two levels."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import escape

from planning import editor
from strategy.models import Area, Document
from strategy.writing import bring_back
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of
from tests.planning.test_dropping import drop, said, undo
from tests.sending import send

GONE = " Ingenting er flyttet."


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    """Three areas; the first has two under it."""
    plan = make.document("planen", cast.hf, state="draft")
    first = make.area(plan, key="en", title="Synlighet", position=1)
    make.area(plan, key="messer", title="Messer", parent=first, position=2)
    make.area(plan, key="nett", title="Nettsider", parent=first, position=3)
    make.area(plan, key="to", title="Opptak", position=4)
    make.area(plan, key="tre", title="Mottak", position=5)
    return plan


def under(plan: Document, parent: str = "") -> list[str]:
    return list(plan.areas.standing().filter(parent__key=parent or None).values_list("key", flat=True))


def place(key: str) -> str:
    return f"/omrade/{key}/plasser/"


def test_a_form_puts_it_last_under_another_area_or_at_the_top(adviser: Any, plan: Document) -> None:
    make.area(plan, key="skjema", title="Skjema", parent=plan.areas.get(key="to"), position=6)
    opened = adviser.get(place("messer"))
    assert [str(label) for _value, label in opened.context["form"].fields["parent"].choices] == [
        "Øverste nivå",
        "Synlighet",
        "Opptak",
        "Mottak",
    ]
    moved = send(adviser, place("messer"), parent=plan.areas.get(key="to").pk)
    assert moved.url == "/planer/planen/rediger/?ved=messer#rad-messer"
    assert (under(plan, "en"), under(plan, "to")) == (["nett"], ["skjema", "messer"])
    moved = send(adviser, place("messer"), parent="", why="Den ble for stor")
    assert said(moved) == "Flyttet: «Messer» er nå nummer 4 av 4 på øverste nivå."
    assert (under(plan, "to"), under(plan)) == (["skjema"], ["en", "to", "tre", "messer"])
    reasons = [row.history_change_reason for row in Area.objects.get(key="messer").history.all()][:2]
    assert reasons == ["Den ble for stor", "Flyttet til et annet område."]


def test_the_row_leads_to_the_form_where_there_is_anywhere_to_go(adviser: Any, plan: Document) -> None:
    def offered() -> list[str]:
        page = adviser.get("/planer/planen/rediger/").content.decode()
        return [key for key in ("en", "messer", "nett", "to", "tre") if f'href="{place(key)}"' in page]

    assert offered() == ["messer", "nett", "to", "tre"]  # the first has areas of its own
    plan.areas.exclude(key__in=["en", "messer"]).update(status="retired")
    assert offered() == ["messer"]
    plan.areas.filter(key="messer").update(status="retired")
    assert offered() == []


def test_a_drop_puts_it_where_it_fell_and_is_undone(adviser: Any, plan: Document) -> None:
    said = drop(adviser, "omrade", "to", "nett", "omrade:en")
    assert said == "Flyttet: «Opptak» er nå nummer 2 av 3 under «Synlighet»."
    assert under(plan, "en") == ["messer", "to", "nett"]
    moved = Area.objects.get(key="to")
    assert (moved.lock_version, moved.history.latest().history_change_reason) == (2, "Flyttet til et annet område.")
    assert undo(adviser) == "Flyttet: «Opptak» er nå nummer 2 av 3 på øverste nivå."
    assert (under(plan), under(plan, "en")) == (["en", "to", "tre"], ["messer", "nett"])
    drop(adviser, "omrade", "messer", "tre", "utenfor")
    assert under(plan) == ["en", "to", "messer", "tre"]
    assert undo(adviser) == "Flyttet: «Messer» er nå nummer 1 av 2 under «Synlighet»."
    assert drop(adviser, "omrade", "nett", "messer", "omrade:en") == (
        "Flyttet: «Nettsider» er nå nummer 1 av 2 under «Synlighet»."
    )
    assert under(plan, "en") == ["nett", "messer"]
    assert Area.objects.get(key="nett").lock_version == 1


TOO_DEEP = "Et område kan ha ett nivå under seg, ikke flere."
HAS_OWN = "Dette området har egne områder under seg og må stå på øverste nivå."
ITSELF = "Et område kan ikke stå under seg selv."


@pytest.mark.parametrize(
    ("key", "into", "words"), [("to", "messer", TOO_DEEP), ("en", "to", HAS_OWN), ("to", "to", ITSELF)]
)
def test_a_place_that_cannot_be_is_refused(adviser: Any, plan: Document, key: str, into: str, words: str) -> None:
    before = list(plan.areas.values_list("key", "parent__key", "position", "lock_version"))
    assert drop(adviser, "omrade", key, "", f"omrade:{into}") == words + GONE
    refused = adviser.post(place(key), {"parent": plan.areas.get(key=into).pk, "lock_version": 1})
    assert refused.context["form"].errors
    assert list(plan.areas.values_list("key", "parent__key", "position", "lock_version")) == before


GONE_ABOVE = "Området det skulle stå under, er tatt ut."


@pytest.mark.parametrize(
    ("key", "into", "words"),
    [("to", "messer", TOO_DEEP), ("en", "to", HAS_OWN), ("to", "to", ITSELF), ("to", "tre", GONE_ABOVE)],
)
def test_the_row_itself_says_so_wherever_it_is_checked(plan: Document, key: str, into: str, words: str) -> None:
    plan.areas.filter(key="tre").update(status="retired")
    area = plan.areas.get(key=key)
    area.parent = plan.areas.get(key=into)
    with pytest.raises(ValidationError) as refused:
        area.full_clean()
    assert refused.value.message_dict == {"parent": [words]}
    area.save()
    area.full_clean()  # where it is stored there, other words of it can be changed


def test_an_area_that_is_gone_or_another_documents_takes_nothing(adviser: Any, plan: Document) -> None:
    make.area(make.document("annen", plan.owner), key="fremmed")
    plan.areas.filter(key="tre").update(status="retired")
    for key in ("fremmed", "tre"):
        assert drop(adviser, "omrade", "to", "", f"omrade:{key}").endswith(GONE.strip())
        refused = adviser.post(place("to"), {"parent": Area.objects.get(key=key).pk, "lock_version": 1})
        assert list(refused.context["form"].errors) == ["parent"]
    assert Area.objects.get(key="to").parent is None


def test_what_stands_there_when_the_form_is_sent_is_what_counts(cast: Cast, adviser: Any, plan: Document) -> None:
    opened = adviser.get(place("to"))
    dean = client_of(cast.dean)
    send(dean, place("tre"), parent=plan.areas.get(key="to").pk)
    late = send(adviser, place("to"), of=opened, parent=plan.areas.get(key="en").pk)
    assert escape(HAS_OWN) in late.content.decode()
    send(dean, place("messer"), parent="")
    words = drop(adviser, "omrade", "messer", "", "omrade:to", version=1)
    assert "har endret «Messer» i mellomtiden" in words
    opened = adviser.get(place("nett"))
    send(dean, place("nett"), parent="")
    stopped = send(adviser, place("nett"), of=opened, parent=plan.areas.get(key="to").pk)
    assert [(row.label, row.mine, row.theirs) for row in stopped.context["conflict"].differences] == [
        ("Hører under", "Opptak", "–")
    ]


def test_the_form_for_its_words_keeps_the_levels_too(cast: Cast, adviser: Any, plan: Document) -> None:
    opened = adviser.get("/omrade/to/endre/")
    send(client_of(cast.dean), place("tre"), parent=plan.areas.get(key="to").pk)
    late = send(adviser, "/omrade/to/endre/", of=opened, parent=plan.areas.get(key="en").pk)
    assert escape(HAS_OWN) in late.content.decode()
    assert under(plan) == ["en", "to"]


def test_one_that_was_taken_out_comes_back_to_two_levels_alone(cast: Cast, adviser: Any, plan: Document) -> None:
    adviser.post("/omrade/messer/ta-ut/")
    adviser.post("/omrade/nett/ta-ut/")
    send(adviser, place("en"), parent=plan.areas.get(key="to").pk)
    answer = adviser.post("/omrade/messer/hent-tilbake/", follow=True).content.decode()
    assert escape(TOO_DEEP) in answer
    assert Area.objects.get(key="messer").status == "retired"
    send(adviser, place("en"), parent="")
    bring_back(Area.objects.get(key="messer"), by=cast.adviser, now=NOW)
    assert under(plan, "en") == ["messer"]


def test_in_place_the_form_comes_instead_of_the_line(adviser: Any, plan: Document) -> None:
    form = adviser.get(place("messer"), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in form
    assert "Flytt området" in text_of(form)
    moved = send(adviser, place("messer"), htmx=True, parent="")
    assert moved.url == "/planer/planen/rediger/?ved=messer#rad-messer"


def test_in_a_long_plan_a_closed_area_takes_another_too(
    adviser: Any, plan: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editor, "LONG", 0)
    make.goal(plan, area=plan.areas.get(key="to"))
    page = adviser.get("/planer/planen/rediger/?ved=messer").content.decode()
    assert 'id="vis-to"' in page
    for key in ("en", "to"):
        assert f'<div class="editor-blocks" data-drop="area" data-into="omrade:{key}">' in page
    drop(adviser, "omrade", "messer", "", "omrade:to")
    page = adviser.get("/planer/planen/rediger/?ved=messer").content.decode()
    assert 'id="vis-to"' not in page
    assert "rad-messer" in page.partition('id="del-to"')[2]
