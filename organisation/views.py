from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from config.lib.addresses import asked_for
from organisation.acting import SESSION_KEY, acting_units
from organisation.models import Unit


@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose the unit one acts for, and go back to where one was."""
    own = [unit.pk for unit in acting_units(request.user)]  # type: ignore[arg-type]
    unit: Unit = get_object_or_404(Unit.objects.filter(pk__in=own), slug=request.POST.get("unit", ""))
    request.session[SESSION_KEY] = unit.slug
    return redirect(asked_for(request) or "/")
