"""Settings, addresses and processes. Loads Celery's app, so that `shared_task` finds it in the web process too."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
