"""The plan as PDF: what the worker does, against WeasyPrint alone."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from config.lib import pdf
from organisation.models import User
from reports.paper import plan_html, plan_pdf
from strategy.models import Document

PLAN = "hf-rekruttering"


@dataclass
class PdfRow:
    """A way to make the document: seconds of CPU in each round, and bytes."""

    name: str
    make: Callable[[], bytes]
    rounds: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def seconds(self) -> float:
        return statistics.median(self.rounds)


def measure(*, round_count: int) -> list[PdfRow]:
    """Both ways in turn, after one document that nobody counts, which loads WeasyPrint and finds the fonts.

    WeasyPrint alone gets the same HTML, style sheets and fonts ready-made, and writes a PDF without tags. What the
    worker does beyond that is to gather the text, set the template, tag the PDF and mark it for screen readers.
    """
    plan, today = Document.objects.get(slug=PLAN), timezone.localdate()
    reader = User(is_superuser=True)
    html = plan_html(plan, reader=reader, today=today)
    rows = [
        PdfRow("WeasyPrint alone, same HTML and styles, no tags", lambda: bytes(pdf.lay_out(html).write_pdf() or b"")),
        PdfRow(
            "plan PDF as the worker makes it",
            lambda: plan_pdf(plan, reader=reader, today=today, language="nb", on_step=lambda step, words: None),
        ),
    ]
    for row in rows:
        row.size = len(row.make())
    for _ in range(round_count):
        for row in rows:
            begin = time.process_time()
            row.make()
            row.rounds.append(time.process_time() - begin)
    return rows
