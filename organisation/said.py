"""Who is responsible, in a form: said as a phrase, and line for line below it for whoever wants to correct it by hand.

A phrase that is changed makes the lines. Lines that are changed by hand count, and the phrase is then only words; it
need not say the same. Where both were changed and say different things, neither is chosen and the person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.editing import Preview
from config.lib.folding import Group
from config.lib.rows import sent_rows
from organisation.lines import PREFIX, LineForm, Parties, line_words, lines_of, lines_part, said_by, stored_lines
from organisation.models import Function, Relation, Unit
from organisation.phrase_reader import Names, ReadLine, read_phrase
from organisation.words import phrase_of

LONGEST_PHRASE: Final = 1000
MOST_OFFERED: Final = 12
LONGEST_NAME: Final = 6  # words
SHORTEST_BEGUN: Final = 3  # letters of a name
IN_WORDS: Final = {
    Relation.WITH: "i samarbeid med {}",
    Relation.VIA: "via {}",
    Relation.ON_ORDER_FROM: "på bestilling fra {}",
    Relation.CONTRIBUTES: "{} bidrar",
    Relation.FOLLOWS_UP: "{} følger opp",
}
ROW_FIELDS: Final = ("party", "function", "relation", "wording", "under")
Meaning = list[tuple[Any, Any, str, int | None]]


class SaidForm(forms.Form):
    """Who is responsible, and in what is hidden the phrase and the lines as the page was made with them."""

    responsible = forms.CharField(
        label=gettext_lazy("Hvem har ansvaret?"),
        required=False,
        max_length=LONGEST_PHRASE,
        widget=forms.TextInput(
            attrs={
                "list": "responsible-options",
                "autocomplete": "off",
                "aria-describedby": "id_responsible_helptext responsible-read",
            }
        ),
        help_text=gettext_lazy("Slik dere sier det: «Instituttene i samarbeid med linjeforeningene»."),
    )
    responsible_was = forms.CharField(widget=forms.HiddenInput, required=False)
    lines_was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, said: Said, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        if said.data is not None:
            self.data = said.data
        self.initial.update(responsible=said.phrase, responsible_was=said.was, lines_was=said.lines_was)

    def judge_said(self) -> None:
        """Ask about whoever is not known, and where phrase and lines contradict each other."""
        try:
            self.said.check()
        except forms.ValidationError as asked:
            self.add_error("responsible", asked)

    def line_by_line(self) -> Group:
        """The lines, folded away until somebody needs them."""
        hint = _("Det som endres her, gjelder i stedet for teksten over.")
        return Group(_("Ansvar linje for linje"), parts=[self.said.part], hint=hint, is_open=self.said.is_open)


SAID_FIELDS: Final = frozenset(SaidForm.base_fields)


@dataclass(frozen=True)
class Told:
    """What a phrase is understood as, line by line, and what nobody was recognised in, each with what was near."""

    lines: Sequence[str] = ()
    questions: Sequence[str] = ()


class Said:
    """What the two together say of an item, as it is stored or as it was sent."""

    def __init__(self, item: Any, *, home: Unit, data: QueryDict | None, like: Any = None) -> None:
        """`like` is what a new item takes its first phrase from."""
        self.item, self.data = item, data
        self.home, self.parties = home, Parties()
        self.read: list[ReadLine] = []
        self.was = ""
        self.is_by_hand = self.is_unsure = False
        stored = stored_lines(item)
        if data is None:
            self.phrase = self.was = written(stored, self.names)
            if like is not None:
                self.phrase = written(stored_lines(like), self.names)
            self.is_apart = bool(stored) and not self.phrase
        else:
            self._take(data, stored)
        self.part = lines_part(stored, self.data, self.parties)
        self.part.fill_label = _("Fyll ut fra teksten")
        self.lines_was = digest(said_by(stored)) if self.data is None else self.data.get("lines_was", "")

    @cached_property
    def names(self) -> Names:
        """What words mean here; asked for where there are words to read, and not by every save."""
        return Names.of(self.home)

    def _take(self, data: QueryDict, stored: Sequence[Any]) -> None:
        self.phrase = data.get("responsible", "")[:LONGEST_PHRASE].strip()
        sent = _sent(data)
        is_new = same_words(self.phrase) != same_words(data.get("responsible_was", ""))
        is_touched, is_empty = digest(sent) != data.get("lines_was", ""), not any(map(_says, sent))
        self.is_by_hand = is_touched and not (is_new and is_empty)
        self.is_unsure = self.is_by_hand and (is_new or is_empty) and bool(self.phrase)
        if is_new and not self.is_by_hand:
            self.read = read_phrase(self.phrase, self.names)
            self.data = self._filled(data, with_known(self.read, stored))
        self.is_apart = not self.phrase and not is_empty and not is_new

    def _filled(self, data: QueryDict, lines: Sequence[tuple[int | None, ReadLine]]) -> QueryDict:
        """What was sent, with lines made from the phrase in place of those that came with it."""
        filled = data.copy()
        for name in [name for name in filled if name.startswith(f"{PREFIX}-")]:
            del filled[name]
        name_of = {party: name for name, party in self.parties.by_name.items()}
        filled[f"{PREFIX}-count"] = str(len(lines))
        for number, (pk, line) in enumerate(lines):
            values = {
                "pk": pk,
                "party": name_of[line.party] if line.party else "",
                "function": line.function.pk if line.function else "",
                "relation": str(line.relation),
                "wording": line.wording,
                "under": line.under + 1 if line.under is not None else "",
            }
            for name, value in values.items():
                filled[f"{PREFIX}-{number}-{name}"] = str(value or "")
        filled["responsible_was"] = self.phrase
        filled["lines_was"] = digest(_sent(filled))
        return filled

    def preview(self, url: str) -> Preview:
        """What is understood, below the phrase, asked for again at `url` while it is typed."""
        return Preview(
            field="responsible",
            template="_responsible_read.html",
            read=self,
            url=url,
            target="#responsible-read",
            typed=("responsible",),
        )

    def check(self) -> None:
        """Raise ValidationError where somebody in the phrase is not known, or the lines contradict a new phrase."""
        if self.unplaced:
            self.part.is_told = True
            raise forms.ValidationError([self.question(line) for line in self.unplaced])
        if self.is_unsure and self.part.rows.is_valid():
            lines = lines_of(self.part.rows)
            if meaning(lines) != meaning(read_phrase(self.phrase, self.names)):
                raise forms.ValidationError(
                    _("Teksten og linjene for hånd sier ikke det samme. Tøm det som ikke skal gjelde.")
                )

    @property
    def unplaced(self) -> list[ReadLine]:
        return [line for line in self.read if line.party is None]

    @property
    def is_open(self) -> bool:
        """Whether the lines are to be seen: the phrase cannot say them, or somebody is at work in them."""
        return self.is_apart or self.is_by_hand or bool(self.unplaced)

    @cached_property
    def told(self) -> Told:
        """What the phrase is understood as."""
        read = self.read or read_phrase(self.phrase, self.names)
        questions = [self.question(line) for line in read if line.party is None]
        return Told([line_words(replace(line, wording="")) for line in read if line.party is not None], questions)

    def question(self, line: ReadLine) -> str:
        asked = nobody_words(line)
        if line.part_of is not None:
            return asked
        nearest = self._nearest(line.wording)
        return f"{asked} {_('Mente du «%(nearest)s»?') % {'nearest': nearest}}" if nearest else asked

    def _nearest(self, words: str) -> str | None:
        """What the last words are the beginning of, or a slip for."""
        names = {name.casefold(): name for name in self.offered_names}
        for start in _starts(words):
            last = words[start:].casefold()
            begun = [name for name in names if len(last) >= SHORTEST_BEGUN and name.startswith(last)]
            if close := begun or get_close_matches(last, names, n=1, cutoff=0.7):
                return names[close[0]]
        return None

    @property
    def offered_names(self) -> list[str]:
        """In the reader's language."""
        functions = {str(known) for known in self.names.known.values() if isinstance(known, Function)}
        return [*map(str, self.parties.by_name.values()), *sorted(functions)]

    def options(self) -> list[str]:
        """The phrase with its last words made into each name that they begin; every name for an empty phrase.

        None where the last words are a name already: nothing is to lie in the way of whoever has written it all.
        """
        if not self.phrase:
            return self.offered_names
        whole = {name.casefold() for name in self.offered_names}
        for start in _starts(self.phrase):
            begun = self.phrase[start:].casefold()
            if begun in whole:
                return []
            names = [name for name in self.offered_names if len(begun) > 1 and name.casefold().startswith(begun)]
            if names:
                return [self.phrase[:start] + name for name in names[:MOST_OFFERED]]
        return []


