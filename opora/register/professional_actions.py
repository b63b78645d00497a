"""Writers of the list of professionals, in services and outside them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core.errors import NotAllowed
from opora.foundation.territory.models import Municipality
from opora.register import policies
from opora.register.models import Professional, Service


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
) -> Professional:
    """Add or change a professional. NotAllowed outside the actor's territory, before or after the change."""
    path = service.path if service else municipality.path
    if not policies.keep_professional(actor, path) or not _kept_before(actor, professional):
        raise NotAllowed(_("Можете да вписвате специалисти само на своята територия."))
    professional.name, professional.profession, professional.employer = name, profession, employer
    professional.municipality, professional.service, professional.path = municipality, service, path
    professional.phone, professional.email = phone, email
    professional.save()
    audit.record(actor, "professional.saved", str(professional.pk), details={"profession": profession})
    return professional


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
