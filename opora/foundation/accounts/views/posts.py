"""The coordinators' posts: 56 in the country, two in each region."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from opora.foundation.accounts import actions, policies, queries
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.forms import AppointForm, ReasonForm
from opora.foundation.accounts.models import CoordinatorPost
from opora.foundation.accounts.policies import KEEPERS
from opora.foundation.core.errors import ActionRefused


@door()
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """All posts by region, filled and vacant; `?state=vacant` shows the regions with a vacant one."""
    actor = actor_of(request)
    found = list(queries.posts_for(actor))
    vacant = sum(1 for post in found if post.holder_id is None)
    only = request.GET.get("state") == "vacant"
    facts = {
        "regions": [row for row in _by_region(found) if not only or row["vacant"]],
        "only": only,
        "total": len(found),
        "filled": len(found) - vacant,
        "vacant": vacant,
        "may_keep": policies.keep_people(actor),
    }
    return render(request, "accounts/posts.html", facts)


@door()
@require_GET
def post(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One post: who holds it and who held it before."""
    actor = actor_of(request)
    found = queries.post_for(actor, code, number)
    held = found.tenures.select_related("user").order_by("-since", "-pk")
    facts = {"post": found, "tenures": held, "may_keep": policies.keep_people(actor)}
    return render(request, "accounts/post.html", facts)


@door(roles=KEEPERS)
def appoint(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Choose a person and give the reason."""
    actor = actor_of(request)
    found = queries.post_for(actor, code, number)
    form = AppointForm(request.POST or None, people=queries.people_for(actor).filter(is_active=True))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["person"]
        try:
            actions.appoint(actor, found, chosen, reason=form.cleaned_data["reason"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s е координатор.") % {"name": chosen.name})
            return redirect("accounts_post", code, number)
    return render(
        request, "accounts/appoint.html", {"form": form, "post": found}, status=422 if form.errors else 200
    )


@door(roles=KEEPERS)
def release(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give the reason; the post becomes vacant."""
    actor = actor_of(request)
    found = queries.post_for(actor, code, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.release(actor, found, reason=form.cleaned_data["reason"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Мястото е свободно."))
            return redirect("accounts_post", code, number)
    return render(
        request, "accounts/release.html", {"form": form, "post": found}, status=422 if form.errors else 200
    )


def _by_region(found: list[CoordinatorPost]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for one in found:
        row = rows.setdefault(one.region.code, {"region": one.region, "posts": [], "vacant": 0})
        row["posts"].append(one)
        row["vacant"] += one.holder_id is None
    return list(rows.values())
