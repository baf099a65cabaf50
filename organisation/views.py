from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from organisation.acting import SESSION_KEY, acting_units
from organisation.models import Unit


@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose the unit one acts for, and go back to where one was."""
    own = [unit.pk for unit in acting_units(request.user)]  # type: ignore[arg-type]
    unit: Unit = get_object_or_404(Unit.objects.filter(pk__in=own), slug=request.POST.get("unit", ""))
    request.session[SESSION_KEY] = unit.slug
    return redirect(back_to(request))


def back_to(request: HttpRequest, address: str = "") -> str:
    """Return the address, or that in `next`, where it is one of ours, else the start page."""
    address = address or request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else "/"
