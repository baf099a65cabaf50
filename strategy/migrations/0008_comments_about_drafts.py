"""Tell of the internal comments that are written already which of them were about a draft."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import migrations
from django.utils.timezone import localdate

AT_ONCE = 500  # rows named in one update: SQLite takes only so many


def tell_what_was_about_a_draft(apps: Any, schema_editor: Any) -> None:
    Comment = apps.get_model("organisation", "Comment")
    Document = apps.get_model("strategy", "Document")
    tops = Comment.objects.filter(hearing=None, under=None).order_by()
    for document in Document.objects.filter(slug__in=tops.values("within")):
        past = _Past(apps, document)
        rows = tops.filter(within=document.slug).values_list("pk", "written_at", "about", "about_key")
        drafts = [pk for pk, at, about, key in rows if past.had_as_draft(at, about, key)]
        for start in range(0, len(drafts), AT_ONCE):
            some = drafts[start : start + AT_ONCE]
            for found in (Comment.objects.filter(pk__in=some), Comment.objects.filter(under__in=some)):
                found.update(is_about_draft=True)


class _Past:
    """Where a document stood at each moment: its log, its hearings and its versions, each asked for once."""

    def __init__(self, apps: Any, document: Any) -> None:
        log = apps.get_model("strategy", "HistoricalDocument").objects.filter(id=document.pk)
        logged = list(log.order_by("history_date", "history_id").values_list("history_date", "state"))
        self.moments = [at for at, _state in logged]
        self.states = [state for _at, state in logged]
        self.state_now = document.state
        hearings = apps.get_model("organisation", "Hearing").objects.filter(within=document.slug)
        self.hearings = list(hearings.values_list("opened_on", "closed_at"))
        versions = apps.get_model("strategy", "Version").objects.filter(document=document).order_by("-number")
        self.versions = [(at, _ids(content)) for at, content in versions.values_list("frozen_at", "content")]

    def had_as_draft(self, at: datetime, about: str, key: str) -> bool:
        """Whether the document was a draft then, or what it is about stood in nothing that was adopted or heard."""
        state = self._state(at)
        if state in ("draft", "hearing") or about == "dokument":
            return state == "draft"
        if self._was_heard(at):
            return False
        adopted = next((ids for frozen_at, ids in self.versions if frozen_at <= at), None)
        return adopted is not None and key not in adopted

    def _state(self, at: datetime) -> str:
        count = bisect_right(self.moments, at)
        return self.states[count - 1] if count else self.state_now

    def _was_heard(self, at: datetime) -> bool:
        day = localdate(at)
        return any(
            opened_on <= day and (closed_at is None or closed_at >= at) for opened_on, closed_at in self.hearings
        )


def _ids(content: Any) -> set[str]:
    def walk(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            if part.get("id"):
                yield str(part["id"])
            part = list(part.values())
        if isinstance(part, list):
            for inner in part:
                yield from walk(inner)

    return set(walk(content))


class Migration(migrations.Migration):
    dependencies = [("strategy", "0007_holds_from"), ("organisation", "0006_comments_about_drafts")]

    operations = [migrations.RunPython(tell_what_was_about_a_draft, migrations.RunPython.noop, elidable=True)]
