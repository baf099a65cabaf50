"""Everything as one document of plain data: what a user may take out, and what outside checks read.

The shape is described in docs/export.md and kept stable: keys may be added, none changes its meaning.
"""

from typing import Any

from django.utils.timezone import localtime

from annual_wheel.models import Wheel
from annual_wheel.outline import wheel_outline
from organisation.models import Dated, Function, GroupMember, Membership, Unit, UnitGroup, User
from planning.models import Evaluation, ReportingRound, StatusReport
from planning.reporting import report_outline
from strategy.models import Document, Indicator, TargetGroup
from strategy.outline import outline_of, unnumbered
from strategy.outline.talk import comments_outline

Json = dict[str, Any]


def export() -> Json:
    """Return the whole installation; a constant number of queries for each document and each wheel."""
    documents = Document.objects.select_related("owner", "follows").order_by("slug")
    wheels = Wheel.objects.select_related("owner", "document").order_by("slug")
    return {
        "units": _units(),
        "groups": _groups(),
        "functions": list(Function.objects.order_by("slug").values("slug", "name", "name_en")),
        "people": _people(),
        "target_groups": _target_groups(),
        "indicators": list(Indicator.objects.order_by("slug").values("slug", "name", "name_en", "unit")),
        "documents": [_document(document) for document in documents],
        "wheels": [wheel_outline(wheel) for wheel in wheels],
    }


def _document(document: Document) -> Json:
    """The working text, with what has been told of its measures."""
    outline: Any = unnumbered(outline_of(document))
    del outline["is_under_plan"]  # which follows from what is carried out
    reports: dict[str, list[Json]] = {}
    told = StatusReport.objects.filter(measure__document=document).order_by("reported_at", "pk")
    for report in told.select_related("measure", "unit", "reported_by"):
        said = {**report_outline(report), "reported_by": report.reported_by.email}
        reports.setdefault(report.measure.key, []).append(said)
    evaluations: dict[str, list[Json]] = {}
    judged = Evaluation.objects.filter(measure__document=document).order_by("year", "unit__slug")
    for evaluation in judged.select_related("measure", "unit", "evaluated_by"):
        evaluations.setdefault(evaluation.measure.key, []).append(_evaluation(evaluation))
    for measure in outline["measures"]:
        measure["reports"] = reports.get(measure["id"], [])
        measure["evaluations"] = evaluations.get(measure["id"], [])
    rounds = document.reporting_rounds.order_by("from_on", "pk").select_related("opened_by", "closed_by")
    return {
        **outline,
        "is_public": document.is_public,
        "reporting_rounds": [_round(asked) for asked in rounds],
        "comments": comments_outline(document),
    }


def _evaluation(evaluation: Evaluation) -> Json:
    return {
        "year": evaluation.year,
        "unit": evaluation.unit.name,
        "unit_slug": evaluation.unit.slug,
        "verdict": evaluation.verdict,
        "text": evaluation.text,
        "evaluated_at": localtime(evaluation.evaluated_at).isoformat(),
        "evaluated_by": evaluation.evaluated_by.email,
    }


def _round(asked: ReportingRound) -> Json:
    """A round with what was kept when it was closed, word for word."""
    return {
        "from": asked.from_on.isoformat(),
        "to": asked.to_on.isoformat(),
        "due_on": asked.due_on.isoformat(),
        "message": asked.message,
        "opened_at": localtime(asked.opened_at).isoformat(),
        "opened_by": asked.opened_by.email,
        "closed_at": localtime(asked.closed_at).isoformat() if asked.closed_at else None,
        "closed_by": asked.closed_by.email if asked.closed_by else None,
        "kept": in_order(asked.frozen),
    }


def in_order(kept: Any) -> Any:
    """Plain data with its keys by the alphabet: SQLite gives them back as they were written, PostgreSQL by length."""
    if isinstance(kept, dict):
        return {key: in_order(kept[key]) for key in sorted(kept)}
    return [in_order(each) for each in kept] if isinstance(kept, list) else kept


def _units() -> list[Json]:
    units = Unit.objects.without_tree_fields().select_related("parent").order_by("slug")
    return [
        {
            "slug": unit.slug,
            "name": unit.name,
            "name_en": unit.name_en,
            "short_name": unit.short_name,
            "kind": unit.kind,
            "parent": unit.parent.slug if unit.parent else None,
            "is_participating": unit.is_participating,
            "is_quiet_in_july": unit.is_quiet_in_july,
            "opens_on": unit.opens_on.isoformat() if unit.opens_on else None,
            "closes_on": unit.closes_on.isoformat() if unit.closes_on else None,
        }
        for unit in units
    ]


def _groups() -> list[Json]:
    groups = UnitGroup.objects.select_related("owner", "except_group").prefetch_related("members__unit")
    return [
        {
            "slug": group.slug,
            "name": group.name,
            "name_en": group.name_en,
            "owner": group.owner.name,
            "owner_slug": group.owner.slug,
            "rule": group.rule,
            "member_kind": group.member_kind or None,
            "except_group": group.except_group.slug if group.except_group else None,
            "members": [{"unit": member.unit.slug, **_span(member)} for member in _in_order(group)],
        }
        for group in groups.order_by("slug")
    ]


def _in_order(group: UnitGroup) -> list[GroupMember]:
    return sorted(group.members.all(), key=lambda member: (member.unit.slug, member.pk))


def _span(row: Dated) -> Json:
    """The days from which and to which a row holds."""
    return {
        "from": row.from_on.isoformat() if row.from_on else None,
        "to": row.to_on.isoformat() if row.to_on else None,
    }


def _lender(row: Membership) -> Json:
    """For whom it is held, where somebody stands in."""
    return {"stands_in_for": row.through.user.email} if row.through else {}


def _people() -> list[Json]:
    people = User.objects.prefetch_related(
        "memberships__unit", "memberships__through__user", "functions__unit", "functions__function"
    )
    return [
        {
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "is_active": person.is_active,
            "memberships": [
                {"unit": row.unit.slug, "role": row.role, **_span(row), **_lender(row)}
                for row in person.memberships.all()
            ],
            "functions": [
                {"function": row.function.slug, "unit": row.unit.slug, **_span(row)} for row in person.functions.all()
            ],
        }
        for person in people.order_by("email")
    ]


def _target_groups() -> list[Json]:
    groups = TargetGroup.objects.select_related("owner").order_by("slug")
    return [
        {
            "slug": group.slug,
            "name": group.name,
            "name_en": group.name_en,
            "owner": group.owner.name,
            "owner_slug": group.owner.slug,
            "description": group.description,
            "counties": group.counties,
        }
        for group in groups
    ]
