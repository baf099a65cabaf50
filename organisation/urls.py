from django.urls import path

from organisation import pages, stand_in_pages, views
from organisation.administration import dated, functions, people, start

PEOPLE = "administrasjon/personer/"
FUNCTIONS = "administrasjon/funksjoner/"

urlpatterns = [
    path("enhet/", views.act_for, name="act_for"),
    path("min-side/vikar/", stand_in_pages.stand_in_new, name="stand_in_new"),
    path("min-side/vikar/<str:rows>/avslutt/", stand_in_pages.stand_in_end, name="stand_in_end"),
    path("min-side/vikar/<str:rows>/angre/", stand_in_pages.stand_in_undo, name="stand_in_undo"),
    path("hjelp/", pages.help_page, name="help"),
    path("tilgjengelighet/", pages.accessibility, name="accessibility"),
    path("forste-gang/", start.first_run, name="first_run"),
    path("administrasjon/", start.administration, name="administration"),
    path("administrasjon/kom-i-gang/", start.first_steps, name="first_steps"),
    path("administrasjon/roller/", start.roles, name="admin_roles"),
    path(PEOPLE, people.people, name="admin_people"),
    path(f"{PEOPLE}ny/", people.person_new, name="admin_person_new"),
    path(f"{PEOPLE}<int:pk>/", people.person, name="admin_person"),
    path(f"{PEOPLE}<int:pk>/endre/", people.person_edit, name="admin_person_edit"),
    path(f"{PEOPLE}<int:pk>/inviter/", people.person_invite, name="admin_person_invite"),
    path(f"{PEOPLE}<int:pk>/steng/", people.person_deactivate, name="admin_person_deactivate"),
    path(f"{PEOPLE}<int:pk>/apne/", people.person_reactivate, name="admin_person_reactivate"),
    path(f"{PEOPLE}<int:pk>/rolle/", people.role_new, name="admin_role_new"),
    path(f"{PEOPLE}<int:pk>/vikar/", stand_in_pages.admin_stand_in_new, name="admin_stand_in_new"),
    path(f"{PEOPLE}<int:pk>/hvorfor/", people.person_why, name="admin_person_why"),
    path("administrasjon/tilknytning/<int:pk>/avslutt/", dated.membership_end, name="admin_membership_end"),
    path(
        "administrasjon/tilknytning/<int:pk>/angre/<int:change>/", dated.membership_undo, name="admin_membership_undo"
    ),
    path(FUNCTIONS, functions.functions, name="admin_functions"),
    path(f"{FUNCTIONS}ny/", functions.function_new, name="admin_function_new"),
    path(f"{FUNCTIONS}<slug:slug>/", functions.function, name="admin_function"),
    path(f"{FUNCTIONS}<slug:slug>/endre/", functions.function_edit, name="admin_function_edit"),
    path(f"{FUNCTIONS}<slug:slug>/innehaver/", functions.holder_new, name="admin_holder_new"),
    path("administrasjon/innehaver/<int:pk>/avslutt/", dated.holder_end, name="admin_holder_end"),
    path("administrasjon/innehaver/<int:pk>/angre/<int:change>/", dated.holder_undo, name="admin_holder_undo"),
]
