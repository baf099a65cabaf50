"""Norwegian letters in addresses."""

import pytest

from config.lib.norwegian import slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Råd ved ØK 2027–2030", "rad-ved-ok-2027-2030"),
        ("Tiltaksplan for æresstudiet", "tiltaksplan-for-aeresstudiet"),
    ],
)
def test_an_address_keeps_what_the_words_keep_apart(text: str, slug: str) -> None:
    assert slug_of(text) == slug
