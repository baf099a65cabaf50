"""The mail itself: what it says, where each line leads, and the command that shows it beforehand."""

import json
from datetime import date
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import translation

from annual_wheel import ledger
from annual_wheel.emails import Mail, compose
from annual_wheel.models import Reminder
from annual_wheel.recipients import Directory
from annual_wheel.reminders import due_for
from config.lib.logs import without_secrets
from organisation.models import User
from planning.models import Modality
from tests import factories as make
from tests.cast import Cast

TODAY = date(2026, 4, 13)  # a Monday
SITE = "http://127.0.0.1:8000"


@pytest.fixture
def work(cast: Cast) -> None:
    """One thing of each sort, one of them for both of the coordinator's departments."""
    wheel = make.wheel("hf", cast.hf)
    for key, text, words, fields in (
        ("sen", "Meld behov for <lærere> & rom.", "31. mars", {}),
        ("snart", "Sjekk nettsidene.", "15. april", {"bound_words": "før søknadsfristen 16. april"}),
        ("kan", "Vurder en film", "20. april", {"modality": Modality.MAY}),
        ("ny", "Planlegg mottaket", "april", {}),
    ):
        leads = (cast.ihk, cast.isl) if key == "snart" else (cast.isl,)
        make.edition(make.entry(wheel, *leads, key=key, text=text, when_words=words, **fields))


def mail_to(user: User) -> Mail:
    return compose(user, due_for(user, directory=Directory.on(TODAY), today=TODAY), today=TODAY)


def without_keys(text: str) -> list[str]:
    return [without_secrets(line) for line in text.splitlines() if line]


def test_the_text_says_it_all(cast: Cast, work: None) -> None:
    assert mail_to(cast.coordinator).subject == ("Rød tråd: 1 er forsinket, 2 har frist snart, 1 kan begynne nå")
    assert without_keys(mail_to(cast.coordinator).text) == [
        "Hei, Koordinator.",
        "Dette venter på deg i Rød tråd.",
        "FORSINKET",
        "* Meld behov for <lærere> & rom",
        "  ISL, frist 31. mars (for 13 dager siden)",
        f"  {SITE}/aarshjul/punkt/sen/",
        f"  Gjort? Kvitter ut: {SITE}/e-post/gjort/…/",
        "FRIST SNART",
        "* Sjekk nettsidene",
        "  IHK, ISL, innen 15. april (om 2 dager), før søknadsfristen 16. april",
        f"  {SITE}/aarshjul/punkt/snart/",
        f"  Gjort? Kvitter ut: {SITE}/e-post/gjort/…/",
        "* Vurder en film",
        "  ISL, innen 20. april (om 7 dager), kan gjøres",
        f"  {SITE}/aarshjul/punkt/kan/",
        f"  Gjort? Kvitter ut: {SITE}/e-post/gjort/…/",
        "KAN BEGYNNE NÅ",
        "* Planlegg mottaket",
        "  ISL, innen 30. april (om 2 uker)",
        f"  {SITE}/aarshjul/punkt/ny/",
        f"  Gjort? Kvitter ut: {SITE}/e-post/gjort/…/",
        "Alt samlet, klart til å kvitteres ut:",
        f"{SITE}/mitt-arbeid/",
        "Gjelder noe av dette ikke hos dere? Merk det som ikke aktuelt, så minner vi ikke om det mer.",
        "--",
        "Du får påminnelser: hver arbeidsdag det er noe. Velg når og hvor ofte:",
        f"{SITE}/min-side/varsler/",
        "Slå dem av:",
        f"{SITE}/e-post/avmeld/…/",
    ]


def test_the_html_has_the_same_lines_each_of_them_a_link(cast: Cast, work: None) -> None:
    page = BeautifulSoup(mail_to(cast.coordinator).html, "html.parser")
    assert [heading.text for heading in page.select("h2")] == ["Forsinket", "Frist snart", "Kan begynne nå"]
    assert [(line.text, line["href"]) for line in page.select("li a.what")] == [
        ("Meld behov for <lærere> & rom", f"{SITE}/aarshjul/punkt/sen/"),
        ("Sjekk nettsidene", f"{SITE}/aarshjul/punkt/snart/"),
        ("Vurder en film", f"{SITE}/aarshjul/punkt/kan/"),
        ("Planlegg mottaket", f"{SITE}/aarshjul/punkt/ny/"),
    ]
    assert [line.text for line in page.select(".facts")] == [
        "ISL, frist 31. mars (for 13 dager siden)",
        "IHK, ISL, innen 15. april (om 2 dager), før søknadsfristen 16. april",
        "ISL, innen 20. april (om 7 dager), kan gjøres",
        "ISL, innen 30. april (om 2 uker)",
    ]
    assert [without_secrets(str(part["href"])) for part in page.select("a.button, .foot a")] == [
        f"{SITE}/mitt-arbeid/",
        f"{SITE}/min-side/varsler/",
        f"{SITE}/e-post/avmeld/…/",
    ]
    assert [without_secrets(str(part["href"])) for part in page.select("li .do a")] == [f"{SITE}/e-post/gjort/…/"] * 4
    assert page.select("img, script, link") == []


