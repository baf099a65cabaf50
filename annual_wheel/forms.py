"""The forms of the wheel: the wheel itself, an entry of it, and one year's edition of an entry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annual_wheel import when
from annual_wheel.models import MOST_LEAD_DAYS, Edition, EditionForm, Entry, EntryKind, Ticks, Wheel
from annual_wheel.naming import link_named, unlink_named
from annual_wheel.opening import in_order_of_dependence
from annual_wheel.own_words import Reach, Years
from annual_wheel.understood import MOST_DAYS, understood
from config.lib.edit_form import EditForm
from config.lib.editing import Part
from config.lib.folding import Group
from organisation.models import Unit, User
from organisation.permissions import Permission
from organisation.said import SAID_FIELDS, Said, SaidForm
from planning.models import Measure, Modality
from strategy.in_force import seen_texts
from strategy.models import Document

YEARS = (2000, 2100)
FOUND_BY_NAME = ("bound_words", "bound_entry", "anchor", "anchor_offset_days")
OF_ONE_YEAR = {
    *("text", "month", "when_words", "bound_words", "bound_entry", "anchor", "anchor_offset_days"),
    *("years", "why", "lock_version", *SAID_FIELDS),
}
IN_ORDER = ("text", "when_words", "responsible", "month", "kind", "years")


class WheelForm(EditForm):
    class Meta:
        model = Wheel
        fields = ("title", "owner", "document", "is_public", "escalates_after", "is_summed_up")

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = user.reach(today)[Permission.EDIT]
        units = Unit.objects.without_tree_fields().filter(pk__in=reached).order_by("name")
        documents = Document.objects.visible_to(user, today=today).filter(kind="action_plan")
        self.fields["owner"].queryset = units  # type: ignore[attr-defined]
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.fields["document"].empty_label = _("Ingen, hjulet står for seg selv")  # type: ignore[attr-defined]


class EntryForm(SaidForm, EditForm):
    month = forms.TypedChoiceField(
        label=gettext_lazy("Måned"),
        choices=list(MONTHS.items()),
        coerce=int,
        widget=forms.Select(attrs={"data-half": True}),
    )
    anchor_offset_days = forms.IntegerField(
        label=gettext_lazy("Dager etter"),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        required=False,
        help_text=gettext_lazy("Et tall med minus foran er dager før: -14 er to uker før."),
    )
    lead_days = forms.IntegerField(
        label=gettext_lazy("Minn om det så mange dager før"),
        min_value=0,
        max_value=MOST_LEAD_DAYS,
        required=False,
        help_text=gettext_lazy("Uten et tall bestemmer hver og en selv hvor lenge før."),
    )
    from_year = forms.IntegerField(
        label=gettext_lazy("Fra og med år"), min_value=YEARS[0], max_value=YEARS[1], required=False
    )
    to_year = forms.IntegerField(
        label=gettext_lazy("Til og med år"), min_value=YEARS[0], max_value=YEARS[1], required=False
    )

    years = forms.ChoiceField(
        label=gettext_lazy("Hvilke år gjelder endringen?"),
        help_text=gettext_lazy("Årene før beholder ordene, datoen og ansvaret de hadde."),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Entry
        fields = (
            "text",
            "kind",
            "month",
            "when_words",
            "bound_words",
            "bound_entry",
            "anchor",
            "anchor_offset_days",
            "ticks",
            "modality",
            "lead_days",
            "measures",
            "target_groups",
            "from_year",
            "to_year",
        )
        widgets = {
            "kind": forms.Select(attrs={"data-half": True}),
            "ticks": forms.RadioSelect,
            "modality": forms.RadioSelect,
            "measures": forms.CheckboxSelectMultiple,
            "target_groups": forms.CheckboxSelectMultiple,
            "when_words": forms.TextInput(attrs={"aria-describedby": "id_when_words_helptext when-read"}),
        }
        help_texts = {
            "when_words": gettext_lazy("Slik dere sier det: «medio oktober», «uke 33», «mai/juni», «15.4.»."),
            "bound_words": gettext_lazy("For eksempel «før søknadsfristen 15. april»."),
            "bound_entry": gettext_lazy("Når det er et annet punkt i hjulet, følger grensen datoen dets."),
            "anchor": gettext_lazy("Da bestemmer det andre punktet datoen, og dette flytter seg med det."),
        }

    def __init__(self, *args: Any, user: User, today: date, said: Said, asked_years: str = "", **kwargs: Any) -> None:
        """`asked_years` is the code of the years the change is for when one comes from the year's turn."""
        super().__init__(*args, said=said, **kwargs)
        self.today = today
        self.order_fields(IN_ORDER)
        for name, choices in (("kind", EntryKind), ("ticks", Ticks), ("modality", Modality)):
            self.fields[name].choices = choices.choices  # type: ignore[attr-defined]  # without an empty one
        wheel = self.instance.wheel
        others = wheel.entries.standing().exclude(pk=self.instance.pk).order_by("month", "position")
        for name in ("bound_entry", "anchor"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("Ingen")  # type: ignore[attr-defined]
        self._offer_measures(user, today)
        self._put_chosen_first()
        self._ask_for_years(asked_years)

    def _offer_measures(self, user: User, today: date) -> None:
        """Measures of a plan are told in its words in force: the wheel may have other editors than the plan."""
        found = self._measures(user, today)
        texts = seen_texts(found, user, today=today)
        field = self.fields["measures"]
        field.queryset = found.filter(key__in=texts)  # type: ignore[attr-defined]
        field.label_from_instance = lambda measure: texts[measure.key]  # type: ignore[attr-defined]
        if not texts:
            del self.fields["measures"]

    def _put_chosen_first(self) -> None:
        """A long list is seen from its beginning."""
        for name in {"measures", "target_groups"} & set(self.fields):
            offered: Any = self.fields[name]
            chosen = [row.pk for row in self.initial.get(name) or ()]
            is_other = Case(When(pk__in=chosen, then=0), default=1)
            offered.queryset = offered.queryset.order_by(is_other, *offered.queryset.model._meta.ordering)

    def _ask_for_years(self, asked: str) -> None:
        """A change to what has years already: which of them it is for."""
        opened = set(self.instance.editions.values_list("year", flat=True)) if self.instance.pk else set()
        if not opened:
            del self.fields["years"]
            return
        year, after = self.today.year, self.today.year + 1
        choices = [(Years(Reach.FROM, year).code, _("Fra og med %(year)s") % {"year": year})]
        if year in opened:
            choices.append((Years(Reach.FROM, after).code, _("Fra og med %(year)s") % {"year": after}))
        choices += [
            (Years(Reach.ONLY, each).code, words % {"year": each})
            for each, words in ((year, _("Bare i år (%(year)s)")), (after, _("Bare neste år (%(year)s)")))
            if each in opened
        ]
        field: Any = self.fields["years"]
        if (start := start_of(asked, opened)) and asked not in dict(choices):
            choices.insert(0, (asked, _("Fra og med %(year)s") % {"year": start}))
        field.choices = [*choices, (Years(Reach.ALL, 0).code, _("Alle år (skrivefeil)"))]
        field.initial = asked if start else choices[0][0]

    def _measures(self, user: User, today: date) -> Any:
        """Those of the wheel's own plan, and those the entry already points at."""
        own = measures_offered(self.instance.wheel, user, today=today)
        seen = Document.objects.visible_to(user, today=today)
        measures = Measure.objects.standing().filter(document__in=seen)
        return (own | measures.filter(entries=self.instance.pk)).distinct() if self.instance.pk else own

    def clean_anchor_offset_days(self) -> int:
        return self.cleaned_data["anchor_offset_days"] or 0

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("bound_entry") and not data.get("bound_words"):
            self.add_error("bound_words", _("Skriv med ord hva det skal være gjort før."))
        if data.get("anchor_offset_days") and not data.get("anchor"):
            self.add_error("anchor", _("Velg punktet dagene skal regnes fra, eller fjern antall dager."))
        first, last = data.get("from_year"), data.get("to_year")
        if first and last and last < first:
            self.add_error("to_year", _("Slutten er før starten. Rett ett av de to årene."))
        self._refuse_what_all_years_share()
        self.judge_said()
        if not set(self.errors) - {"responsible"}:
            self._clean_dates()
        return data

    def groups(self, links: Part) -> list[Group]:
        """What is seldom needed."""
        return [
            self.line_by_line(),
            Group(_("Frister og punkter datoen henger på"), FOUND_BY_NAME),
            Group(_("Kvittering, forpliktelse og påminnelse"), ("ticks", "modality", "lead_days")),
            Group(_("Tiltak og målgrupper"), ("measures", "target_groups")),
            Group(_("Nettlenker"), parts=[links]),
            Group(_("Hvilke år punktet står i hjulet"), ("from_year", "to_year")),
        ]

    def _refuse_what_all_years_share(self) -> None:
        """What kind of thing an entry is cannot be otherwise in one year: say so instead of changing all of them."""
        if self.scope and self.scope.reach is Reach.ONLY:
            for name in set(self.changed_data) - OF_ONE_YEAR & set(self.fields):
                message = _("Dette gjelder alle år, og kan ikke være annerledes i %(year)s.")
                self.add_error(name, message % {"year": self.scope.year})

    @property
    def scope(self) -> Years | None:
        """Which years the change is for; None where there is nothing to choose between."""
        code = self.cleaned_data.get("years")
        return Years.read(code) if code else None

    def _clean_dates(self) -> None:
        """What is written must be a date this year and the next, and must not hang on itself."""
        draft = Entry(pk=self.instance.pk, wheel=self.instance.wheel, key=self.instance.key)
        for name in ("kind", "text", "when_words", "month", *FOUND_BY_NAME):
            setattr(draft, name, self.cleaned_data[name])
        self._find_named(draft)
        if self.instance.pk and (chain := circle_with(draft)):
            where = "anchor" if draft.anchor_id else "bound_entry"
            self.add_error(where, _("Datoene henger på hverandre i ring: %(chain)s.") % {"chain": chain})
            return
        start = max(self.today.year, self.cleaned_data["from_year"] or 0)
        for year in (start, start + 1):
            read = understood(draft, year)
            if read.error:
                self.add_error("when_words", read.error)
                return

    def _find_named(self, draft: Entry) -> None:
        """What the words name among the entries is what the date follows, until the words name something else."""
        others = list(draft.wheel.entries.standing().exclude(pk=draft.pk))
        if self.instance.pk:
            stored = Entry.objects.get(pk=self.instance.pk)
            unlink_named(draft, stored, others, year=self.today.year)
        link_named(draft, others, year=self.today.year)
        for name in FOUND_BY_NAME:
            self.cleaned_data[name] = getattr(draft, name)


def measures_offered(wheel: Wheel, user: User, *, today: date) -> Any:
    """The measures of a wheel's own plan."""
    seen = Document.objects.visible_to(user, today=today)
    return Measure.objects.standing().filter(document__in=seen, document=wheel.document_id)


def start_of(code: str, opened: set[int]) -> int:
    """The year a code says a change is from, where it follows one that is opened; else 0."""
    try:
        years = Years.read(code)
    except ValueError:
        return 0
    return years.year if years.reach is Reach.FROM and years.year - 1 in opened else 0


def circle_with(draft: Entry) -> str:
    """The chain of entries that hang on each other in a ring when one is as drafted, in plain words; else ""."""
    others = draft.wheel.entries.standing().exclude(pk=draft.pk)
    entries = {entry.key: entry for entry in (draft, *others)}
    try:
        in_order_of_dependence(entries.values())
    except when.AnchorCircle as circle:
        return " → ".join(f"«{entries[str(key)]}»" for key in circle.chain)
    return ""


class EditionPartForm(forms.Form):
    """One of the things that can be said about a year, each on its own."""

    use_required_attribute = False

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.initial.setdefault("lock_version", edition.lock_version)

    @property
    def expected(self) -> int:
        return self.cleaned_data.get("lock_version") or 0


class MoveForm(EditionPartForm):
    words = forms.CharField(
        label=gettext_lazy("Når"),
        max_length=120,
        help_text=gettext_lazy("Slik dere sier det: «medio oktober», «uke 33», «mai/juni», «15.4.»."),
    )

    def clean_words(self) -> str:
        words = self.cleaned_data["words"].strip()
        if words == self.edition.said.when_words:
            return words
        read = understood(self.edition.said, self.edition.year, moved_to=words)
        if read.error:
            raise forms.ValidationError(read.error)
        return words


class CancelForm(EditionPartForm):
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor"),
        max_length=300,
        help_text=gettext_lazy("Står ved punktet, så alle forstår hvorfor det utgår."),
    )
    extent = forms.ChoiceField(
        label=gettext_lazy("Hvor mye utgår"),
        choices=[("all", gettext_lazy("Alt")), ("part", gettext_lazy("En del"))],
        widget=forms.RadioSelect,
        initial="all",
    )


class DescribeForm(EditionPartForm):
    form = forms.ChoiceField(
        label=gettext_lazy("Form"),
        choices=[("", gettext_lazy("Ikke bestemt")), *EditionForm.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    is_form_likely = forms.BooleanField(label=gettext_lazy("Trolig, men ikke endelig"), required=False)
    outcome = forms.CharField(
        label=gettext_lazy("Hva det ga"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("is_form_likely") and not data.get("form") and "form" not in self.errors:
            self.add_error("form", _("Velg hvordan det trolig blir, eller fjern haken under."))
        return data