def nobody_words(line: ReadLine) -> str:
    """That nobody was placed in a line: nobody is known by that name, or some of a group are meant and not which."""
    words = {"words": line.wording, "group": line.part_of}
    if line.part_of is None:
        return _("Fant ingen enhet eller gruppe i «%(words)s».") % words
    return " ".join(
        (
            _("«%(words)s» er ikke alle i «%(group)s», og vi vet ikke hvem det er.") % words,
            _("Skriv hvem, eller lag en gruppe av dem."),
        )
    )


def show_read(request: HttpRequest, said: Said, crumbs: Sequence[Mapping[str, str]], heading: str) -> HttpResponse:
    """Tell who is understood to be responsible, and which names the last words may become, while it is typed."""
    part = "#read" if request.htmx else ""  # type: ignore[attr-defined]
    context = {"read": said, "heading": heading, "crumbs": crumbs}
    return render(request, f"responsible_preview.html{part}", context)


def _starts(words: str) -> list[int]:
    """Where the last words of a phrase begin, the longest stretch of them first."""
    return [found.start() for found in re.finditer(r"(?<![^\s/])[^\s/]", words)][-LONGEST_NAME:]


def is_said_as_stored(item: Any, data: QueryDict) -> bool:
    """Whether the phrase is the one the page was made with, and the lines that were sent are those of the item."""
    is_new = same_words(data.get("responsible", "")) != same_words(data.get("responsible_was", ""))
    return not is_new and _told(_sent(data)) == _told(said_by(stored_lines(item)))


