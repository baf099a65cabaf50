from django.urls import URLPattern, path

from strategy.views import reading

urlpatterns: list[URLPattern] = [
    path("strategi/", reading.strategies, name="strategies"),
    path("strategi/<slug:slug>/", reading.strategy, name="strategy"),
]
