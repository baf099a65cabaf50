"""What is measured on: the demo, plans of a given size, and a feed of a given length, the same in every run."""

from django.core.management import call_command
from django.utils import timezone

from annual_wheel import feeds
from annual_wheel.models import Edition, Entry, EntryResponsibility, Task, Wheel, WheelYear
from annual_wheel.opening import set_dates
from benchmarks import plans
from benchmarks.wheels import large_wheel
from organisation.models import Unit, UnitGroup, User


def prepare() -> None:
    """Fill an empty database."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", verbosity=0)
    owner, by = Unit.objects.get(slug="hf"), User.objects.get(email="adviser@hf.example")
    group = UnitGroup.objects.get(slug="instituttene")
    for size in (plans.SMALL, plans.MIDDLE, plans.LARGE):
        plans.plan_of(size, owner=owner, group=group, by=by)
    for size in (plans.SMALL, plans.LARGE):
        plans.plan_of(size, owner=owner, group=group, by=by, is_draft=True)
    large_wheel(owner=owner, by=by)


def board_of(*, entry_count: int, unit_count: int, slug: str = "bench") -> str:
    """Give a faculty of its own this many departments and a year of a wheel; return the address of its board."""
    by, year = User.objects.get(email="admin@ntnu.example"), timezone.localdate().year
    faculty = Unit.objects.create(
        slug=f"{slug}-fak", parent=Unit.objects.get(slug="ntnu"), kind="faculty", name="Bench"
    )
    units = [
        Unit.objects.create(slug=f"{slug}-{number}", parent=faculty, kind="department", name=f"Institutt nr. {number}")
        for number in range(unit_count)
    ]
    group = UnitGroup.objects.create(slug=slug, name="Alle", owner=faculty, rule="children", member_kind="department")
    wheel = Wheel.objects.create(slug=f"{slug}-board", title="Hjul med tavle", owner=faculty)
    for number in range(entry_count):
        month, day = number % 12 + 1, number % 28 + 1
        entry = Entry.objects.create(
            wheel=wheel, text=f"Punkt nummer {number} i hjulet", month=month, when_words=f"{day}.{month}.",
            position=number,
        )  # fmt: skip
        EntryResponsibility.objects.create(entry=entry, group=group, wording="Instituttene")
        edition = Edition(entry=entry, year=year)
        set_dates(edition)
        edition.save()
        Task.objects.bulk_create(_task(edition, unit, at, by) for at, unit in enumerate(units))
    WheelYear.objects.create(wheel=wheel, year=year, opened_at=timezone.now(), opened_by=by)
    return f"/aarshjul/{wheel.slug}/{year}/tavle/"


def _task(edition: Edition, unit: Unit, at: int, by: User) -> Task:
    """Every second one is done, and every tenth has a note."""
    done = {"status": "done", "done_at": timezone.now(), "done_by": by} if (at + edition.pk) % 2 else {}
    return Task(edition=edition, unit=unit, note="" if at % 10 else "Sendt på e-post", **done)


def feed_of(email: str, *, entry_count: int) -> str:
    """Give a person a feed of this many entries and return its path.

    What the demo lacks stands in a wheel of its own, so that no other page grows with it.
    """
    user, today = User.objects.get(email=email), timezone.localdate()
    feed, secret = feeds.subscribe(by=user, name="benchmark", unit=None)
    have = len(feeds.calendar_of(feed, today=today).rows)
    wheel = Wheel.objects.create(slug="bench", title="Hjul for målinger", owner=Unit.objects.get(slug="hf"))
    for number in range(entry_count - have):
        month, day = number % 12 + 1, number % 28 + 1
        entry = Entry.objects.create(
            wheel=wheel, text=f"Frist nummer {number}", kind="deadline", ticks="none", month=month,
            when_words=f"{day}.{month}.", position=number,
        )  # fmt: skip
        edition = Edition(entry=entry, year=today.year)
        set_dates(edition)
        edition.save()
    return f"/kalender/{secret}.ics"
