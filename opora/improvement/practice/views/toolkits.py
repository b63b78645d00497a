"""Sharing a toolkit with a practice, and taking it over."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.improvement.practice import actions, policies, queries_toolkits
from opora.improvement.practice.forms.cards import ShareForm
from opora.improvement.practice.views.library import found_or_404
from opora.improvement.practice.views.transfers import GET_POST
from opora.improvement.practice.views.transfers import found_or_404 as adaptation_or_404


@require_http_methods(GET_POST)
@door(roles=("service_manager",))
def share(request: HttpRequest, code: str) -> HttpResponseBase:
    """Which toolkits go with the practice."""
    actor = actor_of(request)
    card = found_or_404(actor, code)
    if not policies.share_toolkit(actor, card):
        raise Http404
    shared = queries_toolkits.shared(card)
    form = ShareForm(
        queries_toolkits.to_share(actor, card), request.POST if request.POST.get("do") == "share" else None
    )
    if request.POST.get("do") == "stop":
        tool = next((one for one in shared if str(one.pk) == request.POST.get("row")), None)
        if tool is None:
            raise Http404
        actions.stop_sharing(actor, tool)
        messages.success(request, _("Инструментариумът вече не се споделя. Който го е взел, го запазва."))
        return redirect("practice_share", card.code)
    if form.is_bound and form.is_valid():
        toolkit = form.toolkits[form.cleaned_data["toolkit"]]
        actions.share_toolkit(actor, card, toolkit, text=form.cleaned_data["text"])
        messages.success(
            request, _("Инструментариумът е споделен. Вземат го услугите, с които сте се съгласили.")
        )
        return redirect("practice_share", card.code)
    context = {"card": card, "form": form, "shared": shared}
    return render(request, "practice/share.html", context, status=422 if form.errors else 200)


@require_POST
@door(roles=("service_manager",))
def take(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Into the toolkits of the adapting service."""
    actor = actor_of(request)
    found = adaptation_or_404(actor, code)
    tool = queries_toolkits.tool_to_take(found, pk)
    if tool is None or not policies.take_toolkit(actor, found):
        raise Http404
    try:
        made = actions.take_toolkit(actor, found, tool)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("practice_adaptation", found.code)
    messages.success(
        request, _("Инструментариумът „%(title)s“ е при Вас. Може да го променяте.") % {"title": made.title}
    )
    return redirect("casework_toolkit", made.pk)
