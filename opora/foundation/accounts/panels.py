"""What this room shows on pages of the rooms below: the coordinators on a region's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from markupsafe import Markup

from opora.foundation.accounts import queries
from opora.foundation.accounts.doors import actor_of


def coordinators(request: HttpRequest, *, region: Any) -> str:
    """Who coordinates this region; nothing for visitors without account."""
    posts = [post for post in queries.posts_for(actor_of(request)) if post.region_id == region.pk]
    if not posts:
        return ""
    facts = {"posts": posts, "region": region}
    return Markup(render_to_string("accounts/region_panel.html", facts, request))  # noqa: S704 - our own template
