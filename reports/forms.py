"""Filters of the reports; they stand in the address, and what is not a choice is left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from reports.lists import ListKind
from reports.models import Paper


class Filters(forms.Form):
    """A GET form whose faulty fields count as not filled in."""

    aar = forms.ChoiceField(label=_("År"), required=False)

    def __init__(self, data: QueryDict, *, years: list[int], year: int) -> None:
        super().__init__({**data.dict(), "aar": str(year)})
        self.choose("aar", [(str(other), str(other)) for other in sorted({*years, year}, reverse=True)])
        self.year = year

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def chosen(self, name: str) -> str:
        self.full_clean()
        return self.cleaned_data.get(name, "")


class OverviewFilters(Filters):
    eier = forms.ChoiceField(label=_("Eier"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, data: Any, *, years: list[int], year: int, owners: Any, states: Any) -> None:
        super().__init__(data, years=years, year=year)
        self.choose("eier", [("", _("Alle")), *owners])
        self.choose("status", [("", _("Alle")), *states])


class ListFilters(Filters):
    vis = forms.ChoiceField(label=_("Vis"), choices=ListKind.choices)
    enhet = forms.ChoiceField(label=_("Enhet"), required=False)

    def __init__(self, data: Any, *, years: list[int], year: int, units: Any) -> None:
        sent = data.copy()
        if sent.get("vis") not in ListKind.values:
            sent["vis"] = ListKind.WITHOUT_MEASURE.value
        super().__init__(sent, years=years, year=year)
        self.choose("enhet", [("", _("Alle")), *units])

    @property
    def kind(self) -> ListKind:
        return ListKind(self.chosen("vis") or ListKind.WITHOUT_MEASURE)


class PosterForm(forms.Form):
    """The paper a poster is set on."""

    papir = forms.ChoiceField(label=_("Papir"), choices=Paper.choices, widget=forms.RadioSelect)
