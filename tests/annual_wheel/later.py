"""A worker whose clock is put forward: `python -m tests.annual_wheel.later <seconds> <people in a part>`."""

import sys
from datetime import timedelta

import django
from django.utils import timezone


def main() -> None:
    seconds, part = (int(argument) for argument in sys.argv[1:3])
    real = timezone.now
    timezone.now = lambda: real() + timedelta(seconds=seconds)  # before anything else has got hold of it
    from celery.__main__ import main as celery

    import config.celery  # noqa: F401

    django.setup()
    from annual_wheel import handing_out

    handing_out.PART = part  # type: ignore[misc]
    sys.argv = ["celery", "--app", "config", "--quiet", "worker", "--pool", "threads", "--concurrency", "2"]
    sys.argv += ["--hostname", f"later{seconds}-{part}@%h", "--loglevel", "WARNING", "--without-mingle"]
    celery()


if __name__ == "__main__":
    main()
