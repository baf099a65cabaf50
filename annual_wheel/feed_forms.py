from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annual_wheel.models import CalendarFeed, FeedKind, Ringing, Wheel
from annual_wheel.models.feeds import every_kind
from config.lib.ui import KINDS
from organisation.models import Unit, User
from organisation.permissions import Permission

LANGUAGES = [("", gettext_lazy("Mitt språk")), *settings.LANGUAGES]


class ChoiceForm(forms.Form):
    """What a subscription has of what it covers, how it is told, and what its owner calls it."""

    name = forms.CharField(
        label=gettext_lazy("Hva du vil kalle det"),
        help_text=gettext_lazy("Så du kjenner det igjen senere, for eksempel «min telefon»."),
        max_length=80,
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Hva slags"),
        widget=forms.CheckboxSelectMultiple,
        initial=every_kind,
        error_messages={"required": gettext_lazy("Velg minst én ting som skal være med.")},
    )
    has_done = forms.BooleanField(label=gettext_lazy("Vis også det som er gjort"), initial=True, required=False)
    as_todo = forms.BooleanField(
        label=gettext_lazy("Vis oppgaver som gjøremål"),
        help_text=gettext_lazy("For programmer med en egen liste over gjøremål. Outlook og Google viser dem ikke."),
        required=False,
    )
    ringing = forms.ChoiceField(label=gettext_lazy("Varsel"), choices=Ringing.choices, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Språk"), choices=LANGUAGES, required=False)
    follows: forms.ModelMultipleChoiceField[Wheel] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Følg også frister og hendelser i"),
        queryset=Wheel.objects.none(),
        to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind, KINDS[kind][1]) for kind in every_kind()]  # type: ignore[attr-defined]
        self.fields["follows"].queryset = Wheel.objects.visible_to(user)  # type: ignore[attr-defined]


class SubscribeForm(ChoiceForm):
    """A new subscription."""

    covers = forms.ChoiceField(label=gettext_lazy("Hva skal med"), required=False)

    def __init__(self, data: Any = None, *, user: User, today: date) -> None:
        super().__init__(data, user=user)
        self.fields["follows"].help_text = _("Bare når du abonnerer på ditt eget.")
        units = Unit.objects.without_tree_fields().participating().open_on(today)  # type: ignore[attr-defined]
        self.units = {f"enhet:{u.slug}": u for u in units.reached_by(user, Permission.READ_DRAFTS, today=today)}
        self.wheels = {f"hjul:{wheel.slug}": wheel for wheel in Wheel.objects.visible_to(user)}
        self.fields["covers"].choices = [  # type: ignore[attr-defined]
            ("", _("Mitt: oppgavene til enhetene mine, og fristene og hendelsene deres")),
            *([(_("Enheter"), [(key, str(unit)) for key, unit in self.units.items()])] if self.units else []),
            *([(_("Årshjul"), [(key, str(wheel)) for key, wheel in self.wheels.items()])] if self.wheels else []),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        covers = cleaned.pop("covers", "")
        return {**cleaned, "unit": self.units.get(covers), "wheel": self.wheels.get(covers)}

    @property
    def is_chosen(self) -> bool:
        """Whether something stands among the further choices that should be seen at once."""
        names = ("kinds", "has_done", "as_todo", "ringing", "language", "follows")
        return self.is_bound and any(name in self.errors for name in names)


class ChangeForm(ChoiceForm):
    """Other choices for a subscription that there is; what it covers and its address stay."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, feed: CalendarFeed, user: User) -> None:
        names = ("name", "kinds", "has_done", "as_todo", "ringing", "language", "lock_version")
        start: dict[str, Any] = {name: getattr(feed, name) for name in names}
        if feed.kind == FeedKind.PERSONAL:
            start["follows"] = feed.follows.all()
        super().__init__(data, initial=start, user=user, auto_id=f"feed-{feed.pk}-%s")
        if feed.kind != FeedKind.PERSONAL:
            del self.fields["follows"]


def choice_words(feed: CalendarFeed) -> Iterator[str]:
    """What has been chosen otherwise than the form proposes."""
    if set(feed.kinds) != set(every_kind()):
        yield _("bare %(kinds)s") % {"kinds": ", ".join(str(KINDS[kind][1]).lower() for kind in feed.kinds)}
    if not feed.has_done:
        yield _("uten det som er gjort")
    if feed.as_todo:
        yield _("oppgaver som gjøremål")
    if feed.ringing:
        yield _("varsel %(when)s") % {"when": feed.get_ringing_display()}
    if feed.language:
        yield str(dict(LANGUAGES)[feed.language]).lower()
