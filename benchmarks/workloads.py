"""Which requests are measured, against which floor, and what each may cost."""

from collections.abc import Callable, Sequence
from itertools import cycle

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.utils import timezone

from annual_wheel import board_page, year_page
from annual_wheel.feeds import catch_up_all
from annual_wheel.models import CalendarFeed, Edition, Task
from annual_wheel.services import tick, untick
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
    """Pages as somebody who is logged in gets them; "first" is before the process has kept anything of the page,
    "after a tick" when somebody has ticked something off since it was last asked for."""
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
        Workload("my work", "/mitt-arbeid/", coordinator, goal=120),
    ]


def boards() -> list[Workload]:
    """A board of 200 entries and 60 departments: the page with one month open, and a month fetched alone."""
    cookie = cookie_of("admin@ntnu.example")
    address = data.board_of(entry_count=200, unit_count=60)
    part = {"HTTP_HX_REQUEST": "true"}
    return [
        Workload("board, one month, 200 x 60", address, cookie, goal=60),
        Workload("board, one month, after a tick", address, cookie, goal=60, before=tick_of("bench-board")),
        Workload(
            "board, a month fetched, after a tick", f"{address}?maaned=2", cookie, part, goal=60,
            before=tick_of("bench-board"),
        ),
        Workload("board as text, after a tick", f"{address}?vis=tekst", cookie, goal=60, before=tick_of("bench-board")),
        Workload("board, one month, first", address, cookie, before=forget_all),
    ]  # fmt: skip


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
        Workload(f"{name}, picture, after a tick", path, cookie, before=tick_of(wheels.SLUG)),
        Workload(f"{name}, list, after a tick", f"{path}?vis=liste", cookie, before=tick_of(wheels.SLUG)),
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
    elsewhere = tick_of("bench-board")  # which is not in the calendar
    return [
        whole,
        unchanged,
        unchanged.but(name="feed, 304, changed elsewhere", before=once_in(20, elsewhere, catch_up)),
        unchanged.but(name="feed, 304, the first after", goal=None, before=elsewhere),
        whole.but(name=f"feed, {count}, joined anew", goal=None, before=join_again),
    ]


def once_in(count: int, *acts: Callable[[], None]) -> Callable[[], None]:
    """Do these at the first of so many calls, and nothing at the others."""
    turn = cycle([*([False] * (count - 1)), True])

    def change() -> None:
        if next(turn):
            for act in acts:
                act()

    return change


def catch_up() -> None:
    catch_up_all(today=timezone.localdate())


def tick_of(wheel: str) -> Callable[[], None]:
    """Somebody ticks off something of this year's, or opens it again, each time another thing."""
    tasks = Task.objects.filter(edition__entry__wheel__slug=wheel, edition__year=timezone.localdate().year)
    in_turn = cycle(tasks.order_by("unit", "pk").values_list("pk", flat=True)[:500])
    by = User.objects.get(email=ADVISER)

    def act() -> None:
        task = Task.objects.get(pk=next(in_turn))
        if task.status == "open":
            tick(task, by=by, now=timezone.now())
        else:
            untick(task, by=by)

    return act


def join_again() -> None:
    """As if something in the calendar had changed."""
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
