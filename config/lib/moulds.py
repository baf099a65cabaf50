"""Markup that hundreds of rows have alike but for a few words: made once for each shape of row, and then filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, render_value_in_context, token_kwargs
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

PRINTS: Final = "prints"
MARK: Final = "\ue000{}\ue001"  # in a range that no text of people has letters in
MARKED: Final = re.compile("\ue000(.+?)\ue001")
Values = Mapping[str, FilterExpression]


class Named(template.Context):
    """What is named, and an error for anything else: it would be the same in every row."""

    def __getitem__(self, key: Any) -> Any:
        if key not in self:
            raise template.TemplateSyntaxError(f"“{key}” is used in a mould that does not name it")
        return super().__getitem__(key)


class Hole(template.Node):
    """What is made for each row, in the middle of what is not."""

    def __init__(self, inner: NodeList) -> None:
        self.inner = inner

    def render(self, context: template.Context) -> SafeString:
        return SafeString(MARK.format(context[self]))


class Mould(template.Node):
    """What was made of each shape: a list of texts, each second of them the name of what is filled in there."""

    def __init__(self, inner: NodeList, decides: Values, prints: Values) -> None:
        self.inner, self.decides, self.prints = inner, decides, prints
        holes: list[Any] = inner.get_nodes_by_type(Hole)
        self.holes = {str(at): hole for at, hole in enumerate(holes)}
        self.made: dict[Any, list[str]] = {}

    def render(self, context: template.Context) -> SafeString:
        shape = {name: value.resolve(context) for name, value in self.decides.items()}
        key = (get_language(), *shape.values())
        if key not in self.made:
            self.made[key] = self._make(shape, context.template)
        filled, said = self.made[key].copy(), {}
        for at in range(1, len(filled), 2):
            name = filled[at]
            if name not in said:
                said[name] = self._said(name, context)
            filled[at] = said[name]
        return SafeString("".join(filled))

    def _said(self, name: str, context: template.Context) -> str:
        if name in self.holes:
            return self.holes[name].inner.render(context)
        return render_value_in_context(self.prints[name].resolve(context), context)

    def _make(self, shape: Mapping[str, Any], page: Any) -> list[str]:
        marks = {name: SafeString(MARK.format(name)) for name in self.prints}
        numbers: dict[Any, str] = {hole: number for number, hole in self.holes.items()}
        only = Named({**shape, **marks, **numbers})
        only.template = page
        return MARKED.split(self.inner.render(only))


@register.tag
def mould(parser: Parser, token: Token) -> Mould:
    """`{% mould shape=row.shape prints key=row.key %} … {% hole %} … {% endhole %} … {% endmould %}`.

    What stands before `prints` decides how it looks, and takes few values; what stands after it is printed as it is,
    with no filter and in no condition. Nothing else of the page is known inside, but in a hole.
    """
    _name, *words = token.split_contents()
    decides, prints = words[: words.index(PRINTS)], words[words.index(PRINTS) + 1 :]
    inner = parser.parse(("endmould",))
    parser.delete_first_token()
    return Mould(inner, token_kwargs(decides, parser), token_kwargs(prints, parser))


@register.tag
def hole(parser: Parser, _token: Token) -> Hole:
    inner = parser.parse(("endhole",))
    parser.delete_first_token()
    return Hole(inner)
