"""Which requests are measured, against which floor, and what each may cost."""

from collections.abc import Sequence

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone

from annual_wheel import board_page, year_page
from annual_wheel.models import CalendarFeed, Edition, Task
from benchmarks import data, plans, wheels
from benchmarks.measure import Workload, fetch
from config.lib import set_once
from organisation.models import User
from strategy.in_force import forget_words
from strategy.views.reading import forget_pages

TRIVIAL, QUERY, LOGGED_IN = "trivial view", "one query", "logged in, one query"
SIXTY = "plan page, 60 measures"
ADVISER, COORDINATOR = "adviser@hf.example", "coordinator@hf.example"


def workloads(handler: WSGIHandler) -> list[Workload]:
    adviser, coordinator = cookie_of(ADVISER), cookie_of(COORDINATOR)
    of_plans = plans.workloads(handler, adviser, forget_all)
    return [*floors(adviser), *pages(adviser, coordinator), *of_plans, *boards(), *ticks(), *feeds(handler)]


def chosen(measured: list[Workload], words: Sequence[str]) -> list[Workload]:
    """Those with one of the words in their name, and what they are measured against; all where no word is given."""
    if not words:
        return measured
    named = [workload for workload in measured if any(word in workload.name for word in words)]
    floors = {TRIVIAL, *(workload.floor for workload in named)}
    return [workload for workload in measured if workload in named or workload.name in floors]


def floors(cookie: str) -> list[Workload]:
    return [
        Workload(TRIVIAL, "/bench/trivial/"),
        Workload(QUERY, "/bench/query/"),
        Workload(LOGGED_IN, "/bench/logged-in/", cookie),
    ]


def pages(adviser: str, coordinator: str) -> list[Workload]:
    """Pages as somebody who is logged in gets them; "first" is before the process has kept anything of the page."""
    year = timezone.localdate().year
    wheel = f"wheel, {Edition.objects.filter(entry__wheel__slug='hf', year=year).count()} entries"
    wheel_path = f"/aarshjul/hf/{year}/"
    return [
        Workload(SIXTY, "/planer/bench-60/", adviser, goal=40),
        Workload("plan page, 300 measures", "/planer/bench-300/", adviser, goal=5, floor=SIXTY),
        Workload("plan page, 60, first", "/planer/bench-60/", adviser, before=forget_all),
        Workload("plan page, 300, first", "/planer/bench-300/", adviser, before=forget_all),
        Workload(wheel, wheel_path, adviser),
        Workload(f"{wheel}, first", wheel_path, adviser, before=forget_all),
        *large_wheel(adviser, year),
        Workload("my work", "/mitt-arbeid/", coordinator),
    ]


def boards() -> list[Workload]:
    """A board of 200 entries and 60 departments: the page with one month open, and a month fetched alone."""
    cookie = cookie_of("admin@ntnu.example")
    address = data.board_of(entry_count=200, unit_count=60)
    part = {"HTTP_HX_REQUEST": "true"}
    return [
        Workload("board, one month, 200 x 60", address, cookie, goal=60),
        Workload("board, one month, first", address, cookie, goal=60, before=forget_all),
        Workload("board, a month fetched, first", f"{address}?maaned=2", cookie, part, goal=60, before=forget_all),
        Workload("board as text, first", f"{address}?vis=tekst", cookie, goal=60, before=forget_all),
    ]


def ticks() -> list[Workload]:
    """A task ticked off and opened again in turn, by htmx: lock, change, history, and the row that comes back."""
    task = Task.objects.open().filter(unit__slug="ihk", edition__entry__wheel__slug="hf").earliest("pk")
    token = "a" * 32
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_X_CSRFTOKEN": token}
    cookie = f"{cookie_of(COORDINATOR)}; {settings.CSRF_COOKIE_NAME}={token}"
    turns = (f"/oppgave/{task.pk}/kvitter/", f"/oppgave/{task.pk}/angre/")
    return [Workload("a tick, and its undo, each", turns[0], cookie, headers, goal=12, method="POST", turns=turns)]


def large_wheel(cookie: str, year: int) -> list[Workload]:
    """Two hundred entries, sixty departments, ten years: each view of it, and the picture before anything is kept."""
    path, name = f"/aarshjul/{wheels.SLUG}/{year}/", f"wheel, {wheels.ENTRIES}"
    return [
        Workload(f"{name}, picture", path, cookie, goal=60),
        Workload(f"{name}, picture, first", path, cookie, before=forget_all),
        Workload(f"{name}, from August", f"{path}?fra=8", cookie, goal=60),
        Workload(f"{name}, by responsible", f"{path}?ringer=ansvar", cookie, goal=60),
        Workload(f"{name}, one month", f"{path}?maaned=5", cookie, goal=60),
        Workload(f"{name}, list", f"{path}?vis=liste", cookie, goal=60),
        Workload(f"{name}, calendar", f"{path}?vis=kalender", cookie, goal=60),
        Workload(f"{name}, timeline", f"{path}?vis=tidslinje", cookie, goal=60),
    ]


def feeds(handler: WSGIHandler) -> list[Workload]:
    """The calendar as a program asks for it: gzipped, and the second time with the validator of the first."""
    count = 300
    headers = {"HTTP_ACCEPT_ENCODING": "gzip"}
    whole = Workload(
        f"feed, {count} entries, 200", data.feed_of(ADVISER, entry_count=count), headers=headers, goal=2, floor=QUERY
    )
    _status, answered, _body = fetch(handler, whole)
    known = {**headers, "HTTP_IF_NONE_MATCH": answered["ETag"]}
    unchanged = Workload(f"feed, {count} entries, 304", whole.path, headers=known, status=304, goal=1.3, floor=QUERY)
    anew = Workload(f"feed, {count}, joined anew", whole.path, headers=headers, floor=QUERY, before=join_again)
    return [whole, unchanged, anew]


def join_again() -> None:
    """As if something had changed that the calendar does not tell of."""
    CalendarFeed.objects.update(built_for="")


def forget_all() -> None:
    """Let go of everything that a process keeps of pages and words."""
    forget_words()
    forget_pages()
    set_once.forget()
    year_page.forget()
    board_page.forget()


def cookie_of(email: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=email))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
