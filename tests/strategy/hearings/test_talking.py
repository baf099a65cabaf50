"""What people say to each other about a document: writing, replying, naming, changing, taking away."""

import pytest

from organisation import comments
from organisation.models import Comment
from strategy.models import Document
from tests.cast import Cast
from tests.matrix import NOW
from tests.page import texts
from tests.sending import fields_of, send
from tests.strategy.hearings.pages import DRAFT, ON_GOAL, PLAN, client_of, openers, page, queries
from tests.talking import comment, hearing, reply


def test_script_in_a_comment_is_dead(cast: Cast, plan: Document) -> None:
    text = 'Se <script>alert(1)</script> javascript:alert(2) https://a.no/"onmouseover="alert(3) @Dekan <b>x</b>'
    send(client_of(cast, "adviser"), ON_GOAL, text=text)
    html = page(cast, "dean", ON_GOAL).content.decode()
    said = html.split('class="comment-text">')[1].split("</div>")[0]
    assert "<script" not in said
    assert 'href="javascript' not in said
    assert '" onmouseover' not in said
    assert '"onmouseover' not in said.replace("%22onmouseover", "")
    assert '<strong class="mention">@Dekan</strong>' in said
    assert "&lt;b&gt;x&lt;/b&gt;" in said


def test_a_comment_that_is_wrong_is_kept_in_its_field(cast: Cast, plan: Document) -> None:
    adviser = client_of(cast, "adviser")
    empty = send(adviser, ON_GOAL, text="   ")
    assert texts(empty, "p", class_="ds-validation-message") == ["Fyll ut dette feltet."]
    unknown = send(adviser, ON_GOAL, text="@Ingen her")
    assert fields_of(unknown, ON_GOAL)["text"] == ["@Ingen her"]
    assert Comment.objects.count() == 0


def test_a_reply_that_is_wrong_stays_open_where_it_was_written(cast: Cast, plan: Document) -> None:
    top = comment(plan, cast.adviser, about="mal", about_key="maalet")
    response = client_of(cast, "coordinator").post(ON_GOAL, {"under": top.pk, "text": "@Ingen her"})
    details = response.content.decode().split("<details")[-1]
    assert details.startswith(' class="talk-reply" open>')
    assert "@Ingen her</textarea>" in details
    sent = client_of(cast, "coordinator").post(ON_GOAL, {"under": top.pk, "text": "Ja"})
    assert sent.status_code == 302
    assert [row.text for row in top.replies.all()] == ["Ja"]


def test_a_reply_to_what_was_set_as_done_meanwhile_is_kept_and_told(cast: Cast, plan: Document) -> None:
    top = comment(plan, cast.adviser, about="mal", about_key="maalet")
    comments.resolve(top, by=cast.dean, now=NOW, is_resolved=True)
    html = client_of(cast, "coordinator").post(ON_GOAL, {"under": top.pk, "text": "Vent litt"}).content.decode()
    assert "Samtalen er avsluttet, så svaret er ikke lagret." in html
    assert "Vent litt</textarea>" in html
    assert '<details class="talk-resolved" open>' in html
    assert top.replies.count() == 0


def test_by_htmx_the_conversation_comes_alone_and_the_count_with_it(cast: Cast, plan: Document) -> None:
    adviser = client_of(cast, "adviser")
    part = adviser.get(ON_GOAL, headers={"HX-Request": "true"})
    assert b"<html" not in part.content
    said = send(adviser, ON_GOAL, of=part, htmx=True, text="Hei")
    assert said.status_code == 200
    html = said.content.decode()
    assert 'hx-swap-oob="true"' in html
    assert openers(said) == ["1 kommentar : Flere søkere"]
    assert "Kommentaren er lagret." in html


def test_internal_and_heard_are_chosen_and_kept_apart(cast: Cast, draft: Document) -> None:
    hearing(draft, cast.adviser)
    send(client_of(cast, "adviser"), ON_GOAL, text="Bare oss")  # the owner's editors write to each other first
    assert page(cast, "coordinator", ON_GOAL).context["form"].initial["where"] == "innspill"
    client_of(cast, "coordinator").post(ON_GOAL, {"text": "Til alle", "where": "innspill"})
    client_of(cast, "coordinator").post(ON_GOAL, {"text": "Til redaktørene", "where": "internt"})
    unsaid = client_of(cast, "coordinator").post(ON_GOAL, {"text": "Til hvem?"})
    assert texts(unsaid, "p", class_="ds-validation-message") == ["Fyll ut dette feltet."]
    assert dict(Comment.objects.values_list("text", "hearing__within")) == {
        "Bare oss": None, "Til alle": "utkastet", "Til redaktørene": None
    }  # fmt: skip
    said = texts(page(cast, "reader", ON_GOAL), "div", class_="comment-text")
    assert said == ["Til alle"]
    assert openers(page(cast, "reader", DRAFT))[3] == "1 kommentar : Flere søkere"
    assert "where" not in page(cast, "reader", ON_GOAL).context["form"].fields


