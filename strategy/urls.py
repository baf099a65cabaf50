from typing import Any

from django.urls import URLPattern, URLResolver, path

from strategy.models import Area, Decision, Fact, Goal, Route, Section, Target
from strategy.views import (
    changes,
    comments,
    correcting,
    deciding,
    editing,
    figures,
    hearings,
    moving,
    notes,
    putting_away,
    reading,
    restoring,
    splitting,
    versions,
)

RESTORE = "endringer/<int:number>/<slug:name>/hent/"


def item_rows(word: str, name: str, model: Any) -> list[URLPattern]:
    """What one does with any item: move it, take it out, bring it back, see its changes."""
    back = {"back_name": f"{name}_bring_back"}
    of = {"model": model}
    return [
        path(f"{word}/<slug:key>/flytt/", moving.item_move, of, name=f"{name}_move"),
        path(f"{word}/<slug:key>/ta-ut/", editing.item_retire, of | back, name=f"{name}_retire"),
        path(f"{word}/<slug:key>/hent-tilbake/", editing.item_bring_back, of, name=f"{name}_bring_back"),
        path(f"{word}/<slug:key>/endringer/", changes.item_changes, of, name=f"{name}_changes"),
        path(f"{word}/<slug:key>/{RESTORE}", restoring.item_restore, of, name=f"{name}_restore"),
    ]


def split_rows(word: str, name: str, kind: dict[str, Any]) -> list[URLPattern]:
    """Splitting an item in two, and undoing it."""
    undone = {"kind": kind["kind"]}
    return [
        path(f"{word}/<slug:key>/del-i-to/", splitting.item_split, kind, name=f"{name}_split"),
        path(f"{word}/<slug:key>/del-i-to/angre/", splitting.item_split_undo, undone, name=f"{name}_split_undo"),
    ]


def removable_rows(word: str, name: str, model: Any) -> list[URLPattern]:
    """What one does with a section, a target or a fact box: remove it, put it back, see its changes."""
    of = {"model": model}
    back = {"back_name": f"{name}_put_back"}
    return [
        path(f"{word}/<int:pk>/ta-ut/", editing.row_remove, of | back, name=f"{name}_remove"),
        path(f"{word}/<int:number>/hent-tilbake/", editing.row_put_back, of, name=f"{name}_put_back"),
        path(f"{word}/<int:pk>/endringer/", changes.row_changes, of, name=f"{name}_changes"),
        path(f"{word}/<int:pk>/{RESTORE}", restoring.row_restore, of, name=f"{name}_restore"),
    ]


EDIT = "<place:place>/<slug:slug>/rediger"

