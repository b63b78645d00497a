"""Who may see the territory: everybody. Changing it is the operator's command, not a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class OpenDoor:
    """The rule „everybody“ in the form the middleware of `accounts`, which stands above, reads."""

    public: bool = True
    area: str = ""
    may: str = "R"
    roles: frozenset[str] = frozenset()

    def opens_for(self, actor: object) -> bool:
        """Always."""
        return self.public


def open_to_all(view: View) -> View:
    """Declare that a page of the territory is for everybody."""
    view.door = OpenDoor()  # type: ignore[attr-defined]
    return view
