"""What lists can be narrowed to, read from the address: an unknown choice is left out, never an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annual_wheel.models import EditionQuerySet, EntryKind, EntryResponsibility, Task, Wheel
from organisation.models import Unit, UnitGroup
from strategy.models import TargetGroup

STATES = (("late", _("Forsinket")), ("open", _("Ikke gjort")), ("done", _("Gjort")), ("cancelled", _("Utgår i år")))


def kind_choices() -> list[tuple[str, Any]]:
    return [("", _("Alle typer")), *((value, str(label).capitalize()) for value, label in EntryKind.choices)]


class WheelFilter(forms.Form):
    """The year's list: by kind, who is responsible, whom it is for, and where it stands."""

    type = forms.ChoiceField(label=_("Type"), required=False)
    ansvar = forms.ChoiceField(label=_("Ansvar"), required=False)
    maalgruppe = forms.ChoiceField(label=_("Målgruppe"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    mine = forms.BooleanField(label=_("Bare det enheten min skal gjøre"), required=False)

    def __init__(self, data: Any, *, wheel: Wheel, year: int, with_mine: bool) -> None:
        super().__init__(data, auto_id="filter-%s")
        self._choose("type", kind_choices())
        self._choose("ansvar", [("", _("Alle")), *party_choices(wheel, year)])
        groups = TargetGroup.objects.filter(entries__wheel=wheel).distinct()
        self._choose("maalgruppe", [("", _("Alle")), *((group.slug, str(group)) for group in groups)])
        self._choose("status", [("", _("Alle")), *STATES])
        if not with_mine:
            del self.fields["mine"]
        self.is_valid()

    def _choose(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def is_used(self) -> bool:
        return any(self.chosen(name) for name in self.fields)

    def narrow(self, editions: EditionQuerySet, *, own: Iterable[int], today: date) -> EditionQuerySet:
        """Leave what the address asks for."""
        if kind := self.chosen("type"):
            editions = editions.of_kind(kind)
        if party := self.chosen("ansvar"):
            editions = editions.with_party(party)
        if group := self.chosen("maalgruppe"):
            editions = editions.for_target_group(group)
        if self.chosen("mine"):
            editions = editions.of_units(own)
        return editions.in_state(self.chosen("status"), today=today)


def party_choices(wheel: Wheel, year: int) -> list[tuple[str, str]]:
    """Every unit and group that stands as responsible in the wheel or has a task there that year."""
    lines = EntryResponsibility.objects.filter(entry__wheel=wheel)
    tasks = Task.objects.filter(edition__entry__wheel=wheel, edition__year=year)
    units = Unit.objects.without_tree_fields().filter(pk__in=lines.values("unit")) | (
        Unit.objects.without_tree_fields().filter(pk__in=tasks.values("unit"))
    )
    groups = UnitGroup.objects.filter(pk__in=lines.values("group"))
    named = [*((group.slug, str(group)) for group in groups), *((unit.slug, str(unit)) for unit in units)]
    return sorted(named, key=lambda choice: choice[1].casefold())


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """My work: which of my units, which wheel, which kind. Empty means all."""

    unit: str
    wheel: str
    kind: str

    @classmethod
    def from_address(cls, query: Any, *, units: Iterable[str], default_unit: str) -> WorkFilter:
        unit = query.get("enhet", default_unit)
        kind = query.get("type", "")
        return cls(
            unit=unit if unit in set(units) else "",
            wheel=query.get("hjul", ""),
            kind=kind if kind in EntryKind.values else "",
        )
