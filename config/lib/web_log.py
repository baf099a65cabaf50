"""The web server's own logs. Apart from config.lib.logs, so that nothing else has to load the server."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from config.lib.logs import DiscreetFormatter


class DiscreetLogger(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn's own logs, of requests and of faults, through the same formatter."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            old = handler.formatter
            handler.setFormatter(DiscreetFormatter(old._fmt if old else None, old.datefmt if old else None))
