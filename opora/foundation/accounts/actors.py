"""Who acts: a person with roles in places, as a value that every room can ask."""

from __future__ import annotations

from dataclasses import dataclass, field

from opora.foundation.accounts.roles import OWN_PLACE, ROLES, permissions


@dataclass(frozen=True)
class Holding:
    """One role in one place (`scope` is a path such as BG/LOV)."""

    role: str
    scope: str


@dataclass(frozen=True)
class Actor:
    """The person behind a request, a command or a job. An unknown visitor holds the role `public`."""

    user_id: int | None
    name: str
    organisation: str = ""
    email: str = ""
    holdings: tuple[Holding, ...] = field(default=(Holding("public", "BG"),))
    second_factor: bool = False

    @property
    def signed_in(self) -> bool:
        """A person with an account."""
        return self.user_id is not None

    @property
    def roles(self) -> tuple[str, ...]:
        """Codes of the roles held, in order."""
        return tuple(dict.fromkeys(h.role for h in self.holdings))

    @property
    def role_label(self) -> str:
        """The roles in words, for headers and the audit."""
        return ", ".join(str(ROLES[role]) for role in self.roles)

    def scopes(self, area: str, may: str = "R") -> tuple[str, ...]:
        """Paths at or below which the actor may do this in the area."""
        found = (_reach(h, area, may) for h in self.holdings)
        return tuple(dict.fromkeys(scope for scope in found if scope))

    def may(self, area: str, may: str, path: str) -> bool:
        """Whether the actor may do this in the area at that path."""
        return any(_covers(scope, path) for scope in self.scopes(area, may))

    def holds(self, *roles: str) -> bool:
        """Whether one of the roles is held anywhere."""
        return any(role in self.roles for role in roles)

    def holds_at(self, role: str, path: str) -> bool:
        """Whether the role is held at or above the path."""
        return any(h.role == role and _covers(h.scope, path) for h in self.holdings)


def _reach(holding: Holding, area: str, may: str) -> str:
    permission = permissions().get((holding.role, area))
    if permission is None or may not in permission.may:
        return ""
    if permission.where == "national":
        return "BG"
    return holding.scope if permission.where in OWN_PLACE else ""


def _covers(scope: str, path: str) -> bool:
    return scope in ("BG", path) or path.startswith(scope + "/")


VISITOR = Actor(user_id=None, name="")


def system(name: str = "Опора") -> Actor:
    """The program itself, for commands and jobs started by the operator; may do what the national
    administrator may.
    """
    return Actor(user_id=None, name=name, organisation="Опора", holdings=(Holding("national_admin", "BG"),))
