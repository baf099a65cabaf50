"""The bytes: tagged, marked, in our typeface, with nothing fetched from anywhere else."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.management import CommandError, call_command

from config.lib import pdf
from config.lib.pdf_marks import mark
from tests import factories as make
from tests.cast import Cast

PAGE = """<!doctype html><html lang="nb"><head><title>En side</title><link rel="stylesheet" href="css/pdf.css"></head>
<body><section class="contents" data-title="En side" data-of="av" data-state=""><h1>Først</h1></section>
<p><a href="https://example.org/">Lenke</a></p>
<table><thead><tr><th scope="col">Når</th><th scope="col">Hva</th></tr></thead>
<tbody><tr><th scope="row">Mai</th><td>Møte</td></tr></tbody></table></body></html>"""


def made(html: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(mark(pdf.write(pdf.lay_out(html)))))


def elements(node: Any, tag: str) -> list[Any]:
    found = [node] if node.get("/S") == tag else []
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += elements(kid, tag)
    return found


def test_what_screen_readers_need_is_marked() -> None:
    document = made(PAGE)
    headers = elements(document.Root.StructTreeRoot, "/TH")
    assert [str(header.A.Scope) for header in headers] == ["/Column", "/Column", "/Row"]
    assert str(document.Root.Lang) == "nb"
    assert document.Root.MarkInfo.Marked
    links = [link for page in document.pages for link in page.obj.get("/Annots", [])]
    assert [(str(link.A.URI), int(link.F)) for link in links] == [("https://example.org/", 4)]
    assert {str(page.obj.Tabs) for page in document.pages} == {"/S"}


def test_running_heads_are_decoration_and_the_text_is_not() -> None:
    tags = [
        str(instruction.operands[0])
        for page in made(PAGE).pages
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) == "BDC"
    ]
    assert "/Artifact" in tags
    assert "/Span" in tags


def test_our_typeface_is_in_it() -> None:
    fonts = {str(font.BaseFont) for page in made(PAGE).pages for font in page.Resources.Font.values()}
    assert {name.split("+")[1].split("-")[0] for name in fonts} == {"Inter"}


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/picture.png",
        "file:///etc/passwd",
        f"{pdf.BASE_URL}../config/settings.py",
        f"{pdf.BASE_URL}js/app.js",
        f"{pdf.BASE_URL}css/missing.css",
    ],
)
def test_nothing_is_fetched_but_our_own_files(address: str) -> None:
    with pytest.raises(pdf.PdfFailed):
        pdf.lay_out(f'<html lang="nb"><head><title>x</title></head><body><img alt="" src="{address}"></body></html>')


def test_each_page_is_told_as_it_is_begun() -> None:
    told: list[int] = []
    pdf.lay_out('<p>En</p><p style="break-before: page">To</p>', on_page=told.append)
    assert told == [1, 2]


def test_whoever_listens_can_stop_the_work() -> None:
    def stop(page: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        pdf.lay_out("<p>En</p>", on_page=stop)


def test_a_plan_on_paper_from_cover_to_wheel(cast: Cast, today: date, tmp_path: Path) -> None:
    plan = make.document("planen", cast.hf, title="Handlingsplan for rekruttering")
    area = make.area(plan, title="Målgrupper")
    goal = make.goal(plan, area=area, text="Flere søkere fra fylkene rundt")
    measure = make.measure(plan, goal, text="Besøke skolene")
    measure.responsibilities.create(unit=cast.hf, wording="Fakultetet v/rådgiver")
    entry = make.entry(make.wheel("hjulet", cast.hf, title="Årshjulet", document=plan), cast.ihk, text="Skolebesøk")
    entry.wheel.years.create(year=2026, opened_at="2026-01-01T12:00Z", opened_by=cast.adviser)
    make.edition(entry)
    file = tmp_path / "planen.pdf"
    call_command("render_plan", "planen", output=file, verbosity=0)
    with pikepdf.open(file) as document:
        figures = elements(document.Root.StructTreeRoot, "/Figure")
        assert [str(figure.Alt) for figure in figures] == ["Årshjulet 2026 som bilde: 1 punkt"]
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    assert len(pages) == 5
    cover, contents, goals, picture, table = pages
    assert "Det humanistiske fakultet" in cover
    assert "Status\r\nGjelder" in cover
    assert "Hentet ut 15. mars 2026" in cover
    lines = re.findall(r"^(\S.*?) ?\.{5,}\s*(\d+)", contents, re.MULTILINE)
    assert lines == [("Mål og tiltak", "3"), ("Målgrupper", "3"), ("Årshjulet 2026", "4")]
    assert all(
        words in goals for words in ("Flere søkere fra fylkene rundt", "Besøke skolene", "Fakultetet v/rådgiver")
    )
    assert "3 av 5" in goals
    assert "2026" in picture
    assert "15. april" in table
    assert "Skolebesøk" in table


def test_the_command_refuses_a_document_that_is_not_there(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No document is called planen"):
        call_command("render_plan", "planen", output=tmp_path / "x.pdf")


def test_a_machine_without_the_libraries_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.is_available.cache_clear()
    monkeypatch.setattr(pdf, "PANGO", ("libno-such-library.so.0",))
    assert not pdf.is_available()
    pdf.is_available.cache_clear()
