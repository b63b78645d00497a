"""A copy of everything for the person: who asks, what becomes of each attachment, then the archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.care.casework import actions, copies_view, queries_copies
from opora.care.casework.forms.copies import ChoiceForm
from opora.care.casework.forms.protection import CopyForm
from opora.care.casework.models import ClientFile, CopyAsked
from opora.care.casework.views.keeping import kept_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.views import as_download


@door(roles=("service_manager",))
@fresh_second_factor
def copy(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who asks for a copy and how they were known; requests that wait for decisions."""
    actor = actor_of(request)
    file = kept_or_404(actor, code)
    form = CopyForm(request.POST or None, initial={"asked_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_for_copy(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("casework_copy_parts", code, asked.pk)
    context = {"file": file, "form": form, "waiting": queries_copies.waiting_copies(file)}
    return render(request, "casework/copy.html", context)


@door(roles=("service_manager",))
@fresh_second_factor
def parts(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Each attachment with its three ways; nothing goes out undecided."""
    actor = actor_of(request)
    file = kept_or_404(actor, code)
    asked = _asked_or_404(actor, file, pk)
    if request.POST.get("do") == "give":
        return _given(request, actor, asked)
    forms = _forms(request, asked)
    if request.method == "POST" and _valid(forms) and _decided(actor, asked, forms):
        messages.success(request, _("Решенията са записани."))
        return redirect("casework_copy_parts", code, pk)
    audit.record(
        actor, "case.read", code, chain=f"svc:{file.service.code}", details={"part": "copy", "request": pk}
    )
    view = copies_view.CopyView(asked, forms)
    return render(request, "casework/copy_parts.html", {"file": file, "asked": asked, "view": view})


def _asked_or_404(actor: Actor, file: ClientFile, pk: int) -> CopyAsked:
    try:
        return queries_copies.waiting_copy(actor, file, pk)
    except CopyAsked.DoesNotExist:
        raise Http404 from None


def _forms(request: HttpRequest, asked: CopyAsked) -> list[ChoiceForm]:
    grounds = queries_copies.known_grounds()
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return [
        ChoiceForm(line, grounds, *sent, initial=copies_view.offered(asked, line))
        for line in queries_copies.lines_of(asked)
    ]


def _valid(forms: list[ChoiceForm]) -> bool:
    """Whether all are; each is asked, so that each shows what is wrong with it."""
    return not [form for form in forms if not form.is_valid()]


def _decided(actor: Actor, asked: CopyAsked, forms: list[ChoiceForm]) -> bool:
    """Keep each decision that was made; a refusal stands at its attachment, the others stay."""
    for form in forms:
        if not form.cleaned_data["choice"]:
            continue
        try:
            actions.decide_attachment(actor, asked, form.line.attachment.pk, **form.said())
        except ActionRefused as refused:
            form.add_error(
                {"kept": "ground", "blackened": "blackened"}.get(form.cleaned_data["choice"]), str(refused)
            )
    return not any(form.errors for form in forms)


def _given(request: HttpRequest, actor: Actor, asked: CopyAsked) -> HttpResponseBase:
    try:
        given = actions.give_copy(actor, asked)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework_copy_parts", asked.file.code, asked.pk)
    return as_download(given.content, given.name, given.media_type)
