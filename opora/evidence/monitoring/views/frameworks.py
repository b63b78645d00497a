"""Pages of frameworks: the list, one version, an indicator, spreadsheets."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.evidence.monitoring import actions, content, forms, policies, presenters, queries, sheet
from opora.evidence.monitoring.content import Content
from opora.evidence.monitoring.models import FrameworkVersion
from opora.evidence.monitoring.views.common import BOTH, ROLES, done, tell
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core import shown
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.documents.gate.verdict import MEDIA_TYPES
from opora.foundation.documents.views import as_download


@require_safe
@door(roles=ROLES)
def frameworks(request: HttpRequest) -> HttpResponse:
    """All frameworks with their versions."""
    actor = actor_of(request)
    context = {"frameworks": queries.frameworks(actor), "edits": policies.edit_frameworks(actor)}
    return render(request, "monitoring/frameworks.html", context)


@require_POST
@door(policies.AREA, "A")
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """A draft from the newest version."""
    actor = actor_of(request)
    found = queries.frameworks(actor).filter(code=code).first()
    if found is None:
        raise Http404
    draft = actions.begin_draft(actor, found)
    return redirect("monitoring_framework", code, draft.number)


@require_http_methods(BOTH)
@door(roles=ROLES)
def framework(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One version in full; a draft is published here."""
    actor = actor_of(request)
    found = _version(actor, code, number)
    edits = policies.edit_frameworks(actor) and not found.is_published
    if request.method == "POST":
        if not edits:
            raise Http404
        try:
            actions.publish_version(actor, found)
        except ActionRefused as refused:
            tell(request, refused)
        else:
            done(request, _("Версията е публикувана. Новите кръгове могат да я ползват."))
        return redirect("monitoring_framework", code, number)
    now = content.of_version(found)
    context = {
        "version": found, "groups": [(group, now.of(group.code)) for group in now.groups], "count": len(now.items),
        "edits": edits, "upload": forms.FileForm(), "words": presenters.level_words, "may_begin": policies.edit_frameworks(actor) and found.is_published,
    }  # fmt: skip
    return render(request, "monitoring/framework.html", context)


@require_safe
@door(roles=ROLES)
def download(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The version as a spreadsheet."""
    found = _version(actor_of(request), code, number)
    return as_download(sheet.write(found), f"{code}-{number}.xlsx", MEDIA_TYPES["xlsx"])


@require_http_methods(BOTH)
@door(policies.AREA, "A")
def indicator(request: HttpRequest, code: str, number: int, item: str) -> HttpResponse:
    """One indicator of a draft: change it, add one (`new`), leave it out."""
    actor = actor_of(request)
    found = _draft(actor, code, number)
    now = content.of_version(found)
    standing = next((one for one in now.items if one.code == item), None)
    if standing is None and item != "new" and request.method != "POST":
        raise Http404
    initial = {"change": found.change, "weight": "1"} | (
        forms.IndicatorForm.initial_of(standing) if standing else {}
    )
    form = forms.IndicatorForm(found.framework, now, request.POST or None, initial=initial)
    removing = bool(standing) and request.POST.get("do") == "remove"
    if request.method == "POST" and (removing or form.is_valid()):
        try:
            if removing:
                change = int(request.POST.get("change") or 0)
                actions.put_content(actor, found, content.with_item(now, item, None), change=change)
            else:
                _write_indicator(actor, found, now, item, form)
        except Clash as clash:
            _after_clash(form, clash, removing=removing)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            done(request, _("Показателят е махнат.") if removing else _("Показателят е записан."))
            return redirect("monitoring_framework", code, number)
    context = {"version": found, "form": form, "item": standing}
    return render(request, "monitoring/indicator.html", context, status=422 if form.is_bound else 200)


def _write_indicator(
    actor: Actor, version: FrameworkVersion, now: Content, code: str, form: forms.IndicatorForm
) -> None:
    """What was changed on the page, over the indicator as it stands."""
    standing = next((one for one in now.items if one.code == code), None)
    if standing is None and code != "new":
        raise ActionRefused(
            _("Този показател вече го няма: колега го е махнал или му е дал друг номер. Вашият текст е тук.")
        )
    stands = form.values_of(form.initial_of(standing)) if standing else {}
    seen = form.seen_before if standing else None
    mine = shown.brought(form.said(), stands, seen, _("Междувременно колега промени показателя."))
    new = content.with_item(now, code, form.item(stands | mine))
    actions.put_content(actor, version, new, change=version.change)


def _after_clash(form: forms.IndicatorForm, clash: Clash, *, removing: bool) -> None:
    """Removing is asked again; what was written meets what stands."""
    if isinstance(clash.theirs, dict):
        form.meet(clash)
        return
    words = _("%(why)s Прегледайте показателя и натиснете отново.") if removing else "%(why)s"
    form.add_error(None, words % {"why": clash})
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["change"] = str(clash.version)  # type: ignore[index]


@require_http_methods(BOTH)
@door(policies.AREA, "A")
def weights(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """How much each domain of a draft weighs."""
    actor = actor_of(request)
    found = _draft(actor, code, number)
    now = content.of_version(found)
    form = forms.WeightsForm(now, request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = _("Междувременно колега промени тежестите.")
        try:
            mine = shown.brought(form.said(), form.now, form.seen_before, why)
            actions.put_content(actor, found, content.with_weights(now, mine), change=found.change)
        except Clash as clash:
            form.meet(clash)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            done(request, _("Тежестите са записани."))
            return redirect("monitoring_framework", code, number)
    context = {"version": found, "form": form}
    return render(request, "monitoring/weights.html", context, status=422 if form.is_bound else 200)


@require_POST
@door(policies.AREA, "A")
def upload(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A spreadsheet for a draft: kept, compared, not yet accepted."""
    actor = actor_of(request)
    found = _draft(actor, code, number)
    form = forms.FileForm(request.POST, request.FILES)
    if not form.is_valid():
        tell(request, ActionRefused(_("Изберете файл.")))
        return redirect("monitoring_framework", code, number)
    file = form.cleaned_data["file"]
    try:
        row = actions.receive_upload(actor, found, file.read(), name=file.name)
    except ActionRefused as refused:
        tell(request, refused)
        return redirect("monitoring_framework", code, number)
    return redirect("monitoring_upload", row.pk)


@require_http_methods(BOTH)
@door(policies.AREA, "A")
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What a spreadsheet would change, before it is accepted."""
    actor = actor_of(request)
    row = queries.upload(actor, pk)
    if row is None or row.content is None:
        raise Http404
    place = (row.version.framework.code, row.version.number)
    if request.method == "POST":
        try:
            actions.accept_upload(actor, row)
        except ActionRefused as refused:
            tell(request, refused)
        else:
            done(request, _("Промените са приети в черновата."))
        return redirect("monitoring_framework", *place)
    new = sheet.read(bytes(row.content), row.version.framework)
    found = content.differences(content.of_version(row.version), new)
    return render(
        request, "monitoring/differences.html", {"upload": row, "found": found, "version": row.version}
    )


def _version(actor: Actor, code: str, number: int) -> FrameworkVersion:
    found = queries.framework_version(actor, code, number)
    if found is None:
        raise Http404
    return found


def _draft(actor: Actor, code: str, number: int) -> FrameworkVersion:
    found = _version(actor, code, number)
    if found.is_published:
        raise Http404
    return found
