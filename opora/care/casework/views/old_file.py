"""The page of a file that went to another service, for the head of the one it left."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.care.casework import actions, old_file_view, queries_old_file
from opora.care.casework.forms.old_file import ArchiveForm
from opora.care.casework.models import ClientFile
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.accounts.fresh import fresh_second_factor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import ActionRefused


@door(roles=("service_manager",))
@fresh_second_factor
def old_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """Where the file went, who read the old one since, and why one wants to read it now."""
    actor = actor_of(request)
    try:
        file = queries_old_file.archived_for(actor, code)
    except ClientFile.DoesNotExist:
        raise Http404 from None
    form = ArchiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_old_file(actor, file, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                _("Старото досие е отворено за четене. Услугата, която води досието сега, е уведомена."),
            )
            return redirect("casework_sealed" if made.file.sealed else "casework_file", code)
    audit.record(actor, "case.listed", code, chain=f"svc:{file.service.code}", details={"archived": True})
    view = old_file_view.ArchiveView(actor, file)
    return render(request, "casework/old_file.html", {"file": file, "form": form, "view": view})
