"""Orders of PDFs for tests, with what the test names set."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from organisation.models import User
from reports.models import Rendering
from strategy.models import Document

NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))


def order(document: Document, by: User, **fields: Any) -> Rendering:
    defaults = {"requested_at": NOW, "queued_at": NOW, "language": "nb", "step_count": 4, "filename": "planen.pdf"}
    if fields.get("state") == "done":
        defaults |= {"content": b"%PDF-1.7", "finished_at": NOW}
    return Rendering.objects.create(document=document, requested_by=by, **{**defaults, **fields})
