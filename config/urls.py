from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config.lib.appearance import choose_appearance
from config.lib.health import NAME, health
from config.lib.routes import of_apps

# The admin's own login page knows no throttling: send people through ours.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", health, name=NAME),
    path("admin/", admin.site.urls),
    path("konto/", include("organisation.account_urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("utseende/", choose_appearance, name="appearance"),
    *of_apps("annual_wheel", "reports", "planning", "strategy", "organisation"),
]
