from django.urls import include, path

from benchmarks import floors

urlpatterns = [
    path("bench/trivial/", floors.trivial),
    path("bench/query/", floors.one_query),
    path("bench/logged-in/", floors.logged_in),
    path("", include("config.urls")),
]
