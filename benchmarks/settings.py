"""The application's own settings, on a database of its own and with the floors beside the real addresses."""

import os
import tempfile
from pathlib import Path

folder = Path(os.environ.setdefault("BENCH_DIR", tempfile.mkdtemp(prefix="rodtraad-bench-")))
os.environ["DATA_DIR"] = str(folder)

from config.settings import *  # noqa: E402, F403  # the environment must be set before it is read

ROOT_URLCONF = "benchmarks.urls"
LOG_LEVEL = "ERROR"
