"""Help, administration and the first start."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from annual_wheel.models import NudgeMail, Reminder, Wheel
from config.lib.saving import signed
from organisation.models import FunctionHolder, GroupMember, Membership, UnitGroup
from organisation.services import last_change
from tests import factories as make
from tests.matrix import NOW, TODAY, Args, Data, Row, World, everyone, nothing


def only_administrators(status: int = 200, args: Args = nothing, **fields: Any) -> Row:
    refused: dict[str, Any] = dict.fromkeys(("reader", "contributor", "editor", "leader", "outsider"), 403)
    return Row(args, administrator=status, **refused, **fields)


def post(args: Args, data: Data | None = None) -> Row:
    return only_administrators(302, args, method="post", **({"data": data} if data else {}))


def reader(world: World) -> list[Any]:
    return [world.cast.reader.pk]


def reminder_row(world: World) -> list[Any]:
    made = Reminder.objects.create(user=world.cast.reader, day=TODAY, message_id="<a@b>", claimed_at=NOW)
    return ["paaminnelse", made.pk]


def nudge_mail(world: World) -> list[Any]:
    to, by = world.cast.reader, world.cast.adviser
    wheel = Wheel.objects.get()
    made = NudgeMail.objects.create(
        user=to,
        wheel=wheel,
        asked_by=by,
        day=TODAY,
        message_id="<c@d>",
        claimed_at=NOW,
        status="failed",
        attempt_count=6,
    )
    return [made.pk]


def membership(world: World) -> list[Any]:
    return [world.cast.reader.memberships.get().pk]


def membership_change(world: World) -> list[Any]:
    row = world.cast.reader.memberships.get()
    return [row.pk, last_change(row)]


def lent(world: World) -> Membership:
    """Let the adviser stand in for the dean in March."""
    held = world.cast.dean.memberships.get()
    made = Membership(user=world.cast.adviser, unit=held.unit, role=held.role, through=held)
    made.from_on, made.to_on = date(2026, 3, 1), date(2026, 3, 31)
    signed(made, by=world.cast.dean).save()
    return made


def lent_change(world: World) -> list[Any]:
    row = lent(world)
    return [f"{row.pk}-{last_change(row)}"]


def function(world: World) -> list[Any]:
    return [make.function("webkontakt").slug]


def holder(world: World) -> FunctionHolder:
    held = make.function("webkontakt")
    return FunctionHolder.objects.create(function=held, unit=world.cast.ihk, user=world.cast.coordinator)


def holder_change(world: World) -> list[Any]:
    row = holder(world)
    return [row.pk, last_change(row)]


def with_group(world: World) -> UnitGroup:
    """Make the list of departments that have a recruitment group, and the group of those that have none."""
    having = make.group("med-gruppe", world.cast.hf, world.cast.imu)
    make.group("uten-gruppe", world.cast.hf, except_group=having)
    return having


def listed(world: World) -> list[Any]:
    return [with_group(world).slug]


def member(world: World) -> GroupMember:
    found: GroupMember = with_group(world).members.get()
    return found


def member_change(world: World) -> list[Any]:
    row = member(world)
    return [row.pk, last_change(row)]


def unit(world: World) -> list[Any]:
    return [world.cast.imu.slug]


def unit_change(world: World) -> list[Any]:
    world.cast.imu.short_name = "Musikk"
    world.cast.imu.save()
    return [world.cast.imu.pk, last_change(world.cast.imu)]


def group_change(world: World) -> list[Any]:
    world.cast.departments.name = "Alle instituttene"
    world.cast.departments.save()
    return [world.cast.departments.pk, last_change(world.cast.departments)]


def of_ihk(world: World) -> Mapping[str, Any]:
    return {"unit": "ihk"}


# The departments' own people may speak for them, and so may those whose role at the faculty reaches them.
SPEAKING_FOR_IHK = Row(
    listed,
    reader=404,
    contributor=302,
    editor=302,
    leader=302,
    outsider=404,
    administrator=302,
    method="post",
    data=of_ihk,
)

ROWS: dict[str, Row | tuple[Row, ...]] = {
    "help": everyone(200),
    "accessibility": everyone(200),
    "first_run": everyone(404, note="there are users, so there is no first time"),
    "administration": only_administrators(),
    "first_steps": only_administrators(),
    "admin_roles": only_administrators(),
    "admin_reminders": only_administrators(),
    "admin_reminder": (
        only_administrators(200, reminder_row),
        only_administrators(404, lambda world: ["annet", 1]),
    ),
    "admin_reminder_again": post(nudge_mail),
    "admin_reminder_preview": only_administrators(),
    "admin_reminder_mail": only_administrators(404, note="nothing without somebody to look at"),
    "admin_sync": only_administrators(),
    "admin_sync_undo": post(lambda world: ["20260315120000000000"]),
    "admin_sync_file": only_administrators(200, lambda world: ["people"]),
    "admin_people": only_administrators(),
    "admin_person_new": only_administrators(),
    "admin_person": only_administrators(200, reader),
    "admin_person_edit": only_administrators(200, reader),
    "admin_person_invite": post(reader),
    "admin_person_deactivate": post(reader),
    "admin_person_reactivate": post(reader),
    "admin_role_new": only_administrators(200, reader),
    "stand_in_new": everyone(200, anonymous=302),
    "stand_in_end": Row(
        lambda world: [lent(world).pk],
        reader=404,
        contributor=404,
        editor=302,
        leader=302,
        outsider=404,
        administrator=404,
        method="post",
        note="who lent it, and who stands in",
    ),
    "stand_in_undo": Row(
        lent_change,
        reader=404,
        contributor=404,
        editor=404,
        leader=302,
        outsider=404,
        administrator=404,
        method="post",
        note="whoever did it",
    ),
    "admin_stand_in_new": only_administrators(200, reader),
    "admin_person_why": only_administrators(200, reader),
    "admin_allowed": only_administrators(),
    "admin_allowed_about": only_administrators(200, lambda world: ["dokument", world.plan.slug]),
    "admin_membership_end": only_administrators(200, membership),
    "admin_membership_undo": post(membership_change),
    "admin_functions": only_administrators(),
    "admin_function_new": only_administrators(),
    "admin_function": only_administrators(200, function),
    "admin_function_edit": only_administrators(200, function),
    "admin_holder_new": only_administrators(200, function),
    "admin_holder_end": only_administrators(200, lambda world: [holder(world).pk]),
    "admin_holder_undo": post(holder_change),
    "admin_units": only_administrators(),
    "admin_unit_new": only_administrators(),
    "admin_unit": only_administrators(200, unit),
    "admin_unit_edit": only_administrators(200, unit),
    "admin_unit_close": only_administrators(200, unit),
    "admin_unit_reopen": post(unit),
    "admin_unit_undo": post(unit_change),
    "admin_groups": only_administrators(),
    "admin_group_new": only_administrators(),
    "admin_group": only_administrators(200, listed),
    "admin_group_edit": only_administrators(200, listed),
    "admin_group_undo": post(group_change),
    "admin_member_new": only_administrators(200, listed),
    "admin_member_end": only_administrators(200, lambda world: [member(world).pk]),
    "admin_member_undo": post(member_change),
    "group": everyone(200, listed, anonymous=302),
    "group_report": SPEAKING_FOR_IHK,
    "group_report_undo": SPEAKING_FOR_IHK,
}
