"""What lists can be narrowed to, read from the address: an unknown choice is left out, never an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annual_wheel.aims import Aim
from annual_wheel.asked import FILTERS, RINGS, TIMELINE, WHEEL, Asked
from annual_wheel.models import EditionQuerySet, EditionState, EntryKind, Wheel
from annual_wheel.phrases import language, shortened
from annual_wheel.rows import is_late
from annual_wheel.when.words import month_name
from annual_wheel.year_editions import Raw, YearEdition, raw_of
from annual_wheel.year_facts import Parties, YearFacts
from config.lib.numbers import LARGEST_KEY, whole_number
from config.lib.ready_query import ReadyQuery
from strategy.models import TargetGroup

Aims = tuple[tuple[int, Aim], ...]
# The groups of Mitt arbeid as the address names them, in the order of the page.
WORK_GROUPS: Final = {
    "tildelt": "mine",
    "forsinket": "late",
    "denne-maaneden": "now",
    "neste-maaned": "next",
    "senere": "later",
    "passert": "passed",
    "lopende": "ongoing",
    "gjort": "done",
}
STATES = (("late", _("Forsinket")), ("open", _("Ikke gjort")), ("done", _("Gjort")), ("cancelled", _("Utgår i år")))


def _target_groups(*, wheel: int) -> QuerySet[TargetGroup]:
    return TargetGroup.objects.filter(entries__wheel=wheel).distinct()


TARGET_GROUPS: Final = ReadyQuery(_target_groups, wheel=int)


def kind_choices() -> list[tuple[str, Any]]:
    return [("", _("Alle typer")), *((value, str(label).capitalize()) for value, label in EntryKind.choices)]


class WheelFilter(forms.Form):
    """What of a year is shown: by kind, who is responsible, what it carries out, whom it is for, where it stands.

    How it is shown goes along in the same form: how the rings are sorted, which month comes first, and hidden what the
    address says besides.
    """

    type = forms.ChoiceField(label=_("Type"), required=False)
    ansvar = forms.ChoiceField(label=_("Ansvar"), required=False)
    maal = forms.ChoiceField(label=_("Mål eller tiltak"), required=False)
    maalgruppe = forms.ChoiceField(label=_("Målgruppe"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    ringer = forms.ChoiceField(label=_("Grupper etter"), required=False, choices=RINGS)
    fra = forms.TypedChoiceField(label=_("Året begynner i"), required=False, coerce=int)
    mine = forms.BooleanField(label=_("Bare det enheten min skal gjøre"), required=False)
    vis = forms.CharField(required=False, widget=forms.HiddenInput)
    maaned = forms.CharField(required=False, widget=forms.HiddenInput)
    uke = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any, *, wheel: Wheel, parties: Parties, aims: Aims = (), asked: Asked, with_mine: bool
    ) -> None:
        hidden = {"vis": asked.view, "maaned": asked.month or "", "uke": asked.week_code, "ringer": asked.rings,
                  "fra": asked.start_month}  # fmt: skip
        super().__init__({**data.dict(), **hidden}, auto_id="filter-%s")
        self.aims = aims
        self._choose("type", kind_choices())
        self._choose("ansvar", [("", _("Alle")), *parties])
        self._choose("maal", [("", _("Alle")), *aim_choices(aims)])
        groups = TARGET_GROUPS.rows(wheel=wheel.pk)
        self._choose("maalgruppe", [("", _("Alle")), *((group.slug, str(group)) for group in groups)])
        self._choose("status", [("", _("Alle")), *STATES])
        self._choose("fra", [(month, month_name(month, language())) for month in range(1, 13)])
        left_out = [*(() if with_mine else ("mine",)), *(() if asked.view in (WHEEL, TIMELINE) else ("ringer",))]
        left_out += [name for name in ("vis", "maaned", "uke") if not hidden[name] or hidden[name] == WHEEL]
        for name in left_out:
            del self.fields[name]
        self.is_valid()

    def _choose(self, name: str, choices: Iterable[tuple[str | int, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def is_used(self) -> bool:
        return any(self.chosen(name) for name in FILTERS)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What is chosen and understood, as the address says it."""
        values = ((name, self.chosen(name)) for name in FILTERS if name in self.fields)
        return tuple((name, "on" if value is True else str(value)) for name, value in values if value)

    @property
    def in_words(self) -> str:
        """What narrows the list, as people say it: "Type: Frist, Ansvar: Instituttene"."""
        return ", ".join(
            f"{self.fields[name].label}: {self._said(name)}" for name, _value in self.pairs if name != "mine"
        )

    @property
    def chosen_words(self) -> str:
        """All that narrows the list, also that it is one's own."""
        mine = str(self.fields["mine"].label) if self.chosen("mine") else ""
        return ", ".join(filter(None, (self.in_words, mine)))

    def _said(self, name: str) -> str:
        for value, label in self.fields[name].choices:  # type: ignore[attr-defined]
            found = dict(label) if isinstance(label, list) else {value: label}
            if self.chosen(name) in found:
                return str(found[self.chosen(name)])
        return ""

    def take(self, facts: YearFacts, editions: EditionQuerySet, *, own: Iterable[int]) -> Raw:
        """What the database gives of what the address asks for; all of it is known already."""
        if not any(self.chosen(name) for name in FILTERS if name != "status"):
            return facts.raw
        return raw_of(self.narrow(editions, own=own), lines=facts.raw.lines)

    def narrow(self, editions: EditionQuerySet, *, own: Iterable[int]) -> EditionQuerySet:
        """Leave what the address asks for; where it stands is asked of `takes`, when the ticks are counted."""
        if kind := self.chosen("type"):
            editions = editions.of_kind(kind)
        if party := self.chosen("ansvar"):
            editions = editions.with_party(party)
        if aim := self.chosen("maal"):
            editions = editions.filter(entry__in=[entry for entry, found in self.aims if aim in keys_of(found)])
        if group := self.chosen("maalgruppe"):
            editions = editions.for_target_group(group)
        if self.chosen("mine"):
            editions = editions.of_units(own)
        return editions


