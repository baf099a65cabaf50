"""Tell of the internal comments that are written already which of them were about a draft."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.utils.timezone import localdate


def tell_what_was_about_a_draft(apps: Any, schema_editor: Any) -> None:
    Comment = apps.get_model("organisation", "Comment")
    Document = apps.get_model("strategy", "Document")
    within = Comment.objects.filter(hearing=None, under=None).order_by().values_list("within", flat=True).distinct()
    for document in Document.objects.filter(slug__in=[*within]):
        tops = Comment.objects.filter(hearing=None, under=None, within=document.slug)
        drafts = [comment.pk for comment in tops if _was_about_draft(apps, document, comment)]
        for rows in (Comment.objects.filter(pk__in=drafts), Comment.objects.filter(under__in=drafts)):
            rows.update(is_about_draft=True)


def _was_about_draft(apps: Any, document: Any, comment: Any) -> bool:
    """Whether the document was a draft then, or what it is about stood in nothing that was adopted or heard."""
    log = apps.get_model("strategy", "HistoricalDocument").objects.filter(id=document.pk)
    then = log.filter(history_date__lte=comment.written_at).order_by("-history_date", "-history_id").first()
    state = then.state if then else document.state
    if state in ("draft", "hearing") or comment.about == "dokument":
        return bool(state == "draft")
    if _was_heard(apps, comment):
        return False
    frozen = apps.get_model("strategy", "Version").objects.filter(document=document, frozen_at__lte=comment.written_at)
    version = frozen.order_by("-number").first()
    return version is not None and comment.about_key not in _ids(version.content)


def _was_heard(apps: Any, comment: Any) -> bool:
    hearings = apps.get_model("organisation", "Hearing").objects.filter(within=comment.within)
    day = localdate(comment.written_at)
    return any(
        hearing.opened_on <= day and (hearing.closed_at is None or hearing.closed_at >= comment.written_at)
        for hearing in hearings
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
