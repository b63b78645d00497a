"""The spreadsheet door of a card: take it away, bring it back, accept."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.evidence.survey import actions, card_sheet, card_upload, forms, policies, queries, sheets
from opora.evidence.survey.models import Card
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core import words
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.drafts import actions as drafts
from opora.foundation.drafts import queries as drafts_kept

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

READ_OR_SEND = ["GET", "HEAD", "POST"]


def found(request: HttpRequest, code: str) -> Card:
    """A card the actor may fill in, or 404."""
    card = queries.card_by_code(actor_of(request), code)
    if card is None or not policies.fill_card(actor_of(request), card):
        raise Http404
    return card


@require_safe
@door(policies.AREA, "W")
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The card as a spreadsheet with the answers so far."""
    card = found(request, code)
    draft = queries.draft_of(actor_of(request), card)
    content = card_sheet.write(card, sheets.form_of(card.round.template_version), draft.data, draft.version)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{words.slug(card.code)}.xlsx"'
    return response


@require_http_methods(READ_OR_SEND)
@door(policies.AREA, "W")
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Read a returned file and show what it would change; nothing is written before „Приеми“."""
    card = found(request, code)
    if not card.is_open:
        return redirect("survey_card", code)
    if request.method == "POST" and "accept" in request.POST:
        return _accept(request, card)
    form, report = forms.UploadForm(request.POST or None, request.FILES or None), None
    form.fields["file"].label = _("Попълнената таблица (.xlsx)")
    form.fields["file"].help_text = _("Таблицата, изтеглена от страницата на тази карта.")
    if request.method == "POST" and form.is_valid():
        try:
            report = _read(request, card, form.cleaned_data["file"].read())
        except card_upload.NotThisCardError as error:
            form.add_error("file", str(error))
    return render(request, "survey/upload.html", {"card": card, "form": form, "report": report})


def _read(request: HttpRequest, card: Card, content: bytes) -> card_upload.Uploaded:
    actor = actor_of(request)
    before = queries.draft_of(actor, card)
    report = card_upload.read(card, sheets.form_of(card.round.template_version), before.data, content)
    drafts.replace(actor, _key(request, card), {"answers": report.answers, "version": report.version})
    return report


def _key(request: HttpRequest, card: Card) -> str:
    return f"import:{card.code}:{actor_of(request).user_id}"


def _accept(request: HttpRequest, card: Card) -> HttpResponse:
    actor, key = actor_of(request), _key(request, card)
    kept = drafts_kept.draft(actor, key)
    if not kept.version:
        return redirect("survey_card_upload", card.code)
    try:
        actions.save_card(actor, card, kept.data["answers"], base_version=kept.data["version"])
    except Clash:
        return redirect("survey_merge", card.code)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("survey_card", card.code)
    finally:
        drafts.discard(actor, key)
    messages.success(request, _("Отговорите от таблицата са приети в черновата."))
    return redirect("survey_check", card.code)
