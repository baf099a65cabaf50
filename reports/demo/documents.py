"""Governing documents with their areas, goals, routes and measures, and the links between them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from organisation.models import Function, Unit, UnitGroup, User
from planning.models import Measure, MeasureLink, MeasureResponsibility
from reports.demo.figures import add_facts, add_targets
from reports.demo.store import Store, read, read_all
from strategy.models import (
    Area,
    Decision,
    Document,
    Goal,
    GoalLink,
    Indicator,
    Item,
    LinkKind,
    Route,
    Section,
    TargetGroup,
)
from strategy.services import freeze

Json = dict[str, Any]
EDITORS = {"hf": "adviser@hf.example", "ntnu": "strategy@ntnu.example"}


@dataclass
class Known:
    """What items refer to by slug or key, and the items that this loading has made, to be linked at the end."""

    units: dict[str, Unit]
    groups: dict[str, UnitGroup]
    functions: dict[str, Function]
    target_groups: dict[str, TargetGroup]
    items: dict[str, Item]
    new: list[tuple[Item, Json]] = field(default_factory=list)

    @classmethod
    def now(cls) -> "Known":
        items: dict[str, Item] = {}
        for model in (Area, Goal, Route, Measure):
            items.update({item.key: item for item in model.objects.all()})
        return cls(
            {unit.slug: unit for unit in Unit.objects.all()},
            {group.slug: group for group in UnitGroup.objects.all()},
            {function.slug: function for function in Function.objects.all()},
            {group.slug: group for group in TargetGroup.objects.all()},
            items,
        )

    def line(self, line: Json) -> Json:
        """A responsibility line's fields, without what it stands under."""
        parties: Any = self.units if line["party_kind"] == "unit" else self.groups
        return {
            line["party_kind"]: parties[line["party"]],
            "function": self.functions[line["function"]] if line["function"] else None,
            "relation": line["relation"],
            "wording": line["wording"],
        }


def load(store: Store, *, today: date) -> None:
    _target_groups(store)
    known = Known.now()
    contents = read_all("documents")
    made = [document for content in contents if (document := _document(store, known, content))]
    for item, content in known.new:
        _link(store, known, item, content)
    _lean(contents, made)
    for document in made:
        if document.is_published:
            now = _published_at(document, today)
            freeze(
                document, by=store.user(EDITORS[document.owner.slug]), now=now, holds_from=_held_since(document, now)
            )


def _target_groups(store: Store) -> None:
    owners = Unit.objects.in_bulk(EDITORS, field_name="slug")
    have = set(TargetGroup.objects.values_list("slug", flat=True))
    for fields in read("target_groups.json")["target_groups"]:
        if fields["slug"] not in have:
            row = TargetGroup(**{**fields, "owner": owners[fields["owner"]]})
            store.add(row, store.user(EDITORS[fields["owner"]]))


def _document(store: Store, known: Known, content: Json) -> Document | None:
    """Make a document, or add the items that one which is there already lacks; return it if it is new."""
    by = store.user(EDITORS[content["owner"]])
    for fields in content["indicators"]:
        if not Indicator.objects.filter(slug=fields["slug"]).exists():
            store.add(Indicator(**fields), None)
    document = Document.objects.filter(slug=content["slug"]).first()
    is_new = document is None
    if document is None:
        document = _bare_document(store, known, content, by)
    loader = _Items(store, known, document, by)
    for position, goal in enumerate(content["goals"]):
        loader.goal(goal, None, position)
    for position, area in enumerate(content["areas"]):
        loader.area(area, None, position)
    for position, measure in enumerate(content["measures"]):
        loader.measure(measure, position)
    return document if is_new else None


def _bare_document(store: Store, known: Known, content: Json, by: User) -> Document:
    period = content["period"] or {"from": None, "to": None}
    names = ("slug", "title", "kind", "state", "language", "vision", "overall_goal", "is_public", "source")
    document = Document(
        owner=known.units[content["owner"]],
        period_from_on=_day(period["from"]),
        period_to_on=_day(period["to"]),
        **{name: content[name] for name in names},
    )
    store.add(document, by)
    for position, section in enumerate(content["sections"]):
        store.add(Section(document=document, position=position, **section), by)
    for decision in content["decisions"]:
        store.add(Decision(document=document, **{**decision, "decided_on": _day(decision["decided_on"])}), by)
    return document


