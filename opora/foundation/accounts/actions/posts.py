"""The two coordinators' posts of each region: made once, filled and released with a reason."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actions.people import end_grant, grant_role, require_keeper
from opora.foundation.accounts.actors import Actor
from opora.foundation.accounts.models import CoordinatorPost, Grant, User
from opora.foundation.audit.actions import record
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused
from opora.foundation.territory.models import Region

POSTS_A_REGION = (1, 2)
ROLE = "regional_coordinator"


@transaction.atomic
def make_posts() -> int:
    """The posts that do not exist yet, two for each region in the territory; gives how many were made."""
    there = set(CoordinatorPost.objects.values_list("region_id", "number"))
    wanted = [(pk, number) for pk in Region.objects.values_list("pk", flat=True) for number in POSTS_A_REGION]
    missing = [
        CoordinatorPost(region_id=pk, number=number) for pk, number in wanted if (pk, number) not in there
    ]
    CoordinatorPost.objects.bulk_create(missing)
    return len(missing)


@transaction.atomic
def appoint(actor: Actor, post: CoordinatorPost, person: User, *, reason: str) -> Grant:
    """Fill a vacant post: the person becomes coordinator of the region."""
    require_keeper(actor)
    post = CoordinatorPost.objects.select_for_update(of=("self",)).select_related("region").get(pk=post.pk)
    if post.holder_id is not None:
        raise ActionRefused(_("Мястото вече е заето. Първо го освободете."))
    if not person.is_active:
        raise ActionRefused(_("Профилът на този човек е спрян."))
    grant = grant_role(actor, person, role=ROLE, scope=post.region.path, reason=reason, post=post)
    post.holder, post.since = person, grant.since
    post.save(update_fields=["holder", "since"])
    record(
        actor,
        "accounts.post_filled",
        f"post:{post.region.code}:{post.number}",
        ground=reason,
        details={"holder": person.pk},
    )
    return grant


@transaction.atomic
def release(actor: Actor, post: CoordinatorPost, *, reason: str) -> None:
    """Make a filled post vacant; the holder is no longer coordinator of the region."""
    require_keeper(actor)
    post = (
        CoordinatorPost.objects.select_for_update(of=("self",))
        .select_related("region", "holder")
        .get(pk=post.pk)
    )
    if post.holder_id is None:
        raise ActionRefused(_("Мястото вече е свободно."))
    for grant in Grant.objects.in_force(clock.today()).filter(post=post):
        end_grant(actor, grant, reason=reason)
    CoordinatorPost.objects.filter(pk=post.pk).update(holder=None, since=None)
    record(actor, "accounts.post_vacated", f"post:{post.region.code}:{post.number}", ground=reason)
