"""Only addresses on the web, with a text, are stored as links; nothing else is ever shown."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client

from annual_wheel.models import Entry
from config.lib.links import is_link, shown
from planning.models import Measure
from tests import factories as make
from tests.cast import Cast

GOOD = {"url": "https://www.example.org/side?a=1#b", "label": "Siden"}
BAD = [
    {"url": "javascript:alert(1)", "label": "Trykk"},
    {"url": "JavaScript://www.example.org/%0aalert(1)", "label": "Trykk"},
    {"url": " javascript:alert(1)", "label": "Trykk"},
    {"url": "java\nscript:alert(1)", "label": "Trykk"},
    {"url": "data:text/html,hei", "label": "Trykk"},
    {"url": "//www.example.org/", "label": "Trykk"},
    {"url": "https://", "label": "Trykk"},
    {"url": "https://[::1", "label": "Trykk"},
    {"url": "https://www.example.org/", "label": " "},
    {"url": "https://www.example.org/"},
    {"url": 1, "label": "Trykk"},
    {**GOOD, "onclick": "alert(1)"},
    "https://www.example.org/",
]


@pytest.fixture
def entry(cast: Cast) -> Entry:
    return make.entry(make.wheel("hf", cast.hf), cast.ihk, text="Skolebesøk", links=[GOOD])


def test_an_address_on_the_web_with_a_text_is_a_link() -> None:
    assert is_link(GOOD)
    assert is_link({"url": "http://æøå.example/", "label": "Siden"})


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_nothing_else_is(bad: Any) -> None:
    assert not is_link(bad)
    assert shown([bad, GOOD]) == [GOOD]


@pytest.mark.parametrize("links", [[BAD[0]], [GOOD, BAD[0]], "javascript:alert(1)", {"url": "https://a.example"}, 7])
def test_nothing_else_is_stored_whatever_way_it_comes(entry: Entry, cast: Cast, links: Any) -> None:
    entry.links = links
    plan = make.document("plan", cast.hf)
    for store in (
        entry.save,
        lambda: Entry.objects.filter(pk=entry.pk).update(links=links),
        lambda: Entry.objects.bulk_update([entry], ["links"]),
        lambda: Measure.objects.create(document=plan, text="Tiltak", links=links),
    ):
        with pytest.raises(ValidationError), transaction.atomic():
            store()
    assert Entry.objects.get(pk=entry.pk).links == [GOOD]


def test_what_was_written_past_us_is_not_shown(entry: Entry, cast: Cast) -> None:
    with connection.cursor() as cursor:
        words = '[{"url": "javascript:alert(1)", "label": "Trykk her"}]'
        cursor.execute("UPDATE annual_wheel_entry SET links = %s WHERE id = %s", [words, entry.pk])
    assert Entry.objects.get(pk=entry.pk).links == []
    client = Client()
    client.force_login(cast.adviser)
    for address in (entry.get_absolute_url(), f"{entry.get_absolute_url()}endre/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "javascript:" not in page.content.decode()
        assert "Trykk her" not in page.content.decode()
