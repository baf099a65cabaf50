"""Writing the figures of a document: the targets of a goal or an area, and the fact boxes of an area."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from config.lib import clock
from config.lib.edit_form import plain_number
from config.lib.editing import Editing, Part, handle, how, read_or_send, sent
from config.lib.folding import Group, Set
from config.lib.rows import Rows
from strategy import writing
from strategy.access import row_of_document
from strategy.forms import FactForm, TargetForm, ValueForm
from strategy.logs import figure_words
from strategy.models import Area, Fact, Goal, Observation, Target
from strategy.moving import row_key
from strategy.order import rows_beside
from strategy.views.editing import page_in, require_POST, to_row
from strategy.views.moving import moved


@read_or_send
def target_new(request: HttpRequest, model: Any, key: str) -> HttpResponse:
    """A new target of a goal or of an area."""
    on = row_of_document(request, model, today=clock.today(), key=key)
    target = Target(goal=on) if model is Goal else Target(area=on)
    return _target(request, target, _("Nytt måltall"))


@read_or_send
def target_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _target(request, row_of_document(request, Target, today=clock.today(), pk=pk), _("Endre måltallet"))


def _target_in_sets(form: TargetForm) -> Editing:
    """The many fields of a target, as it is read: how much, measured with what, by when, and for whom."""
    return Editing(
        form,
        sets=[
            Set(_("Tallet"), ("kind", "comparator", "value", "unit", "denominator", "per")),
            Set(_("Indikator og utgangsverdi"), ("indicator", "baseline_value")),
            Set(_("Frist og periode"), ("due_on", "period_words", "period_from_on", "period_to_on")),
        ],
        groups=[Group(_("Hvem det gjelder for, vilkår og forbehold"), ("holds_for", "condition", "qualifier"))],
    )


def _target(request: HttpRequest, target: Target, heading: str) -> HttpResponse:
    form = TargetForm(instance=target, **sent(request))
    on: Any = target.goal or target.area
    key = row_key(target) if target.pk else on.key
    return handle(
        request,
        _target_in_sets(form),
        page_in(on.document, heading, key=key, lead=str(on)),
        save=lambda: writing.save_target(
            target, baseline_value=form.cleaned_data["baseline_value"], **how(request, form)
        ),
        done=lambda saved: to_row(on.document, row_key(saved)),
    )


@require_POST
def target_move(request: HttpRequest, pk: int) -> HttpResponse:
    target = row_of_document(request, Target, today=clock.today(), pk=pk)
    return moved(request, target, rows_beside)


@read_or_send
def fact_new(request: HttpRequest, key: str) -> HttpResponse:
    area = row_of_document(request, Area, today=clock.today(), key=key)
    return _fact(request, Fact(area=area), _("Ny faktaboks"))


@read_or_send
def fact_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _fact(request, row_of_document(request, Fact, today=clock.today(), pk=pk), _("Endre faktaboksen"))


@require_POST
def fact_move(request: HttpRequest, pk: int) -> HttpResponse:
    fact = row_of_document(request, Fact, today=clock.today(), pk=pk)
    return moved(request, fact, rows_beside)


def _fact(request: HttpRequest, fact: Fact, heading: str) -> HttpResponse:
    form = FactForm(instance=fact, **sent(request))
    figures = values_part(fact, sent(request).get("data"))
    key = row_key(fact) if fact.pk else fact.area.key
    return handle(
        request,
        Editing(form, [figures]),
        page_in(fact.area.document, heading, key=key, lead=str(fact.area)),
        save=lambda: writing.save_fact(
            fact, values=[value for _number, value in figures.rows.filled], **how(request, form)
        ),
        done=lambda saved: to_row(saved.area.document, row_key(saved)),
    )


def values_part(fact: Fact, data: Any) -> Part:
    """The figures of a fact box, as a part of its form."""
    names = ("pk", "indicator", "value", "unit", "comparator")
    seen = fact.observations.all() if fact.pk else []
    initial = [
        {name: plain_number(getattr(row, "indicator_id" if name == "indicator" else name)) for name in names}
        for row in seen
    ]
    rows = Rows(ValueForm, "values", data=data, initial=initial)
    return Part(
        label=_("Tall i boksen"),
        template="_lines.html",
        rows=rows,
        mine=lambda: "\n".join(
            figure_words(value["indicator"], Observation(**{**value, "pk": None})) for _number, value in rows.filled
        ),
        theirs=lambda stored: "\n".join(figure_words(row.indicator, row) for row in stored.observations.all()),
        add_label=_("Legg til tall"),
    )
