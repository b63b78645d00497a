"""Pages of analyses: list, reading, rows behind a figure, words of a chapter, publication, comparison,
documents.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.documents.views import as_download
from opora.planning.needs import actions, booklet, exports, policies, queries, sources
from opora.planning.needs import reckoning as r
from opora.planning.needs.forms import ChapterForm, StartForm
from opora.planning.needs.queries import Reading

AREA = policies.AREA


@require_safe
@door(public=True)
def analyses(request: HttpRequest) -> HttpResponse:
    """All analyses the reader may open, newest first; by region with `?region=LOV`."""
    actor = actor_of(request)
    found = queries.analyses(actor)
    region = request.GET.get("region", "")
    shown = found.filter(region__code=region) if region else found
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    makes = bool(queries.regions_to_analyse(actor))
    # Who made an analysis is for those who work here; a visitor reads what is published, not by whom.
    shown_to = {"makes": makes, "names_people": actor.signed_in}
    return render(
        request, "needs/analyses.html", {"page": page, "of": found.count(), "region": region} | shown_to
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(AREA, "W")
def start(request: HttpRequest) -> HttpResponse:
    """Choose round and region; the work goes on as a job."""
    actor = actor_of(request)
    if not queries.regions_to_analyse(actor):
        raise Http404
    form = StartForm(actor, request.POST or None, initial={"round": request.GET.get("round", "")})
    if request.method == "POST" and form.is_valid():
        # The page's own number: pressing twice, going back and sending again give the same job.
        key = request.POST.get("key", "")[:64]
        job = actions.request(actor, form.chosen(), key=f"{actor.user_id}-{key}" if key else None)
        return redirect("jobs_job", job.pk)
    return render(request, "needs/start.html", {"form": form, "key": uuid.uuid4().hex})


@require_safe
@door(public=True)
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """An analysis as words and pictures; `?chapter=people` opens one chapter with its tables.

    `?as=public` shows its makers what everybody sees.
    """
    reading = _reading(request, pk)
    chapter = request.GET.get("chapter", "")
    book = booklet.lay_out(reading, sources.linker(reading))
    if chapter and chapter not in {part.key for part in book.parts}:
        raise Http404
    return render(request, "needs/analysis.html", _shown(request, reading, book, chapter))


def _shown(request: HttpRequest, reading: Reading, book: booklet.Booklet, chapter: str) -> dict[str, Any]:
    actor, working = actor_of(request), reading.working
    return {
        "reading": reading,
        "book": book,
        "parts": [part for part in book.parts if not chapter or part.key == chapter],
        "chapter": chapter,
        "tail": "" if working or not policies.read_working_version(actor, reading.analysis) else "&as=public",
        "may_edit": policies.edit(actor, reading.analysis) and working,
        "may_publish": policies.publish(actor, reading.analysis) and working,
        "makes": policies.read_working_version(actor, reading.analysis),
        "downloads": _downloads(reading),
        "rows": sources.linker(reading),
    }


@require_safe
@door(AREA, "W")
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows behind one figure."""
    reading = _reading(request, pk)
    found = sources.trail(reading, request.GET.get("cell", ""))
    if found is None:
        raise Http404
    return render(request, "needs/rows.html", {"reading": reading, "trail": found})


@require_http_methods(["GET", "HEAD", "POST"])
@door(AREA, "W")
def chapter(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Write a chapter's words; what the program wrote stands beside."""
    reading = _reading(request, pk)
    found = next((c for c in reading.result.chapters if c.key == key), None)
    if found is None or not policies.edit(actor_of(request), reading.analysis):
        raise Http404
    written = reading.texts.get(key)
    first = {"text": "\n\n".join(reading.words(found)), "version": written.version if written else 0}
    form = ChapterForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        answer = _write(request, reading, found, form)
        if answer:
            return answer
    return render(
        request,
        "needs/chapter.html",
        {"reading": reading, "chapter": found, "form": form, "written": written},
    )


def _write(
    request: HttpRequest, reading: Reading, chapter: r.Chapter, form: ChapterForm
) -> HttpResponse | None:
    text = "" if "restore" in request.POST else form.cleaned_data["text"]
    try:
        actions.write_chapter(
            actor_of(request), reading.analysis, chapter.key, text, version=form.cleaned_data["version"]
        )
    except Clash as clash:
        form.add_error(
            "text", _("{message} Сега там пише: {theirs}").format(message=clash, theirs=clash.theirs)
        )
        form.data = {**form.data.dict(), "version": clash.version}  # type: ignore[attr-defined]
        return None
    messages.success(request, _("Главата „{title}“ е записана").format(title=chapter.title))
    return redirect(reverse("needs_analysis", args=[reading.analysis.pk]) + f"?chapter={chapter.key}")


@require_http_methods(["GET", "HEAD", "POST"])
@door(AREA, "W")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then open the analysis to everybody."""
    reading = _reading(request, pk)
    actor = actor_of(request)
    if not policies.publish(actor, reading.analysis):
        raise Http404
    if request.method == "POST":
        try:
            actions.publish(actor, reading.analysis)
        except ActionRefused as no:
            return render(request, "needs/publish.html", {"reading": reading, "refused": str(no)}, status=409)
        messages.success(request, _("Анализът е публикуван"))
        return redirect("needs_analysis", pk)
    return render(request, "needs/publish.html", {"reading": reading, "refused": ""})


@require_safe
@door(AREA, "W")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures that differ from an earlier version; by default the one before."""
    reading = _reading(request, pk)
    others = queries.others(actor_of(request), reading.analysis)
    wanted = request.GET.get("before") or str(reading.analysis.previous_id or "")
    before = next(
        (queries.reading(actor_of(request), row.pk) for row in others if str(row.pk) == wanted), None
    )
    changes = r.compare(before.result, reading.result) if before else []
    shown = {"reading": reading, "before": before, "others": others, "changes": changes}
    return render(request, "needs/compare.html", shown)


@require_safe
@door(public=True)
def download(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The analysis as DOCX, PDF, XLSX or JSON."""
    reading = _reading(request, pk)
    if kind not in exports.FORMATS:
        raise Http404
    try:
        content = exports.document(actor_of(request), reading, kind)
    except ActionRefused as no:
        messages.error(request, str(no))
        return redirect("needs_analysis", pk)
    return as_download(content, exports.file_name(reading, kind), exports.MEDIA[kind])


def _reading(request: HttpRequest, pk: int) -> Reading:
    found = queries.reading(actor_of(request), pk, as_public=request.GET.get("as") == "public")
    if found is None:
        raise Http404
    return found


def _downloads(reading: Reading) -> list[dict[str, str]]:
    titles = {
        "docx": _("Word, за редактиране"),
        "pdf": _("PDF, за печат"),
        "xlsx": _("Excel, таблиците"),
        "json": _("JSON, за програми"),
    }
    tail = "" if reading.working else "?as=public"
    return [
        {
            "title": title,
            "href": reverse("needs_download", args=[reading.analysis.pk, kind]) + tail,
            "kind": kind.upper(),
        }
        for kind, title in titles.items()
    ]
