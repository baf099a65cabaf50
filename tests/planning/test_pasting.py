"""Goals and measures pasted as a table or a list: what is understood, mended, made and taken back."""

import re
from typing import Any

import pytest
from django.test import Client

from organisation.models import UnitGroup
from planning.models import Measure
from planning.pasting import PastedKind, PastedRow, rows_of
from strategy.models import Area, Document, Goal
from tests import factories as make
from tests.cast import Cast
from tests.page import texts
from tests.sending import send

AREA, GOAL, MEASURE = PastedKind.AREA, PastedKind.GOAL, PastedKind.MEASURE
PASTE = "/planer/planen/rediger/lim-inn/"
TABLE = "MÅL\tTILTAK\nFlere søkere\tBesøke skolene\n\tRinge søkerne\nBedre sider\tRette tekstene"
LIST = "- Flere søkere\n  - Besøke skolene\n  - Ringe søkerne\n- Bedre sider\n  - Rette tekstene"
READ = [
    PastedRow(GOAL, "Flere søkere"),
    PastedRow(MEASURE, "Besøke skolene"),
    PastedRow(MEASURE, "Ringe søkerne"),
    PastedRow(GOAL, "Bedre sider"),
    PastedRow(MEASURE, "Rette tekstene"),
]
WORD = """<table><tr><th>MÅL</th><th>TILTAK</th><th>ANSVAR</th></tr>
<tr><td colspan="3">3.1 Rekruttering</td></tr>
<tr><td rowspan="2"><p>1. Flere søkere</p></td><td><ul><li>Besøke skolene</li><li>Ringe søkerne</li></ul></td>
<td><p>Instituttene</p><p>Fakultetet</p></td></tr>
<tr><td><p>Skrive brev</p><p>til rådgiverne</p></td><td>Fakultetet i samråd med instituttene</td></tr></table>"""


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        LIST,
        "Flere søkere\n• Besøke skolene\n• Ringe søkerne\nBedre sider\n• Rette tekstene",
        "•\tFlere søkere\no\tBesøke skolene\no\tRinge søkerne\n•\tBedre sider\no\tRette tekstene",
        "1. Flere søkere\n   a) Besøke skolene\n   b) Ringe søkerne\n2. Bedre sider\n   a) Rette tekstene",
    ],
)
def test_tables_and_lists_in_two_levels_are_goals_and_measures(text: str) -> None:
    assert rows_of(text=text) == READ


def test_a_table_of_words_own_has_headings_across_and_responsibility_beside() -> None:
    assert rows_of(text="x", html=WORD) == [
        PastedRow(AREA, "3.1 Rekruttering"),
        PastedRow(GOAL, "Flere søkere"),
        PastedRow(MEASURE, "Besøke skolene", "Instituttene"),
        PastedRow(MEASURE, "Ringe søkerne", "Fakultetet"),
        PastedRow(MEASURE, "Skrive brev til rådgiverne", "Fakultetet i samråd med instituttene"),
    ]


