"""One year of an entry: its date, whether it is held, in what form, and what came of it; each changed on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annual_wheel import services
from annual_wheel.access import entry_of_wheel
from annual_wheel.entry_page import changed_since
from annual_wheel.forms import CancelForm, DescribeForm, EditionPartForm, MoveForm
from annual_wheel.models import Edition, EditionState
from annual_wheel.own_words import follow_again
from annual_wheel.phrases import when_of
from annual_wheel.understood import day_off_words
from annual_wheel.views.editing import crumbs
from config.lib import clock
from config.lib.conflicts import Conflict, conflict_of
from config.lib.editing import kept_stored
from config.lib.language import lang_of
from config.lib.models import StaleEdit


def edition_to_write(request: HttpRequest, key: str, year: int) -> Edition:
    entry = entry_of_wheel(request, key, today=clock.today())
    edition: Edition = get_object_or_404(Edition.objects.select_related("entry__wheel__owner"), entry=entry, year=year)
    return edition


@require_safe
def edition_edit(request: HttpRequest, key: str, year: int) -> HttpResponse:
    return show(request, edition_to_write(request, key, year))


def show(
    request: HttpRequest, edition: Edition, typed: Mapping[str, Any] | None = None, conflict: Conflict | None = None
) -> HttpResponse:
    """The page with its three forms; one that was sent and refused is given as `typed`, with what was written."""
    described = {name: getattr(edition, name) for name in DescribeForm.base_fields if name != "lock_version"}
    is_cancelled = edition.state != EditionState.PLANNED
    reason = {"reason": edition.reason, "extent": "part" if edition.state == "partly_cancelled" else "all"}
    context = {
        "edition": edition,
        "year": str(edition.year),
        "conflict": conflict,
        "conflict_form": f"form-{next(iter(typed))}" if typed else "",
        "when": when_of(edition),
        "usual": edition.said.when_words if edition.is_moved else "",
        "is_cancelled": is_cancelled,
        "now": changed_since(edition),
        "day_off": "" if is_cancelled else day_off_words(edition),
        "move": MoveForm(edition=edition, initial={"words": edition.as_written}, auto_id="move_%s"),
        "cancel": CancelForm(edition=edition, initial=reason, auto_id="cancel_%s"),
        "describe": DescribeForm(edition=edition, initial=described, auto_id="describe_%s"),
        "crumbs": [
            *crumbs(edition.entry.wheel)[:2],
            {
                "label": edition.said.text,
                "url": edition.entry.get_absolute_url(),
                "lang": lang_of(settings.LANGUAGE_CODE),
            },
            {"label": str(edition.year)},
        ],
        **(typed or {}),
    }
    return render(request, "annual_wheel/edition_edit.html", context)


def send(
    request: HttpRequest,
    edition: Edition,
    name: str,
    form: EditionPartForm,
    *,
    save: Callable[[], Any],
    stored: Callable[[Edition], dict[str, Any]],
) -> HttpResponse:
    """Save one of the forms and come back; else the page with what was typed and what is wrong, or what now stands."""
    if kept := kept_stored(request, address_of(edition)):
        return kept
    if not form.is_valid():
        return show(request, edition, {name: form})
    try:
        save()
    except Edition.DoesNotExist:
        return gone(request, edition, form)
    except StaleEdit as stale:
        conflict = conflict_of(form, stale.current, stored(stale.current).__getitem__)
        return show(request, stale.current, {name: form}, conflict)
    messages.success(request, _("Lagret for %(year)s.") % {"year": edition.year})
    return HttpResponseRedirect(address_of(edition))


def gone(request: HttpRequest, edition: Edition, form: EditionPartForm) -> HttpResponse:
    """Somebody undid the opening of the year meanwhile: say so, with what was typed."""
    said = _("Åpningen av %(year)s ble angret mens du skrev, så dette er ikke lagret.") % {"year": edition.year}
    written = [name for name, field in form.fields.items() if isinstance(field, forms.CharField)]
    typed = [words for name in written if (words := form.cleaned_data[name])]
    if typed:
        said = _("%(said)s Du skrev: «%(typed)s»") % {"said": said, "typed": ", ".join(typed)}
    messages.warning(request, said)
    return HttpResponseRedirect(edition.entry.get_absolute_url())


def address_of(edition: Edition) -> str:
    return reverse("edition_edit", args=[edition.entry.key, edition.year])


def common(request: HttpRequest, form: EditionPartForm) -> dict[str, Any]:
    return {"by": request.user, "today": clock.today(), "expected": form.expected}


@require_POST
def edition_move(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Give this year a date of its own, or with the entry's own words the usual one back."""
    edition = edition_to_write(request, key, year)
    form = MoveForm(request.POST, edition=edition, auto_id="move_%s")
    return send(
        request,
        edition,
        "move",
        form,
        save=lambda: services.move(edition, words=form.cleaned_data["words"], **common(request, form)),
        stored=lambda row: {"words": row.as_written},
    )


@require_POST
def edition_cancel(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Cancel this year, wholly or in part, with the reason. It comes back next year."""
    edition = edition_to_write(request, key, year)
    form = CancelForm(request.POST, edition=edition, auto_id="cancel_%s")
    return send(
        request,
        edition,
        "cancel",
        form,
        save=lambda: services.cancel(
            edition,
            reason=form.cleaned_data["reason"],
            is_partly=form.cleaned_data["extent"] == "part",
            **common(request, form),
        ),
        stored=lambda row: {"reason": row.reason, "extent": "part" if row.state == "partly_cancelled" else "all"},
    )


@require_POST
def edition_restore(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Take a cancellation back."""
    edition = edition_to_write(request, key, year)
    form = EditionPartForm(request.POST, edition=edition)
    return send(
        request,
        edition,
        "restoring",
        form,
        save=lambda: services.restore(edition, **common(request, form)),
        stored=lambda row: {},
    )


@require_POST
def edition_follow(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Let a year say what its entry says, in place of words and responsibility of its own."""
    edition = edition_to_write(request, key, year)
    form = EditionPartForm(request.POST, edition=edition)
    return send(
        request,
        edition,
        "following",
        form,
        save=lambda: follow_again(edition, **common(request, form)),
        stored=lambda row: {},
    )


@require_POST
def edition_describe(request: HttpRequest, key: str, year: int) -> HttpResponse:
    """Say how this year is held and what came of it."""
    edition = edition_to_write(request, key, year)
    form = DescribeForm(request.POST, edition=edition, auto_id="describe_%s")
    return send(
        request,
        edition,
        "describe",
        form,
        save=lambda: services.describe(
            edition,
            form=form.cleaned_data["form"],
            is_likely=form.cleaned_data["is_form_likely"],
            outcome=form.cleaned_data["outcome"],
            **common(request, form),
        ),
        stored=lambda row: {"form": row.form, "is_form_likely": row.is_form_likely, "outcome": row.outcome},
    )
