"""How plans stand: what each wants, what nobody has dated, and how far this year's work has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from annual_wheel import coverage
from annual_wheel.models import Task, TaskStatus, Wheel, WheelYear
from annual_wheel.years import nearest_year
from config.lib.numbers import whole_number
from organisation.models import Unit, User
from reports.in_force import DocumentWords, MeasureWords, words_of
from reports.in_words import capital, joined
from reports.lists import ListKind
from strategy.expiry import over_words
from strategy.models import Document
from strategy.shown_state import chip_of
from strategy.words import period_of

BAR: int = 100  # the width of a bar, in its own units


@dataclass(frozen=True)
class Part:
    """One part of a bar and its words; `url` opens the list behind the number."""

    kind: ListKind
    count: int
    words: str
    url: str
    start: float
    width: float


@dataclass
class Tally:
    """How far the tasks of a year have come. `late` is a part of what is open."""

    done: int = 0
    not_relevant: int = 0
    late: int = 0
    open: int = 0

    @property
    def total(self) -> int:
        return self.done + self.not_relevant + self.open

    def add(self, status: str, count: int, late: int) -> None:
        self.late += late
        if status == TaskStatus.DONE:
            self.done += count
        elif status == TaskStatus.NOT_RELEVANT:
            self.not_relevant += count
        else:
            self.open += count


@dataclass(frozen=True)
class TallyRow:
    name: str
    words: str
    parts: tuple[Part, ...]


@dataclass
class Coverage:
    """What holds in a plan, set against the year's wheels, both ways."""

    words: DocumentWords
    dated: set[str] = field(default_factory=set)
    unexplained_count: int = 0

    @property
    def undated(self) -> list[MeasureWords]:
        return [measure for measure in self.words.measures if measure.key not in self.dated]


@dataclass(frozen=True)
class Number:
    """A number that opens into its list; one that asks for something is marked."""

    label: str
    count: int
    url: str
    is_gap: bool


@dataclass(frozen=True)
class PlanRow:
    slug: str
    title: str
    language: str
    kind: str
    owner: str
    period: str
    state: SafeString
    warnings: tuple[str, ...]
    url: str
    report_url: str
    numbers: tuple[Number, ...]
    tally: TallyRow | None


def opened_years(user: User) -> list[int]:
    """Return the years that are opened in any wheel the person sees, newest first."""
    wheels = Wheel.objects.visible_to(user)
    years = WheelYear.objects.filter(wheel__in=wheels).order_by("-year").values_list("year", flat=True)
    return list(dict.fromkeys(years))


def chosen_year(asked: str, years: list[int], *, today: date) -> int:
    """The year asked for where it is opened, else the current or nearest opened one, else this year."""
    year = whole_number(asked, 9999)
    return year if year is not None and year in years else nearest_year(years, today=today)


def plan_rows(documents: Iterable[Document], *, user: User, year: int, today: date) -> list[PlanRow]:
    """Return one row a plan, in a constant number of queries however many there are."""
    documents = list(documents)
    covered = coverage_of(documents, year=year, user=user, today=today)
    tallies = tallies_of(documents, user=user, year=year, today=today)
    return [
        plan_row(cover, tallies.get(cover.words.document.pk, {}), user=user, year=year, today=today)
        for cover in covered
    ]


def plan_row(cover: Coverage, by_unit: dict[int, Tally], *, user: User, year: int, today: date) -> PlanRow:
    document = cover.words.document
    whole = sum_of(by_unit.values())
    return PlanRow(
        slug=document.slug,
        title=document.known_as,
        language=document.language,
        kind=capital(document.get_kind_display()),
        owner=str(document.owner),
        period=period_of(document) or _("Ingen periode oppgitt"),
        state=chip_of(document, today=today),
        warnings=tuple(warnings(document, user, today)),
        url=document.get_absolute_url(),
        report_url=f"{reverse('plan_report', args=[document.slug])}?{urlencode({'aar': year})}",
        numbers=tuple(_numbers(cover, year)),
        tally=tally_row(whole, document.slug, year=year, name=document.known_as) if whole.total else None,
    )


@dataclass(frozen=True)
class OtherRow:
    """A strategy or a policy: what it is, and the PDF of it."""

    slug: str
    title: str
    language: str
    url: str
    kind: str
    owner: str
    period: str
    state: SafeString


def other_rows(documents: Iterable[Document], *, today: date) -> list[OtherRow]:
    return [
        OtherRow(
            slug=document.slug,
            title=document.known_as,
            language=document.language,
            url=document.get_absolute_url(),
            kind=capital(document.get_kind_display()),
            owner=str(document.owner),
            period=period_of(document),
            state=chip_of(document, today=today),
        )
        for document in documents
    ]


