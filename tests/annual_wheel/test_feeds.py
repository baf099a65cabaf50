"""Subscriptions: shown once, renewed and withdrawn in one press, right at the next request, and cheap to ask again."""

import gzip
import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from annual_wheel import feeds, services
from annual_wheel.models import CalendarFeed, Edition, Wheel
from config.lib import clock
from config.lib.limit import Limit
from organisation.models import Membership, Unit, UnitGroup, User
from tests import factories as make
from tests.cast import Cast, make_cast

TODAY = date(2026, 3, 15)
pytestmark = pytest.mark.usefixtures("today")

WINDOW = timedelta(days=3650)  # none that ends while a test goes on


@pytest.fixture
def deadline(cast: Cast) -> Edition:
    wheel = make.wheel("hf", cast.hf, title="Årshjul HF")
    make.edition(make.entry(wheel, cast.departments, text="Sjekk nettsidene", when_words="medio april"))
    return make.edition(make.entry(wheel, kind="deadline", ticks="none", key="fristen", text="Søknadsfrist"))


# What the form sends where nothing of it was changed.
FORM = {"covers": "", "kinds": ["task", "deadline", "event"], "has_done": "on", "name": "min telefon"}


def subscribe(user: User, unit: Unit | None = None, **choice: Any) -> tuple[CalendarFeed, str]:
    feed, secret = feeds.subscribe(by=user, name="min telefon", unit=unit, **choice)
    return feed, f"/kalender/{secret}.ics"


def titles(response: Any) -> list[str]:
    assert response.status_code == 200
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def test_a_subscription_answers_without_login_with_what_the_command_writes(cast: Cast, deadline: Edition) -> None:
    _feed, address = subscribe(cast.coordinator)
    response = Client().get(address)
    assert titles(response) == [
        "Sjekk nettsidene (medio april) – IHK",
        "Sjekk nettsidene (medio april) – ISL",
        "Søknadsfrist",
    ]
    written = StringIO()
    call_command("feed", user="coordinator@hf.example", stdout=written)
    assert written.getvalue().encode() == response.content
    assert {name: response.headers[name] for name in ("Content-Type", "Cache-Control", "Content-Disposition")} == {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="rod-trad.ics"',
    }


def test_a_units_subscription_is_what_the_command_writes_for_the_unit(cast: Cast, deadline: Edition) -> None:
    _feed, address = subscribe(cast.adviser, cast.imu)
    written = StringIO()
    call_command("feed", unit="imu", stdout=written)
    assert written.getvalue().encode() == Client().get(address).content
    with pytest.raises(CommandError, match="There is no unit called tull"):
        call_command("feed", unit="tull")


def test_unknown_withdrawn_and_renewed_addresses_answer_the_same(cast: Cast, deadline: Edition) -> None:
    withdrawn, address_of_withdrawn = subscribe(cast.adviser)
    renewed, old_address = subscribe(cast.adviser)
    _left, address_of_one_who_left = subscribe(cast.reader)
    feeds.withdraw(withdrawn, now=timezone.now())
    feeds.renew(renewed)
    User.objects.filter(pk=cast.reader.pk).update(is_active=False)
    unknown = Client().get("/kalender/finnes-ikke.ics")
    assert unknown.status_code == 404
    for address in (address_of_withdrawn, old_address, address_of_one_who_left):
        answer = Client().get(address)
        assert (answer.status_code, answer.content, dict(answer.headers)) == (
            404,
            unknown.content,
            dict(unknown.headers),
        )


def test_the_secret_is_not_kept(cast: Cast) -> None:
    feed, address = subscribe(cast.adviser)
    secret = address.removeprefix("/kalender/").removesuffix(".ics")
    assert len(secret) >= 43
    assert secret not in str(CalendarFeed.objects.filter(pk=feed.pk).values().get())


