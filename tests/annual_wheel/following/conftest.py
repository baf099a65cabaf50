"""A plan of three measures, one of them in a wheel, and somebody who is logged in."""

from datetime import date

import pytest
from django.test import Client

from organisation.models import User
from planning.models import Measure, MeasureResponsibility
from strategy.models import Document
from tests import factories as make
from tests.annual_wheel.following.told import Login
from tests.cast import Cast


@pytest.fixture
def login(client: Client, today: date) -> Login:
    def log_in(user: User) -> Client:
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def plan(cast: Cast, today: date) -> Document:
    """Two measures of the departments, one of them in the wheel, and one of the faculty."""
    plan = make.document("planen", cast.hf, title="Planen", is_public=True)
    for position, (key, group) in enumerate((("ett", True), ("to", True), ("fak", False))):
        measure = make.measure(plan, key=key, text=f"Tiltak {key}", position=position)
        party = {"group": cast.departments} if group else {"unit": cast.hf}
        MeasureResponsibility.objects.create(measure=measure, **party)
    wheel = make.wheel("hjulet", cast.hf, title="Hjulet", document=plan)
    entry = make.entry(wheel, cast.departments, key="punktet", text="Punktet")
    entry.measures.add(Measure.objects.get(key="ett"))
    make.edition(entry)
    return plan
