from django.http import HttpResponse
from django.urls import URLResolver, include, path

from config.lib.routes import Patterns, by_first_word


def page(_request: object) -> HttpResponse:
    return HttpResponse()


def named(patterns: Patterns) -> list[object]:
    """Each pattern's route and name, and of a word's the list of its own."""
    return [
        (str(each.pattern), named(each.url_patterns) if isinstance(each, URLResolver) else each.name)
        for each in patterns
    ]


def test_each_word_gathers_its_own_in_the_order_they_stood() -> None:
    patterns: Patterns = [
        path("", page, name="home"),
        path("planer/ny/", page, name="plan_new"),
        path("tiltak/<slug:key>/", page, name="measure"),
        path("planer/<slug:slug>/", page, {"place": "planer"}, name="plan"),
        path("<slug:place>/alle/", page, name="all"),
        path("kort", page, name="short"),
        path("inn/", include([path("a/", page, name="inner")])),
        path("tiltak/<slug:key>/endre/", page, name="measure_edit"),
    ]
    assert named(by_first_word(patterns)) == [
        ("", "home"),
        ("planer/", [("ny/", "plan_new"), ("<slug:slug>/", "plan")]),
        ("tiltak/", [("<slug:key>/", "measure"), ("<slug:key>/endre/", "measure_edit")]),
        ("<slug:place>/alle/", "all"),
        ("kort", "short"),
        ("inn/", [("a/", "inner")]),
    ]
    plans = by_first_word(patterns)[1]
    assert isinstance(plans, URLResolver)
    assert plans.resolve("planer/hf/").kwargs == {"slug": "hf", "place": "planer"}
