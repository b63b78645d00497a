"""Pages that write a service: description, figures, staff, closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import ActionRefused, Clash
from opora.register import actions, code_lists, policies, presenters, queries, staff
from opora.register.forms import CloseForm, FiguresForm, PostFormSet, ServiceForm
from opora.register.models import Organisation, Service
from opora.register.views import found_or_404

_SAME = (
    *("code", "name", "type", "municipality", "settlement", "address", "target_groups"),
    *("delegated_since", "opened_on", "closed_on", "head", "phone", "email"),
)


def kept_or_404(actor: Actor, code: str) -> Service:
    """A service the actor keeps; one they may only read has no such page."""
    service = found_or_404(actor, code)
    if not policies.edit_service(actor, service):
        raise Http404
    return service


@door("service_register", "W")
def new_service(request: HttpRequest) -> HttpResponseBase:
    """Add a service."""
    actor = actor_of(request)
    if not policies.register_anywhere(actor):
        raise Http404
    form = ServiceForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            service = _register(actor, form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Вписана е услугата %(name)s. Запишете и местата ѝ.") % {"name": service.name}
            )
            return redirect("register_figures", service.code)
    return render(request, "register/edit.html", {"form": form, "service": None})


def _register(actor: Actor, said: Mapping[str, Any]) -> Service:
    facts = _facts(actor, said)
    groups = facts.pop("target_groups")
    return actions.register_service(actor, groups=groups, **facts)


def _facts(actor: Actor, said: Mapping[str, Any]) -> dict[str, Any]:
    provider = said["organisation"]
    if provider is None:
        name, eik = said["new_organisation"], said["new_eik"]
        provider = code_lists.save_organisation(actor, Organisation(), name=name, eik=eik)
    facts = {name: said[name] for name in _SAME}
    facts["complex"] = actions.named_complex(provider, said["complex"])
    facts["management"] = actions.named_management(provider, said["management"])
    return facts | {"organisation": provider, "target_groups": list(said["target_groups"])}


@door("service_register", "W")
def edit_service(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change a service's description; somebody else's newer work is shown, not overwritten."""
    actor = actor_of(request)
    service = kept_or_404(actor, code)
    form = ServiceForm(actor, request.POST or None, service=service, initial=presenters.form_values(service))
    if request.method == "POST" and form.is_valid():
        said = _facts(actor, form.cleaned_data)
        try:
            saved = actions.change_service(actor, service, said, seen=form.seen_before)
        except Clash as clash:
            form.meet(clash, said)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Записани са промените в %(name)s.") % {"name": saved.name})
            return redirect("register_service", saved.code)
    return render(request, "register/edit.html", {"form": form, "service": service})


@door("service_register", "W")
def record_figures(request: HttpRequest, code: str) -> HttpResponseBase:
    """Write down places, people and waiting on a day."""
    actor = actor_of(request)
    service = kept_or_404(actor, code)
    initial = {kind: getattr(service, kind) for kind in Service.FIGURES}
    initial |= {"as_of": f"{clock.today():%d.%m.%Y}"}
    form = FiguresForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        figures = {kind: said[kind] for kind in Service.FIGURES if _told(said, initial, kind)}
        try:
            actions.record_figures(
                actor, service, figures, as_of=said["as_of"], source=said["source"], seen=form.seen_before
            )
        except Clash as clash:
            form.meet(clash)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Записани са числата на %(name)s.") % {"name": service.name})
            return redirect("register_service", service.code)
    return render(request, "register/figures.html", {"form": form, "service": service})


def _told(said: Mapping[str, Any], before: Mapping[str, Any], kind: str) -> bool:
    """A number that was typed, also the same one; an empty box counts where a number is taken away."""
    return said[kind] is not None or before[kind] is not None


@door("service_register", "W")
def edit_staff(request: HttpRequest, code: str) -> HttpResponseBase:
    """The staff list by profession."""
    actor = actor_of(request)
    service = kept_or_404(actor, code)
    now, told = queries.staff(service), ""
    seen = request.POST.get("seen", shown.marks(staff.staff_now(service)))
    formset = _post_forms(now, request.POST or None)
    if request.method == "POST" and formset.is_valid():
        rows = presenters.staff_of(formset)
        try:
            actions.set_posts(actor, service, rows, seen=seen)
        except Clash as clash:
            stands = staff.staff_now(service)
            again, both = staff.after_clash(rows, stands, seen)
            told = presenters.staff_clash(str(clash), both, stands)
            formset, seen = _post_forms(again), shown.marks(stands)
        else:
            messages.success(request, _("Записан е щатът на %(name)s.") % {"name": service.name})
            return redirect("register_service", service.code)
    context = {"formset": formset, "service": service, "seen": seen, "told": told}
    return render(request, "register/staff.html", context)


def _post_forms(rows: Sequence[Any], data: Any = None) -> Any:
    first = [{"profession": one.profession, "posts": one.posts, "filled": one.filled} for one in rows]
    return PostFormSet(data, initial=first, prefix="posts")


@door("service_register", "W")
def close_service(request: HttpRequest, code: str) -> HttpResponseBase:
    """The last day of work, after a question."""
    actor = actor_of(request)
    service = kept_or_404(actor, code)
    initial = {"on": f"{clock.today():%d.%m.%Y}", "version": service.version}
    form = CloseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.close_service(actor, service, on=said["on"], version=said["version"])
        except ActionRefused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("Отбелязано е закриването на %(name)s.") % {"name": service.name})
            return redirect("register_service", service.code)
    return render(request, "register/close.html", {"form": form, "service": service})
