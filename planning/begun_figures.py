"""The targets and the fact boxes of a document, taken along to the one that follows it, as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from config.lib.saving import save_all_new
from organisation.models import User
from strategy.models import Area, Document, Fact, Goal, ItemStatus, Observation, Target

PERIOD: Final = ("period_words", "period_from_on", "period_to_on")
OF_TARGET: Final = (
    *("indicator_id", "kind", "text", "value", "unit", "comparator", "denominator", "per", "holds_for", "condition"),
    *("qualifier", "due_on", "position", *PERIOD),
)
OF_FACT: Final = ("text", "position", *PERIOD)
OF_OBSERVATION: Final = ("indicator_id", "value", "unit", "comparator", *PERIOD)


class Figures(models.TextChoices):
    """What comes along besides the items."""

    TARGETS = "maltall", gettext_lazy("Måltallene, med de fristene de har")
    FACTS = "fakta", gettext_lazy("Faktaboksene, med tallene i dem")


@dataclass(frozen=True)
class Numbers:
    """What there is to take along, of goals and areas in force."""

    targets: Sequence[Target] = ()
    facts: Sequence[Fact] = ()

    def only(self, chosen: Iterable[str]) -> Numbers:
        chosen = set(chosen)
        return Numbers(self.targets if Figures.TARGETS in chosen else (), self.facts if Figures.FACTS in chosen else ())

    @property
    def kinds(self) -> list[Figures]:
        """Which of them there are any of."""
        return [kind for kind, rows in ((Figures.TARGETS, self.targets), (Figures.FACTS, self.facts)) if rows]


def numbers_of(base: Document) -> Numbers:
    """All that stands at the goals and the areas in force (three queries at most)."""
    of_goals = Q(goal__document=base, goal__status=ItemStatus.IN_FORCE)
    of_areas = Q(area__document=base, area__status=ItemStatus.IN_FORCE)
    return Numbers(
        list(Target.objects.filter(of_goals | of_areas).select_related("baseline")),
        list(Fact.objects.filter(of_areas).prefetch_related("observations")),
    )


def copy_numbers(numbers: Numbers, new: Mapping[Any, Mapping[int, Any]], *, by: User, why: str) -> None:
    """Rows of their own for the new goals and areas, by model and the number of the old.

    What a target is counted from is a figure of its own too: the old one may be corrected without the new knowing.
    """
    facts = [Fact(area=new[Area][old.area_id], **_said(old, OF_FACT)) for old in numbers.facts]
    save_all_new(facts, by=by, why=why)
    figures: dict[int, Observation] = {}
    for old, fact in zip(numbers.facts, facts, strict=True):
        figures |= {seen.pk: _figure(seen, fact) for seen in old.observations.all()}
    for target in numbers.targets:
        if target.baseline and target.baseline_id not in figures:
            figures[target.baseline.pk] = _figure(target.baseline, None)
    save_all_new(list(figures.values()), by=by, why=why)
    targets = [
        Target(
            goal=new[Goal].get(old.goal_id),  # type: ignore[arg-type]
            area=new[Area].get(old.area_id),  # type: ignore[arg-type]
            baseline=figures.get(old.baseline_id),  # type: ignore[arg-type]
            **_said(old, OF_TARGET),
        )
        for old in numbers.targets
    ]
    save_all_new(targets, by=by, why=why)


def _figure(seen: Observation, fact: Fact | None) -> Observation:
    return Observation(fact=fact, **_said(seen, OF_OBSERVATION))


def _said(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
