"""Two people write the same thing: the second sees both texts and chooses."""

from typing import Any

import pytest

from tests import factories as make
from tests.cast import Cast, client_of
from tests.page import text_of
from tests.sending import fields_of, send

pytestmark = pytest.mark.usefixtures("today")


def test_two_editors_the_second_sees_both_texts_and_chooses(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf), text="Det første")
    address = f"/tiltak/{measure.key}/endre/"
    opened = adviser.get(address)
    send(client_of(cast.dean), address, text="Dekanens", **{"lines-0-party": "IHK"})

    stopped = send(adviser, address, of=opened, text="Rådgiverens")
    page = stopped.content.decode()
    assert "Dekan lagret noe nytt mens du skrev" in page
    shown = [(row.label, row.mine, row.theirs) for row in stopped.context["conflict"].differences]
    assert shown == [
        ("Tiltak", "Rådgiverens", "Dekanens"),
        ("Ansvar", "–", "ansvarlig: Institutt for historiske og klassiske studier"),
    ]
    assert "borte: Dekanens nytt: Rådgiverens" in text_of(page)
    assert fields_of(stopped, address)["text"] == ["Rådgiverens"]
    measure.refresh_from_db()
    assert (measure.text, measure.responsibilities.count()) == ("Dekanens", 1)

    chosen = send(adviser, address, of=stopped)
    assert chosen.status_code == 302
    measure.refresh_from_db()
    assert (measure.text, measure.responsibilities.count()) == ("Rådgiverens", 0)


def test_a_change_of_the_lines_alone_makes_the_item_newer(cast: Cast, adviser: Any) -> None:
    measure = make.measure(make.document("planen", cast.hf))
    address = f"/tiltak/{measure.key}/endre/"
    opened = adviser.get(address)
    send(adviser, address, **{"lines-0-party": "Studentene"})
    stopped = send(adviser, address, of=opened, **{"lines-0-party": "IMU"})
    assert [row.label for row in stopped.context["conflict"].differences] == ["Ansvar"]
