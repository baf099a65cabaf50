"""A pasted table: its cells, what each row seems to mean, and the entries made of what an editor let stand."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from annual_wheel import opening
from annual_wheel.importers.meaning import meaning_of
from annual_wheel.importers.table import Row, rows_of
from annual_wheel.models import Edition, Entry, Wheel
from tests import factories as make
from tests.annual_wheel.test_editing import NOW, TODAY
from tests.cast import Cast

PASTE = "/aarshjul/hf/rediger/lim-inn/"
TABLE = (
    "Måned\tTiltak\tAnsvar\n"
    "Oktober\tMedio oktober: Legge inn opptaksgrensene\tFakultetet og instituttene\n"
    "\tSkrive til skolene før svarfristen\tInstituttene\n"
    "\tSøknadsfrist for vårsemesteret: 15. oktober\t\n"
)


def meaning(text: str, responsible: str = "Instituttene", month: int = 3) -> tuple[str, str, str, str, str]:
    read = meaning_of(Row(month, text, responsible), year=2026)
    return read.text, read.when_words, str(read.kind), str(read.modality), read.bound_words


def test_rows_of_tab_separated_text_stand_under_their_month() -> None:
    assert rows_of(text=TABLE) == [
        Row(10, "Medio oktober: Legge inn opptaksgrensene", "Fakultetet og instituttene"),
        Row(10, "Skrive til skolene før svarfristen", "Instituttene"),
        Row(10, "Søknadsfrist for vårsemesteret: 15. oktober", ""),
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Mai\tMøte\tHF\n\nJuni\tFest\tHF", [Row(5, "Møte", "HF"), Row(6, "Fest", "HF")]),
        ("Ansvar\tTiltak\tMåned\nHF\tMøte\tmai 2026", [Row(5, "Møte", "HF")]),
        ("Møte\tHF", [Row(None, "Møte", "HF")]),
        ("Mai\nMøte\tHF", [Row(5, "Møte", "HF")]),
        ('Mai\tMøte\t"HF\nISL"', [Row(5, "Møte", "HF\nISL")]),
        (
            "Mai\tMøte\tHF i samarbeid med\nISL\nJuni\tFest\tHF",
            [Row(5, "Møte", "HF i samarbeid med\nISL"), Row(6, "Fest", "HF")],
        ),
        ("bare en setning uten kolonner", []),
        ("", []),
    ],
)
def test_rows_of_text_in_other_forms(text: str, rows: list[Row]) -> None:
    assert rows_of(text=text) == rows


def test_rows_of_markup_keep_cells_that_reach_over_several_rows() -> None:
    html = (
        "<p>Før</p><table><tr><th>Måned</th><th>Tiltak</th><th>Ansvar</th></tr>"
        "<tr><td rowspan='2'>Mai</td><td><p>Bestemme <b>dato</b></p></td><td><b>HF</b>\n  med ISL</td></tr>"
        "<tr><td>Sjekke<br>sidene</td><td><ul><li>HF</li><li>ISL</li></ul></td></tr>"
        "<tr><td>Juni</td><td colspan='2'>Frist: 15. juni</td></tr></table>"
    )
    assert rows_of(text="noe annet\ther", html=html) == [
        Row(5, "Bestemme dato", "HF med ISL"),
        Row(5, "Sjekke\nsidene", "HF\nISL"),
        Row(6, "Frist: 15. juni", ""),
    ]


@given(st.text(alphabet="<>/tdrhable =\"'12\t\nMai", max_size=120))
def test_no_markup_or_text_is_too_odd_to_read(pasted: str) -> None:
    for row in (*rows_of(text=pasted), *rows_of(html=pasted)):
        assert row.text.strip()
        assert row.month is None or 1 <= row.month <= 12
        assert meaning_of(row, year=2026).when_words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Medio oktober: Legge inn", ("Legge inn", "Medio oktober", "task", "must", "")),
        ("15.06.: Frist for å legge ut", ("Frist for å legge ut", "15.06.", "task", "must", "")),
        ("Løpende: intervjue", ("Intervjue", "Løpende", "ongoing", "must", "")),
        ("Immatrikulering i uke 33", ("Immatrikulering i uke 33", "uke 33", "task", "must", "")),
        ("Ved fristen (1. februar): skrive", ("Ved fristen (1. februar): skrive", "1. februar", "task", "must", "")),
        ("Vurdere å sende e-post", ("Vurdere å sende e-post", "mars", "task", "may", "")),
        ("Lister, såfremt mulig", ("Lister, såfremt mulig", "mars", "task", "should", "")),
        ("Svare før svarfristen.", ("Svare før svarfristen.", "mars", "task", "must", "før svarfristen")),
        (
            "Planlegge i forkant av søknadsfrist 15. april",
            (
                "Planlegge i forkant av søknadsfrist 15. april",
                "mars",
                "task",
                "must",
                "i forkant av søknadsfrist 15. april",
            ),
        ),
        ("Planlegge dagen (digital, 3.11.)", ("Planlegge dagen (digital, 3.11.)", "mars", "task", "must", "")),
    ],
)
def test_what_a_row_seems_to_mean(text: str, expected: tuple[str, ...]) -> None:
    assert meaning(text) == expected


def test_what_nobody_is_responsible_for_is_a_deadline_or_an_event() -> None:
    assert meaning("Søknadsfrist: 1. mars", "") == ("Søknadsfrist.", "1. mars", "deadline", "must", "")
    assert meaning("Rådgiverseminar", "")[2] == "event"


def test_what_falls_away_one_year_is_taken_out_of_the_words() -> None:
    read = meaning_of(Row(8, "Lage oversikt. Dette utgår i 2021.", "Fakultetet"), year=2026)
    assert (read.text, read.gone_in, read.gone_words) == ("Lage oversikt.", 2021, "Dette utgår i 2021")


def test_links_are_taken_out_of_the_cell_also_where_the_page_broke_them() -> None:
    read = meaning_of(Row(1, "Si fra", "Instituttene\nMer info her: https://a.example/-\n/wiki"), year=2026)
    assert (read.responsible, read.links) == ("Instituttene", ("https://a.example/-/wiki",))


def test_a_date_in_the_words_that_is_not_used_is_told() -> None:
    assert meaning_of(Row(10, "Planlegge dagen (digital, 3.11.)", "HF"), year=2026).left == ("3.11.",)


@pytest.fixture
def wheel(cast: Cast, today: date) -> Wheel:
    made = make.wheel("hf", cast.hf)
    for year in (2026, 2027):
        opening.open_year(made, year=year, by=cast.adviser, now=NOW, today=TODAY)
    return made


@pytest.fixture
def adviser(cast: Cast, client: Client, wheel: Wheel) -> Any:
    client.force_login(cast.adviser)
    return client


def shown(response: Any) -> dict[str, str]:
    """What the page of rows would send back as it stands."""
    rows = response.context["rows"]
    data = {field.html_name: field.value() for form in rows.forms for field in form if field.value() not in (None, "")}
    return {name: str(value) for name, value in data.items()} | {
        "rad-TOTAL_FORMS": str(len(rows.forms)),
        "rad-INITIAL_FORMS": "0",
    }


def test_a_table_becomes_entries_with_lines_editions_and_tasks(cast: Cast, adviser: Any, wheel: Wheel) -> None:
    preview = adviser.post(PASTE, {"pasted": TABLE})
    assert not Entry.objects.exists()
    page = preview.content.decode()
    assert "tidligst 11.10., senest 20.10.2026" in page
    assert [form.understood_lines for form in preview.context["rows"].forms] == [
        ["ansvarlig: Det humanistiske fakultet («Fakultetet»)", "ansvarlig: Instituttene («og instituttene»)"],
        ["ansvarlig: Instituttene"],
        [],
    ]
    saved = adviser.post(PASTE, shown(preview) | {"do": "lagre"})
    assert saved.url == "/aarshjul/hf/rediger/"
    made = list(wheel.entries.order_by("position"))
    assert [(entry.text, entry.when_words, entry.kind, entry.ticks, entry.bound_words) for entry in made] == [
        ("Legge inn opptaksgrensene", "Medio oktober", "task", "each", ""),
        ("Skrive til skolene før svarfristen", "oktober", "task", "each", "før svarfristen"),
        ("Søknadsfrist for vårsemesteret.", "15. oktober", "deadline", "none", ""),
    ]
    units = {(edition.year, task.unit.slug) for edition in made[0].editions.all() for task in edition.tasks.all()}
    assert units == {(year, slug) for year in (2026, 2027) for slug in ("hf", "ihk", "isl", "imu")}
    history = made[0].history.get()  # type: ignore[attr-defined]
    assert (history.history_type, history.history_user) == ("+", cast.adviser)


def test_what_cannot_be_read_or_placed_is_said_at_its_row_and_nothing_is_lost(adviser: Any) -> None:
    table = "Måned\tTiltak\tAnsvar\nMai\tMøte 31.4.\tKari\nMai\tFest\tFakultetet"
    preview = adviser.post(PASTE, {"pasted": table})
    assert [form.errors for form in preview.context["rows"].forms] == [
        {
            "when_words": ["«31.4.» finnes ikke i 2026. Mente du «30. april»?"],
            "responsible": ["Fant ingen enhet eller gruppe i «Kari»."],
        },
        {},
    ]
    again = adviser.post(PASTE, shown(preview) | {"do": "lagre"})
    assert again.status_code == 200
    assert "Kari" in again.content.decode()
    assert not Entry.objects.exists()
    without = {name: value for name, value in shown(preview).items() if name != "rad-0-take"}
    adviser.post(PASTE, without | {"do": "lagre"})
    assert [entry.text for entry in Entry.objects.all()] == ["Fest"]


def test_a_refused_save_lists_what_is_wrong_with_the_way_there(adviser: Any) -> None:
    preview = adviser.post(PASTE, {"pasted": "Måned\tTiltak\tAnsvar\nMai\tFest\tFakultetet\nMai\tMøte 31.4.\tKari"})
    first = '<a class="pasted-wrong" href="#id_rad-1-when_words">'
    assert "error-summary" not in preview.content.decode()
    assert first in preview.content.decode()
    refused = adviser.post(PASTE, shown(preview) | {"do": "lagre"}).content.decode()
    summary = refused.partition('id="error-summary"')[2]
    assert "data-take-focus" in summary.partition(">")[0]
    assert re.findall(r'<li><a href="(#[^"]*)">([^<]*)</a>', summary) == [
        ("#id_rad-1-when_words", "Rad 2, Når: «31.4.» finnes ikke i 2026. Mente du «30. april»?"),
        ("#id_rad-1-responsible", "Rad 2, Ansvar: Fant ingen enhet eller gruppe i «Kari»."),
    ]
    assert first in refused
    assert "error-summary" not in adviser.post(PASTE, shown(preview) | {"do": "les"}).content.decode()


def test_reading_again_saves_nothing(adviser: Any) -> None:
    preview = adviser.post(PASTE, {"pasted": TABLE})
    mended = adviser.post(PASTE, shown(preview) | {"rad-0-when_words": "uke 33", "do": "les"})
    assert mended.context["rows"].forms[0].when.text == "tidligst 10.8., senest 16.8.2026"
    assert not Entry.objects.exists()


def test_what_is_in_the_wheel_already_is_pointed_out_and_left_out(adviser: Any, wheel: Wheel) -> None:
    there = make.entry(wheel, wheel.owner, text="Skrive til skolene  før svarfristen.")
    forms = adviser.post(PASTE, {"pasted": TABLE}).context["rows"].forms
    assert [(form.same, bool(form["take"].value())) for form in forms] == [
        (None, True),
        (there.get_absolute_url(), False),
        (None, True),
    ]


def test_an_edition_that_the_words_say_falls_away_is_cancelled_that_year_alone(adviser: Any, wheel: Wheel) -> None:
    preview = adviser.post(PASTE, {"pasted": "Mai\tMøte. Dette utgår i 2026.\tInstituttene"})
    adviser.post(PASTE, shown(preview) | {"do": "lagre"})
    states = {edition.year: (edition.state, edition.reason) for edition in Edition.objects.all()}
    assert states == {2026: ("cancelled", "Dette utgår i 2026"), 2027: ("planned", "")}


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("", "Fyll ut dette feltet."),
        ("bare en setning", "Fant ingen tabell. Ta med minst to kolonner: hva som skal gjøres, og hvem."),
        ("Mai\tMøte\tHF\n" * 81, "Tabellen har 81 rader. Lim inn høyst 80 om gangen."),
        ("Mai\tMøte\tHF\n" * 20_000, "Det er for mye på en gang. Lim inn en del av tabellen."),
    ],
)
def test_a_paste_that_is_no_table_or_too_much_of_one_is_kept_and_explained(
    adviser: Any, pasted: str, said: str
) -> None:
    answer = adviser.post(PASTE, {"pasted": pasted})
    assert answer.context["form"].errors["pasted"] == [said]
    assert answer.context["form"]["pasted"].value() == pasted


def test_all_rows_may_not_be_left_out(adviser: Any) -> None:
    preview = adviser.post(PASTE, {"pasted": TABLE})
    none = {name: value for name, value in shown(preview).items() if not name.endswith("-take")}
    assert "Ingen rader er valgt." in adviser.post(PASTE, none | {"do": "lagre"}).content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_rows_asks_as_often_for_many_rows_as_for_one(
    adviser: Any, count: int, django_assert_num_queries: Any
) -> None:
    table = "\n".join(f"Mai\tMøte {number}\tFakultetet og instituttene" for number in range(count))
    adviser.post(PASTE, {"pasted": table})
    with django_assert_num_queries(10):
        adviser.post(PASTE, {"pasted": table})
