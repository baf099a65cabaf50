"""Correcting a typing error in what is adopted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.lib import clock
from config.lib.days import day_words
from config.lib.language import lang_of
from config.lib.saving import LONGEST_WHY
from organisation.models import About
from organisation.permissions import Permission
from strategy import correcting
from strategy.access import refuse_unless
from strategy.models import Area, Document, Goal, Route, Section, Version
from strategy.subjects import find_subject
from strategy.views.editing import crumbs

LONG = ("text", "vision", "overall_goal")
SORTS = {Document: About.DOCUMENT, Section: About.SECTION, Area: About.AREA, Goal: About.GOAL, Route: About.ROUTE}
TITLE, LINE = 200, 120
WHICH = "utgave"  # ?utgave=4 asks for the version with that number
LONGEST_NUMBER = 5


class CorrectForm(forms.Form):
    """The words as they are read, one field for each that says something, and what is corrected."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    why = forms.CharField(
        label=gettext_lazy("Hva har du rettet?"),
        help_text=gettext_lazy("Står i historikken sammen med navnet ditt."),
        max_length=LONGEST_WHY,
    )

    def __init__(self, data: Any, *, row: Any, part: dict[str, Any], names: Any, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        for name in names:
            if not part[name]:
                continue
            label = str(row._meta.get_field(name).verbose_name)
            is_long = name in LONG
            self.fields[name] = forms.CharField(
                label=label[:1].upper() + label[1:],
                initial=part[name],
                strip=False,
                widget=forms.Textarea(attrs={"rows": 4}) if is_long else forms.TextInput(),
                max_length=None if is_long else TITLE if name == "title" else LINE,
            )
        self.fields["why"] = self.fields.pop("why")

    def meet(self, part: dict[str, Any], seen: int) -> None:
        """Let the next press be made from what is read now, which is told where it is not what was written."""
        self.data = {**self.cleaned_data, "seen": seen}
        for name, text in self.texts().items():
            if text != part[name]:
                self[name].help_text = _("Slik leses det nå: «%(text)s»") % {"text": part[name]}

    def texts(self) -> dict[str, str]:
        """What stands in the fields; a browser sends its line breaks in two characters."""
        texts = self.cleaned_data.items()
        return {name: text.replace("\r\n", "\n") for name, text in texts if name not in ("seen", "why")}


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, about: str, key: str) -> HttpResponse:
    """Show the words in force in a form, and freeze them corrected."""
    today = clock.today()
    subject = find_subject(about, key, request.user, today=today)
    document = subject.document
    refuse_unless(request.user, Permission.EDIT, document, today=today)
    row, versions = correcting.row_of(about, document, key), correcting.versions_to_correct(document, today=today)
    version = correcting.version_to_correct(versions, about, key, number=_number(request.GET.get(WHICH, "")))
    part = correcting.part_of(version.content, about, key) if version else None
    if row is None or version is None or part is None or not document.is_published:
        raise Http404
    form = CorrectForm(request.POST or None, row=row, part=part, names=correcting.FIELDS[about], seen=version.number)
    if form.is_valid():
        try:
            made = _corrected(request, form, row, about, key)
        except correcting.CannotCorrect as refused:
            if isinstance(refused, correcting.NewerVersion):
                form.meet(part, version.number)
            form.add_error(None, str(refused))
        else:
            messages.success(request, _corrected_words(made))
            return HttpResponseRedirect(subject.back_url)
    context = {
        "form": form,
        "heading": _("Rett en skrivefeil"),
        "lang": lang_of(document.language),
        "of": _which(versions, version, about, key, today=today),
        "crumbs": crumbs(document, _("Rett en skrivefeil")),
        "back": subject.back_url,
    }
    return render(request, "strategy/correct.html", context)


def _corrected(request: HttpRequest, form: CorrectForm, row: Any, about: str, key: str) -> Sequence[Version]:
    return correcting.correct(
        row,
        about,
        key,
        form.texts(),
        seen=form.cleaned_data["seen"],
        why=form.cleaned_data["why"],
        by=request.user,  # type: ignore[arg-type]
        now=timezone.now(),
    )


def _corrected_words(made: Sequence[Version]) -> str:
    """Which version is read now, and which waits for its day."""
    today = clock.today()
    words = [_("Rettet.")]
    for version in made:
        if version.holds_from <= today:
            words.append(_("Utgave %(number)s er det alle leser fra nå av.") % {"number": version.number})
        else:
            said = {"number": version.number, "day": day_words(version.holds_from)}
            words.append(_("Utgave %(number)s gjelder fra %(day)s.") % said)
    return " ".join(words)


def _number(asked: str) -> int:
    """The number of the version that is asked for, 0 for none; Http404 where it is no number."""
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER):
        raise Http404
    return int(asked or 0)


@dataclass(frozen=True, slots=True)
class Other:
    """Words that are read on another day and say something else at this place."""

    words: str
    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Which:
    """Which words are corrected, where other words are read from a day on, and the way to each that differs."""

    words: str
    also: str
    others: Sequence[Other]


def _which(versions: Sequence[Version], version: Version, about: str, key: str, *, today: date) -> Which | None:
    if len(versions) < 2:
        return None
    alike = correcting.stands_alike(versions, version, about, key)
    otherwise = correcting.stands_otherwise(versions, version, about, key)
    also = (_("Det samme står i %(what)s, og rettes der også.") % {"what": _what(each, today)} for each in alike)
    return Which(
        words=_("Du retter %(what)s.") % {"what": _what(version, today)},
        also=" ".join(also),
        others=[_other(each, reverse("correct", args=[about, key]), today) for each in otherwise],
    )


def _other(version: Version, url: str, today: date) -> Other:
    what = _what(version, today)
    said = _("%(what)s, sier noe annet her, og rettes for seg.") % {"what": what}
    return Other(capfirst(said), what, f"{url}?{WHICH}={version.number}")


def _what(version: Version, today: date) -> str:
    if version.holds_from <= today:
        return _("det som gjelder nå")
    return _("det som gjelder fra %(day)s") % {"day": day_words(version.holds_from)}


def correct_url(document: Document, row: Any) -> str:
    """Where a row of what holds is corrected; "" where nothing was ever frozen, or it has no words of that kind."""
    about = SORTS.get(type(row)) or (About.MEASURE if row._meta.model_name == "measure" else None)
    if about is None or not document.is_published:
        return ""
    key = document.slug if about == About.DOCUMENT else str(row.pk) if about == About.SECTION else row.key
    versions = correcting.versions_to_correct(document, today=clock.today())
    return reverse("correct", args=[about, key]) if correcting.version_to_correct(versions, about, key) else ""
