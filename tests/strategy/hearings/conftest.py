"""A draft and a plan with one of everything that can be commented on."""

from datetime import date

import pytest

from strategy.models import Document, Section
from tests import factories as make
from tests.cast import Cast


@pytest.fixture
def draft(cast: Cast, today: date) -> Document:
    """One of everything that can be commented on."""
    return written(make.document("utkastet", cast.hf, title="Utkastet", state="draft"))


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    return written(make.document("planen", cast.hf, title="Planen"))


def written(document: Document) -> Document:
    Section.objects.create(document=document, kind="purpose", text="Hvorfor vi gjør det")
    area = make.area(document, key="omraadet", title="Området", position=1)
    goal = make.goal(document, key="maalet", area=area, text="Flere søkere", position=1)
    make.route(document, key="veien", area=area, text="Møte dem")
    make.measure(document, goal, key="tiltaket", text="Besøke skoler")
    make.goal(document, key="siste", area=make.area(document, title="Etter", position=2), text="Bedre sider")
    return document
