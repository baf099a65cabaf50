"""A document set on paper, step by step, so that whoever waits can be told truly how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.lib import pdf
from config.lib.pdf_marks import mark
from reports.models import Rendering
from reports.plan_document import plan_document
from reports.wheel_poster import poster_of
from strategy.models import Document, Version

STEPS: Final[tuple[Promise, ...]] = (
    _("Samler teksten."),
    _("Setter sidene."),
    _("Skriver dokumentet."),
    _("Merker det for skjermlesere."),
)


def plan_html(document: Document, *, reader: Any, today: date, version: Version | None = None) -> str:
    plan = plan_document(document, reader=reader, today=today, version=version)
    context = {"plan": plan, "picture_style": _picture_style()}
    return render_to_string("reports/pdf/plan.html", context)


def poster_html(order: Rendering, *, reader: Any, today: date) -> str:
    return render_to_string(
        "reports/pdf/poster.html",
        {"poster": poster_of(order, reader=reader, today=today), "picture_style": _picture_style()},
    )


def _picture_style() -> SafeString:
    """A drawing in a PDF hears no style sheet but the one inside it."""
    style = pdf.static_file(f"{pdf.BASE_URL}css/pdf-wheel.css").read_text(encoding="utf-8")
    return format_html("<style>{}</style>", mark_safe(style))


def _page_words(page: int) -> str:
    return gettext("Setter side %(page)d.") % {"page": page}


def plan_pdf(
    document: Document, *, reader: Any, today: date, language: str, on_step: Callable[[int, str], None]
) -> bytes:
    """Return a document as PDF. `on_step` hears the number of each step, counted from 0, before it begins."""
    return _set(lambda: plan_html(document, reader=reader, today=today), language=language, on_step=on_step)


def version_pdf(
    version: Version, *, reader: Any, today: date, language: str, on_step: Callable[[int, str], None]
) -> bytes:
    """Return one version of a document as PDF, from its frozen words."""
    gather = lambda: plan_html(version.document, reader=reader, today=today, version=version)  # noqa: E731
    return _set(gather, language=language, on_step=on_step)


def poster_pdf(
    order: Rendering, *, reader: Any, today: date, language: str, on_step: Callable[[int, str], None]
) -> bytes:
    """Return the poster that is ordered, told of in the same steps."""
    return _set(lambda: poster_html(order, reader=reader, today=today), language=language, on_step=on_step)


def _set(gather: Callable[[], str], *, language: str, on_step: Callable[[int, str], None]) -> bytes:
    def begin(step: int) -> None:
        on_step(step, str(STEPS[step]))

    with translation.override(language):
        begin(0)
        html = gather()
        begin(1)
        pages = pdf.lay_out(html, on_page=lambda page: on_step(1, _page_words(page)))
        begin(2)
        content = pdf.write(pages)
        begin(3)
        return mark(content)
