"""What goals, routes and measures lean on in other documents."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from strategy.models import Document, Goal, Version
from strategy.outline import outline_of
from strategy.services import freeze, has_unadopted_changes
from tests import factories as make
from tests.cast import Cast
from tests.sending import fields_of, send

NOW = datetime(2026, 2, 5, 9, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("today")


def test_picking_in_other_documents_keeps_what_is_ticked(cast: Cast, adviser: Any) -> None:
    policy = make.document("politikken", cast.university, kind="policy", title="Politikken")
    found, other = make.goal(policy, text="ØKE søkningen"), make.route(policy, text="Gå nye veier")
    hidden = make.goal(make.document("hemmelig", cast.university, state="draft"), text="Øke i det skjulte")
    measure = make.measure(make.document("planen", cast.hf))
    measure.item_links.create(kind="aligned", to_route=other)
    measure.item_links.create(kind="aligned", to_goal=hidden)
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, do="aligned-find", **{"aligned-q": "øke"})
    offered = [(option.text, option.is_picked) for option in page.context["editing"].parts[2].rows.options]
    assert offered == [("Gå nye veier", True), ("ØKE søkningen", False)]
    send(adviser, address, of=page, aligned=[f"mal.{found.key}"])
    ends = {link.to_goal or link.to_route for link in measure.item_links.all()}
    assert ends == {found, hidden}


def options(page: Any, kind: str) -> list[tuple[str, bool]]:
    """What one of the three pickers shows: words, and whether it is picked."""
    [picker] = [part.rows for part in page.context["editing"].parts if getattr(part.rows, "kind", "") == kind]
    return [(option.text, option.is_picked) for option in picker.options]


def ends(links: Any) -> set[tuple[str, Any]]:
    names = ("to_goal", "to_route", "to_measure")
    return {(link.kind, getattr(link, name)) for link in links.all() for name in names if getattr(link, name, None)}


def test_a_goal_is_a_translation_of_one_in_another_language(cast: Cast, adviser: Any) -> None:
    norwegian = make.goal(make.document("norsk", cast.hf), text="Flere søkere")
    english = make.goal(make.document("engelsk", cast.hf, language="en"), text="More applicants")
    make.goal(make.document("norsk-2", cast.hf, language="en"), text="Same language")
    address = f"/mal/{english.key}/endre/"
    found = send(adviser, address, do="translated-find")
    assert options(found, "translated") == [("Flere søkere", False)]
    send(adviser, address, of=found, translated=f"mal.{norwegian.key}")
    assert ends(english.links) == {("translated", norwegian)}
    assert fields_of(adviser.get(address), address)["translated"] == [f"mal.{norwegian.key}"]
    send(adviser, address, translated="")
    assert not english.links.exists()


@pytest.mark.parametrize("kind", ["goal", "route", "measure"])
def test_an_item_follows_one_of_its_own_kind_in_another_document(cast: Cast, adviser: Any, kind: str) -> None:
    before, plan = make.document("forrige", cast.hf, title="Den forrige"), make.document("planen", cast.hf)
    Document.objects.filter(pk=plan.pk).update(follows=before)
    earlier, item = getattr(make, kind)(before, text="Slik var det"), getattr(make, kind)(plan)
    word = {"goal": "mal", "route": "veivalg", "measure": "tiltak"}[kind]
    address = f"/{word}/{item.key}/endre/"
    found = send(adviser, address, do="succeeded-find")
    assert options(found, "succeeded") == [("Slik var det", False)]
    send(adviser, address, of=found, succeeded=[f"{word}.{earlier.key}"])
    links = item.item_links if kind == "measure" else item.links
    assert ends(links) == {("succeeded", earlier)}

    page = adviser.get(f"/{word}/{item.key}/?tekst=arbeid").content.decode()
    assert re.search(rf'Følger etter</dt><dd><a href="/{word}/{earlier.key}/">Slik var det</a>', page)
    frozen_later = adviser.get(f"/{word}/{earlier.key}/").content.decode()
    assert "Etterfulgt av" not in frozen_later  # the link is written, not adopted


@pytest.mark.parametrize("kind", ["goal", "route", "measure"])
def test_an_item_follows_another_of_its_own_document_but_builds_up_under_none(
    cast: Cast, adviser: Any, kind: str
) -> None:
    plan = make.document("planen", cast.hf)
    whole, half = (getattr(make, kind)(plan, text=text) for text in ("Det hele", "En halv"))
    word = {"goal": "mal", "route": "veivalg", "measure": "tiltak"}[kind]
    address = f"/{word}/{half.key}/endre/"
    found = send(adviser, address, do="succeeded-find")
    assert options(found, "succeeded") == [("Det hele", False)]
    assert options(send(adviser, address, do="aligned-find", **{"aligned-q": "hele"}), "aligned") == []
    send(adviser, address, of=found, succeeded=[f"{word}.{whole.key}"])
    assert ends(half.item_links if kind == "measure" else half.links) == {("succeeded", whole)}
    assert fields_of(adviser.get(address), address)["succeeded"] == [f"{word}.{whole.key}"]


@pytest.mark.parametrize("kind", ["goal", "route", "measure"])
def test_an_item_does_not_come_to_follow_itself_by_way_of_others(cast: Cast, adviser: Any, kind: str) -> None:
    plan = make.document("planen", cast.hf)
    one, two, three = (getattr(make, kind)(plan, text=text) for text in ("En", "To", "Tre"))
    word = {"goal": "mal", "route": "veivalg", "measure": "tiltak"}[kind]
    send(adviser, f"/{word}/{two.key}/endre/", succeeded=[f"{word}.{one.key}"])
    send(adviser, f"/{word}/{three.key}/endre/", succeeded=[f"{word}.{two.key}"])
    refused = send(adviser, f"/{word}/{one.key}/endre/", succeeded=[f"{word}.{three.key}"])
    assert "«Tre» følger allerede etter dette" in refused.content.decode()
    assert not (one.item_links if kind == "measure" else one.links).exists()


def test_a_route_builds_up_under_one_above_and_translates_one(cast: Cast, adviser: Any) -> None:
    above = make.route(make.document("over", cast.hf, kind="policy", language="en"), text="New ways")
    route = make.route(make.document("planen", cast.hf))
    send(adviser, f"/veivalg/{route.key}/endre/", aligned=[f"veivalg.{above.key}"], translated=f"veivalg.{above.key}")
    assert ends(route.links) == {("aligned", above), ("translated", above)}


def test_pickers_tell_what_is_in_force(cast: Cast, adviser: Any) -> None:
    above = make.document("over", cast.hf, title="Slik den heter")
    goal = make.goal(above, text="Slik det gjelder")
    freeze(above, by=cast.dean, now=NOW)
    Document.objects.filter(pk=above.pk).update(title="Arbeidstittel")
    Goal.objects.filter(pk=goal.pk).update(text="Slik det gjerne vil bli")
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    page = send(adviser, address, do="aligned-find", **{"aligned-q": "gjelder heter"})
    assert options(page, "aligned") == [("Slik det gjelder", False)]
    assert "Slik den heter" in page.content.decode()
    assert "gjerne vil" not in page.content.decode()
    assert options(send(adviser, address, do="aligned-find", **{"aligned-q": "gjerne vil"}), "aligned") == []


def test_a_link_that_is_taken_away_is_a_change_that_is_not_adopted(cast: Cast, adviser: Any) -> None:
    above = make.goal(make.document("over", cast.university), text="Over")
    later = make.goal(make.document("annen", cast.university), text="Noe annet")
    plan = make.document("planen", cast.hf)
    goal, other = make.goal(plan, text="Målet"), make.goal(plan)
    goal.links.create(kind="aligned", to_goal=above)
    other.links.create(kind="aligned", to_goal=later)
    freeze(plan, by=cast.dean, now=NOW)
    reads = "Arbeidsteksten er endret siden dette ble vedtatt."
    assert [reads in adviser.get(url).content.decode() for url in ("/planer/planen/", f"/mal/{goal.key}/")] == [
        False,
        False,
    ]
    goal.links.get().delete()
    assert has_unadopted_changes(plan)
    assert [reads in adviser.get(url).content.decode() for url in ("/planer/planen/", f"/mal/{goal.key}/")] == [
        True,
        True,
    ]
    assert "Teksten er endret siden vedtaket" in adviser.get("/planer/planen/rediger/").content.decode()


def test_words_frozen_before_a_kind_of_link_was_known_say_the_same(cast: Cast) -> None:
    plan = make.document("planen", cast.hf)
    make.route(plan)
    content = outline_of(plan)
    route: Any = content["routes"][0]
    del route["succeeds"], route["translation_of"]
    Version.objects.create(document=plan, number=1, content=content, frozen_at=NOW, frozen_by=cast.dean)
    assert not has_unadopted_changes(plan)
