"""The house rules that a machine can hold: the htmx contract, no inline script or style, pairs, files, sizes."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import models

TEMPLATES = Path(settings.BASE_DIR) / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
# Mail clients and the paper renderer read no style sheet of ours, so those two folders may hold their own style.
OFF_SCREEN = ("email/", "pdf/")
LONGEST_TEMPLATE = 160
PARTS = ("config", "organisation", "strategy", "planning", "annual_wheel", "reports")
TAG = re.compile(r"{%\s*(\w+)(.*?)%}|{#.*?#}|{{.*?}}", re.DOTALL)
INCLUDE = re.compile(r"{%\s*include\s+['\"]([^'\"#]+)[^'\"]*['\"](.*?)%}", re.DOTALL)
VOID = frozenset("area base br col embed hr img input link meta source track wbr use".split())
REQUESTS = {"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"}
# Attributes that htmx 2 lets children inherit: each must stand on the element that asks.
COMPANIONS = {"hx-target", "hx-swap", "hx-select", "hx-trigger", "hx-include", "hx-push-url", "hx-indicator", "hx-sync"}
STANDS_ALONE = {"hx-swap-oob", "hx-disable", "hx-preserve"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    csrf: bool = False
    parents: list["Element"] = field(default_factory=list)

    def __str__(self) -> str:
        return f"<{self.tag} {' '.join(self.attributes)}>"


class Elements(HTMLParser):
    """Collects the elements of a template. Template tags vanish first, but for the mark of the CSRF token."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[Element] = []
        self.open: list[Element] = []
        self.feed(TAG.sub(_plain, source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, parents=list(self.open))
        self.found.append(element)
        if tag == "csrf-token":
            for parent in self.open:
                parent.csrf = True
        if tag not in VOID and tag != "csrf-token":
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while any(element.tag == tag for element in self.open):
            if self.open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text += data.strip()


def _plain(match: re.Match[str]) -> str:
    if match[1] == "csrf_token" or (match[1] == "include" and gives_token(match[2])):
        return "<csrf-token>"
    # What a tag writes counts as text, so that two addresses are the same when their tags are.
    return "" if match[1] or match[0].startswith("{#") else re.sub(r"[\s\"'<>]", "", match[0])


def gives_token(included: str) -> bool:
    """Whether an included part writes the token for the form that it stands in, rather than holding a form itself."""
    name = re.match(r"\s*['\"]([^'\"#]+)['\"]", included)
    text = (TEMPLATES / name[1]).read_text() if name and (TEMPLATES / name[1]).exists() else ""
    return "{% csrf_token %}" in text and "<form" not in text


def elements_of(source: str) -> list[Element]:
    source = re.sub(r"{%\s*url\s+(.*?)%}", lambda m: "[" + re.sub(r"[\s\"'<>]", "", m[1]) + "]", source)
    return Elements(source).found


def htmx_faults(source: str) -> Iterator[str]:
    for element in elements_of(source):
        here = {name.removeprefix("data-") for name in element.attributes if name.removeprefix("data-")[:3] == "hx-"}
        if here & {"hx-put", "hx-patch", "hx-delete"}:
            yield f"{element}: only hx-get and hx-post have a twin without script"
        if "hx-post" in here:
            yield from post_faults(element)
        if "hx-get" in here:
            yield from get_faults(element)
        if here & COMPANIONS and not here & REQUESTS:
            yield f"{element}: {', '.join(sorted(here & COMPANIONS))} would only work by inheritance"
        if "hx-boost" in here or "hx-inherit" in here:
            yield f"{element}: inheritance is off"
        if unknown := {n for n in here if n not in REQUESTS | COMPANIONS | STANDS_ALONE and not n.startswith("hx-on")}:
            yield from (f"{element}: {name} is not in the contract" for name in sorted(unknown - {"hx-boost"}))
        if any(name.startswith("hx-on") for name in here):
            yield f"{element}: script in an attribute"


def post_faults(element: Element) -> Iterator[str]:
    if element.tag != "form" or element.attributes.get("method", "").lower() != "post":
        yield f"{element}: hx-post belongs on a form with method post"
    if element.attributes.get("action") != element.attributes["hx-post"]:
        yield f"{element}: action and hx-post differ"
    if not element.csrf:
        yield f"{element}: no CSRF token"


def get_faults(element: Element) -> Iterator[str]:
    if element.tag == "a":
        own = element.attributes.get("href")
    elif element.tag == "form" and element.attributes.get("method", "get").lower() == "get":
        own = element.attributes.get("action")
    else:
        yield f"{element}: hx-get belongs on a link or a GET form"
        return
    if own != element.attributes["hx-get"]:
        yield f"{element}: its own address and hx-get differ"


def inline_faults(source: str) -> Iterator[str]:
    for element in elements_of(source):
        if element.tag == "style":
            yield f"{element}: a style element"
        if element.tag == "script" and ("src" not in element.attributes or element.text):
            yield f"{element}: script on the page"
        for name, value in element.attributes.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name) or value.strip().lower().startswith("javascript:"):
                yield f"{element}: {name}"


