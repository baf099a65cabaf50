"""A save that changes the words alone is answered without the whole form, and as the whole form would answer it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planning.forms import MeasureForm
from planning.models import Measure
from planning.views import editing
from strategy.models import TargetGroup
from tests import factories as make
from tests.cast import Cast, client_of
from tests.sending import fields_of, send

ADDRESS = "/tiltak/besok/endre/"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def measure(cast: Cast) -> Measure:
    """One that says something in every field."""
    draft = make.document("planen", cast.hf, state="draft")
    goal, _other = make.goal(draft, key="maalet", text="Målet"), make.goal(draft, key="annet", text="Et annet")
    make.area(draft, title="Området", key="omrade")
    route, _way = make.route(draft, text="Veien"), make.route(draft, text="Omveien")
    above = make.document("strategien", cast.university, kind="strategy")
    leans_on, _free = make.goal(above, key="over", text="Målet over"), make.goal(above, key="fritt", text="Et til")
    measure = make.measure(draft, goal, key="besok", text="Besøke skolene", frequency="hvert år", quantity="to")
    measure.links = [{"url": "https://example.org/", "label": "Mer"}]
    measure.save()
    measure.routes.add(route)
    measure.target_groups.add(TargetGroup.objects.create(slug="elever", name="Elever", owner=cast.hf))
    TargetGroup.objects.create(slug="larere", name="Lærere", owner=cast.hf)
    measure.responsibilities.create(unit=cast.hf, wording="Fakultetet")
    measure.item_links.create(kind="aligned", to_goal=leans_on)
    return measure


def said(measure: Measure) -> dict[str, Any]:
    """All that a person may have written of it."""
    stored = Measure.objects.get(pk=measure.pk)
    ties = ("goals", "routes", "target_groups")
    return {
        **{name: getattr(stored, name) for name in ("text", "area", "modality", "frequency", "quantity", "links")},
        **{name: sorted(str(each) for each in getattr(stored, name).all()) for name in ties},
        "lines": [(str(line.party), line.relation, line.wording) for line in stored.responsibilities.all()],
        "leans on": sorted(str(link.to_goal) for link in stored.item_links.all()),
    }


def is_quick(adviser: Any, monkeypatch: pytest.MonkeyPatch, **changed: Any) -> bool:
    """Whether the save was answered without the whole form."""
    made: list[MeasureForm] = []
    opened = adviser.get(ADDRESS)

    def make(form: MeasureForm, *given: Any, **named: Any) -> None:
        made.append(form)
        build(form, *given, **named)

    build = MeasureForm.__init__
    monkeypatch.setattr(MeasureForm, "__init__", make)
    answer = send(adviser, ADDRESS, of=opened, htmx=True, **changed)
    assert answer.status_code in (200, 302), answer.content.decode()
    return not made


@pytest.mark.parametrize("text", ["Besøke skolene", "Invitere skolene", "Med *vekt*"])
def test_words_alone_are_quick(adviser: Any, measure: Measure, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    before = said(measure)
    assert is_quick(adviser, monkeypatch, text=text)
    assert said(measure) == {**before, "text": text}


CHANGES: dict[str, tuple[dict[str, Any], str, Any]] = {
    "goals": ({"goals": ["annet"]}, "goals", ["Et annet"]),
    "area": ({"goals": [], "area": "omrade"}, "goals", []),
    "routes": ({"routes": []}, "routes", []),
    "modality": ({"modality": "may"}, "modality", "may"),
    "frequency": ({"frequency": ""}, "frequency", ""),
    "quantity": ({"quantity": "tre"}, "quantity", "tre"),
    "target_groups": ({"target_groups": []}, "target_groups", []),
    "responsible": ({"responsible": "Instituttene"}, "lines", [("Instituttene", "lead", "Instituttene")]),
    "a line": ({"lines-0-relation": "with"}, "lines", [("Det humanistiske fakultet", "with", "Fakultetet")]),
    "links": ({"links-0-label": "Mindre"}, "links", [{"url": "https://example.org/", "label": "Mindre"}]),
    "leans on": ({"aligned": ["mal.fritt"]}, "leans on", ["Et til"]),
    "leans on nothing": ({"aligned": []}, "leans on", []),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_else_is_changed_is_judged_by_the_whole_form_and_saved(
    adviser: Any, measure: Measure, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    changed, field, expected = CHANGES[name]
    keys = {row.key: str(row.pk) for rows in (measure.document.goals, measure.document.areas) for row in rows.all()}
    sent = {
        field: [keys.get(each, each) for each in value] if isinstance(value, list) else keys.get(value, value)
        for field, value in changed.items()
    }
    assert not is_quick(adviser, monkeypatch, **sent)
    assert said(measure)[field] == expected


def test_every_field_of_the_form_is_tried() -> None:
    hidden = {"text", "why", "lock_version", "responsible_was", "lines_was"}
    assert MeasureForm.base_fields.keys() - hidden <= CHANGES.keys()


def without_marks(page: str) -> str:
    """The page without what differs in every answer."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


def test_the_answer_and_the_log_are_those_of_the_whole_form(
    adviser: Any, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, logs = [], []
    for judge in (editing.is_rest_stored, lambda *_sent: False):
        monkeypatch.setattr(editing, "is_rest_stored", judge)
        answer = send(adviser, ADDRESS, htmx=True, text="Nytt", why="Ryddet")
        answers.append((answer["HX-Retarget"], without_marks(answer.content.decode())))
        log = measure.history.first()
        ties = [sorted(tie.pk for tie in getattr(log, name).all()) for name in ("goals", "routes", "target_groups")]
        logs.append((log.text, log.history_change_reason, log.history_user, list(map(len, ties))))
    version = Measure.objects.get().lock_version
    assert answers[1] == (answers[0][0], answers[0][1].replace(f'value="{version - 1}"', f'value="{version}"'))
    assert logs[0] == logs[1] == ("Nytt", "Ryddet", measure.history.first().history_user, [1, 1, 1])


@pytest.mark.parametrize("text", ["", "   ", "[her](javascript:alert(1))"])
def test_words_that_cannot_be_saved_come_back_in_the_whole_form(adviser: Any, measure: Measure, text: str) -> None:
    before = said(measure)
    refused = send(adviser, ADDRESS, htmx=True, text=text)
    assert refused["HX-Retarget"] == "#edit"
    assert fields_of(refused, ADDRESS)["text"] == [text]
    assert "responsible" in fields_of(refused, ADDRESS)
    assert said(measure) == before


def test_words_over_newer_words_are_asked_about(cast: Cast, adviser: Any, measure: Measure) -> None:
    opened = adviser.get(ADDRESS)
    send(client_of(cast.dean), ADDRESS, text="Dekanens")
    stopped = send(adviser, ADDRESS, of=opened, htmx=True, text="Rådgiverens")
    assert [row.label for row in stopped.context["conflict"].differences] == ["Tiltak"]
    assert said(measure)["text"] == "Dekanens"


def test_without_script_and_with_somewhere_to_go_one_is_led_there(adviser: Any, measure: Measure) -> None:
    assert send(adviser, ADDRESS, text="Nytt").url == "/planer/planen/rediger/?ved=besok#rad-besok"
    opened = adviser.get(f"{ADDRESS}?next=/planer/planen/")
    assert send(adviser, ADDRESS, of=opened, text="Nyere").url == "/planer/planen/"
