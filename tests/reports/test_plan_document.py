"""What the paper says, word for word, before it is set."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from annual_wheel import board, opening, services
from reports.plan_areas import Carried, LinePart, RoutePart, TargetPart
from reports.plan_document import ContentsLine, PlanDocument, Text, plan_document
from strategy.models import Decision, Document, GoalLink, Section, Target
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast

NOW = datetime(2026, 3, 15, 12, tzinfo=ZoneInfo("Europe/Oslo"))
TODAY = date(2026, 3, 15)


def paper(document: Document, reader: Any, today: date = TODAY) -> PlanDocument:
    return plan_document(document, reader=reader, today=today)


def section(document: Document, kind: str, text: str, title: str = "") -> None:
    Section.objects.create(document=document, kind=kind, text=text, title=title, position=document.sections.count())


def test_the_cover_tells_what_is_known_and_nothing_else(cast: Cast) -> None:
    bare = paper(make.document("planen", cast.hf, title="Planen"), cast.dean)
    assert (bare.title, bare.kind, bare.owner) == ("Planen", "Handlingsplan", "Det humanistiske fakultet")
    assert (bare.state, bare.facts, bare.warnings) == ("Gjelder", (), ())
    assert bare.made_on == "Hentet ut 15. mars 2026"


def test_the_cover_tells_period_decisions_and_what_it_rests_on(cast: Cast) -> None:
    policy = make.document("politikken", cast.university, title="Politikken", kind="policy", state="expired")
    hidden = make.document("hemmelig", cast.university, title="Hemmelig", state="draft", period_to_on=date(2025, 1, 1))
    years = {"period_from_on": date(2021, 1, 1), "period_to_on": date(2025, 12, 31)}
    plan = make.document("planen", cast.hf, title="Planen", **years)
    plan.carries_out.add(policy, hidden)
    make.document("neste", cast.hf, title="Neste plan", follows=plan)
    make.document("enda", cast.hf, title="Bare et utkast", state="draft", follows=plan)
    Decision.objects.create(document=plan, kind="mandate", decided_by="Styret", case_number="52-12")
    Decision.objects.create(document=plan, kind="adoption", decided_by="Dekan", decided_on=date(2020, 12, 1))
    told = paper(plan, cast.dean)
    assert told.facts == (
        ("Periode", ("2021–2025",)),
        ("Oppdrag", ("Styret, sak 52-12",)),
        ("Vedtak", ("Dekan, 1. desember 2020",)),
        ("Gjennomfører", ("Politikken",)),
        ("Etterfulgt av", ("Neste plan",)),
    )
    assert told.warnings == (
        "Perioden er over. Dokumentet gjaldt til 31. desember 2025.",
        "Bygger på noe som ikke gjelder lenger: Politikken.",
    )


def test_chapters_stand_in_their_order_and_drop_a_heading_said_twice(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    section(plan, "challenge", "For få søkere.")
    section(plan, "purpose", "Første avsnitt.\n\nAndre avsnitt.", "Hensikt")
    section(plan, "background", "Slik er det.", "Tallene")
    section(plan, "evaluation", "Hver høst.")
    told = paper(plan, cast.dean)
    assert [(chapter.title, chapter.texts) for chapter in (*told.before, *told.after)] == [
        ("Hensikt", (Text("", "Første avsnitt.\n\nAndre avsnitt."),)),
        ("Bakgrunn", (Text("Tallene", "Slik er det."),)),
        ("Utfordringer", (Text("", "For få søkere."),)),
        ("Evaluering", (Text("", "Hver høst."),)),
    ]


def test_measures_stand_with_their_goal_shared_ones_once_and_gaps_are_said(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    first, second = make.area(plan, title="Innhold", position=1), make.area(plan, title="Kanaler", position=2)
    one = make.goal(plan, area=first, text="Ett", position=1)
    two = make.goal(plan, area=first, text="To", position=2)
    three = make.goal(plan, area=second, text="Tre")
    bare = make.goal(plan, area=first, text="Bart", position=3)
    make.measure(plan, one, text="Eget", modality="may", frequency="årlig")
    make.measure(plan, one, two, text="Felles")
    make.measure(plan, area=second, text="For alle")
    make.measure(plan, text="Løst")
    told = paper(plan, cast.dean)
    content, channels, untied = told.areas
    assert (untied.title, [row.text for group in untied.shared for row in group.measures]) == (
        "Tiltak uten mål",
        ["Løst"],
    )
    assert [line.title for line in told.contents] == ["Mål og tiltak", "Innhold", "Kanaler", "Tiltak uten mål"]
    assert [
        (goal.number, goal.text, [row.text for row in goal.measures], goal.is_shared) for goal in content.goals
    ] == [(1, one.text, ["Eget"], True), (2, two.text, [], True), (3, bare.text, [], False)]
    assert content.goals[0].measures[0].notes == ("Kan gjøres", "Årlig")
    assert [group.title for group in content.shared] == ["Felles for mål 1 og 2"]
    assert [(goal.number, goal.is_shared) for goal in channels.goals] == [(4, True)]
    assert (channels.goals[0].text, channels.shared[0].title) == (three.text, "Felles for alle mål i området")
    assert told.goals_title == "Mål og tiltak"


def test_responsibility_keeps_its_words_and_its_order(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    measure = make.measure(plan, make.goal(plan))
    top = measure.responsibilities.create(unit=cast.hf, wording="fakultetet", position=0)
    measure.responsibilities.create(unit=cast.ihk, wording="/instituttet", position=1, under=top, relation="with")
    measure.responsibilities.create(group=cast.departments, function=make.function("leder"), position=2)
    [area] = paper(plan, cast.dean).areas
    assert area.goals[0].measures[0].lines == (
        LinePart("Fakultetet", True, 0),
        LinePart("instituttet", False, 1),
        LinePart("Instituttene v/leder", True, 0),
    )


def test_targets_facts_routes_and_what_a_goal_builds_up_under(cast: Cast) -> None:
    strategy = make.document("strategien", cast.university, kind="strategy", title="Strategy", language="en")
    upward = make.goal(strategy, text="Go abroad")
    hidden = make.goal(make.document("utkastet", cast.university, state="draft"), text="Hemmelig")
    policy = make.document("politikken", cast.hf, kind="policy")
    area = make.area(policy, title="Mobilitet", label="II", overall_goal="Flere ut")
    goal = make.goal(policy, area=area)
    for other in (upward, hidden):
        GoalLink.objects.create(kind="aligned", from_goal=goal, to_goal=other)
    make.route(policy, area=area, text="Gjøre det lett").goals.add(goal)
    text = "Minst 40 % reiser ut."
    share = {"kind": "share", "value": 40, "unit": "%", "comparator": "at_least", "denominator": "studentene"}
    Target.objects.create(goal=goal, text=text, due_on=date(2017, 12, 31), **share)
    area.facts.create(text="30 % reiste ut.", period_words="i 2012")
    told = paper(policy, cast.dean)
    [part] = told.areas
    assert told.goals_title == "Mål og veivalg"
    assert not told.has_measures
    assert part.goals[0].carries == (Carried("Go abroad", "Strategy", "en"),)
    assert part.goals[0].targets == (TargetPart(text, "Innen 31. desember 2017"),)
    assert part.facts == (("30 % reiste ut.", "i 2012"),)
    assert part.routes == (RoutePart("Gjøre det lett", "Tjener mål 1"),)
    assert part.overall_goal == "Flere ut"
    assert told.contents == (ContentsLine(1, "mal", "Mål og veivalg"), ContentsLine(2, part.id, "II Mobilitet"))


def test_the_paper_says_what_is_in_force_not_what_is_being_written(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    goal = make.goal(plan, text="Vedtatt")
    freeze(plan, by=cast.dean, now=NOW)
    goal.text = "Foreslått"
    goal.save()
    make.goal(plan, text="Nytt")
    assert [part.text for area in paper(plan, cast.dean).areas for part in area.goals] == ["Vedtatt"]


def test_the_wheel_stands_by_month_with_what_is_cancelled_and_why(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    wheel = make.wheel("hjulet", cast.hf, title="Årshjulet", document=plan)
    make.entry(wheel, cast.ihk, text="I mai", month=5, when_words="mai", modality="should")
    fair = make.entry(wheel, cast.ihk, text="Messe", kind="event", bound_words="før svarfristen", position=1)
    make.entry(wheel, text="Frist", kind="deadline", ticks="none", position=0)
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    services.cancel(
        fair.editions.get(), by=cast.adviser, reason="For få påmeldte", is_partly=False, today=TODAY, expected=1
    )
    [part] = paper(plan, cast.dean).wheels
    assert (part.title, part.year, part.picture.title) == ("Årshjulet", 2026, "2026")
    assert [edition.number for month in part.months for edition in month.editions] == [1, 2, 3]
    assert [(month.name, [edition.text for edition in month.editions]) for month in part.months] == [
        ("April", ["Frist", "Messe"]),
        ("Mai", ["I mai"]),
    ]
    deadline, cancelled, may = [edition for month in part.months for edition in month.editions]
    assert (deadline.kind, deadline.when, deadline.is_cancelled, deadline.lines) == ("Frist", "15. april", False, ())
    assert cancelled.is_cancelled
    assert cancelled.notes == ("Utgår i år: For få påmeldte", "Før svarfristen")
    assert (may.when, may.notes) == ("Mai", ("Bør gjøres",))


def test_the_wheel_has_each_point_under_the_month_it_stands_under_on_the_screen(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    wheel = make.wheel("hjulet", cast.hf, document=plan)
    moved = make.entry(wheel, cast.ihk, text="Flyttet", when_words="15. april", month=4)
    own = make.entry(wheel, cast.ihk, text="Eget", when_words="20. april", month=4, position=1)
    make.entry(wheel, cast.ihk, text="Fast", when_words="mai", month=5, position=2)
    make.entry(wheel, cast.ihk, text="Løper", when_words="løpende", kind="ongoing", month=1, position=3)
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    services.move(moved.editions.get(), by=cast.adviser, words="10. juni", today=TODAY, expected=1)
    own.editions.update(own_words={"month": 2})
    expected = [("Februar", ["Eget"]), ("Mai", ["Fast"]), ("Juni", ["Flyttet"]), ("Løpende gjennom året", ["Løper"])]
    [part] = paper(plan, cast.dean).wheels
    assert [(month.name, [edition.text for edition in month.editions]) for month in part.months] == expected
    assert [edition.number for month in part.months for edition in month.editions] == [1, 2, 3, 4]
    heads = board.heads_of(board.months_of(wheel, 2026), wheel, 2026, today=TODAY).values()
    assert [head.name for head in heads] == [name for name, _texts in expected]


@pytest.mark.parametrize(("today", "year"), [(date(2023, 6, 1), 2022), (date(2024, 6, 1), 2026), (TODAY, 2026)])
def test_the_wheel_is_of_this_year_or_the_nearest_opened(cast: Cast, today: date, year: int) -> None:
    plan = make.document("planen", cast.hf)
    wheel = make.wheel("hjulet", cast.hf, document=plan)
    make.wheel("tomt", cast.hf, document=plan)  # no year is opened: nothing to show
    make.entry(wheel)
    for opened in (2022, 2026):
        opening.open_year(wheel, year=opened, by=cast.adviser, now=NOW, today=TODAY)
    assert [part.year for part in paper(plan, cast.dean, today).wheels] == [year]


def test_labels_follow_whoever_orders_and_the_text_keeps_its_language(cast: Cast) -> None:
    plan = make.document("strategien", cast.hf, language="en", kind="strategy")
    with translation.override("en"):
        told = paper(plan, cast.dean)
    assert (told.label_language, told.language) == ("en", "en")
    assert (paper(plan, cast.dean).label_language, paper(plan, cast.dean).language) == ("nb", "en")


def test_what_it_builds_on_is_told_in_the_words_in_force(cast: Cast) -> None:
    policy = make.document("politikken", cast.university, title="Politikken", kind="policy")
    adopted, proposed = make.goal(policy, text="Vedtatt"), make.goal(policy, text="Foreslått", status="proposed")
    freeze(policy, by=cast.administrator, now=NOW)
    policy.goals.filter(pk=proposed.pk).update(text="Foreslått, endret")
    policy.goals.filter(pk=adopted.pk).update(text="Ikke vedtatt ennå")
    later = make.goal(policy, text="Kom til siden", status="proposed")
    goal = make.goal(make.document("planen", cast.hf))
    for other in (adopted, later):
        GoalLink.objects.create(kind="aligned", from_goal=goal, to_goal=other)
    [part] = paper(goal.document, cast.dean).areas
    assert part.goals[0].carries == (Carried("Vedtatt", "Politikken", "nb"),)
