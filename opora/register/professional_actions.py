"""Writers of the list of professionals, in services and outside them."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import shown
from opora.foundation.core.errors import ActionRefused, NotAllowed
from opora.foundation.territory.models import Municipality
from opora.register import policies
from opora.register.models import Professional, Service

FIELDS = ("name", "profession", "employer", "municipality", "service", "phone", "email")


@transaction.atomic
def save_professional(
    actor: Actor,
    professional: Professional,
    *,
    name: str,
    profession: str,
    municipality: Municipality,
    service: Service | None = None,
    employer: str = "",
    phone: str = "",
    email: str = "",
    seen: str | None = None,
) -> Professional:
    """Add or change a professional; of a page (`seen`) only what its reader changed. NotAllowed outside the actor's
    territory, before or after the change; ActionRefused for one taken off the list; Clash.
    """
    said: dict[str, Any] = {
        "name": name, "profession": profession, "employer": employer, "municipality": municipality, "service": service,
        "phone": phone, "email": email,
    }  # fmt: skip
    if professional.pk:
        professional = _locked(professional)
        now = {field: getattr(professional, field) for field in FIELDS}
        said = now | shown.brought(said, now, seen, _("Колега промени този специалист, докато пишехте."))
    path = said["service"].path if said["service"] else said["municipality"].path
    if not policies.keep_professional(actor, path) or not _kept_before(actor, professional):
        raise NotAllowed(_("Можете да вписвате специалисти само на своята територия."))
    for field in FIELDS:
        setattr(professional, field, said[field])
    professional.path = path
    professional.save()
    audit.record(
        actor, "professional.saved", str(professional.pk), details={"profession": professional.profession}
    )
    return professional


def _locked(professional: Professional) -> Professional:
    rows = Professional.objects.select_for_update(of=("self",)).select_related("municipality", "service")
    found: Professional | None = rows.filter(pk=professional.pk).first()
    if found is None:
        raise ActionRefused(_("Специалистът вече е махнат от списъка. Впишете го отново, ако е нужно."))
    return found


def _kept_before(actor: Actor, professional: Professional) -> bool:
    return not professional.pk or policies.keep_professional(actor, professional.path)


@transaction.atomic
def remove_professional(actor: Actor, professional: Professional) -> None:
    """Take somebody off the list."""
    if not policies.keep_professional(actor, professional.path):
        raise NotAllowed(_("Този специалист се води от други хора."))
    key = str(professional.pk)
    professional.delete()
    audit.record(actor, "professional.removed", key)
