"""What a choice says, and in which language."""

from dataclasses import dataclass

from django import forms
from django.utils import translation

from config.lib.choices import choice_lang, choice_words
from config.lib.ui import are_long, control


@dataclass(frozen=True)
class Written:
    written_in: str


@dataclass(frozen=True)
class Value:
    instance: object


class Form(forms.Form):
    needed = forms.ChoiceField(choices=[("", "---------"), ("a", "oppgave")])
    free = forms.ChoiceField(choices=[("", "---------"), ("a", "NTNU")], required=False)


def test_a_blank_says_what_it_means_and_the_rest_begin_with_a_capital() -> None:
    assert choice_words("---------", is_required=True) == "Velg"
    assert choice_words("---------", is_required=False) == "Ingen"
    assert choice_words("oppgave", is_required=True) == "Oppgave"
    form = Form()
    assert '<option value="" selected>Velg</option>' in " ".join(control(form["needed"]).split())
    assert '<option value="a">Oppgave</option>' in control(form["needed"])
    assert '<option value="" selected>Ingen</option>' in " ".join(control(form["free"]).split())


def test_a_choice_names_its_language_where_it_is_not_the_page_s() -> None:
    with translation.override("en"):
        assert choice_lang(Value(Written("nb"))) == ' lang="nb"'
        assert choice_lang(Value(Written("en"))) == ""
        assert choice_lang("a") == ""


def test_long_choices_are_told_from_short_ones() -> None:
    class Long(forms.Form):
        choice = forms.ChoiceField(choices=[("a", "Nok" * 20)], widget=forms.RadioSelect)
        short = forms.ChoiceField(choices=[("a", "Nok")], widget=forms.RadioSelect)

    form = Long()
    assert (are_long(form["choice"]), are_long(form["short"])) == (True, False)
