"""A document that does not fit is named by its place; one that fits passes, as jsonschema would have it."""

import pytest

from opora.engines.common.faces import NUMBERS, TABLE, TEXT, listing, record
from opora.engines.common.schema import check

SCHEMA = record(
    ["points", "places"],
    points=NUMBERS,
    places={"type": "integer", "minimum": 1},
    table=TABLE,
    kind={"enum": ["ordinal", "nominal"]},
    together=listing(record(["one"], one={"anyOf": [TEXT, {"type": "integer"}]})),
    extra={"type": "object", "additionalProperties": {"type": ["number", "null"]}},
)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "the document must be object, not array"),
        ({"points": []}, "the document lacks 'places'"),
        ({"points": [1, "x"], "places": 1}, r"points\[1\] must be number, not the text 'x'"),
        ({"points": [True], "places": 1}, r"points\[0\] must be number, not boolean"),
        ({"points": [], "places": 0}, "places must be at least 1, not 0"),
        ({"points": [], "places": 1.5}, "places must be integer, not 1.5"),
        ({"points": [], "places": None}, "places must be integer, not nothing"),
        ({"points": [], "places": 1, "kind": "x"}, "kind must be one of 'ordinal', 'nominal', not 'x'"),
        ({"points": [], "places": 1, "table": [[1], [{}]]}, r"table\[1\]\[0\] must be number, not object"),
        (
            {"points": [], "places": 1, "together": [{"one": 2.5}]},
            r"together\[0\]\.one must be string, not 2.5; or",
        ),
        ({"points": [], "places": 1, "other": 1}, "has 'other', which is not known here; known are points"),
        ({"points": [], "places": 1, "extra": {"a": "b"}}, r"extra\.a must be number or null"),
    ],
)
def test_what_does_not_fit_is_named(given: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check(given, SCHEMA)


def test_what_fits_passes() -> None:
    check(
        {
            "points": [1, 2.5],
            "places": 3.0,
            "kind": "ordinal",
            "together": [{"one": "a"}],
            "extra": {"a": None},
        },
        SCHEMA,
    )
