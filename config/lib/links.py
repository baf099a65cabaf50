"""Web links of an item: where to, and what it is called. Kept as a list in its row, written as lines in its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.editing import Part
from config.lib.rows import RowForm, Rows

PREFIX = "links"
PARTS = {"url", "label"}


def is_link(link: Any) -> bool:
    """Whether this is an address on the web, with a text: never a script, nor anything without a host."""
    if not isinstance(link, Mapping) or set(link) != PARTS or not all(isinstance(part, str) for part in link.values()):
        return False
    try:
        parts = urlsplit(link["url"])
    except ValueError:
        return False
    is_plain = not any(letter.isspace() or not letter.isprintable() for letter in link["url"])
    return is_plain and parts.scheme in ("http", "https") and bool(parts.hostname) and bool(link["label"].strip())


class LinksField(models.JSONField):
    """A list of links. Whatever way they come, nothing else is stored; and nothing else that was stored is shown."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """ValidationError for a list that holds anything but links, also in bulk and in updates."""
        is_computed = value is None or hasattr(value, "as_sql")
        if not is_computed and not (isinstance(value, list) and all(map(is_link, value))):
            raise ValidationError(_("En lenke må ha en tekst og en adresse som begynner med http:// eller https://."))
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        stored = super().from_db_value(value, expression, connection)
        return stored if isinstance(expression, KeyTransform) else shown(stored)


def shown(links: Any) -> list[dict[str, str]]:
    """Those that a page may show: also a frozen text may have been written by other hands."""
    return [link for link in links if is_link(link)] if isinstance(links, list) else []


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
    rows = _rows(links, data)
    return Part(
        label=_("Nettlenker"),
        template="_lines.html",
        rows=rows,
        mine=lambda: _words(links_of(rows)),
        theirs=lambda stored: _words(stored.links),
        add_label=_("Legg til lenke"),
    )


def are_links_stored(links: Iterable[Mapping[str, str]], data: Mapping[str, Any]) -> bool:
    """Whether the links that were sent are those that the item has."""
    return _rows(links, data).is_untouched


def _rows(links: Iterable[Mapping[str, str]], data: Mapping[str, Any] | None) -> Rows:
    return Rows(LinkForm, PREFIX, data=data, initial=[dict(link) for link in links])


def links_of(rows: Rows) -> list[dict[str, str]]:
    return [{"url": link["url"], "label": link["label"] or link["url"]} for _number, link in rows.filled]


def _words(links: Iterable[Mapping[str, str]]) -> str:
    return "\n".join(f"{link.get('label', '')} {link.get('url', '')}".strip() for link in links)