def test_the_mail_speaks_the_persons_language(cast: Cast, work: None) -> None:
    cast.coordinator.language = "en"
    written = mail_to(cast.coordinator)
    assert '<html lang="en">' in written.html
    assert "31 March" in written.text


def test_it_leaves_as_text_and_html_from_a_machine(cast: Cast, work: None) -> None:
    ledger.send_day(today=TODAY)
    sent = {message.to[0]: message for message in mail.outbox}
    assert set(sent) == {"coordinator@hf.example"}
    message = sent["coordinator@hf.example"].message()
    reminder = Reminder.objects.get()
    assert message["Message-ID"] == reminder.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert without_secrets(message["List-Unsubscribe"]) == f"<{SITE}/e-post/avmeld/…/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert [(item["group"], item["text"]) for item in reminder.items] == [
        ("late", "Meld behov for <lærere> & rom."),
        ("soon", "Sjekk nettsidene."),
        ("soon", "Sjekk nettsidene."),
        ("soon", "Vurder en film"),
        ("new", "Planlegg mottaket"),
    ]


def run(**options: object) -> str:
    out = StringIO()
    call_command("send_reminders", stdout=out, **{"date": str(TODAY), **options})
    return out.getvalue()


def test_the_command_shows_what_would_go_out_and_sends_nothing(cast: Cast, work: None) -> None:
    shown = run(dry_run=True)
    assert shown.startswith(
        "To: coordinator@hf.example\nSubject: Rød tråd: 1 er forsinket, 2 har frist snart, 1 kan begynne nå\n"
    )
    assert without_keys(mail_to(cast.coordinator).text) == without_keys(shown)[2:-2]
    assert shown.endswith("13. april 2026: 1 av 1 ville gått ut. Ingenting er sendt.\n")
    (as_json,) = json.loads(run(json=True))
    assert (as_json["to"], as_json["goes_out"]) == ("coordinator@hf.example", True)
    assert as_json["items"] == mail_to(cast.coordinator).items
    assert run(dry_run=True, only="dean@hf.example") == "13. april 2026: 0 av 0 ville gått ut. Ingenting er sendt.\n"
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_the_command_says_where_it_is_not_the_persons_day(cast: Cast, work: None) -> None:
    out = StringIO()
    call_command("send_reminders", stdout=out, date="2026-04-12", json=True)
    shown = [(each["goes_out"], each["why_not"]) for each in json.loads(out.getvalue())]
    assert shown == [(False, "12. april 2026 er søndag")]


NORWEGIAN = "{}: ingenting sendes. Det som ennå er åpent, går ut neste arbeidsdag, {}.\n"
ENGLISH = "{}: nothing is sent. What is still open goes out on the next working day, {}.\n"
DAYS_OFF = [
    ("2026-04-02", "nb", NORWEGIAN.format("2. april 2026 er skjærtorsdag", "tirsdag 7. april 2026")),
    ("2026-05-17", "nb", NORWEGIAN.format("17. mai 2026 er grunnlovsdag", "mandag 18. mai 2026")),
    ("2026-04-11", "nb", NORWEGIAN.format("11. april 2026 er lørdag", "mandag 13. april 2026")),
    ("2026-04-02", "en", ENGLISH.format("2 April 2026 is Maundy Thursday", "Tuesday 7 April 2026")),
]


@pytest.mark.parametrize(("day", "language", "said"), DAYS_OFF)
def test_on_a_day_off_the_command_says_what_day_it_is_and_when_the_mails_go(
    cast: Cast, work: None, day: str, language: str, said: str
) -> None:
    with translation.override(language):
        assert run(date=day) == said
        shown = run(date=day, dry_run=True)
    assert said in shown
    assert said.split(":")[0] in shown.splitlines()[0]
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_a_weekly_mail_says_on_which_day_it_goes(cast: Cast, work: None) -> None:
    User.objects.filter(pk=cast.coordinator.pk).update(reminder_rhythm="weekly", is_told_at_once=False)
    shown = run(date="2026-04-14", dry_run=True)
    assert shown.startswith(
        "To: coordinator@hf.example (går ikke ut: får én e-post i uka, på den første arbeidsdagen)\n"
    )
    assert "ingenting sendes" not in shown


def test_the_command_sends_the_days_mail_once(cast: Cast, work: None) -> None:
    assert run() == "Påminnelser for 13. april 2026: 1 sendt.\n"
    assert run() == "Påminnelser for 13. april 2026: ingenting å sende.\n"
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("day", ["2026-02-30", "i morgen"])
def test_a_wrong_day_is_told_of(cast: Cast, day: str) -> None:
    with pytest.raises(CommandError, match="write it as 2027-04-01"):
        call_command("send_reminders", date=day)


def test_an_unknown_person_is_told_of(cast: Cast) -> None:
    with pytest.raises(CommandError, match="There is nobody with the address"):
        run(only="ingen@hf.example")
