"""The form in which a measure is split in two."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.models import Measure
from strategy.forms_splitting import SplitForm


class MeasureSplitForm(SplitForm):
    class Meta:
        model = Measure
        fields = ("text",)
        help_texts = {"text": gettext_lazy("Beholder rapportene, evalueringene, plassen i årshjulet og historien.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_text"].help_text = _(
            "Blir et nytt tiltak på samme sted, med samme ansvar, målgrupper og forpliktelse, og bygger opp under det "
            "samme."
        )
