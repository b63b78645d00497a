"""Public pages: the library, a card, what readers say, who learnt from whom. No account, no tracking."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents.book import FORMATS
from opora.foundation.documents.render import PdfUnavailable
from opora.foundation.documents.views import as_download
from opora.foundation.rules import queries as rules
from opora.foundation.ui.paging import page_of
from opora.improvement.practice import (
    actions,
    networks,
    policies,
    presenters,
    queries,
    queries_transfer,
    stages,
)
from opora.improvement.practice.forms import cards as forms
from opora.improvement.practice.models import Feedback, Practice
from opora.improvement.practice.papers import making

PER_PAGE = 20


def found_or_404(actor: Actor, code: str) -> Practice:
    """The card, for whoever may read it."""
    found = queries.card(actor, code)
    if found is None:
        raise Http404
    return found


def home_of(request: HttpRequest) -> str:
    """The address of this Opora, for links in letters."""
    return request.build_absolute_uri("/").rstrip("/")


@require_safe
@door(public=True)
def library(request: HttpRequest) -> HttpResponse:
    """Published practices, narrowed by what stands in the address."""
    actor, filters = actor_of(request), queries.Filters.of(request.GET.dict())
    found = list(queries.library(filters))
    page = page_of(found, request.GET.get("page"), PER_PAGE)
    context = {
        "page": page,
        "rows": [(card, presenters.where(card.service), presenters.grade_words(card), presenters.grade_tag(card)) for card in page],
        "total": page.paginator.count,
        "form": forms.FindForm(request.GET),
        "place": filters.place,
        "map": presenters.library_map(found, request.path),
        "mine": policies.concerns(actor),
    }  # fmt: skip
    return render(request, "practice/library.html", context)


@require_safe
@door(public=True)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One practice on one page."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    return render(
        request, "practice/card.html", _shown(actor, found) | {"feedback_form": forms.FeedbackForm()}
    )


def _shown(actor: Actor, found: Practice) -> dict[str, Any]:
    said = list(found.feedback.all()) if found.is_published else []
    verdicts = Counter(one.verdict for one in said)
    lessons = queries_transfer.lessons_of(found)
    return {
        "card": found,
        "town": presenters.where(found.service),
        "parts": presenters.parts(found),
        "facts": presenters.facts(found),
        "conditions": presenters.condition_words(found),
        "origin": presenters.origin_rows(found.outcomes.all()),
        "grade": (presenters.grade_words(found), presenters.grade_tag(found)),
        "tree": queries_transfer.tree(actor, lessons),
        "net": networks.of_lessons(lessons),
        "feedback": queries.shown_feedback(actor, found, said),
        "verdicts": [(str(words), verdicts[code]) for code, words in Feedback.VERDICTS if code in verdicts],
        "months": "" if actor.signed_in else rules.rule("adaptation_follow_up").value.replace(";", _(" и ")),
        "awards": list(found.awards.select_related("period")),
        "stage": (stages.CARD[found.stage], stages.CARD_TAGS[found.stage]),
        "last": None if found.is_published else found.stages.first(),
        "elements": list(found.elements.all()),
        "tools": list(found.tools.select_related("toolkit")),
        "may": _may(actor, found),
    }


def _may(actor: Actor, found: Practice) -> dict[str, bool]:
    """What the reader may do with the card now."""
    return {
        "write": policies.write_card(actor, found),
        "offer": policies.works_on_card(actor, found) and found.stage in (stages.DRAFT, stages.RETURNED),
        "decide": policies.decide_card(actor, found) and found.stage == stages.OFFERED,
        "withdraw": policies.decide_card(actor, found) and found.is_published,
        "answer": policies.answer_feedback(actor, found),
        "share": policies.share_toolkit(actor, found),
        "adapt": found.is_published and bool(actor.scopes(policies.AREA, "W")),
    }


@require_safe
@door(public=True)
def paper(request: HttpRequest, code: str, ending: str) -> HttpResponseBase:
    """A published card as PDF or Word."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    if ending not in FORMATS:
        raise Http404
    try:
        content = making.content(making.card_book(actor, found), ending)
    except PdfUnavailable as missing:
        messages.error(request, str(missing))
        return redirect("practice_card", found.code)
    return as_download(content, f"{found.code}.{ending}", FORMATS[ending])


@require_POST
@door(public=True)
def feedback(request: HttpRequest, code: str) -> HttpResponse:
    """What a reader says."""
    actor = actor_of(request)
    found = found_or_404(actor, code)
    form = forms.FeedbackForm(request.POST)
    if not found.is_published:
        raise Http404
    if not form.is_valid():
        return render(
            request, "practice/card.html", _shown(actor, found) | {"feedback_form": form}, status=422
        )
    try:
        actions.say_feedback(actor, found, **form.cleaned_data, sender=request.META.get("REMOTE_ADDR", ""))
    except ActionRefused as refused:
        form.add_error("text", str(refused))
        return render(
            request, "practice/card.html", _shown(actor, found) | {"feedback_form": form}, status=429
        )
    messages.success(request, _("Благодарим Ви. Услугата ще прочете мнението Ви и ще отговори тук."))
    return redirect("practice_card", found.code)


@require_safe
@door(public=True)
def network(request: HttpRequest) -> HttpResponse:
    """Who learnt from whom: picture, and the same as a matrix."""
    actor = actor_of(request)
    region = request.GET.get("region", "")[:3]
    shown = networks.whole(actor, region)
    regions = [(one.code, one.full_name) for one in queries.regions_of_library()]
    return render(request, "practice/network.html", {"net": shown, "region": region, "regions": regions})
