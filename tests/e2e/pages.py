"""Every page of the demo that somebody can open, with a fitting person: what the browser visits one by one.

An address of `tests/matrix/` that answers to GET must be here, or in `NOT_PAGES` with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from annual_wheel import feeds
from annual_wheel.mail_links import done_url, unsubscribe_url
from annual_wheel.models import Edition, Entry, Proposal, Reminder, Task, Wheel
from annual_wheel.years import coming_year
from config.lib import clock
from organisation import comments
from organisation.models import Comment, Function, FunctionHolder, GroupMember, Hearing, Unit, User
from planning.building import start_plan
from planning.models import Measure, ReportingRound
from reports.keeping import keep
from reports.models import Rendering
from strategy.hearings import open_hearing
from strategy.models import Decision, Document, Fact, Goal, Section, Target
from strategy.putting_away import put_away
from strategy.services import freeze
from strategy.writing import save_row

ANYBODY: Final = ""
STAFF: Final = "staff@hf.example"
COORDINATOR: Final = "coordinator@hf.example"
ADVISER: Final = "adviser@hf.example"
DEAN: Final = "dean@hf.example"
CENTRAL: Final = "strategy@ntnu.example"
ADMIN: Final = "admin@ntnu.example"

NOT_PAGES: Final = {
    "healthz": "a word for the machine that watches",
    "wheel": "leads on to a year",
    "plan_build": "leads on to the plan",
    "plan_present": "a part of the editor",
    "strategy_present": "a part of the editor",
    "task": "leads on to its entry, or is a part of a page for htmx",
    "rendering_file": "a file",
    "feed": "leads on to the list, or is a part of it for htmx",
    "feed_file": "a file",
    "admin_reminder_mail": "a mail, in a mail's own dress",
    "wheel_file": "a file",
    "admin_sync_file": "a file",
    "comment_people": "a part of a page, for whoever types @ with script",
    "first_run": "only where there is no user: tests/e2e/test_administration.py opens it",
    "account_reset_password_from_key": "leads on, or says that the link is used: the page is the one without it",
}
PLAN: Final = "hf-rekruttering"
GOAL, ROUTE, MEASURE, AREA = "hf-m-programsider", "pol-v-verdier", "hf-t-programtekster", "hf-innhold"
LED: Final = "hf-t-epost-nye"  # the departments lead it
TAKES_PART: Final = "hf-h-karrieredagen"  # the faculty contributes to it
EACH_TICKS, DEADLINE, EVENT = "hf-h-pensumlister", "hf-h-frist-samordna-opptak", "hf-h-immatrikulering"


@dataclass(frozen=True)
class Page:
    """An address, who opens it, and what stands after the question mark."""

    name: str
    person: str
    args: Callable[[], list[Any]] = list
    query: str = ""

    @property
    def path(self) -> str:
        return reverse(self.name, args=self.args()) + self.query


def at(*args: Any) -> Callable[[], list[Any]]:
    return lambda: list(args)


def first(model: Any, **lookup: Any) -> Callable[[], list[Any]]:
    return lambda: [model.objects.filter(**lookup).order_by("pk")[0].pk]


def lines_before() -> list[Any]:
    """A measure as it was before a line of a function that is gone since was taken out."""
    measure = Measure.objects.get(key=MEASURE)
    gone = Function.objects.create(slug="vert", name="Studentvert")
    line = measure.responsibilities.create(unit=Unit.objects.get(slug="ihk"), function=gone, position=9)  # type: ignore[attr-defined]
    log, number = type(line).history, line.pk
    line.delete()
    gone.delete()
    return [MEASURE, log.filter(id=number).latest().history_id]


def person() -> list[Any]:
    return [User.objects.get(email=COORDINATOR).pk]


def from_mail(kind: str) -> Callable[[], list[Any]]:
    """What stands in the addresses of the coordinator's mail."""

    def token() -> list[Any]:
        to = User.objects.get(email=COORDINATOR)
        url = done_url(to, Task.objects.filter(pk__in=open_task())) if kind == "done" else unsubscribe_url(to)
        return [url.split("/")[-2]]

    return token


