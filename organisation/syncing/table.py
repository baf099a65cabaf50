"""A file or a paste as rows of cells. Pure, and wary: what comes in was made by any program, or by somebody unkind."""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any, Final

from django.utils.translation import gettext as _

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 60
MOST_UNPACKED: Final = 40 * 1024 * 1024
SEPARATORS: Final = ";\t,"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and any Excel file with a password
ZIP: Final = b"PK"


class UnreadableFile(Exception):
    """The file cannot be read; the message is for whoever uploaded it."""


@dataclass(frozen=True)
class Table:
    """Rows with the number they have in the file; empty ones are left out. `notes` say what was not read."""

    rows: list[tuple[int, list[str]]]
    notes: tuple[str, ...] = ()


def read_file(data: bytes) -> Table:
    """Read a .csv or .xlsx by what it holds, whatever it is called; UnreadableFile where it is neither."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile(_("Filen er for stor. Den kan være på høyst 2 MB."))
    if data.startswith(OLD_EXCEL):
        raise UnreadableFile(_("Dette er en eldre Excel-fil, eller en med passord. Lagre den som .xlsx uten passord."))
    if data.startswith(ZIP):
        return _workbook(data)
    return read_text(_decoded(data))


def read_text(text: str) -> Table:
    """Read rows parted by semicolon, comma or tab, whichever the first line has most of."""
    if "\0" in text:
        raise UnreadableFile(_("Dette er ikke en tekstfil. Last opp en .csv eller .xlsx."))
    first, rest = _first_line(text)
    skipped = 0
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:  # a line only Excel understands
        separator, text, skipped = first.strip()[4], rest, 1
    else:
        separator = _separator(text)
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise UnreadableFile(
            _("Filen lar seg ikke lese. En celle er for lang, eller et anførselstegn mangler.")
        ) from None
    return Table(_filled((number + skipped, cells) for number, cells in enumerate(lines, start=1)))


def _filled(lines: Iterable[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) > MOST_ROWS:  # the heading is one of them
            raise UnreadableFile(_("Filen har for mange rader. Den kan ha høyst 5000. Del den opp."))
        if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
            raise UnreadableFile(_("Filen har for mange kolonner. Ta bare med dem som trengs."))
        rows.append((number, cells[:MOST_COLUMNS]))
    return rows


def _first_line(text: str) -> tuple[str, str]:
    line, _break, rest = text.lstrip("\r\n").replace("\r\n", "\n").partition("\n")
    return line, rest


def _separator(text: str) -> str:
    """The sign that parts most cells of the first line that says something; signs inside quotes do not count."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(line.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _decoded(data: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _in(data, encoding)
    if data[1:2] == b"\0":
        return _in(data, "utf-16-le")
    if data[:1] == b"\0":
        return _in(data, "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _in(data, "cp1252")


def _in(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(_("Tegnene i filen lar seg ikke lese. Lagre den som CSV UTF-8 eller .xlsx.")) from None


def _workbook(data: bytes) -> Table:
    """Read the first sheet. Values only: formulas are not worked out, and macros are never run."""
    import openpyxl  # takes a tenth of a second, and most processes never read a workbook

    _refuse_unless_small(data)
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        lines = ([_cell(value) for value in cells] for cells in sheet.iter_rows(values_only=True))
        rows = _filled(enumerate(lines, start=1))
        names = [other.title for other in book.worksheets[1:]]
    except UnreadableFile:
        raise
    except Exception as error:  # whatever a broken or ill-made file makes the library meet
        raise UnreadableFile(_("Excel-filen lar seg ikke lese. Åpne den i Excel og lagre den på nytt.")) from error
    others = _("Bare det første arket er lest. Ikke lest: %(names)s.") % {"names": ", ".join(names)}
    return Table(rows, (others,) if names else ())


def _refuse_unless_small(data: bytes) -> None:
    """Ask the archive how much it unpacks to, before anything is. Python reads no more of a part than it says it is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
                raise UnreadableFile(_("Dette er ikke en Excel-fil. Last opp en .csv eller .xlsx."))
            if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 1_000:
                raise UnreadableFile(_("Excel-filen er for stor når den pakkes ut. Lagre bare arket som trengs."))
            for part in parts:
                # No Excel file declares a document type, and it is where XML can be made to swell.
                if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(4096).upper():
                    raise UnreadableFile(_("Excel-filen lar seg ikke lese. Åpne den i Excel og lagre den på nytt."))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise UnreadableFile(_("Excel-filen er skadet. Lagre den på nytt, og last den opp igjen.")) from None


def _cell(value: Any) -> str:
    """A cell's value as it would stand in a text file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
