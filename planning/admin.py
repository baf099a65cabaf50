from django.contrib import admin

from config.lib.admin import Fallback
from planning.models import Measure, MeasureLink, MeasureResponsibility


@admin.register(Measure)
class MeasureAdmin(Fallback):
    list_display = ("text", "document", "modality", "status", "position")
    list_filter = ("status", "document")
    search_fields = ("text",)


admin.site.register([MeasureResponsibility, MeasureLink], Fallback)
