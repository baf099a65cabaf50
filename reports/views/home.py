"""The start page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from annual_wheel.phrases import language
from annual_wheel.when.words import day_words, month_name
from config.lib import clock
from organisation.acting import acting_units
from organisation.first_run import next_step_for
from organisation.models import User
from reports.home import count_documents_below, open_work, own_documents, public_documents, this_month, with_units_above
from strategy.talk_for_me import talk_for


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """What is open for me, what the month holds and my documents; for others what Rød tråd is."""
    user, today = request.user, clock.today()
    if not isinstance(user, User):
        return render(request, "reports/welcome.html", {"rows": public_documents(today=today)})
    units = acting_units(user)
    near = with_units_above(units, user)
    month = month_name(today.month, language())
    documents = own_documents(user, near, today=today)
    context = {
        "day": _("%(day)s, uke %(week)d") % {"day": day_words(today, language()), "week": today.isocalendar().week},
        "has_units": bool(units),
        "next_step": next_step_for(user, today=today),
        "work": open_work(user, [unit.pk for unit in units], today=today),
        "month": this_month(user, near, today=today),
        "month_title": _("%(month)s i årshjulet") % {"month": month.capitalize()},
        "month_number": today.month,
        "year": today.year,
        "documents": documents,
        "below_count": 0 if documents else count_documents_below(user, near, today=today),
        "talk": talk_for(user, today=today),
    }
    return render(request, "reports/home.html", context)
