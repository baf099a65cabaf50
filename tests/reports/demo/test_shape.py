"""The shape of the export, level by level, as docs/export.md tells it: keys, values from fixed lists, days, no gaps."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.reports.demo.written import Json

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_data")]

ITEM = {"id", "text", "status", "source"}
LINE = {"party", "party_slug", "party_kind", "function", "function_slug", "relation", "wording", "under"}
KEYS = {
    "documents": {"slug", "title", "kind", "state", "owner", "owner_slug", "language", "is_public", "period"}
    | {"decisions", "vision", "overall_goal", "follows", "carries_out", "source", "sections", "challenges"}
    | {"evaluation", "goals", "routes", "areas", "measures", "reporting_rounds", "comments"},
    "decisions": {"kind", "decided_on", "decided_by", "case_number", "text", "source"},
    "sections": {"kind", "title", "text", "source"},
    "areas": {"id", "label", "title", "text", "overall_goal", "source", "areas", "goals", "routes", "targets", "facts"},
    "goals": {*ITEM, "title", "target_groups", "targets", "aligned_to", "succeeds", "translation_of"},
    "routes": {*ITEM, "goals", "aligned_to", "succeeds", "translation_of"},
    "targets": {"text", "kind", "value", "unit", "comparator", "denominator", "per", "holds_for", "condition"}
    | {"qualifier", "due_on", "period", "baseline", "indicator", "source"},
    "baseline": {"value", "unit", "comparator", "period"},
    "facts": {"text", "values", "period", "source"},
    "values": {"indicator", "value", "unit", "comparator"},
    "measures": {*ITEM, "goals", "area", "routes", "aligned_to", "modality", "frequency", "quantity"}
    | {"target_groups", "responsible", "links", "succeeds", "translation_of", "reports", "evaluations"},
    "reports": {"unit", "unit_slug", "state", "text", "next_step", "reported_at", "reported_by"},
    "evaluations": {"year", "unit", "unit_slug", "verdict", "text", "evaluated_at", "evaluated_by"},
    "reporting_rounds": {"from", "to", "due_on", "message", "opened_at", "opened_by", "closed_at", "closed_by"}
    | {"kept"},
    "kept": {"measures", "units"},
    "kept measures": {"measure", "text", "state", "tally", "word_of", "units", "ticks", "reports"},
    "tally": {"state", "count"},
    "kept units": {"unit", "unit_slug", "is_asked", "measures", "reported", "finished_at", "finished_by"},
    "responsible": LINE,
    "links": {"url", "label"},
    "source": {"file", "lines"},
    "wheels": {"slug", "owner", "owner_slug", "title", "document", "is_public", "years", "entries"}
    | {"escalates_after", "is_summed_up", "turn_decisions", "proposals"},
    "entries": {*ITEM, "kind", "month", "when", "anchor", "ticks", "modality", "responsible", "links", "measures"}
    | {"lead_days", "target_groups", "from_year", "to_year", "editions"},
    "editions": {"year", "as_written", "precision", "earliest", "latest", "due_on", "bound", "is_moved", "state"}
    | {"form", "is_form_likely", "outcome", "reason", "tasks", "text", "month", "responsible"}
    | {"unit_notes"},
    "bound": {"as_written", "on", "entry"},
    "tasks": {"unit", "unit_slug", "shared_with", "status", "done_at", "done_by", "reason", "note"}
    | {"assigned_to", "evidence"},
}
SAME_AS = {"challenges": "sections", "evaluation": "sections"}
VALUES = {
    ("documents", "kind"): {"strategy", "policy", "action_plan"},
    ("documents", "state"): {"in_force", "expired", "replaced"},
    ("documents", "language"): {"nb", "en"},
    ("decisions", "kind"): {"mandate", "adoption"},
    ("targets", "kind"): {"amount", "count", "share", "rate", "multiple", "time_limit", "balance"},
    ("targets", "comparator"): {"at_least", "at_most", "approximately"},
    ("measures", "modality"): {"must", "should", "may"},
    ("reports", "state"): {"not_started", "under_way", "carried_out", "late", "stopped"},
    ("evaluations", "verdict"): {"continue", "change", "stop"},
    ("responsible", "relation"): {"lead", "with", "via", "on_order_from", "contributes", "follows_up"},
    ("responsible", "party_kind"): {"unit", "group"},
    ("entries", "kind"): {"task", "deadline", "event", "ongoing"},
    ("entries", "month"): set(range(1, 13)),
    ("entries", "ticks"): {"each", "one", "none"},
    ("entries", "modality"): {"must", "should", "may"},
    ("editions", "precision"): {"day", "week", "part_of_month", "month", "months", "year"},
    ("editions", "state"): {"planned", "partly_cancelled", "cancelled"},
    ("editions", "form"): {"", "digital"},
    ("tasks", "status"): {"open", "done", "not_relevant", "withdrawn"},
}
DAYS = {"decided_on", "due_on", "earliest", "latest", "from", "to", "on", "opens_on", "closes_on"}


def levels(part: Any, name: str = "") -> Iterator[tuple[str, Json]]:
    """Every object of the export with the key it stands under."""
    if isinstance(part, list):
        for row in part:
            yield from levels(row, name)
    elif isinstance(part, dict):
        yield SAME_AS.get(name, name), part
        for key, below in part.items():
            # What is kept of a round counts its measures and units, and is no list of them.
            yield from levels(below, f"kept {key}" if name == "kept" else key)


def test_each_level_has_its_keys_and_no_others(exported: Json) -> None:
    seen = defaultdict(set)
    for name, row in levels({key: exported[key] for key in ("documents", "wheels")}):
        seen[name].add(frozenset(row))
    assert {name: seen[name] for name in KEYS} == {name: {frozenset(keys)} for name, keys in KEYS.items()}
    assert set(seen) - set(KEYS) == {"", "period"}
    assert seen["period"] == {frozenset({"from", "to"}), frozenset({"from", "to", "as_written"})}


def test_values_come_from_their_lists(exported: Json) -> None:
    seen = defaultdict(set)
    for name, row in levels(exported):
        for key in row:
            if (name, key) in VALUES:
                seen[name, key].add(row[key])
    assert seen == VALUES


def test_days_moments_and_numbers_are_plain(exported: Json) -> None:
    for name, row in levels(exported):
        for key in DAYS & set(row):
            assert row[key] is None or date.fromisoformat(row[key]).isoformat() == row[key], (name, key)
        if row.get("done_at"):
            assert datetime.fromisoformat(row["done_at"]).utcoffset() is not None
        if name in ("targets", "values", "baseline"):
            assert type(row["value"]) in (int, float) or row["kind"] == "balance"


def test_what_is_pointed_at_is_there(exported: Json) -> None:
    ids = [row["id"] for _name, row in levels(exported) if "id" in row]
    assert len(ids) == len(set(ids))
    pointing = ("aligned_to", "succeeds", "translation_of", "area", "entry")
    for name, row in levels(exported):
        lists = [row[key] for key in pointing if row.get(key)]
        if name in ("routes", "measures"):
            lists += [row["goals"]]
        if name == "entries":
            lists += [row["measures"]]
        for found in lists:
            assert set([found] if isinstance(found, str) else found) <= set(ids)
        for place, line in enumerate(row.get("responsible", [])):
            assert line["under"] is None or 0 <= line["under"] < place


def test_every_key_that_is_printed_is_told_of(exported: Json) -> None:
    told = set(re.findall(r"`(\w+)`", (Path(settings.BASE_DIR) / "docs/export.md").read_text(encoding="utf-8")))
    assert {key for _name, row in levels(exported) for key in row} - told == set()
