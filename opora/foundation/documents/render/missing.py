"""What a document wanted and did not get."""

from __future__ import annotations

from typing import Any

from jinja2 import Undefined

ELLIPSIS = "…"


class Missing:
    """Collects the names of values a template asked for in vain; `names` in the order asked."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def note(self, name: str) -> None:
        """Remember once."""
        if name not in self.names:
            self.names.append(name)

    def undefined(self) -> type[Undefined]:
        """A class for Jinja that prints „…“ and remembers what was asked."""
        missing = self

        class Hole(Undefined):
            def __str__(self) -> str:
                missing.note(self._undefined_name or "")
                return ELLIPSIS

            def __html__(self) -> str:
                return str(self)

            def __getattr__(self, name: str) -> Any:
                if name.startswith("__"):
                    raise AttributeError(name)
                return Hole(name=f"{self._undefined_name}.{name}")

        return Hole

    def finalize(self, value: Any) -> Any:
        """None and empty text count as missing, too."""
        return ELLIPSIS if value is None else value
