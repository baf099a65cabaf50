"""The two levels of a document's areas, kept while several people move areas at once."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from strategy.models import Area, Document


def hold_areas(area: Area) -> None:
    """Whoever else puts the areas of the document in order waits until the transaction ends."""
    Document.objects.select_for_update(no_key=True).get(pk=area.document_id)


def refuse_misfit(area: Area) -> None:
    """ValidationError where the area does not fit under the one it has been given."""
    if area.parent_id is None:
        return
    hold_areas(area)
    if why_not := area.misfit():
        raise ValidationError(why_not)
