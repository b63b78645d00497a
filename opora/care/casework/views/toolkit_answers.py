"""Pages of a toolkit's forms in a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from opora.care.casework import actions, policies, policies_toolkits, queries_toolkits, toolkits_view
from opora.care.casework.models import ClientFile, Toolkit, ToolkitAnswers
from opora.care.casework.papers import making
from opora.care.casework.toolkits import filling
from opora.care.casework.views.files import ROLES, found_or_404
from opora.engines.questionnaire import at_path, put
from opora.evidence.survey import checking, values
from opora.evidence.survey.fields import Field, Maker
from opora.evidence.survey.filling import complaints
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.documents import render as documents
from opora.foundation.documents.views import as_download
from opora.foundation.ui import formats
from opora.foundation.ui.shown import clash_words


@door(roles=ROLES)
def forms_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """Forms that the service's toolkits offer, and those filled already."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if request.method == "POST":
        toolkit, form = _asked(request, file)
        made = actions.begin_form(actor, file, toolkit, form)
        return redirect("casework_form", file.code, made.pk)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "forms"})
    words = dict(ToolkitAnswers.FORMS)
    context = {
        "file": file, "filled": queries_toolkits.filled_in(actor, file), "may_fill": policies_toolkits.fill(actor, file),
        "offered": [(toolkit, form, words[form]) for toolkit, form in queries_toolkits.forms_to_fill(file)],
        "may_change": policies_toolkits.change_toolkits(actor, file.service),
    }  # fmt: skip
    return render(request, "casework/forms.html", context)


def _asked(request: HttpRequest, file: ClientFile) -> tuple[Toolkit, str]:
    for toolkit, form in queries_toolkits.forms_to_fill(file):
        if request.POST.get("form") == f"{toolkit.pk}-{form}":
            return toolkit, form
    raise Http404


@door(roles=ROLES)
def form(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """One form: what is known stands in it; saved as often as wanted, finished once."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    filled = _filled(actor, file, pk)
    may_write = policies_toolkits.change_answers(actor, filled)
    answers, clash, seen = filled.answers, "", filling.marks(filled.answers)
    do = request.POST.get("do", "")
    if request.method == "POST" and may_write:
        answers, seen = _read(filled, request.POST, do), request.POST.get("seen", "")
        if do != "refresh":
            try:
                return _saved(request, actor, filled, answers, do)
            except Clash as met:
                filled = _filled(actor, file, pk)
                clash = _told(filled, answers, seen, str(met))
                answers = filling.together(answers, filled.answers, seen)
                seen = filling.marks(filled.answers)
            except ActionRefused as refused:
                clash, seen = str(refused), filling.marks(_filled(actor, file, pk).answers)
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": "form"})
    context = _context(filled, answers, missing=do == "finish")
    template = (
        "casework/_form_fields.html"
        if do == "refresh" and request.headers.get("HX-Request")
        else "casework/form.html"
    )
    return render(
        request, template, context | {"file": file, "may_write": may_write, "clash": clash, "seen": seen}
    )


def _filled(actor: Actor, file: ClientFile, pk: int) -> ToolkitAnswers:
    try:
        return queries_toolkits.answers_for(actor, file, pk)
    except ToolkitAnswers.DoesNotExist:
        raise Http404 from None


def _saved(
    request: HttpRequest, actor: Actor, filled: ToolkitAnswers, answers: values.Answers, do: str
) -> HttpResponseBase:
    kept = actions.save_form(actor, filled, answers, seen=request.POST.get("seen", ""))
    if do == "finish":
        actions.finish_form(actor, kept)
        messages.success(request, _("Формулярът е приключен."))
    elif do == "save":
        messages.success(
            request,
            _("Записано е. Готови са %(n)s от %(all)s въпроса.") % {"n": kept.done, "all": kept.total},
        )
    return redirect("casework_form", filled.file.code, filled.pk)


def _told(filled: ToolkitAnswers, answers: values.Answers, seen: str, why: str) -> str:
    """What stands now where both wrote, in the words of the form."""
    both = filling.met(answers, filled.answers, seen)
    compiled = queries_toolkits.compiled(filled.toolkit_version, filled.form)
    page = checking.page(compiled, filled.answers)
    now = [f"{row.label}: „{row.value or '–'}“" for row in toolkits_view.answered(page, both)]
    return clash_words(why, "; ".join(now) or "–")


def _read(filled: ToolkitAnswers, posted: QueryDict, do: str) -> values.Answers:
    compiled = queries_toolkits.compiled(filled.toolkit_version, filled.form)
    answers = values.from_post(compiled.root, "", posted, filled.answers)
    verb, _sep, path = do.partition(":")
    if verb == "add":
        rows = at_path(answers, path)
        put(answers, path, [*(rows if isinstance(rows, list) else []), {}])
    elif verb == "remove":
        where, _bracket, number = path.rpartition("[")
        rows = at_path(answers, where) or []
        put(answers, where, [row for n, row in enumerate(rows) if f"{n}]" != number])
    return answers


def _context(filled: ToolkitAnswers, answers: values.Answers, *, missing: bool) -> dict[str, Any]:
    compiled = queries_toolkits.compiled(filled.toolkit_version, filled.form)
    page = checking.page(compiled, answers)
    maker = Maker(filled.prefill, missing)
    drawn: tuple[Field, ...] = maker.fields(page.nodes)
    return {
        "filled": filled, "fields": drawn, "errors": complaints(drawn), "shown": " ".join(maker.shown),
        "sections": toolkits_view.sections(page), "ready": page.result.ready, "asked": page.result.asked,
        "known": len(filled.prefill),
    }  # fmt: skip


@require_POST
@door(roles=ROLES)
def word(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The filled form as a Word document by the toolkit's own template."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if not policies.take_papers(actor, file):
        raise Http404
    filled = _filled(actor, file, pk)
    template = next(
        (
            bytes(p.content)
            for p in filled.toolkit_version.parts.all()
            if p.name == f"documents/{filled.form}.docx"
        ),
        None,
    )
    if template is None:
        raise Http404
    with override("bg"):
        made = documents.docx(template, _given(actor, file, filled))
    details = {"paper": f"toolkit-{filled.form}", "missing": len(made.missing)}
    audit.record(actor, "case.exported", file.code, chain=f"svc:{file.service.code}", details=details)
    return as_download(
        made.content, f"{file.code}-{filled.form}-{filled.number}.docx", making.FORMATS["docx"]
    )


def _given(actor: Actor, file: ClientFile, filled: ToolkitAnswers) -> dict[str, Any]:
    compiled = queries_toolkits.compiled(filled.toolkit_version, filled.form)
    page = checking.page(compiled, filled.answers)
    lead = [
        f"Досие {file.code}",
        file.service.name,
        f"{filled.toolkit_version.toolkit.title}, версия {filled.toolkit_version.number}",
    ]
    if filled.finished_at is None:
        lead.append("Още се попълва.")
    title = compiled.titles.get("bg") or next(iter(compiled.titles.values()), filled.get_form_display())
    return {
        "book": {"title": title, "code": file.code, "lead": lead}, "sections": toolkits_view.sections(page),
        "printed": f"разпечатано от {actor.name} на {formats.date(clock.now())}",
    }  # fmt: skip