def reminder_row() -> list[Any]:
    """A mail that could not be sent."""
    row, _ = Reminder.objects.get_or_create(
        user=User.objects.get(email=COORDINATOR),
        day=clock.today() - timedelta(days=1),
        defaults={
            "status": "failed",
            "subject": "Rød tråd: 1 er forsinket",
            "message_id": "<paaminnelse.1@rodtraad.example>",
            "claimed_at": timezone.now(),
            "attempt_count": 6,
            "error": "SMTPRecipientsRefused: 550 nobody here by that name",
        },
    )
    return ["paaminnelse", row.pk]


def role() -> list[Any]:
    return [User.objects.get(email=COORDINATOR).memberships.order_by("pk")[0].pk]  # type: ignore[attr-defined]


def this_year(*before: Any) -> Callable[[], list[Any]]:
    return lambda: [*before, clock.today().year]


def open_task() -> list[Any]:
    edition = Edition.objects.get(entry__key=EACH_TICKS, year=clock.today().year)
    return [Task.objects.get(edition=edition, unit__slug="ihk").pk]


def subscription() -> list[Any]:
    user = User.objects.get(email=COORDINATOR)
    own = user.feeds.first() or feeds.subscribe(by=user, name="telefonen", unit=None)[0]  # type: ignore[attr-defined]
    return [own.pk]


def failed_order() -> list[Any]:
    """An order that the dean made and that went wrong: it stands still, so that it can be looked at."""
    order, _ = Rendering.objects.get_or_create(
        document=Document.objects.get(slug=PLAN),
        requested_by=User.objects.get(email=DEAN),
        state="failed",
        defaults={
            "requested_at": timezone.now(),
            "queued_at": timezone.now(),
            "finished_at": timezone.now(),
            "language": "nb",
        },
    )
    return [order.pk]


def first_version() -> list[Any]:
    """The first version of a plan, which is frozen where nobody has."""
    plan = Document.objects.get(slug=PLAN)
    if not plan.versions.exists():
        freeze(plan, by=User.objects.get(email=DEAN), now=timezone.now())
    return ["planer", PLAN, 1]


def adopted() -> list[Any]:
    """The decision that a version of a plan was adopted by."""
    version = Document.objects.get(slug=first_version()[1]).versions.filter(decision__isnull=False).first()
    if version is None:
        plan, dean, now = Document.objects.get(slug=PLAN), User.objects.get(email=DEAN), timezone.now()
        made = Decision.objects.create(document=plan, kind="adoption", decided_by="Styret", decided_on=clock.today())
        version = freeze(plan, by=dean, now=now, decision=made)
    return [version.decision_id]


def waited_for() -> list[Any]:
    """A version whose PDF went wrong: it stands still, so that it can be looked at."""
    found = first_version()
    version = Document.objects.get(slug=PLAN).versions.get(number=1)
    keep(version, now=timezone.now())
    version.renderings.update(state="failed", content=None, error="Noe gikk galt.", finished_at=timezone.now())  # type: ignore[attr-defined]
    return found


def coming(*before: Any) -> Callable[[], list[Any]]:
    return lambda: [*before, coming_year(Wheel.objects.get(slug="hf"), today=clock.today())]


def proposal() -> list[Any]:
    """What a department proposes to the coming year's turn."""
    entry = Entry.objects.get(key=EACH_TICKS)
    made, _ = Proposal.objects.get_or_create(
        wheel=entry.wheel,
        entry=entry,
        year=coming_year(entry.wheel, today=clock.today()),
        unit=Unit.objects.get(slug="ihk"),
        kind="change",
        text="Ta det i april.",
        proposed_by=User.objects.get(email=COORDINATOR),
        defaults={"proposed_at": timezone.now()},
    )
    return [made.pk]


def round_of(*, is_open: bool) -> Callable[[], list[Any]]:
    return lambda: [PLAN, ReportingRound.objects.get(document__slug=PLAN, closed_at__isnull=is_open).pk]


def draft() -> Document:
    made, _ = Document.objects.get_or_create(
        slug="hf-utkast",
        defaults={"title": "Handlingsplan 2030", "kind": "action_plan", "owner": Unit.objects.get(slug="hf")},
    )
    return made


def draft_in_its_place() -> list[Any]:
    return ["planer", draft().slug]


def draft_put_away() -> list[Any]:
    """A draft beside the others that its editors have put away."""
    owner, by = Unit.objects.get(slug="hf"), User.objects.get(email=ADVISER)
    kept = {"title": "Plan som ble lagt bort", "kind": "action_plan", "owner": owner}
    document, _made = Document.objects.get_or_create(slug="hf-bortlagt", defaults=kept)
    put_away(document, by=by)
    return [document.slug]


