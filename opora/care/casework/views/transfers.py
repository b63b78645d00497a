"""Pages of a transfer: the offer, and the answer of the receiving head."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.care.casework import (
    actions,
    ending_view,
    forms,
    policies_ending,
    presenters,
    queries_ending,
    queries_trust,
)
from opora.care.casework.models import ClientFile, Transfer
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused
from opora.register.models import Service


@door(roles=("service_manager",))
def transfer(request: HttpRequest, code: str) -> HttpResponseBase:
    """Offer the file to another service, whole unless a reason is given; what was offered before and what came of it."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    found = queries_ending.transfers_of(file)
    waiting = next((one for one in found if one.answered_at is None), None)
    may = policies_ending.transfer_file(actor, file)
    if not (may or found):
        raise Http404
    asked = request.GET.get("service", "").strip()
    # Nobody is proposed before somebody is looked for: the file of a child must not go to whoever came first.
    looked = bool(asked) or request.method == "POST"
    services = (
        queries_ending.services_named(asked, besides=file.service)
        if may and waiting is None and looked
        else []
    )
    sent = request.POST if request.POST.get("do") == "offer" else None
    form = forms.OfferForm(services, sent, initial=_offered(services))
    if request.method == "POST" and (answer := _done(request, actor, file, waiting, form)):
        return answer
    audit.record(
        actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "transfer"}
    )
    context = {
        "file": file, "form": form, "asked": asked, "may": may, "waiting": waiting, "services": services,
        "lines": [ending_view.TransferLine(one) for one in found],
    }  # fmt: skip
    return render(request, "casework/transfer.html", context)


def _offered(services: list[Service]) -> dict[str, object]:
    return {
        "parts": list(Transfer.WHOLE),
        "to": services[0].code if len(services) == 1 else None,
    }


def _done(
    request: HttpRequest, actor: Actor, file: ClientFile, waiting: Transfer | None, form: forms.OfferForm
) -> HttpResponseBase | None:
    if form.is_bound and not form.is_valid():
        return None
    try:
        if form.is_bound:
            said = dict(form.cleaned_data)
            to = form.services[said["to"]]
            del said["to"]
            actions.offer_file(actor, file, to, **said)
            words = _("Досието е предложено на %(service)s.")
            if file.sealed:
                words = _("Помолете друг човек от екипа да потвърди. Дотогава %(service)s не научава нищо.")
            messages.success(request, words % {"service": to.name})
        elif request.POST.get("do") == "take_back" and waiting is not None:
            actions.take_back_transfer(actor, waiting)
            messages.success(request, _("Молбата е оттеглена. Досието остава при Вас."))
    except ActionRefused as refused:
        if form.is_bound:
            form.add_error(None, str(refused))
            return None
        messages.error(request, str(refused))
    return redirect("casework_transfer", file.code)


@door(roles=ROLES)
@require_POST
@fresh_second_factor
def confirm(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The second person lets a sealed file be offered, or says no."""
    actor = actor_of(request)
    try:
        file = queries_trust.sealed_file_for(actor, code)
    except ClientFile.DoesNotExist:
        raise Http404 from None
    offered = queries_ending.transfer_to_confirm(actor, file)
    if offered is None or offered.pk != pk:
        raise Http404
    yes = request.POST.get("do") == "confirm"
    actions.confirm_transfer(actor, offered, confirm=yes)
    words = (
        _("Предложението е потвърдено и отива при %(service)s.")
        if yes
        else _("Досието не се предлага на %(service)s.")
    )
    messages.success(request, words % {"service": offered.to.name})
    return redirect("casework_sealed", code)


@door(roles=("service_manager",))
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The receiving head reads who is offered and why, and accepts or refuses; the file itself opens when accepted."""
    actor = actor_of(request)
    try:
        offered = queries_ending.transfer_to_answer(actor, pk)
    except Transfer.DoesNotExist:
        raise Http404 from None
    form = forms.ReceiveForm(queries_ending.workers_to_lead(actor, offered), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _answered(request, actor, offered, form)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    chain = f"svc:{offered.file.service.code}"
    audit.record(actor, "case.transfer_read", offered.file.code, chain=chain)
    context = {
        "offered": offered, "form": form, "age": presenters.age(offered.file),
        "parts": ending_view.parts_in_words(offered), "left": ending_view.left_in_words(offered),
    }  # fmt: skip
    return render(request, "casework/transfer_answer.html", context)


def _answered(
    request: HttpRequest, actor: Actor, offered: Transfer, form: forms.ReceiveForm
) -> HttpResponseBase:
    said = form.cleaned_data
    if request.POST.get("do") == "accept":
        made = actions.accept_transfer(actor, offered, lead=form.workers.get(said["lead"]))
        messages.success(request, _("Приехте досието. При Вас номерът му е %(code)s.") % {"code": made.code})
        return redirect("casework_sealed" if made.sealed else "casework_file", made.code)
    actions.refuse_transfer(actor, offered, why=said["why"])
    messages.success(request, _("Отговорът е изпратен. Досието остава при другата услуга."))
    return redirect("casework_files")
