"""A task for tests that run a real worker: it leaves a file."""

from pathlib import Path

from celery import shared_task


@shared_task
def leave_file(path: str) -> None:
    Path(path).write_text("done", encoding="utf-8")
