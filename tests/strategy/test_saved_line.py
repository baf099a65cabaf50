"""A goal, a route or an area that is saved in its place is answered with its own line, as the page would show it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from planning.models import Measure
from strategy import writing
from strategy.forms import AreaForm, GoalForm, RouteForm
from strategy.in_force import forget_words
from strategy.models import Area, Document, Goal, Route, Version
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.page import text_of
from tests.sending import fields_of, send

EDITOR = "/planer/planen/rediger/"
ADDRESS = {"goal": "/mal/maalet/endre/", "route": "/veivalg/veien/endre/", "area": "/omrade/omradet/endre/"}
KEY = {"goal": "maalet", "route": "veien", "area": "omradet"}
WORDS = {"goal": "text", "route": "text", "area": "title"}
WHOLE = {"goal": GoalForm, "route": RouteForm, "area": AreaForm}
MODELS: dict[str, Any] = {"goal": Goal, "route": Route, "area": Area}
KINDS = tuple(KEY)
pytestmark = pytest.mark.usefixtures("today")


def fill(plan: Document) -> None:
    area = make.area(plan, key="omradet", title="Området", label="1", text="Innledning", overall_goal="Det hele")
    make.area(plan, key="annet", title="Et annet", position=1)
    for position, (goal, route) in enumerate((("forst", "stien"), ("maalet", "veien"), ("sist", "omveien"))):
        make.goal(plan, area=area, key=goal, text=f"Målet {goal}", position=position)
        make.route(plan, area=area, key=route, text=f"Veien {route}", position=position)
    make.measure(plan, Goal.objects.get(key="maalet"), key="tiltaket", text="Tiltaket")


@pytest.fixture
def draft(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf, state="draft")
    fill(plan)
    return plan


@pytest.fixture
def adopted(cast: Cast) -> Document:
    plan = make.document("planen", cast.hf)
    fill(plan)
    freeze(plan, by=cast.dean, now=NOW)
    return plan


def line_in(page: str, key: str) -> str:
    """The line of a row, without its token."""
    line = page.partition(f'<div class="editor-line" id="linje-{key}">')[2].partition("\n  </div>")[0]
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", line)


def saved(client: Any, kind: str, **changed: Any) -> Any:
    return send(client, ADDRESS[kind], htmx=True, **changed)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("words", ["Nye ord", "Med *vekt* & <tegn>", "Lange ord " * 12])
def test_it_reads_as_on_the_page(adviser: Any, draft: Document, kind: str, words: str) -> None:
    answer = saved(adviser, kind, **{WORDS[kind]: words})
    assert (answer.status_code, answer["HX-Retarget"]) == (200, f"#rad-{KEY[kind]} > .edit")
    page = adviser.get(EDITOR, {"ved": KEY[kind]}).content.decode()
    line = line_in(answer.content.decode(), KEY[kind])
    assert line == line_in(page, KEY[kind])
    assert words.split()[0] in line
    assert "Lagret." in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_alone_are_saved_as_by_the_whole_form(
    adviser: Any, draft: Document, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    opened, build = adviser.get(ADDRESS[kind]), WHOLE[kind].__init__

    def count(form: Any, **given: Any) -> None:
        made.append(form)
        build(form, **given)

    monkeypatch.setattr(WHOLE[kind], "__init__", count)
    quick = send(adviser, ADDRESS[kind], of=opened, htmx=True, **{WORDS[kind]: "Nytt", "why": "Ryddet"})
    assert made == []
    monkeypatch.setattr(WHOLE[kind], "touched", classmethod(lambda *_given: {"alt"}))
    whole = saved(adviser, kind, **{WORDS[kind]: "Nytt", "why": "Ryddet"})
    assert len(made) == 2  # one that is shown and one that is sent
    versions = [f'name="lock_version" value="{number}"' for number in (2, 3)]
    lines = [line_in(answer.content.decode(), KEY[kind]) for answer in (quick, whole)]
    assert lines[0].replace(versions[0], versions[1]) == lines[1]
    model = MODELS[kind]
    logs = model.objects.get(key=KEY[kind]).history.all()[:2]
    assert {(str(log.instance), log.history_change_reason, log.history_user.email) for log in logs} == {
        (str(model.objects.get(key=KEY[kind])), "Ryddet", "adviser@hf.example")
    }


def test_an_area_brings_its_heading(adviser: Any, draft: Document) -> None:
    answer = saved(adviser, "area", title="Nytt navn", label="2").content.decode()
    assert '<span id="h-omradet" hx-swap-oob="innerHTML">2 Nytt navn</span>' in answer
    assert 'id="h-omradet">2 Nytt navn</h2>' in adviser.get(EDITOR).content.decode()


@pytest.mark.parametrize(
    ("kind", "changed"),
    [("goal", {"area": "annet"}), ("route", {"area": ""}), ("area", {"parent": "annet"})],
)
def test_what_moved_is_answered_with_the_page(
    adviser: Any, draft: Document, kind: str, changed: dict[str, str]
) -> None:
    keys = {area.key: str(area.pk) for area in draft.areas.all()}
    moved = saved(adviser, kind, **{name: keys.get(value, value) for name, value in changed.items()})
    assert (moved.status_code, moved.url) == (302, f"{EDITOR}?ved={KEY[kind]}#rad-{KEY[kind]}")


def test_a_goal_that_is_told_in_other_lines_is_answered_with_the_page(adviser: Any, draft: Document) -> None:
    make.measure(draft, *Goal.objects.filter(key__in=["forst", "maalet"]), key="felles", text="For begge")
    assert "Tjener også: Målet maalet" in adviser.get(EDITOR).content.decode()
    assert saved(adviser, "goal", text="Nytt").status_code == 302
    assert "Tjener også: Nytt" in adviser.get(EDITOR).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_change_of_what_is_adopted_brings_the_notice(adviser: Any, adopted: Document, kind: str) -> None:
    said, was = "Teksten er endret siden vedtaket", fields_of(adviser.get(ADDRESS[kind]), ADDRESS[kind])
    assert said in saved(adviser, kind, **{WORDS[kind]: "Nytt"}).content.decode()
    assert said not in saved(adviser, kind, **{WORDS[kind]: "Nyere"}).content.decode()
    again = saved(adviser, kind, **{WORDS[kind]: was[WORDS[kind]][0]})
    assert again.status_code == 302
    assert said not in adviser.get(EDITOR).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_cannot_be_saved_come_back_in_the_whole_form(adviser: Any, draft: Document, kind: str) -> None:
    refused = saved(adviser, kind, **{"text": "[her](javascript:alert(1))"})
    assert refused["HX-Retarget"] == "#edit"
    assert fields_of(refused, ADDRESS[kind])["text"] == ["[her](javascript:alert(1))"]
    assert not [item for model in (Goal, Route, Area) for item in model.objects.all() if "javascript" in item.text]


@pytest.mark.parametrize("kind", KINDS)
def test_words_over_newer_words_are_asked_about(adviser: Any, draft: Document, kind: str) -> None:
    opened = adviser.get(ADDRESS[kind])
    saved(adviser, kind, **{WORDS[kind]: "De andres"})
    stopped = send(adviser, ADDRESS[kind], of=opened, htmx=True, **{WORDS[kind]: "Mine"})
    assert [(row.mine, row.theirs) for row in stopped.context["conflict"].differences] == [("Mine", "De andres")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_others_saved_is_kept_on_request_and_said(adviser: Any, draft: Document, kind: str, htmx: bool) -> None:
    opened = adviser.get(ADDRESS[kind])
    saved(adviser, kind, **{WORDS[kind]: "De andres"})
    stopped = send(adviser, ADDRESS[kind], of=opened, htmx=htmx, **{WORDS[kind]: "Mine"})
    assert stopped.content.decode().count('name="do" value="behold"') == 2
    kept = send(adviser, ADDRESS[kind], of=stopped, htmx=htmx, do="behold")
    assert (kept.status_code, kept.url) == (302, f"{EDITOR}?ved={KEY[kind]}#rad-{KEY[kind]}")
    page = adviser.get(kept.url, headers={"hx-request": "true"} if htmx else {}).content.decode()
    assert "Det som er lagret, står som det var. Det du skrev, er ikke lagret." in page
    item = MODELS[kind].objects.get(key=KEY[kind])
    assert (getattr(item, WORDS[kind]), item.lock_version) == ("De andres", 2)


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_write_it_is_told_so_before_anything_is_read(cast: Cast, draft: Document, kind: str) -> None:
    before = [item.lock_version for model in (Goal, Route, Area) for item in model.objects.all()]
    assert client_of(cast.reader).post(ADDRESS[kind], {"text": "Nytt"}, headers={"hx-request": "true"}).status_code in (
        403,
        404,
    )
    assert [item.lock_version for model in (Goal, Route, Area) for item in model.objects.all()] == before


@pytest.mark.parametrize(("kind", "queries"), [("goal", 11), ("route", 11), ("area", 12)])
@pytest.mark.parametrize("size", [1, 3])
def test_a_save_asks_as_often_in_a_long_plan(
    adviser: Any, draft: Document, kind: str, queries: int, size: int, django_assert_num_queries: Any
) -> None:
    area = Area.objects.get(key="omradet")
    for number in range(size):
        make.area(draft, title=f"Område {number}")
        make.goal(draft, area=area, text=f"Mål {number}")
        make.route(draft, area=area, text=f"Vei {number}")
    opened = adviser.get(ADDRESS[kind])
    with django_assert_num_queries(queries):
        assert send(adviser, ADDRESS[kind], of=opened, htmx=True, **{WORDS[kind]: "Nytt"}).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_alone", [True, False])
def test_what_was_taken_out_meanwhile_is_answered_with_the_page(
    cast: Cast, adviser: Any, draft: Document, kind: str, is_alone: bool
) -> None:
    model = MODELS[kind]
    item = model.objects.get(key=KEY[kind])
    Measure.objects.all().update(status="retired")
    if is_alone:
        model.objects.exclude(pk=item.pk).update(status="retired")
    opened = adviser.get(ADDRESS[kind])
    model.objects.filter(pk=item.pk).update(status="retired", lock_version=2)
    stopped = send(adviser, ADDRESS[kind], of=opened, htmx=True, **{WORDS[kind]: "Mitt"})
    assert "Noen tok dette ut mens du skrev" in text_of(stopped.content.decode())
    assert send(adviser, ADDRESS[kind], of=stopped, htmx=True).status_code == 302
    assert "Mitt" in str(model.objects.get(pk=item.pk))


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_at_the_same_moment_stands(adviser: Any, draft: Document, kind: str, monkeypatch: Any) -> None:
    """The row was read before somebody moved it, which raises no version: its words are no reason to put it back."""
    write = writing.save_row
    moved = MODELS[kind].objects.filter(key=KEY[kind])

    def save(row: Any, **how: Any) -> Any:
        moved.update(position=40)
        return write(row, **how)

    monkeypatch.setattr(writing, "save_row", save)
    assert saved(adviser, kind, **{WORDS[kind]: "Nytt"}).status_code == 200
    assert (str(moved.get()).removeprefix("1 "), moved.get().position) == ("Nytt", 40)


def test_an_area_that_no_longer_fits_is_asked_about(adviser: Any, draft: Document, monkeypatch: Any) -> None:
    """Somebody moved it and took out what it stood under, between the reading and the save."""
    top, other = Area.objects.get(key="omradet"), Area.objects.get(key="annet")
    make.area(draft, key="indre", title="Indre", parent=top)
    write = writing.save_row

    def save(row: Any, **how: Any) -> Any:
        Area.objects.filter(key="indre").update(parent=other)
        Area.objects.filter(pk=top.pk).update(status="retired")
        return write(row, **how)

    monkeypatch.setattr(writing, "save_row", save)
    refused = send(adviser, "/omrade/indre/endre/", htmx=True, title="Nytt")
    assert refused["HX-Retarget"] == "#edit"
    assert "Hører under: Dette er ikke blant valgene. Velg noe annet." in text_of(refused.content.decode())


@pytest.mark.parametrize("kind", KINDS)
def test_words_frozen_before_a_field_came_to_be_say_nothing_in_it(adviser: Any, adopted: Document, kind: str) -> None:
    version = adopted.versions.get()
    content = re.sub(r'"(title|label|overall_goal)": "[^"]*", ', "", json.dumps(version.content, ensure_ascii=False))
    Version.objects.filter(pk=version.pk).update(content=json.loads(content))
    forget_words()
    assert saved(adviser, kind, **{WORDS[kind]: "Nytt"}).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_words_as_somebody_else_saved_are_no_choice(adviser: Any, draft: Document, kind: str) -> None:
    opened = adviser.get(ADDRESS[kind])
    saved(adviser, kind, **{WORDS[kind]: "Helt likt"})
    same = send(adviser, ADDRESS[kind], of=opened, htmx=True, **{WORDS[kind]: "Helt likt"})
    assert (same.status_code, same.url) == (302, f"{EDITOR}?ved={KEY[kind]}#rad-{KEY[kind]}")
    assert "Det samme var lagret allerede." in adviser.get(same.url).content.decode()
    assert MODELS[kind].objects.get(key=KEY[kind]).lock_version == 2
