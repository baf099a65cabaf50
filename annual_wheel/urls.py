from django.urls import path

from annual_wheel.views import entry, feeds, items, my_page, tasks, wheel, work

urlpatterns = [
    path("mal/<slug:key>/", items.goal, name="goal"),
    path("veivalg/<slug:key>/", items.route, name="route"),
    path("tiltak/<slug:key>/", items.measure, name="measure"),
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
    path("min-side/", my_page.my_page, name="my_page"),
    path("kalender/", feeds.feeds, name="feeds"),
    path("kalender/<int:pk>/ny-adresse/", feeds.feed_renew, name="feed_renew"),
    path("kalender/<int:pk>/trekk-tilbake/", feeds.feed_withdraw, name="feed_withdraw"),
    path("kalender/<int:pk>/ta-i-bruk/", feeds.feed_restore, name="feed_restore"),
    path("kalender/<str:secret>.ics", feeds.feed_file, name="feed_file"),
]
