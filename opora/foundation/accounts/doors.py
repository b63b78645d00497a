"""The rule at the door of every address. An address without one is refused, and fails the suite."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase  # noqa: TID251 - it answers

from opora.foundation.accounts.actors import Actor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True)
class Door:
    """Who may come in: everybody (`public`), who holds one of the `roles`, who may `may` in `area` somewhere,
    or, when nothing is said, every signed-in person.
    """

    area: str = ""
    may: str = "R"
    public: bool = False
    roles: frozenset[str] = frozenset()

    def opens_for(self, actor: Actor) -> bool:
        """Whether the actor passes; what stands behind is still filtered by the room's queries."""
        if self.public:
            return True
        if not actor.signed_in:
            return False
        if self.roles and not actor.holds(*self.roles):
            return False
        return not self.area or any(actor.scopes(self.area, letter) for letter in self.may)


def door(
    area: str = "", may: str = "R", *, public: bool = False, roles: Iterable[str] = ()
) -> Callable[[View], View]:
    """Declare the rule of a view: `@door("service_register", "W")`. Several letters mean any of them."""
    rule = Door(area, may, public, frozenset(roles))

    def declare(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if not rule.opens_for(actor):
                if not actor.signed_in:
                    return _to_sign_in(request)
                raise Http404
            return view(request, *args, **kwargs)

        guarded.door = rule  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page; a part of a page (htmx) gets 401 instead, so that what is typed there stays."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    return redirect_to_login(request.get_full_path())


def actor_of(request: HttpRequest) -> Actor:
    """The actor the middleware put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
