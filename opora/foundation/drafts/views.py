"""Where pages keep what is typed into their forms, and ask for what waits there."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.drafts import unsent
from opora.foundation.drafts.queries import kept_text
from opora.foundation.ui import formats, keeping

_NAME = re.compile(r"[\w:.-]{1,200}")


@door()
@require_http_methods(["GET", "POST"])
def unsent_words(request: HttpRequest) -> HttpResponse:
    """GET: what waits for this person on a page, and a fresh token; POST: keep what stands in a form, or drop it."""
    actor, address = actor_of(request), keeping.page_of(request)
    if address is None:
        raise Http404
    if request.method != "POST":
        found = [_told(one) for one in unsent.waiting(actor, address)]
        return JsonResponse({"token": get_token(request), "waiting": found})
    if request.POST.get("do") == "drop":
        unsent.drop(actor, unsent.sittings(request.POST.get("after", "")))
        return JsonResponse({"text": ""})
    words = _words(request)
    if words is None:
        return JsonResponse({"text": ""}, status=400)
    try:
        at = unsent.keep(actor, address, words)
    except ActionRefused as refused:
        return JsonResponse({"text": str(refused)}, status=422)
    return JsonResponse({"text": kept_text(at)})


def _words(request: HttpRequest) -> unsent.Words | None:
    """The form as the page sent it; none where it is no form of ours."""
    given = request.POST
    try:
        values = [(str(name), str(value)) for name, value in json.loads(given.get("values", ""))]
    except (ValueError, TypeError):
        return None
    sitting, form = given.get("sitting", ""), given.get("form", "")
    named = all(_NAME.fullmatch(name) for name, _value in values)
    if not (unsent.SITTING.fullmatch(sitting) and re.fullmatch(r"[0-9a-z]{1,40}", form) and named):
        return None
    return unsent.Words(sitting, form, values, tuple(unsent.sittings(given.get("after", ""))), clock.now())


def _told(words: unsent.Words) -> dict[str, Any]:
    return {
        "sitting": words.sitting, "form": words.form, "values": words.values, "after": words.after,
        "text": _("Върнато е написаното от Вас на %(moment)s.") % {"moment": formats.datetime(words.at)},
    }  # fmt: skip
