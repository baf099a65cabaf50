"""What the worker does. Ids in, and each task is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from reports import keeping, services


@shared_task(name="reports.render")
def render(pk: int) -> None:
    services.render(pk, now=timezone.now())


@shared_task(name="reports.sweep")
def sweep() -> None:
    """Once a minute: order what versions lack, send again what got lost, and delete what is old."""
    keeping.catch_up(now=timezone.now())
    services.requeue_stale(now=timezone.now())
    services.delete_old(now=timezone.now())
