"""The English interface over the demo: no page, mail, paper or calendar has bokmål in what the program itself says."""

import re
from collections import deque
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from annual_wheel import calendars
from annual_wheel.emails import compose
from annual_wheel.models import Entry, Wheel
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from config.lib import clock
from config.lib.kept import told
from organisation.models import User
from planning.models import Measure
from reports.paper import plan_html
from strategy.models import Area, Document, Goal, Route, Section
from tests.annual_wheel.test_ical import read_back
from tests.interface_language import Catalogue, Shown, texts_of

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
NOT_PAGES = ("/admin/", "/static/")
pytestmark = pytest.mark.django_db
CHOICES = ("option", "label")  # of forms: whoever writes there knows the language of what they write
ENGLISH = Catalogue.of("en")


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Follow the links from the front page, and give the name and the HTML of one page of each kind."""
    waiting, seen = deque(["/"]), {"/"}
    taken = set[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if not kind or kind in taken:
            continue
        taken.add(kind)
        response = client.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        page = response.content.decode()
        yield kind, page
        links = [link.replace("&amp;", "&") for link in LINK.findall(page)]
        waiting.extend(link for link in links if link not in seen)
        seen.update(links)


def kind_of(address: str) -> str:
    if address.startswith(NOT_PAGES):
        return ""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def words_of_the_demo() -> set[str]:
    """Short words of its documents and wheels that the interface uses too."""
    return {
        *Area.objects.values_list("title", flat=True),
        *Section.objects.values_list("title", flat=True),
        *Entry.objects.values_list("when_words", flat=True),
    }


def bokmaal_in(texts: Iterator[Shown]) -> set[str]:
    return ENGLISH.left_in(shown.text for shown in texts if shown.language == "en") - words_of_the_demo()


def in_english(client: Client, email: str, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)
    client.cookies["django_language"] = "en"
    if email:
        client.force_login(User.objects.get(email=email))


@pytest.mark.parametrize(
    ("email", "at_least"),
    [
        ("", {"home", "account_login", "help", "accessibility"}),
        ("adviser@hf.example", {"plan_edit", "measure_edit", "wheel_year", "wheel_edit", "edition_edit", "reports"}),
        ("coordinator@hf.example", {"my_work", "my_page", "feeds", "entry", "goal", "measure", "search", "strategy"}),
        ("admin@ntnu.example", {"administration", "admin_unit", "admin_person", "admin_roles", "admin_group"}),
    ],
)
def test_no_page_says_anything_in_bokmaal(
    client: Client, demo_data: date, monkeypatch: pytest.MonkeyPatch, email: str, at_least: set[str]
) -> None:
    in_english(client, email, monkeypatch, demo_data)
    found = {kind: bokmaal_in(texts_of(page)) for kind, page in pages(client)}
    assert at_least - set(found) == set()
    assert {kind: texts for kind, texts in found.items() if texts} == {}


def test_what_people_have_written_keeps_its_language(
    client: Client, demo_data: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_english(client, "adviser@hf.example", monkeypatch, demo_data)
    norwegian = Document.objects.filter(language="nb").values("pk")
    written = set(Entry.objects.values_list("text", flat=True))
    for model in (Goal, Route, Measure):
        written |= set(model._default_manager.filter(document__in=norwegian).values_list("text", flat=True))
    languages: dict[str, set[str]] = {}
    for kind, page in pages(client):
        found = {shown.language for shown in texts_of(page) if shown.text in written and shown.element not in CHOICES}
        if found:
            languages[kind] = found
    kinds = {"home", "my_work", "wheel_year", "entry", "plan", "goal", "measure", "plan_edit", "wheel_edit"}
    assert kinds - set(languages) == set()
    assert {kind: found for kind, found in languages.items() if found != {"nb"}} == {}


def test_mail_paper_and_calendar_are_in_the_readers_language(demo_data: date) -> None:
    person = User.objects.get(email="coordinator@hf.example")
    person.language = "en"
    due = due_for(person, directory=Directory.on(demo_data), today=demo_data)
    mail = compose(person, due, today=demo_data)
    assert "Late" in {shown.text for shown in texts_of(mail.html)}
    assert bokmaal_in(texts_of(mail.html)) == set()
    assert ENGLISH.left_in(line.strip() for line in [mail.subject, *mail.text.splitlines()]) == set()
    with translation.override("en"):
        paper = plan_html(Document.objects.get(slug="hf-rekruttering"), reader=person, today=demo_data)
        calendar = calendars.wheel_calendar(Wheel.objects.get(slug="hf"), today=demo_data).to_bytes()
    assert bokmaal_in(texts_of(paper)) == set()
    lines = {
        part for entry in read_back(calendar)[1] for line in entry.description.splitlines() for part in line.split(": ")
    }
    assert "Responsible" in lines
    assert ENGLISH.left_in(iter(lines)) - words_of_the_demo() == set()


def test_the_log_is_told_in_the_readers_language() -> None:
    with translation.override("en"):
        assert told("Kvittert ut.") == "Ticked off."
        assert told("Ikke aktuelt: ingen opptak", ["Ikke aktuelt: %(reason)s"]) == "Not relevant: ingen opptak"
        assert told("Vi slo sammen to kvelder.") == "Vi slo sammen to kvelder."
        assert told("") == ""
    with translation.override("nb"):
        assert told("Kvittert ut.") == "Kvittert ut."
