from django.urls import path

from annual_wheel.administration import groups, reporting, units

UNITS = "administrasjon/enheter/"
GROUPS = "administrasjon/grupper/"

urlpatterns = [
    path("grupper/<slug:slug>/", reporting.group, name="group"),
    path("grupper/<slug:slug>/meld/", reporting.group_report, name="group_report"),
    path("grupper/<slug:slug>/angre/", reporting.group_report_undo, name="group_report_undo"),
    path(UNITS, units.units, name="admin_units"),
    path(f"{UNITS}ny/", units.unit_new, name="admin_unit_new"),
    path(f"{UNITS}<slug:slug>/", units.unit, name="admin_unit"),
    path(f"{UNITS}<slug:slug>/endre/", units.unit_edit, name="admin_unit_edit"),
    path(f"{UNITS}<slug:slug>/legg-ned/", units.unit_close, name="admin_unit_close"),
    path(f"{UNITS}<slug:slug>/apne/", units.unit_reopen, name="admin_unit_reopen"),
    path(f"{UNITS}<int:pk>/angre/<int:change>/", units.unit_undo, name="admin_unit_undo"),
    path(GROUPS, groups.groups, name="admin_groups"),
    path(f"{GROUPS}ny/", groups.group_new, name="admin_group_new"),
    path(f"{GROUPS}<slug:slug>/", groups.group, name="admin_group"),
    path(f"{GROUPS}<slug:slug>/endre/", groups.group_edit, name="admin_group_edit"),
    path(f"{GROUPS}<slug:slug>/medlem/", groups.member_new, name="admin_member_new"),
    path(f"{GROUPS}<int:pk>/angre/<int:change>/", groups.group_undo, name="admin_group_undo"),
    path("administrasjon/medlem/<int:pk>/avslutt/", groups.member_end, name="admin_member_end"),
    path("administrasjon/medlem/<int:pk>/angre/<int:change>/", groups.member_undo, name="admin_member_undo"),
]
