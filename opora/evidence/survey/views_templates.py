"""Pages of templates: list and upload, one version with its preview, publish, download."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.evidence.survey import actions, forms, policies, queries, sheets, templates_shown
from opora.evidence.survey.actions.templates import FaultyTemplate
from opora.evidence.survey.models import TemplateVersion
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

READ_OR_SEND = ["GET", "HEAD", "POST"]


def found(request: HttpRequest, form_id: str, version: str) -> TemplateVersion:
    """The version, or 404."""
    one = queries.template_version(actor_of(request), form_id, version)
    if one is None:
        raise Http404
    return one


@require_http_methods(READ_OR_SEND)
@door(policies.AREA, "R")
def templates(request: HttpRequest) -> HttpResponse:
    """All templates with their versions; upload of a new one."""
    actor = actor_of(request)
    makes = policies.edit_templates(actor)
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    problems: tuple[object, ...] = ()
    if request.method == "POST" and makes and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = actions.upload_version(actor, upload.read(), file_name=upload.name)
            return redirect("survey_template", made.template.form_id, made.version)
        except FaultyTemplate as faulty:
            form.add_error("file", str(faulty))
            problems = templates_shown.problems(faulty.problems)
        except ActionRefused as refused:
            form.add_error("file", str(refused))
    context = {"templates": queries.templates(actor), "form": form, "makes": makes, "problems": problems}
    return render(request, "survey/templates.html", context)


@require_http_methods(READ_OR_SEND)
@door(policies.AREA, "R")
def version(request: HttpRequest, form_id: str, version: str) -> HttpResponse:
    """One version as people will see it, with what the second reader remarks; publish."""
    actor, one = actor_of(request), found(request, form_id, version)
    if request.method == "POST":
        try:
            actions.publish_version(actor, one)
            messages.success(request, _("Версията е публикувана. Вече може да се открие събиране с нея."))
        except ActionRefused as refused:
            messages.error(request, str(refused))
        return redirect("survey_template", form_id, version)
    return render(request, "survey/template.html", templates_shown.version_page(actor, one))


@require_safe
@door(policies.AREA, "R")
def download(request: HttpRequest, form_id: str, version: str) -> HttpResponse:
    """The version as a spreadsheet."""
    one = found(request, form_id, version)
    response = HttpResponse(sheets.write_xlsx(one.sheets), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{one.template.form_id}-{one.version}.xlsx"'
    return response


@require_safe
@door(policies.AREA, "R")
def xform(request: HttpRequest, form_id: str, version: str) -> HttpResponse:
    """The version as ODK XForm."""
    one = found(request, form_id, version)
    if not one.xform:
        raise Http404
    return HttpResponse(one.xform, content_type="application/xml; charset=utf-8")
