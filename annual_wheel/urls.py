from django.urls import URLPattern, path

from annual_wheel.views import feeds, my_page

urlpatterns: list[URLPattern] = [
    path("aarshjul/punkt/<str:key>/", feeds.feeds, name="entry"),  # TEMP
    path("min-side/", my_page.my_page, name="my_page"),
    path("kalender/", feeds.feeds, name="feeds"),
    path("kalender/<int:pk>/ny-adresse/", feeds.feed_renew, name="feed_renew"),
    path("kalender/<int:pk>/trekk-tilbake/", feeds.feed_withdraw, name="feed_withdraw"),
    path("kalender/<int:pk>/ta-i-bruk/", feeds.feed_restore, name="feed_restore"),
    path("kalender/<str:secret>.ics", feeds.feed_file, name="feed_file"),
]
