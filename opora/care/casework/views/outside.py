"""Pages behind the link of a specialist without an account: code, question with what was chosen, opinion, receipt."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opora.care.casework import actions, outside_view, queries_opinions, wall
from opora.care.casework.actions.outside import DEAD, RIGHT, WAIT, Said, outsider
from opora.care.casework.forms.opinions import OutsideCodeForm, OutsideForm
from opora.care.casework.models import OpinionRequest
from opora.foundation.accounts.doors import door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.rules import queries as rules
from opora.foundation.ui import formats

OPENED, RECEIPT = "casework_outside", "casework_receipt"
"""In the session: which link was opened by its code and when it was last used; the opinion a receipt is for."""


View = Callable[[HttpRequest, str, OpinionRequest | None], HttpResponseBase]


def behind_link(view: View) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """What the link leads to is found across services; the page itself touches that one file and no other."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, secret: str) -> HttpResponseBase:
        found = queries_opinions.request_behind(secret)
        with wall.nothing() if found is None else wall.single(found.file_id):
            return view(request, secret, found)

    return guarded


@door(public=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@behind_link
def outside(request: HttpRequest, secret: str, found: OpinionRequest | None) -> HttpResponseBase:
    """First the code; then the question and what was chosen for it, and a place for the opinion."""
    if found is None:
        return _sent_twice(request, secret) or _dead(request)
    view = outside_view.OutsideView(found)
    if not _is_open(request, found):
        return _code(request, found, view)
    if request.method == "POST":
        form = OutsideForm(view.asked, request.POST, request.FILES)
        if form.is_valid() and (answer := _done(request, found, form)) is not None:
            return answer
    else:
        form = OutsideForm(view.asked, initial=queries_opinions.draft_of(outsider(found), found))
    file = found.file
    audit.record(
        outsider(found), "case.read", file.code, chain=f"svc:{file.service.code}", details={"opinion_request": found.number}
    )  # fmt: skip
    return render(request, "casework/outside.html", {"view": view, "form": form, "secret": secret})


@door(public=True)
@require_POST
@never_cache
@behind_link
def draft(request: HttpRequest, secret: str, found: OpinionRequest | None) -> HttpResponse:
    """Keeps what is being typed; answers with a line that says so."""
    if found is None or not _is_open(request, found):
        return HttpResponse(_("Не е записано. Копирайте текста и отворете страницата отново."))
    form = OutsideForm(outside_view.OutsideView(found).asked, request.POST)
    try:
        actions.keep_draft(found, form.typed())
    except ActionRefused as refused:
        return HttpResponse(str(refused))
    return HttpResponse(_("Черновата е записана в %(time)s") % {"time": formats.time(clock.now())})


@door(public=True)
@require_safe
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """A page to print: the number, when and by whom; nothing about the child."""
    kept = request.session.get(RECEIPT)
    found = queries_opinions.receipt_of(kept["opinion"]) if kept and _recent(kept["at"]) else None
    if found is None:
        raise Http404
    return render(request, "casework/receipt.html", {"opinion": found, "now": clock.now()})


def _sent_twice(request: HttpRequest, secret: str) -> HttpResponseBase | None:
    """The button was pressed again before the receipt came: the receipt, not the words about a dead link."""
    kept = request.session.get(RECEIPT) if request.method == "POST" else None
    return (
        redirect("casework_receipt") if kept and kept["link"] == queries_opinions.link_index(secret) else None
    )


def _dead(request: HttpRequest) -> HttpResponse:
    """The same words whatever the link died of, so that they tell nothing; what was typed is given back."""
    names = [name for name in request.POST if name.startswith("text")]
    typed = [said for name in names if (said := request.POST.get(name, "")).strip()]
    return render(request, "casework/outside_dead.html", {"typed": "\n\n".join(typed)}, status=404)


def _code(request: HttpRequest, found: OpinionRequest, view: outside_view.OutsideView) -> HttpResponseBase:
    """Ask for the code. What was typed on a page left open too long is carried along and kept."""
    form = OutsideCodeForm(request.POST if "code" in request.POST else None)
    typed = OutsideForm(view.asked, request.POST).typed() if "text" in request.POST else {}
    if form.is_bound and form.is_valid():
        tried = actions.try_code(
            found, form.cleaned_data["code"], address=request.META.get("REMOTE_ADDR", "")
        )
        if tried == RIGHT:
            return _let_in(request, found, typed)
        if tried == DEAD:
            return _dead(request)
        words = (
            _("Твърде много опити оттук. Опитайте след 15 минути.") if tried == WAIT
            else _("Кодът не е верен. Проверете го с човека, който Ви го каза.")
        )  # fmt: skip
        form.add_error("code", words)
    return render(request, "casework/outside_code.html", {"form": form, "typed": typed})


def _let_in(request: HttpRequest, found: OpinionRequest, typed: dict[str, str]) -> HttpResponseBase:
    request.session.cycle_key()
    _mark(request, found)
    if any(typed.values()):
        actions.keep_draft(found, typed)
    return redirect(request.path)


def _done(request: HttpRequest, found: OpinionRequest, form: OutsideForm) -> HttpResponseBase | None:
    """Keep the draft, or send the opinion; None when it was refused and the page is shown again with the text."""
    typed = form.cleaned_data
    try:
        if request.POST.get("do") == "draft":
            actions.keep_draft(found, form.typed())
            messages.success(request, _("Черновата е записана. Можете да се върнете с връзката и кода."))
            return redirect(request.path)
        said = Said(typed["text"], form.by_domain, _document(typed["document"]))
        made = actions.answer_request(found, said)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return None
    request.session.pop(OPENED, None)
    request.session[RECEIPT] = {"opinion": made.pk, "link": found.link_index, "at": clock.now().isoformat()}
    return redirect("casework_receipt")


def _document(sent: Any) -> tuple[str, bytes] | None:
    return (sent.name or "", sent.read()) if sent else None


def _mark(request: HttpRequest, found: OpinionRequest) -> None:
    request.session[OPENED] = {
        "link": found.link_index,
        "code": found.code_index,
        "at": clock.now().isoformat(),
    }


def _is_open(request: HttpRequest, found: OpinionRequest) -> bool:
    """Whether this browser showed the code of this very link a short while ago; each use begins the time anew."""
    kept = request.session.get(OPENED, {})
    if (kept.get("link"), kept.get("code")) != (found.link_index, found.code_index) or not _recent(
        kept["at"]
    ):
        return False
    _mark(request, found)
    return True


def _recent(at: str) -> bool:
    minutes = rules.number("opinion_session_minutes") or 0
    return clock.now() - dt.datetime.fromisoformat(at) < dt.timedelta(minutes=minutes)
