"""What is kept is found again only for the very same content, in the same language."""

import pytest
from django.utils import translation

from config.lib import set_once as kept
from config.lib.set_once import set_once

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
