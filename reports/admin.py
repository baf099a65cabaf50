from django.contrib import admin

from config.lib.admin import ReadOnly
from reports.models import Rendering


@admin.register(Rendering)
class RenderingAdmin(ReadOnly):
    """Without the file itself."""

    exclude = ("content",)
    list_display = ("title", "requested_by", "requested_at", "state")
    list_filter = ("state",)
