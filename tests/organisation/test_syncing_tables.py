"""Files as rows of cells: encodings, separators, Excel, and files that mean harm."""

from __future__ import annotations

import csv
import zipfile
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.syncing import table as tables
from organisation.syncing.cells import csv_bytes, day_of, harmless, is_yes, plain, tidy
from organisation.syncing.columns import read_sheet
from organisation.syncing.table import MOST_BYTES, UnreadableFile, read_file, read_text

ROWS = [(1, ["E-post", "Navn"]), (2, ["åse@hf.example", "Åse Ås, dr."])]
TEXT = 'E-post;Navn\r\nåse@hf.example;"Åse Ås, dr."\r\n'


def workbook(*rows: list[object], extra: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if extra:
        book.create_sheet(extra)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_encoding_and_separator_reads_the_same(encoding: str, separator: str) -> None:
    out = StringIO()
    csv.writer(out, delimiter=separator).writerows(cells for _number, cells in ROWS)
    assert read_file(out.getvalue().encode(encoding)).rows == ROWS


def test_numbers_are_those_of_the_file() -> None:
    assert read_text('sep=;\n\nE-post;Navn\n\n"a\nb";c\n').rows == [(3, ["E-post", "Navn"]), (5, ["a\nb", "c"])]


def test_a_workbook_gives_the_words_of_its_first_sheet() -> None:
    data = workbook(
        ["E-post", "Fra", "Tall"], [None], ["a@b.no", date(2026, 3, 15), 7.0], [True, datetime(2026, 1, 2), 1.5]
    )
    assert read_file(data).rows == [
        (1, ["E-post", "Fra", "Tall"]),
        (3, ["a@b.no", "2026-03-15", "7"]),
        (4, ["ja", "2026-01-02", "1.5"]),
    ]
    assert read_file(workbook(["E-post"], extra="Mer")).notes == ("Bare det første arket er lest. Ikke lest: Mer.",)


def test_a_formula_is_not_worked_out() -> None:
    assert read_file(workbook(["E-post"], ["x", "=1+1"])).rows[1] == (2, ["x", ""])


def bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", "")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (tables.MOST_UNPACKED + 1))
    return out.getvalue()


def with_doctype() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(["E-post"]))) as source, zipfile.ZipFile(out, "w") as archive:
        for part in source.infolist():
            text = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + text
            archive.writestr(part.filename, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a" * (MOST_BYTES + 1), "for stor"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...", "eldre Excel-fil"),
        (b"PK\x03\x04 not a workbook", "skadet"),
        (workbook(["E-post"])[:-200], "skadet"),
        (bomb(), "pakkes ut"),
        (with_doctype(), "lar seg ikke lese"),
        (b"E-post;Navn\n\x00\x01\x02", "ikke en tekstfil"),
        (b"E-post\n\x81\x8d", "Tegnene"),
        (b"E-post\n" + b"a@b.no\n" * 5001, "for mange rader"),
        (";".join(["x"] * 61).encode(), "for mange kolonner"),
        (b'E-post\n"' + b"a" * 200_000, "for lang"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_is_wrong(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_file(data)


def test_a_file_of_another_kind_in_a_zip_is_no_workbook() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableFile, match="ikke en Excel-fil"):
        read_file(out.getvalue())


def test_5000_rows_are_read() -> None:
    assert len(read_file(b"E-post\n" + b"a@b.no\n" * 5000).rows) == 5001


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fall_over(data: bytes) -> None:
    try:
        found = read_file(data)
    except UnreadableFile:
        return
    assert all(any(cell.strip() for cell in cells) for _number, cells in found.rows)


LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
CELL = LETTERS | st.builds("".join, st.tuples(st.sampled_from(["", "'", "''"]), st.sampled_from("=+-@"), LETTERS))


@given(st.lists(st.lists(CELL.map(tidy), min_size=2, max_size=2), max_size=8))
def test_what_is_written_is_harmless_and_read_back_the_same(rows: list[list[str]]) -> None:
    data = csv_bytes(["E-post", "Navn"], rows)
    cells = [cell for _number, row in read_file(data).rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    sheet = read_sheet("people", read_file(data))
    expected = [row for row in rows if any(map(str.strip, row))]
    assert [[record.said("email"), record.said("name")] for record in sheet.records] == expected


@given(st.text(max_size=10))
def test_the_apostrophe_goes_on_and_off(text: str) -> None:
    assert plain(harmless(text)) == text


def test_norwegian_excel_opens_it() -> None:
    assert csv_bytes(["Navn", "Enhet"], [["=1+1", "ÆØÅ"]]) == "\ufeffNavn;Enhet\r\n'=1+1;ÆØÅ\r\n".encode()


@pytest.mark.parametrize("words", ["2026-03-05", "05.03.2026", "5.3.2026", "5/3/2026", "5. 3. 2026"])
def test_days_as_people_and_programs_write_them(words: str) -> None:
    assert day_of(words) == date(2026, 3, 5)


@pytest.mark.parametrize("words", ["31.02.2026", "i morgen", "2026-13-01", "5.3.26"])
def test_what_is_no_day_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        day_of(words)


def test_yes_and_no_in_both_languages() -> None:
    assert [is_yes(words) for words in ("Ja", "yes", "x", "NEI", "no", "0")] == [True, True, True, False, False, False]
    with pytest.raises(ValueError, match="kanskje"):
        is_yes("kanskje")


@pytest.mark.parametrize(
    "heading",
    ["E-post;Navn;Rolle;Enhet", "role;UNIT;name;email", "Epost*;  navn ;rolle:;enhet", "E-mail;Name;Role;Unit"],
)
def test_headings_in_both_languages_and_any_order(heading: str) -> None:
    cells = {"e": "a@b.no", "n": "A", "r": "leser", "u": "hf"}
    row = ";".join(
        cells["u" if word.strip().lower() in ("unit", "enhet") else word.strip().lower()[0]]
        for word in heading.split(";")
    )
    (record,) = read_sheet("people", read_text(f"{heading}\n{row}\n")).records
    assert dict(record.cells) == {"email": "a@b.no", "name": "A", "role": "leser", "unit": "hf"}


def test_unknown_columns_are_named_and_ignored() -> None:
    sheet = read_sheet("people", read_text("E-post;Skostørrelse;Bil\na@b.no;43;ja\n"))
    assert sheet.notes == ("Ukjente kolonner er ikke brukt: «Skostørrelse», «Bil».",)
    assert sheet.records[0].get("name") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Filen er tom"),
        ("Navn;Enhet\nA;hf\n", "mangler kolonnen «E-post»"),
        ("E-post;Epost\na@b.no;\n", "«Epost» står to ganger"),
    ],
)
def test_headings_that_do_not_do_are_told(text: str, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read_sheet("people", read_text(text))
