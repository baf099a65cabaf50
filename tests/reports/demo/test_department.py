"""A department's plan is built on the faculty's in the demo, by the head that one department has."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from config.lib import clock, demo
from organisation.models import Membership
from organisation.permissions import Permission
from strategy.models import Document
from tests.page import text_of

pytestmark = pytest.mark.django_db
HEAD = "head.ihk@hf.example"


@pytest.fixture
def head(demo_data: date, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "today", lambda: demo_data)
    client = Client()
    assert client.login(email=HEAD, password=demo.PASSWORD)
    return client


def test_one_person_writes_and_adopts_for_one_department(demo_data: date) -> None:
    heads = Membership.objects.filter(unit__kind="department", role__in=["editor", "leader"])
    assert [(row.user.email, row.unit.slug, row.role) for row in heads] == [(HEAD, "ihk", "leader")]
    reach = heads.get().user.reach(demo_data)
    assert reach[Permission.EDIT] == reach[Permission.DECIDE] == {heads.get().unit_id}


def test_the_head_builds_the_departments_plan_and_writes_it(head: Any) -> None:
    assert 'action="/planer/hf-rekruttering/bygg/"' in head.get("/planer/hf-rekruttering/").content.decode()
    answer = head.post("/planer/hf-rekruttering/bygg/", {"enhet": "ihk"})
    plan = Document.objects.get(owner__slug="ihk")
    assert answer.url == plan.get_absolute_url() == "/planer/hfs-handlingsplan-for-rekruttering-ihk/"
    assert [base.slug for base in plan.carries_out.all()] == ["hf-rekruttering"]
    assert "Fra planen over" in text_of(head.get(answer.url).content.decode())
    assert head.get(f"{answer.url}rediger/").status_code == 200
    assert head.get("/planer/hf-rekruttering/rediger/").status_code == 403
