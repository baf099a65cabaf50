"""Web links of an item, as lines in its form: where to, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.editing import Part
from config.lib.rows import RowForm, Rows

PREFIX = "links"


class LinkForm(RowForm):
    url = forms.URLField(
        label=gettext_lazy("Nettadresse"),
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Skriv hele adressen, for eksempel https://www.example.org/side.")},
    )
    label = forms.CharField(label=gettext_lazy("Tekst på lenken"), max_length=200, required=False)


def links_part(links: Iterable[Mapping[str, str]], data: Mapping[str, Any] | None) -> Part:
    """The links of an item that keeps them in its `links`."""
    rows = Rows(LinkForm, PREFIX, data=data, initial=[dict(link) for link in links])
    return Part(
        label=_("Nettlenker"),
        template="_lines.html",
        rows=rows,
        mine=lambda: _words(links_of(rows)),
        theirs=lambda stored: _words(stored.links),
        add_label=_("Legg til lenke"),
    )


def links_of(rows: Rows) -> list[dict[str, str]]:
    return [{"url": link["url"], "label": link["label"] or link["url"]} for _number, link in rows.filled]


def _words(links: Iterable[Mapping[str, str]]) -> str:
    return "\n".join(f"{link.get('label', '')} {link.get('url', '')}".strip() for link in links)
