"""Pages of a newer version of a toolkit: the two side by side, the choice, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.care.casework import actions, policies_toolkits, queries_toolkits, updates_view
from opora.care.casework.models import Toolkit, ToolkitUpdate, ToolkitVersion
from opora.care.casework.views.toolkits import found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused


def _own_or_404(actor: Actor, pk: int) -> Toolkit:
    kept = found_or_404(actor, pk)
    if not policies_toolkits.change_toolkits(actor, kept.service):
        raise Http404
    return kept


@door(roles=("service_manager",))
def update(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The service's own and the newer version, piece by piece; nothing changes before the choice."""
    actor = actor_of(request)
    kept = _own_or_404(actor, pk)
    found = queries_toolkits.update_waiting(kept)
    if found is None:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            return _answered(request, actor, found)
        except ActionRefused as refused:
            error = str(refused)
    view = updates_view.UpdateView(found, request.POST.dict())
    return render(request, "casework/toolkit_update.html", {"toolkit": kept, "view": view, "error": error})


def _answered(request: HttpRequest, actor: Actor, found: ToolkitUpdate) -> HttpResponseBase:
    if request.POST.get("do") == "drop":
        actions.drop_update(actor, found)
        messages.success(request, _("Новата версия е оставена настрана. Вашата не е променена."))
    else:
        seen = request.POST.get("seen", "")
        chosen = updates_view.chosen(request.POST.dict())
        made = actions.take_update(actor, found, chosen, seen=int(seen) if seen.isdigit() else 0)
        messages.success(request, _("Записана е версия %(n)s. По-старите остават.") % {"n": made.number})
    return redirect("casework_toolkit", found.toolkit_id)


@require_POST
@door(roles=("service_manager",))
def shipped(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Compare with the version that came with this release of Opora."""
    actor = actor_of(request)
    kept = _own_or_404(actor, pk)
    try:
        actions.offer_shipped(actor, kept)
    except KeyError:
        raise Http404 from None
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework_toolkit", pk)
    return redirect("casework_toolkit_update", pk)


@require_POST
@door(roles=("service_manager",))
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Go back to an older version; what came after it stays in the list."""
    actor = actor_of(request)
    kept = _own_or_404(actor, pk)
    try:
        made = actions.restore_version(actor, queries_toolkits.version_of(kept, number))
    except ToolkitVersion.DoesNotExist:
        raise Http404 from None
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        words = {"n": made.number, "old": number}
        messages.success(request, _("Записана е версия %(n)s, същата като версия %(old)s.") % words)
    return redirect("casework_toolkit", pk)
