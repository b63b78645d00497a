"""The outbox page and „Пречи ми“."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.messages import actions, policies, queries
from opora.foundation.messages.forms import AnswerForm, ObstacleForm
from opora.foundation.messages.models import Message
from opora.foundation.ui.paging import page_of

PER_PAGE = 50


@require_safe
@door()
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits, what was sent, what was taken back."""
    rows = queries.messages_for(actor_of(request))
    page = page_of(rows, request.GET.get("page"), PER_PAGE)
    facts = {"page": page, "total": page.paginator.count, "unknown": list(rows.unknown()[:PER_PAGE])}
    return render(request, "messages/outbox.html", facts)


@require_safe
@door()
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as it is read."""
    try:
        found = queries.message_of(actor_of(request), pk)
    except Message.DoesNotExist:
        raise Http404
    may = found.state == Message.UNKNOWN and policies.settle_unknown(actor_of(request), found)
    return render(request, "messages/message.html", {"message": found, "may_settle": may})


@require_POST
@door()
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody says whether a letter of which nobody knows was received."""
    actor, received = actor_of(request), request.POST.get("received") == "yes"
    try:
        actions.settle_unknown(actor, queries.message_of(actor, pk), received=received)
    except (Message.DoesNotExist, NotAllowed):
        raise Http404 from None
    except ActionRefused as refused:
        flash.error(request, str(refused))
    else:
        flash.success(request, _("Отбелязано е.") if received else _("Писмото ще тръгне отново."))
    return redirect("messages_message", pk)


@require_POST
@door()
def take_back(request: HttpRequest, batch: str) -> HttpResponse:
    """Undo what one click sent."""
    try:
        count = actions.take_back(actor_of(request), batch)
    except NotAllowed:
        raise Http404
    except ActionRefused as refused:
        flash.error(request, str(refused))
    else:
        text = ngettext("Оттеглено е %(n)s съобщение.", "Оттеглени са %(n)s съобщения.", count) % {"n": count}
        flash.success(request, text)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "messages_outbox"


@require_http_methods(["GET", "HEAD", "POST"])
@door(public=True)
def obstacle(request: HttpRequest) -> HttpResponse:
    """Say what gets in the way."""
    form = ObstacleForm(request.POST or None, initial={"page": request.GET.get("page", "")})
    if request.method == "POST" and form.is_valid():
        actions.say_obstacle(
            actor_of(request), page=form.cleaned_data["page"], text=form.cleaned_data["text"]
        )
        flash.success(request, _("Благодарим Ви. Записахме какво Ви пречи и ще отговорим на тази страница."))
        return redirect("messages_obstacles")
    return render(request, "messages/obstacle.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door(public=True)
def obstacles(request: HttpRequest) -> HttpResponse:
    """What people said and what was done."""
    actor, form = actor_of(request), AnswerForm(request.POST or None)
    if request.method == "POST":
        if not policies.answer_obstacles(actor):
            raise Http404
        if form.is_valid() and request.POST.get("id", "").isdigit():
            actions.answer_obstacle(actor, int(request.POST["id"]), answer=form.cleaned_data["answer"])
            return redirect("messages_obstacles")
    page = page_of(queries.obstacles(), request.GET.get("page"), PER_PAGE)
    facts = {"page": page, "form": form, "may_answer": policies.answer_obstacles(actor)}
    return render(request, "messages/obstacles.html", facts)
