from django.urls import URLPattern, path

from reports.views import kept, overview, renderings, searching
from reports.views.home import home

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("sok/", searching.search, name="search"),
    path("rapporter/", overview.reports, name="reports"),
    path("rapporter/bestilling/<int:pk>/", renderings.rendering, name="rendering"),
    path("rapporter/bestilling/<int:pk>/fil/", renderings.rendering_file, name="rendering_file"),
    path("rapporter/plakat/<slug:slug>/<int:year>/", renderings.order_poster, name="order_poster"),
    path("<place:place>/<slug:slug>/utgave/<int:number>/pdf/", kept.version_file, name="version_file"),
    path("rapporter/<slug:slug>/", overview.plan_report, name="plan_report"),
    path("rapporter/<slug:slug>/liste/", overview.report_list, name="report_list"),
    path("rapporter/<slug:slug>/pdf/", renderings.order_rendering, name="order_rendering"),
]
