"""Template tags of the interface: icons, state chips, roll-ups and form controls.

Chips and icons stand in every row of every list, so their HTML is made once per language and kept.
"""

from functools import cache, lru_cache
from typing import Any, Final

from django import template
from django.conf import settings
from django.forms import BoundField, Select
from django.forms.boundfield import BoundWidget
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from config.lib.choices import LONG, choice_lang, name_choices
from config.lib.language import lang_of
from config.lib.set_once import set_each
from config.lib.text import html
from config.lib.typed import texts_typed

register = template.Library()
register.simple_tag(set_each)


@register.simple_tag(takes_context=True)
def typed_texts(context: dict[str, Any]) -> list[str]:
    """What one had written in the form that was refused; see `config.lib.typed`."""
    if "lost" in context:
        return list(context["lost"])
    return texts_typed(context["request"]) if "request" in context else []


MAX_DOTS: Final = 12
WITHIN: Final = {"/oppgave/": "/mitt-arbeid/"}  # addresses of their own that belong to a place
PLACES: Final = ("/mitt-arbeid/", "/aarshjul/", "/planer/", "/strategi/", "/rapporter/")

# What is stored → icon and word. The colour follows from data-state in components.css.
STATES: Final[dict[str, tuple[str, str | Promise]]] = {
    "not_started": ("not-started", _("Ikke startet")),
    "open": ("not-started", _("Ikke startet")),
    "in_progress": ("in-progress", _("Pågår")),
    "done": ("done", _("Gjort")),
    "late": ("late", _("Forsinket")),
    "under_way": ("in-progress", _("I gang")),
    "carried_out": ("done", _("Gjennomført")),
    "stopped": ("cancelled", _("Stoppet")),
    "planned": ("planned", _("Planlagt")),
    "partly_cancelled": ("partly-cancelled", _("Delvis avlyst")),
    "cancelled": ("cancelled", _("Utgår i år")),
    "not_relevant": ("not-relevant", _("Ikke aktuelt hos oss")),
    "withdrawn": ("withdrawn", _("Trukket tilbake")),
    "draft": ("draft", _("Utkast")),
    "hearing": ("hearing", _("Høring")),
    "adopted": ("planned", _("Vedtatt")),
    "in_force": ("in-force", _("Gjelder")),
    "expired": ("expired", _("Utløpt")),
    "replaced": ("replaced", _("Erstattet")),
    "put_away": ("retired", _("Lagt bort")),
    "proposed": ("proposed", _("Foreslått")),
    "retired": ("retired", _("Tatt ut")),
    "new": ("plus", _("Nytt")),
    "dropped": ("retired", _("Tatt ut")),
    "reworded": ("edit", _("Omskrevet")),
    "moved": ("move", _("Flyttet")),
    "split": ("replaced", _("Delt")),
    "joined": ("replaced", _("Slått sammen")),
    "kept": ("check", _("Uendret")),
    "changed": ("history", _("Endret siden vedtaket")),
    "still_read": ("info", _("Fortsatt i det vedtatte")),
}

KINDS: Final[dict[str, tuple[str, str | Promise]]] = {
    "task": ("task", _("Oppgave")),
    "event": ("event", _("Hendelse")),
    "deadline": ("deadline", _("Frist")),
    "ongoing": ("ongoing", _("Løpende")),
}


@cache
def _icon(name: str, label: str) -> SafeString:
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', href)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite. Without a label it is decoration and hidden from screen readers."""
    return _icon(name, label)


class Still(template.Node):
    """Markup and words that are the same for everybody who reads a language: made once for each."""

    def __init__(self, inner: template.NodeList) -> None:
        self.inner = inner
        self.made: dict[str | None, SafeString] = {}

    def render(self, _context: template.Context) -> SafeString:
        language = get_language()
        if language not in self.made:
            self.made[language] = self.inner.render(template.Context())
        return self.made[language]


@register.tag
def still(parser: Any, _token: Any) -> Still:
    """What stands between this and `endstill` knows nothing of the page: an icon, a word, both."""
    inner = parser.parse(("endstill",))
    parser.delete_first_token()
    return Still(inner)


@cache
def _chip(code: str, language: str | None) -> SafeString:
    name, word = STATES[code]
    return format_html('<span class="state" data-state="{}">{}{}</span>', code, _icon(name, ""), word)


@register.simple_tag
def state(code: str, label: str = "") -> SafeString:
    """The chip for a stored state: icon, word and colour. An own label keeps the icon and the colour."""
    if label:
        return format_html('<span class="state" data-state="{}">{}{}</span>', code, _icon(STATES[code][0], ""), label)
    return _chip(code, get_language())


