"""One value, one row of bytes: what a digest is taken of."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

Value = (
    None | bool | int | float | str | date | datetime | Decimal | Mapping[str, "Value"] | Sequence["Value"]
)


def canonical(value: Value) -> bytes:
    """Give the UTF-8 bytes of a value, the same on every machine and for every order of keys.

    Mappings have text keys; moments carry a time zone and are written in UTC to the microsecond, so that a
    database which gives them back in another zone changes nothing. Raises ``ValueError`` for a moment without
    a zone, NaN or infinity, ``TypeError`` for any other type.
    """
    return _encoder.encode(value).encode("utf-8")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a chain cannot carry {type(value).__name__}")


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment in a chain needs a time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


_encoder = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain
)
