"""Units that want no reminders in July."""

from __future__ import annotations

from organisation.models import Unit
from organisation.permissions import with_all_below


def quiet_in_july() -> frozenset[int]:
    """The units that say so, and all below them; one query where nobody does."""
    units = Unit.objects.without_tree_fields().order_by()
    tops = frozenset(units.filter(is_quiet_in_july=True).values_list("pk", flat=True))
    return with_all_below(tops, dict(units.values_list("pk", "parent_id"))) if tops else tops
