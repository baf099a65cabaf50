"""The reader's choice of light or dark."""

import pytest
from django.test import RequestFactory

from config.lib.appearance import choose_appearance


@pytest.mark.parametrize("scheme", ["light", "dark", "auto"])
def test_the_choice_is_kept_and_one_comes_back(scheme: str, rf: RequestFactory):
    response = choose_appearance(rf.post("/utseende/", {"scheme": scheme, "next": "/planer/?side=2"}))
    assert (response.status_code, response["Location"]) == (302, "/planer/?side=2")
    assert response.cookies["appearance"].value == scheme


def test_an_unknown_choice_changes_nothing(rf: RequestFactory):
    response = choose_appearance(rf.post("/utseende/", {"scheme": "<script>"}))
    assert (response["Location"], dict(response.cookies)) == ("/", {})


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(elsewhere: str, rf: RequestFactory):
    assert choose_appearance(rf.post("/utseende/", {"scheme": "dark", "next": elsewhere}))["Location"] == "/"


def test_only_post(rf: RequestFactory):
    assert choose_appearance(rf.get("/utseende/")).status_code == 405
