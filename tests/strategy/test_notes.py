"""Internal notes: for those who write, and in nothing that is published."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from reports.paper import plan_html
from strategy.models import Document, Note
from strategy.services import freeze
from tests import factories as make
from tests.cast import Cast, client_of
from tests.matrix import NOW
from tests.sending import send

SECRET = "Avklares med studieseksjonen"
PLACES = ("/notat/tiltak/tiltaket/", "/notat/mal/maalet/", "/notat/veivalg/veien/", "/notat/dokument/planen/")
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(cast: Cast) -> Document:
    document = make.document("planen", cast.hf, title="Planen", is_public=True)
    goal = make.goal(document, key="maalet", text="Målet")
    make.measure(document, goal, key="tiltaket", text="Tiltaket")
    make.route(document, key="veien", text="Veien")
    freeze(document, by=cast.dean, now=NOW)
    return document


@pytest.fixture
def noted(plan: Document, adviser: Any) -> Document:
    for address in PLACES:
        assert send(adviser, address, text=SECRET).status_code == 302
    return plan


def test_it_stands_on_the_page_of_what_it_is_about(noted: Document, adviser: Any) -> None:
    for address in ("/tiltak/tiltaket/", "/mal/maalet/", "/veivalg/veien/", "/planer/planen/"):
        assert SECRET in adviser.get(address).content.decode()


def test_readers_of_drafts_read_it_and_others_never_meet_it(cast: Cast, noted: Document) -> None:
    pages = ("/tiltak/tiltaket/", "/mal/maalet/", "/planer/planen/", "/planer/planen/sammenlign/?vis=alt", "/")
    reader = client_of(cast.reader)
    assert SECRET in reader.get("/tiltak/tiltaket/").content.decode()
    assert reader.get("/notat/tiltak/tiltaket/").status_code == 403
    for person in (None, cast.outsider, cast.coordinator):
        client = client_of(person)
        for address in pages:
            page = client.get(address).content.decode()
            assert SECRET not in page
            assert "Internt notat" not in page
        assert client.get("/notat/tiltak/tiltaket/endringer/").status_code == (403 if person else 302)


def test_it_is_in_no_paper_no_export_and_no_frozen_words(cast: Cast, noted: Document) -> None:
    version = freeze(noted, by=cast.dean, now=NOW)
    assert SECRET not in json.dumps(version.content)
    assert SECRET not in plan_html(noted, reader=cast.adviser, today=date(2026, 3, 15))
    exported = StringIO()
    call_command("export_data", stdout=exported)
    assert "Tiltaket" in exported.getvalue()
    assert SECRET not in exported.getvalue()


def test_it_is_not_found_by_a_search(cast: Cast, noted: Document) -> None:
    for person in (cast.adviser, cast.outsider):
        assert SECRET not in client_of(person).get("/sok/?q=studieseksjonen").content.decode()


def test_of_two_who_write_neither_is_lost(cast: Cast, plan: Document, adviser: Any) -> None:
    send(adviser, PLACES[0], text="Mitt")
    dean = client_of(cast.dean)
    number = dean.get(PLACES[0]).context["form"]["lock_version"].value()
    send(adviser, PLACES[0], text="Mitt igjen")
    page = dean.post(PLACES[0], {"text": "Dekanens", "lock_version": number}).content.decode()
    assert "Mitt igjen" in page
    assert "Dekanens" in page
    first = client_of(cast.dean).post(PLACES[1], {"text": "Først"})
    second = adviser.post(PLACES[1], {"text": "Samtidig"})
    assert (first.status_code, second.status_code) == (302, 200)
    assert set(Note.objects.values_list("text", flat=True)) == {"Mitt igjen", "Først"}


def test_what_it_has_been_is_told_and_it_can_be_emptied(plan: Document, adviser: Any) -> None:
    send(adviser, PLACES[0], text=SECRET)
    send(adviser, PLACES[0], text="", why="Avklart")
    newest = adviser.get(f"{PLACES[0]}endringer/").context["page"].object_list[0]
    assert (newest.why, newest.fields[0].before) == ("Avklart", SECRET)
    assert SECRET not in adviser.get("/tiltak/tiltaket/").content.decode()


@pytest.mark.parametrize("address", ["/notat/omrade/x/", "/notat/tiltak/finnes-ikke/", "/notat/annet/tiltaket/"])
def test_there_are_no_notes_elsewhere(plan: Document, adviser: Any, address: str) -> None:
    assert adviser.get(address).status_code == 404
