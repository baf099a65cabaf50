"""From an empty draft to an adoption, and what readers see meanwhile."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from planning.models import Measure
from strategy.models import Document, Goal
from strategy.services import words_in_force
from tests import factories as make
from tests.cast import Cast, client_of
from tests.sending import send

pytestmark = pytest.mark.usefixtures("today")


def test_the_log_is_kept_in_bokmaal_whoever_adopts(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    goal = make.goal(plan, status="proposed")
    dean = Client(headers={"accept-language": "en"})
    dean.force_login(cast.dean)
    send(dean, "/planer/planen/vedta/", decided_by="Styret", decided_on="2026-03-10")
    assert goal.history.latest().history_change_reason == "Vedtatt."


@pytest.mark.parametrize("typed", ["²", "٣", "", "-1", "9" * 5000])
def test_a_version_that_is_no_number_is_an_old_one(cast: Cast, adviser: Any, typed: str) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    answer = client_of(cast.adviser).post("/planer/planen/rediger/status/", {"to": "hearing", "lock_version": typed})
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_a_plan_from_empty_draft_to_adoption(cast: Cast, adviser: Any) -> None:
    policy = make.document("politikken", cast.university, kind="policy", title="Politikken")
    above = make.goal(policy, text="Flere søkere i hele landet")
    new = send(adviser, "/planer/ny/", title="Ny plan for opptak", owner=cast.hf.pk, carries_out=policy.pk)
    assert new.url == "/planer/ny-plan-for-opptak/rediger/"

    send(adviser, "/planer/ny-plan-for-opptak/rediger/nytt-omrade/", title="Synlighet")
    area = Document.objects.get(slug="ny-plan-for-opptak").areas.get()
    goal_page = f"/planer/ny-plan-for-opptak/rediger/nytt-mal/?omrade={area.key}"
    send(adviser, goal_page, text="Søkerne finner oss", aligned=f"mal.{above.key}")
    goal = Goal.objects.get(text="Søkerne finner oss")
    assert (goal.area, goal.status) == (area, "proposed")
    assert [link.to_goal for link in goal.links.all()] == [above]

    send(adviser, f"/mal/{goal.key}/nytt-maltall/", text="Minst 40 %", kind="share", comparator="at_least",
         value="40", unit="%", denominator="søkerne")  # fmt: skip
    assert goal.targets.get().value == 40

    measure_page = f"/planer/ny-plan-for-opptak/rediger/nytt-tiltak/?mal={goal.key}"
    send(adviser, measure_page, text="Besøke skolene", **{"lines-0-party": "Instituttene", "lines-0-wording": "alle"})
    measure = Measure.objects.get(text="Besøke skolene")
    assert list(measure.goals.all()) == [goal]
    assert [(line.group, line.wording) for line in measure.responsibilities.all()] == [(cast.departments, "alle")]

    dean = client_of(cast.dean)
    adopted = send(dean, "/planer/ny-plan-for-opptak/vedta/", decided_by="Fakultetsstyret", decided_on="2026-03-10",
                   case_number="52-12")  # fmt: skip
    assert adopted.url == "/planer/ny-plan-for-opptak/"
    plan = Document.objects.get(slug="ny-plan-for-opptak")
    assert (plan.state, plan.decisions.get().case_number) == ("in_force", "52-12")
    frozen = plan.versions.get().content
    assert [measure["text"] for measure in frozen["measures"]] == ["Besøke skolene"]
    assert {row.status for row in (area, goal, measure) if row.refresh_from_db() is None} == {"in_force"}

    again = send(dean, "/planer/ny-plan-for-opptak/vedta/", decided_by="Fakultetsstyret", decided_on="2026-03-11")
    said = "Dokumentet er allerede vedtatt av Fakultetsstyret 10. mars 2026, og teksten er ikke endret siden."
    assert said in again.content.decode()
    assert plan.versions.count() == 1


def test_an_adoption_needs_a_goal_and_a_day_that_has_come(cast: Cast) -> None:
    make.document("tom", cast.hf, state="draft")
    dean = client_of(cast.dean)
    refused = send(dean, "/planer/tom/vedta/", decided_by="Styret", decided_on="2026-03-10").content.decode()
    assert "Dokumentet har ingen mål ennå." in refused
    assert 'value="Styret"' in refused
    early = send(dean, "/planer/tom/vedta/", decided_by="Styret", decided_on="2026-03-16").content.decode()
    assert "Datoen er ikke kommet ennå. Skriv dagen vedtaket ble gjort." in early


def test_readers_keep_what_was_adopted_while_it_is_rewritten(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Slik det var")
    send(adviser, f"/mal/{goal.key}/endre/", text="Slik det blir", why="Etter seminaret")
    assert [row["text"] for row in words_in_force(plan, today=date(2026, 3, 15))["goals"]] == ["Slik det var"]
    goal.refresh_from_db()
    assert goal.text == "Slik det blir"
    page = adviser.get("/planer/planen/rediger/").content.decode()
    assert "Teksten er endret siden vedtaket" in page


def test_states_go_only_where_they_can(cast: Cast, adviser: Any) -> None:
    draft = make.document("planen", cast.hf, state="draft")
    address = "/planer/planen/rediger/status/"

    def after(client: Any, to: str) -> str:
        draft.refresh_from_db()
        client.post(address, {"to": to, "lock_version": draft.lock_version})
        draft.refresh_from_db()
        return draft.state

    assert after(adviser, "in_force") == "draft"
    assert after(adviser, "hearing") == "draft"  # that asks for a last day: tests/strategy/hearings
    Document.objects.filter(pk=draft.pk).update(state="hearing")
    assert after(adviser, "draft") == "draft"
    Document.objects.filter(pk=draft.pk).update(state="in_force")
    assert after(adviser, "expired") == "in_force"
    assert after(client_of(cast.dean), "expired") == "expired"
    assert after(client_of(cast.dean), "in_force") == "in_force"
