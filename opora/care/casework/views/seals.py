"""Pages of sealing a file and of opening a sealed one by two persons."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.care.casework import actions, policies, queries_ending, queries_trust, trust_view
from opora.care.casework.forms.trust import SealForm, WhyForm
from opora.care.casework.models import ClientFile
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused


@door(roles=("service_manager",))
def seal(request: HttpRequest, code: str) -> HttpResponseBase:
    """The head seals a file, or takes the seal off while it is open to them."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if not policies.seal_file(actor, file):
        raise Http404
    form = (WhyForm if file.sealed else SealForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        do = actions.take_seal_off if file.sealed else actions.seal_file
        try:
            do(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = _("Печатът на %(code)s е махнат.") if file.sealed else _("Досие %(code)s е запечатано.")
            messages.success(request, words % {"code": code})
            return redirect("casework_file", code)
    return render(request, "casework/seal.html", {"file": file, "form": form})


@door(roles=ROLES)
@fresh_second_factor
def sealed(request: HttpRequest, code: str) -> HttpResponseBase:
    """A sealed file from outside: why it is sealed, who asks to open it, and the request of one's own."""
    actor = actor_of(request)
    file = _sealed_or_404(actor, code)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_unseal(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Искането е записано. Помолете друг човек от екипа да го потвърди."))
            return redirect("casework_sealed", code)
    audit.record(actor, "case.listed", code, chain=f"svc:{file.service.code}", details={"sealed": True})
    view = trust_view.SealedView(actor, file, queries_trust.unsealing_of(file))
    context = {
        "file": file,
        "form": form,
        "view": view,
        "offer": queries_ending.transfer_to_confirm(actor, file),
    }
    return render(request, "casework/sealed.html", context)


@door(roles=ROLES)
@require_POST
@fresh_second_factor
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The second person confirms or refuses."""
    actor = actor_of(request)
    file = _sealed_or_404(actor, code)
    opening = next((one for one in queries_trust.unsealing_of(file) if one.pk == pk), None)
    if opening is None:
        raise Http404
    confirm = request.POST.get("do") == "confirm"
    try:
        actions.answer_unsealing(actor, opening, confirm=confirm)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        words = _("Досието е отворено за %(name)s.") if confirm else _("Искането на %(name)s е върнато.")
        messages.success(request, words % {"name": opening.by})
    return redirect("casework_sealed", code)


def _sealed_or_404(actor: Actor, code: str) -> ClientFile:
    try:
        return queries_trust.sealed_file_for(actor, code)
    except ClientFile.DoesNotExist:
        raise Http404 from None