def in_the_list() -> list[Any]:
    draft_put_away()
    return []


def heard() -> list[Any]:
    """A hearing about a plan of its own, with something said in it."""
    asked = Document.objects.filter(slug="hf-paa-horing").first()
    if asked is None:
        asked = Document.objects.create(
            slug="hf-paa-horing", title="Plan på høring", kind="action_plan", owner=Unit.objects.get(slug="hf")
        )
        Goal.objects.create(document=asked, key="hoert-mal", text="Flere søkere")
        by, today = User.objects.get(email=ADVISER), clock.today()
        opened = open_hearing(
            Hearing(closes_on=today + timedelta(days=9), invitation="Hva mener dere?"), asked, by=by, today=today
        )
        told = Comment(
            within=asked.slug, owner=asked.owner, about="mal", about_key="hoert-mal", about_words="Flere søkere"
        )
        told.hearing, told.text, told.unit = (
            opened,
            "Hvor mange?\n\nSe https://example.org",
            Unit.objects.get(slug="ihk"),
        )
        comments.write(told, by=User.objects.get(email=COORDINATOR), now=timezone.now(), today=today)
    return [Hearing.objects.get(within=asked.slug).pk]


def said() -> list[Any]:
    return [Comment.objects.get(hearing=heard()[0], under=None).pk]


def heard_goal() -> list[Any]:
    heard()
    return ["mal", "hoert-mal"]


def heard_plan() -> list[Any]:
    heard()
    return ["hf-paa-horing"]


def built() -> Document:
    """A department's plan on the faculty's, which has been adopted anew since: something to look at on its page."""
    base, adviser = Document.objects.get(slug=PLAN), User.objects.get(email=ADVISER)
    made, is_new = start_plan(base, Unit.objects.get(slug="ihk"), by=adviser, now=timezone.now())
    if is_new:
        goal = Goal.objects.get(key=GOAL)
        goal.text = f"{goal.text} I morgen også."
        save_row(goal, by=adviser, now=timezone.now(), expected=goal.lock_version)
        freeze(base, by=User.objects.get(email=DEAN), now=timezone.now())
    return made


def frozen_goal() -> list[Any]:
    built()
    return ["mal", GOAL]


def built_plan() -> list[Any]:
    return [built().slug]


def next_plan() -> list[Any]:
    """An empty draft that follows the plan."""
    plan = Document.objects.get(slug=PLAN)
    draft, _is_new = Document.objects.get_or_create(
        slug="hf-rekruttering-neste",
        defaults={"title": "Neste plan", "owner": plan.owner, "kind": plan.kind, "follows": plan},
    )
    return ["planer", draft.slug]


