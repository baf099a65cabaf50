from django.urls import URLPattern, URLResolver, path

from planning.going_on import goes_on
from planning.models import Measure
from planning.services import beside
from planning.splitting import MEASURES
from planning.views import beginning, building, comparing, editing, joining, pasting, reading, several
from strategy.urls import split_rows
from strategy.views import editing as strategy_editing
from strategy.views import restoring

MEASURE = {"model": Measure}

urlpatterns: list[URLPattern | URLResolver] = [
    path("planer/ny/", strategy_editing.document_new, {"place": "planer"}, name="plan_new"),
    path("planer/<slug:slug>/rediger/", editing.document_editor, {"place": "planer"}, name="plan_edit"),
    path("strategi/<slug:slug>/rediger/", editing.document_editor, {"place": "strategi"}, name="strategy_edit"),
    path("planer/<slug:slug>/rediger/hvem/", editing.document_present, {"place": "planer"}, name="plan_present"),
    path(
        "strategi/<slug:slug>/rediger/hvem/", editing.document_present, {"place": "strategi"}, name="strategy_present"
    ),
    path("planer/<slug:slug>/rediger/lim-inn/", pasting.document_paste, {"place": "planer"}, name="plan_paste"),
    path("strategi/<slug:slug>/rediger/lim-inn/", pasting.document_paste, {"place": "strategi"}, name="strategy_paste"),
    path(
        "planer/<slug:slug>/rediger/lim-inn/<str:marks>/angre/",
        pasting.document_paste_undo,
        {"place": "planer"},
        name="plan_paste_undo",
    ),
    path(
        "strategi/<slug:slug>/rediger/lim-inn/<str:marks>/angre/",
        pasting.document_paste_undo,
        {"place": "strategi"},
        name="strategy_paste_undo",
    ),
    path("planer/<slug:slug>/rediger/omrade/<slug:key>/", editing.editor_area, {"place": "planer"}, name="plan_area"),
    path(
        "strategi/<slug:slug>/rediger/omrade/<slug:key>/",
        editing.editor_area,
        {"place": "strategi"},
        name="strategy_area",
    ),
    path("planer/<slug:slug>/rediger/nytt-tiltak/", editing.measure_new, name="measure_new"),
    path("planer/<slug:slug>/rediger/les-ansvar/", editing.measure_responsible, name="measure_responsible"),
    path("tiltak/<slug:key>/endre/", editing.measure_edit, name="measure_edit"),
    path("tiltak/<slug:key>/flytt/", editing.measure_move, name="measure_move"),
    path("tiltak/<slug:key>/plasser/", editing.measure_place, name="measure_place"),
    path("tiltak/<slug:key>/endringer/", editing.measure_changes, name="measure_changes"),
    path(
        "tiltak/<slug:key>/endringer/<int:number>/<slug:name>/hent/",
        restoring.item_restore,
        MEASURE,
        name="measure_restore",
    ),
    path(
        "tiltak/<slug:key>/endringer/<int:number>/ansvar/",
        restoring.lines_restore,
        MEASURE,
        name="measure_restore_lines",
    ),
    path(
        "tiltak/<slug:key>/ta-ut/",
        strategy_editing.item_retire,
        MEASURE | {"back_name": "measure_bring_back", "beside": beside, "goes_on": goes_on},
        name="measure_retire",
    ),
    path("tiltak/<slug:key>/hent-tilbake/", strategy_editing.item_bring_back, MEASURE, name="measure_bring_back"),
    *split_rows("tiltak", "measure", MEASURES),
    path("tiltak/<slug:key>/sla-sammen/", joining.measure_join, name="measure_join"),
    path("tiltak/<slug:key>/sla-sammen/angre/", joining.measure_join_undo, name="measure_join_undo"),
    path("planer/<slug:slug>/flere/", several.measures_several, name="measures_several"),
    path("planer/<slug:slug>/flere/angre/", several.measures_several_undo, name="measures_several_undo"),
    path("planer/<slug:slug>/bygg/", building.plan_build, name="plan_build"),
    path("planer/<slug:slug>/grunnlag/", building.document_bases, {"place": "planer"}, name="plan_bases"),
    path("strategi/<slug:slug>/grunnlag/", building.document_bases, {"place": "strategi"}, name="strategy_bases"),
    path("<place:place>/<slug:slug>/sammenlign/", comparing.document_compare, name="document_compare"),
    path("<place:place>/<slug:slug>/utgave/<int:number>/", reading.document_version, name="document_version"),
    path("<place:place>/<slug:slug>/begynn/", beginning.document_begin, name="document_begin"),
    path("<place:place>/<slug:slug>/begynn/angre/", beginning.document_begin_undo, name="document_begin_undo"),
    path("planer/enheter/", reading.unit_plans, name="unit_plans"),
    path("planer/", reading.plans, name="plans"),
    path("planer/<slug:slug>/", reading.plan, name="plan"),
    path("planer/<slug:slug>/omrade/<slug:key>/", reading.plan_part, name="plan_part"),
]
