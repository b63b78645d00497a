"""What a person sent after the session had ended: kept for her and put back into the fields after signing in
again.

The page carries a signed ticket that says whose it was and of which card; only with it is anything kept, and
only that
person sees it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict

from opora.evidence.survey import filling
from opora.foundation.accounts import actors
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.doors import actor_of
from opora.foundation.drafts import actions as drafts
from opora.foundation.drafts import queries as drafts_kept

HOURS = 12
LARGEST = 200_000
View = Callable[..., HttpResponseBase]


def keep_typed(view: View) -> View:
    """Wraps the view of a section: a POST of somebody signed out is kept before the door sends her to sign
    in.
    """

    @functools.wraps(view)
    def kept(request: HttpRequest, code: str, section: str) -> HttpResponseBase:
        if request.method == "POST" and not actor_of(request).signed_in:
            _keep(request, code, section)
        return view(request, code=code, section=section)

    return kept


def _keep(request: HttpRequest, code: str, section: str) -> None:
    user_id = _whose(request.POST.get("ticket", ""), code)
    posted = {key: values for key, values in request.POST.lists() if key != "csrfmiddlewaretoken"}
    if user_id is not None and sum(len(v) for values in posted.values() for v in values) < LARGEST:
        drafts.replace(actors.VISITOR, _key(code, user_id), {"section": section, "posted": posted})


def _whose(ticket: str, code: str) -> int | None:
    try:
        said = signing.loads(ticket, salt=filling.TICKET_SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    return int(said["user"]) if said.get("card") == code else None


def _key(code: str, user_id: int | None) -> str:
    return f"typed:{code}:{user_id}"


def put_back(actor: Actor, page: filling.SectionPage) -> None:
    """Show what was kept in the fields; it is saved when the person says so."""
    kept = drafts_kept.draft(actor, _key(page.card.code, actor.user_id))
    if kept.version and kept.data.get("section") == page.name:
        filling.show_typed(page, as_query(kept.data.get("posted", {})))


def as_query(posted: dict[str, Any]) -> QueryDict:
    """The kept fields as a form again."""
    query = QueryDict(mutable=True)
    for key, values in posted.items():
        query.setlist(key, values)
    return query


def forget(actor: Actor, page: filling.SectionPage) -> None:
    """It is saved now."""
    drafts.discard(actor, _key(page.card.code, actor.user_id))
