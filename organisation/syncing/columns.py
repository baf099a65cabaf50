"""Which columns each kind of file has, and the rows of a table read by its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from organisation.syncing.cells import in_every_language, plain, tidy
from organisation.syncing.table import Table, UnreadableFile


class Kind(models.TextChoices):
    """What a file holds. The labels stand in the form, the names in addresses."""

    PEOPLE = "people", gettext_lazy("Personer og roller")
    UNITS = "units", gettext_lazy("Enheter")
    GROUPS = "groups", gettext_lazy("Grupper")
    FUNCTIONS = "functions", gettext_lazy("Funksjoner og hvem som har dem")


@dataclass(frozen=True)
class Column:
    name: str
    heading: Any
    is_needed: bool = False
    also: tuple[str, ...] = ()


SLUG: Final = Column("slug", gettext_lazy("Kortnavn"), also=("id", "kode", "code"))
NAME: Final = Column("name", gettext_lazy("Navn"), also=("full name", "fullt navn"))
NAME_EN: Final = Column("name_en", gettext_lazy("Navn på engelsk"), also=("engelsk navn",))
EMAIL: Final = Column("email", gettext_lazy("E-post"), also=("epost", "e-postadresse", "mail", "email", "e-mail"))
UNIT: Final = Column("unit", gettext_lazy("Enhet"))
FROM: Final = Column("from", pgettext_lazy("kolonne", "Fra"), also=("fra og med", "first day", "start"))
TO: Final = Column("to", pgettext_lazy("kolonne", "Til"), also=("til og med", "last day", "slutt", "end"))

COLUMNS: Final[Mapping[str, Sequence[Column]]] = {
    Kind.UNITS: (
        SLUG,
        Column("name", gettext_lazy("Navn"), is_needed=True),
        NAME_EN,
        Column("short_name", gettext_lazy("Forkortelse")),
        Column("kind", gettext_lazy("Type")),
        Column("parent", gettext_lazy("Hører under"), also=("overordnet", "parent")),
        Column("is_participating", gettext_lazy("Har brukere"), also=("deltar",)),
        Column("is_quiet_in_july", gettext_lazy("Ingen påminnelser i juli"), also=("stille i juli",)),
        Column("opens_on", gettext_lazy("Åpner")),
        Column("closes_on", gettext_lazy("Legges ned")),
    ),
    Kind.GROUPS: (
        SLUG,
        Column("name", gettext_lazy("Navn"), is_needed=True),
        NAME_EN,
        Column("owner", gettext_lazy("Eier")),
        Column("rule", gettext_lazy("Regel")),
        Column("member_kind", gettext_lazy("Type enhet")),
        Column("except_group", gettext_lazy("Unntatt gruppen")),
        Column("members", gettext_lazy("Medlemmer")),
    ),
    Kind.FUNCTIONS: (
        Column("function", gettext_lazy("Funksjon"), is_needed=True),
        Column("name_en", gettext_lazy("Funksjon på engelsk")),
        UNIT,
        EMAIL,
        NAME,
        FROM,
        TO,
    ),
    Kind.PEOPLE: (
        Column("email", EMAIL.heading, is_needed=True, also=EMAIL.also),
        NAME,
        Column("language", gettext_lazy("Språk")),
        UNIT,
        Column("role", gettext_lazy("Rolle")),
        FROM,
        TO,
    ),
}


@dataclass(frozen=True)
class Record:
    """One row: what stands in each column that the file has."""

    number: int
    cells: Mapping[str, str]

    def get(self, name: str) -> str | None:
        """What stands there; None where the file has no such column, which says nothing."""
        return self.cells.get(name)

    def said(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Sheet:
    records: list[Record]
    notes: tuple[str, ...] = ()


def heading_of(kind: str, name: str) -> Any:
    return next(column.heading for column in COLUMNS[kind] if column.name == name)


def headings_of(kind: str) -> list[str]:
    return [str(column.heading) for column in COLUMNS[kind]]


def read_sheet(kind: str, table: Table) -> Sheet:
    """Read the rows by the headings of the first; UnreadableFile where a column that is needed is missing."""
    if not table.rows:
        raise UnreadableFile(_("Filen er tom. Den første raden skal ha overskriftene."))
    known = {
        word: column
        for column in COLUMNS[kind]
        for word in (column.name, *column.also, *in_every_language(lambda column=column: column.heading))  # type: ignore[misc]
    }
    _number, headings = table.rows[0]
    places: dict[str, int] = {}
    unknown = []
    for at, heading in enumerate(headings):
        words = tidy(plain(heading)).rstrip(":*").strip()
        column = known.get(words.casefold())
        if column is None:
            unknown += [f"«{words}»"] if words else []
        elif column.name in places:
            raise UnreadableFile(_("Kolonnen «%(name)s» står to ganger.") % {"name": words})
        else:
            places[column.name] = at
    missing = [f"«{column.heading}»" for column in COLUMNS[kind] if column.is_needed and column.name not in places]
    if missing:
        words = _("Filen mangler kolonnen %(names)s. Den første raden skal ha overskriftene.")
        raise UnreadableFile(words % {"names": ", ".join(missing)})
    records = [
        Record(number, {name: tidy(plain(cells[at])) if at < len(cells) else "" for name, at in places.items()})
        for number, cells in table.rows[1:]
    ]
    ignored = _("Ukjente kolonner er ikke brukt: %(names)s.") % {"names": ", ".join(unknown)}
    return Sheet(records, (*table.notes, *([ignored] if unknown else ())))
