"""The forms of pasted goals and measures: the paste itself, and each of its rows as what it would become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.numbers import grouped, whole_number
from config.lib.text import line, refuse_links, refuse_too_long
from organisation.lines import Line, line_words
from organisation.phrase_reader import Names, ReadLine, read_phrase
from organisation.said import nobody_words
from planning.pasting import NewRow, PastedKind, PastedRow, rows_of
from strategy.models import Area, Document, DocumentKind, Goal

PREFIX: Final = "rad"
SPREAD: Final = "alle-"
MOST_ROWS: Final = 150
LONGEST_PASTE: Final = 100_000
LONGEST_TITLE: Final = 200


class PasteForm(forms.Form):
    """What was pasted: the text, and beside it the table's own markup where the browser could give it."""

    use_required_attribute = False

    pasted = forms.CharField(
        label=gettext_lazy("Mål og tiltak"),
        widget=forms.Textarea(attrs={"rows": 12, "data-paste-table": "id_html", "data-formatted": True}),
        help_text=gettext_lazy(
            "En tabell med mål og tiltak ved siden av hverandre, gjerne med ansvar, eller en punktliste med tiltakene "
            "under målene."
        ),
        strip=False,
    )
    html = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, *args: Any, document: Document, below_goal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_measures = document.kind == DocumentKind.ACTION_PLAN
        self.below_goal = below_goal
        self.rows: list[PastedRow] = []

    def clean_pasted(self) -> str:
        """What is too much for one go is refused before anybody tries to read it."""
        pasted = self.cleaned_data["pasted"]
        if len(pasted) > LONGEST_PASTE:
            words = _("Det er %(length)s tegn, og det er plass til %(most)s. Lim inn en del om gangen.")
            raise forms.ValidationError(words % {"length": grouped(len(pasted)), "most": grouped(LONGEST_PASTE)})
        return pasted

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        html = data.get("html", "")
        if "pasted" in self.errors:
            return data
        self.rows = rows_of(
            text=data["pasted"],
            html=html if len(html) <= 10 * LONGEST_PASTE else "",
            has_measures=self.has_measures,
            below_goal=self.below_goal,
        )
        if not self.rows:
            self.add_error("pasted", _("Fant ingen mål eller tiltak i dette."))
        if len(self.rows) > MOST_ROWS:
            words = _("Det er %(count)s rader, og det er plass til %(most)s. Lim inn en del om gangen.")
            self.add_error("pasted", words % {"count": grouped(len(self.rows)), "most": MOST_ROWS})
        return data


class PastedRowForm(forms.Form):
    """A row as an area, a goal or a measure, with who was understood to be responsible."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=PastedKind.choices)
    text = forms.CharField(
        label=gettext_lazy("Tekst"),
        widget=forms.Textarea(attrs={"rows": 2, "data-formatted": True}),
        required=False,
        validators=[refuse_links, refuse_too_long],
    )
    responsible = forms.CharField(
        label=gettext_lazy("Ansvar"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    beside = forms.CharField(widget=forms.HiddenInput, required=False)
    shared = 0  # how many measures who is responsible may be meant for, where it stands on this one alone
    spread = 0  # how many it was put on from here

    def __init__(self, *args: Any, document: Document, names: Names, goals: Mapping[str, Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        if document.kind != DocumentKind.ACTION_PLAN:
            choices = [choice for choice in PastedKind.choices if choice[0] != PastedKind.MEASURE]
            self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.sort = str(self["kind"].value() or PastedKind.GOAL)
        self.there = goals.get(as_same(self["text"].value() or "")) if self.sort == PastedKind.GOAL else None
        is_measure = self.sort == PastedKind.MEASURE
        self.lines: list[ReadLine] = read_phrase(self["responsible"].value() or "", names) if is_measure else []

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind, text = data.get("kind"), data.get("text", "")
        if kind == PastedKind.NONE:
            self.errors.clear()
            return data
        if not text and "text" not in self.errors:
            self.add_error("text", _("Skriv hva det er, eller velg «Ta ikke med»."))
        if kind == PastedKind.AREA and len(text) > LONGEST_TITLE:
            words = _("Tittelen på et område har plass til %(most)s tegn. Er det et mål?")
            self.add_error("text", words % {"most": LONGEST_TITLE})
        for one in self.lines:
            if one.party is None:
                self.add_error("responsible", nobody_words(one))
        return data

    def new_row(self) -> NewRow:
        data = self.cleaned_data
        lines = [
            Line(None, one.party, one.function, str(one.relation), one.wording, one.under)
            for one in self.lines
            if one.party is not None
        ]
        return NewRow(PastedKind(data["kind"]), data["text"], lines, self.there)

    @property
    def is_bare_measure(self) -> bool:
        """Whether it is a measure that nobody is said to be responsible for."""
        return self.sort == PastedKind.MEASURE and not self["responsible"].value()

    @property
    def understood(self) -> list[str]:
        return [line_words(one) for one in self.lines if one.party is not None]


def tell_shared(rows: Sequence[Any], spread: int | None) -> None:
    """Let each row know whether who is responsible for it may be meant for those beside it, or was just put on them."""
    for number, form in enumerate(rows):
        beside = whole_number(form["beside"].value(), number) or 0
        above = rows[number - beside : number]
        if beside and number == spread:
            form.spread = beside + 1
            form.fields["responsible"].widget.attrs["autofocus"] = True
        elif form.lines and above and all(each.is_bare_measure for each in above):
            form.shared = beside + 1


def spread_from(data: QueryDict) -> int | None:
    """The row that was asked to be put who is responsible for on those beside it too."""
    asked = data.get("do", "")
    return whole_number(asked.removeprefix(SPREAD), MOST_ROWS) if asked.startswith(SPREAD) else None


def with_spread(data: QueryDict) -> QueryDict:
    """What was sent, with what `spread_from` tells of done."""
    number = spread_from(data)
    if number is None:
        return data
    data = data.copy()
    beside = whole_number(data.get(f"{PREFIX}-{number}-beside"), number) or 0
    for above in range(number - beside, number):
        data[f"{PREFIX}-{above}-responsible"] = data.get(f"{PREFIX}-{number}-responsible", "")
    return data


PastedRows = forms.formset_factory(PastedRowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def as_same(text: str) -> str:
    """Texts that differ only in case, space and full stop are the same goal pasted again."""
    return " ".join(line(text).split()).rstrip(".").casefold()


def known_goals(document: Document, area: Area | None) -> dict[str, Goal]:
    """The goals that stand where it is pasted, by what they say."""
    return {as_same(goal.text): goal for goal in document.goals.standing().filter(area=area)}


def sent_as(rows: Iterable[PastedRow]) -> dict[str, str]:
    """The rows as the form would send them, so that they are judged and shown like what is sent next."""
    data: dict[str, str] = {}
    count = 0
    for number, row in enumerate(rows):
        values = {"kind": str(row.kind), "text": row.text, "responsible": row.responsible, "beside": str(row.beside)}
        data |= {f"{PREFIX}-{number}-{name}": value for name, value in values.items()}
        count = number + 1
    return data | {f"{PREFIX}-TOTAL_FORMS": str(count), f"{PREFIX}-INITIAL_FORMS": "0"}
