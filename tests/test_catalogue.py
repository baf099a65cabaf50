"""Every text that code and templates mark for translation has its English, found without gettext's tools."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

PARTS = ("config", "organisation", "strategy", "planning", "annual_wheel", "reports")
# What each function takes before its text: pgettext has a context first.
FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"), 0),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "npgettext"), 1),
}
MARKED = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(([^\n]*?)\) ")
STRING = re.compile(r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")

Text = tuple[str | None, str]  # context and source


def test_everything_that_is_marked_has_its_english() -> None:
    root = Path(settings.BASE_DIR)
    marked = {text for part in PARTS for file in (root / part).rglob("*.py") for text in in_python(file.read_text())}
    files = [file for file in (root / "templates").rglob("*") if file.suffix in (".html", ".txt")]
    marked |= {text for file in files for text in in_template(file.read_text())}
    catalogue = polib.pofile(str(root / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    kept = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    assert len(marked) > 1000
    assert marked - kept == set()
    assert kept - marked == set()


def in_python(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        written = [each.value for each in node.args if isinstance(each, ast.Constant)]
        if name in FUNCTIONS and len(written) > FUNCTIONS[name]:
            yield _text(FUNCTIONS[name], written)


def in_template(source: str) -> Iterator[Text]:
    """Django writes a template as calls among filling, which is what its own `makemessages` reads."""
    for name, arguments in MARKED.findall(f"{templatize(source)} "):
        yield _text(FUNCTIONS[name], [ast.literal_eval(each) for each in STRING.findall(arguments)])


def _text(place: int, arguments: Sequence[object]) -> Text:
    return str(arguments[0]) if place else None, str(arguments[place])
