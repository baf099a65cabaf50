"""Reports, PDFs and search. An order is seen by who made it alone; nobody in the cast has made any of these."""

from typing import Any

from django.utils import timezone

from reports.models import Rendering
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


def draft(world: World) -> list[str]:
    return ["utkastet"]


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
    "rendering": Row(somebodys, **UNSEEN),
    "rendering_file": Row(somebodys, **UNSEEN),
}
