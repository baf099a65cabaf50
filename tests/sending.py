"""Send a form as a browser without script does: every field as the page gave it, with what the test changes."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Fields(HTMLParser):
    """The fields of the form that stands at `address`, as they would be sent."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.values: dict[str, list[str]] = {}
        self.is_here = False
        self.select = self.area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_here = given.get("action") == self.address and given.get("method") == "post"
        if not self.is_here:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            is_choice = given.get("type") in ("checkbox", "radio")
            if not is_choice or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on" if is_choice else ""))
        elif tag == "textarea":
            self.area = name
            self.values[name] = [""]
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.values.setdefault(self.select, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] = [self.values[self.area][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.values[self.area] = [self.values[self.area][0].removeprefix("\r").removeprefix("\n")]
            self.area = ""
        if tag == "form":
            self.is_here = False


def fields_of(page: Any, address: str) -> dict[str, list[str]]:
    return Fields(page.content.decode(), address).values


def send(client: Client, address: str, *, of: Any = None, htmx: Any = False, **changed: Any) -> Any:
    """Open the page, or take the one in `of`, and send its form with what is changed."""
    page = of or client.get(address)
    assert page.status_code == 200
    path = address.partition("?")[0]  # where the form is sent: a form on another page is taken with `of`
    headers = {"hx-request": "true"} if htmx else {}
    return client.post(path, {**fields_of(page, path), **changed}, headers=headers)
