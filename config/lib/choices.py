"""The choices of a form field as people read them: a blank that says what it means, a capital, and the language."""

from __future__ import annotations

from typing import Any, Final

from django.forms import Select
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.lib.language import lang_of

BLANK: Final = "---"
LONG: Final = 44  # characters: what is longer wants the whole width


def choice_words(label: Any, *, is_required: bool) -> str:
    """What a choice says: "Velg" or "Ingen" instead of a line of dashes, and a capital first."""
    words = str(label)
    if words.startswith(BLANK):
        return _("Velg") if is_required else _("Ingen")
    return str(capfirst(words))


def choice_lang(value: Any) -> SafeString:
    """The attribute that names the language of a choice that people have written, empty where it is the page's own."""
    language = getattr(getattr(value, "instance", None), "written_in", "")
    return lang_of(language) if language else SafeString("")


def name_choices(widget: Select, *, is_required: bool) -> None:
    """Let the options of this field's own list be drawn so."""
    make = widget.create_option

    def create_option(name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = make(name, value, choice_words(label, is_required=is_required), *args, **kwargs)
        if lang := choice_lang(value):
            option["attrs"]["lang"] = lang.split('"')[1]
        return option

    widget.create_option = create_option  # type: ignore[method-assign]
