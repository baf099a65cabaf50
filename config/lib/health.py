"""The address that a container engine or a load balancer asks whether this process can serve."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

NAME = "healthz"


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 `ok` when the database and the cache answer, else 503 and the name of the one that does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database", status=503, content_type="text/plain")
    try:
        cache.get(NAME)
    except Exception:  # each cache raises its own kind, and any of them means the same here
        return HttpResponse("cache", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
