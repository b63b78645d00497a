"""Pages of the family: genogram, ecomap, who is near, who is the same in another file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opora.care.casework import actions, policies, queries, queries_family, relatives
from opora.care.casework.family_view import FamilyView
from opora.care.casework.forms.family import AgencyForm, RelativeForm
from opora.care.casework.models import Agency, ClientFile, Relation
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash


@require_safe
@door(roles=ROLES)
def family(request: HttpRequest, code: str) -> HttpResponseBase:
    """The genogram and the ecomap, each with its people and places as a list."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "family"})
    return render(request, "casework/family.html", {"file": file, "view": FamilyView(actor, file)})


@door(roles=ROLES)
def relative(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponseBase:
    """Add somebody, or change what is known of them."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    found = _relation_or_404(file, pk)
    form = RelativeForm(queries.family_of(file), request.POST or None, relation=found)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _keep(actor, file, found, form)
        except Clash as clash:
            form.meet(clash, relatives.compared(form.said()))
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _after(request, actor, file, kept)
    context = {"file": file, "form": form, "relation": found, "known": _known(actor, file, found)}
    return render(request, "casework/relative.html", context)


def _keep(actor: Actor, file: ClientFile, found: Relation | None, form: RelativeForm) -> Relation:
    if found is None:
        return actions.add_relative(actor, file, form.said())
    return actions.change_relative(actor, found, form.said(), seen=form.seen_before)


def _after(request: HttpRequest, actor: Actor, file: ClientFile, kept: Relation) -> HttpResponseBase:
    """Back to the family; to the person again where somebody like them is known in another file."""
    messages.success(request, _("%(name)s е в семейната карта.") % {"name": kept.person.first_name})
    fresh = queries_family.relation_of(file, kept.pk)
    if _known(actor, file, fresh):
        return redirect("casework_relative", file.code, kept.pk)
    return redirect("casework_family", file.code)


def _known(actor: Actor, file: ClientFile, found: Relation | None) -> list[queries_family.Known]:
    """Where the same human being may stand, but for those already tied."""
    if found is None:
        return []
    tied = queries_family.linked_elsewhere(actor, file, [found.person]).get(found.person_id, [])
    done = {(one.person.pk, one.file.pk) for one in tied if one.visible}
    return [
        one
        for one in queries_family.known_elsewhere(actor, file, found.person)
        if (one.person.pk, one.file.pk) not in done
    ]


@require_POST
@door(roles=ROLES)
def relative_end(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """They are no longer near, from today."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    found = _relation_or_404(file, pk)
    assert found is not None
    actions.end_relative(actor, found, on=clock.today())
    messages.success(request, _("%(name)s вече е сред хората отпреди.") % {"name": found.person.first_name})
    return redirect("casework_family", file.code)


@require_POST
@door(roles=ROLES)
def relative_link(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The relative is the same human being as somebody in another file."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    found = _relation_or_404(file, pk)
    assert found is not None
    try:
        actions.link_relative(actor, found, int(request.POST.get("person", "0") or 0))
    except (ActionRefused, ValueError) as refused:
        messages.error(request, str(refused) if isinstance(refused, ActionRefused) else _("Изберете човек."))
    else:
        messages.success(request, _("Двете досиета вече знаят, че това е един човек."))
    return redirect("casework_family", file.code)


@door(roles=ROLES)
def agency(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponseBase:
    """Add a place around the person, or change what is known of it."""
    actor = actor_of(request)
    file = writable_or_404(actor, code)
    found = _agency_or_404(actor, file, pk)
    form = AgencyForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.set_agency(actor, file, form.said(), agency=found, seen=form.seen_before)
        except Clash as clash:
            form.meet(clash)
        else:
            messages.success(request, _("„%(name)s“ е на екокартата.") % {"name": kept.name})
            return redirect("casework_family", file.code)
    return render(request, "casework/agency.html", {"file": file, "form": form, "agency": found})


def writable_or_404(actor: Actor, code: str) -> ClientFile:
    """The file, for whoever may write in it now."""
    file = found_or_404(actor, code)
    if not policies.write_file(actor, file):
        raise Http404
    return file


def _relation_or_404(file: ClientFile, pk: int | None) -> Relation | None:
    if pk is None:
        return None
    try:
        return queries_family.relation_of(file, pk)
    except Relation.DoesNotExist:
        raise Http404 from None


def _agency_or_404(actor: Actor, file: ClientFile, pk: int | None) -> Agency | None:
    if pk is None:
        return None
    try:
        return queries_family.agency_of(actor, file, pk)
    except Agency.DoesNotExist:
        raise Http404 from None
