"""The page of a file that went to another service, for the head of the one it left, and for who confirms a sealed one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.care.casework import actions, old_file_view, policies, queries_old_file
from opora.care.casework.forms.old_file import ArchiveForm
from opora.care.casework.models import ArchiveOpening, ClientFile
from opora.care.casework.views.files import ROLES
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused


@door(roles=ROLES)
@fresh_second_factor
def old_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where the file went, who read the old one since, and why one wants to read it now."""
    actor = actor_of(request)
    file = _cover_or_404(actor, code)
    form, may_open = ArchiveForm(request.POST or None), policies.open_old_file(actor, file)
    if request.method == "POST" and not may_open:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_old_file(
                actor, file, **form.cleaned_data, address=request.build_absolute_uri("/").rstrip("/")
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _said(made))
            return redirect("casework_file" if made.opened_at else "casework_old_file", code)
    audit.record(actor, "case.listed", code, chain=f"svc:{file.service.code}", details={"archived": True})
    view = old_file_view.ArchiveView(actor, file)
    context = {"file": file, "form": form, "view": view, "may_open": may_open}
    return render(request, "casework/old_file.html", context)


@door(roles=ROLES)
@require_POST
@fresh_second_factor
def answer(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The second person confirms or refuses."""
    actor = actor_of(request)
    file = _cover_or_404(actor, code)
    opening = next((one for one in queries_old_file.waiting_for(file) if one.pk == pk), None)
    if opening is None or not policies.confirm_old_file(actor, file, opening.user_id):
        raise Http404
    confirm = request.POST.get("do") == "confirm"
    try:
        actions.answer_old_file(actor, opening, confirm=confirm)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        words = _("Досието е отворено за %(name)s.") if confirm else _("Искането на %(name)s е върнато.")
        messages.success(request, words % {"name": opening.by})
    return redirect("casework_files")


def _said(made: ArchiveOpening) -> str:
    if made.opened_at is None:
        return _("Искането е записано. Отваря се, когато друг човек го потвърди.")
    return _("Старото досие е отворено за четене. Услугата, която води досието сега, е уведомена.")


def _cover_or_404(actor: Actor, code: str) -> ClientFile:
    for reader in (queries_old_file.archived_for, queries_old_file.asked_of):
        try:
            return reader(actor, code)
        except ClientFile.DoesNotExist:
            continue
    raise Http404
