from django.contrib import admin

from config.lib.admin import Fallback, ReadOnly
from planning.models import (
    Evaluation,
    Measure,
    MeasureLink,
    MeasureResponsibility,
    ReportingRound,
    RoundUnit,
    StatusReport,
)
from strategy.admin import InOrder


@admin.register(Measure)
class MeasureAdmin(InOrder):
    list_display = ("text", "document", "modality", "status", "position")
    list_filter = ("status", "document")
    search_fields = ("text",)


admin.site.register([MeasureResponsibility, MeasureLink, RoundUnit, Evaluation], Fallback)
admin.site.register([StatusReport, ReportingRound], ReadOnly)
