"""Formatting that people write: what a page shows of it, what is left as words, and what is never let through."""

import pytest
from django.core.exceptions import ValidationError

from config.lib.text import LONGEST, html, line, parted, refuse_links, refuse_too_long


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Enkel & grei", "<p>Enkel &amp; grei</p>"),
        ("Ett\n\nTo\nlinjer", "<p>Ett</p>\n<p>To<br>\nlinjer</p>"),
        ("*Viktig* og **viktigst**", "<p><em>Viktig</em> og <strong>viktigst</strong></p>"),
        ("Slik:\n- en\n- to", "<p>Slik:</p>\n<ul>\n<li>en</li>\n<li>to</li>\n</ul>"),
        ("1. en\n2. to", "<ol>\n<li>en</li>\n<li>to</li>\n</ol>"),
        ("15. april er fristen", "<p>15. april er fristen</p>"),
        ("Fristen er\n\n15. april", "<p>Fristen er</p>\n<p>15. april</p>"),
        ("- en\n- 15. april", "<ul>\n<li>en</li>\n<li>\n<p>15. april</p>\n</li>\n</ul>"),
        (
            "[Studievalg](https://a.example/?b=1&c=2)",
            '<p><a href="https://a.example/?b=1&amp;c=2" rel="noopener nofollow">Studievalg</a></p>',
        ),
        ("[Post](mailto:a@b.no)", '<p><a href="mailto:a@b.no" rel="noopener nofollow">Post</a></p>'),
        ("# Ingen overskrift", "<p># Ingen overskrift</p>"),
        ("", ""),
    ],
)
def test_simple_formatting_is_shown(text: str, shown: str) -> None:
    assert html(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)">x</a>',
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](//evil.example)",
        "[x](/konto/logg-ut/)",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](javascript:alert(1))",
        "*<b onclick=alert(1)>x</b>*\n- <i>y</i>",
    ],
)
def test_nothing_else_is_let_through(text: str) -> None:
    shown = html(text) + parted(text).first + parted(text).rest
    assert "href" not in shown.replace("&lt;a href", "")
    assert not {tag.strip("</ >") for tag in shown.split("&")[0].split("<")[1:]} & {"script", "img", "b", "i"}
    for tag in ("<script", "<img", "<b ", "<i>", "<a "):
        assert tag not in shown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Se *her* på [siden](https://a.example)", "Se her på siden"),
        ("Besøke:\n- Trøndelag\n- Nordland\n\nHvert år", "Besøke: Trøndelag; Nordland Hvert år"),
        ("15. april\ner fristen", "15. april er fristen"),
        ("2 * 3 * 4 og a_b_c", "2 * 3 * 4 og a_b_c"),
        ("a < b", "a < b"),
    ],
)
def test_lists_and_mails_get_the_words_on_one_line(text: str, words: str) -> None:
    assert line(text) == words


def test_a_text_is_known_by_its_first_paragraph() -> None:
    said = parted("Besøke **alle** skoler\n\n- Møre\n- Romsdal")
    assert (said.line, said.first) == ("Besøke alle skoler", "Besøke <strong>alle</strong> skoler")
    assert said.rest == "<ul>\n<li>Møre</li>\n<li>Romsdal</li>\n</ul>"
    assert parted("Bare dette").rest == ""


def test_a_link_that_leads_elsewhere_is_refused_by_name() -> None:
    for fine in (
        "[a](https://b.example)",
        "[a](mailto:b@c.no)",
        "<https://a.example>",
        "a < b > c",
        "[sak 52-12] (se)",
    ):
        refuse_links(fine)
    for wrong in ("[a](javascript:alert(1))", "tekst [a](< ftp://x>)", "<javascript:x>", "[a](/mitt-arbeid/)"):
        with pytest.raises(ValidationError, match="kan ikke brukes"):
            refuse_links(wrong)


def test_a_text_too_long_for_a_document_is_refused_with_its_length() -> None:
    refuse_too_long("a" * LONGEST)
    with pytest.raises(ValidationError) as refused:
        refuse_too_long("a" * 2_000_000)
    [said] = refused.value.messages
    assert said.startswith("Teksten er på 2\xa0000\xa0000 tegn. Det er plass til 20\xa0000.")