def test_asking_again_costs_one_query_and_no_body(cast: Cast, deadline: Edition, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    _feed, address = subscribe(cast.coordinator)
    first = Client().get(address)
    with django_assert_num_queries(1):
        again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control"):
        assert again.headers[name] == first.headers[name]
    since = Client().get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert since.status_code == 304
    with django_assert_num_queries(2):
        assert Client().get(address).content == first.content
    other = Client().get(address, headers={"If-None-Match": '"noe annet"'})
    assert (other.status_code, other.content) == (200, first.content)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_language_of_the_program_that_asks_does_not_matter(cast: Cast, deadline: Edition, language: str) -> None:
    _feed, address = subscribe(cast.coordinator, language=language, ringing="same_day")
    told = []
    for asked in ("en", "nb", "de"):
        CalendarFeed.objects.update(built_for="")
        told.append(Client().get(address, headers={"Accept-Language": asked}).content.decode())
    assert told[0] == told[1] == told[2]
    assert f"NAME;LANGUAGE={language}:" in told[0]
    words = {"nb": "Frist i Rød tråd", "en": "Deadline in Rød tråd"}[language]
    assert f"DESCRIPTION:{words}\r\nTRIGGER" in told[0]


def test_head_and_gzip_tell_the_same(cast: Cast, deadline: Edition) -> None:
    _feed, address = subscribe(cast.coordinator)
    plain, head = Client().get(address), Client().head(address)
    zipped = Client().get(address, headers={"Accept-Encoding": "gzip, br"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == plain.headers["Content-Length"] == str(len(plain.content))
    assert head.headers["ETag"] == plain.headers["ETag"]
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in zipped.headers["Vary"]
    for refused in ("gzip;q=0", "gzip; q=0.000, br", "identity"):
        assert Client().get(address, headers={"Accept-Encoding": refused}).content == plain.content
    for taken in ("gzip;q=0.5", "br;q=1, GZIP"):
        assert Client().get(address, headers={"Accept-Encoding": taken}).content == zipped.content
    asked = {"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["ETag"]}
    assert Client().get(address, headers=asked).status_code == 304
    assert Client().post(address).status_code == 405


def save(row: Any, **fields: Any) -> None:
    row.refresh_from_db()
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def test_every_change_is_there_at_the_next_request(cast: Cast, deadline: Edition) -> None:
    """Each kind of row that a calendar tells of, changed one after the other, is seen at once."""
    _feed, address = subscribe(cast.coordinator)
    wheel, function = Wheel.objects.get(), make.function("leder", name="leder")
    tasks = make.tasks_of(Edition.objects.get(entry__text="Sjekk nettsidene"))
    ihk, line = tasks["ihk"], tasks["ihk"].edition.entry.responsibilities.get()
    by, reason = cast.adviser, "Utgår"
    changes: dict[str, Callable[[], Any]] = {
        "tick": lambda: services.tick(ihk, by=cast.coordinator, now=timezone.now()),
        "untick": lambda: services.untick(ihk, by=cast.coordinator),
        "move": lambda: services.move(deadline, by=by, words="20. april", today=TODAY, expected=1),
        "entry": lambda: save(deadline.entry, text="Frist for søkere"),
        "line": lambda: save(line, function=function, wording=""),
        "function": lambda: save(function, name="administrator"),
        "group": lambda: save(UnitGroup.objects.get(), name="Alle instituttene"),
        "wheel": lambda: save(wheel, title="Hjulet"),
        "shared": lambda: tasks["imu"].shared_with.add(cast.ihk),
        "unit": lambda: save(cast.isl, short_name="Språk"),
        "cancel": lambda: services.cancel(deadline, by=by, reason=reason, is_partly=False, today=TODAY, expected=2),
        "restore": lambda: services.restore(deadline, by=by, today=TODAY, expected=3),
        "new": lambda: make.edition(make.entry(wheel, kind="event", text="Nytt møte")),
        "membership": lambda: Membership.objects.get(user=cast.coordinator, unit=cast.isl).delete(),
        "language": lambda: User.objects.filter(pk=cast.coordinator.pk).update(language="en"),
    }
    unseen = []
    before = Client().get(address)
    for name, change in changes.items():
        change()
        after = Client().get(address, headers={"If-None-Match": before.headers["ETag"]})
        if after.status_code != 200 or after.content == before.content:
            unseen.append(name)
        before = Client().get(address)
    assert unseen == []


def test_what_one_may_no_longer_see_leaves_the_calendar(
    cast: Cast, deadline: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    _own, own = subscribe(cast.coordinator)
    _unit, of_unit = subscribe(cast.coordinator, cast.ihk)
    assert titles(Client().get(of_unit)) == ["Sjekk nettsidene (medio april)", "Søknadsfrist"]
    tag = Client().get(own).headers["ETag"]
    for membership in Membership.objects.filter(user=cast.coordinator):
        membership.to_on = TODAY
        membership.save()
    assert len(titles(Client().get(own))) == 3
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 16))
    assert titles(Client().get(own, headers={"If-None-Match": tag})) == []
    assert titles(Client().get(of_unit)) == ["Søknadsfrist"]


def test_a_change_that_changes_nothing_here_keeps_the_validators(cast: Cast, deadline: Edition) -> None:
    _feed, address = subscribe(cast.coordinator)
    first = Client().get(address)
    make.unit("ny", cast.university)
    again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Last-Modified"] == first.headers["Last-Modified"]


def test_two_changes_in_one_second_have_different_last_modified(cast: Cast, deadline: Edition) -> None:
    _feed, address = subscribe(cast.coordinator)
    stamps = []
    for words in ("16. april", "17. april", "18. april"):
        services.move(deadline, by=cast.adviser, words=words, today=TODAY, expected=deadline.lock_version)
        stamps.append(Client().get(address).headers["Last-Modified"])
    assert len(set(stamps)) == 3


def test_the_day_of_use_is_kept(cast: Cast, deadline: Edition) -> None:
    feed, address = subscribe(cast.coordinator)
    assert CalendarFeed.objects.get(pk=feed.pk).last_used_on is None
    Client().get(address)
    assert CalendarFeed.objects.get(pk=feed.pk).last_used_on == TODAY


def test_the_page_shows_an_address_once(cast: Cast, deadline: Edition, client: Client) -> None:
    client.force_login(cast.coordinator)
    assert "Du har ingen abonnementer ennå" in client.get("/kalender/").content.decode()
    answer = client.post("/kalender/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, "/kalender/")
    page = BeautifulSoup(client.get("/kalender/").content, "html.parser")
    address = page.select_one("#address")["value"]  # type: ignore[index]
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/kalender/[\w-]{43}\.ics", str(address))
    assert [link["href"] for link in page.select("a[href^=webcal]")] == [str(address).replace("http:", "webcal:")]
    assert len(titles(Client().get(str(address).removeprefix("http://127.0.0.1:8000")))) == 3
    again = BeautifulSoup(client.get("/kalender/").content, "html.parser")
    assert again.select_one("#address") is None
    assert [h.text for h in again.select(".rows h3")] == ["min telefon"]
    assert [p.text for p in again.select(".rows .meta")] == ["Mine oppgaverSist brukt i dag"]


def test_an_address_is_renewed_withdrawn_and_taken_back_in_one_press_each(
    cast: Cast, deadline: Edition, client: Client
) -> None:
    client.force_login(cast.coordinator)
    feed, old = subscribe(cast.coordinator)
    client.post(f"/kalender/{feed.pk}/ny-adresse/")
    page = BeautifulSoup(client.get("/kalender/").content, "html.parser")
    new = str(page.select_one("#address")["value"]).removeprefix("http://127.0.0.1:8000")  # type: ignore[index]
    assert [Client().get(address).status_code for address in (old, new)] == [404, 200]
    client.post(f"/kalender/{feed.pk}/trekk-tilbake/")
    assert Client().get(new).status_code == 404
    page = BeautifulSoup(client.get("/kalender/").content, "html.parser")
    undo = page.select_one("[data-undo] form")
    assert undo is not None
    assert page.select(".rows h3") == []
    client.post(str(undo["action"]))
    assert Client().get(new).status_code == 200


def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = BeautifulSoup(client.post("/kalender/", FORM | {"covers": "enhet:nv", "name": "min"}).content, "html.parser")
    assert page.select_one("#id_name")["value"] == "min"  # type: ignore[index]
    assert "id_covers_error" in str(page)
    assert CalendarFeed.objects.count() == 0


def test_nobody_has_more_than_twenty(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    for _ in range(20):
        feeds.subscribe(by=cast.coordinator, name="enda en", unit=None)
    page = client.post("/kalender/", FORM | {"name": "den siste"}).content.decode()
    assert "Du har 20 abonnementer. Trekk tilbake ett du ikke bruker." in page
    assert CalendarFeed.objects.count() == 20


def test_a_subscription_is_what_its_owner_chose(cast: Cast, deadline: Edition, client: Client) -> None:
    client.force_login(cast.coordinator)
    services.tick(make.tasks_of(Edition.objects.get(entry__text="Sjekk nettsidene"))["ihk"],
                  by=cast.coordinator, now=timezone.now())  # fmt: skip
    other = make.wheel("nv", cast.outsider.memberships.get().unit, title="Hjulet til NV")
    make.edition(make.entry(other, kind="deadline", ticks="none", text="Frist ved NV"))
    make.edition(make.entry(other, kind="event", ticks="none", text="Møte ved NV"))

    def told(**chosen: Any) -> Any:
        form = {name: value for name, value in (FORM | chosen).items() if value is not None}
        assert client.post("/kalender/", form).status_code == 302
        page = BeautifulSoup(client.get("/kalender/").content, "html.parser")
        address = str(page.select_one("#address")["value"]).removeprefix("http://127.0.0.1:8000")  # type: ignore[index]
        return Calendar.from_ical(Client().get(address).content)

    def titles_in(calendar: Any, *kinds: str) -> list[str]:
        return [str(part["SUMMARY"]) for kind in kinds or ("VEVENT",) for part in calendar.walk(kind)]

    assert titles_in(told(kinds=["deadline"])) == ["Søknadsfrist"]
    assert titles_in(told(has_done=None)) == ["Sjekk nettsidene (medio april)", "Søknadsfrist"]
    assert sorted(titles_in(told(covers="hjul:nv"))) == ["Frist ved NV", "Møte ved NV"]
    assert titles_in(told(kinds=["event"], follows=["nv"])) == ["Møte ved NV"]
    assert titles_in(told(covers="enhet:isl")) == ["Sjekk nettsidene (medio april)", "Søknadsfrist"]
    in_english = told(language="en")
    assert [str(part["CATEGORIES"].cats[0]) for part in in_english.walk("VEVENT")] == ["Task", "Task", "Deadline"]
    to_do = told(as_todo="on", ringing="day_before")
    assert titles_in(to_do, "VTODO") == [
        "Gjort: Sjekk nettsidene (medio april) – IHK",
        "Sjekk nettsidene (medio april) – ISL",
    ]
    assert titles_in(to_do) == ["Søknadsfrist"]
    assert [str(part["STATUS"]) for part in to_do.walk("VTODO")] == ["COMPLETED", "NEEDS-ACTION"]
    rung = [alarm["TRIGGER"].to_ical().decode() for alarm in to_do.walk("VALARM")]
    assert rung == ["-PT15H", "-P1DT15H"]
    page = BeautifulSoup(client.get("/kalender/").content, "html.parser")
    assert "bare frist" in page.text
    assert "oppgaver som gjøremål, varsel kl. 9 dagen før" in page.text


def choices(feed: CalendarFeed, **chosen: Any) -> dict[str, Any]:
    """What the form of a subscription sends where only this was changed."""
    feed.refresh_from_db()
    as_it_is = {"name": feed.name, "kinds": feed.kinds, "ringing": feed.ringing, "language": feed.language}
    ticked = {name: "on" for name in ("has_done", "as_todo") if getattr(feed, name)}
    return {name: v for name, v in (as_it_is | ticked | {"lock_version": feed.lock_version} | chosen).items() if v}


def test_other_choices_are_there_at_the_next_request_under_the_same_address(
    cast: Cast, deadline: Edition, client: Client
) -> None:
    client.force_login(cast.coordinator)
    feed, address = subscribe(cast.coordinator)
    services.tick(make.tasks_of(Edition.objects.get(entry__text="Sjekk nettsidene"))["ihk"],
                  by=cast.coordinator, now=timezone.now())  # fmt: skip
    other = make.wheel("nv", cast.outsider.memberships.get().unit, title="Hjulet til NV")
    make.edition(make.entry(other, kind="event", ticks="none", text="Møte ved NV"))
    form = f"/kalender/{feed.pk}/valg/"

    def told(**chosen: Any) -> Any:
        tag = Client().get(address).headers["ETag"]
        answer = client.post(form, choices(feed, **chosen))
        assert (answer.status_code, answer["Location"]) == (302, f"/kalender/#feed-{feed.pk}")
        return Calendar.from_ical(Client().get(address, headers={"If-None-Match": tag}).content)

    def titles_in(calendar: Any) -> list[str]:
        return [str(part["SUMMARY"]) for kind in ("VEVENT", "VTODO") for part in calendar.walk(kind)]

    assert len(titles_in(told(has_done=None))) == 2
    assert titles_in(told(kinds=["deadline"])) == ["Søknadsfrist"]
    assert titles_in(told(kinds=["event"], follows=["nv"])) == ["Møte ved NV"]
    assert [str(part["CATEGORIES"].cats[0]) for part in told(kinds=["deadline"], language="en").walk("VEVENT")] == [
        "Deadline"
    ]
    todo = told(kinds=["task"], as_todo="on", ringing="day_before")
    assert [len(todo.walk(kind)) for kind in ("VTODO", "VEVENT", "VALARM")] == [1, 0, 1]
    page = BeautifulSoup(client.get(form).content, "html.parser")
    assert [box["value"] for box in page.select("input[name=kinds][checked]")] == ["task"]
    client.post(form, choices(feed, name="min klokke"))
    names = BeautifulSoup(client.get("/kalender/").content, "html.parser").select(".rows h3")
    assert [name.text for name in names] == ["min klokke"]


def test_choices_are_changed_in_the_list_itself(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    feed, _address = subscribe(cast.coordinator)
    form, part = f"/kalender/{feed.pk}/valg/", {"HX-Request": "true"}

    def answered(response: Any) -> Any:
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser").select_one(f"li#feed-{feed.pk}")

    asked = answered(client.get(form, headers=part))
    assert asked.select_one(f"form[action='{form}'] #feed-{feed.pk}-name")["value"] == "min telefon"
    wrong = answered(client.post(form, choices(feed, kinds=None), headers=part))
    assert wrong.select_one(f"#feed-{feed.pk}-kinds_error").text == "Velg minst én ting som skal være med."
    row = answered(client.post(form, choices(feed, kinds=["event"], as_todo="on"), headers=part))
    assert "bare hendelse, oppgaver som gjøremål" in row.text
    assert row.select_one("a[data-focus]")["href"] == form
    assert answered(client.get(f"/kalender/{feed.pk}/", headers=part)).select_one("form.form") is None
    assert client.get(f"/kalender/{feed.pk}/")["Location"] == f"/kalender/#feed-{feed.pk}"


def test_choices_made_in_two_windows_are_not_lost(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    feed, _address = subscribe(cast.coordinator)
    form, opened = f"/kalender/{feed.pk}/valg/", choices(feed)
    client.post(form, choices(feed, name="min klokke"))
    stale = client.post(form, opened | {"ringing": "same_day"})
    page = BeautifulSoup(stale.content, "html.parser")
    assert "Du har endret dette et annet sted i mellomtiden." in page.text
    assert page.select_one("option[value=same_day][selected]") is not None
    feed.refresh_from_db()
    assert (feed.name, feed.ringing) == ("min klokke", "")
    again = {**opened, "ringing": "same_day", "lock_version": page.select_one("input[name=lock_version]")["value"]}  # type: ignore[index]
    assert client.post(form, again).status_code == 302
    feed.refresh_from_db()
    assert (feed.name, feed.ringing) == ("min telefon", "same_day")


def test_a_form_without_anything_to_show_opens_the_choices(cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator)
    page = BeautifulSoup(client.post("/kalender/", FORM | {"kinds": []}).content, "html.parser")
    assert page.select_one("details[open] #id_kinds_error").text == "Velg minst én ting som skal være med."  # type: ignore[union-attr]
    assert CalendarFeed.objects.count() == 0


def test_a_wheel_is_read_by_everybody_only_while_its_owner_says_so(cast: Cast, deadline: Edition) -> None:
    wheel, address = Wheel.objects.get(), "/aarshjul/hf/kalender.ics"
    assert Client().get(address).status_code == 404
    save(wheel, is_public=True)
    response = Client().get(address)
    assert titles(response) == ["Sjekk nettsidene (medio april)", "Søknadsfrist"]
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert titles(Client().get(f"{address}?type=deadline")) == ["Søknadsfrist"]
    assert "CATEGORIES:Deadline" in Client().get(f"{address}?sprak=en").content.decode()
    same = {"If-None-Match": response.headers["ETag"]}
    assert Client().get(address, headers=same).status_code == 304
    services.move(deadline, by=cast.adviser, words="20. april", today=TODAY, expected=1)
    moved = Client().get(address, headers=same)
    assert b"DTSTART;VALUE=DATE:20260420" in moved.content
    page = Client().get("/aarshjul/hf/2026/")
    assert 'href="webcal://127.0.0.1:8000/aarshjul/hf/kalender.ics"' in page.content.decode()
    written = StringIO()
    call_command("feed", wheel="hf", stdout=written)
    assert written.getvalue().encode() == moved.content
    save(wheel, is_public=False)
    assert Client().get(address, headers=same).status_code == 404


def test_one_address_is_not_asked_without_end(cast: Cast, deadline: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annual_wheel.views.feeds.LIMIT", Limit("a", most=2, window=WINDOW))
    (_own, own), (_other, other) = subscribe(cast.coordinator), subscribe(cast.adviser)
    answers = [Client().get(own) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= WINDOW.total_seconds()
    assert Client().get(other).status_code == 200


def test_a_public_calendar_is_not_asked_without_end_from_one_place(
    cast: Cast, deadline: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annual_wheel.views.feeds.PUBLIC_LIMIT", Limit("b", most=2, window=WINDOW))
    save(Wheel.objects.get(), is_public=True)

    def ask(place: str) -> Any:
        return Client(REMOTE_ADDR=place).get("/aarshjul/hf/kalender.ics")

    answers = [ask("192.0.2.1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= WINDOW.total_seconds()
    assert ask("192.0.2.2").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_many(
    cast: Cast, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        feeds.subscribe(by=cast.coordinator, name="en", unit=cast.ihk)
    client.force_login(cast.coordinator)
    with django_assert_num_queries(8):
        client.get("/kalender/")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_slow_change_that_is_counted_but_not_committed_is_not_missed() -> None:
    """A change gets its number before another one that is committed first; what is built between is not trusted."""
    cast = make_cast()
    edition = make.edition(make.entry(make.wheel("hf", cast.hf), kind="deadline", ticks="none", text="Frist"))
    _feed, address = subscribe(cast.adviser)
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            services.move(edition, by=cast.adviser, words="20. april", today=TODAY, expected=1)
            written.set()
            go_on.wait(10)
        connection.close()

    worker = threading.Thread(target=slow)
    worker.start()
    assert written.wait(10)
    make.edition(make.entry(Wheel.objects.get(), kind="deadline", ticks="none", text="En annen frist"))
    between = Client().get(address)
    go_on.set()
    worker.join()
    after = Client().get(address, headers={"If-None-Match": between.headers["ETag"]})
    starts = {str(e["SUMMARY"]): e.decoded("DTSTART") for e in Calendar.from_ical(after.content).walk("VEVENT")}
    assert starts == {"Frist": date(2026, 4, 20), "En annen frist": date(2026, 4, 15)}
