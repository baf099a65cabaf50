"""What the tags of the interface write."""

import re
from pathlib import Path

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.utils.translation import override

from config.lib.rows import RowForm, Rows
from config.lib.ui import KINDS, MAX_DOTS, STATES, control, icon, initials, kind, rollup, state

SPRITE = Path("static/img/icons.svg")


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_every_state_says_its_word_in_bokmaal():
    with override("nb"):
        assert {code: words(state(code)) for code in STATES} == {
            "not_started": "Ikke startet",
            "open": "Ikke startet",
            "in_progress": "Pågår",
            "done": "Gjort",
            "late": "Forsinket",
            "under_way": "I gang",
            "carried_out": "Gjennomført",
            "stopped": "Stoppet",
            "planned": "Planlagt",
            "partly_cancelled": "Delvis avlyst",
            "cancelled": "Utgår i år",
            "not_relevant": "Ikke aktuelt hos oss",
            "withdrawn": "Trukket tilbake",
            "draft": "Utkast",
            "hearing": "Høring",
            "adopted": "Vedtatt",
            "in_force": "Gjelder",
            "expired": "Utløpt",
            "replaced": "Erstattet",
            "put_away": "Lagt bort",
            "proposed": "Foreslått",
            "retired": "Tatt ut",
            "new": "Nytt",
            "dropped": "Tatt ut",
            "reworded": "Omskrevet",
            "moved": "Flyttet",
            "split": "Delt",
            "joined": "Slått sammen",
            "kept": "Uendret",
            "changed": "Endret siden vedtaket",
            "still_read": "Fortsatt i det vedtatte",
        }


def test_every_icon_that_is_named_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))
    used = {name for name, _ in (*STATES.values(), *KINDS.values())}
    for page in Path("templates").rglob("*.html"):
        used |= set(re.findall(r'{% icon "([^"]+)"', page.read_text()))
        used |= set(re.findall(r'(?:action_icon|icon_name)="([^"]+)"', page.read_text()))
    assert used - drawn == set()


def test_an_own_label_keeps_the_icon_and_is_escaped():
    html = state("late", "<b>3 dager over</b>")
    assert words(html) == "&lt;b&gt;3 dager over&lt;/b&gt;"
    assert 'data-state="late"' in html
    assert "#late" in html


def test_an_unknown_state_is_an_error_and_not_an_empty_chip():
    with pytest.raises(KeyError):
        state("nonsense")


def test_kinds():
    with override("nb"):
        assert [words(kind(code)) for code in KINDS] == ["Oppgave", "Hendelse", "Frist", "Løpende"]


def test_icons_are_hidden_unless_they_carry_a_name():
    assert 'aria-hidden="true"' in icon("edit")
    assert 'role="img" aria-label="Endre"' in icon("edit", "Endre")


@pytest.mark.parametrize(("done", "total", "knots"), [(0, 1, 1), (5, 7, 7), (MAX_DOTS, MAX_DOTS, MAX_DOTS)])
def test_rollup_has_a_knot_for_each(done: int, total: int, knots: int):
    with override("nb"):
        html = rollup(done, total)
    assert words(html) == f"{done} av {total}"
    assert html.count("<i>") + html.count("<i data-done>") == knots
    assert html.count("data-done") == done


def test_rollup_is_a_bar_when_there_are_many():
    html = rollup(14, MAX_DOTS + 1)
    assert f'<progress class="bar" value="14" max="{MAX_DOTS + 1}"' in html


class DateForm(forms.Form):
    when = forms.CharField(label="Når", help_text="Som du ville sagt det", widget=forms.TextInput({"class": "wide"}))


def test_control_keeps_the_classes_of_the_widget():
    assert 'class="ds-input wide"' in control(DateForm()["when"])


def test_a_field_with_an_error_keeps_what_was_typed_and_points_at_the_message():
    form = DateForm({"when": "en gang til våren"})
    form.add_error("when", "Skriv en dato")
    html = Template('{% include "_field.html" %}').render(Context({"field": form["when"]}))
    assert 'value="en gang til våren"' in html
    assert 'aria-invalid="true"' in html
    described_by = re.search(r'aria-describedby="([^"]+)"', html)
    assert described_by is not None
    assert (
        set(described_by[1].split()) == {"id_when_helptext", "id_when_error"} < set(re.findall(r' id="([^"]+)"', html))
    )
    assert re.findall(r'id="id_when_error">([^<]+)<', html) == ["Skriv en dato"]


def test_initials():
    assert [initials(name) for name in ("Kari Nord", "dekan@hf.example", "")] == ["KN", "DH", ""]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Tittel", "Tittel: Feltet er tomt."),
        ("Hvem bestemte det?", "Hvem bestemte det? Feltet er tomt."),
        ("Bestemt av:", "Bestemt av: Feltet er tomt."),
    ],
)
def test_what_is_wrong_stands_after_a_label_with_one_mark_between(label: str, said: str) -> None:
    who = forms.CharField(label=label, error_messages={"required": "Feltet er tomt."})
    form = type("Asking", (forms.Form,), {"who": who})({})
    summary = Template('{% include "_error_summary.html" %}').render(Context({"form": form}))
    assert f">{said}</a>" in summary
    line = type("Line", (RowForm,), {"who": who, "more": forms.CharField()})
    rows = Rows(line, "lines", data=QueryDict("lines-count=1&lines-0-more=noe"))
    assert [words for _number, _field, words in rows.errors()] == [said]
