"""Editing a row that others may be editing too: what was typed is kept, and two texts can be seen side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.lib.addresses import asked_for, with_query
from config.lib.conflicts import NOTHING, Conflict, Difference, conflict_of, stored_value
from config.lib.edit_form import EditForm
from config.lib.folding import Folded, Group, Set, ShownSet, folded, shown_sets
from config.lib.models import StaleEdit
from config.lib.once import Made, made_by, mark_in, new_mark, remember
from config.lib.rows import Rows

read_or_send = require_http_methods(["GET", "HEAD", "POST"])
KEEP: Final = "behold"  # sent by the button that lets what is stored stand


@dataclass
class Part:
    """A piece of a form below its fields: a list of lines, or things to pick; as sent and as stored, in words."""

    label: str
    template: str
    rows: Any
    mine: Callable[[], str]
    theirs: Callable[[Any], str]
    add_label: str = ""
    fill_label: str = ""  # for a button that makes the lines from a field
    options: Callable[[], Sequence[str]] = tuple  # asked for where they are shown
    is_told: bool = False  # what is wrong with it is said at a field


@dataclass
class Editing:
    """One form with its parts, judged and shown together."""

    form: EditForm
    parts: Sequence[Part] = field(default_factory=list)
    groups: Sequence[Group] = ()
    sets: Sequence[Set] = ()

    @property
    def fields(self) -> list[forms.BoundField]:
        """What is seen at once, and stands under no name of its own."""
        elsewhere = {name for group in self.groups for name in group.fields}
        elsewhere |= {name for each in self.sets for name in each.fields}
        return [bound for bound in self.form.main_fields if bound.name not in elsewhere]

    @property
    def shown_sets(self) -> list[ShownSet]:
        return shown_sets(self.form, self.sets)

    @property
    def open_parts(self) -> list[Part]:
        """What stands below the fields without being folded away."""
        folded = [part for group in self.groups for part in group.parts]
        return [part for part in self.parts if not any(part is each for each in folded)]

    @property
    def folded(self) -> list[Folded]:
        return folded(self.form, self.groups)

    def is_valid(self) -> bool:
        """Every line that is wrong is named above the form too; those that came back as they were are not judged."""
        is_valid = self.form.is_valid()
        for part in self.parts:
            is_lines = isinstance(part.rows, Rows) and not part.is_told and not part.rows.is_untouched
            if is_lines and not part.rows.is_valid():
                is_valid = False
                for number, field_id, message in part.rows.errors():
                    words = {"part": part.label, "number": number, "message": message}
                    text = _("%(part)s, linje %(number)s: %(message)s") % words
                    self.form.line_errors.append({"field_id": field_id or part.rows.prefix, "text": text})
        return is_valid

    def conflict(self, stale: StaleEdit) -> Conflict:
        """What the two wrote, and let the next save be made from what now stands."""
        stored = stale.current
        of_parts = [
            Difference(part.label, mine, theirs)
            for part in self.parts
            if (mine := part.mine() or NOTHING) != (theirs := part.theirs(stored) or NOTHING)
        ]
        return conflict_of(self.form, stored, lambda name: stored_value(stored, name), also=of_parts)


@dataclass(frozen=True)
class Preview:
    """What a field is understood as, told below it: as it was sent, and by htmx again while `fields` are changed."""

    field: str
    template: str
    read: Any
    url: str
    target: str
    typed: Sequence[str]
    chosen: Sequence[str] = ()

    @property
    def trigger(self) -> str:
        typed = [f"input delay:300ms from:#id_{name}" for name in self.typed]
        return ", ".join([*typed, *(f"change from:#id_{name}" for name in self.chosen)])

    @property
    def include(self) -> str:
        return ", ".join(f"#id_{name}" for name in (*self.typed, *self.chosen))


@dataclass(frozen=True)
class Again:
    """Another of the same kind: the address of its form, and the id of what opens it in place."""

    url: str
    opener: str


@dataclass(frozen=True)
class FormPage:
    """What stands round a form: its heading, the way back, and the words on the button."""

    heading: str
    back: str
    crumbs: Sequence[dict[str, str]] = ()
    lead: str = ""
    lead_lang: str = ""
    verb: str = ""
    outline: str = "#outline"
    key: str = ""  # of the row that is written, for those who write beside
    previews: Sequence[Preview] = ()
    has_again: bool = False  # whether one can go straight on to another of the same kind
    begun: Mapping[str, str] = field(default_factory=dict)  # what a new one was begun with, sent along with the form
    saved: str = ""  # what is said when it is saved, where that is more than that it was


def ask(
    request: HttpRequest, editing: Editing, page: FormPage, *, conflict: Conflict | None = None, once: str = ""
) -> HttpResponse:
    """Show the form: a page of its own, or by htmx the form alone, in place of the row it belongs to.

    `once` is the mark of a form for something new, where it is to be another than the one that was sent.
    """
    # The browser's own autofocus is for whole pages: it complains of what comes into a page that has focus somewhere.
    attribute = "data-take-focus" if request.htmx else "autofocus"  # type: ignore[attr-defined]
    if request.method == "GET" and editing.form.main_fields:
        fields = editing.form.main_fields
        first = next((bound for bound in fields if bound.field.required), fields[0])  # what one came to write
        first.field.widget.attrs[attribute] = True
    for part in editing.parts:
        if isinstance(part.rows, Rows):
            part.rows.take_focus(attribute)
    context = {
        "editing": editing,
        "form": editing.form,
        "page": page,
        "conflict": conflict,
        "verb": _("Lagre det jeg skrev") if conflict else page.verb or _("Lagre"),
        "once": (once or mark_in(request)) if editing.form.is_new else "",
        "next": asked_for(request),
        "back": asked_for(request) or page.back,
        "is_in_place": bool(request.htmx),  # type: ignore[attr-defined]
    }
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "edit.html", context)
    response = render(request, "edit.html#form", context)
    if request.method == "POST":
        response["HX-Retarget"], response["HX-Reswap"] = "#edit", "outerHTML"
    return response


def kept_stored(request: HttpRequest, back: str) -> HttpResponse | None:
    """The answer to whoever lets what somebody else stored stand, instead of what they wrote themselves."""
    if request.POST.get("do") != KEEP:
        return None
    messages.success(request, _("Det som er lagret, står som det var. Det du skrev, er ikke lagret."))
    return HttpResponseRedirect(back)


def is_saving(request: HttpRequest) -> bool:
    """Whether the form was sent to be saved, and not to add a line or look something up."""
    return request.method == "POST" and not request.POST.get("do")


def sent(request: HttpRequest) -> dict[str, Any]:
    """The arguments of a form that takes what was sent."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "is_drafting": not is_saving(request)}


