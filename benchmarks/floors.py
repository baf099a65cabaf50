"""The least a request can cost on this server: the same middleware, and next to nothing in the view.

The database is as in production: SQLite with a connection that is kept from request to request.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from organisation.models import Unit


@login_not_required
def trivial(request: HttpRequest) -> HttpResponse:
    """No query: who is logged in is never asked for."""
    return HttpResponse("ok")


@login_not_required
def one_query(request: HttpRequest) -> HttpResponse:
    """One row of one table."""
    return HttpResponse(str(Unit.objects.without_tree_fields().first()))


def logged_in(request: HttpRequest) -> HttpResponse:
    """Session, user and one query of the view's own."""
    return HttpResponse(f"{request.user} {Unit.objects.without_tree_fields().first()}")