class _Items:
    """Makes the items of one document that are missing, each with what belongs to it alone."""

    def __init__(self, store: Store, known: Known, document: Document, by: User) -> None:
        self.store, self.known, self.document, self.by = store, known, document, by

    def _add(self, model: Any, content: Json, names: str, **fields: Any) -> Any:
        """Make the item and return it; None where it is there already."""
        if content["key"] in self.known.items:
            return None
        plain = {name: content[name] for name in ("key", "source", *names.split())}
        item = self.store.add(model(document=self.document, **plain, **fields), self.by)
        self.known.items[item.key] = item
        self.known.new.append((item, content))
        return item

    def area(self, content: Json, parent: Area | None, position: int) -> None:
        area = self._add(Area, content, "label title text overall_goal", parent=parent, position=position)
        if area is not None:
            add_facts(self.store, area, content["facts"], self.by)
            add_targets(self.store, {"area": area}, content["targets"], self.by)
        here: Any = self.known.items[content["key"]]
        for index, goal in enumerate(content["goals"]):
            self.goal(goal, here, index)
        for index, route in enumerate(content["routes"]):
            self._add(Route, route, "text", area=here, position=index)
        for index, below in enumerate(content["areas"]):
            self.area(below, here, index)

    def goal(self, content: Json, area: Area | None, position: int) -> None:
        goal = self._add(Goal, content, "title text", area=area, position=position)
        if goal is not None:
            choose(goal.target_groups, self.known.target_groups, content["target_groups"])
            add_targets(self.store, {"goal": goal}, content["targets"], self.by)

    def measure(self, content: Json, position: int) -> None:
        area = self.known.items[content["area"]] if content["area"] else None
        names = "text modality frequency quantity links"
        measure = self._add(Measure, content, names, area=area, position=position)
        if measure is not None:
            choose(measure.target_groups, self.known.target_groups, content["target_groups"])
            add_lines(self.store, self.known, MeasureResponsibility, {"measure": measure}, content, self.by)


def choose(related: Any, rows: Mapping[str, Any], names: list[str]) -> None:
    """Fill a new row's list of others; an empty one is empty already."""
    if names:
        related.set(rows[name] for name in names)


def add_lines(store: Store, known: Known, model: Any, item: Json, content: Json, by: User) -> None:
    """Make an item's responsibility lines in order; a line may stand under one before it."""
    lines: list[Any] = []
    for position, line in enumerate(content["responsible"]):
        under = lines[line["under"]] if line["under"] is not None else None
        row = model(**item, **known.line(line), position=position, under=under)
        lines.append(store.add(row, by))


def _link(store: Store, known: Known, item: Item, content: Json) -> None:
    """Link a new item to those it serves, leans on, follows or translates; all items exist by now."""
    if isinstance(item, Route):
        choose(item.goals, known.items, content["goals"])
    if isinstance(item, Measure):
        choose(item.goals, known.items, content["goals"])
        choose(item.routes, known.items, content["routes"])
    for kind, keys in _links_in(content):
        for key in keys:
            other = known.items[key]
            end = {f"to_{type(other).__name__.lower()}": other}
            by = store.user(EDITORS[item.document.owner.slug])  # type: ignore[attr-defined]  # every item stands in one
            if isinstance(item, Goal):
                store.add(GoalLink(kind=kind, from_goal=item, **end), by)
            elif isinstance(item, Measure):
                store.add(MeasureLink(kind=kind, from_measure=item, **end), by)


def _links_in(content: Json) -> list[tuple[LinkKind, list[str]]]:
    translated = content.get("translation_of")
    return [
        (LinkKind.ALIGNED, content.get("aligned_to", [])),
        (LinkKind.SUCCEEDED, content.get("succeeds", [])),
        (LinkKind.TRANSLATED, [translated] if translated else []),
    ]


def _lean(contents: list[Json], made: list[Document]) -> None:
    """Say which documents the new ones follow and carry out."""
    documents = {document.slug: document for document in Document.objects.all()}
    content_of = {content["slug"]: content for content in contents}
    for document in made:
        content = content_of[document.slug]
        choose(document.carries_out, documents, content["carries_out"])
        if content["follows"]:
            document.follows = documents[content["follows"]]
            document.save()


def _published_at(document: Document, today: date) -> datetime:
    """The adoption's day, else the first day of the period, else today, at noon."""
    adopted = document.decisions.filter(decided_on__isnull=False).last()
    day = adopted.decided_on if adopted else document.period_from_on
    return timezone.make_aware(datetime.combine(min(day or today, today), time(12)))


def _held_since(document: Document, now: datetime) -> date | None:
    """What tells neither an adoption nor a period has held for longer than there has been a program to keep it."""
    is_told = document.period_from_on or document.decisions.filter(decided_on__isnull=False).exists()
    return None if is_told else now.date() - timedelta(days=5 * 366)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
