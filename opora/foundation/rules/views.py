"""Pages of rules."""

from __future__ import annotations

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash
from opora.foundation.rules import actions, policies, queries
from opora.foundation.rules.forms import RuleFilterForm, RuleForm
from opora.foundation.rules.values import WITHOUT_UNIT, said


@require_safe
@door()
def rules(request: HttpRequest) -> HttpResponse:
    """All rules in force."""
    form = RuleFilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    rows = queries.rules_in_force(
        chosen.get("q", ""), chosen.get("verified", ""), chosen.get("known_from", "")
    )
    return render(
        request, "rules/rules.html",
        {"rules": rows, "form": form, "total": queries.rules_in_force().count(), "said": said},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@door()
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule with its history; who may, changes it here."""
    actor, values = actor_of(request), list(queries.history(code))
    if not values:
        raise Http404
    now, may = values[0], policies.change_rule(actor)
    if request.method == "POST" and not may:
        raise Http404
    form = RuleForm(request.POST or None, initial=actions.as_written(now))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_rule(actor, now, **form.said(), seen=form.seen_before)
        except Clash as clash:
            form.meet(clash)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            flash.success(request, _("Правилото е променено. Предишната стойност остава в историята."))
            return redirect("rules_rule", code)
    facts = {
        "rule": now,
        "values": values,
        "form": form,
        "may_change": may,
        "said": said,
        "plain": WITHOUT_UNIT,
    }
    return render(request, "rules/rule.html", facts, status=422 if form.is_bound else 200)
