"""Units, groups, functions, people, and who does what where."""

from typing import Any

from django.contrib.auth.hashers import make_password

from config.lib import demo
from organisation.models import Function, FunctionHolder, GroupMember, Membership, Unit, UnitGroup, User
from organisation.permissions import Role
from reports.demo.store import Store, read

ADMINISTRATOR = "admin@ntnu.example"


def load(store: Store) -> None:
    content = read("units.json")
    people = read("people.json")["people"]
    new = _people(store, people)
    by = store.user(ADMINISTRATOR)
    _units(store, content["units"], by)
    _functions(store, content["functions"], by)
    _groups(store, content["groups"], by)
    _places(store, [person for person in people if person["email"] in new], by)


def _people(store: Store, people: list[dict[str, Any]]) -> set[str]:
    """Make the accounts that are missing and return their addresses."""
    have = set(User.objects.values_list("email", flat=True))
    missing = [person for person in people if person["email"] not in have]
    if not missing:
        return set()
    password = make_password(demo.PASSWORD)  # hashing is slow on purpose; once is enough for a public password
    made: list[Any] = []
    for person in missing:
        fields = {name: person[name] for name in ("email", "name", "language")}
        made.append(store.add(User(password=password, **fields), None))
    administrators = {person["email"] for person in people if _is_administrator(person)}
    by = User.objects.filter(email__in=administrators).earliest("pk")
    for user in made:
        user._history_user = by
    return {person["email"] for person in missing}


def _is_administrator(person: dict[str, Any]) -> bool:
    return any(role["role"] == Role.ADMINISTRATOR for role in person["memberships"])


def _units(store: Store, units: list[dict[str, Any]], by: User) -> None:
    """Parents stand before their children in the file."""
    have = {unit.slug: unit for unit in Unit.objects.all()}
    for fields in units:
        if fields["slug"] not in have:
            parent = have[fields["parent"]] if fields["parent"] else None
            have[fields["slug"]] = store.add(Unit(**{**fields, "parent": parent}), by)


def _functions(store: Store, functions: list[dict[str, Any]], by: User) -> None:
    have = set(Function.objects.values_list("slug", flat=True))
    for fields in functions:
        if fields["slug"] not in have:
            store.add(Function(**fields), by)


def _groups(store: Store, groups: list[dict[str, Any]], by: User) -> None:
    """A group that another takes away from stands before it in the file."""
    units = {unit.slug: unit for unit in Unit.objects.all()}
    have = {group.slug: group for group in UnitGroup.objects.all()}
    for fields in groups:
        if fields["slug"] in have:
            continue
        group = UnitGroup(
            slug=fields["slug"],
            name=fields["name"],
            name_en=fields["name_en"],
            owner=units[fields["owner"]],
            rule=fields["rule"],
            member_kind=fields["member_kind"] or "",
            except_group=have[fields["except_group"]] if fields["except_group"] else None,
        )
        have[group.slug] = store.add(group, by)
        for slug in fields["members"]:
            store.add(GroupMember(group=group, unit=units[slug]), by)


def _places(store: Store, people: list[dict[str, Any]], by: User) -> None:
    units = {unit.slug: unit for unit in Unit.objects.all()}
    functions = {function.slug: function for function in Function.objects.all()}
    for person in people:
        user = store.user(person["email"])
        for place in person["memberships"]:
            store.add(Membership(user=user, unit=units[place["unit"]], role=place["role"]), by)
        for place in person["functions"]:
            function, unit = functions[place["function"]], units[place["unit"]]
            store.add(FunctionHolder(user=user, unit=unit, function=function), by)