@cache
def _kind(code: str, language: str | None) -> SafeString:
    name, word = KINDS[code]
    return format_html('<span class="kind">{}{}</span>', _icon(name, ""), word)


@register.simple_tag
def kind(code: str) -> SafeString:
    """What sort of entry this is: task, event, deadline or ongoing."""
    return _kind(code, get_language())


@cache
def _frame_part(template: str, language: str | None, content: tuple[tuple[str, str], ...]) -> SafeString:
    return SafeString(render_to_string(template, dict(content)))


@register.simple_tag
def frame_part(template: str, **content: str) -> SafeString:
    """A part of the frame round every page, which says the same to everybody."""
    return _frame_part(template, get_language(), tuple(content.items()))


def _place_of(address: str) -> str:
    found = f"/{address.split('/')[1]}/"
    return found if found in PLACES else WITHIN.get(found, "")


@register.simple_tag(takes_context=True)
def place(context: template.Context) -> str:
    """The place in the main menu that the page belongs to: its address says it, or the first of its breadcrumbs.

    "/planer/hf/" is "/planer/"; "/tiltak/1234/endre/" says nothing, and the way to it begins in "/planer/". Empty where
    it belongs to none.
    """
    if found := _place_of(context["request"].path):
        return found
    crumbs = context.get("crumbs") or getattr(context.get("page"), "crumbs", ())
    return _place_of(crumbs[0].get("url") or "/") if crumbs else ""


@cache
def _dots(done: int, total: int) -> SafeString:
    dots = "<i data-done></i>" * done + "<i></i>" * (total - done)
    return mark_safe(f'<span class="rollup-dots" aria-hidden="true">{dots}</span>')


@lru_cache(maxsize=1024)
def _ticked(done: int, total: int, language: str | None) -> str:
    return gettext("%(done)d av %(total)d") % {"done": done, "total": total}


@register.simple_tag
def ticked(done: int, total: int) -> str:
    """How many have ticked, in words alone."""
    return _ticked(done, total, get_language())


@lru_cache(maxsize=1024)
def _rollup(done: int, total: int, language: str | None) -> SafeString:
    words = _ticked(done, total, language)
    if total <= MAX_DOTS:
        picture = _dots(done, total)
    else:
        picture = format_html('<progress class="bar" value="{}" max="{}" aria-hidden="true"></progress>', done, total)
    return format_html('<span class="rollup">{}<span class="rollup-words">{}</span></span>', picture, words)


@register.simple_tag
def rollup(done: int, total: int) -> SafeString:
    """How many have ticked: knots on a line up to twelve, then a bar, always with the words."""
    return _rollup(done, total, get_language())


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """A form control drawn as the design system draws it, keeping the classes the widget has."""
    widget = field.field.widget
    own = widget.attrs.get("class", "")
    if type(widget) is Select:
        name_choices(widget, is_required=field.field.required)
    return field.as_widget(attrs={"class": f"ds-input {own}".strip()})


@register.simple_tag
def choice_language(option: BoundWidget) -> SafeString:
    """The attribute for a radio button's or a checkbox's label, where people wrote it in another language."""
    return choice_lang(option.data["value"])


@register.filter
def takes_focus(field: BoundField) -> SafeString:
    """The attribute for the choice that focus goes to, where a group of choices is the first field of a form."""
    names = ("data-take-focus", "autofocus")
    return SafeString("".join(f" {name}" for name in names if field.field.widget.attrs.get(name)))


@register.filter
def fault_of(label: object, message: object) -> str:
    """A label and what is wrong with it. A colon stands between them where the label has no mark of its own."""
    mark = "" if str(label).endswith(("?", ":")) else ":"
    return f"{label}{mark} {message}"


@register.filter
def formatted(text: str) -> SafeString:
    """Text that people have written with simple formatting, as HTML."""
    return html(text)


@register.filter
def are_long(field: BoundField) -> bool:
    """Whether some choice of the field wants the whole width."""
    return any(len(str(option.choice_label)) > LONG for option in field)


@register.filter(name="is")
def is_same(value: object, other: object) -> bool:
    """Whether the two are the same, for a tag that takes values."""
    return value == other


@register.simple_tag
def written() -> SafeString:
    """The attribute for what people have written in wheels, which are in the language of the installation."""
    return lang_of(settings.LANGUAGE_CODE)


@register.filter
def initials(name: str) -> str:
    """At most two letters that stand for a person's name: "Kari Nord" gives "KN"."""
    words = name.replace("@", " ").split()
    return "".join(word[0] for word in words[:2]).upper()
