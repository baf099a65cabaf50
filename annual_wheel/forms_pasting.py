"""The forms of a pasted table: the paste itself, and each of its rows as the entry it would become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annual_wheel.importers.meaning import Meaning, meaning_of
from annual_wheel.importers.table import Row, rows_of
from annual_wheel.models import Entry, EntryKind, Ticks, Wheel
from annual_wheel.pasting import NewEntry, lines_to_store, ticks_of
from annual_wheel.understood import Understood, understood
from organisation.lines import line_words
from organisation.phrase_reader import Names, ReadLine, read_phrase
from organisation.said import nobody_words
from planning.models import Modality

PREFIX = "rad"
MOST_ROWS = 80
LONGEST_PASTE = 200_000


class PasteForm(forms.Form):
    """What was pasted: the text, and beside it the table's own markup where the browser could give it."""

    use_required_attribute = False

    pasted = forms.CharField(
        label=gettext_lazy("Tabellen"),
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 10, "data-paste-table": "id_html"}),
        help_text=gettext_lazy("Merk tabellen i Word, Excel eller på en nettside, kopier den, og lim den inn her."),
        error_messages={"max_length": gettext_lazy("Det er for mye på en gang. Lim inn en del av tabellen.")},
    )
    html = forms.CharField(widget=forms.HiddenInput, required=False, max_length=5 * LONGEST_PASTE, strip=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self.rows: list[Row] = rows_of(text=data.get("pasted", ""), html=data.get("html", ""))
        if data.get("pasted") and not self.rows:
            self.add_error("pasted", _("Fant ingen tabell. Ta med minst to kolonner: hva som skal gjøres, og hvem."))
        if len(self.rows) > MOST_ROWS:
            found = ngettext("%(count)d rad", "%(count)d rader", len(self.rows)) % {"count": len(self.rows)}
            words = {"found": found, "most": MOST_ROWS}
            self.add_error("pasted", _("Tabellen har %(found)s. Lim inn høyst %(most)s om gangen.") % words)
        return data


class PastedEntryForm(forms.Form):
    """A row as an entry, with what was understood of its date and of who is responsible."""

    use_required_attribute = False

    take = forms.BooleanField(label=gettext_lazy("Ta med"), required=False)
    text = forms.CharField(label=gettext_lazy("Hva"), widget=forms.Textarea(attrs={"rows": 2}))
    month = forms.TypedChoiceField(label=gettext_lazy("Måned"), choices=list(MONTHS.items()), coerce=int)
    when_words = forms.CharField(label=gettext_lazy("Når"), max_length=120)
    bound_words = forms.CharField(label=gettext_lazy("Skal være gjort før"), max_length=200, required=False)
    responsible = forms.CharField(
        label=gettext_lazy("Ansvar"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Type"), choices=EntryKind.choices)
    ticks = forms.ChoiceField(label=gettext_lazy("Hvem kvitterer"), choices=Ticks.choices)
    modality = forms.ChoiceField(label=gettext_lazy("Forpliktelse"), choices=Modality.choices)
    links = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    gone_in = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=2000, max_value=2100)
    gone_words = forms.CharField(widget=forms.HiddenInput, required=False, max_length=300)

    def __init__(
        self, *args: Any, wheel: Wheel, names: Names, there: Mapping[str, str], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wheel, self.names, self.today = wheel, names, today
        self.same = there.get(as_same(self["text"].value() or ""))
        self.lines: list[ReadLine] = read_phrase(self["responsible"].value() or "", names)
        self.when = Understood()

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("take"):
            self.errors.clear()
            return data
        if "when_words" in data and "month" in data:
            self.when = understood(self.entry(), self.today.year)
            if self.when.error:
                self.add_error("when_words", self.when.error)
        for line in self.lines:
            if line.party is None:
                self.add_error("responsible", nobody_words(line))
        return data

    def entry(self) -> Entry:
        data = self.cleaned_data
        names = ("text", "month", "when_words", "bound_words", "kind", "ticks", "modality")
        links = [{"url": url, "label": url} for url in data.get("links", "").split()]
        return Entry(wheel=self.wheel, links=links, **{name: data[name] for name in names if name in data})

    def new_entry(self) -> NewEntry:
        data = self.cleaned_data
        return NewEntry(self.entry(), lines_to_store(self.lines), data.get("gone_in"), data.get("gone_words", ""))

    @property
    def understood_lines(self) -> list[str]:
        return [line_words(line) for line in self.lines if line.party is not None]

    @property
    def left_over(self) -> str:
        """Dates in the words that are not taken for when it is."""
        row = Row(None, self["text"].value() or "", "")
        used = f"{self['when_words'].value()} {self['bound_words'].value()}"
        return ", ".join(f"«{words}»" for words in meaning_of(row, year=self.today.year).left if words not in used)


def as_same(text: str) -> str:
    """Texts that differ only in case, space and full stop are the same entry pasted again."""
    return " ".join(text.split()).rstrip(".").casefold()


PastedEntries = forms.formset_factory(PastedEntryForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def sent_as(rows: Iterable[Row], *, names: Names, there: Mapping[str, str], today: date) -> dict[str, str]:
    """The rows as the form would send them, so that they are judged and shown like what is sent next."""
    data: dict[str, str] = {}
    count = 0
    for number, row in enumerate(rows):
        meaning = meaning_of(row, year=today.year, month=today.month)
        data |= {f"{PREFIX}-{number}-{name}": value for name, value in _fields(meaning, names, there).items()}
        count = number + 1
    return data | {f"{PREFIX}-TOTAL_FORMS": str(count), f"{PREFIX}-INITIAL_FORMS": "0"}


def _fields(meaning: Meaning, names: Names, there: Mapping[str, str]) -> dict[str, str]:
    lines = read_phrase(meaning.responsible, names)
    is_ticked = meaning.kind in (EntryKind.TASK, EntryKind.ONGOING, EntryKind.EVENT)
    return {
        "take": "" if as_same(meaning.text) in there else "on",
        "text": meaning.text,
        "month": str(meaning.month),
        "when_words": meaning.when_words,
        "bound_words": meaning.bound_words,
        "responsible": meaning.responsible,
        "kind": str(meaning.kind),
        "ticks": str(ticks_of(lines) if is_ticked else Ticks.NONE),
        "modality": str(meaning.modality),
        "links": " ".join(meaning.links),
        "gone_in": str(meaning.gone_in or ""),
        "gone_words": meaning.gone_words,
    }
