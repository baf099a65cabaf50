"""A plan to read and to write in that counts as long, where the tests set what is long to a few rows."""

from strategy.models import Document
from tests import factories as make


def fill(plan: Document, *, areas: int, measures: int = 2) -> None:
    """Each area with an area below it, a goal in each, and the measures of the second and of the whole first."""
    for number in range(areas):
        top = make.area(plan, key=f"o{number}", title=f"Område {number}", position=number)
        below = make.area(plan, key=f"u{number}", title=f"Under {number}", parent=top, position=number)
        make.goal(plan, key=f"m{number}", area=top, text=f"Mål {number}")
        goal = make.goal(plan, key=f"n{number}", area=below, text=f"Mål under {number}")
        make.measure(plan, key=f"h{number}", area=top, text=f"For hele {number}")
        for count in range(measures):
            make.measure(plan, goal, key=f"t{number}-{count}", text=f"Tiltak {number}.{count}")
