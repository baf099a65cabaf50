"""The English interface: the catalogue is whole, and no page of the demo has bokmål in what the program itself says."""

import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from organisation.models import User
from tests.interface_language import Catalogue

EACH = 2  # pages looked at of every kind
LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
NOT_PAGES = ("/admin/", "/static/", "/feed")


def pages(client: Client, start: str) -> Iterator[tuple[str, str, str]]:
    """Follow the links from a page, and give the address, the kind and the HTML of some of each kind."""
    waiting, met, taken = deque([start]), {start}, dict[str, int]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if not kind or taken.get(kind, 0) == EACH:
            continue
        taken[kind] = taken.get(kind, 0) + 1
        response = client.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        page = response.content.decode()
        yield address, kind, page
        links = [link.replace("&amp;", "&") for link in LINK.findall(page)]
        waiting.extend(link for link in links if link not in met)
        met.update(links)


def kind_of(address: str) -> str:
    if address.startswith(NOT_PAGES):
        return ""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


@pytest.mark.django_db
def test_explore(client, demo_data, monkeypatch):
    from config.lib import clock
    monkeypatch.setattr(clock, "today", lambda: demo_data)
    client.cookies["django_language"] = "en"
    cat = Catalogue.of("en")
    import collections
    for email in ("adviser@hf.example", None, "coordinator@hf.example", "admin@ntnu.example", ):
        if email:
            u = User.objects.filter(email=email).first() or User.objects.filter(memberships__role="administrator").first()
            client.force_login(u)
        seen = collections.Counter()
        for a, k, p in pages(client, "/"):
            seen[k] += 1
            left = cat.left_in(p)
            if left: print(email, k, a, sorted(left)[:12])
            Path("/tmp/en/pages/%s-%s-%s.html" % (email, k, seen[k])).write_text(p)
        print(email, len(seen), sorted(seen))
