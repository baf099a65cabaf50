"""The forms of a document: its head, running text, areas, goals and routes, and its figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.lib.edit_form import DayInput, EditForm, plain_number
from config.lib.rows import RowForm
from organisation.models import Unit, User
from organisation.permissions import Permission
from strategy.bounds import check_years
from strategy.circles import Steps, carrying_out, following, way_round, words_of_way
from strategy.models import (
    Area,
    Comparator,
    Decision,
    Document,
    Fact,
    Goal,
    Indicator,
    Route,
    Section,
    Target,
    TargetKind,
)

HOW_TO_FORMAT = gettext_lazy("Tom linje gir nytt avsnitt, «- » gir liste. *Kursiv*, **fet** og [lenke](https://…).")


def check_period(form: forms.BaseForm, first: str = "period_from_on", last: str = "period_to_on") -> None:
    start, end = form.cleaned_data.get(first), form.cleaned_data.get(last)
    check_years(form, first, last)
    if start and end and end < start:
        form.add_error(last, _("Slutten er før starten. Rett en av de to datoene."))


def target_groups() -> dict[str, Any]:
    return {"target_groups": forms.CheckboxSelectMultiple}


class DocumentForm(EditForm):
    formatted = ("vision", "overall_goal")

    class Meta:
        model = Document
        fields = (
            "title",
            "kind",
            "owner",
            "language",
            "period_from_on",
            "period_to_on",
            "vision",
            "overall_goal",
            "follows",
            "carries_out",
            "is_public",
        )
        widgets = {
            "period_from_on": DayInput,
            "period_to_on": DayInput,
            "kind": forms.RadioSelect,
            "carries_out": forms.CheckboxSelectMultiple,
        }

    language = forms.ChoiceField(label=gettext_lazy("Språk"), choices=settings.LANGUAGES, initial="nb")

    def __init__(self, *args: Any, user: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        others = Document.objects.visible_to(user, today=today).exclude(pk=self.instance.pk).order_by("title")
        own = models.Q(pk=self.instance.owner_id)
        reached = models.Q(pk__in=user.reach(today)[Permission.EDIT])
        units = Unit.objects.without_tree_fields().filter(reached | own).order_by("name")
        self.fields["kind"].choices = list(Document._meta.get_field("kind").choices or [])  # type: ignore[attr-defined]
        self.fields["owner"].queryset = units  # type: ignore[attr-defined]
        self.fields["follows"].queryset = others  # type: ignore[attr-defined]
        self.fields["carries_out"].queryset = others  # type: ignore[attr-defined]
        if not self.is_new:
            del self.fields["kind"]  # its address and what hangs on it go with its kind

    def clean(self) -> dict[str, Any]:
        check_period(self)
        if not self.is_new:
            for name, said in self._circles().items():
                self.add_error(name, said)
        return self.cleaned_data

    @property
    def leans_anew(self) -> bool:
        return not {"follows", "carries_out"}.isdisjoint(self.changed_data)

    def refuse_circles(self) -> None:
        """ValidationError where it would come to lean on itself, by what is stored just now."""
        if found := self._circles():
            raise forms.ValidationError(found)

    def _circles(self) -> dict[str, str]:
        follows = self.cleaned_data.get("follows")
        found = {
            "follows": self._circle("follows", [follows] if follows else [], following()),
            "carries_out": self._circle("carries_out", self.cleaned_data.get("carries_out") or (), carrying_out()),
        }
        return {name: said for name, said in found.items() if said}

    def _circle(self, name: str, chosen: Iterable[Document], steps: Steps) -> str:
        """The way round by which it would lean on itself; "" where there is none."""
        way = way_round(self.instance.pk, [each.pk for each in chosen], steps)
        if not way:
            return ""
        words = {"way": words_of_way(self.instance, way, user=self.user, today=self.today)}
        said = {
            "follows": _("Da ville dokumentet følge etter seg selv: %(way)s. Velg et annet, eller ingen."),
            "carries_out": _("Da ville dokumentet gjennomføre seg selv: %(way)s. Ta bort krysset."),
        }
        return said[name] % words


class SectionForm(EditForm):
    formatted = ("text",)

    class Meta:
        model = Section
        fields = ("kind", "title", "text")
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 8})}
        help_texts = {"text": HOW_TO_FORMAT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(Section._meta.get_field("kind").choices or [])  # type: ignore[attr-defined]


class DecisionForm(EditForm):
    formatted = ("text",)

    class Meta:
        model = Decision
        fields = ("kind", "decided_by", "decided_on", "case_number", "text")
        widgets = {"kind": forms.RadioSelect, "decided_on": DayInput}
        labels = {"decided_by": gettext_lazy("Hvem bestemte det?")}
        help_texts = {
            "decided_by": gettext_lazy("Den eller det organet, for eksempel «Styret»."),
            "case_number": gettext_lazy("For eksempel «52-12»."),
            "text": HOW_TO_FORMAT,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(Decision._meta.get_field("kind").choices or [])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        check_years(self, "decided_on")
        return self.cleaned_data


class AreaPlaceForm(EditForm):
    """The area that another stands under, or the top level."""

    class Meta:
        model = Area
        fields: tuple[str, ...] = ("parent",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tops = self.instance.document.areas.standing().filter(parent=None).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = tops  # type: ignore[attr-defined]
        self.fields["parent"].empty_label = _("Øverste nivå")  # type: ignore[attr-defined]


class AreaForm(AreaPlaceForm):
    formatted = ("text", "overall_goal")

    class Meta:
        model = Area
        fields = ("title", "label", "parent", "text", "overall_goal")
        help_texts = {
            "label": gettext_lazy("Nummeret det har i dokumentet, for eksempel «3.2»."),
            "text": HOW_TO_FORMAT,
        }


class AreaWordsForm(EditForm):
    """The words of an area alone, judged as in the whole form."""

    formatted = AreaForm.formatted

    class Meta:
        model = Area
        fields = ("label", "title", "text", "overall_goal")


class AreaChoiceForm(EditForm):
    """A form with the area that something stands in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = list(self.instance.document.areas.standing().select_related("parent"))
        field = self.fields["area"]
        field.queryset = self.instance.document.areas.standing()  # type: ignore[attr-defined]
        field.empty_label = _("Utenfor områdene")  # type: ignore[attr-defined]
        field.label_from_instance = _area_words  # type: ignore[attr-defined]
        if not areas:
            del self.fields["area"]


