from django.urls import path

from organisation import views

urlpatterns = [
    path("enhet/", views.act_for, name="act_for"),
]
