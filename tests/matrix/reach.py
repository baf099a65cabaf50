"""Calendar subscriptions and one's own page."""

from typing import Any

from annual_wheel import feeds
from annual_wheel.mail_links import done_url, unsubscribe_url
from organisation.models import User
from tests import factories as make
from tests.matrix import Row, World, everyone


def feed_of_the_adviser(world: World) -> list[Any]:
    adviser: User = world.cast.adviser
    feed, _secret = feeds.subscribe(by=adviser, name="telefonen", unit=None)
    return [feed.pk]


def secret_of_the_adviser(world: World) -> list[Any]:
    _feed, secret = feeds.subscribe(by=world.cast.adviser, name="telefonen", unit=None)
    return [secret]


def public_wheel(world: World) -> list[Any]:
    return [make.wheel("apent", world.cast.hf, is_public=True).slug]


OWNERS_ALONE: dict[str, Any] = {
    "args": feed_of_the_adviser,
    "method": "post",
    "reader": 404,
    "contributor": 404,
    "editor": 302,
    "leader": 404,
    "outsider": 404,
    "administrator": 404,
    "note": "the adviser’s own",
}

ROWS = {
    "my_page": everyone(200, anonymous=302),
    "mail_done": Row(
        lambda world: [done_url(world.cast.coordinator, [world.task]).split("/")[-2]],
        anonymous=200,
        reader=403,
        contributor=200,
        editor=403,
        leader=403,
        outsider=403,
        administrator=403,
        note="for whoever has the mail, and not for somebody else who is logged in",
    ),
    "mail_unsubscribe": (
        everyone(200, lambda world: [unsubscribe_url(world.cast.coordinator).split("/")[-2]]),
        everyone(404, lambda world: ["feil"]),
    ),
    "reminder_choices": everyone(200, anonymous=302),
    "feeds": everyone(200, anonymous=302),
    "feed": Row(**OWNERS_ALONE | {"method": "get"}),
    "feed_change": (Row(**OWNERS_ALONE | {"method": "get", "editor": 200}), Row(**OWNERS_ALONE | {"editor": 200})),
    "feed_renew": Row(**OWNERS_ALONE),
    "feed_withdraw": Row(**OWNERS_ALONE),
    "feed_restore": Row(**OWNERS_ALONE),
    "feed_file": (
        everyone(200, secret_of_the_adviser, note="whoever has the address reads it"),
        everyone(404, lambda world: ["finnes-ikke"]),
    ),
    "wheel_file": (
        everyone(404, lambda world: [world.wheel.slug], note="a program does not log in, so only public ones answer"),
        everyone(200, public_wheel, note="the owner lets everybody read it"),
    ),
}
