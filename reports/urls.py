from django.urls import URLPattern, path

from reports.views.home import home

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
]