def year_links(slug: str, years: list[int], *, year: int) -> list[tuple[str, str, bool]]:
    """The opened years of the wheels, oldest first: words, address, and whether it is the one shown."""
    address = reverse("plan_report", args=[slug])
    return [(str(other), f"{address}?aar={other}", other == year) for other in sorted({*years, year})]


def warnings(document: Document, user: User, today: date) -> Iterator[str]:
    """What the state and the period say about today."""
    if over := over_words(document, today=today):
        yield over
    expired = [base.known_as for base in document.rests_on_expired(user, today=today)]
    if expired:
        yield _("Bygger på noe som ikke gjelder lenger: %(titles)s.") % {"titles": joined(expired)}


def _numbers(cover: Coverage, year: int) -> Iterator[Number]:
    words, page = cover.words, cover.words.document.get_absolute_url()
    slug = words.document.slug
    yield Number(pgettext("flere", "Mål"), len(words.goals), page, False)
    yield Number(pgettext("flere", "Tiltak"), len(words.measures), page, False)
    gaps = (
        (ListKind.WITHOUT_MEASURE, len(words.goals_without_measure)),
        (ListKind.UNDATED, len(cover.undated)),
        (ListKind.UNEXPLAINED, cover.unexplained_count),
    )
    for kind, count in gaps:
        is_gap = count > 0 and words.document.is_standing
        yield Number(str(kind.label), count, list_url(slug, kind, year=year), is_gap)


def list_url(slug: str, kind: ListKind, *, year: int, unit: str = "") -> str:
    query = {"vis": kind.value, "aar": year, **({"enhet": unit} if unit else {})}
    return f"{reverse('report_list', args=[slug])}?{urlencode(query)}"


def coverage_of(documents: Iterable[Document], *, year: int, user: User, today: date) -> list[Coverage]:
    """Set the measures in force against the entries that stand in the year, both ways."""
    documents = list(documents)
    covered = {
        document.pk: Coverage(words)
        for document, words in zip(documents, words_of(documents, today=today), strict=True)
    }
    entries = coverage.standing_entries(user, year=year, today=today)
    for document_id, key in coverage.dated_measures(entries, covered):
        covered[document_id].dated.add(key)
    counts = (
        coverage.unexplained(entries, covered).order_by().values_list("wheel__document_id").annotate(count=Count("pk"))
    )
    for document_id, count in counts:
        covered[document_id].unexplained_count = count
    return list(covered.values())


def tallies_of(documents: Iterable[Document], *, user: User, year: int, today: date) -> dict[int, dict[int, Tally]]:
    """Return by document and unit how far the year's tasks have come, of those the person may see."""
    tasks = Task.objects.visible_to(user, today=today).standing()
    late = Task.objects.overdue(today=today).values("pk")
    counts = (
        tasks.filter(edition__year=year, edition__entry__wheel__document__in=documents)
        .order_by()
        .values_list("edition__entry__wheel__document_id", "unit_id", "status")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(pk__in=late)))
    )
    tallies: dict[int, dict[int, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for document_id, unit_id, status, count, late_count in counts:
        tallies[document_id][unit_id].add(status, count, late_count)
    return tallies


def sum_of(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.done += tally.done
        whole.not_relevant += tally.not_relevant
        whole.late += tally.late
        whole.open += tally.open
    return whole


def unit_rows(tallies: dict[int, Tally], slug: str, *, year: int) -> list[TallyRow]:
    """Return one row a unit: those with most that is late first, then by name."""
    units = Unit.objects.without_tree_fields().in_bulk(list(tallies))
    ordered = sorted(units.values(), key=lambda unit: (-tallies[unit.pk].late, str(unit)))
    return [tally_row(tallies[unit.pk], slug, year=year, name=str(unit), unit=unit.slug) for unit in ordered]


def tally_row(tally: Tally, slug: str, *, year: int, name: str, unit: str = "") -> TallyRow:
    """The bar of a tally and its text twin: done, not relevant, late, and what is open and not late."""
    counts = (
        (ListKind.DONE, tally.done, _("%(count)s gjort")),
        (ListKind.NOT_RELEVANT, tally.not_relevant, _("%(count)s ikke aktuelt")),
        (ListKind.LATE, tally.late, _("%(count)s forsinket")),
        (ListKind.OPEN, tally.open - tally.late, _("%(count)s gjenstår")),
    )
    parts, start = [], 0.0
    for kind, count, words in counts:
        if count:
            width = BAR * count / tally.total
            url = list_url(slug, kind, year=year, unit=unit)
            parts.append(Part(kind, count, words % {"count": count}, url, round(start, 2), round(width, 2)))
            start += width
    return TallyRow(name, _("%(done)d av %(total)d") % {"done": tally.done, "total": tally.total}, tuple(parts))
