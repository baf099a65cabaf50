"""Days, periods, targets and responsibility in words, made once so that templates only print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.lib.days import day_words, is_english
from organisation.words import phrase_of
from strategy.models import Document
from strategy.outline import LineOutline, TargetOutline

SHORT: Final = 60  # letters


def shortened(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def period_words(from_on: date | str | None, to_on: date | str | None) -> str:
    """Whole years as "2014–2017", else the days; empty where neither end is known."""
    first, last = (date.fromisoformat(day) if isinstance(day, str) else day for day in (from_on, to_on))
    if first and last:
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
        return f"{day_words(first)} – {day_words(last)}"
    if first:
        return _("fra %(day)s") % {"day": day_words(first)}
    return _("til %(day)s") % {"day": day_words(last)} if last else ""


def period_of(document: Document) -> str:
    """When a document holds, as its readers know it."""
    return period_words(document.head.from_on, document.head.to_on)


def span_of(period: Mapping[str, str | None] | None) -> str:
    """A period of an outline: the words it was given in, else its days."""
    if period is None:
        return ""
    return period.get("as_written") or period_words(period["from"], period["to"])


def value_words(value: float | None, unit: str, comparator: str) -> str:
    """A value with its unit: "ca. 30 %", "mer enn 520 000 000 NOK"."""
    before = {
        "at_least": _("minst"),
        "at_most": _("høyst"),
        "approximately": _("ca."),
        "more_than": _("mer enn"),
    }.get(comparator, "")
    number = number_format(value, use_l10n=True, force_grouping=True) if value is not None else ""
    if unit == "%" and is_english():
        number, unit = f"{number}%", ""
    return " ".join(filter(None, (before, number, unit)))


def untied_title(outline: Mapping[str, Any]) -> str:
    """What measures without goal or area stand under: those of a plan under another have their goals there."""
    return untied_words(is_under_plan=outline.get("is_under_plan", bool(outline.get("inherits"))))


def untied_words(*, is_under_plan: bool) -> str:
    return _("Egne tiltak") if is_under_plan else _("Tiltak uten mål")


def target_details(target: TargetOutline) -> str:
    """What the target's own sentence leaves out: whom it holds for, until when, and what it is counted from."""
    period, baseline = span_of(target["period"]), target["baseline"]
    parts = [
        _("gjelder %(whom)s") % {"whom": target["holds_for"]} if target["holds_for"] else "",
        target["condition"],
        target["qualifier"],
        _("innen %(day)s") % {"day": day_words(date.fromisoformat(target["due_on"]))} if target["due_on"] else "",
        period,
        _baseline_words(baseline) if baseline else "",
    ]
    said = target["text"].casefold()
    return " · ".join(part for part in parts if part and part.casefold() not in said)


def _baseline_words(baseline: Mapping[str, Any]) -> str:
    value = value_words(baseline["value"], baseline["unit"], baseline["comparator"])
    period = span_of(baseline["period"])
    words = f"{value}, {period}" if period else value
    return _("utgangspunkt: %(value)s") % {"value": words}


def phrase(lines: Iterable[LineOutline]) -> str:
    """The whole responsibility phrase of an outline."""
    return phrase_of(line["wording"] or party_words(line) for line in lines)


def party_words(line: LineOutline) -> str:
    return f"{line['party']} v/{line['function']}" if line["function"] else line["party"]


def source_words(source: Mapping[str, Any] | None) -> str:
    """Where something came from: the file, and its first and last line."""
    if not source:
        return ""
    first, last = source["lines"]
    if first is None:
        return str(source["file"])
    where = f"{first}" if first == last else f"{first}–{last}"
    return _("%(file)s, linje %(lines)s") % {"file": source["file"], "lines": where}


def count_goals(count: int) -> str:
    return ngettext("%(count)d mål", "%(count)d mål", count) % {"count": count}


def count_routes(count: int) -> str:
    return ngettext("%(count)d veivalg", "%(count)d veivalg", count) % {"count": count}


def count_measures(count: int) -> str:
    return ngettext("%(count)d tiltak", "%(count)d tiltak", count) % {"count": count}
