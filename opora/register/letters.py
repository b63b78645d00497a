"""A letter to a service: what happened, what to do, until when. Never a name and never words that somebody typed."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opora.foundation.messages.actions import Letter
from opora.register.models import Service


def to_service(service: Service, *, key: str, subject: str, lines: Sequence[str], about: str) -> list[Letter]:
    """One letter to the address the register has; none where it has none. Empty lines of text are left out."""
    if not service.email:
        return []
    body = [_("Здравейте,"), "", *(line for line in lines if line), "", _("Благодарим Ви.")]
    return [
        Letter(
            key=key, to_email=service.email, to_name=service.head, subject=subject[:200], body="\n".join(body),
            path=service.path, about=about,
        )
    ]  # fmt: skip


def page(address: str, path: str) -> str:
    """Where to go on; nothing where the address of this Opora is not known."""
    return _("Отворете: %(address)s") % {"address": f"{address}{path}"} if address else ""


def written_to(service: Service) -> str:
    """Whether a letter goes out, for the person who did the deed."""
    if service.email:
        return _("Писмото до услугата е в изходящата поща.")
    return _("В регистъра няма електронна поща на услугата. Обадете ѝ се.")
