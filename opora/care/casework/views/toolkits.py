"""Pages of toolkits: what the service has, one toolkit with its versions, its words, its differences."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opora.care.casework import actions, forms, policies_toolkits, queries_toolkits, toolkits_view
from opora.care.casework.models import Toolkit, ToolkitUpdate, ToolkitVersion
from opora.care.casework.toolkits import differences as compared
from opora.care.casework.toolkits import rewording
from opora.care.casework.views.files import ROLES
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.gate.verdict import MEDIA_TYPES
from opora.foundation.documents.views import as_download
from opora.register.models import Service

ADDED = 3
"""Boxes for new questions on the page."""


def found_or_404(actor: Actor, pk: int) -> Toolkit:
    """The toolkit, if it is of the actor's service."""
    try:
        return queries_toolkits.toolkit_for(actor, pk)
    except Toolkit.DoesNotExist:
        raise Http404 from None


@door(roles=ROLES)
def toolkits(request: HttpRequest) -> HttpResponseBase:
    """Toolkits of the service, those that came with Opora, and one from a file."""
    actor = actor_of(request)
    services = {one.code: one for one in queries_toolkits.headed_services(actor)}
    form = (
        forms.ImportForm(request.POST or None, request.FILES or None)
        if request.POST.get("do") == "import"
        else forms.ImportForm()
    )
    if request.method == "POST":
        service = services.get(request.POST.get("service", ""))
        if service is None:
            raise Http404
        if answer := _taken(request, actor, service, form):
            return answer
    context = {
        "toolkits": list(queries_toolkits.toolkits_for(actor)), "form": form,
        "services": [(one, queries_toolkits.offered(one)) for one in services.values()],
    }  # fmt: skip
    return render(request, "casework/toolkits.html", context)


def _taken(
    request: HttpRequest, actor: Actor, service: Service, form: forms.ImportForm
) -> HttpResponseBase | None:
    if form.is_bound and not form.is_valid():
        return None
    try:
        if form.is_bound:
            made: Toolkit | ToolkitUpdate = actions.import_toolkit(
                actor, service, form.cleaned_data["file"].read()
            )
        else:
            made = actions.take_toolkit(actor, service, request.POST.get("code", ""))
    except KeyError:
        raise Http404 from None
    except ActionRefused as refused:
        if form.is_bound:
            form.add_error("file", str(refused))
            return None
        messages.error(request, str(refused))
        return redirect("casework_toolkits")
    if isinstance(made, ToolkitUpdate):
        return redirect("casework_toolkit_update", made.toolkit_id)
    messages.success(
        request, _("Инструментариумът „%(title)s“ е при Вас. Може да го променяте.") % {"title": made.title}
    )
    return redirect("casework_toolkit", made.pk)


@door(roles=ROLES)
def toolkit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One toolkit: its parts, guide, scales, versions and way; the head replaces a part."""
    actor = actor_of(request)
    kept = found_or_404(actor, pk)
    version = _version(kept, request.GET.get("version", ""))
    view = toolkits_view.VersionView(version)
    may_change = policies_toolkits.change_toolkits(actor, kept.service)
    form = forms.ChangeForm(view.names, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.change_toolkit(
                actor, kept, {said["name"]: said["file"].read()}, change=said["change"]
            )
        except ActionRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("Записана е версия %(n)s. По-старите остават.") % {"n": made.number})
            return redirect("casework_toolkit", kept.pk)
    context = {
        "toolkit": kept, "version": version, "view": view, "form": form, "may_change": may_change,
        "versions": list(kept.versions.all()), "update": queries_toolkits.update_waiting(kept) if may_change else None,
        "newer": queries_toolkits.newer_shipped(kept) if may_change else None,
    }  # fmt: skip
    return render(request, "casework/toolkit.html", context)


def _version(kept: Toolkit, asked: str) -> ToolkitVersion:
    try:
        return queries_toolkits.version_of(kept, int(asked) if asked.isdigit() else None)
    except ToolkitVersion.DoesNotExist:
        raise Http404 from None


@require_safe
@door(roles=ROLES)
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version differs in from the one it came as, or from another one."""
    kept = found_or_404(actor_of(request), pk)
    old = _version(kept, request.GET.get("from") or "1")
    new = _version(kept, request.GET.get("to", ""))
    before, after = queries_toolkits.package_of(old), queries_toolkits.package_of(new)
    parts = {**before.parts, **after.parts}
    found = compared.differences(before, after)
    lines = [toolkits_view.DifferenceLine(one, parts.get(one.part, b"")) for one in found]
    context = {"toolkit": kept, "old": old, "new": new, "lines": lines, "origins": list(kept.origins.all())}
    return render(request, "casework/toolkit_differences.html", context)


@door(roles=("service_manager",))
def reword(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Other words for the questions of a form, some left out, some added."""
    actor = actor_of(request)
    kept = found_or_404(actor, pk)
    if not policies_toolkits.change_toolkits(actor, kept.service):
        raise Http404
    view = toolkits_view.VersionView(queries_toolkits.version_of(kept))
    if f"forms/{form}.xlsx" not in view.package.parts:
        raise Http404
    tables, error = view.package.tables(form), ""
    lines = rewording.lines(tables)
    if request.method == "POST":
        try:
            change = request.POST.get("change", "")
            made = actions.reword(
                actor, kept, form, _said(request, lines), request.POST.getlist("new"), change=change
            )
        except ActionRefused as refused:
            error = str(refused)
            lines = [_typed(request, one) for one in lines]
        else:
            messages.success(request, _("Записана е версия %(n)s. По-старите остават.") % {"n": made.number})
            return redirect("casework_toolkit", kept.pk)
    context = {
        "toolkit": kept, "form_words": dict(view.forms)[form], "lines": lines, "error": error,
        "used": rewording.used_elsewhere(tables), "new": [*request.POST.getlist("new"), *[""] * ADDED][:ADDED],
        "change": request.POST.get("change", ""),
    }  # fmt: skip
    return render(request, "casework/toolkit_reword.html", context)


def _said(request: HttpRequest, lines: list[rewording.Line]) -> dict[str, rewording.Said]:
    post = request.POST
    return {
        one.name: rewording.Said(
            post.get(f"{one.name}-label", one.label).strip() or one.label, post.get(f"{one.name}-hint", one.hint).strip(),
            required=f"{one.name}-required" in post, gone=f"{one.name}-gone" in post and one.asks,
        )
        for one in lines
    }  # fmt: skip


def _typed(request: HttpRequest, one: rewording.Line) -> rewording.Line:
    said = _said(request, [one])[one.name]
    return rewording.Line(one.name, one.type, said.label, said.hint, said.required, one.asks)


@require_POST
@door(roles=ROLES)
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The version as one file. By POST, since the taking is noted."""
    actor = actor_of(request)
    kept = found_or_404(actor, pk)
    version = _version(kept, request.POST.get("version", ""))
    content = actions.export_toolkit(actor, version)
    return as_download(content, f"{kept.code}-{version.number}.zip", "application/zip")


@require_safe
@door(roles=ROLES)
def part(request: HttpRequest, pk: int, number: int, name: str) -> HttpResponseBase:
    """One part of a version, to be edited in LibreOffice."""
    version = _version(found_or_404(actor_of(request), pk), str(number))
    found = next((one for one in version.parts.all() if one.name == name), None)
    if found is None:
        raise Http404
    ending = name.rsplit(".", 1)[-1]
    media_type = MEDIA_TYPES.get(ending, "text/plain; charset=utf-8")
    return as_download(bytes(found.content), f"{version.toolkit.code}-{name.replace('/', '-')}", media_type)
