"""A group that should fan out and has nobody in it is said to whoever can mend it, and is no error."""

from datetime import date
from typing import Any

import pytest

from annual_wheel.emptiness import empty_groups
from annual_wheel.models import Entry, Task, Wheel
from organisation.models import GroupMember, UnitGroup
from tests import factories as make
from tests.cast import Cast
from tests.sending import send

TODAY = date(2026, 3, 15)
SAID = "Ingen får oppgaver gjennom «Med gruppe», for gruppen har ingen enheter nå. Be en administrator føre opp noen."
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def group(cast: Cast) -> UnitGroup:
    """A list of departments with nobody on it yet."""
    return make.group("med", cast.hf, name="Med gruppe", rule="listed", member_kind="")


@pytest.fixture
def wheel(cast: Cast) -> Wheel:
    return make.wheel("hf", cast.hf)


def test_the_groups_that_nobody_is_in(cast: Cast, wheel: Wheel, group: UnitGroup) -> None:
    only_named = make.group("navn", cast.hf, name="Studieprogrammene", rule="named", member_kind="")
    make.entry(wheel, group, cast.departments, only_named)
    make.entry(wheel, make.group("annet", cast.hf, name="Annet", rule="listed", member_kind=""), ticks="none")
    assert empty_groups(Entry.objects.all(), day=TODAY) == [group]
    GroupMember.objects.create(group=group, unit=cast.imu, from_on=date(2026, 3, 16))
    assert empty_groups(Entry.objects.all(), day=TODAY) == [group]
    assert empty_groups(Entry.objects.all(), day=date(2026, 3, 16)) == []


def test_it_is_said_where_the_entry_is_written_and_on_its_page(
    cast: Cast, wheel: Wheel, group: UnitGroup, adviser: Any
) -> None:
    new = {"text": "Drifte gruppen", "when_words": "mai", "responsible": "Med gruppe"}
    saved = send(adviser, "/aarshjul/hf/rediger/nytt-punkt/?maned=5", **new)
    assert SAID in adviser.get(saved.url).content.decode()
    page = wheel.entries.get().get_absolute_url()
    assert SAID in adviser.get(page).content.decode()
    adviser.force_login(cast.reader)
    assert SAID not in adviser.get(page).content.decode()  # who cannot mend it


def test_it_is_said_when_a_year_is_opened_and_the_year_is_open(
    cast: Cast, wheel: Wheel, group: UnitGroup, adviser: Any
) -> None:
    make.entry(wheel, group)
    make.entry(wheel, cast.ihk)
    opened = adviser.post("/aarshjul/hf/2026/aapne/", follow=True).content.decode()
    assert SAID in opened
    assert "2026 er åpnet, og enhetene har fått oppgavene sine." in opened
    assert list(Task.objects.values_list("unit__slug", flat=True)) == ["ihk"]


def test_a_year_with_lines_of_its_own_is_judged_by_them(
    cast: Cast, wheel: Wheel, group: UnitGroup, adviser: Any
) -> None:
    entry = make.entry(wheel, cast.departments, key="drifte")
    make.edition(entry)
    saved = send(
        adviser,
        f"/aarshjul/punkt/{entry.key}/endre/",
        years="only-2026",
        **{"lines-0-party": "Med gruppe", "lines-0-wording": "Med gruppe"},
    )
    assert SAID in adviser.get(saved.url).content.decode()
    assert empty_groups([entry], day=TODAY) == []
    assert empty_groups([entry], day=TODAY, year=2026) == [group]
    assert SAID in adviser.get(f"{entry.get_absolute_url()}?aar=2026").content.decode()
    assert SAID in adviser.post("/aarshjul/hf/2026/aapne/", follow=True).content.decode()


def test_the_year_that_has_other_lines_does_not_warn_of_the_usual_ones(
    cast: Cast, wheel: Wheel, group: UnitGroup
) -> None:
    edition = make.edition(make.entry(wheel, group))
    edition.has_own_lines = True
    edition.save()
    edition.responsibilities.create(group=cast.departments, position=0)
    assert empty_groups(Entry.objects.all(), day=TODAY) == [group]
    assert empty_groups(Entry.objects.all(), day=TODAY, year=2026) == []
    assert empty_groups(Entry.objects.all(), day=TODAY, year=2027) == [group]


def test_it_is_said_of_what_is_pasted(wheel: Wheel, group: UnitGroup, adviser: Any) -> None:
    address = "/aarshjul/hf/rediger/lim-inn/"
    preview = adviser.post(address, {"pasted": "Mai\tDrifte gruppen\tMed gruppe"})
    row = {field.html_name: field.value() for form in preview.context["rows"].forms for field in form if field.value()}
    saved = adviser.post(
        address, row | {"rad-TOTAL_FORMS": "1", "rad-INITIAL_FORMS": "0", "do": "lagre"}, follow=True
    ).content.decode()
    assert "Lagt inn i hjulet: 1 punkt." in saved
    assert SAID in saved
