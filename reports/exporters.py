"""Everything as one document of plain data: what a user may take out, and what outside checks read.

The shape is described in docs/export.md and kept stable: keys may be added, none changes its meaning.
"""

from typing import Any

from annual_wheel.models import Wheel
from annual_wheel.outline import wheel_outline
from organisation.models import Dated, Function, GroupMember, Unit, UnitGroup, User
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
    return {**unnumbered(outline_of(document)), "is_public": document.is_public, "comments": comments_outline(document)}


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


def _people() -> list[Json]:
    people = User.objects.prefetch_related("memberships__unit", "functions__unit", "functions__function")
    return [
        {
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "is_active": person.is_active,
            "memberships": [
                {"unit": row.unit.slug, "role": row.role, **_span(row)} for row in person.memberships.all()
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
