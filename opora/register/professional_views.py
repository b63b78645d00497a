"""Pages of the professionals of a territory, also of those outside the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of, door
from opora.foundation.core.errors import ActionRefused, Clash, NotAllowed
from opora.foundation.ui.shown import ShownForm
from opora.register import policies, queries
from opora.register.models import Professional
from opora.register.professional_actions import remove_professional, save_professional


class ProfessionalForm(ShownForm):
    """A specialist: who, what, where, how to reach them."""

    name = forms.CharField(label=gettext_lazy("Име"), max_length=120)
    profession = forms.CharField(label=gettext_lazy("Професия"), max_length=120)
    municipality: Any = forms.ModelChoiceField(label=gettext_lazy("Община"), queryset=None)
    service: Any = forms.ModelChoiceField(label=gettext_lazy("Услуга"), queryset=None, required=False)
    employer = forms.CharField(
        label=gettext_lazy("Работодател"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("За специалист извън услугите, например болница."),
    )
    phone = forms.CharField(label=gettext_lazy("Телефон"), max_length=60, required=False)
    email = forms.EmailField(label=gettext_lazy("Електронна поща"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = queries.services_for(actor, "W")
        self._offer("service", own)
        self._offer("municipality", queries.municipality_choices(actor, own.first()))

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


@door("service_register", "R")
def professionals(request: HttpRequest) -> HttpResponseBase:
    """Everybody who works in the territory, narrowed by a word of profession, name or employer."""
    actor, asked = actor_of(request), request.GET.get("q", "").strip()[:80]
    found = queries.professionals_named(actor, asked)
    context = {"people": found, "q": asked, "may_add": bool(actor.scopes(policies.AREA, "W"))}
    kept = queries.professionals_for(actor, "W").values_list("pk", flat=True)
    return render(request, "register/professionals.html", context | {"kept": set(kept)})


@door("service_register", "W")
def edit_professional(request: HttpRequest, pk: int = 0) -> HttpResponseBase:
    """Add somebody, change or remove them."""
    actor = actor_of(request)
    person = _kept_or_404(actor, pk) if pk else Professional()
    if request.method == "POST" and request.POST.get("step") == "remove" and pk:
        remove_professional(actor, person)
        messages.success(request, _("Специалистът е махнат от списъка."))
        return redirect("register_professionals")
    form = ProfessionalForm(actor, request.POST or None, initial=_initial(person))
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_professional(actor, person, **form.said(), seen=form.seen_before)
        except Clash as clash:
            form.meet(clash)
        except NotAllowed as refused:
            form.add_error("municipality", str(refused))
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Записано е: %(name)s.") % {"name": saved.name})
            return redirect("register_professionals")
    return render(request, "register/professional.html", {"form": form, "person": person})


def _initial(person: Professional) -> dict[str, Any]:
    names = ("name", "profession", "employer", "phone", "email")
    values = {name: getattr(person, name) for name in names}
    return values | {"municipality": person.municipality_id, "service": person.service_id}


def _kept_or_404(actor: Actor, pk: int) -> Professional:
    person: Professional | None = queries.professionals_for(actor, "W").filter(pk=pk).first()
    if person is None:
        raise Http404
    return person