DOORS: Final = [
    Page("home", ANYBODY),
    Page("plans", ANYBODY),
    Page("account_login", ANYBODY),
    Page("account_reset_password", ANYBODY),
    Page("account_reset_password_done", ANYBODY),
    Page("account_reset_password_from_key_done", ANYBODY),
    Page("account_inactive", ANYBODY),
    Page("accessibility", ANYBODY),
    Page("help", STAFF),
    Page("account_change_password", STAFF),
    Page("account_logout", STAFF),
]
WORK: Final = [
    Page("home", STAFF),
    Page("my_work", STAFF),
    Page("my_work", COORDINATOR),
    Page("my_work", COORDINATOR, query="?gruppe=senere"),
    Page("my_work", ADVISER, query="?vis=enhetene"),
    Page("my_work", ADVISER, query="?type=event"),
    Page("my_page", COORDINATOR),
    Page("reminder_choices", COORDINATOR),
    Page("mail_done", ANYBODY, from_mail("done")),
    Page("mail_unsubscribe", ANYBODY, from_mail("unsubscribe")),
    Page("stand_in_new", COORDINATOR),
    Page("feeds", COORDINATOR),
    Page("feed_change", COORDINATOR, subscription),
    Page("entry", COORDINATOR, at(EACH_TICKS)),
    Page("entry", STAFF, at(DEADLINE)),
    Page("task_note", COORDINATOR, open_task),
    Page("task_not_relevant", COORDINATOR, open_task),
    Page("task_assign", COORDINATOR, open_task),
    Page("unit_note", ADVISER, lambda: [TAKES_PART, clock.today().year, "hf"]),
    Page("group", COORDINATOR, at("institutter-med-rekrutteringsgruppe")),
]
WHEEL: Final = [
    Page("wheels", COORDINATOR),
    Page("wheel_year", COORDINATOR, this_year("hf")),
    Page("wheel_year", STAFF, at("hf", 2021)),
    Page("wheel_year", ADVISER, lambda: ["hf", clock.today().year + 1]),
    *(Page("wheel_year", COORDINATOR, this_year("hf"), f"?vis={view}") for view in ("liste", "kalender", "tidslinje")),
    Page("wheel_year", COORDINATOR, this_year("hf"), "?maaned=8&ringer=ansvar"),
    Page("wheel_year", COORDINATOR, this_year("hf"), "?vis=kalender&maaned=4"),
    Page("wheel_year", COORDINATOR, this_year("hf"), "?status=cancelled"),
    Page("board", ADVISER, this_year("hf")),
    Page("board", ADVISER, this_year("hf"), "?vis=tekst"),
    Page("board_changes", ADVISER, this_year("hf")),
    Page("board_nudge", ADVISER, this_year("hf")),
    Page("order_poster", DEAN, this_year("hf")),
    Page("proposal_answer", ADVISER, proposal),
    Page("wheel_turn", ADVISER, coming("hf")),
    Page("wheel_turn", COORDINATOR, coming("hf")),
    Page("turn_preview", ADVISER, coming("hf")),
    Page("proposal_edit", COORDINATOR, proposal),
    Page("proposal_new", COORDINATOR, coming("hf")),
    Page("entry_propose", COORDINATOR, coming(EACH_TICKS)),
]
READING: Final = [
    Page("home", DEAN),
    Page("plans", DEAN),
    Page("unit_plans", DEAN),
    Page("plan", DEAN, at(PLAN)),
    Page("plan", DEAN, at("internasjonal-2014-2017")),
    Page("plan", ADVISER, draft_put_away),
    Page("plan", STAFF, draft_put_away),
    Page("plans", ADVISER, in_the_list),
    Page("document_compare", DEAN, at("planer", "internasjonal-2018-2021"), "?vis=alt"),
    Page("document_versions", STAFF, at("planer", PLAN)),
    Page("document_version", STAFF, first_version),
    Page("version_file", STAFF, waited_for),
    Page("plan", ADVISER, built_plan),
    Page("plan_bases", ADVISER, built_plan),
    Page("strategy_bases", CENTRAL, at("ntnu-strategy")),
    Page("strategies", DEAN),
    Page("strategy", DEAN, at("ntnu-strategy")),
    Page("strategy", STAFF, at("studentrekrutteringspolitikk-2014-2020")),
    Page("plan", COORDINATOR, heard_plan),
    Page("comments", STAFF, heard_goal),
    Page("comments", COORDINATOR, heard_goal),
    Page("comments", COORDINATOR, at("tiltak", MEASURE)),
    Page("comment_edit", COORDINATOR, said),
    Page("comment_changes", COORDINATOR, said),
    Page("comment_answer", ADVISER, said),
    Page("hearing", COORDINATOR, heard),
    Page("hearing", ADVISER, heard),
    Page("hearing", ADVISER, heard, "?enhet=hf"),
    Page("hearing_edit", ADVISER, heard),
    Page("hearing_new", ADVISER, draft_in_its_place),
    Page("goal", DEAN, at(GOAL)),
    Page("goal", STAFF, at("pol-m-digital")),
    Page("route", STAFF, at(ROUTE)),
    Page("measure", STAFF, at(MEASURE)),
    Page("reports", DEAN),
    Page("plan_status", DEAN, at(PLAN)),
    Page("plan_status", DEAN, at(PLAN), "?enhet=hf"),
    Page("plan_status", COORDINATOR, at(PLAN), "?enhet=ihk"),
    Page("plan_status", STAFF, at(PLAN), "?vis=stoppet"),
    Page("measure_report", COORDINATOR, at(LED)),
    Page("measure_report", ADVISER, at(LED)),
    Page("plan_evaluation", DEAN, this_year(PLAN)),
    Page("plan_evaluation", COORDINATOR, this_year(PLAN)),
    Page("measure_evaluate", COORDINATOR, lambda: [LED, clock.today().year, "ihk"]),
    Page("rounds", DEAN, at(PLAN)),
    Page("rounds", STAFF, at("internasjonal-2014-2017")),
    Page("round_new", DEAN, at(PLAN)),
    Page("round", DEAN, round_of(is_open=True)),
    Page("round", STAFF, round_of(is_open=False)),
    Page("round_changes", DEAN, round_of(is_open=True)),
    Page("evaluation_changes", DEAN, lambda: ["hf-t-invitere-partnere", clock.today().year - 1, "hf"]),
    Page("round_edit", DEAN, round_of(is_open=True)),
    Page("round_close", DEAN, round_of(is_open=True)),
    Page("measure", COORDINATOR, at(LED)),
    Page("plan_report", DEAN, at(PLAN)),
    Page("report_list", DEAN, at(PLAN)),
    Page("rendering", DEAN, failed_order),
    Page("search", DEAN, query="?q=søknad"),
    Page("search", DEAN, query="?q=xyzzy"),
]
WRITING: Final = [
    Page("home", ADVISER),
    Page("plan_new", ADVISER),
    Page("strategy_new", CENTRAL),
    Page("plan_edit", ADVISER, at(PLAN)),
    Page("document_begin", ADVISER, next_plan),
    Page("strategy_edit", CENTRAL, at("ntnu-strategy")),
    Page("document_edit", ADVISER, at("planer", PLAN)),
    Page("document_adopt", DEAN, at("planer", PLAN)),
    Page("section_new", ADVISER, at("planer", PLAN)),
    Page("decision_new", DEAN, at("planer", PLAN)),
    Page("area_new", ADVISER, at("planer", PLAN)),
    Page("goal_new", ADVISER, at("planer", PLAN)),
    Page("route_new", ADVISER, at("planer", PLAN)),
    Page("measure_new", ADVISER, at(PLAN)),
    Page("section_edit", ADVISER, first(Section, document__slug=PLAN)),
    Page("decision_correct", DEAN, adopted),
    Page("decision_edit", ADMIN, first(Decision, kind="mandate")),
    Page("area_edit", ADVISER, at(AREA)),
    Page("correct", ADVISER, frozen_goal),
    Page("note", ADVISER, at("tiltak", MEASURE)),
    Page("note_changes", ADVISER, at("tiltak", MEASURE)),
    Page("measures_several", ADVISER, at(PLAN)),
    Page("document_changes", ADVISER, at("planer", PLAN)),
    Page("section_changes", ADVISER, first(Section, document__slug=PLAN)),
    Page("decision_changes", ADMIN, first(Decision, kind="mandate")),
    Page("area_place", ADVISER, at(AREA)),
    Page("area_changes", ADVISER, at(AREA)),
    Page("area_target_new", ADVISER, at(AREA)),
    Page("goal_edit", ADVISER, at(GOAL)),
    Page("goal_place", ADVISER, at(GOAL)),
    Page("goal_changes", ADVISER, at(GOAL)),
    Page("goal_target_new", ADVISER, at(GOAL)),
    Page("route_edit", CENTRAL, at(ROUTE)),
    Page("route_place", CENTRAL, at(ROUTE)),
    Page("route_changes", CENTRAL, at(ROUTE)),
    Page("target_edit", CENTRAL, first(Target)),
    Page("fact_new", CENTRAL, at("int14-studentmobilitet")),
    Page("target_changes", CENTRAL, first(Target)),
    Page("fact_edit", CENTRAL, first(Fact)),
    Page("fact_changes", CENTRAL, first(Fact)),
    Page("measure", ADVISER, at(MEASURE)),
    Page("measure_edit", ADVISER, at(MEASURE)),
    Page("measure_place", ADVISER, at(MEASURE)),
    Page("plan_part", ADVISER, at(PLAN, AREA)),
    Page("strategy_part", CENTRAL, at("ntnu-strategy", "strat-internationalization")),
    Page("plan_area", ADVISER, at(PLAN, AREA)),
    Page("strategy_area", CENTRAL, at("ntnu-strategy", "strat-internationalization")),
    Page("plan_paste", ADVISER, at(PLAN)),
    Page("strategy_paste", CENTRAL, at("ntnu-strategy")),
    Page("measure_responsible", ADVISER, at(PLAN), "?responsible=Instituttene+og+Festkomiteen"),
    Page("measure_changes", ADVISER, at(MEASURE)),
    Page("measure_split", ADVISER, at(MEASURE)),
    Page("measure_join", ADVISER, at(MEASURE)),
    Page("measure_join", ADVISER, at(MEASURE), "?med=hf-t-kjennetegn"),
    Page("goal_split", ADVISER, at(GOAL)),
    Page("route_split", CENTRAL, at(ROUTE)),
    Page("measure_restore_lines", ADVISER, lines_before),
]
WRITING_A_WHEEL: Final = [
    Page("wheel_new", ADVISER),
    Page("wheel_edit", ADVISER, at("hf")),
    Page("wheel_head", ADVISER, at("hf")),
    Page("wheel_paste", ADVISER, at("hf")),
    Page("wheel_year", ADVISER, at("hf", 2022)),
    Page("when_preview", ADVISER, at("hf"), "?when_words=medio+oktober&month=10"),
    Page("responsible_preview", ADVISER, at("hf"), "?responsible=Instituttene+og+Festkomiteen"),
    Page("entry", ADVISER, at(EVENT)),
    Page("entry_new", ADVISER, at("hf")),
    Page("entry_edit", ADVISER, at(EACH_TICKS)),
    Page("entry_changes", ADVISER, at(EACH_TICKS)),
    Page("edition_edit", ADVISER, this_year(EACH_TICKS)),
    Page("edition_edit", ADVISER, at("hf-h-skolebesok-oversikt", 2021)),
]
ADMINISTRATION: Final = [
    Page("home", ADMIN),
    Page("administration", ADMIN),
    Page("first_steps", ADMIN),
    Page("admin_roles", ADMIN),
    Page("admin_sync", ADMIN),
    Page("admin_people", ADMIN),
    Page("admin_person_new", ADMIN),
    Page("admin_person", ADMIN, person),
    Page("admin_person_edit", ADMIN, person),
    Page("admin_person_why", ADMIN, person, "?kan=edit&enhet=ihk"),
    Page("admin_allowed", ADMIN),
    Page("admin_allowed_about", ADMIN, at("dokument", PLAN)),
    Page("admin_allowed_about", ADMIN, at("tiltak", LED), "?hvem=coordinator@hf.example"),
    Page("admin_allowed_about", ADMIN, at("arshjul", "hf")),
    Page("admin_stand_in_new", ADMIN, person),
    Page("admin_role_new", ADMIN, person),
    Page("admin_membership_end", ADMIN, role),
    Page("admin_functions", ADMIN),
    Page("admin_function_new", ADMIN),
    Page("admin_function", ADMIN, at("webkontakt")),
    Page("admin_function_edit", ADMIN, at("webkontakt")),
    Page("admin_holder_new", ADMIN, at("webkontakt")),
    Page("admin_holder_end", ADMIN, first(FunctionHolder)),
    Page("admin_reminders", ADMIN),
    Page("admin_reminder", ADMIN, reminder_row),
    Page("admin_reminder_preview", ADMIN, query=f"?til={COORDINATOR}"),
    Page("admin_units", ADMIN),
    Page("admin_unit_new", ADMIN),
    Page("admin_unit", ADMIN, at("hf")),
    Page("admin_unit_edit", ADMIN, at("ihk")),
    Page("admin_unit_close", ADMIN, at("ihk")),
    Page("admin_unit_close", ADMIN, at("hf")),
    Page("admin_groups", ADMIN),
    Page("admin_group_new", ADMIN),
    Page("admin_group", ADMIN, at("institutter-med-rekrutteringsgruppe")),
    Page("admin_group_edit", ADMIN, at("institutter-med-rekrutteringsgruppe")),
    Page("admin_member_new", ADMIN, at("institutter-med-rekrutteringsgruppe")),
    Page("admin_member_end", ADMIN, first(GroupMember)),
]
PLACES: Final = {
    "doors": DOORS,
    "work": WORK,
    "wheel": WHEEL,
    "reading": READING,
    "writing": WRITING,
    "writing a wheel": WRITING_A_WHEEL,
    "administration": ADMINISTRATION,
}
PAGES: Final = [page for pages in PLACES.values() for page in pages]
