"""The rows of a page where something is written: what each says, and the addresses of what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from config.lib.addresses import address, addresses
from config.lib.text import html
from strategy.document_page import decision_line
from strategy.models import Decision, Fact, ItemStatus, Target
from strategy.words import shortened


class Shape(NamedTuple):
    """What decides how the ways to change a row look: rows of one shape have the same, each with its own addresses."""

    kind: str
    is_first: bool
    is_last: bool
    can_be_dragged: bool
    has_version: bool
    edit: bool
    move: bool
    place: bool
    retire: bool
    back: bool
    changes: bool
    split: bool
    join: bool


PROPOSED, CHANGED, STILL_READ = "proposed", "changed", "still_read"  # a row's mark beside what is adopted


@dataclass(frozen=True)
class Row:
    """One line of the outline and the addresses of what can be done with it."""

    key: str
    kind: str
    label: str
    text: str
    words: str = ""  # the text as HTML, where it is one that has formatting
    written: Sequence[SafeString] = ()  # what is written below it
    when: str = ""  # in the words of whoever wrote it
    notes: Sequence[str] = ()
    mark: str = ""  # the state that tells how it differs from what is adopted
    edit_url: str = ""
    move_url: str = ""
    place_url: str = ""
    split_url: str = ""
    join_url: str = ""
    retire_url: str = ""
    back_url: str = ""
    changes_url: str = ""
    add: Sequence[Add] = ()
    is_first: bool = True
    is_last: bool = True
    targets: Sequence[Row] = ()
    rows: Sequence[Row] = ()
    version: int | None = None  # of an item that can be moved to another place
    into_wheels: Sequence[tuple[str, str]] = ()  # the title of each wheel a measure can be put in, and the form there
    among: str = ""  # rows of one kind that are not put in order with those of another

    @property
    def can_be_dragged(self) -> bool:
        """Whether there is anywhere else it can stand."""
        return bool(self.move_url) and not (self.is_first and self.is_last and not self.place_url)

    @property
    def shape(self) -> Shape:
        return Shape(
            kind=self.kind,
            is_first=self.is_first,
            is_last=self.is_last,
            can_be_dragged=self.can_be_dragged,
            has_version=self.version is not None,
            edit=bool(self.edit_url),
            move=bool(self.move_url),
            place=bool(self.place_url),
            retire=bool(self.retire_url),
            back=bool(self.back_url),
            changes=bool(self.changes_url),
            split=bool(self.split_url),
            join=bool(self.join_url) and not (self.is_first and self.is_last),
        )

    @property
    def short(self) -> str:
        """Enough of the text to know the row by."""
        return shortened(self.text)


@dataclass(frozen=True)
class Add:
    """A way to something new: opened in place of the row of links that it stands in."""

    url: str
    label: str
    id: str
    is_page: bool = False  # a page of its own, whatever the browser can


Ways = Mapping[str, str]  # each field of a row with the act that its address is for
CHANGING: Final[Ways] = {"edit_url": "edit", "move_url": "move", "retire_url": "retire", "changes_url": "changes"}
SPLITTING: Final[Ways] = {"split_url": "split"}
BY_KIND: Final[Mapping[str, Ways]] = {
    "area": CHANGING,
    "goal": {**CHANGING, **SPLITTING},
    "route": {**CHANGING, **SPLITTING},
    "measure": {**CHANGING, **SPLITTING, "join_url": "join"},
}
PLACING: Final[Mapping[str, Ways]] = {kind: {**ways, "place_url": "place"} for kind, ways in BY_KIND.items()}
BRINGING_BACK: Final[Ways] = {"changes_url": "changes", "back_url": "bring_back"}


def keyed_row(kind: str, item: Any, *, has_areas: bool = False, **fields: Any) -> Row:
    """The row of an item that has a key: an area, a goal, a route or a measure."""
    if item.status == ItemStatus.RETIRED:
        urls = _addressed(kind, item.key, BRINGING_BACK)
    elif has_areas or kind == "measure":
        urls = _addressed(kind, item.key, PLACING[kind])
        fields["version"] = item.lock_version
    else:
        urls = _addressed(kind, item.key, BY_KIND[kind])
    if kind == "area":
        fields["written"] = [html(text) for text in (item.text, item.overall_goal) if text]
    elif getattr(item, "title", ""):
        fields["written"] = [html(item.text)]
    else:
        fields["words"] = html(item.text)
    mark = PROPOSED if item.status == ItemStatus.PROPOSED else ""
    return Row(key=item.key, kind=kind, label=str(LABELS[kind]()), text=str(item), mark=mark, **urls, **fields)


def _addressed(kind: str, key: str | int, ways: Ways) -> dict[str, Any]:
    """The addresses of what can be done with a row."""
    return dict(zip(ways, addresses(kind, tuple(ways.values()), key), strict=True))


LABELS = {
    "area": lambda: _("Område"),
    "goal": lambda: _("Mål"),
    "route": lambda: _("Veivalg"),
    "measure": lambda: _("Tiltak"),
}


def decision_row(decision: Decision, *, is_written: bool, is_behind: bool) -> Row:
    """What was decided, and what whoever writes it can do: what a version was adopted by is corrected alone."""
    edit_name, is_free = ("decision_correct" if is_behind else "decision_edit"), is_written and not is_behind
    label, [said] = decision_line(decision)
    return Row(
        key=f"vedtak-{decision.pk}",
        kind="decision",
        among=str(decision.decided_on or ""),
        label=label,
        text=said.text,
        written=[html(decision.text)] if decision.text else [],
        changes_url=address("decision_changes", decision.pk),
        edit_url=address(edit_name, decision.pk) if is_written else "",
        move_url=address("decision_move", decision.pk) if is_free else "",
        retire_url=address("decision_remove", decision.pk) if is_free else "",
    )


def target_row(target: Target) -> Row:
    return Row(
        key=f"maltall-{target.pk}",
        kind="target",
        label=_("Måltall"),
        text=target.text,
        **_numbered("target", target.pk),
    )


def fact_row(fact: Fact) -> Row:
    return Row(
        key=f"faktum-{fact.pk}",
        kind="fact",
        label=_("Faktaboks"),
        text=fact.text,
        **_numbered("fact", fact.pk),
    )


def _numbered(kind: str, pk: int) -> dict[str, Any]:
    """The addresses of what can be done with a row without a key of its own."""
    return _addressed(kind, pk, {**CHANGING, "retire_url": "remove"})


def placed(rows: Sequence[Row]) -> list[Row]:
    """Let each row know whether it can go up or down."""
    last = len(rows) - 1
    return [changed(row, is_first=index == 0, is_last=index == last) for index, row in enumerate(rows)]


def changed(row: Row, **fields: Any) -> Row:
    return Row(**{**row.__dict__, **fields})
