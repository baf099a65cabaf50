"""Beginning a document from the one it follows: new items, each of which follows what it goes on from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from config.lib.saving import save_all_new, save_changed
from config.lib.turns import Turn, take_turn
from organisation.models import User
from organisation.permissions import Permission
from planning.begun_figures import Numbers, copy_numbers, numbers_of
from planning.lines import copy_lines
from planning.models import Evaluation, Measure, MeasureLink, Verdict
from strategy.circles import carrying_out, way_round, words_of_way
from strategy.models import Area, Document, Goal, GoalLink, ItemStatus, LinkKind, Route, RouteLink
from strategy.writing import set_status

WHY: Final = gettext_noop("Tatt med fra det forrige dokumentet.")
UNDONE: Final = gettext_noop("Angret at det ble tatt med.")
MODELS: Final[tuple[Any, ...]] = (Measure, Route, Goal, Area)


class Taken(models.TextChoices):
    """Which measures come along."""

    ALL = "alle", gettext_lazy("Alle, unntatt dem som er evaluert «Stopp»")
    ADVISED = "anbefalte", gettext_lazy("Bare dem som er evaluert «Fortsett» eller «Endre»")
    NONE = "ingen", gettext_lazy("Ingen")


class CannotBegin(Exception):
    """The document cannot begin from another; the message is for the person who tried."""


@dataclass(frozen=True)
class Source:
    """What a document can take along: the items in force of the one it follows."""

    base: Document
    areas: Sequence[Area]
    goals: Sequence[Goal]
    routes: Sequence[Route]
    measures: Sequence[Measure]
    advice: dict[int, Verdict]  # by measure, of those that are evaluated
    numbers: Numbers

    def taken(self, choice: str) -> list[Measure]:
        kept = {
            Taken.ALL: lambda verdict: verdict != Verdict.STOP,
            Taken.ADVISED: lambda verdict: verdict in (Verdict.CONTINUE, Verdict.CHANGE),
            Taken.NONE: lambda verdict: False,
        }[Taken(choice)]
        return [measure for measure in self.measures if kept(self.advice.get(measure.pk))]

    @property
    def stopped(self) -> list[Measure]:
        return [measure for measure in self.measures if self.advice.get(measure.pk) == Verdict.STOP]

    @property
    def is_empty(self) -> bool:
        return not (self.areas or self.goals or self.routes or self.measures)


def source_of(document: Document, user: User, *, today: date) -> Source | None:
    """What the person can let an empty draft begin from; None where there is nothing, or nothing for them to read.

    The words are those of the editors, so it takes whoever reads the drafts of the one that is followed.
    """
    base = document.follows
    if base is None or document.is_published or not _is_empty(document):
        return None
    if not user.may(Permission.READ_DRAFTS, base.owner_id, today=today):
        return None
    found = _read(base)
    return None if found.is_empty else found


def _read(base: Document) -> Source:
    held = {"document": base, "status": ItemStatus.IN_FORCE}
    measures = Measure.objects.filter(**held).prefetch_related("goals", "routes", "target_groups", "responsibilities")
    return Source(
        base,
        list(Area.objects.filter(**held)),
        list(Goal.objects.filter(**held).prefetch_related("target_groups", "links")),
        list(Route.objects.filter(**held).prefetch_related("goals", "links")),
        list(measures.prefetch_related("item_links")),
        _advice(base),
        numbers_of(base),
    )


def _advice(base: Document) -> dict[int, Verdict]:
    """What the newest evaluations of each measure say: to stop where all who spoke that year say so."""
    said: dict[int, list[Evaluation]] = defaultdict(list)
    for row in Evaluation.objects.filter(measure__document=base).order_by("-year", "pk"):
        rows = said[row.measure_id]
        if not rows or rows[0].year == row.year:
            rows.append(row)
    return {measure: _verdict({row.verdict for row in rows}) for measure, rows in said.items()}


def _verdict(verdicts: set[str]) -> Verdict:
    return next(verdict for verdict in (Verdict.CHANGE, Verdict.CONTINUE, Verdict.STOP) if verdict in verdicts)


def _is_empty(document: Document) -> bool:
    return not any(model.objects.standing().filter(document=document).exists() for model in MODELS)


@dataclass(frozen=True, slots=True)
class Begun:
    """The keys of what was made, and the ways round, in words, by which it would have come to carry out itself."""

    keys: list[str]
    ways_round: list[str]


@transaction.atomic
def begin(document: Document, *, choice: str, figures: Iterable[str] = (), by: User, today: date) -> Begun:
    """Take along what the choice says; CannotBegin where somebody was first.

    `figures` are the values of `Figures` that come along too, as they were written. Dates and the wheel stay with the
    old.
    """
    take_turn(Turn.LEANING)
    document = Document.objects.select_for_update(of=("self",)).select_related("follows").get(pk=document.pk)
    source = source_of(document, by, today=today)
    if source is None:
        raise CannotBegin(_("Utkastet er ikke tomt lenger, eller det er ingenting å ta med."))
    ways = _carry_out(document, source.base, by=by)
    copy = _Copy(document, source, by)
    keys = copy.made(source.taken(choice))
    copy_numbers(source.numbers.only(figures), copy.new, by=by, why=WHY)
    return Begun(keys, [words_of_way(document, way, user=by, today=today) for way in ways])


def _carry_out(document: Document, base: Document, *, by: User) -> list[list[int]]:
    """Let it carry out what the one before it does, without what leads back to it; return the ways that do."""
    if document.carries_out.exists():
        return []
    steps = carrying_out()
    above = list(base.carries_out.exclude(pk=document.pk))
    ways = {each.pk: way for each in above if (way := way_round(document.pk, [each.pk], steps))}
    kept = [each for each in above if each.pk not in ways]
    save_changed(document, by=by, expected=document.lock_version, why=WHY, many={"carries_out": kept})
    return list(ways.values())


class _Copy:
    """New rows for those of a document, in as many queries however many they are. `new` is by model and number."""

    def __init__(self, document: Document, source: Source, by: User) -> None:
        self.document, self.source, self.by = document, source, by
        self.new: dict[Any, dict[int, Any]] = {model: {} for model in MODELS}

    def made(self, measures: Sequence[Measure]) -> list[str]:
        self._areas([area for area in self.source.areas if area.parent_id is None])
        self._areas([area for area in self.source.areas if area.parent_id is not None])
        self._save(Goal, self.source.goals, ("area", "title", "text"), target_groups=Ellipsis)
        self._save(Route, self.source.routes, ("area", "text"), goals=Goal)
        self._save(
            Measure,
            measures,
            ("area", "text", "modality", "frequency", "quantity", "links"),
            goals=Goal,
            routes=Route,
            target_groups=Ellipsis,
        )
        copy_lines({old: self.new[Measure][old.pk] for old in measures}, by=self.by, why=WHY)
        self._link(GoalLink, Goal, "from_goal", self.source.goals, "links")
        self._link(RouteLink, Route, "from_route", self.source.routes, "links")
        self._link(MeasureLink, Measure, "from_measure", measures, "item_links")
        return [item.key for made in self.new.values() for item in made.values()]

    def _areas(self, areas: Sequence[Area]) -> None:
        self._save(Area, areas, ("parent", "label", "title", "text", "overall_goal"))

    def _save(self, model: Any, old: Sequence[Any], names: Iterable[str], **many: Any) -> None:
        """`many` tells for each many-to-many field of which model the new rows are; the same rows where it is open."""
        rows = [self._row(model, each, names) for each in old]
        ties = {name: [self._ends(of, getattr(each, name).all()) for each in old] for name, of in many.items()}
        save_all_new(rows, by=self.by, why=WHY, many=ties)
        self.new[model] |= {each.pk: row for each, row in zip(old, rows, strict=True)}

    def _row(self, model: Any, old: Any, names: Iterable[str]) -> Any:
        said = {name: getattr(old, name) for name in names if name not in ("area", "parent")}
        for name in {"area", "parent"} & set(names):
            said[name] = self.new[Area].get(getattr(old, f"{name}_id"))
        return model(document=self.document, position=old.position, status=ItemStatus.PROPOSED, **said)

    def _ends(self, of: Any, old: Iterable[Any]) -> list[Any]:
        if of is Ellipsis:
            return list(old)
        return [self.new[of][each.pk] for each in old if each.pk in self.new[of]]

    def _link(self, model: Any, of: Any, own: str, old: Sequence[Any], name: str) -> None:
        """Each follows what it goes on from, and builds up under the same as that did."""
        end = own.replace("from_", "to_")
        rows = []
        for each in old:
            new = self.new[of][each.pk]
            rows.append(model(kind=LinkKind.SUCCEEDED, **{own: new, end: each}))
            aligned = (link for link in getattr(each, name).all() if link.kind == LinkKind.ALIGNED)
            ends = [field.attname for field in model._meta.concrete_fields if field.name.startswith("to_")]
            rows += [
                model(kind=LinkKind.ALIGNED, **{own: new}, **{to: getattr(link, to) for to in ends}) for link in aligned
            ]
        save_all_new(rows, by=self.by, why=WHY)


@transaction.atomic
def take_back(document: Document, keys: Iterable[str], *, by: User) -> int:
    """Take out again what came along, and say how much of it still stood in the draft."""
    wanted, count = set(keys), 0
    for model in MODELS:
        for item in model.objects.filter(document=document, key__in=wanted, status=ItemStatus.PROPOSED):
            set_status(item, ItemStatus.RETIRED, by=by, why=UNDONE)
            count += 1
    return count


def earlier_evaluations(document: Document, measure: Measure | None = None) -> dict[int, list[Evaluation]]:
    """What was said of the measures that those of a document, or one of them, follow, by the new measure (one query).

    Of plans of the same owner: evaluations are advice to those who write there.
    """
    followed = Q(measure__linked_measures__from_measure__document=document)
    if measure is not None:
        followed = Q(measure__linked_measures__from_measure=measure)
    rows = Evaluation.objects.filter(
        followed, measure__document__owner=document.owner_id, measure__linked_measures__kind=LinkKind.SUCCEEDED
    )
    found: dict[int, list[Evaluation]] = defaultdict(list)
    for row in rows.annotate(follower=F("measure__linked_measures__from_measure")).select_related("unit"):
        found[row.follower].append(row)
    return found
