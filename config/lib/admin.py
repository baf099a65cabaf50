"""Django's own administration, a fallback for what our pages cannot mend.

Nothing is deleted there, and nothing follows from a change: tasks and dates are worked out again by our own pages.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin


class Fallback(SimpleHistoryAdmin):  # type: ignore[misc]  # simple_history ships no types
    """A row may be changed, and its log read; what has happened stays."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show our log, or Django's own for rows that keep none."""
        if hasattr(self.model._meta, "simple_history_manager_attribute"):
            return super().history_view(request, object_id, extra_context)  # type: ignore[no-any-return]
        return admin.ModelAdmin.history_view(self, request, object_id, extra_context)


class ReadOnly(Fallback):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
