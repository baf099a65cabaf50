"""A wheel is written in the browser: dates as people write them, what hangs on what, and each year on its own."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from annual_wheel import opening, services
from annual_wheel.models import Edition, Entry, Wheel
from annual_wheel.rows import notes_of
from tests import factories as make
from tests.cast import Cast
from tests.planning.test_dropping import said
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")
TODAY = date(2026, 3, 15)
NOW = datetime(2026, 3, 15, 8, tzinfo=UTC)


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    """A wheel with last year, this year and the next opened."""
    made = make.wheel("hf", cast.hf)
    for year in (2025, 2026, 2027):
        opening.open_year(made, year=year, by=cast.adviser, now=NOW, today=date(year, 1, 1))
    return made


def open_years(wheel: Wheel, cast: Cast) -> None:
    for year in (2025, 2026, 2027):
        opening.open_year(wheel, year=year, by=cast.adviser, now=NOW, today=date(year, 1, 1))


def dates(entry: Entry) -> dict[int, tuple[str, date]]:
    return {edition.year: (edition.as_written, edition.due_on) for edition in entry.editions.all()}


def new_entry(client: Any, **fields: object) -> Any:
    return send(client, "/aarshjul/hf/rediger/nytt-punkt/?maned=10", **{"text": "Nytt punkt", **fields})


def test_a_new_wheel_gets_an_address_and_a_new_entry_its_years(cast: Cast, adviser: Any) -> None:
    made = send(adviser, "/aarshjul/nytt/", title="Årshjul for opptak", owner=cast.hf.pk)
    assert made.url == "/aarshjul/arshjul-for-opptak/rediger/"
    wheel = Wheel.objects.get(slug="arshjul-for-opptak")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    send(
        adviser,
        "/aarshjul/arshjul-for-opptak/rediger/nytt-punkt/?maned=10",
        text="Besøke skolene",
        when_words="medio oktober",
        **{"lines-0-party": "Instituttene", "links-0-url": "https://skoler.example/"},
    )
    entry = wheel.entries.get()
    assert (entry.month, entry.links) == (10, [{"url": "https://skoler.example/", "label": "https://skoler.example/"}])
    assert dates(entry) == {2026: ("medio oktober", date(2026, 10, 20))}
    assert set(make.tasks_of(entry.editions.get())) == {"ihk", "isl", "imu"}


def test_a_changed_date_moves_what_is_coming_and_leaves_what_has_been(cast: Cast, adviser: Any) -> None:
    wheel = make.wheel("hf", cast.hf)
    entry = make.entry(wheel, cast.ihk, month=4, when_words="15. april")
    open_years(wheel, cast)
    page = adviser.get(f"/aarshjul/punkt/{entry.key}/2027/")
    send(adviser, f"/aarshjul/punkt/{entry.key}/2027/flytt/", of=page, words="uke 18")
    send(adviser, f"/aarshjul/punkt/{entry.key}/endre/", when_words="slutten av april")
    assert dates(entry) == {
        2025: ("15. april", date(2025, 4, 15)),
        2026: ("slutten av april", date(2026, 4, 30)),
        2027: ("uke 18", date(2027, 5, 9)),
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("medio oktobr", "«medio oktobr» kan ikke leses som en dato. Mente du «medio oktober»?"),
        ("31. februar", "«31. februar» finnes ikke i 2026."),
        ("15. april 2026", "Du har skrevet 2026, men datoen skal gjelde 2027."),
    ],
)
def test_a_date_that_cannot_be_read_is_explained_at_the_field(
    wheel: Wheel, adviser: Any, words: str, message: str
) -> None:
    page = new_entry(adviser, when_words=words)
    assert page.context["form"].errors["when_words"][0].startswith(message)
    assert fields_of(page, "/aarshjul/hf/rediger/nytt-punkt/")["when_words"] == [words]
    assert not wheel.entries.exists()


def test_what_a_date_is_read_as_is_shown_while_it_is_typed_and_after(wheel: Wheel, adviser: Any) -> None:
    asked = {"when_words": "medio oktober", "month": "10"}
    live = adviser.get("/aarshjul/hf/rediger/les-dato/", asked, headers={"hx-request": "true"}).content.decode()
    assert live.lstrip().startswith('<div class="when-read" id="when-read"')
    assert "<strong>tidligst 11.10., senest 20.10.2026</strong>" in live
    sent = new_entry(adviser, when_words="medio oktober", do="lines-add").content.decode()
    assert "<strong>tidligst 11.10., senest 20.10.2026</strong>" in sent
    page = adviser.get("/aarshjul/hf/rediger/les-dato/", {"when_words": "uke 77"}).content.decode()
    assert "Uke 77 finnes ikke i 2026, som har 53 uker." in page


def test_a_bound_is_told_and_an_unknown_one_is_a_warning(wheel: Wheel, adviser: Any) -> None:
    def read(**asked: str) -> tuple[str, str]:
        page = adviser.get("/aarshjul/hf/rediger/les-dato/", {"month": "4", **asked})
        return page.context["read"].text, page.context["read"].warning

    assert read(when_words="april", bound_words="før søknadsfristen 15. april") == (
        "tidligst 1.4., senest 30.4.2026, men må være gjort senest 14.4.2026",
        "",
    )
    assert read(when_words="mai", bound_words="før svarfristen") == (
        "tidligst 1.5., senest 31.5.2026",
        "Datoen for «før svarfristen» er ikke kjent ennå.",
    )


def test_an_entry_hangs_on_another_and_a_ring_is_refused_in_plain_words(wheel: Wheel, cast: Cast, adviser: Any) -> None:
    base = make.entry(wheel, text="Fristen", when_words="15. april")
    opening.open_year(wheel, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    new_entry(adviser, text="Minne om den", when_words="to uker før", anchor=base.pk, anchor_offset_days="-14")
    hanging = wheel.entries.get(text="Minne om den")
    assert hanging.editions.get(year=2026).due_on == date(2026, 4, 1)
    shown = adviser.get(f"/aarshjul/punkt/{hanging.key}/endre/").content.decode()
    assert "<strong>tidligst 1.4., senest 1.4.2026</strong>" in shown
    page = send(adviser, f"/aarshjul/punkt/{base.key}/endre/", anchor=hanging.pk)
    assert page.context["form"].errors["anchor"] == [
        "Datoene henger på hverandre i ring: «Fristen» → «Minne om den» → «Fristen»."
    ]
    base.refresh_from_db()
    assert base.anchor is None


def test_facts_that_need_each_other(wheel: Wheel, adviser: Any) -> None:
    other = make.entry(wheel)
    page = new_entry(
        adviser, when_words="mai", bound_entry=other.pk, anchor_offset_days="3", from_year="2028", to_year="2027"
    )
    assert {name: list(errors) for name, errors in page.context["form"].errors.items()} == {
        "bound_words": ["Skriv med ord hva det skal være gjort før."],
        "anchor": ["Velg punktet dagene skal regnes fra, eller fjern antall dager."],
        "to_year": ["Slutten er før starten. Rett ett av de to årene."],
    }


def test_a_retired_entry_falls_away_from_now_on_and_comes_back(cast: Cast, adviser: Any) -> None:
    wheel = make.wheel("hf", cast.hf)
    entry = make.entry(wheel, cast.ihk, text="Punktet", when_words="15. april")
    open_years(wheel, cast)
    adviser.post(f"/aarshjul/punkt/{entry.key}/ta-ut/")
    states = {edition.year: (edition.state, edition.reason) for edition in entry.editions.all()}
    gone = ("cancelled", "Punktet er tatt ut av årshjulet.")
    assert states == {2025: ("planned", ""), 2026: gone, 2027: gone}
    page = adviser.get("/aarshjul/hf/rediger/")
    assert [row.text for row in page.context["retired"]] == ["Punktet"]
    adviser.post(f"/aarshjul/punkt/{entry.key}/hent-tilbake/")
    assert {edition.state for edition in entry.editions.all()} == {"planned"}
    assert {task.status for edition in entry.editions.all() for task in edition.tasks.all()} == {"open"}


def test_nobody_is_late_with_what_was_taken_out(cast: Cast, adviser: Any) -> None:
    wheel = make.wheel("hf", cast.hf)
    entry = make.entry(wheel, cast.departments, when_words="15. januar", month=1)
    open_years(wheel, cast)
    done = make.tasks_of(entry.editions.get(year=2026))["ihk"]
    services.tick(done, by=cast.coordinator, now=datetime(2026, 1, 10, 12, tzinfo=UTC))

    def this_year() -> dict[str, tuple[str, str]]:
        return {unit: (task.status, task.reason) for unit, task in make.tasks_of(entry.editions.get(year=2026)).items()}

    adviser.post(f"/aarshjul/punkt/{entry.key}/ta-ut/")
    gone = ("withdrawn", "Punktet er tatt ut av årshjulet.")
    assert this_year() == {"ihk": ("done", ""), "imu": gone, "isl": gone}
    assert entry.editions.get(year=2026).state == "planned"
    adviser.post(f"/aarshjul/punkt/{entry.key}/hent-tilbake/")
    assert this_year() == {"ihk": ("done", ""), "imu": ("open", ""), "isl": ("open", "")}


@pytest.mark.parametrize(
    ("when_words", "ticks", "years"),
    [("15. januar", "each", [2027]), ("15. april", "each", [2026, 2027]), ("15. januar", "none", [2026, 2027])],
)
def test_nobody_is_late_with_what_is_new(
    cast: Cast, adviser: Any, when_words: str, ticks: str, years: list[int]
) -> None:
    wheel = make.wheel("hf", cast.hf)
    open_years(wheel, cast)
    entry = make.entry(wheel, cast.ihk, when_words=when_words, month=1, ticks=ticks)
    send(adviser, f"/aarshjul/punkt/{entry.key}/endre/")
    assert sorted(entry.editions.values_list("year", flat=True)) == years


def test_an_entry_that_ends_falls_away_after_its_last_year(cast: Cast, adviser: Any) -> None:
    wheel = make.wheel("hf", cast.hf)
    entry = make.entry(wheel)
    open_years(wheel, cast)
    address = f"/aarshjul/punkt/{entry.key}/endre/"
    send(adviser, address, to_year="2026")
    assert [edition.state for edition in entry.editions.order_by("year")] == ["planned", "planned", "cancelled"]
    send(adviser, address, to_year="")
    assert [edition.state for edition in entry.editions.order_by("year")] == ["planned", "planned", "planned"]


def test_new_lines_give_and_withdraw_the_tasks_of_this_year(cast: Cast, adviser: Any) -> None:
    wheel = make.wheel("hf", cast.hf)
    entry = make.entry(wheel, cast.ihk)
    open_years(wheel, cast)
    send(adviser, f"/aarshjul/punkt/{entry.key}/endre/", **{"lines-0-party": "IMU", "lines-0-wording": ""})
    tasks = {edition.year: {slug: task.status for slug, task in make.tasks_of(edition).items()}
             for edition in entry.editions.all()}  # fmt: skip
    assert tasks == {
        2025: {"ihk": "open"},
        2026: {"ihk": "withdrawn", "imu": "open"},
        2027: {"ihk": "withdrawn", "imu": "open"},
    }


def test_two_editors_of_an_entry(cast: Cast, adviser: Any) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), text="Punktet")
    address = f"/aarshjul/punkt/{entry.key}/endre/"
    opened = adviser.get(address)
    send(adviser, address, when_words="20. april")
    stopped = send(adviser, address, of=opened, when_words="25. april", text="Mitt")
    assert [(row.label, row.mine, row.theirs) for row in stopped.context["conflict"].differences] == [
        ("Hva", "Mitt", "Punktet"),
        ("Når", "25. april", "20. april"),
    ]


def test_a_year_is_moved_cancelled_restored_and_described_each_on_its_own(cast: Cast, adviser: Any) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.ihk, when_words="15. april")
    edition = make.edition(entry)
    page = f"/aarshjul/punkt/{entry.key}/2026/"

    def act(word: str, **fields: str) -> Edition:
        send(adviser, f"{page}{word}/", of=adviser.get(page), **fields)
        edition.refresh_from_db()
        return edition

    moved = act("flytt", words="uke 17")
    assert (moved.is_moved, moved.as_written, moved.due_on) == (True, "uke 17", date(2026, 4, 26))
    partly = act("avlys", extent="part", reason="Halve messen utgår")
    assert (partly.state, partly.reason) == ("partly_cancelled", "Halve messen utgår")
    described = act("beskriv", form="digital", outcome="120 deltok")
    assert (described.form, described.outcome, described.state) == ("digital", "120 deltok", "partly_cancelled")
    restored = act("sett-tilbake")
    assert (restored.state, restored.reason, restored.as_written) == ("planned", "", "uke 17")
    usual = act("flytt", words="15. april")
    assert (usual.is_moved, usual.due_on) == (False, date(2026, 4, 15))


def test_how_a_year_is_held_may_be_only_likely(cast: Cast, adviser: Any) -> None:
    entry = make.entry(make.wheel("hf", cast.hf), cast.ihk)
    edition = make.edition(entry)
    page = f"/aarshjul/punkt/{entry.key}/2026/"
    refused = send(adviser, f"{page}beskriv/", of=adviser.get(page), is_form_likely="on")
    assert dict(refused.context["describe"].errors) == {
        "form": ["Velg hvordan det trolig blir, eller fjern haken under."]
    }
    send(adviser, f"{page}beskriv/", of=adviser.get(page), form="digital", is_form_likely="on")
    edition.refresh_from_db()
    assert (edition.form, edition.is_form_likely) == ("digital", True)
    assert notes_of(edition) == ("trolig digitalt i år",)
    settled = {**fields_of(adviser.get(page), f"{page}beskriv/"), "form": "on_campus"}
    del settled["is_form_likely"]
    adviser.post(f"{page}beskriv/", settled)
    edition.refresh_from_db()
    assert notes_of(edition) == ("på campus i år",)


def test_a_year_asks_for_a_reason_and_a_date_that_can_be_read(cast: Cast, adviser: Any) -> None:
    entry = make.entry(make.wheel("hf", cast.hf))
    make.edition(entry)
    page = f"/aarshjul/punkt/{entry.key}/2026/"
    opened = adviser.get(page)
    refused = send(adviser, f"{page}avlys/", of=opened, extent="all", reason="")
    assert list(refused.context["cancel"].errors) == ["reason"]
    wrong = send(adviser, f"{page}flytt/", of=opened, words="ultimo oktobr").content.decode()
    assert "Mente du «ultimo oktober»?" in wrong
    assert 'value="ultimo oktobr"' in wrong


def test_two_editors_of_a_year(cast: Cast, adviser: Any) -> None:
    entry = make.entry(make.wheel("hf", cast.hf))
    edition = make.edition(entry)
    page = f"/aarshjul/punkt/{entry.key}/2026/"
    opened = adviser.get(page)
    send(adviser, f"{page}beskriv/", of=opened, outcome="Det første")
    stopped = send(adviser, f"{page}beskriv/", of=opened, outcome="Det andre")
    conflict = stopped.context["conflict"]
    assert [(row.mine, row.theirs) for row in conflict.differences] == [("Det andre", "Det første")]
    shown = BeautifulSoup(stopped.content, "html.parser")
    [form] = shown.select(f'form[action="{page}beskriv/"]')
    assert [button["form"] for button in shown.select("#conflict button")] == [form["id"]] * 2
    kept = send(adviser, f"{page}beskriv/", of=stopped, do="behold")
    assert said(kept) == "Det som er lagret, står som det var. Det du skrev, er ikke lagret."
    edition.refresh_from_db()
    assert edition.outcome == "Det første"
    send(adviser, f"{page}beskriv/", of=stopped)
    edition.refresh_from_db()
    assert edition.outcome == "Det andre"


def test_order_within_a_month(wheel: Wheel, adviser: Any) -> None:
    entries = [make.entry(wheel, text=word, month=month, position=n)
               for n, (word, month) in enumerate([("a", 4), ("x", 5), ("b", 4)])]  # fmt: skip
    address = f"/aarshjul/punkt/{entries[2].key}/flytt/"
    assert [said(adviser.post(address, {"to": to})) for to in ("up", "up", "down", "up")] == [
        "Flyttet: «b» er nå nummer 1 av 2.",
        "Det står allerede øverst.",
        "Flyttet: «b» er nå nummer 2 av 2.",
        "Flyttet: «b» er nå nummer 1 av 2.",
    ]
    assert [entry.text for entry in wheel.entries.filter(month=4)] == ["b", "a"]
    wheel.entries.filter(text="b").update(status="retired")
    assert said(adviser.post(address, {"to": "down"})) == "Det står allerede nederst."


@pytest.mark.parametrize("count", [1, 3])
def test_the_editor_asks_as_often_for_one_as_for_three(
    cast: Cast, adviser: Any, count: int, django_assert_num_queries
) -> None:
    wheel = make.wheel("hf", cast.hf)
    for _ in range(count):
        make.entry(wheel, cast.ihk)
        make.entry(wheel, cast.departments, status="retired")
    with django_assert_num_queries(12):
        page = adviser.get("/aarshjul/hf/rediger/")
    assert page.content.decode().count('class="editor-row"') == 2 * count


def test_a_measure_out_of_sight_stays_with_the_entry(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    shown, hidden = make.measure(plan), make.measure(make.document("hemmelig", cast.university, state="draft"))
    entry = make.entry(make.wheel("hf", cast.hf, document=plan), cast.ihk)
    entry.measures.set([shown, hidden])
    send(adviser, f"/aarshjul/punkt/{entry.key}/endre/", text="Ny tekst", measures=[])
    entry.refresh_from_db()
    assert (entry.text, list(entry.measures.all())) == ("Ny tekst", [hidden])


def test_what_is_chosen_stands_first_and_opens_its_group(cast: Cast, adviser: Any) -> None:
    plan = make.document("planen", cast.hf)
    measures = [make.measure(plan, text=text, position=n) for n, text in enumerate("abc")]
    entry = make.entry(make.wheel("hf", cast.hf, document=plan), cast.ihk)
    entry.measures.set([measures[2]])
    page = adviser.get(f"/aarshjul/punkt/{entry.key}/endre/")
    assert [measure.text for measure in page.context["form"].fields["measures"].queryset] == ["c", "a", "b"]
    folded = {group.label: (group.count, group.is_open) for group in page.context["editing"].folded}
    assert folded == {
        "Ansvar linje for linje": (1, False),
        "Frister og punkter datoen henger på": (0, False),
        "Kvittering, forpliktelse og påminnelse": (0, False),
        "Tiltak og målgrupper": (1, True),
        "Nettlenker": (0, False),
        "Hvilke år punktet står i hjulet": (0, False),
    }


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"anchor_offset_days": "3"}, "Frister og punkter datoen henger på"),
        ({"links-0-url": "ikke en adresse"}, "Nettlenker"),
        ({"from_year": "1900"}, "Hvilke år punktet står i hjulet"),
        ({"lines-0-party": "Festkomiteen"}, "Ansvar linje for linje"),
        ({"do": "links-add"}, "Nettlenker"),
        ({"ticks": "kanskje"}, "Kvittering, forpliktelse og påminnelse"),
    ],
)
def test_what_is_wrong_or_at_work_opens_its_group_alone(
    wheel: Wheel, adviser: Any, fields: dict[str, str], label: str
) -> None:
    page = new_entry(adviser, when_words="mai", **fields)
    assert [group.label for group in page.context["editing"].folded if group.is_open] == [label]


def test_no_field_of_an_entry_is_lost_in_its_groups(wheel: Wheel, adviser: Any, cast: Cast) -> None:
    page = adviser.get("/aarshjul/hf/rediger/nytt-punkt/")
    assert "Målgrupper" not in page.content.decode()  # there is none to choose, nor anything else in its group
    assert "Tiltak og målgrupper" not in [group.label for group in page.context["editing"].folded]
    cast.hf.target_groups.create(slug="elever", name="Elever")
    page = adviser.get("/aarshjul/hf/rediger/nytt-punkt/")
    editing, form = page.context["editing"], page.context["form"]
    shown = [bound.name for bound in editing.fields] + [
        bound.name for group in editing.folded for bound in group.fields
    ]
    assert sorted(shown) == sorted(bound.name for bound in form.visible_fields())


def test_a_proposed_entry_is_not_opened_for_the_units(cast: Cast) -> None:
    made = make.wheel("hf", cast.hf)
    proposed, held = make.entry(made, cast.ihk, status="proposed"), make.entry(made, cast.ihk)
    opening.open_year(made, year=2026, by=cast.adviser, now=NOW, today=TODAY)
    assert [edition.entry for edition in Edition.objects.all()] == [held]
    assert not proposed.editions.exists()


def test_one_stays_where_the_entry_stood_that_was_taken_out(wheel: Wheel, adviser: Any) -> None:
    first, second, last = (make.entry(wheel, text=word, month=4, position=n) for n, word in enumerate("abc"))
    make.entry(wheel, text="d", month=5, position=9)
    stays = [(second, last.key), (last, first.key), (first, "ny-4")]
    for entry, key in stays:
        answer = adviser.post(f"/aarshjul/punkt/{entry.key}/ta-ut/")
        assert answer.url == f"/aarshjul/hf/rediger/?ved={key}#rad-{key}"
    page = adviser.get("/aarshjul/hf/rediger/?ved=ny-4").content.decode()
    assert page.count("data-focus") == 1
    assert 'id="rad-ny-4"' in page
    assert 'id="entry_new-4" data-focus' in page
