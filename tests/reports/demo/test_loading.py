"""Loading: once, again, a year later, half of it, and by command."""

import io
import json
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from annual_wheel import services
from annual_wheel.models import Entry, Task, WheelYear
from config.lib import demo as accounts
from organisation.models import Unit, User
from planning.models import Measure
from reports import demo
from reports.demo import life
from reports.exporters import export
from strategy.models import Goal, Section
from tests.reports.demo.written import Json

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]


def everything() -> dict[str, list[Any]]:
    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for app in ("organisation", "strategy", "planning", "annual_wheel", "reports")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def test_loading_again_changes_nothing(demo_data: date) -> None:
    before = everything()
    made = demo.load(today=demo_data).made
    assert (sum(made.values()), everything()) == (0, before)


def test_what_users_have_done_since_is_left_alone(demo_data: date) -> None:
    adviser = User.objects.get(email="adviser@hf.example")
    User.objects.filter(pk=adviser.pk).update(name="Nytt navn")
    Unit.objects.filter(slug="kult").update(name="Nytt institutt")
    Goal.objects.filter(key="hf-m-bachelor").update(text="Nytt mål")
    Measure.objects.filter(key="hf-t-alumni").update(status="retired")
    Section.objects.filter(document__slug="hf-rekruttering", kind="challenge").delete()
    entry = Entry.objects.get(key="hf-h-karrieredagen")
    entry.responsibilities.all().delete()
    entry.measures.add(Measure.objects.get(key="hf-t-nettsok"))
    task = Task.objects.filter(status="done", edition__year=2026).first()
    assert task is not None
    services.untick(task, by=adviser)
    before = everything()

    demo.load(today=demo_data)

    assert everything() == before


def test_a_year_later_only_the_new_year_is_added(demo_data: date) -> None:
    before = everything()
    made = demo.load(today=date(2027, 2, 1)).made
    assert made == {"WheelYear": 1}
    after = everything()
    for name, rows in before.items():
        assert after[name][: len(rows)] == rows, name
    assert sorted(WheelYear.objects.values_list("year", flat=True)) == [2021, 2022, 2026, 2027]


def test_everyone_in_the_demo_can_log_in() -> None:
    for account in accounts.accounts():
        assert Client().login(email=account.email, password=accounts.PASSWORD), account.email


def test_the_commands_say_what_they_did(demo_data: date, exported: Json) -> None:
    out = io.StringIO()
    call_command("load_demo", today=demo_data, stdout=out)
    assert out.getvalue() == "The demo was there already: nothing was changed.\n"
    printed = io.StringIO()
    call_command("export_data", stdout=printed)
    assert json.loads(printed.getvalue()) == exported


def test_half_a_demo_is_never_left_behind(demo_data: date, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power went")

    before = everything()
    monkeypatch.setattr(life, "live", fail)
    Entry.objects.filter(key="hf-h-nettsok").update(key="et-annet-punkt")  # so that one entry is missing
    changed = everything()
    with pytest.raises(RuntimeError), transaction.atomic():
        demo.load(today=demo_data)
    assert everything() == changed != before


def test_the_same_day_gives_the_same_demo(exported: Json, demo_data: date) -> None:
    """Loaded a second time from nothing, every moment and every tick is the same."""
    clear()
    demo.load(today=demo_data)
    assert json.loads(json.dumps(export())) == exported


def clear() -> None:
    """Empty the tables, also of rows that the models never let go."""
    with connection.cursor() as cursor:
        for app in ("reports", "annual_wheel", "planning", "strategy", "organisation"):
            for model in apps.get_app_config(app).get_models(include_auto_created=True):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
