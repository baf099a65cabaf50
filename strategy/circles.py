"""Documents that would come to lean on themselves by way of others, and the way round in words."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from organisation.models import User
from strategy.models import Document

Steps = Mapping[int, Iterable[int]]


def following() -> Steps:
    """What each document follows."""
    rows = Document.objects.exclude(follows=None).order_by().values_list("pk", "follows")
    return {pk: [to] for pk, to in rows if to is not None}


def carrying_out() -> Steps:
    """What each document carries out."""
    steps: dict[int, list[int]] = defaultdict(list)
    for pk, to in Document.carries_out.through.objects.values_list("from_document", "to_document"):
        steps[pk].append(to)
    return steps


def way_round(document: int, chosen: Iterable[int], steps: Steps) -> list[int]:
    """The shortest way from one of the chosen back to the document, both ends with it; empty where there is none."""
    came_from: dict[int, int | None] = dict.fromkeys(chosen)
    waiting = deque(came_from)
    while waiting:
        at = waiting.popleft()
        if at == document:
            return _back(at, came_from)
        for to in steps.get(at, ()):
            if to not in came_from:
                came_from[to] = at
                waiting.append(to)
    return []


def _back(at: int, came_from: Mapping[int, int | None]) -> list[int]:
    way: list[int] = []
    here: int | None = at
    while here is not None:
        way.insert(0, here)
        here = came_from[here]
    return way


def words_of_way(document: Document, way: Iterable[int], *, user: User, today: date) -> str:
    """The way as "A → B → A"; a document that the person may not see is told of without its name."""
    visible = Document.objects.visible_to(user, today=today).in_bulk([*way])
    names = [f"«{document.known_as}»"]
    names += [f"«{visible[pk].known_as}»" if pk in visible else _("et dokument du ikke kan lese") for pk in way]
    return " → ".join(names)
