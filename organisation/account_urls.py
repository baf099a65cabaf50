"""Logging in and passwords. Only these of allauth's pages: accounts and their addresses belong to an administrator."""

from allauth.account import views
from django.urls import path, re_path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("stengt/", views.account_inactive, name="account_inactive"),
    path("passord/", views.password_change, name="account_change_password"),
    path("passord/nytt/", views.password_reset, name="account_reset_password"),
    path("passord/nytt/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path("passord/nytt/byttet/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^passord/nytt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
