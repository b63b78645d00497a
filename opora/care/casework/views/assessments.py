"""Pages of the needs assessment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from opora.care.casework import actions, assessing, domains, forms, policies, queries
from opora.care.casework.models import Assessment, AssessmentPart, ClientFile
from opora.care.casework.opinion_view import Synthesis
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import shown
from opora.foundation.core.errors import ActionRefused, Clash


@door(roles=ROLES)
def assessment(request: HttpRequest, code: str) -> HttpResponseBase:
    """All twelve domains on one page: begun, written part by part by several people, finished."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if request.method == "POST" and request.POST.get("do") == "begin":
        return _begin(request, actor, file)
    found = queries.assessment_of(actor, file)
    writable = bool(found and found.is_open and policies.write_file(actor, file))
    posted = request.POST if request.method == "POST" and writable else None
    page = {
        "file": file,
        "assessment": found,
        "may_write": writable,
        "may_begin": policies.write_file(actor, file),
    }
    parts = [(part, forms.PartForm.of(part, posted)) for part in found.parts.all()] if found else []
    presence = forms.PresenceForm(posted)
    problems: list[str] = []
    if posted is not None and found and all(form.is_valid() for _part, form in parts) and presence.is_valid():
        problems = _save(actor, parts)
        if not problems:
            return _saved(request, actor, found, presence) or redirect("casework_assessment", file.code)
    audit.record(
        actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "assessment"}
    )
    synthesis = Synthesis(actor, file)
    context = page | {
        "parts": _lines(parts),
        "read": _read(parts, synthesis.of_others),
        "presence": presence,
        "problems": problems,
        "proposed": _proposed(file, found, synthesis),
        "said": synthesis.of_others,
    }
    return render(request, "casework/assessment.html", context)


def _begin(request: HttpRequest, actor: Actor, file: ClientFile) -> HttpResponseBase:
    try:
        actions.begin_assessment(actor, file)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("casework_assessment", file.code)


def _save(actor: Actor, parts: list[tuple[Any, forms.PartForm]]) -> list[str]:
    """Write what was changed; where a colleague changed the same meanwhile both texts are shown and nothing is written."""
    problems = []
    for part, form in parts:
        said = dict(form.cleaned_data)
        version, seen = said.pop("version"), said.pop("seen")
        try:
            form.bring_up(actions.save_part(actor, part, said, version=version, seen=seen))
        except Clash as clash:
            theirs: Any = clash.theirs
            both = shown.met(said, assessing.values(theirs), seen)
            problems.append(_told(form, theirs, both))
            form.bring_up(theirs, keeping=shown.touched(said, seen))
        except ActionRefused as refused:
            problems.append(str(refused))
    return problems


def _told(form: forms.PartForm, theirs: AssessmentPart, both: set[str]) -> str:
    """Whose text stands there now in the fields that both changed."""
    texts = [
        f"{form.fields[name].label}: „{_words(theirs, name)}“" for name in assessing.FIELDS if name in both
    ]
    words = {"domain": domains.DOMAINS[theirs.domain], "who": theirs.by, "text": "; ".join(texts)}
    return _("%(domain)s: %(who)s записа междувременно %(text)s. Вашият текст е запазен по-долу.") % words


def _words(theirs: AssessmentPart, name: str) -> str:
    shown = getattr(theirs, f"get_{name}_display", lambda: getattr(theirs, name))()
    return str(shown or "–")


def _saved(
    request: HttpRequest, actor: Actor, found: Assessment, presence: forms.PresenceForm
) -> HttpResponseBase | None:
    if request.POST.get("do") != "finish":
        messages.success(request, _("Оценката е записана. Можете да я продължите по всяко време."))
        return None
    try:
        actions.finish_assessment(actor, found, **presence.cleaned_data)
    except ActionRefused as refused:
        messages.error(request, _("Записано е, но не е приключено. %(why)s") % {"why": refused})
        return None
    messages.success(request, _("Оценката е приключена. От нея може да се направи план."))
    return redirect("casework_plan", found.file.code)


def _lines(parts: list[tuple[Any, forms.PartForm]]) -> list[dict[str, Any]]:
    return [{"part": part, "form": form, "title": domains.DOMAINS[part.domain]} for part, form in parts]


def _read(parts: list[tuple[Any, forms.PartForm]], said: dict[str, Any]) -> dict[str, Any]:
    """For reading: the greatest need first, and the domains without one together."""
    free = [part for part, _form in parts if part.is_free and not said.get(part.domain)]
    found = [line for line in _lines(parts) if line["part"] not in free]
    found.sort(key=lambda line: -(line["part"].need or 0))
    return {"found": found, "free": ", ".join(str(domains.DOMAINS[part.domain]) for part in free)}


def _proposed(file: ClientFile, found: Assessment | None, synthesis: Synthesis) -> list[tuple[str, ...]]:
    """Specialists the needs found propose, with the domains they are for; people decide whether to ask."""
    asked: dict[str, list[str]] = {}
    for part in queries.strong_needs(found) if found else []:
        for specialist in domains.ASK.get(part.domain, ()):
            asked.setdefault(specialist, []).append(str(domains.DOMAINS[part.domain]))
    where = reverse("casework_ask", args=[file.code])
    rows = [(who, str(domains.SPECIALISTS[who]), ", ".join(why)) for who, why in asked.items()]
    if not synthesis.may_ask:
        return [(title, why) for _who, title, why in rows]
    return [(title, why, f"{where}?who={who}", _("Попитай")) for who, title, why in rows]
