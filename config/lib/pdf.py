"""HTML → the bytes of a PDF that screen readers can follow.

WeasyPrint needs libraries of the system, and takes a second to load. It is imported where it is used, so that the
application starts without it, and so that only the worker pays for it.
"""

from __future__ import annotations

import ctypes
import logging
import re
import threading
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders

if TYPE_CHECKING:
    from weasyprint import Document

BASE_URL: Final = "https://static.invalid/"  # stands for our folder of static files; nothing is ever asked of a network
LIBRARIES: Final = ("libpangoft2-1.0-0", "libharfbuzz-subset0")  # the packages of Debian and Ubuntu
PANGO: Final = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "libpangoft2-1.0-0")
CONTENT_TYPES: Final = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}

PAGE: Final = re.compile(r"Creating layout - Page (\d+)")

progress = logging.getLogger("weasyprint.progress")
progress.propagate = False  # it tells of every step of every document
for noisy in ("fontTools", "pikepdf"):
    logging.getLogger(noisy).setLevel(logging.WARNING)


class PdfUnavailable(Exception):
    """The libraries that WeasyPrint needs are not on this machine."""


class PdfFailed(Exception):
    """The document could not be set: it asks for something that is not there."""


@cache
def is_available() -> bool:
    """Whether this machine can make PDFs; asks the linker, not WeasyPrint, so it costs next to nothing."""
    return find_spec("weasyprint") is not None and any(_loads(name) for name in PANGO)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def lay_out(html: str, *, on_page: Callable[[int], None] | None = None) -> Document:
    """Break the text into pages; `on_page` hears the number of each page as it is begun.

    PdfUnavailable without WeasyPrint's libraries, PdfFailed where a file is missing.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import FatalURLFetchingError
    except (ImportError, OSError) as error:
        raise PdfUnavailable(str(error)) from error
    try:
        with _Pages(on_page or (lambda number: None)):
            return HTML(string=html, base_url=BASE_URL, url_fetcher=_fetcher()).render()
    except FatalURLFetchingError as error:
        raise PdfFailed(f"{error}: {error.__cause__}") from error


class _Pages(logging.Handler):
    """Hears from WeasyPrint's log which page it has come to. Another document in another thread is not listened to."""

    def __init__(self, on_page: Callable[[int], None]) -> None:
        super().__init__()
        self.on_page = on_page
        self.thread = threading.get_ident()

    def __enter__(self) -> None:
        progress.setLevel(logging.INFO)
        progress.addHandler(self)

    def __exit__(self, *exception: object) -> None:
        progress.removeHandler(self)

    def handle(self, record: logging.LogRecord) -> bool:
        """Speak at once and let errors through, unlike `emit`: whoever listens may want to stop the work."""
        found = PAGE.search(record.getMessage())
        if found and record.thread == self.thread:
            self.on_page(int(found[1]))
        return True


def _fetcher() -> Any:
    """Give WeasyPrint our own static files and data that stands in the document, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFilesOnly(URLFetcher):
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            file = static_file(url)
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": CONTENT_TYPES[file.suffix]})

    return OurFilesOnly()


def static_file(url: str) -> Path:
    """Return the static file that an address below BASE_URL means; ValueError for every other address."""
    if not url.startswith(BASE_URL):
        raise ValueError("only our own static files can stand in a PDF")
    path = unquote(urlsplit(url).path).lstrip("/")
    found = finders.find(path)
    if not isinstance(found, str) or Path(path).suffix not in CONTENT_TYPES:
        raise ValueError(f"no static file {path}")
    return Path(found)


def write(document: Document) -> bytes:
    """Return the tagged PDF (PDF/UA-1) of pages that are laid out."""
    return document.write_pdf(pdf_variant="pdf/ua-1")
