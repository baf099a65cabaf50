"""The accessibility marks that WeasyPrint leaves out of a tagged PDF.

Which way a header cell points, links that say they print, an order for the tabulator, and running heads and page
numbers as decoration, so that no screen reader reads them into the middle of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

PRINT: Final = 4  # the flag of an annotation that is shown on paper too


def mark(content: bytes) -> bytes:
    """Return the PDF with its marks complete."""
    import pikepdf

    with pikepdf.open(BytesIO(content)) as pdf:
        read: set[tuple[Any, int]] = set()
        for element, is_head in _elements(pdf.Root.StructTreeRoot):
            if element.get("/S") == "/TH":
                _give_scope(element, "/Column" if is_head else "/Row")
            read.update(_marked(element))
        for page in pdf.pages:
            _let_links_print(page)
            _set_aside(pdf, page, {number for where, number in read if where == page.obj.objgen})
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _kids(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(root: Any) -> Iterator[tuple[Any, bool]]:
    """Every structure element, and whether it stands in the head of a table."""
    import pikepdf

    waiting = [(root, False)]
    while waiting:
        element, is_head = waiting.pop()
        yield element, is_head
        for kid in _kids(element):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append((kid, is_head or kid.S == "/THead"))


def _give_scope(header: Any, scope: str) -> None:
    import pikepdf

    attributes = header.get("/A")
    if not isinstance(attributes, pikepdf.Dictionary):
        attributes = pikepdf.Dictionary(O=pikepdf.Name.Table)
    attributes.Scope = pikepdf.Name(scope)
    header.A = attributes


def _marked(element: Any) -> Iterator[tuple[Any, int]]:
    """The pieces of page content that belong to an element, as page and number."""
    import pikepdf

    for kid in _kids(element):
        if isinstance(kid, int) and "/Pg" in element:
            yield element.Pg.objgen, kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield (kid.get("/Pg") or element.Pg).objgen, int(kid.MCID)


def _let_links_print(page: Any) -> None:
    import pikepdf

    page.obj.Tabs = pikepdf.Name.S
    for annotation in page.obj.get("/Annots", []):
        annotation.F = PRINT


def _set_aside(pdf: Any, page: Any, read: set[int]) -> None:
    """Turn content that no element reads (the page's margins) into artifacts."""
    import pikepdf

    artifact = [pikepdf.Name.Artifact, pikepdf.Dictionary(Type=pikepdf.Name.Pagination)]
    instructions: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
            number = operands[1].get("/MCID")
            if number is not None and int(number) not in read:
                instruction = pikepdf.ContentStreamInstruction(artifact, pikepdf.Operator("BDC"))
        instructions.append(instruction)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
