"""People who work here: list, one person, invitation, roles, block."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.foundation.accounts import actions, policies, queries, scopes
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.forms import GrantForm, InviteForm, PeopleFilter, ReasonForm, RoleForm
from opora.foundation.accounts.fresh import fresh_sign_in
from opora.foundation.accounts.models import Grant, User
from opora.foundation.accounts.policies import KEEPERS, SEERS
from opora.foundation.accounts.roles import ROLES
from opora.foundation.audit.actions import record
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.ui.paging import page_of

PAGE = 50
FRESH_LINK = "opora_fresh_link"


@door(roles=SEERS)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody the actor sees, narrowed by name and role."""
    actor, form = actor_of(request), PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.people_for(actor, text=wanted.get("q", ""), role=wanted.get("role", ""))
    page = page_of(found, request.GET.get("page"), PAGE)
    held = queries.current_grants(list(page.object_list))
    places = scopes.words_of([grant.scope for grants in held.values() for grant in grants])
    rows = [{"person": one, "roles": [_said(g, places) for g in held[one.pk]]} for one in page.object_list]
    facts = {"form": form, "page": page, "rows": rows, "may_keep": policies.keep_people(actor)}
    return render(request, "accounts/people.html", facts)


@door(roles=SEERS)
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: roles held now and before, and what a keeper may do with it."""
    actor = actor_of(request)
    found = queries.person_for(actor, pk)
    grants = list(found.grants.order_by("-since", "-pk"))
    places, today = scopes.words_of([grant.scope for grant in grants]), clock.today()
    record(actor, "accounts.person_viewed", f"account:{found.pk}")
    facts = {
        "person": found,
        "now": [(grant, _said(grant, places)) for grant in grants if grant.counts(today)],
        "other": [(grant, _said(grant, places)) for grant in grants if not grant.counts(today)],
        "may_keep": policies.keep_people(actor),
        "invited": not found.has_usable_password(),
        "link": _fresh_link(request),
        "factor": queries.second_factor_of(found),
    }
    return render(request, "accounts/person.html", facts)


@door(roles=KEEPERS)
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and show its one-time link."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, link = actions.invite(actor_of(request), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error("email", str(refused))
        else:
            request.session[FRESH_LINK] = request.build_absolute_uri(link)
            messages.success(request, _("Профилът на %(name)s е създаден.") % {"name": made.name})
            return redirect("accounts_person", made.pk)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@door(roles=KEEPERS)
@require_POST
def renew_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time link for somebody who has not signed in yet."""
    return _do(request, pk, lambda found: _renewed(request, found))


@door(roles=KEEPERS)
@fresh_sign_in
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """First which role (a GET form), then where, from when, until when and why."""
    found = queries.person_for(actor_of(request), pk)
    role = request.GET.get("role", "")
    if role not in ROLES or role == "public":
        return render(request, "accounts/choose_role.html", {"form": RoleForm(), "person": found})
    form = GrantForm(request.POST or None, role=role)
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant_role(actor_of(request), found, role=role, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Ролята е дадена: %(role)s.") % {"role": ROLES[role]})
            return redirect("accounts_person", found.pk)
    facts = {"form": form, "person": found, "role": ROLES[role], "places": form.places}
    return render(request, "accounts/give_role.html", facts, status=422 if form.errors else 200)


@door(roles=KEEPERS)
def end_role(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    """Ask for the reason, then end the role."""
    found = queries.person_for(actor_of(request), pk)
    grant = next((one for one in found.grants.all() if one.pk == grant_pk), None)
    if grant is None:
        raise Http404
    said = _said(grant, scopes.words_of([grant.scope]))
    words = {
        "title": _("Прекратяване на роля"),
        "text": _("%(name)s вече няма да има тази роля от следващото си действие: %(role)s.")
        % {"name": found.name, "role": said},
        "button": _("Прекрати ролята"),
        "done": _("Ролята е прекратена: %(role)s.") % {"role": said},
    }
    return _ask_reason(
        request, found, words, lambda reason: actions.end_grant(actor_of(request), grant, reason=reason)
    )


@door(roles=KEEPERS)
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then end every session and close the account."""
    found = queries.person_for(actor_of(request), pk)
    words = {
        "title": _("Спиране на профил"),
        "text": _("%(name)s ще излезе веднага от всички устройства и няма да може да влиза.")
        % {"name": found.name},
        "button": _("Спри профила"),
        "done": _("Профилът на %(name)s е спрян.") % {"name": found.name},
    }
    return _ask_reason(
        request, found, words, lambda reason: actions.block(actor_of(request), found, reason=reason)
    )


@door(roles=KEEPERS)
def unblock(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then open the account again."""
    found = queries.person_for(actor_of(request), pk)
    words = {
        "title": _("Възстановяване на профил"),
        "text": _("%(name)s ще може отново да влиза с паролата си и с ролите си.") % {"name": found.name},
        "button": _("Възстанови профила"),
        "done": _("Профилът на %(name)s е възстановен.") % {"name": found.name},
    }
    return _ask_reason(
        request, found, words, lambda reason: actions.unblock(actor_of(request), found, reason=reason)
    )


@door(roles=KEEPERS)
@fresh_sign_in
def forget_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask on what ground (who was checked and how), then let the person set up a new factor."""
    found = queries.person_for(actor_of(request), pk)
    words = {
        "title": _("Изгубен втори фактор"),
        "text": _(
            "Уверете се, че говорите с %(name)s. При следващото влизане ще се настрои нов втори фактор."
        )
        % {"name": found.name},
        "button": _("Нулирай втория фактор"),
        "done": _("Вторият фактор на %(name)s е нулиран.") % {"name": found.name},
    }

    def act(reason: str) -> None:
        actions.forget_second_factor(actor_of(request), found, reason=reason)

    return _ask_reason(request, found, words, act)


def _ask_reason(
    request: HttpRequest, found: User, words: dict[str, str], act: Callable[[str], None]
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, words["done"])
            return redirect("accounts_person", found.pk)
    facts = {"form": form, "person": found, "words": words}
    return render(request, "accounts/reason.html", facts, status=422 if form.errors else 200)


def _do(request: HttpRequest, pk: int, act: Callable[[User], None]) -> HttpResponse:
    found = queries.person_for(actor_of(request), pk)
    try:
        act(found)
    except ActionRefused as refused:
        messages.warning(request, str(refused))
    return redirect("accounts_person", found.pk)


def _renewed(request: HttpRequest, found: User) -> None:
    request.session[FRESH_LINK] = request.build_absolute_uri(
        actions.renew_invitation(actor_of(request), found)
    )


def _fresh_link(request: HttpRequest) -> str:
    """The link just made, shown once."""
    return str(request.session.pop(FRESH_LINK, ""))


def _said(grant: Grant, places: dict[str, str]) -> str:
    return f"{ROLES[grant.role]}, {places[grant.scope]}"
