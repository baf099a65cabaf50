"""Light, dark or as the machine says: the reader's choice, kept in a cookie so that no page flickers."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

SCHEMES: Final = ("light", "dark", "auto")
ONE_YEAR: Final = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Keep the chosen colour scheme and go back to the page one came from."""
    target = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if is_ours else "/")
    scheme = request.POST.get("scheme")
    if scheme in SCHEMES:
        response.set_cookie(
            "appearance", scheme, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response
