"""What this room shows on pages of others."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from markupsafe import Markup


def obstacle_link(request: HttpRequest | None) -> str:
    """„Пречи ми“ in the foot of every page; it remembers which page it was, unless its address opens something."""
    match = getattr(request, "resolver_match", None)
    page = request.path if request is not None and "secret" not in getattr(match, "kwargs", {}) else ""
    address = f"{reverse('messages_obstacle')}?{urlencode({'page': page})}"
    return Markup('<p class="op-footer__feedback"><a class="govuk-link" href="{}">{}</a></p>').format(
        address, _("Пречи ми")
    )