@pytest.mark.parametrize(
    ("person", "begins_with", "published"),
    [("adviser", "internt", False), ("dean", "innspill", True), ("coordinator", "innspill", True)],
)
def test_in_a_hearing_the_form_begins_with_what_one_came_to_do(
    cast: Cast, draft: Document, person: str, begins_with: str, *, published: bool
) -> None:
    """Editors have asked, and talk it over; whoever was asked or is to decide answers. The form says who sees it."""
    hearing(draft, cast.adviser)
    form = page(cast, person, ON_GOAL)
    assert form.context["form"].initial["where"] == begins_with
    assert texts(form, "span", class_="talk-heard") == ["Send innspillet"]
    assert texts(form, "span", class_="talk-among") == ["Lagre kommentaren"]
    assert "Alle som er med i høringen, ser innspillet og hvem det er fra." in form.content.decode()
    send(client_of(cast, person), ON_GOAL, of=form, text="Tre, ikke fem")
    assert (Comment.objects.get().hearing_id is not None) == published


def test_without_a_hearing_whoever_decides_writes_to_the_editors(cast: Cast, plan: Document) -> None:
    send(client_of(cast, "dean"), ON_GOAL, text="Bare oss")
    assert Comment.objects.get().hearing_id is None


def test_own_words_are_changed_with_the_earlier_ones_kept(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator, "Først", about="mal", about_key="maalet")
    coordinator = client_of(cast, "coordinator")
    send(coordinator, f"/kommentar/{said.pk}/endre/", text="Så")
    [thread] = texts(page(cast, "adviser", ON_GOAL), "li", class_="talk-thread")
    assert "· endret " in thread
    changes = page(cast, "adviser", f"/kommentar/{said.pk}/endringer/")
    assert texts(changes, "p", class_="conflict-text") == ["Først", "Så"]


def test_what_is_taken_away_says_by_whom_and_comes_back_with_undo(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator, "Feil sted", about="mal", about_key="maalet")
    coordinator = client_of(cast, "coordinator")
    gone = coordinator.post(f"/kommentar/{said.pk}/ta-bort/", follow=True)
    html = gone.content.decode()
    assert "Tatt bort av Koordinator" in html
    assert "Feil sted" not in html
    assert f'action="/kommentar/{said.pk}/hent-tilbake/"' in html
    assert client_of(cast, "coordinator").get(f"/kommentar/{said.pk}/endringer/").status_code == 404
    assert openers(page(cast, "adviser", PLAN))[3] == "Kommenter : Flere søkere"
    back = coordinator.post(f"/kommentar/{said.pk}/hent-tilbake/", follow=True)
    assert "Feil sted" in back.content.decode()


def test_what_others_took_away_is_theirs_to_bring_back(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.coordinator)
    client_of(cast, "adviser").post(f"/kommentar/{said.pk}/ta-bort/")
    assert client_of(cast, "coordinator").post(f"/kommentar/{said.pk}/hent-tilbake/").status_code == 403
    assert client_of(cast, "dean").post(f"/kommentar/{said.pk}/hent-tilbake/").status_code == 302


def test_a_conversation_that_is_done_stands_apart(cast: Cast, plan: Document) -> None:
    said = comment(plan, cast.adviser, about="mal", about_key="maalet")
    client_of(cast, "coordinator").post(f"/kommentar/{said.pk}/ferdig/", {"to": "ferdig"})
    response = page(cast, "adviser", ON_GOAL)
    assert texts(response, "summary")[-1] == "1 ferdig samtale"
    assert "ferdig: Koordinator" in response.content.decode()
    client_of(cast, "adviser").post(f"/kommentar/{said.pk}/ferdig/", {"to": "apen"})
    assert page(cast, "adviser", ON_GOAL).context["resolved"] == []


def test_names_are_offered_only_of_those_who_see_it(cast: Cast, plan: Document) -> None:
    address = "/kommentarer/mal/maalet/hvem/"
    offered = page(cast, "adviser", address, q="rå", internt="1")
    assert texts(offered, "button") == ["Rådgiver adviser@hf.example"]
    assert texts(page(cast, "adviser", address, q="ans", internt="1"), "button") == []
    assert texts(page(cast, "adviser", address, q="ans"), "button") == ["Ansatt staff@hf.example"]
    assert texts(page(cast, "adviser", address, q=" "), "button") == []


@pytest.mark.parametrize("person", ["adviser", "coordinator"])
def test_the_number_of_queries_does_not_grow_with_what_is_said(cast: Cast, draft: Document, person: str) -> None:
    asked = hearing(draft, cast.adviser)
    client = client_of(cast, person)
    addresses = (DRAFT, ON_GOAL, f"/horing/{asked.pk}/")
    counts = []
    for size in (1, 3):
        for number in range(size):
            top = comment(
                draft,
                cast.coordinator,
                f"@Dekan {number}",
                about="mal",
                about_key="maalet",
                hearing=asked,
                unit=cast.ihk,
            )
            top.mentioned.add(cast.dean)
            reply(top, cast.adviser)
            comment(draft, cast.adviser, about="tiltak", about_key="tiltaket")
        counts.append([queries(client, address) for address in addresses])
    assert counts[0] == counts[1]