def _area_words(area: Area) -> str:
    return f"{area.parent} – {area}" if area.parent else str(area)


class GoalForm(AreaChoiceForm):
    formatted = ("text",)

    class Meta:
        model = Goal
        fields = ("title", "text", "area", "target_groups")
        widgets = target_groups()


class GoalWordsForm(EditForm):
    """The words of a goal alone, judged as in the whole form."""

    formatted = GoalForm.formatted

    class Meta:
        model = Goal
        fields = ("title", "text")


class GoalPlaceForm(AreaChoiceForm):
    class Meta:
        model = Goal
        fields = ("area",)


class RoutePlaceForm(AreaChoiceForm):
    class Meta:
        model = Route
        fields = ("area",)


class RouteForm(AreaChoiceForm):
    formatted = ("text",)

    class Meta:
        model = Route
        fields = ("text", "area", "goals")
        widgets = {"goals": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = self.instance.document.goals.standing()  # type: ignore[attr-defined]


class RouteWordsForm(EditForm):
    """The words of a route alone, judged as in the whole form."""

    formatted = RouteForm.formatted

    class Meta:
        model = Route
        fields = ("text",)


class TargetForm(EditForm):
    """A måltall. What must be filled in follows from its kind."""

    baseline_value = forms.DecimalField(
        label=gettext_lazy("Utgangsverdi"),
        required=False,
        max_digits=16,
        decimal_places=2,
        help_text=gettext_lazy("Det som skal mangedobles, eller som en økning regnes fra."),
    )

    class Meta:
        model = Target
        fields = (
            "text",
            "kind",
            "comparator",
            "value",
            "unit",
            "denominator",
            "per",
            "indicator",
            "baseline_value",
            "due_on",
            "period_words",
            "period_from_on",
            "period_to_on",
            "holds_for",
            "condition",
            "qualifier",
        )
        widgets = {"due_on": DayInput, "period_from_on": DayInput, "period_to_on": DayInput}
        help_texts = {
            "text": gettext_lazy("Måltallet slik det skal leses, for eksempel «Minst 40 % av studentene»."),
            "value": gettext_lazy("Bare tallet: 40 for 40 %, 2 for en dobling. En balanse har ikke noe tall."),
            "unit": gettext_lazy("% for en andel, ellers det som telles: studenter, kroner, år."),
            "denominator": gettext_lazy("Hva en andel er en andel av."),
            "per": gettext_lazy("For antall per år, for eksempel «år» eller «semester»."),
            "indicator": gettext_lazy("Det som måles, år etter år."),
            "holds_for": gettext_lazy("For eksempel «hvert institutt»."),
            "qualifier": gettext_lazy("For eksempel «som hovedregel»."),
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        baseline = self.instance.baseline
        if baseline:
            self.initial["baseline_value"] = plain_number(baseline.value)
            self.initial["indicator"] = self.instance.indicator_id or baseline.indicator_id

    def clean(self) -> dict[str, Any]:
        check_period(self)
        check_years(self, "due_on")
        kind, value = self.cleaned_data.get("kind"), self.cleaned_data.get("value")
        if kind != TargetKind.BALANCE and value is None and "value" not in self.errors:
            self.add_error("value", _("Skriv tallet. Bare en balanse kan stå uten."))
        if kind == TargetKind.SHARE:
            self._clean_share(value)
        if kind == TargetKind.RATE and not self.cleaned_data.get("per"):
            self.add_error("per", _("Skriv hva det er per, for eksempel «år»."))
        self._clean_baseline(is_needed=kind == TargetKind.MULTIPLE)
        return self.cleaned_data

    def _clean_share(self, value: Decimal | None) -> None:
        if self.cleaned_data.get("unit") != "%":
            self.add_error("unit", _("En andel har måleenheten %."))
        if not self.cleaned_data.get("denominator"):
            self.add_error("denominator", _("Skriv hva andelen er en andel av."))
        if value is not None and not 0 <= value <= 100:
            self.add_error("value", _("En andel er mellom 0 og 100."))

    def _clean_baseline(self, *, is_needed: bool) -> None:
        """The baseline is an observation of an indicator, so both are needed."""
        value = self.cleaned_data.get("baseline_value")
        if is_needed and value is None and "baseline_value" not in self.errors:
            self.add_error("baseline_value", _("Skriv utgangsverdien som skal mangedobles."))
        if value is not None and not self.cleaned_data.get("indicator"):
            self.add_error("indicator", _("Velg indikatoren som utgangsverdien er målt med."))

    def _get_validation_exclusions(self) -> set[str]:
        """What `clean` says at the right field need not be said again in the words of the database."""
        return super()._get_validation_exclusions() | {"baseline"}  # type: ignore[misc]


class FactForm(EditForm):
    class Meta:
        model = Fact
        fields = ("text", "period_words", "period_from_on", "period_to_on")
        widgets = {"period_from_on": DayInput, "period_to_on": DayInput}

    def clean(self) -> dict[str, Any]:
        check_period(self)
        return self.cleaned_data


class ValueForm(RowForm):
    """One figure of a fact box."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    indicator = forms.ModelChoiceField(Indicator.objects.order_by("name"), label=gettext_lazy("Indikator"))
    value = forms.DecimalField(label=gettext_lazy("Verdi"), max_digits=16, decimal_places=2)
    unit = forms.CharField(label=gettext_lazy("Måleenhet"), max_length=40, required=False)
    comparator = forms.ChoiceField(label=gettext_lazy("Nøyaktighet"), choices=Comparator.choices, initial="equals")
