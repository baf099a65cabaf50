"""A plan is written in the browser: from an empty draft to an adoption, and what two people wrote at once."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from planning.models import Measure
from strategy.models import Document, Goal, Indicator, Section, Target
from strategy.services import words_in_force
from tests import factories as make
from tests.cast import Cast
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def adviser(cast: Cast, client: Client) -> Any:
    client.force_login(cast.adviser)
    return client


def as_person(person) -> Any:
    client = Client()
    client.force_login(person)
    return client


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

    dean = as_person(cast.dean)
    adopted = send(dean, "/planer/ny-plan-for-opptak/vedta/", decided_by="Fakultetsstyret", decided_on="2026-03-10",
                   case_number="52-12")  # fmt: skip
    assert adopted.url == "/planer/ny-plan-for-opptak/"
    plan = Document.objects.get(slug="ny-plan-for-opptak")
    assert (plan.state, plan.decisions.get().case_number) == ("in_force", "52-12")
    frozen = plan.versions.get().content
    assert [measure["text"] for measure in frozen["measures"]] == ["Besøke skolene"]
    assert {row.status for row in (area, goal, measure) if row.refresh_from_db() is None} == {"in_force"}

    again = send(dean, "/planer/ny-plan-for-opptak/vedta/", decided_by="Fakultetsstyret", decided_on="2026-03-11")
    assert "Dokumentet er allerede vedtatt, og teksten er ikke endret siden." in again.content.decode()
    assert plan.versions.count() == 1


def test_an_adoption_needs_a_goal_and_a_day_that_has_come(cast: Cast) -> None:
    make.document("tom", cast.hf, state="draft")
    dean = as_person(cast.dean)
    refused = send(dean, "/planer/tom/vedta/", decided_by="Styret", decided_on="2026-03-10").content.decode()
    assert "Dokumentet har ingen mål ennå." in refused
    assert 'value="Styret"' in refused
    early = send(dean, "/planer/tom/vedta/", decided_by="Styret", decided_on="2026-03-16").content.decode()
    assert "Datoen er ikke kommet ennå. Skriv dagen vedtaket ble gjort." in early


def test_readers_keep_what_was_adopted_while_it_is_rewritten(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Slik det var")
    send(adviser, f"/mal/{goal.key}/endre/", text="Slik det blir", why="Etter seminaret")
    assert [row["text"] for row in words_in_force(plan)["goals"]] == ["Slik det var"]
    goal.refresh_from_db()
    assert goal.text == "Slik det blir"
    page = adviser.get("/planer/planen/rediger/").content.decode()
    assert "Teksten er endret siden vedtaket" in page


def test_two_editors_the_second_sees_both_texts_and_chooses(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), text="Det første")
    address = f"/tiltak/{measure.key}/endre/"
    opened = adviser.get(address)
    send(as_person(cast.dean), address, text="Dekanens", **{"lines-0-party": "IHK"})

    stopped = send(adviser, address, of=opened, text="Rådgiverens")
    page = stopped.content.decode()
    assert "Dekan lagret noe nytt mens du skrev" in page
    shown = [(row.label, row.mine, row.theirs) for row in stopped.context["conflict"].differences]
    assert shown == [
        ("Tiltak", "Rådgiverens", "Dekanens"),
        ("Ansvar", "–", "ansvarlig: Institutt for historiske og klassiske studier"),
    ]
    assert fields_of(stopped, address)["text"] == ["Rådgiverens"]
    measure.refresh_from_db()
    assert (measure.text, measure.responsibilities.count()) == ("Dekanens", 1)

    chosen = send(adviser, address, of=stopped)
    assert chosen.status_code == 302
    measure.refresh_from_db()
    assert (measure.text, measure.responsibilities.count()) == ("Rådgiverens", 0)


def test_a_change_of_the_lines_alone_makes_the_item_newer(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    opened = adviser.get(address)
    send(adviser, address, **{"lines-0-party": "Studentene"})
    stopped = send(adviser, address, of=opened, **{"lines-0-party": "IMU"})
    assert [row.label for row in stopped.context["conflict"].differences] == ["Ansvar"]


def test_lines_are_added_ordered_and_removed_without_script(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, text="Skrevet halvveis", do="lines-add", **{"lines-0-party": "HF"})
    page = send(adviser, address, of=page, do="lines-add", **{"lines-1-party": "IHK", "lines-1-under": "1"})
    page = send(adviser, address, of=page, do="lines-up-2", **{"lines-2-party": "Studentene"})
    sent = fields_of(page, address)
    assert [sent[f"lines-{n}-party"][0] for n in range(3)] == ["HF", "Studentene", "IHK"]
    assert sent["text"] == ["Skrevet halvveis"]
    page = send(adviser, address, of=page, do="lines-remove-1")
    assert measure.responsibilities.count() == 0
    send(adviser, address, of=page)
    lines = [(line.party.slug, line.under and line.under.party.slug) for line in measure.responsibilities.all()]
    assert lines == [("hf", None), ("ihk", "hf")]


def test_an_unknown_party_gets_the_nearest_name_and_keeps_what_was_typed(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, **{"lines-0-party": "Institutt for musik"})
    message = "Fant ingen enhet eller gruppe som heter «Institutt for musik». Mente du «Institutt for musikk»?"
    assert message in page.content.decode()
    assert fields_of(page, address)["lines-0-party"] == ["Institutt for musik"]
    assert measure.responsibilities.count() == 0


def test_a_measure_serves_goals_or_a_whole_area(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    goals = [make.goal(plan, area=area), make.goal(plan, area=area)]
    measure = make.measure(plan)
    address = f"/tiltak/{measure.key}/endre/"
    both = send(adviser, address, goals=[goals[0].pk], area=area.pk)
    assert "Velg enten mål eller et helt område, ikke begge deler." in both.content.decode()
    send(adviser, address, goals=[goal.pk for goal in goals])
    assert set(measure.goals.all()) == set(goals)


def test_picking_in_other_documents_keeps_what_is_ticked(cast: Cast, adviser: Any) -> None:
    policy = make.document("politikken", cast.university, kind="policy", title="Politikken")
    found, other = make.goal(policy, text="ØKE søkningen"), make.route(policy, text="Gå nye veier")
    hidden = make.goal(make.document("hemmelig", cast.university, state="draft"), text="Øke i det skjulte")
    measure = make.measure(make.document("planen", cast.hf))
    measure.item_links.create(kind="aligned", to_route=other)
    measure.item_links.create(kind="aligned", to_goal=hidden)
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, do="aligned-find", **{"aligned-q": "øke"})
    offered = [(option.text, option.is_picked) for option in page.context["editing"].parts[2].rows.options]
    assert offered == [("Gå nye veier", True), ("ØKE søkningen", False)]
    send(adviser, address, of=page, aligned=[f"mal.{found.key}"])
    ends = {link.to_goal or link.to_route for link in measure.item_links.all()}
    assert ends == {found, hidden}


def test_retiring_lists_what_was_taken_out_and_brings_it_back(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Målet")
    answer = adviser.post(f"/mal/{goal.key}/ta-ut/", follow=True).content.decode()
    goal.refresh_from_db()
    assert goal.status == "retired"
    assert "Tatt ut: «Målet»" in answer
    assert answer.count(f'action="/mal/{goal.key}/hent-tilbake/"') == 2  # in the list, and in the message
    adviser.post(f"/mal/{goal.key}/hent-tilbake/")
    goal.refresh_from_db()
    assert goal.status == "in_force"
    reasons = [row.history_change_reason for row in goal.history.all()][:2]
    assert reasons == ["Hentet tilbake.", "Tatt ut."]


def test_an_area_with_something_in_it_stays(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    goal = make.goal(plan, area=area)
    answer = adviser.post(f"/omrade/{area.key}/ta-ut/", follow=True).content.decode()
    assert "Flytt eller ta ut det som står i området først." in answer
    adviser.post(f"/mal/{goal.key}/ta-ut/")
    adviser.post(f"/omrade/{area.key}/ta-ut/")
    area.refresh_from_db()
    assert area.status == "retired"
    answer = adviser.post(f"/mal/{goal.key}/hent-tilbake/", follow=True).content.decode()
    assert escape("Hent først tilbake området «Et område», som dette sto i.") in answer


def test_moving_changes_the_order_among_what_stands_together(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    area = make.area(plan)
    inside = [make.goal(plan, text=word, area=area, position=n) for n, word in enumerate("abc")]
    make.goal(plan, text="utenfor", position=1)
    moved = adviser.post(f"/mal/{inside[2].key}/flytt/", {"to": "up"})
    assert moved.url == f"/planer/planen/rediger/?ved={inside[2].key}#rad-{inside[2].key}"
    assert [goal.text for goal in plan.goals.filter(area=area)] == ["a", "c", "b"]
    adviser.post(f"/mal/{inside[0].key}/flytt/", {"to": "up"})
    assert [goal.text for goal in plan.goals.filter(area=area)] == ["a", "c", "b"]
    send(adviser, f"/mal/{inside[0].key}/omrade/", area="")
    assert [goal.text for goal in plan.goals.filter(area=None)] == ["utenfor", "a"]


def test_a_measure_moves_among_those_of_its_goal(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    one, two = make.goal(plan), make.goal(plan)
    measures = [make.measure(plan, goal, text=text, position=n)
                for n, (text, goal) in enumerate([("a", one), ("x", two), ("b", one)])]  # fmt: skip
    adviser.post(f"/tiltak/{measures[2].key}/flytt/", {"to": "up"})
    assert [measure.text for measure in plan.measures.filter(goals=one)] == ["b", "a"]


@pytest.mark.parametrize(
    ("sent", "messages"),
    [
        ({"kind": "count"}, ["Skriv tallet. Bare en balanse kan stå uten."]),
        (
            {"kind": "share", "value": "140", "unit": "personer"},
            [
                "En andel har måleenheten %.",
                "Skriv hva andelen er en andel av.",
                "En andel er mellom 0 og 100.",
            ],
        ),
        ({"kind": "rate", "value": "2"}, ["Skriv hva det er per, for eksempel «år»."]),
        ({"kind": "multiple", "value": "2"}, ["Skriv utgangsverdien som skal mangedobles."]),
        (
            {"kind": "count", "value": "2", "period_from_on": "2026-02-01", "period_to_on": "2026-01-01"},
            ["Slutten er før starten. Rett en av de to datoene."],
        ),
    ],
)
def test_a_target_is_judged_by_its_kind(cast: Cast, adviser: Any, sent: dict, messages: list[str]) -> None:
    goal = make.goal(make.document("planen", cast.hf))
    page = send(adviser, f"/mal/{goal.key}/nytt-maltall/", text="Måltallet", comparator="at_least", **sent)
    errors = [message for field in page.context["form"].errors.values() for message in field]
    assert sorted(errors) == sorted(messages)
    assert Target.objects.count() == 0


def test_a_target_taken_out_is_put_back_as_it_was(cast: Cast, adviser: Any) -> None:
    goal = make.goal(make.document("planen", cast.hf))
    target = Target.objects.create(goal=goal, kind="count", value=8, text="Åtte", comparator="at_least")
    answer = adviser.post(f"/maltall/{target.pk}/ta-ut/", follow=True).content.decode()
    assert not goal.targets.exists()
    number = Target.history.latest().history_id
    assert f'action="/maltall/{number}/hent-tilbake/"' in answer
    for _ in range(2):
        adviser.post(f"/maltall/{number}/hent-tilbake/")
    assert [(row.pk, row.text, int(row.value or 0)) for row in goal.targets.all()] == [(target.pk, "Åtte", 8)]


def test_changes_tell_who_when_from_to_and_why(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), text="Før")
    send(adviser, f"/tiltak/{measure.key}/endre/", text="Etter", why="Etter seminaret", **{"lines-0-party": "IHK"})
    page = adviser.get(f"/tiltak/{measure.key}/endringer/")
    newest = page.context["page"].object_list[0]
    assert (newest.who, newest.why) == ("Rådgiver", "Etter seminaret")
    assert [(field.label, field.before, field.after) for field in newest.fields] == [
        ("Tiltak", "Før", "Etter"),
        ("Ansvar", "–", "ansvarlig: Institutt for historiske og klassiske studier"),
    ]


def test_one_save_is_one_row_of_history_with_its_links(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    goals = [make.goal(plan), make.goal(plan)]
    send(adviser, "/planer/planen/rediger/nytt-tiltak/", text="Nytt", goals=[goals[0].pk])
    measure = Measure.objects.get(text="Nytt")
    assert [row.history_type for row in measure.history.all()] == ["+"]
    send(adviser, f"/tiltak/{measure.key}/endre/", goals=[goal.pk for goal in goals])
    rows = list(measure.history.all())
    assert [(row.history_type, row.goals.count(), row.history_user) for row in rows] == [
        ("~", 2, cast.adviser),
        ("+", 1, cast.adviser),
    ]


def test_htmx_opens_the_form_in_place_and_answers_with_the_outline(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), text="Tiltaket")
    address, htmx = f"/tiltak/{measure.key}/endre/", {"hx-request": "true"}
    opened = adviser.get(address, headers=htmx)
    assert opened.content.decode().lstrip().startswith('<div class="edit" id="edit">')
    assert f'hx-post="{address}"' in opened.content.decode()
    wrong = send(adviser, address, of=opened, htmx=True, text="")
    assert (wrong.status_code, wrong["HX-Retarget"], wrong["HX-Reswap"]) == (200, "#edit", "outerHTML")
    saved = send(adviser, address, of=opened, htmx=True, text="Nytt")
    outline = adviser.get(saved.url, headers=htmx).content.decode()
    assert outline.lstrip().startswith('<div class="editor" id="outline">')
    assert outline.count("data-focus") == 1
    assert f'id="endre-{measure.key}"' in outline.partition("data-focus")[0].rpartition("<a")[2]


def test_states_go_only_where_they_can(cast: Cast, adviser: Any) -> None:
    draft = make.document("planen", cast.hf, state="draft")
    address = "/planer/planen/rediger/status/"

    def after(client: Any, to: str) -> str:
        draft.refresh_from_db()
        client.post(address, {"to": to, "lock_version": draft.lock_version})
        draft.refresh_from_db()
        return draft.state

    assert after(adviser, "in_force") == "draft"
    assert after(adviser, "hearing") == "hearing"
    Document.objects.filter(pk=draft.pk).update(state="in_force")
    assert after(adviser, "expired") == "in_force"
    assert after(as_person(cast.dean), "expired") == "expired"
    assert after(as_person(cast.dean), "in_force") == "in_force"


def test_bad_input_of_a_document_keeps_what_was_typed(cast: Cast, adviser: Any) -> None:
    page = send(adviser, "/strategi/ny/", title="", vision="Vi vil fram", period_from_on="2026-01-01",
                period_to_on="2025-01-01", owner=cast.hf.pk)  # fmt: skip
    assert set(page.context["form"].errors) == {"title", "period_to_on"}
    assert fields_of(page, "/strategi/ny/")["vision"] == ["Vi vil fram"]
    assert Document.objects.count() == 0


def test_titles_give_addresses_that_are_free(cast: Cast, adviser: Any) -> None:
    made = [send(adviser, "/planer/ny/", title=title, owner=cast.hf.pk).url for title in ("Åpen dør", "Åpen dør", "Ny")]
    assert made == ["/planer/apen-dor/rediger/", "/planer/apen-dor-2/rediger/", "/planer/ny-2/rediger/"]


def test_running_text_is_added_ordered_taken_out_and_put_back(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    for text in ("Den første", "Den andre"):
        send(adviser, "/planer/planen/rediger/nytt-avsnitt/", kind="challenge", text=text)
    first, second = plan.sections.all()
    send(adviser, f"/avsnitt/{first.pk}/endre/", title="Overskriften")
    adviser.post(f"/avsnitt/{second.pk}/flytt/", {"to": "up"})
    assert [(row.title, row.text) for row in plan.sections.all()] == [
        ("", "Den andre"),
        ("Overskriften", "Den første"),
    ]
    adviser.post(f"/avsnitt/{first.pk}/ta-ut/")
    assert [row.text for row in plan.sections.all()] == ["Den andre"]
    adviser.post(f"/avsnitt/{Section.history.latest().history_id}/hent-tilbake/")
    assert [row.title for row in plan.sections.all()] == ["", "Overskriften"]


def test_a_goal_is_a_translation_of_one_in_another_language(cast: Cast, adviser: Any) -> None:
    norwegian = make.goal(make.document("norsk", cast.hf), text="Flere søkere")
    english = make.goal(make.document("engelsk", cast.hf, language="en"), text="More applicants")
    address = f"/mal/{english.key}/endre/"
    send(adviser, address, translation_of=norwegian.pk)
    assert [(link.kind, link.to_goal) for link in english.links.all()] == [("translated", norwegian)]
    assert fields_of(adviser.get(address), address)["translation_of"] == [str(norwegian.pk)]
    send(adviser, address, translation_of="")
    assert not english.links.exists()


def test_a_fact_box_keeps_its_figures_and_lets_one_go_as_an_observation(cast: Cast, adviser: Any) -> None:
    area = make.area(make.document("planen", cast.hf))
    applicants = Indicator.objects.create(slug="sokere", name="Søkere")
    send(adviser, f"/omrade/{area.key}/nytt-faktum/", text="Slik var det", period_words="2020",
         **{"values-0-indicator": applicants.pk, "values-0-value": "120", "values-0-unit": "personer"})  # fmt: skip
    fact = area.facts.get()
    seen = fact.observations.get()
    assert (int(seen.value), seen.unit, seen.period_words) == (120, "personer", "2020")
    address = f"/faktum/{fact.pk}/endre/"
    send(adviser, address, **{"values-0-value": "130"})
    seen.refresh_from_db()
    assert int(seen.value) == 130
    emptied = send(adviser, address, do="values-remove-0")
    send(adviser, address, of=emptied)
    seen.refresh_from_db()
    assert (seen.fact, applicants.observations.count()) == (None, 1)


def test_a_multiple_is_counted_from_an_observation(cast: Cast, adviser: Any) -> None:
    goal = make.goal(make.document("planen", cast.hf))
    agreements = Indicator.objects.create(slug="avtaler", name="Avtaler")
    send(adviser, f"/mal/{goal.key}/nytt-maltall/", text="Minst det dobbelte", kind="multiple", comparator="at_least",
         value="2", baseline_value="8", indicator=agreements.pk)  # fmt: skip
    target = goal.targets.get()
    assert (int(target.value or 0), target.baseline and int(target.baseline.value)) == (2, 8)
    send(adviser, f"/maltall/{target.pk}/endre/", text="Dobbelt så mange")
    assert goal.targets.get().baseline == target.baseline


def fill(plan: Document, count: int) -> None:
    for number in range(count):
        area = make.area(plan, title=f"Område {number}")
        goal = make.goal(plan, area=area)
        Target.objects.create(goal=goal, kind="count", value=8, text="Åtte", comparator="at_least")
        make.route(plan, area=area)
        measure = make.measure(plan, goal)
        measure.responsibilities.create(unit=plan.owner)
        make.measure(plan, area=area)
        plan.sections.create(kind="purpose", text="Hensikt")


@pytest.mark.parametrize("count", [1, 3])
def test_the_editor_asks_as_often_for_one_as_for_three(
    cast: Cast, adviser: Any, count: int, django_assert_num_queries
) -> None:
    plan = make.document("planen", cast.hf, state="draft")
    fill(plan, count)
    with django_assert_num_queries(16):
        page = adviser.get("/planer/planen/rediger/")
    assert page.content.decode().count('data-kind="measure"') == 2 * count