def form_faults(source: str) -> Iterator[str]:
    for element in elements_of(source):
        if element.tag == "form" and element.attributes.get("method", "").lower() == "post" and not element.csrf:
            yield f"{element}: no CSRF token"


def included_faults(source: str) -> Iterator[str]:
    """A part that is included with `only` knows no token, so that its form is refused; it must be given it."""
    for name, how in INCLUDE.findall(source):
        if how.split()[-1:] == ["only"] and "csrf_token=csrf_token" not in how and takes_token(name):
            yield f"{name}: included without the CSRF token it writes"


def takes_token(name: str, above: frozenset[str] = frozenset()) -> bool:
    """Whether a template writes the token, or includes one that does."""
    if name in above or not (TEMPLATES / name).exists():
        return False
    text = (TEMPLATES / name).read_text()
    return "{% csrf_token %}" in text or any(takes_token(part, above | {name}) for part, _how in INCLUDE.findall(text))


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def all_faults(check, files=FILES) -> list[str]:  # type: ignore[no-untyped-def]
    return [f"{name_of(path)}: {fault}" for path in files for fault in check(path.read_text())]


def test_the_htmx_contract_holds_in_every_template() -> None:
    assert all_faults(htmx_faults) == []


def test_no_template_has_script_or_style_of_its_own() -> None:
    on_screen = [path for path in FILES if not any(part in name_of(path) for part in OFF_SCREEN)]
    assert all_faults(inline_faults, on_screen) == []


def test_every_form_that_posts_has_its_token() -> None:
    assert all_faults(form_faults) == []


def test_every_part_that_writes_the_token_is_given_it() -> None:
    assert all_faults(included_faults) == []


def test_templates_are_short() -> None:
    lengths = {name_of(path): path.read_text().count("\n") for path in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_TEMPLATE} == {}


