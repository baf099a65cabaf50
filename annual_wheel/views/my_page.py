"""One's own page: name and language to choose, roles and functions to see."""

from typing import cast

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods

from annual_wheel.views.reminding import rhythm_words
from config.lib import clock
from organisation.models import User
from organisation.standing_in import loans_from, loans_to


class MyPageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": gettext_lazy("Navn"), "language": gettext_lazy("Språk")}
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["language"].help_text = _("Gjelder sidene, e-postene og kalenderen din.")


@require_http_methods(["GET", "HEAD", "POST"])
def my_page(request: HttpRequest) -> HttpResponse:
    user, today = cast(User, request.user), clock.today()
    # The form writes on its own copy: the frame of the page shows the person as stored.
    form = MyPageForm(request.POST or None, instance=User.objects.get(pk=user.pk))
    if request.method == "POST" and form.is_valid():
        return _saved(request, form)
    context = {
        "form": form,
        "roles": user.memberships.on(today).own().select_related("unit").order_by("unit__name", "role"),  # type: ignore[attr-defined]
        "functions": user.functions.on(today).select_related("unit", "function"),  # type: ignore[attr-defined]
        "stand_ins": loans_from(user, today=today),
        "stands_in": loans_to(user, today=today),
        "reminders": rhythm_words(user),
        "feed_count": user.feeds.filter(revoked_at=None).count(),  # type: ignore[attr-defined]
    }
    return render(request, "annual_wheel/my_page.html", context)


def _saved(request: HttpRequest, form: MyPageForm) -> HttpResponse:
    """Save, and let the pages speak the chosen language from now on."""
    saved = form.save()
    with override(saved.language):
        messages.success(request, _("Lagret."))
    response = redirect("my_page")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        saved.language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
    )
    return response
