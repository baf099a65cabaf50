"""Django's own administration is a fallback: it shows everything of ours, and deletes nothing."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from organisation.models import User
from planning.models import Measure
from strategy.models import Version
from tests import factories as make
from tests.cast import Cast

OURS = ("organisation", "strategy", "planning", "annual_wheel", "reports")
LEFT_OUT = {"ActionPlan"}  # a view of Document, which is there


@pytest.fixture
def boss(db: None, client: Client) -> User:
    user = User.objects.create_superuser("boss@ntnu.example", make.PASSWORD, name="Ansvarlig")
    client.force_login(user)
    return user


def own_models() -> set[str]:
    models = (model for app in OURS for model in apps.get_app_config(app).get_models())
    return {model.__name__ for model in models if not model.__name__.startswith("Historical")}


def test_every_model_of_ours_is_there() -> None:
    registered = {model.__name__ for model in admin.site._registry if model._meta.app_label in OURS}
    assert own_models() - registered == LEFT_OUT


def test_each_list_opens(boss: User, client: Client) -> None:
    for model in admin.site._registry:
        if model._meta.app_label in OURS:
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            assert client.get(address).status_code == 200, address


def test_nothing_is_deleted_and_a_version_never_changes(boss: User, client: Client, cast: Cast) -> None:
    document = make.document("planen", cast.hf)
    version = Version.objects.create(
        document=document, number=1, content={"a": 1}, frozen_at=datetime(2026, 1, 1, tzinfo=UTC), frozen_by=boss
    )
    page = reverse("admin:strategy_version_change", args=[version.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"number": 2}).status_code == 403
    delete = reverse("admin:organisation_unit_delete", args=[cast.ihk.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_a_new_row_stands_last_unless_it_is_given_a_place(boss: User, client: Client, cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, position=4)
    make.measure(plan, goal, position=7)
    plan.decisions.create(kind="adoption", decided_by="Styret", decided_on="2026-03-01", position=3)
    decided = {"document": plan.pk, "kind": "adoption", "decided_by": "Dekan", "decided_on": "2026-03-01"}
    send_new(client, "strategy_decision", **decided)
    assert [row.decided_by for row in plan.decisions.all()] == ["Styret", "Dekan"]
    send_new(client, "strategy_decision", **decided | {"decided_by": "Rektor", "position": 2})
    assert [row.decided_by for row in plan.decisions.all()] == ["Rektor", "Styret", "Dekan"]
    send_new(client, "strategy_goal", document=plan.pk, text="Nytt mål")
    assert [str(row) for row in plan.goals.all()] == [str(goal), "Nytt mål"]
    send_new(client, "planning_measure", document=plan.pk, text="Nytt tiltak", goals=[goal.pk])
    assert [row.position for row in Measure.objects.filter(document=plan)] == [7, 8]


def send_new(client: Client, model: str, **said: object) -> None:
    """Make a row as the form that was opened would, with these fields filled in."""
    page = reverse(f"admin:{model}_add")
    form = client.get(page).context["adminform"].form
    stood = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in {**stood, **said}.items() if value is not None and value is not False}
    answer = client.post(page, sent)
    assert answer.status_code == 302, answer.context["errors"]


def test_a_person_is_shown_without_the_password(boss: User, client: Client, cast: Cast) -> None:
    page = client.get(reverse("admin:organisation_user_change", args=[cast.reader.pk])).content.decode()
    assert cast.reader.email in page
    assert cast.reader.password not in page


def test_the_log_is_read_also_where_a_row_keeps_none(boss: User, client: Client, cast: Cast) -> None:
    for address in ("admin:organisation_unit_history", "admin:organisation_user_history"):
        pk = cast.ihk.pk if "unit" in address else cast.reader.pk
        assert client.get(reverse(address, args=[pk])).status_code == 200


def test_it_is_for_those_with_is_staff_alone(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    assert client.get("/admin/").status_code in (302, 403)
