"""A plan to move things about in."""

from strategy.models import Document, Goal
from tests import factories as make
from tests.cast import Cast


def plan_in_areas(people: Cast) -> tuple[Document, Goal]:
    """A draft with two areas and two goals in the first of them, and the first goal, which has no measures yet."""
    plan = make.document("planen", people.hf, title="Planen", state="draft")
    first = make.area(plan, key="en", title="Synlighet", position=1)
    make.area(plan, key="to", title="Opptak", position=2)
    goal = make.goal(plan, key="finner", area=first, text="Søkerne finner oss", position=1)
    make.goal(plan, key="velger", area=first, text="Søkerne velger oss", position=2)
    return plan, goal