def same_words(phrase: str) -> str:
    return " ".join(re.findall(r"\w+", phrase.casefold()))


def in_words(line: Any) -> str:
    """A line's own words, or what it says as people say it."""
    return line.wording or IN_WORDS.get(line.relation, "{}").format(line.party_label)


def written(lines: Sequence[Any], names: Names) -> str:
    """Stored lines as a phrase, where it reads back to the same lines; else ""."""
    told: list[str] = []
    for line in lines:
        if line.under_id and told:
            told[-1] += f" {in_words(line)}"  # it goes on from the line above: "følger opp instituttene"
        else:
            told.append(in_words(line))
    phrase = phrase_of(told)
    return phrase if meaning(read_phrase(phrase, names)) == meaning(lines) else ""


def meaning(lines: Iterable[Any]) -> Meaning:
    """What lines say apart from their words; `under` as the number of the line above."""
    told = list(lines)
    index_of = {line.pk: index for index, line in enumerate(told) if getattr(line, "pk", None)}
    above = [index_of.get(line.under_id) if hasattr(line, "under_id") else line.under for line in told]
    return [(line.party, line.function, str(line.relation), under) for line, under in zip(told, above, strict=True)]


def with_known(read: Iterable[ReadLine], stored: Iterable[Any]) -> list[tuple[int | None, ReadLine]]:
    """Each line with the stored one that says the same, so that it lives on."""
    free = list(stored)
    found = []
    for line in read:
        same = (line.party, line.function, str(line.relation))
        match = next((old for old in free if (old.party, old.function, str(old.relation)) == same), None)
        if match:
            free.remove(match)
        found.append((match.pk if match else None, line))
    return found


def digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """What rows say, in short: rows that were not touched give the same again."""
    return sha256(repr(_told(rows)).encode()).hexdigest()[:16]


def _told(rows: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """What rows say, apart from how they are spaced and those that say nothing."""
    return [[" ".join(str(row[name] or "").split()) for name in ROW_FIELDS] for row in rows if _says(row)]


def _says(row: Mapping[str, Any]) -> bool:
    return any(str(row[name] or "").strip() for name in ("party", "function", "wording"))


def _sent(data: QueryDict) -> list[dict[str, str]]:
    """The rows as they came, before what a pressed button does to them."""
    return [{name: (row[name] or [""])[-1] for name in ROW_FIELDS} for row in sent_rows(LineForm, PREFIX, data)]
