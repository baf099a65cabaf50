"""Who may do what with a document, a measure, a wheel or an entry: for one person with why, or by name for each act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from annual_wheel.allowed import (
    DOCUMENT,
    ENTRY,
    MEASURE,
    WHEEL,
    acts_of_document,
    acts_of_entry,
    acts_of_measure,
    acts_of_wheel,
)
from annual_wheel.items import find
from annual_wheel.models import Entry, Wheel
from config.lib import clock
from config.lib.addresses import with_query
from config.lib.language import lang_of
from organisation.acts import Act, Everyone, verdict
from organisation.administration.access import (
    administered_ids,
    administers,
    crumbs,
    in_order,
    list_answer,
    matches,
    user_of,
)
from organisation.models import Unit, User
from organisation.people import administered_by
from organisation.permissions import Permission
from planning.models import Measure
from planning.responsible import measures_of_plan
from strategy.access import refuse_unseen
from strategy.models import Document, DocumentKind
from strategy.shown_state import words_of
from strategy.words import shortened

PAGE: Final = 50


@dataclass(frozen=True)
class Thing:
    """What is asked about; `within` are the things in it that can be asked about by themselves, as (key, words)."""

    sort: str
    title: str
    lang: SafeString
    url: str
    owner: Unit
    state: str
    acts: Sequence[Act]
    part_of: tuple[str, str, str] = ("", "", "")  # what it stands in: the sort, the key and the title
    sort_within: str = ""
    within: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class ThingRow:
    title: str
    lang: SafeString
    url: str
    kind: str
    owner: str


@administers
@require_safe
def allowed(request: HttpRequest) -> HttpResponse:
    """List the documents and wheels of the units one administers: what one can ask about."""
    words, person = request.GET.get("sok", ""), request.GET.get("hvem", "")
    reach = administered_ids(request)
    documents = Document.objects.kept().filter(owner__in=reach).select_related("owner")
    wheels = Wheel.objects.filter(owner__in=reach).select_related("owner")
    rows = [
        *(
            _row(DOCUMENT, one, one.known_as, one.language, str(DocumentKind(one.kind).label), person)
            for one in documents
        ),
        *(_row(WHEEL, one, one.title, settings.LANGUAGE_CODE, _("årshjul"), person) for one in wheels),
    ]
    found = in_order((row for row in rows if matches(words, row.title, row.kind, row.owner)), lambda row: row.title)
    context = {
        "page": (page := Paginator(found, PAGE).get_page(request.GET.get("side"))),
        "rows": page.object_list,
        "count_words": _count(len(found)),
        "asked": {"sok": words, "hvem": person},
        "is_filtered": bool(words),
        "crumbs": crumbs((_("Hvem får gjøre hva"), "")),
    }
    return list_answer(request, "administration/allowed.html", context)


def _row(sort: str, one: Document | Wheel, title: str, language: str, kind: str, person: str) -> ThingRow:
    url = with_query(about_url(sort, one.slug), hvem=person)
    return ThingRow(title, lang_of(language), url, capfirst(kind), one.owner.name)


def about_url(sort: str, key: str) -> str:
    return reverse("admin_allowed_about", args=[sort, key])


def _count(number: int) -> str:
    return ngettext("%(count)d dokument eller årshjul", "%(count)d dokumenter og årshjul", number) % {"count": number}


class AskForm(forms.Form):
    """Who it is asked about, and which of the things in it."""

    use_required_attribute = False

    hvem = forms.CharField(
        label=gettext_lazy("Person"),
        required=False,
        help_text=gettext_lazy("Skriv navnet eller e-postadressen. La feltet stå tomt for å se alle."),
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    gjelder = forms.ChoiceField(label=gettext_lazy("Gjelder"), required=False)

    def __init__(self, *args: Any, people: QuerySet[User], thing: Thing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        if thing.within:
            whole = {DOCUMENT: _("Hele dokumentet"), WHEEL: _("Hele årshjulet")}[thing.sort]
            self.fields["gjelder"].choices = [("", whole), *thing.within]  # type: ignore[attr-defined]
        else:
            del self.fields["gjelder"]

    def clean_hvem(self) -> User | None:
        words = self.cleaned_data["hvem"].strip()
        if not words:
            return None
        named = [each for each in self.people if words.casefold() in (each.email.casefold(), each.name.casefold())]
        if len(named) > 1:
            raise forms.ValidationError(_("Flere heter det. Skriv e-postadressen."))
        if not named:
            raise forms.ValidationError(_("Fant ingen person du administrerer, med dette navnet eller denne adressen."))
        return named[0]


@administers
@require_safe
def allowed_about(request: HttpRequest, about: str, key: str) -> HttpResponse:
    """Answer, act by act, who may do what with one thing; for one person where `hvem` names one."""
    today, by = clock.today(), user_of(request)
    thing = _thing(about, key, by, today=today)
    people = administered_by(by, today=today)
    form = AskForm(request.GET, people=people, thing=thing)
    person = form.cleaned_data["hvem"] if form.is_valid() else None
    if form.is_valid() and form.cleaned_data.get("gjelder"):
        within = about_url(thing.sort_within, form.cleaned_data["gjelder"])
        return redirect(with_query(within, hvem=request.GET.get("hvem", "")))
    context = {
        "thing": thing,
        "form": form,
        "person": person,
        "people": people.filter(is_active=True).order_by("name").values_list("email", "name"),
        "crumbs": _way_to(thing, request.GET.get("hvem", "")),
        "all_url": request.path,
    }
    if person:
        context["answers"] = [(act.label, verdict(act, person, today=today)) for act in thing.acts]
    else:
        everyone = Everyone(people, today=today)
        context["acts"] = [(act, None if act.open_to else everyone.who_may(act)) for act in thing.acts]
    return render(request, "administration/allowed_about.html", context)


def _way_to(thing: Thing, person: str) -> list[dict[str, str]]:
    sort, key, title = thing.part_of
    above = [(title, with_query(about_url(sort, key), hvem=person))] if sort else []
    return crumbs((_("Hvem får gjøre hva"), reverse("admin_allowed")), *above, (shortened(thing.title), ""))


def _thing(about: str, key: str, by: User, *, today: date) -> Thing:
    """What is asked about, where the person administers its owner: 404 where they do not see it, else 403."""
    makers = {DOCUMENT: _document, MEASURE: _measure, WHEEL: _wheel, ENTRY: _entry}
    if about not in makers:
        raise Http404
    return makers[about](key, by, today)


def _refuse(owner: Unit, by: User, today: date, see: Callable[[], object]) -> None:
    """Refuse whoever does not administer the owner; `see` raises Http404 where they do not see what it is about."""
    if not by.may(Permission.ADMINISTER, owner.pk, today=today):
        see()
        raise PermissionDenied


def _document(key: str, by: User, today: date) -> Thing:
    document = get_object_or_404(Document.objects.select_related("owner"), slug=key)
    _refuse(document.owner, by, today, lambda: refuse_unseen(by, document, today=today))
    is_plan = document.kind == DocumentKind.ACTION_PLAN
    measures = measures_of_plan(document, today=today) if is_plan else []
    return Thing(
        sort=DOCUMENT,
        title=document.known_as,
        lang=lang_of(document.language),
        url=document.get_absolute_url(),
        owner=document.owner,
        state=words_of(document, today=today),
        acts=acts_of_document(document, measures, today=today),
        sort_within=MEASURE,
        within=[(measure.key, shortened(measure.text)) for measure in measures],
    )


def _measure(key: str, by: User, today: date) -> Thing:
    measure = get_object_or_404(Measure.objects.select_related("document__owner"), key=key)
    document = measure.document
    _refuse(document.owner, by, today, lambda: find(Measure, key, by, today=today, wants_working_text=False))
    return Thing(
        sort=MEASURE,
        title=str(measure),
        lang=lang_of(document.language),
        url=reverse("measure", args=[key]),
        owner=document.owner,
        state=_("Dokumentet: %(state)s") % {"state": words_of(document, today=today)},
        acts=acts_of_measure(measure, today=today),
        part_of=(DOCUMENT, document.slug, document.known_as),
    )


def _wheel(key: str, by: User, today: date) -> Thing:
    wheel = get_object_or_404(Wheel.objects.select_related("owner"), slug=key)
    _refuse(wheel.owner, by, today, lambda: get_object_or_404(Wheel.objects.visible_to(by), pk=wheel.pk))
    entries = wheel.entries.standing().order_by("month", "position", "pk")  # type: ignore[attr-defined]
    return Thing(
        sort=WHEEL,
        title=wheel.title,
        lang=lang_of(settings.LANGUAGE_CODE),
        url=wheel.get_absolute_url(),
        owner=wheel.owner,
        state="",
        acts=acts_of_wheel(wheel, today=today),
        sort_within=ENTRY,
        within=[(entry.key, shortened(entry.text)) for entry in entries],
    )


def _entry(key: str, by: User, today: date) -> Thing:
    entry = get_object_or_404(Entry.objects.select_related("wheel__owner"), key=key)
    visible = Entry.objects.visible_to(by, today=today)
    _refuse(entry.wheel.owner, by, today, lambda: get_object_or_404(visible, pk=entry.pk))
    return Thing(
        sort=ENTRY,
        title=entry.text,
        lang=lang_of(settings.LANGUAGE_CODE),
        url=entry.get_absolute_url(),
        owner=entry.wheel.owner,
        state="",
        acts=acts_of_entry(entry, today=today),
        part_of=(WHEEL, entry.wheel.slug, entry.wheel.title),
    )
