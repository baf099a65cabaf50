"""What axe finds on a page. Only the violations leave the browser: all that it looked at takes longer to hand over."""

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN: Final = """options => axe.run({...options, resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(
    ({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 160)}`)))"""


def violations_of(page: Page, options: dict[str, Any] | None = None) -> list[str]:
    """Each violation as its rule and its element; all rules that axe has by default where the options name none."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN, options or {})
    return found
