"""The two levels of a document's areas, kept while several people move areas at once."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from strategy.models import Area, Document


def hold_areas(area: Area) -> None:
    """Whoever else puts the areas of the document in order waits until the transaction ends."""
    Document.objects.select_for_update(no_key=True).get(pk=area.document_id)


def misfit(area: Area) -> str:
    """Why an area cannot stand under the one it has been given; "" where it can. Asked while one holds the areas."""
    if area.parent_id is None:
        return ""
    if area.parent_id == area.pk:
        return _("Et område kan ikke stå under seg selv.")
    above = Area.objects.standing().filter(pk=area.parent_id).values_list("parent_id", flat=True)
    if not above:
        return _("Området det skulle stå under, er tatt ut.")
    if above[0]:
        return _("Et område kan ha ett nivå under seg, ikke flere.")
    if area.pk and area.areas.standing().exists():
        return _("Dette området har egne områder under seg og må stå på øverste nivå.")
    return ""


def stands_there(area: Area) -> bool:
    """Whether the area is stored under the one it has, so that a change of its words is no matter of levels."""
    return Area.objects.filter(pk=area.pk, parent=area.parent_id).exists()


def refuse_misfit(area: Area) -> None:
    """ValidationError where the area does not fit under the one it has been given."""
    if area.parent_id is None:
        return
    hold_areas(area)
    if why_not := misfit(area):
        raise ValidationError(why_not)
