"""Pages of the code lists: types of services and target groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import Clash
from opora.register import code_lists, policies, queries
from opora.register.list_forms import GroupForm, TypeForm
from opora.register.models import ServiceType, TargetGroup


@door("service_register", "R")
def types(request: HttpRequest) -> HttpResponseBase:
    """Every type with its facts and how many services have it."""
    context = {"types": queries.types_with_counts(), "may_edit": policies.edit_lists(actor_of(request))}
    return render(request, "register/types.html", context)


@door("service_register", "R")
def groups(request: HttpRequest) -> HttpResponseBase:
    """Every target group with its ground in law."""
    context = {"groups": queries.groups_with_counts(), "may_edit": policies.edit_lists(actor_of(request))}
    return render(request, "register/groups.html", context)


@door("service_register", "W")
def edit_type(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """Change a type, or add one."""
    new = ServiceType(active=True, order=len(queries.types()) + 1)
    item = next((kind for kind in queries.types() if kind.code == code), None) if code else new
    return _edit(request, item, TypeForm, "register_types")


@door("service_register", "W")
def edit_group(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """Change a target group, or add one."""
    new = TargetGroup(active=True, order=len(queries.target_groups()) + 1, legal_ref="ЗСУ чл. 14, ал. 2")
    item = next((group for group in queries.target_groups() if group.code == code), None) if code else new
    return _edit(request, item, GroupForm, "register_groups")


def _edit(request: HttpRequest, item: Any, form_class: Any, back: str) -> HttpResponseBase:
    actor = actor_of(request)
    if not policies.edit_lists(actor) or item is None:
        raise Http404
    initial = {name: getattr(item, name) for name in form_class.base_fields if name != "seen"}
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        save = code_lists.save_type if back == "register_types" else code_lists.save_target_group
        try:
            save(actor, item, form.said(), seen=form.seen_before)
        except Clash as clash:
            form.meet(clash)
        except IntegrityError:
            form.add_error("code", _("Този код е зает. Изберете друг."))
        else:
            messages.success(request, _("Записано е: %(name)s.") % {"name": item.name})
            return redirect(back)
    return render(request, "register/code_list_edit.html", {"form": form, "item": item, "back": back})
