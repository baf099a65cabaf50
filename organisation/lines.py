"""Responsibility lines in a form: who, through which function, how and in which words, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, partial
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.editing import Part
from config.lib.fetched import all_of, is_fetched
from config.lib.rows import RowForm, Rows
from config.lib.saving import sign
from organisation.models import Function, Relation, Responsibility, Unit, UnitGroup

Party = Unit | UnitGroup
PREFIX = "lines"


class Parties:
    """Every unit and group by the name one picks it by; asked for once, where somebody looks."""

    @cached_property
    def by_name(self) -> Mapping[str, Party]:
        units = list(Unit.objects.without_tree_fields().order_by("name"))
        groups = list(UnitGroup.objects.order_by("name"))
        taken = {unit.name for unit in units}
        named: dict[str, Party] = {unit.name: unit for unit in units}
        return named | {self.name_of(group, taken): group for group in groups}

    @staticmethod
    def name_of(party: Party, taken: Iterable[str] = ()) -> str:
        if isinstance(party, UnitGroup) and party.name in taken:
            kind = _("gruppe")
            return f"{party.name} ({kind})"
        return party.name

    def find(self, words: str) -> Party | None:
        """By name or by a unit's short name, whatever the case of the letters."""
        wanted = words.casefold()
        for name, party in self.by_name.items():
            if wanted in (name.casefold(), str(party).casefold(), getattr(party, "short_name", "").casefold()):
                return party
        return None

    def nearest(self, words: str) -> str | None:
        names = {name.casefold(): name for name in self.by_name}
        close = get_close_matches(words.casefold(), names, n=1, cutoff=0.5)
        return names[close[0]] if close else None


class LineForm(RowForm):
    refers_to_line: ClassVar[str | None] = "under"

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    party = forms.CharField(
        label=gettext_lazy("Enhet eller gruppe"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": f"{PREFIX}-options", "autocomplete": "off"}),
    )
    function = forms.ModelChoiceField(
        Function.objects.none(), label=gettext_lazy("Ved funksjon"), required=False, empty_label=gettext_lazy("Ingen")
    )
    relation = forms.ChoiceField(label=gettext_lazy("Hvordan"), choices=Relation.choices, initial=Relation.LEAD)
    wording = forms.CharField(label=gettext_lazy("Ordlyd"), max_length=300, required=False)
    under = forms.IntegerField(label=gettext_lazy("Under linje nummer"), min_value=1, max_value=40, required=False)

    def __init__(self, data: Any = None, *, parties: Parties, functions: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.parties = parties
        self.fields["function"].queryset = functions  # type: ignore[attr-defined]
        self.number = int(str(self.prefix).rsplit("-", 1)[1]) + 1

    def clean_party(self) -> Party:
        words = self.cleaned_data["party"].strip()
        party = self.parties.find(words)
        if party is None:
            message = _("Fant ingen enhet eller gruppe som heter «%(words)s».") % {"words": words}
            nearest = self.parties.nearest(words)
            if nearest:
                message += " " + _("Mente du «%(nearest)s»?") % {"nearest": nearest}
            raise forms.ValidationError(message)
        return party

    def clean_under(self) -> int | None:
        under = self.cleaned_data["under"]
        if under is not None and under >= self.number:
            raise forms.ValidationError(_("Velg nummeret til en linje som står over denne."))
        return under


@dataclass(frozen=True)
class Line:
    """A line to be stored; `under` is the index, among the lines to be stored, of the one it stands under."""

    pk: int | None
    party: Party
    function: Function | None
    relation: str
    wording: str
    under: int | None

    def values(self) -> dict[str, Any]:
        is_unit = isinstance(self.party, Unit)
        return {
            "unit": self.party if is_unit else None,
            "group": None if is_unit else self.party,
            "function": self.function,
            "relation": self.relation,
            "wording": self.wording,
        }


def stored_lines(item: Any) -> list[Any]:
    """The lines of an item with `responsibilities`, and who they name."""
    if item.pk is None:
        return []
    if is_fetched(item, "responsibilities"):
        return list(all_of(item, "responsibilities"))
    return list(item.responsibilities.select_related("unit", "group", "function"))


def lines_part(stored: Sequence[Any], data: Mapping[str, Any] | None, parties: Parties) -> Part:
    """The lines of an item, `stored` among them, as a part of its form."""
    rows = Rows(
        LineForm,
        PREFIX,
        data=data,
        initial=said_by(stored),
        form_kwargs={"parties": parties, "functions": Function.objects.order_by("name")},
    )
    return Part(
        label=_("Ansvar"),
        template="_lines.html",
        rows=rows,
        mine=lambda: phrase(lines_of(rows)),
        theirs=lambda stored: phrase(stored.responsibilities.select_related("unit", "group", "function")),
        add_label=_("Legg til linje"),
        options=lambda: list(parties.by_name),
    )


def said_by(lines: Sequence[Any]) -> list[dict[str, Any]]:
    """What stored lines say, by the names of the form's fields."""
    number_of = {line.pk: number for number, line in enumerate(lines, 1)}
    return [
        {
            "pk": line.pk,
            "party": line.party.name,
            "function": line.function_id,
            "relation": line.relation,
            "wording": line.wording,
            "under": number_of.get(line.under_id),
        }
        for line in lines
    ]


def lines_of(rows: Rows) -> list[Line]:
    """What a valid form says, empty lines left out."""
    index_of = {number: index for index, (number, _line) in enumerate(rows.filled)}
    return [
        Line(
            pk=line["pk"],
            party=line["party"],
            function=line["function"],
            relation=line["relation"],
            wording=line["wording"],
            under=index_of.get(line["under"]),
        )
        for _number, line in rows.filled
    ]


def phrase(lines: Iterable[Line | Any]) -> str:
    """The lines as text, one a row, to be read beside another version of them."""
    return "\n".join(line_words(line) for line in lines)


def line_words(line: Line | Responsibility | Any) -> str:
    """One line: how, who, by which function, and its own words where it has some."""
    who = f"{line.party} v/{line.function}" if line.function else str(line.party)
    words = f"{Relation(line.relation).label}: {who}"
    return f"{words} («{line.wording}»)" if line.wording and line.wording != who else words


@transaction.atomic
def save_lines(item: Any, lines: Sequence[Line], *, by: Any) -> None:
    """Make the item's lines be these, in this order. Lines that say the same as before are left alone."""
    manager = item.responsibilities
    stored = {line.pk: line for line in manager.all()}
    kept = {line.pk for line in lines}
    manager.filter(under__isnull=False).exclude(under__in=kept & set(stored)).update(under=None)
    for pk, old in stored.items():
        if pk not in kept:
            sign(old, by=by)
            old.delete()
    rows: list[Any] = []
    save = partial(_save_line, manager, stored, by=by)
    for position, line in enumerate(lines):
        under = rows[line.under] if line.under is not None else None
        rows.append(save(line, position=position, under=under))


def _save_line(manager: Any, stored: Mapping[int, Any], line: Line, *, position: int, under: Any, by: Any) -> Any:
    values = {**line.values(), "position": position, "under": under}
    row = stored.get(line.pk) if line.pk else None
    if row is None:
        row = manager.model(**{manager.field.name: manager.instance}, **values)
    elif all(getattr(row, name) == value for name, value in values.items()):
        return row
    for name, value in values.items():
        setattr(row, name, value)
    sign(row, by=by)
    row.save()
    return row
