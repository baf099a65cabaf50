"""A mould gives what the same markup gives without one, made once for each shape of row."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

INNER = (
    "{% load i18n %}{% if is_first %}<b>{% translate 'Tiltak' %}</b>{% endif %}"
    '<a href="{{ url }}">{{ text }}</a>'
    "{% HOLE %}{% for each in row.tags %}[{{ each }}]{% endfor %}{% ENDHOLE %}{{ text }}"
)
MOULDED = (
    "{% for row in rows %}{% mould is_first=row.first prints url=row.url text=row.text %}"
    f"{INNER.replace('HOLE', 'hole').replace('ENDhole', 'endhole')}{{% endmould %}}{{% endfor %}}"
)
PLAIN = (
    "{% for row in rows %}{% with is_first=row.first url=row.url text=row.text %}"
    f"{INNER.replace('{% HOLE %}', '').replace('{% ENDHOLE %}', '')}{{% endwith %}}{{% endfor %}}"
)
ROWS = [
    {"first": True, "url": "/a/", "text": "<Æ> & \ue000text\ue001", "tags": ["<x>"]},
    {"first": False, "url": "/b/", "text": 4, "tags": []},
    {"first": True, "url": "/c/", "text": "", "tags": [1, 2]},
]


def drawn(source: str, **given: Any) -> str:
    return Template(source).render(Context(given))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_rows_read_as_without_a_mould(language: str) -> None:
    with translation.override(language):
        assert drawn(MOULDED, rows=ROWS) == drawn(PLAIN, rows=ROWS)


def test_one_mould_serves_several_languages() -> None:
    template, read = Template(MOULDED), []
    for language in ("nb", "en", "nb"):
        with translation.override(language):
            read.append(template.render(Context({"rows": ROWS[:1]})))
    assert read[0] == read[2]
    assert "Tiltak" in read[0]
    assert "Tiltak" not in read[1]


def test_it_is_made_once_for_each_shape() -> None:
    template = Template(MOULDED)
    template.render(Context({"rows": ROWS}))
    [loop] = [node for node in template.nodelist if hasattr(node, "nodelist_loop")]
    assert [key[1:] for key in loop.nodelist_loop[0].made] == [(True,), (False,)]


@pytest.mark.parametrize(
    "inner", ["{{ row.text }}", "{% if row.first %}{% endif %}", "{% for x in row.tags %}{% endfor %}"]
)
def test_what_it_does_not_name_is_an_error(inner: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="“row” is used in a mould"):
        drawn(f"{{% mould is_first=row.first prints url=row.url %}}{inner}{{% endmould %}}", row=ROWS[0])
