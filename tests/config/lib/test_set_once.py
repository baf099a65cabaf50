"""What is kept is found again only for the very same content, in the same language."""

import pytest
from django.utils import translation

from config.lib import set_once as kept
from config.lib.set_once import set_each, set_once

CRUMBS = "_breadcrumbs.html"


def crumbs(text: str) -> str:
    return set_once(CRUMBS, crumbs=((("label", text),),))


def test_the_same_content_is_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def render(template: str, content: object) -> str:
        asked.append(template)
        return f"{len(asked)}"

    monkeypatch.setattr(kept, "render_to_string", render)
    kept.forget()
    with translation.override("nb"):
        answers = [crumbs("en"), crumbs("en"), crumbs("to")]
    with translation.override("en"):
        answers.append(crumbs("en"))
    kept.forget()
    assert answers == ["1", "1", "2", "3"]
    assert asked == [CRUMBS] * 3


def test_of_several_parts_only_the_one_that_is_new_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def parts(*words: str) -> str:
        return set_each("_empty.html", "title", words)

    kept.forget()
    first = parts("én", "to")
    asked: list[str] = []
    template = kept._template("_empty.html")

    def found(name: str) -> object:
        asked.append(name)
        return template

    monkeypatch.setattr(kept, "_template", found)
    assert parts("én", "to") == first
    assert asked == []
    changed = parts("én", "tre")
    assert asked == ["_empty.html"]
    assert changed == parts("én") + parts("tre") != first
