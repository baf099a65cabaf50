from django.urls import path

from organisation import pages, views

urlpatterns = [
    path("enhet/", views.act_for, name="act_for"),
    path("hjelp/", pages.help_page, name="help"),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
]
