from django.contrib import admin

from config.lib.admin import Fallback, ReadOnly
from organisation.models import (
    Comment,
    Function,
    FunctionHolder,
    GroupMember,
    Hearing,
    Membership,
    StoredFile,
    Unit,
    UnitGroup,
    User,
)


@admin.register(User)
class UserAdmin(Fallback):
    """Without the password: it is chosen by its owner, by way of a mail."""

    fields = ("email", "name", "language", "reminder_rhythm", "is_active", "is_staff", "is_superuser")
    list_display = ("name", "email", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")


@admin.register(Unit)
class UnitAdmin(Fallback):
    list_display = ("name", "short_name", "kind", "parent", "opens_on", "closes_on")
    list_filter = ("kind", "is_participating")
    search_fields = ("name", "short_name")


@admin.register(UnitGroup)
class UnitGroupAdmin(Fallback):
    list_display = ("name", "owner", "rule", "member_kind", "except_group")
    search_fields = ("name",)


@admin.register(Function)
class FunctionAdmin(Fallback):
    list_display = ("name", "name_en")
    search_fields = ("name",)


@admin.register(GroupMember)
class GroupMemberAdmin(Fallback):
    list_display = ("unit", "group", "from_on", "to_on")
    list_filter = ("group",)


@admin.register(FunctionHolder)
class FunctionHolderAdmin(Fallback):
    list_display = ("user", "function", "unit", "from_on", "to_on")
    list_filter = ("function",)


@admin.register(Membership)
class MembershipAdmin(Fallback):
    list_display = ("user", "role", "unit", "from_on", "to_on")
    list_filter = ("role",)


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnly):
    list_display = ("__str__", "kind", "user", "stored_at")


@admin.register(Hearing, Comment)
class SaidAdmin(ReadOnly):
    """What people have said is theirs to change."""

    list_display = ("__str__", "within", "owner")
    list_filter = ("owner",)