def test_lists_in_one_and_three_levels() -> None:
    assert rows_of(text="- En\n- To") == [PastedRow(GOAL, "En"), PastedRow(GOAL, "To")]
    assert rows_of(text="- En", below_goal=True) == [PastedRow(MEASURE, "En")]
    assert rows_of(text="Område\n- Mål\n  - Tiltak") == [
        PastedRow(AREA, "Område"),
        PastedRow(GOAL, "Mål"),
        PastedRow(MEASURE, "Tiltak"),
    ]
    assert rows_of(text="- En\n  - To", has_measures=False) == [PastedRow(GOAL, "En"), PastedRow(GOAL, "To")]
    assert rows_of(text=" \n\n") == []


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Besøke skolene\nAnsvar: Instituttene", [("Besøke skolene", "Instituttene")]),
        ("Besøke skolene.\nAnsvarlig: Instituttene.", [("Besøke skolene.", "Instituttene")]),
        ("Visit schools. Responsible: Instituttene", [("Visit schools.", "Instituttene")]),
        ("Besøke skolene – ansvar: Instituttene", [("Besøke skolene", "Instituttene")]),
        ("Besøke skolene (ansvarleg: Instituttene).", [("Besøke skolene", "Instituttene")]),
        ("Besøke\nAnsvar:\nInstituttene\ni samråd med HF", [("Besøke", "Instituttene i samråd med HF")]),
        ("- Besøke\n- Ansvar: IHK\n- Ringe\nAnsvar: ISL", [("Besøke", "IHK"), ("Ringe", "ISL")]),
        ("Besøke\nAnsvar: IHK\nAnsvarlig: ISL\nRinge", [("Besøke", "IHK\nISL"), ("Ringe", "")]),
        # What stays in the measure's words.
        ("Gi instituttene ansvar for skolebesøk", [("Gi instituttene ansvar for skolebesøk", "")]),
        ("Fordele ansvar: hvem gjør hva", [("Fordele ansvar: hvem gjør hva", "")]),
        ("Lage serien «Ansvar: for hva?»", [("Lage serien «Ansvar: for hva?»", "")]),
        ("Besøke. Ansvar: IHK. Ringe etterpå.", [("Besøke. Ansvar: IHK. Ringe etterpå.", "")]),
        ("Besøke skolene. Ansvar:", [("Besøke skolene. Ansvar:", "")]),
        ("Ansvar: IHK", [("Ansvar: IHK", "")]),
    ],
)
def test_who_is_responsible_may_stand_in_the_measures_own_cell(cell: str, read: list[tuple[str, str]]) -> None:
    lines = cell.replace("\n", "<br>")
    head = "<tr><th>MÅL</th><th>TILTAK</th></tr>"
    goal, *measures = rows_of(text="x", html=f"<table>{head}<tr><td>Flere</td><td>{lines}</td></tr></table>")
    assert goal == PastedRow(GOAL, "Flere")
    assert [(row.text, row.responsible) for row in measures] == read
    assert {row.kind for row in measures} == {MEASURE}


def test_no_words_are_lost_where_responsibility_stands_twice_or_there_are_no_measures() -> None:
    table = "MÅL\tTILTAK\tANSVAR\nFlere\tBesøke. Ansvar: IHK\tHF"
    assert rows_of(text=table)[1] == PastedRow(MEASURE, "Besøke.", "HF\nIHK")
    assert rows_of(text=table, has_measures=False)[1] == PastedRow(GOAL, "Besøke. Ansvar: IHK")
    assert rows_of(text="- Flere\n  - Besøke. Ansvar: IHK")[1] == PastedRow(MEASURE, "Besøke.", "IHK")


@pytest.fixture
def plan(cast: Cast, today: Any) -> Document:
    return make.document("planen", cast.hf, title="Planen", state="draft")


def made(plan: Document) -> list[tuple[str, list[str]]]:
    goals = plan.goals.standing()
    return [(goal.text, [m.text for m in goal.measures.standing()]) for goal in goals]  # type: ignore[attr-defined]


def test_a_pasted_table_is_shown_mended_saved_and_undone(cast: Cast, adviser: Any, plan: Document) -> None:
    shown = send(adviser, PASTE, pasted=TABLE)
    assert texts(shown, "p", class_="list-count") == ["2 mål, 3 tiltak"]
    assert Goal.objects.count() == 0
    saved = send(
        adviser, PASTE, of=shown, **{"rad-1-responsible": "Instituttene", "rad-3-kind": "none", "rad-4-kind": "none"}
    )
    goal = Goal.objects.get()
    assert saved.url == f"/planer/planen/rediger/?ved={goal.key}#rad-{goal.key}"
    assert made(plan) == [("Flere søkere", ["Besøke skolene", "Ringe søkerne"])]
    assert [line.party for line in Measure.objects.get(text="Besøke skolene").responsibilities.all()] == [
        UnitGroup.objects.get(slug=cast.departments.slug)
    ]
    assert goal.status == "proposed"
    assert goal.history.get().history_change_reason == "Limt inn."
    page = adviser.get(saved.url)
    assert "Lagt inn: 1 mål, 2 tiltak." in page.content.decode()
    undo = f"{PASTE}{','.join([goal.key, *Measure.objects.values_list('key', flat=True)])}/angre/"
    assert undo in page.content.decode()
    adviser.post(undo)
    assert (made(plan), Measure.objects.standing().count(), Measure.objects.count()) == ([], 0, 2)


def test_who_is_responsible_in_the_cell_is_shown_and_saved_as_such(cast: Cast, adviser: Any, plan: Document) -> None:
    shown = send(adviser, PASTE, pasted="MÅL\tTILTAK\nFlere\tBesøke skolene. Ansvar: Instituttene i samråd med HF")
    row = shown.context["rows"].forms[1]
    assert (row["text"].value(), row["responsible"].value()) == ("Besøke skolene.", "Instituttene i samråd med HF")
    assert row.understood
    send(adviser, PASTE, of=shown)
    lines = Measure.objects.get(text="Besøke skolene.").responsibilities.all()
    assert [str(line.party) for line in lines] == [str(cast.departments), str(cast.hf)]