def test_every_static_file_that_is_named_exists() -> None:
    named = {name for path in FILES for name in re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", path.read_text())}
    fetched = {name for name in named if name.startswith("vendor/")}
    assert sorted(name for name in named - fetched if finders.find(name) is None) == []
    assert fetched == {
        "vendor/designsystemet/index.css",
        "vendor/designsystemet/theme.css",
        "vendor/designsystemet/web.js",
        "vendor/inter/inter.css",
        "vendor/sortable/sortable.js",
    }


def test_every_icon_that_is_named_is_drawn() -> None:
    named = {name for path in FILES for name in re.findall(r"{%\s*icon\s+['\"]([^'\"]+)['\"]", path.read_text())}
    drawn = set(re.findall(r'<symbol[^>]* id="([^"]+)"', Path(settings.BASE_DIR, "static/img/icons.svg").read_text()))
    assert sorted(named - drawn) == []


def pairs() -> list[tuple[type[models.Model], str]]:
    """Each model with a moment and a person of the same act, as in done_at and done_by, where either may be empty."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in ("organisation", "strategy", "planning", "annual_wheel", "reports"):
            continue
        fields = {f.name: f for f in model._meta.local_fields if not model.__name__.startswith("Historical")}
        for name in fields:
            act = name.removesuffix("_at")
            if name.endswith("_at") and f"{act}_by" in fields and (fields[name].null or fields[f"{act}_by"].null):
                found.append((model, act))
    return found


def test_there_are_pairs_to_look_at() -> None:
    assert ("Task", "done") in {(model.__name__, act) for model, act in pairs()}


@pytest.mark.parametrize(("model", "act"), pairs())
def test_a_moment_and_its_person_are_both_there_or_neither(model: type[models.Model], act: str) -> None:
    named = {
        frozenset(_fields_of(c.condition)) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    }
    assert frozenset({f"{act}_at", f"{act}_by"}) in named


def _fields_of(condition: object) -> Iterator[str]:
    for child in getattr(condition, "children", []):
        if isinstance(child, tuple):
            yield child[0].split("__")[0]
        else:
            yield from _fields_of(child)


def log_faults(source: str) -> Iterator[str]:
    """A log is kept in bokmål and told in the reader's language: `gettext_noop` marks its words, `_` tells them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg in ("why", "reason"):
            inside = ast.walk(node.value)
            if any(isinstance(call, ast.Call) and ast.unparse(call.func) in ("_", "gettext") for call in inside):
                yield f"{ast.unparse(node)} on line {node.value.lineno}"


def test_what_a_log_keeps_is_in_no_actor_s_language() -> None:
    files = [file for part in PARTS for file in (Path(settings.BASE_DIR) / part).rglob("*.py")]
    assert files
    faults = {str(file): found for file in files if (found := list(log_faults(file.read_text(encoding="utf-8"))))}
    assert faults == {}


@pytest.mark.parametrize(
    ("check", "source", "faults"),
    [
        (htmx_faults, '<form method="post" action="/a/" hx-post="/a/">{% csrf_token %}</form>', 0),
        (
            htmx_faults,
            '<form method="post" action="{% url "a" x %}" hx-post="{% url "a" x %}">{% csrf_token %}</form>',
            0,
        ),
        (
            htmx_faults,
            '<form method="post" action="{% url "a" x %}" hx-post="{% url "a" y %}">{% csrf_token %}</form>',
            1,
        ),
        (htmx_faults, '<form method="post" action="{{ a.url }}" hx-post="{{ b.url }}">{% csrf_token %}</form>', 1),
        (htmx_faults, '<form method="post" action="/a/" hx-post="/a/"></form>', 1),
        (htmx_faults, '<button hx-post="/a/">Lagre</button>', 3),
        (htmx_faults, '<a href="/a/" hx-get="/a/">A</a><form action="/a/" hx-get="/a/"></form>', 0),
        (htmx_faults, '<a href="/b/" hx-get="/a/">A</a><div hx-get="/a/"></div>', 2),
        (htmx_faults, '<div hx-target="#a"><a href="/a/" hx-get="/a/">A</a></div>', 1),
        (htmx_faults, '<body hx-boost="true"></body>', 1),
        (htmx_faults, '<a href="/a/" hx-get="/a/" hx-on:click="x()">A</a>', 1),
        (inline_faults, '<script src="a.js" defer></script><svg viewBox="0 0 1 1"></svg>', 0),
        (inline_faults, '<script>a()</script><style>a{}</style><p style="a" onclick="b">c</p>', 4),
        (inline_faults, '<a href="javascript:a()">a</a>', 1),
        (form_faults, '<form method="post" action="/a/"><input></form>', 1),
        (log_faults, 'sign(row, by=by, why=_("Vedtatt."))', 1),
        (log_faults, 'end(row, reason=told or _("Sak %(n)s") % {"n": n})', 1),
        (log_faults, 'sign(row, by=by, why=gettext_noop("Vedtatt.")); render(title=_("Vedtatt."))', 0),
        (included_faults, '{% include "_undo.html" with undo=undo only %}{% include "_icon.html" only %}', 1),
        (included_faults, '{% include "_undo.html" %}{% include "_undo.html" with csrf_token=csrf_token only %}', 0),
        (form_faults, '<form method="post" action="/a/"><div>{% csrf_token %}<button>a</button></div></form>', 0),
    ],
)
def test_the_rules_find_what_breaks_them(check, source: str, faults: int) -> None:  # type: ignore[no-untyped-def]
    assert len(list(check(source))) == faults


def pins(lock: str) -> set[str]:
    """What a lock file names, with the version."""
    return {line.split()[0] for line in (Path(settings.BASE_DIR) / lock).read_text().splitlines() if "==" in line}


def test_what_is_tested_is_what_is_run() -> None:
    run = pins("requirements.txt")
    assert len(run) > 30
    assert run - pins("requirements-test.txt") == set()
