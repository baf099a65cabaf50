"""The application's own settings as they are in production, on a database of their own made for one run.

Nothing of the environment or of .env is taken: a run must never touch data that somebody keeps.
"""

import os
import tempfile

BENCH_FOLDER = tempfile.mkdtemp(prefix="rodtraad-bench-")
own = {
    "DATA_DIR": BENCH_FOLDER,
    "BASE_URL": "http://127.0.0.1:8000",
    "DEMO": "true",
    "LOG_LEVEL": "ERROR",
    "FEED_LIMIT": "0",  # asked for thousands of times
    "PUBLIC_FEED_LIMIT": "0",
}
os.environ.update(dict.fromkeys(("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEBUG", "TRUSTED_PROXIES"), "") | own)

from config.settings import *  # noqa: E402, F403  # the environment must be set before it is read

ROOT_URLCONF = "benchmarks.urls"
