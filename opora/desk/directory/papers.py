"""Which papers a person brings, by kind of service. Practice met in several centres; the service may ask for others.

Source: content of the file in day centres (LAW.md 4.2: Panagyurishte) and ЗСУ чл. 73–77, 85; not a norm.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from opora.register.models import Service


def papers(service: Service) -> list[str]:
    """Papers for the first visit."""
    codes = {group.code for group in service.target_groups.all()}
    found = [_("документ за самоличност на Вас или на законния представител")]
    if any(code.startswith(("children", "youth")) for code in codes):
        found.append(_("акт за раждане на детето"))
    if any(
        "disabilit" in code or (code.startswith("adults_") and code not in _NO_EXPERTISE) for code in codes
    ):
        found.append(_("решение на експертна лекарска комисия, ако има"))
    found.append(
        _("направление, когато услугата го изисква; издава го общината или дирекция „Социално подпомагане“")
    )
    return found


_NO_EXPERTISE = {"adults_crisis", "adults_violence", "adults_homeless", "adults_poverty"}


def for_violence(service: Service) -> bool:
    """Whether the page must offer a quick exit and say nothing about papers first."""
    return any(group.code.endswith("_violence") for group in service.target_groups.all())
