"""Pages of the contract, the review of the plan and the closing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from opora.care.casework import actions, ending_view, forms, policies_ending, queries, queries_ending
from opora.care.casework.models import ClientFile, Contract, Plan, Review
from opora.care.casework.papers.ending import CONTRACT
from opora.care.casework.views.files import ROLES, found_or_404
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, Clash

NEXT = {
    Review.CONTINUE: "casework_review",
    Review.CHANGE: "casework_plan",
    Review.CLOSE: "casework_close",
    Review.TRANSFER: "casework_transfer",
}
"""Where a decision leads."""


def _read(actor: Actor, file: ClientFile, part: str) -> None:
    audit.record(actor, "case.read", file.code, chain=f"svc:{file.service.code}", details={"part": part})


@door(roles=ROLES)
def review(request: HttpRequest, code: str) -> HttpResponseBase:
    """The review of the plan in force, with what was reached; reviews held before."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    plan = queries.approved_plan(file)
    may_review = policies_ending.review_plan(actor, file, plan)
    form = forms.PlanReviewForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.hold_review(actor, file, form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Преглед № %(n)s е записан.") % {"n": made.number})
            heads = policies_ending.transfer_file(actor, file)
            there = NEXT[made.decision] if made.decision != Review.TRANSFER or heads else "casework_review"
            return redirect(there, file.code)
    _read(actor, file, "review")
    found = queries_ending.reviews_of(file, plan)
    context = {
        "file": file, "form": form, "plan": plan, "may_review": may_review,
        "reached": ending_view.Reached(plan, clock.today()) if plan else None, "due": ending_view.review_due(file),
        "reviews": [ending_view.ReviewLine(one) for one in found], "held_here": any(not one.origin for one in found),
    }  # fmt: skip
    return render(request, "casework/review.html", context)


@door(roles=ROLES)
def contract(request: HttpRequest, code: str) -> HttpResponseBase:
    """The contract: its terms, the paper, the signing."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    found = queries_ending.contracts_of(file)
    waiting = next((one for one in found if not one.is_signed), None)
    plan = queries.approved_plan(file)
    form, sign = _contract_forms(request, plan, waiting)
    if request.method == "POST" and (answer := _contract_done(request, file, waiting, form, sign)):
        return answer
    _read(actor, file, "contract")
    context = {
        "file": file, "form": form, "sign": sign, "waiting": waiting, "plan": plan,
        "may_write": policies_ending.make_contract(actor, file), "paper": CONTRACT,
        "signed": [(one, queries_ending.contract_file(actor, one)) for one in found if one.is_signed],
        "signed_here": any(one.is_signed and not one.origin for one in found),
    }  # fmt: skip
    return render(request, "casework/contract.html", context)


def _contract_forms(
    request: HttpRequest, plan: Plan | None, waiting: Contract | None
) -> tuple[forms.ContractForm, forms.SignForm]:
    do = request.POST.get("do")
    known = {name: getattr(waiting, name) for name in ("starts_on", "until", "manner", "fee")} if waiting else {
        "starts_on": clock.today(), "until": queries_ending.last_goal_day(plan)
    }  # fmt: skip
    form = forms.ContractForm(request.POST if do == "terms" else None, initial=known)
    sign = forms.SignForm(
        request.POST if do == "sign" else None, request.FILES if do == "sign" else None,
        initial={"on": clock.today()},
    )  # fmt: skip
    return form, sign


def _contract_done(
    request: HttpRequest, file: ClientFile, waiting: Contract | None, form: forms.ContractForm, sign: forms.SignForm
) -> HttpResponseBase | None:  # fmt: skip
    actor = actor_of(request)
    bound = sign if sign.is_bound else form
    if not bound.is_bound or not bound.is_valid():
        return None
    of = request.POST.get("of")
    try:
        if bound is form:
            actions.set_contract(actor, file, form.said(), seen=form.seen_before, of=of)
            messages.success(request, _("Условията на договора са записани."))
        else:
            actions.same_contract(waiting, of)
            if waiting is None:
                raise Http404
            scan = sign.cleaned_data["scan"]
            actions.sign_contract(
                actor, waiting, on=sign.cleaned_data["on"], name=scan.name if scan else "",
                content=scan.read() if scan else b"",
            )  # fmt: skip
            messages.success(request, _("Договор № %(n)s е подписан.") % {"n": waiting.number})
    except Clash as clash:
        form.meet(clash)
        return None
    except ActionRefused as refused:
        bound.add_error(None, str(refused))
        return None
    return redirect("casework_contract", file.code)


@door(roles=ROLES)
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """Close with a summary; what was reached is shown from the plan."""
    actor = actor_of(request)
    file = found_or_404(actor, code)
    if not policies_ending.close_file(actor, file):
        raise Http404
    form = forms.ClosingForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_file(actor, file, form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Досие %(code)s е закрито. Обобщението е в документите.") % {"code": file.code}
            )
            return redirect("casework_file", file.code)
    _read(actor, file, "closing")
    plan = queries.approved_plan(file)
    reached = ending_view.Reached(plan, clock.today()) if plan else None
    return render(request, "casework/close.html", {"file": file, "form": form, "reached": reached})
