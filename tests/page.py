"""What a page says, taken out of its HTML for tests that compare exact texts."""

import re
from html import unescape
from html.parser import HTMLParser

from django.http.response import HttpResponseBase


def text_of(html: str) -> str:
    """The words without tags, every run of white space as one space."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


class _Finder(HTMLParser):
    def __init__(self, tag: str, marks: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.tag, self.marks = tag, marks
        self.depth = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth:
            self.depth += tag == self.tag
        elif tag == self.tag and self._is_marked(dict(attrs)):
            self.depth = 1
            self.found.append("")

    def _is_marked(self, attributes: dict[str, str | None]) -> bool:
        return all(value in (attributes.get(name) or "").split() for name, value in self.marks.items())

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag == self.tag:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found[-1] += f" {data}"


def texts(response: HttpResponseBase, tag: str, **marks: str) -> list[str]:
    """The words of each outermost element with this tag and these attributes (`class_` for class)."""
    finder = _Finder(tag, {name.rstrip("_").replace("_", "-"): value for name, value in marks.items()})
    finder.feed(response.content.decode())  # type: ignore[attr-defined]
    return [re.sub(r"\s+", " ", found).strip() for found in finder.found]
