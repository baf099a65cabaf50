"""Who would tick off a unit's task."""

from annual_wheel.models import Entry, Task
from organisation.models import FunctionHolder, Membership, Relation, User
from organisation.permissions import Role

DAILY_ROLES = (Role.EDITOR, Role.CONTRIBUTOR, Role.LEADER)


class Doers:
    """People by their function and by their role at a unit, the one who does the daily work first."""

    def __init__(self, otherwise: User) -> None:
        self.otherwise = otherwise
        self.holders: dict[tuple[int, int], User] = {}
        for holder in FunctionHolder.objects.select_related("user").order_by("pk"):
            self.holders.setdefault((holder.function_id, holder.unit_id), holder.user)
        members = Membership.objects.filter(role__in=DAILY_ROLES).select_related("user")
        self.members: dict[int, User] = {}
        for member in sorted(members, key=lambda member: (DAILY_ROLES.index(Role(member.role)), member.pk)):
            self.members.setdefault(member.unit_id, member.user)
        self._functions: dict[int, list[int]] = {}

    def of(self, task: Task) -> User:
        for function_id in self._functions_of(task.edition.entry):
            holder = self.holders.get((function_id, task.unit_id))
            if holder is not None:
                return holder
        return self.members.get(task.unit_id, self.otherwise)

    def _functions_of(self, entry: Entry) -> list[int]:
        if entry.pk not in self._functions:
            lines = entry.responsibilities.filter(relation=Relation.LEAD, function__isnull=False)
            self._functions[entry.pk] = [line.function_id for line in lines if line.function_id]
        return self._functions[entry.pk]
