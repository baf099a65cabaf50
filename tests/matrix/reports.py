"""Reports, PDFs and search. An order is seen by who made it alone; nobody in the cast has made any of these."""

from typing import Any

from django.utils import timezone

from reports.keeping import keep
from reports.models import Rendering
from strategy.access import place_of
from strategy.services import freeze
from tests.matrix import Row, World, everyone


def somebodys(world: World) -> list[int]:
    """An order that the dean made, done."""
    order = Rendering.objects.create(
        document=world.plan,
        requested_by=world.cast.dean,
        requested_at=timezone.now(),
        queued_at=timezone.now(),
        language="nb",
        state="done",
        content=b"%PDF",
        finished_at=timezone.now(),
        filename="planen.pdf",
    )
    return [order.pk]


def plan(world: World) -> list[str]:
    return ["planen"]


def wheel(world: World) -> list[Any]:
    return ["hjulet", 2026]


def draft(world: World) -> list[str]:
    return ["utkastet"]


def kept(name: str) -> Any:
    """A version of one of the world's documents, with its PDF where it is published."""

    def made(world: World) -> list[Any]:
        document, now = getattr(world, name), timezone.now()
        version = freeze(document, by=world.cast.dean, now=now)
        if document.is_published:
            keep(version, now=now)
            version.renderings.update(state="done", content=b"%PDF", finished_at=now)
        return [place_of(document), document.slug, version.number]

    return made


UNSEEN: dict[str, Any] = {
    "anonymous": 302,
    "reader": 404,
    "contributor": 404,
    "editor": 404,
    "outsider": 404,
    "administrator": 404,
}
ORDERED: dict[str, Any] = dict.fromkeys(("reader", "editor", "leader", "administrator"), 302)

ROWS = {
    "search": everyone(200, anonymous=302),
    "reports": everyone(200, anonymous=302),
    "plan_report": (everyone(200, plan, anonymous=302), Row(draft, contributor=404, outsider=404)),
    "report_list": (everyone(200, plan, anonymous=302), Row(draft, contributor=404, outsider=404)),
    "order_rendering": (
        everyone(302, plan, method="post"),
        Row(draft, **ORDERED, contributor=404, outsider=404, method="post"),
    ),
    "order_poster": (
        everyone(200, wheel, anonymous=302),
        everyone(302, wheel, method="post", data=lambda world: {"papir": "a3-landscape"}),
        everyone(404, lambda world: ["hjulet", 1999], anonymous=302, note="a year that is not opened"),
    ),
    "version_file": (
        everyone(200, kept("plan"), anonymous=302, note="for all who may read the document"),
        everyone(200, kept("strategy"), note="a public one"),
        everyone(404, kept("draft"), anonymous=302, note="a draft has no kept PDF"),
    ),
    "rendering": Row(somebodys, **UNSEEN),
    "rendering_file": Row(somebodys, **UNSEEN),
}
