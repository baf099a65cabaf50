from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from config.lib import clock
from reports.search import Group
from reports.search import search as find
from reports.views.overview import the_user

LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search in everything one may see; `i` names the one group that is shown whole."""
    query = " ".join(request.GET.get("q", "")[:LONGEST].split())
    only = request.GET.get("i", "")
    only = only if only in Group.values else ""
    groups = find(query, user=the_user(request), today=clock.today(), only=only)
    count = sum(group.count for group in groups)
    context = {
        "query": query,
        "groups": groups,
        "only": Group(only).label if only else "",
        "count": ngettext("%(count)d treff", "%(count)d treff", count) % {"count": count},
        "empty_title": _("Ingen treff på «%(query)s»") % {"query": query},
    }
    return render(request, "reports/search.html#results" if request.htmx else "reports/search.html", context)  # type: ignore[attr-defined]
