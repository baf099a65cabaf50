"""The administration's first page, what a role gives, and the first start."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from config.lib import clock
from organisation.administration.access import administered_ids, administers, crumbs, user_of
from organisation.first_run import NotEmpty, create_first_administrator, is_empty, steps
from organisation.forms import FirstRunForm
from organisation.models import Function, UnitGroup
from organisation.people import PERMISSION_WORDS, administered_by
from organisation.permissions import PERMISSIONS, Role
from organisation.words import count_functions, count_groups, count_people, count_units


@administers
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """Show the way to each part, with how many there are."""
    reach, today = administered_ids(request), clock.today()
    people = administered_by(user_of(request), today=today).filter(is_active=True).count()
    groups = UnitGroup.objects.filter(owner__in=reach).count()
    places = [
        (
            _("Personer"),
            reverse("admin_people"),
            count_people(people),
            _("Hvem som har konto, og hvilke roller de har."),
        ),
        (
            _("Enheter"),
            reverse("admin_units"),
            count_units(len(reach)),
            _("Hvem som hører under hvem, fra når til når."),
        ),
        (_("Grupper"), reverse("admin_groups"), count_groups(groups), _("Enheter som kan få ansvar sammen.")),
        (
            _("Funksjoner"),
            reverse("admin_functions"),
            count_functions(Function.objects.count()),
            _("Hva noen er ved en enhet, og hvem det er nå."),
        ),
        (
            _("Fra fil"),
            reverse("admin_sync"),
            "",
            _("Enheter, grupper, funksjoner og personer inn og ut som CSV eller Excel."),
        ),
        (
            _("Påminnelser"),
            reverse("admin_reminders"),
            "",
            _("Hva som er sendt på e-post og hvordan det gikk, og hva noen ville fått."),
        ),
        (_("Roller"), reverse("admin_roles"), "", _("Hva hver rolle gir lov til.")),
        (
            _("Hvem får gjøre hva"),
            reverse("admin_allowed"),
            "",
            _("Hvem som kan lese, skrive, vedta og rapportere i ett dokument eller årshjul, og hvorfor."),
        ),
    ]
    left = [step for step in steps() if not step.is_done]
    return render(request, "administration/index.html", {"places": places, "left": left})


@administers
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Show the table from role to permission in plain words."""
    table = [
        (words, [(role.label, permission in PERMISSIONS[role]) for role in Role])
        for permission, words in PERMISSION_WORDS.items()
    ]
    context = {"roles": [role.label for role in Role], "table": table, "crumbs": crumbs((_("Roller"), ""))}
    return render(request, "administration/roles.html", context)


@administers
@require_safe
def first_steps(request: HttpRequest) -> HttpResponse:
    """Show what a new installation still needs."""
    todo = steps()
    context = {
        "steps": todo,
        "done": sum(step.is_done for step in todo),
        "next": next((step for step in todo if not step.is_done), None),
        "crumbs": crumbs((_("Kom i gang"), "")),
    }
    return render(request, "administration/first_steps.html", context)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "code")
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the first administrator and the institution. Only while nobody has an account."""
    if not is_empty():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = {name: value for name, value in form.cleaned_data.items() if name != "code"}
        try:
            user = create_first_administrator(**asked, language=get_language() or "nb", today=clock.today())
        except NotEmpty:
            return redirect("account_login")
        login(request, user)
        return redirect("first_steps")
    return render(request, "administration/first_run.html", {"form": form})