def how(request: HttpRequest, form: Any) -> dict[str, Any]:
    """Who saves, when, from which version and why."""
    expected = None if form.is_new else form.expected
    return {"by": request.user, "now": timezone.now(), "expected": expected, "why": form.reason}


def handle(
    request: HttpRequest,
    editing: Editing,
    page: FormPage,
    *,
    save: Callable[[], Any],
    done: Callable[[Any], str],
    tell: Callable[[Any], None] | None = None,
    again: Callable[[Any], Again] | None = None,
    part: Callable[[Any], HttpResponse | None] | None = None,
) -> HttpResponse:
    """Save what is valid and go on to `done`; else the form again, with what was typed and what to do about it.

    `tell` says what was done where that is more than that it was saved. With `again` one can save and go straight on to
    another of the same kind. `part` answers htmx with what the save has changed on the page, or None where that is more
    than it can tell.
    """
    if kept := kept_stored(request, asked_for(request) or page.back):
        return kept
    page = replace(page, has_again=again is not None and editing.form.is_new)
    if not is_saving(request) or not editing.is_valid():
        return ask(request, editing, page)
    is_new = editing.form.is_new
    if is_new and (made := made_by(request)):
        return _made_already(request, editing, page, made)
    try:
        saved = save()
    except StaleEdit as stale:
        conflict = editing.conflict(stale)
        if not conflict.is_none:
            return ask(request, editing, page, conflict=conflict)
        messages.success(request, _("Det samme var lagret allerede."))
        return HttpResponseRedirect(asked_for(request) or done(stale.current))
    except forms.ValidationError as refused:
        editing.form.add_error(None, refused)
        return ask(request, editing, page)
    if is_new:
        remember(request, asked_for(request) or done(saved), saved)
    return after_saving(request, saved, done=done, again=again, part=part, tell=tell, said=page.saved)


def _made_already(request: HttpRequest, editing: Editing, page: FormPage, made: Made) -> HttpResponse:
    """Lead to what the same form was saved as; where it may be meant for one more, that is asked about."""
    if made.is_same and made.is_sure and not made.is_gone:
        messages.info(request, _("Dette ble lagret forrige gang, og er ikke lagret på nytt. Her står det."))
        return HttpResponseRedirect(made.url)
    editing.form.add_error(None, made.question)
    return ask(request, editing, page, once=new_mark(is_one_more=True))


def after_saving(
    request: HttpRequest,
    saved: Any,
    *,
    done: Callable[[Any], str],
    again: Callable[[Any], Again] | None = None,
    part: Callable[[Any], HttpResponse | None] | None = None,
    tell: Callable[[Any], None] | None = None,
    said: str = "",
) -> HttpResponse:
    """Say that it is saved, in the words of `said` where there are any, and go on as `handle` does."""
    if tell:
        tell(saved)
    else:
        messages.success(request, said or _("Lagret."))
    goes_to = asked_for(request)
    if again and request.POST.get("again"):
        other = again(saved)
        in_place = done(saved).replace("#", f"&apne={other.opener}#", 1)
        return HttpResponseRedirect(in_place if request.htmx else with_query(other.url, next=goes_to))  # type: ignore[attr-defined]
    changed = part(saved) if part and request.htmx and not goes_to else None  # type: ignore[attr-defined]
    return changed or HttpResponseRedirect(goes_to or done(saved))


OPENER: Final = re.compile(r"[a-z_]+(?:-[\w-]+)?", re.ASCII)


def open_again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let the page press what `apne` in the address names, once it has come in."""
    opener = request.GET.get("apne", "")
    if OPENER.fullmatch(opener):
        response["HX-Trigger-After-Settle"] = json.dumps({"press": opener})
    return response
