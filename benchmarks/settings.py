"""The application's own settings as they are in production, on a database of their own made for one run.

Nothing of the environment or of .env is taken: a run must never touch data that somebody keeps. BENCH_FOLDER and
BENCH_DATABASE_URL are what a run says to the processes that it starts.
"""

import os
import tempfile

BENCH_FOLDER = os.environ.get("BENCH_FOLDER") or tempfile.mkdtemp(prefix="rodtraad-bench-")
own = {
    "BENCH_FOLDER": BENCH_FOLDER,
    "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", ""),
    "DATA_DIR": BENCH_FOLDER,
    "BASE_URL": "http://127.0.0.1:8000",
    "DEMO": "true",
    "LOG_LEVEL": "ERROR",
    "FEED_LIMIT": "0",  # asked for thousands of times
    "PUBLIC_FEED_LIMIT": "0",
}
os.environ.update(dict.fromkeys(("REDIS_URL", "EMAIL_URL", "DEBUG", "TRUSTED_PROXIES"), "") | own)

from config.settings import *  # noqa: E402, F403  # the environment must be set before it is read

ROOT_URLCONF = "benchmarks.urls"
