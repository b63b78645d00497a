"""What the pages share: finding a visit or round, or saying that there is none."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from opora.evidence.monitoring import policies, queries
from opora.evidence.monitoring.models import Round, Visit
from opora.foundation.accounts.actors import Actor
from opora.foundation.core.errors import ActionRefused

ROLES = policies.ROLES
BOTH = ["GET", "HEAD", "POST"]


def visit_or_404(actor: Actor, code: str) -> Visit:
    """The visit, or 404 also when it stands outside the actor's places."""
    found = queries.visit_by_code(actor, code)
    if found is None:
        raise Http404
    return found


def round_or_404(actor: Actor, code: str) -> Round:
    """The round, or 404."""
    found = queries.round_by_code(actor, code)
    if found is None:
        raise Http404
    return found


def home_of(request: HttpRequest) -> str:
    """The address of this Opora, for links in letters."""
    return request.build_absolute_uri("/").rstrip("/")


def tell(request: HttpRequest, refused: ActionRefused) -> None:
    """What happened, in the words of the action."""
    messages.error(request, str(refused))


def done(request: HttpRequest, words: str) -> None:
    """The result, on the next page."""
    messages.success(request, words)


__all__ = ["BOTH", "ROLES", "_", "done", "home_of", "round_or_404", "tell", "visit_or_404"]
