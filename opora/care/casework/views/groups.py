"""Pages of groups: the list, one group with its figures, who is in it, a session with everybody on one screen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from opora.care.casework import actions, group_view, policies_groups, queries_groups
from opora.care.casework.forms import groups as forms
from opora.care.casework.models import Group, GroupSession
from opora.care.casework.views.files import ROLES
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused


def group_or_404(actor: Actor, code: str, *, write: bool = False) -> Group:
    """The group, if it exists for this actor."""
    try:
        found = queries_groups.group_for(actor, code)
    except Group.DoesNotExist:
        raise Http404 from None
    if write and not policies_groups.write_group(actor, found):
        raise Http404
    return found


@require_safe
@door(roles=ROLES)
def groups(request: HttpRequest) -> HttpResponse:
    """Groups of the actor."""
    actor = actor_of(request)
    context = {
        "groups": list(queries_groups.listed(actor)),
        "may_make": bool(queries_groups.services_with_groups(actor)),
    }
    return render(request, "casework/groups.html", context)


@door(roles=ROLES)
def new_group(request: HttpRequest) -> HttpResponseBase:
    """Make a group."""
    actor = actor_of(request)
    services = queries_groups.services_with_groups(actor)
    leads = {one.pk: one for service in services for one in queries_groups.leaders_for(actor, service)}
    start = {"began_on": clock.today(), "lead": str(actor.user_id)}
    form = forms.GroupForm(services, list(leads.values()), request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        service, lead = form.services[said.pop("service")], form.leads[said.pop("lead")]
        try:
            made = actions.make_group(actor, service, lead=lead, **said)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Групата е готова. Добавете хората в нея."))
            return redirect("casework_group_members", made.code)
    return render(request, "casework/group_new.html", {"form": form})


@require_safe
@door(roles=ROLES)
def group(request: HttpRequest, code: str) -> HttpResponse:
    """One group: who comes how often, its sessions."""
    actor = actor_of(request)
    found = group_or_404(actor, code)
    _read(actor, found)
    return render(
        request, "casework/group.html", {"group": found, "view": group_view.GroupView(actor, found)}
    )


@door(roles=ROLES)
def members(request: HttpRequest, code: str) -> HttpResponseBase:
    """Bring people in from the files of the service."""
    actor = actor_of(request)
    found = group_or_404(actor, code, write=True)
    files = queries_groups.may_join(actor, found)
    form = forms.MembersForm(files, request.POST or None, initial={"since": clock.today()})
    if request.method == "POST" and form.is_valid():
        count = actions.bring_in(actor, found, form.chosen(), since=form.cleaned_data["since"])
        words = ngettext("Добавен е %(n)s човек.", "Добавени са %(n)s души.", count)
        messages.success(request, words % {"n": count})
        return redirect("casework_group", code)
    _read(actor, found)
    inside = queries_groups.members_on(found, clock.today())
    context = {"group": found, "form": form, "files": files, "inside": inside}
    return render(request, "casework/group_members.html", context)


@require_POST
@door(roles=ROLES)
def leave(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Somebody leaves the group."""
    actor = actor_of(request)
    found = group_or_404(actor, code, write=True)
    member = next((one for one in queries_groups.members_on(found, clock.today()) if one.pk == pk), None)
    if member is None:
        raise Http404
    actions.let_go(actor, member)
    messages.success(request, _("%(name)s вече не е в групата.") % {"name": member.file.person.name})
    return redirect("casework_group_members", code)


@door(roles=ROLES)
def session(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write a session: everybody on one screen, those who came marked already."""
    actor = actor_of(request)
    found = group_or_404(actor, code, write=True)
    data = request.POST or None
    form = forms.SessionForm(data) if data else forms.SessionForm.fresh()
    day = form.cleaned_data.get("on", clock.today()) if data and form.is_valid() else clock.today()
    marks = _marks(actor, found, day, data)
    if data and form.is_valid() and all(one.is_valid() for one in marks):
        given = {one.member.file_id: one.mark() for one in marks}
        try:
            made = actions.write_session(actor, found, marks=given, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Присъствието е записано в хронологията на всеки."))
            return redirect("casework_group_held", code, made.pk)
    _read(actor, found)
    return render(request, "casework/group_session.html", {"group": found, "form": form, "marks": marks})


def _marks(actor: Actor, found: Group, day: Any, data: Any) -> list[forms.MarkForm]:
    people = queries_groups.members_on(found, day)
    goals = queries_groups.goals_of(actor, [one.file for one in people])
    return [forms.MarkForm(one, goals.get(one.file_id, []), data) for one in people]


@require_safe
@door(roles=ROLES)
def held(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A session as it was written."""
    actor = actor_of(request)
    found = group_or_404(actor, code)
    try:
        one = queries_groups.session_for(actor, found, pk)
    except GroupSession.DoesNotExist:
        raise Http404 from None
    _read(actor, found)
    return render(request, "casework/group_held.html", {"group": found, "session": one})


def _read(actor: Actor, found: Group) -> None:
    audit.record(actor, "case.group_read", found.code, chain=f"svc:{found.service.code}")
