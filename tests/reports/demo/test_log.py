"""The log of the demo: every row is signed, once, on the day it would have been written."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from annual_wheel.models import Entry
from organisation.models import Unit
from planning.models import Measure
from strategy.models import Document, Goal, Version
from strategy.services import has_unadopted_changes
from tests.reports.demo.written import DOCUMENTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


@pytest.mark.parametrize("app", ["organisation", "strategy", "planning", "annual_wheel"])
def test_the_log_says_who_wrote_every_row(app: str) -> None:
    logs = [model for model in apps.get_app_config(app).get_models() if hasattr(model, "history_user")]
    assert logs
    unsigned = {model.__name__ for model in logs if model._default_manager.filter(history_user=None).exists()}
    assert unsigned == set()


@pytest.mark.parametrize("model", [Unit, Document, Goal, Measure, Entry])
def test_each_row_has_one_line_in_the_log(model: Any) -> None:
    rows = list(model.objects.order_by("pk").values_list("pk", flat=True))
    lines = model.history.order_by("id").values_list("id", "history_type", "history_date__date")
    assert list(lines) == [(pk, "+", date(2020, 9, 1)) for pk in rows]


def test_the_log_has_what_belongs_to_the_row() -> None:
    line = Measure.objects.get(key="int14-t-mobilitetsplan").history.get()
    assert sorted(link.goal.key for link in line.goals.all()) == [
        "int14-fast-ansatte",
        "int14-phd-kandidater",
        "int14-postdoktorer",
    ]


def test_published_documents_are_frozen_as_they_stand() -> None:
    numbers = {document.slug: document.versions.count() for document in Document.objects.all()}
    assert numbers == {content["slug"]: 1 for content in DOCUMENTS}
    assert [document.slug for document in Document.objects.all() if has_unadopted_changes(document)] == []
    policy = Version.objects.get(document__slug="studentrekrutteringspolitikk-2014-2020")
    assert timezone.localdate(policy.frozen_at) == date(2014, 9, 1)
