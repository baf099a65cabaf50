"""Days, periods and lists in words, in the language that is spoken right now."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annual_wheel.when.words import dated_span


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "nb"


def day_in_words(day: date) -> str:
    """Write a day as "15. april 2027"."""
    return dated_span(day, day, language())


def period_in_words(first: date | None, last: date | None) -> str:
    """Whole years as "2014–2020", other spans by their days; empty where nothing is known."""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        words = _("fra %(day)s") if first else _("til %(day)s")
        return words % {"day": day_in_words(first or last)}  # type: ignore[arg-type]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return dated_span(first, last, language())


def span_from_iso(period: dict[str, str | None] | None) -> str:
    """The words of a period as an outline keeps it: as written where it was written, else its days."""
    if not period:
        return ""
    first, last = (date.fromisoformat(day) if day else None for day in (period["from"], period["to"]))
    return period.get("as_written") or period_in_words(first, last)


def joined(words: Sequence[str]) -> str:
    """Join as people do: "1, 2 og 3"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def number_in_words(value: float) -> str:
    """A plain number with a narrow space between thousands: 1 000 000 000."""
    text = f"{value:,}".replace(",", "\u202f")
    return text if language() == "en" else text.replace(".", ",")


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a running text; an empty line parts them."""
    return tuple(part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip())