@pytest.mark.parametrize(
    ("cell", "beside"),
    [
        ("- Besøke\n- Ringe\n- Skrive\nAnsvar: Instituttene", [0, 0, 2]),
        ("Besøke\nRinge\nAnsvar:\nInstituttene", [0, 1]),
        ("Besøke\nAnsvar: Instituttene", [0]),
        ("Besøke\nAnsvar: HF\nRinge\nAnsvar: Instituttene", [0, 0]),
        ("Besøke\nAnsvar: HF\nRinge", [0, 0]),
        ("Besøke\nRinge. Ansvar: Instituttene", [0, 0]),
    ],
)
def test_a_line_below_all_measures_of_a_cell_may_be_meant_for_all(cell: str, beside: list[int]) -> None:
    html = f"<table><tr><td>MÅL</td><td>TILTAK</td></tr><tr><td>Flere</td><td>{cell}</td></tr></table>"
    rows = rows_of(html=html.replace("\n", "<br>"))
    assert [row.beside for row in rows if row.kind == MEASURE] == beside


def test_whoever_pastes_says_whether_a_line_is_meant_for_all(cast: Cast, adviser: Any, plan: Document) -> None:
    html = "<table><tr><td>Flere</td><td>Besøke<br>Ringe<br>Skrive<br>Ansvar: Instituttene</td></tr></table>"
    shown = send(adviser, PASTE, pasted="Flere", html=html)
    told = "Ansvaret sto på en egen linje under 3 tiltak i samme celle. Her er det lagt til det siste av dem."
    assert told in shown.content.decode()
    assert [form["responsible"].value() for form in shown.context["rows"].forms] == ["", "", "", "Instituttene"]
    by_hand = send(adviser, PASTE, of=shown, do="les", **{"rad-1-responsible": "HF"}).content.decode()
    assert told not in by_hand
    spread = send(adviser, PASTE, of=shown, do="alle-3")
    page = spread.content.decode()
    assert [form["responsible"].value() for form in spread.context["rows"].forms] == ["", *["Instituttene"] * 3]
    assert "Ansvaret er lagt til alle 3 tiltakene i cellen." in page
    assert re.findall(r'<textarea[^>]*name="([^"]*)"[^>]* autofocus', page) == ["rad-3-responsible"]
    assert Measure.objects.count() == 0
    send(adviser, PASTE, of=spread)
    lines = [[str(line.party) for line in measure.responsibilities.all()] for measure in Measure.objects.all()]
    assert lines == [[str(cast.departments)]] * 3


@pytest.mark.parametrize("asked", ["alle-", "alle-99", "alle--1", "alle-0", "alle-x"])
def test_what_cannot_be_put_on_all_is_read_anew(adviser: Any, plan: Document, asked: str) -> None:
    shown = send(adviser, PASTE, pasted="- Flere\n  - Besøke")
    read = send(adviser, PASTE, of=shown, do=asked)
    assert [form["responsible"].value() for form in read.context["rows"].forms] == ["", ""]


def test_what_is_wrong_is_said_at_its_row_and_all_that_was_typed_is_kept(
    cast: Cast, adviser: Any, plan: Document
) -> None:
    shown = send(adviser, PASTE, pasted=TABLE)
    typed = {"rad-0-text": "", "rad-1-responsible": "Festkomiteen", "rad-2-text": "[x](javascript:alert(1))"}
    answer = send(adviser, PASTE, of=shown, **typed)
    rows = answer.context["rows"].forms
    assert [list(row.errors) for row in rows] == [["text"], ["responsible"], ["text"], [], []]
    assert rows[1].errors["responsible"] == ["Fant ingen enhet eller gruppe i «Festkomiteen»."]
    assert [rows[0]["text"].value(), rows[1]["responsible"].value()] == ["", "Festkomiteen"]
    assert Goal.objects.count() == Measure.objects.count() == 0


