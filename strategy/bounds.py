"""Which days can be meant: a slip of the finger in a year is caught where it is made."""

from __future__ import annotations

from datetime import date
from typing import Final

from django import forms
from django.utils.translation import gettext as _

from config.lib.days import day_words
from strategy.models import Decision, Document

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199


def check_years(form: forms.BaseForm, *names: str) -> None:
    """An error at each day of the form in a year that nobody can mean."""
    for name in names:
        day = form.cleaned_data.get(name)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            form.add_error(name, _year_words(day))


def _year_words(day: date) -> str:
    words = {"year": f"{day.year:04}", "first": FIRST_YEAR, "last": LAST_YEAR}
    return _("Året er %(year)s. Skriv et år fra %(first)s til %(last)s.") % words


def check_decided_on(day: date, *, today: date, after: date | None, before: date | None = None) -> date:
    """The day of an adoption: it has come, and stands between the adoptions `after` and `before` which it was made."""
    if day > today:
        raise forms.ValidationError(_("Datoen er ikke kommet ennå. Skriv dagen vedtaket ble gjort."))
    if day.year < FIRST_YEAR:
        raise forms.ValidationError(_year_words(day))
    if after and day < after:
        said = _(
            "Datoen er før forrige vedtak av dokumentet, som er fra %(day)s. Skriv dagen dette vedtaket ble gjort."
        )
        raise forms.ValidationError(said % {"day": day_words(after)})
    if before and day > before:
        said = _(
            "Datoen er etter neste vedtak av dokumentet, som er fra %(day)s. Skriv dagen dette vedtaket ble gjort."
        )
        raise forms.ValidationError(said % {"day": day_words(before)})
    return day


def adoptions_around(document: Document, decision: Decision | None = None) -> tuple[date | None, date | None]:
    """The days of the adoptions before and after that one, of those that made versions; the newest before a new one."""
    rows = document.versions.filter(decision__decided_on__isnull=False).order_by("number")
    days = list(rows.values_list("decision", "decision__decided_on"))
    if decision is None:
        return (days[-1][1] if days else None), None
    at = next((place for place, (pk, _day) in enumerate(days) if pk == decision.pk), len(days))
    return (days[at - 1][1] if at else None), (days[at + 1][1] if at + 1 < len(days) else None)
