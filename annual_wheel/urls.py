from django.urls import path

from annual_wheel.views import entry, tasks, wheel, work

urlpatterns = [
    path("mitt-arbeid/", work.my_work, name="my_work"),
    path("oppgave/<int:pk>/kvitter/", tasks.task_tick, name="task_tick"),
    path("oppgave/<int:pk>/angre/", tasks.task_untick, name="task_untick"),
    path("oppgave/<int:pk>/ikke-aktuelt/", tasks.task_not_relevant, name="task_not_relevant"),
    path("oppgave/<int:pk>/merknad/", tasks.task_note, name="task_note"),
    path("aarshjul/", wheel.wheels, name="wheels"),
    path("aarshjul/punkt/<slug:key>/", entry.entry, name="entry"),
    path("aarshjul/<slug:slug>/", wheel.wheel, name="wheel"),
    path("aarshjul/<slug:slug>/<int:year>/", wheel.wheel_year, name="wheel_year"),
    path("aarshjul/<slug:slug>/<int:year>/aapne/", wheel.wheel_open, name="wheel_open"),
]
