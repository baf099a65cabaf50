from django.urls import URLPattern, path

from planning.views import reading

urlpatterns: list[URLPattern] = [
    path("planer/", reading.plans, name="plans"),
    path("planer/<slug:slug>/", reading.plan, name="plan"),
]
