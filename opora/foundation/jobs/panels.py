"""What this room shows in the head of every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.accounts.actors import Actor
from opora.foundation.jobs import queries
from opora.foundation.ui.icons import icon


def bell(request: HttpRequest | None) -> str:
    """Leads to the person's long work while some of it runs."""
    actor = getattr(request, "actor", None)
    running = queries.running_for(actor) if isinstance(actor, Actor) and actor.signed_in else 0
    if not running:
        return ""
    words = _("Задачи в работа: %(n)s") % {"n": running}
    return Markup('<a class="op-header__link" href="{}">{}{}</a>').format(
        reverse("jobs_list"), icon("clock"), words
    )
