from django.urls import path

from annual_wheel.views import editing, editions, entry, tasks, wheel, work

urlpatterns = [
    path("mitt-arbeid/", work.my_work, name="my_work"),
    path("oppgave/<int:pk>/kvitter/", tasks.task_tick, name="task_tick"),
    path("oppgave/<int:pk>/angre/", tasks.task_untick, name="task_untick"),
    path("oppgave/<int:pk>/ikke-aktuelt/", tasks.task_not_relevant, name="task_not_relevant"),
    path("oppgave/<int:pk>/merknad/", tasks.task_note, name="task_note"),
    path("aarshjul/", wheel.wheels, name="wheels"),
    path("aarshjul/nytt/", editing.wheel_new, name="wheel_new"),
    path("aarshjul/punkt/<slug:key>/", entry.entry, name="entry"),
    path("aarshjul/punkt/<slug:key>/endre/", editing.entry_edit, name="entry_edit"),
    path("aarshjul/punkt/<slug:key>/flytt/", editing.entry_move, name="entry_move"),
    path("aarshjul/punkt/<slug:key>/ta-ut/", editing.entry_retire, name="entry_retire"),
    path("aarshjul/punkt/<slug:key>/hent-tilbake/", editing.entry_bring_back, name="entry_bring_back"),
    path("aarshjul/punkt/<slug:key>/endringer/", editing.entry_changes, name="entry_changes"),
    path("aarshjul/punkt/<slug:key>/<int:year>/", editions.edition_edit, name="edition_edit"),
    path("aarshjul/punkt/<slug:key>/<int:year>/flytt/", editions.edition_move, name="edition_move"),
    path("aarshjul/punkt/<slug:key>/<int:year>/avlys/", editions.edition_cancel, name="edition_cancel"),
    path("aarshjul/punkt/<slug:key>/<int:year>/sett-tilbake/", editions.edition_restore, name="edition_restore"),
    path("aarshjul/punkt/<slug:key>/<int:year>/beskriv/", editions.edition_describe, name="edition_describe"),
    path("aarshjul/<slug:slug>/rediger/", editing.wheel_edit, name="wheel_edit"),
    path("aarshjul/<slug:slug>/rediger/hjul/", editing.wheel_head, name="wheel_head"),
    path("aarshjul/<slug:slug>/rediger/nytt-punkt/", editing.entry_new, name="entry_new"),
    path("aarshjul/<slug:slug>/rediger/les-dato/", editing.when_preview, name="when_preview"),
    path("aarshjul/<slug:slug>/", wheel.wheel, name="wheel"),
    path("aarshjul/<slug:slug>/<int:year>/", wheel.wheel_year, name="wheel_year"),
    path("aarshjul/<slug:slug>/<int:year>/aapne/", wheel.wheel_open, name="wheel_open"),
]
