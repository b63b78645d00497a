"""What a list of services is narrowed to, as a value that stands in the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

OPERATING, CLOSED, ALL = "operating", "closed", "all"
SORTS = ("name", "code", "municipality", "type", "provider", "capacity", "occupied", "waiting", "free")
PAGE_ROWS = 50


@dataclass(frozen=True)
class Filters:
    """Empty text means no narrowing. `state` is operating, closed or all; `shared` is shared or separate."""

    q: str = ""
    region: str = ""
    municipality: str = ""
    type: str = ""
    group: str = ""
    provider: str = ""
    free: str = ""
    state: str = OPERATING
    shared: str = ""
    codes: str = ""
    sort: str = "name"
    by_sound: bool = False

    @property
    def chosen_codes(self) -> list[str]:
        """Codes named one by one, from links under a figure."""
        return [code for code in self.codes.split(";") if code]

    def query(self) -> dict[str, str]:
        """Only what differs from the plain list, for addresses."""
        plain = Filters()
        pairs = ((f.name, str(getattr(self, f.name))) for f in fields(self) if f.name != "by_sound")
        return {name: value for name, value in pairs if value != getattr(plain, name)}


def from_params(params: Mapping[str, str]) -> Filters:
    """Read an address; what is unknown or broken counts as not said."""
    given = {f.name: params.get(f.name, "").strip()[:2000] for f in fields(Filters) if f.name != "by_sound"}
    if given["state"] not in (OPERATING, CLOSED, ALL):
        given["state"] = OPERATING
    if given["sort"].removeprefix("-") not in SORTS:
        given["sort"] = "name"
    if not given["provider"].isascii() or not given["provider"].isdigit():
        given["provider"] = ""
    return Filters(**given)  # type: ignore[arg-type]
