"""Pages of opinions for whoever works on the file."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opora.care.casework import (
    actions,
    domains,
    opinion_view,
    outside_view,
    policies,
    queries,
    queries_opinions,
)
from opora.care.casework.actions.opinions import Asked, Link, Question
from opora.care.casework.actions.outside import Said
from opora.care.casework.forms.opinions import AskForm, TeamOpinionForm
from opora.care.casework.models import Assessment, ClientFile, OpinionRequest
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents import store
from opora.foundation.documents.gate.verdict import MEDIA_TYPES
from opora.foundation.documents.views import as_download

FRESH = "casework_fresh_code"
"""In the session until the page shows it, which happens once: the code, and in the demonstration the link."""
A_WEEK = dt.timedelta(days=7)


@require_safe
@door(roles=ROLES)
def opinions(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who said what of each domain, where they disagree, which requests wait."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    view = opinion_view.Synthesis(actor, file)
    audit.record(
        actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "opinions"}
    )
    return render(request, "casework/opinions.html", {"file": file, "view": view})


@door(roles=ROLES)
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask one specialist outside one question."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    found = queries.assessment_of(actor, file)
    if found is None or not opinion_view.Synthesis(actor, file).may_ask:
        raise Http404
    form = _ask_form(request, actor, file, found)
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_specialist(
                actor, found, _question(form), link=_links(request), key=form.cleaned_data["key"]
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            _show_once(request, asked)
            return redirect("casework_asked", file.code, asked.request.number)
    return render(request, "casework/ask.html", {"file": file, "form": form})


@door(roles=ROLES)
def asked(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """One request: where it stands, what the specialist sees; remind, withdraw, give a new code."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    found = queries_opinions.request_for(actor, file, number)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _deed(request, actor, found)
    audit.record(
        actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"opinion_request": number}
    )
    fresh = _shown_once(request, found)
    context = {
        "file": file, "line": opinion_view.RequestLine(found), "seen": outside_view.OutsideView(found), "fresh": fresh,
        "may_write": policies.write_file(actor, file) and not file.sealed,
    }  # fmt: skip
    return render(request, "casework/asked.html", context)


@door(roles=ROLES)
def team_opinion(request: HttpRequest, code: str) -> HttpResponseBase:
    """An opinion only for the team; who will see it stands above the button, by name."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    view = opinion_view.Synthesis(actor, file)
    if not view.may_write:
        raise Http404
    form = TeamOpinionForm(request.POST or None, initial={"key": secrets.token_hex(16)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.write_team_opinion(actor, file, Said(said["text"], form.by_domain), key=said["key"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Становището е записано. Вижда го само екипът на %(code)s.") % {"code": file.code}
            )
            return redirect("casework_opinions", file.code)
    return render(request, "casework/team_opinion.html", {"file": file, "form": form, "view": view})


@require_safe
@door(roles=ROLES)
def document(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The document an opinion came as."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    found = queries_opinions.opinion_for(actor, file, number)
    kept = queries_opinions.document_of(found) if found and policies.take_papers(actor, file) else None
    if kept is None:
        raise Http404
    try:
        content = store.read(kept.stored_as)
    except FileNotFoundError:
        raise Http404 from None
    audit.record(
        actor, "case.document_downloaded", file.code, chain=f"svc:{file.service.code}", details={"opinion": number}
    )  # fmt: skip
    return as_download(content, kept.name, MEDIA_TYPES[kept.kind])


def _ask_form(request: HttpRequest, actor: Actor, file: ClientFile, found: Assessment) -> AskForm:
    wanted = request.GET.get("who", "")
    chosen = [
        part.domain for part in queries.strong_needs(found) if wanted in domains.ASK.get(part.domain, ())
    ]
    people = queries_opinions.professionals_near(actor, file)
    first = AskForm.beginning(people, str(domains.SPECIALISTS.get(wanted, "")), chosen)
    notes = queries_opinions.notes_to_show(actor, file)[: queries_opinions.MOST_EVENTS]
    first["due"] = clock.today() + A_WEEK
    return AskForm(people, found.parts.all(), notes, request.POST or None, initial=first)


def _question(form: AskForm) -> Question:
    said = form.cleaned_data
    return Question(
        name=said["name"], profession=said["profession"], organisation=said["organisation"], email=said["email"],
        question=said["question"], due=said["due"], by_name=said["by_name"],
        parts=[form.known_parts[code] for code in said["parts"]], events=[form.known_events[pk] for pk in said["events"]],
    )  # fmt: skip


def _links(request: HttpRequest) -> Link:
    """What makes the whole address of a link. No letter leaves a demonstration: there the page shows the link too."""

    def whole(secret: str) -> str:
        made = request.build_absolute_uri(reverse("casework_outside", args=[secret]))
        if settings.DEMONSTRATION:
            request.session[FRESH] = {"link": made}
        return made

    return whole


def _shown_once(request: HttpRequest, found: OpinionRequest) -> dict[str, str]:
    """What was kept for this very page; it is kept no longer."""
    kept = request.session.get(FRESH, {})
    if (kept.get("file"), kept.get("number")) != (found.file.code, found.number):
        return {"code": "", "link": ""}
    del request.session[FRESH]
    return {"code": kept["code"], "link": kept.get("link", "")}


def _show_once(request: HttpRequest, asked: Asked) -> None:
    kept = request.session.get(FRESH, {})
    words = f"{asked.code[:4]} {asked.code[4:]}".strip()
    if words or kept:
        fresh = {"code": words, "number": asked.request.number, "file": asked.request.file.code}
        request.session[FRESH] = kept | fresh


def _deed(request: HttpRequest, actor: Actor, found: OpinionRequest) -> HttpResponseBase:
    """Remind, withdraw, or a new link with a new code."""
    do = request.POST.get("do")
    try:
        if do == "remind":
            _show_once(request, Asked(actions.remind_specialist(actor, found, link=_links(request))))
            messages.success(
                request, _("Изпратено е напомняне с нова връзка. Старата вече не важи, кодът е същият.")
            )
        elif do == "renew":
            _show_once(request, actions.renew_request(actor, found, link=_links(request)))
            messages.success(request, _("Изпратена е нова връзка. Кажете новия код по телефона."))
        elif do == "revoke":
            actions.revoke_request(actor, found)
            messages.success(request, _("Запитването е оттеглено. Връзката вече не важи."))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("casework_asked", found.file.code, found.number)