@dataclass(frozen=True, slots=True)
class Filters:
    """The form as content that can be kept set: the same choices and values are the same form."""

    key: tuple[tuple[str, Any, tuple[Any, ...]], ...]
    form: WheelFilter = field(compare=False, hash=False)

    @classmethod
    def of(cls, form: WheelFilter) -> Filters:
        return cls(tuple((name, form.data.get(name), _choices(form[name].field)) for name in form.fields), form)


def _choices(shown: Any) -> tuple[Any, ...]:
    found = getattr(shown, "choices", ())
    return tuple((key, tuple(label) if isinstance(label, list) else str(label)) for key, label in found)


def takes(edition: YearEdition, status: str, *, today: date) -> bool:
    """Whether an edition stands as asked for, as people speak of it: late, open, done or cancelled."""
    match status:
        case "late":
            return is_late(edition, today=today)
        case "open":
            return edition.open_count > 0
        case "done":
            return edition.task_count > 0 and not edition.open_count
        case "cancelled":
            return edition.state != EditionState.PLANNED
    return True


def keys_of(aim: Aim) -> set[str]:
    return {aim.key, *(key for key, _text in aim.goals)}


def aim_choices(aims: Aims) -> list[tuple[str, Any]]:
    """The goals and the measures that entries carry out, each in a group of its own."""
    measures = {aim.key: shortened(aim.text, 70) for _entry, aim in aims}
    goals = {key: shortened(text, 70) for _entry, aim in aims for key, text in aim.goals}
    named = ((gettext("Mål"), goals), (gettext("Tiltak"), measures))
    return [(label, list(found.items())) for label, found in named if found]


@dataclass(frozen=True, slots=True)
class WorkFilter:
    """My work: which of my units, which wheel, which kind; empty means all.

    `group` is the one that is asked for whole, `task` one that is to be on the page wherever it is folded.
    """

    unit: str
    wheel: str
    kind: str
    group: str = ""
    task: int | None = None

    @classmethod
    def from_address(cls, query: Any, *, units: Iterable[str], default_unit: str) -> WorkFilter:
        unit = query.get("enhet", default_unit)
        kind = query.get("type", "")
        return cls(
            unit=unit if unit in set(units) else "",
            wheel=query.get("hjul", ""),
            kind=kind if kind in EntryKind.values else "",
            group=WORK_GROUPS.get(query.get("gruppe", ""), ""),
            task=whole_number(query.get("oppgave"), LARGEST_KEY),
        )