urlpatterns: list[URLPattern | URLResolver] = [
    path("strategi/ny/", editing.document_new, {"place": "strategi"}, name="strategy_new"),
    path(f"{EDIT}/dokument/", editing.document_edit, name="document_edit"),
    path(f"{EDIT}/endringer/", changes.document_changes, name="document_changes"),
    path(f"{EDIT}/{RESTORE}", restoring.document_restore, name="document_restore"),
    path("notat/<slug:about>/<slug:key>/", notes.note, name="note"),
    path("notat/<slug:about>/<slug:key>/endringer/", notes.note_changes, name="note_changes"),
    path("rett/<slug:about>/<slug:key>/", correcting.correct, name="correct"),
    path(f"{EDIT}/status/", deciding.document_state, name="document_state"),
    path("<place:place>/<slug:slug>/legg-bort/", putting_away.document_put_away, name="document_put_away"),
    path("<place:place>/<slug:slug>/hent-tilbake/", putting_away.document_take_back, name="document_take_back"),
    path("<place:place>/<slug:slug>/vedta/", deciding.document_adopt, name="document_adopt"),
    path("<place:place>/<slug:slug>/utgaver/", versions.document_versions, name="document_versions"),
    path("<place:place>/<slug:slug>/horing/", hearings.hearing_new, name="hearing_new"),
    path("horing/<int:pk>/", hearings.hearing, name="hearing"),
    path("horing/<int:pk>/endre/", hearings.hearing_edit, name="hearing_edit"),
    path("kommentarer/<slug:about>/<slug:key>/", comments.comments, name="comments"),
    path("kommentarer/<slug:about>/<slug:key>/hvem/", comments.comment_people, name="comment_people"),
    path("kommentar/<int:pk>/endre/", comments.comment_edit, name="comment_edit"),
    path("kommentar/<int:pk>/endringer/", comments.comment_changes, name="comment_changes"),
    path("kommentar/<int:pk>/ferdig/", comments.comment_resolve, name="comment_resolve"),
    path("kommentar/<int:pk>/ta-bort/", comments.comment_remove, name="comment_remove"),
    path("kommentar/<int:pk>/hent-tilbake/", comments.comment_put_back, name="comment_put_back"),
    path("kommentar/<int:pk>/svar/", comments.comment_answer, name="comment_answer"),
    path(f"{EDIT}/nytt-avsnitt/", editing.section_new, name="section_new"),
    path(f"{EDIT}/nytt-vedtak/", editing.decision_new, name="decision_new"),
    path(f"{EDIT}/nytt-omrade/", editing.area_new, name="area_new"),
    path(f"{EDIT}/nytt-mal/", editing.goal_new, name="goal_new"),
    path(f"{EDIT}/nytt-veivalg/", editing.route_new, name="route_new"),
    path("avsnitt/<int:pk>/endre/", editing.section_edit, name="section_edit"),
    path("avsnitt/<int:pk>/flytt/", moving.row_move, {"model": Section}, name="section_move"),
    path("vedtak/<int:pk>/endre/", editing.decision_edit, name="decision_edit"),
    path("vedtak/<int:pk>/rett/", deciding.decision_correct, name="decision_correct"),
    path("vedtak/<int:pk>/flytt/", moving.row_move, {"model": Decision}, name="decision_move"),
    *removable_rows("avsnitt", "section", Section),
    *removable_rows("vedtak", "decision", Decision),
    path("omrade/<slug:key>/endre/", editing.area_edit, name="area_edit"),
    path("mal/<slug:key>/endre/", editing.goal_edit, name="goal_edit"),
    path("veivalg/<slug:key>/endre/", editing.route_edit, name="route_edit"),
    path("omrade/<slug:key>/plasser/", moving.item_place, {"model": Area}, name="area_place"),
    path("mal/<slug:key>/omrade/", moving.item_place, {"model": Goal}, name="goal_place"),
    path("veivalg/<slug:key>/omrade/", moving.item_place, {"model": Route}, name="route_place"),
    *item_rows("omrade", "area", Area),
    *item_rows("mal", "goal", Goal),
    *item_rows("veivalg", "route", Route),
    *split_rows("mal", "goal", splitting.GOALS),
    *split_rows("veivalg", "route", splitting.ROUTES),
    path("mal/<slug:key>/nytt-maltall/", figures.target_new, {"model": Goal}, name="goal_target_new"),
    path("omrade/<slug:key>/nytt-maltall/", figures.target_new, {"model": Area}, name="area_target_new"),
    path("maltall/<int:pk>/endre/", figures.target_edit, name="target_edit"),
    path("maltall/<int:pk>/flytt/", figures.target_move, name="target_move"),
    *removable_rows("maltall", "target", Target),
    path("omrade/<slug:key>/nytt-faktum/", figures.fact_new, name="fact_new"),
    path("faktum/<int:pk>/endre/", figures.fact_edit, name="fact_edit"),
    path("faktum/<int:pk>/flytt/", figures.fact_move, name="fact_move"),
    *removable_rows("faktum", "fact", Fact),
    path("strategi/", reading.strategies, name="strategies"),
    path("strategi/<slug:slug>/", reading.strategy, name="strategy"),
    path("strategi/<slug:slug>/omrade/<slug:key>/", reading.strategy_part, name="strategy_part"),
]