def test_a_refused_save_lists_what_is_wrong_with_the_way_there(cast: Cast, adviser: Any, plan: Document) -> None:
    shown = send(adviser, PASTE, pasted=TABLE)
    typed = {"rad-1-responsible": "Festkomiteen", "rad-2-text": ""}
    there = [
        ("#id_rad-1-responsible", "Rad 2, Ansvar: Fant ingen enhet eller gruppe i «Festkomiteen»."),
        ("#id_rad-2-text", "Rad 3, Tekst: Skriv hva det er, eller velg «Ta ikke med»."),
    ]
    refused = send(adviser, PASTE, of=shown, **typed).content.decode()
    summary = refused.partition('id="error-summary"')[2]
    assert "data-take-focus" in summary.partition(">")[0]
    assert re.findall(r'<li><a href="(#[^"]*)">([^<]*)</a>', summary) == there
    assert re.findall(r'class="pasted-wrong" href="([^"]*)"', refused) == ["#id_rad-1-responsible"]
    read = send(adviser, PASTE, of=shown, **typed, do="les").content.decode()
    assert re.findall(r'<h2 class="pasted-number" id="(.*?)">(.*?)</h2>', read) == [
        (f"rad-{number}-title", f"Rad {number + 1}") for number in range(5)
    ]
    assert "error-summary" not in read
    assert re.findall(r'class="pasted-wrong" href="([^"]*)"', read) == ["#id_rad-1-responsible"]


def test_a_goal_that_stands_there_already_gets_the_measures(cast: Cast, adviser: Any, plan: Document) -> None:
    make.goal(plan, text="Flere søkere.")
    shown = send(adviser, PASTE, pasted=TABLE)
    assert texts(shown, "p", class_="list-count") == ["1 mål, 3 tiltak"]
    send(adviser, PASTE, of=shown)
    assert made(plan) == [
        ("Flere søkere.", ["Besøke skolene", "Ringe søkerne"]),
        ("Bedre sider", ["Rette tekstene"]),
    ]


def test_it_is_put_in_the_area_and_below_the_goal_that_it_was_pasted_at(
    cast: Cast, adviser: Any, plan: Document
) -> None:
    area = make.area(plan, title="Rekruttering")
    shown = send(adviser, PASTE, of=adviser.get(f"{PASTE}?omrade={area.key}"), pasted="Flere\n- Ringe")
    send(adviser, PASTE, of=shown)
    goal = area.goals.get()
    shown = send(adviser, PASTE, of=adviser.get(f"{PASTE}?mal={goal.key}"), pasted="- Skrive\n- Svare")
    send(adviser, PASTE, of=shown)
    assert made(plan) == [("Flere", ["Ringe", "Skrive", "Svare"])]
    shown = send(adviser, PASTE, of=adviser.get(f"{PASTE}?omrade={area.key}"), pasted="A\n- B\n  - C\nD\n- E")
    send(adviser, PASTE, of=shown)
    assert [sub.title for sub in Area.objects.filter(parent=area)] == ["A", "D"]


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("x" * 2_000_000, "Det er 2\xa0000\xa0000 tegn, og det er plass til 100\xa0000. Lim inn en del om gangen."),
        ("- x\n" * 151, "Det er 151 rader, og det er plass til 150. Lim inn en del om gangen."),
        (" \n", "Fant ingen mål eller tiltak i dette."),
    ],
)
def test_too_much_and_too_little_are_refused_in_words(
    cast: Cast, adviser: Any, plan: Document, pasted: str, said: str
) -> None:
    answer = adviser.post(PASTE, {"pasted": pasted, "html": ""})
    assert answer.context["form"].errors["pasted"] == [said]
    assert answer.context["form"]["pasted"].value() == pasted
    assert Goal.objects.count() == 0


def test_more_than_the_server_takes_gets_an_answer_in_words(cast: Cast, adviser: Any, plan: Document) -> None:
    answer = adviser.post(PASTE, {"pasted": "x" * 3_000_000})
    assert answer.status_code == 400
    assert "Ingenting er endret." in answer.content.decode()


def test_a_strategy_gets_goals_alone(cast: Cast, today: Any) -> None:
    strategy = make.document("strategien", cast.hf, kind="strategy", state="draft")
    client = Client()
    client.force_login(cast.adviser)
    address = "/strategi/strategien/rediger/lim-inn/"
    shown = send(client, address, pasted=LIST)
    assert "Tiltak" not in [label for _value, label in shown.context["rows"].forms[0].fields["kind"].choices]
    send(client, address, of=shown)
    assert strategy.goals.count() == 5
    assert Measure.objects.count() == 0
