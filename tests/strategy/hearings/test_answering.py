"""What is said in a hearing is read in the order of the document, answered, and in the way of adopting."""

import re
from datetime import timedelta
from typing import Any

import pytest

from organisation import comments
from organisation.models import Comment
from strategy import writing
from strategy.models import Document, Section
from tests.cast import Cast
from tests.matrix import NOW
from tests.page import texts
from tests.sending import send
from tests.strategy.hearings.pages import ON_GOAL, client_of, page
from tests.talking import comment, hearing, reply


def test_someone_asked_says_something_and_reads_the_answer(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    coordinator = client_of(cast, "coordinator")
    said = send(coordinator, ON_GOAL, text="Hvor mange?\n\nSe https://ntnu.no/tall", where="innspill")
    kept = Comment.objects.get()
    assert said["Location"] == f"{ON_GOAL}#kommentar-{kept.pk}"
    assert (kept.hearing, kept.unit, kept.written_by, kept.about_words) == (
        asked, cast.ihk, cast.coordinator, "Flere søkere"
    )  # fmt: skip
    shown = page(cast, "reader", ON_GOAL)
    [thread] = texts(shown, "li", class_="talk-thread")
    assert thread.startswith("Innspill i høringen Koordinator, IHK ")
    assert " Hvor mange? Se https://ntnu.no/tall Ikke besvart ennå." in thread
    assert '<a href="https://ntnu.no/tall" rel="nofollow">https://ntnu.no/tall</a></p>' in shown.content.decode()

    answer = f"/kommentar/{kept.pk}/svar/"
    adviser = client_of(cast, "adviser")
    unexplained = send(adviser, answer, answer="not")
    assert "Skriv kort hvorfor, så den som ga innspillet, forstår det." in unexplained.content.decode()
    done = send(adviser, answer, answer="partly", answer_text="Tallet kommer i vedlegget")
    assert done["Location"] == f"/horing/{asked.pk}/?ved={kept.pk}"
    [thread] = texts(page(cast, "coordinator", ON_GOAL), "li", class_="talk-thread")
    assert "Delvis tatt inn : Tallet kommer i vedlegget Svar fra Rådgiver" in thread
    assert client_of(cast, "coordinator").get(f"/kommentar/{kept.pk}/endre/").status_code == 403


def test_two_answers_at_the_same_time_meet_the_ordinary_conflict(cast: Cast, draft: Document) -> None:
    said = comment(draft, cast.coordinator, hearing=hearing(draft, cast.adviser))
    answer = f"/kommentar/{said.pk}/svar/"
    adviser = client_of(cast, "adviser")
    opened = adviser.get(answer)
    send(client_of(cast, "dean"), answer, answer="taken_in", answer_text="Takk")
    stopped = send(adviser, answer, of=opened, answer="not", answer_text="Nei takk")
    assert "Dekan lagret noe nytt mens du skrev" in stopped.content.decode()
    said.refresh_from_db()
    assert (said.answer, said.answered_by) == ("taken_in", cast.dean)
    send(adviser, answer, of=stopped)
    said.refresh_from_db()
    assert (said.answer, said.answered_by) == ("not", cast.adviser)


def test_the_hearing_is_one_page_in_the_order_of_the_document(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    last = comment(draft, cast.coordinator, "Sist", about="mal", about_key="siste", hearing=asked, unit=cast.ihk)
    comment(draft, cast.reader, "Først", about="mal", about_key="maalet", hearing=asked, unit=cast.hf)
    comment(draft, cast.adviser, "internt")
    whole = comment(draft, cast.coordinator, "Alt", hearing=asked, unit=cast.isl)
    whole.answer = "taken_in"
    comments.answer(whole, by=cast.adviser, now=NOW, expected=1)
    reply(last, cast.adviser, "Hva mener dere?")
    address = f"/horing/{asked.pk}/"

    def shown(person: str, **query: str) -> tuple[list[str], list[str], list[str]]:
        response = page(cast, person, address, **query)
        places = texts(response, "h2", class_="knot")
        return places, texts(response, "div", class_="comment-text"), texts(response, "p", class_="list-count")

    everything = ["Alt", "Først", "Sist", "Hva mener dere?"]
    places = ["Utkastet", "Flere søkere", "Bedre sider"]
    assert shown("adviser") == (places, everything, ["3 innspill 2 ubesvarte"])
    assert shown("reader") == (places, everything, ["3 innspill 2 ubesvarte"])
    assert shown("adviser", vis="ubesvart")[0] == ["Flere søkere", "Bedre sider"]
    assert shown("adviser", enhet="ihk")[1] == ["Sist", "Hva mener dere?"]
    assert shown("adviser", enhet="imu")[0] == []
    assert [row["href"] for row in links(page(cast, "reader", address), "svar-")] == []
    waiting = links(page(cast, "adviser", address, vis="ubesvart"), "svar-")
    assert waiting[1]["href"] == (
        f"/kommentar/{last.pk}/svar/?next=%2Fhoring%2F{asked.pk}%2F%3Fvis%3Dubesvart%26ved%3D{last.pk}"
    )


def links(response: Any, starts: str) -> list[dict[str, str]]:
    found = re.findall(rf'<a\b[^>]*\bid="({starts}[^"]*)" href="([^"]*)"', response.content.decode())
    return [{"id": mark, "href": href} for mark, href in found]


def test_what_is_taken_out_is_answered_all_the_same(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    section = Section.objects.get()
    said = comment(
        draft, cast.coordinator, about="avsnitt", about_key=str(section.pk), about_words="Hensikt", hearing=asked
    )
    writing.remove_row(section, by=cast.adviser, now=NOW)
    assert texts(page(cast, "adviser", f"/horing/{asked.pk}/"), "h2", class_="knot") == ["Hensikt"]
    assert send(client_of(cast, "adviser"), f"/kommentar/{said.pk}/svar/", answer="taken_in").status_code == 302


def test_adopting_warns_of_what_nobody_has_answered(cast: Cast, draft: Document) -> None:
    asked = hearing(draft, cast.adviser)
    address = "/planer/utkastet/vedta/"
    still_heard = "Høringen er åpen til og med 1. april 2026. Vedtaket avslutter den. Du kan vedta likevel."
    assert texts(page(cast, "dean", address), "div", class_="notice") == [still_heard]
    comment(draft, cast.coordinator, hearing=asked)
    warned, _still = texts(page(cast, "dean", address), "div", class_="notice")
    assert warned.startswith("1 innspill er ubesvart.")
    assert f'href="/horing/{asked.pk}/?vis=ubesvart"' in page(cast, "dean", address).content.decode()
    comment(draft, cast.coordinator, hearing=asked)
    warned, _still = texts(page(cast, "dean", address), "div", class_="notice")
    assert warned.startswith("2 innspill er ubesvarte.")


def test_whoever_decides_is_shown_on_as_soon_as_the_last_is_answered(
    cast: Cast, draft: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = hearing(draft, cast.adviser)
    said = comment(draft, cast.coordinator, hearing=asked)
    adopting = 'href="/planer/utkastet/vedta/"'
    address, dean = f"/horing/{asked.pk}/", client_of(cast, "dean")
    monkeypatch.setattr("config.lib.clock.today", lambda: asked.closes_on + timedelta(days=1))
    assert adopting not in dean.get(address).content.decode()
    answered = send(dean, f"/kommentar/{said.pk}/svar/", htmx=True, answer="taken_in")
    swapped = dean.get(answered.url, headers={"hx-request": "true"}).content.decode()
    assert adopting in swapped
    assert adopting not in page(cast, "adviser", address).content.decode()
    monkeypatch.setattr("config.lib.clock.today", lambda: asked.closes_on)
    assert adopting not in dean.get(address).content.decode()
