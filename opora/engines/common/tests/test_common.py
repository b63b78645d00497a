"""Plain words about wrong input, and sentences in two languages."""

import numpy as np
import pytest

from opora.engines.common import checks, faces
from opora.engines.common.reasons import N_, NN_, Reason, as_json, number, say


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1, 2], [3]], "rows of equal length"),
        ([[1, "a"]], "must be numbers"),
        ([1, 2], "must have the shape any × 2, not 2"),
        (3, "not a single number"),
        ([[1, 2, 3]], "must have the shape any × 2, not 1 × 3"),
        ([[1, np.nan]], "not a number, at 0, 1"),
        ([[np.inf, 1]], "infinite value, at 0, 0"),
        ([[1, -1]], "must be at least 0; at 0, 1 it is less"),
    ],
)
def test_wrong_numbers_are_named_with_their_place(value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        checks.numbers("cost", value, (None, 2))  # type: ignore[arg-type]


def test_what_may_be_missing_or_infinite_passes() -> None:
    assert np.isnan(checks.numbers("marks", [np.nan, 1], (None,), missing=True)).tolist() == [True, False]
    assert np.isinf(checks.numbers("distance", [np.inf], (1,), infinite=True))
    with pytest.raises(ValueError, match="minus infinity"):
        checks.numbers("distance", [-np.inf], (1,), infinite=True, least=None)


def test_places_are_whole_and_known_and_different() -> None:
    assert checks.places("fixed", (2, 0), 3).tolist() == [2, 0]
    for wrong in ([3], [-1], [1, 1], [0.5], [True]):
        with pytest.raises(ValueError, match="fixed"):
            checks.places("fixed", wrong, 3)


def test_single_numbers() -> None:
    assert checks.whole("p", np.int64(3), 1, 5) == 3
    assert checks.positive("radius", 0, zero=True) == 0
    for wrong in (0, 6, 2.5, True, "3"):
        with pytest.raises(ValueError, match="p must be"):
            checks.whole("p", wrong, 1, 5)
    for value in (0, -1, np.nan, np.inf, True):
        with pytest.raises(ValueError, match="radius must be"):
            checks.positive("radius", value)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert [number(v) for v in (1234.56, -0.04, 2, 0.25, "LOV18")] == [
        "1\u2009234,6",
        "0",
        "2",
        "0,3",
        "LOV18",
    ]
    assert [number(v, "en") for v in (1234.56, -1.25)] == ["1,234.6", "−1.3"]
    assert number(1234.5, digits=0) == "1\u2009235"
    assert [number((0.8432, 2)), number((-0.5, 3), "en"), number((float("nan"), 2))] == ["0,84", "−0.5", "–"]


def test_the_number_decides_the_form_of_a_sentence() -> None:
    forms = NN_("Свободно е {count} място.", "Свободни са {count} места.")
    assert say(Reason(forms, {"count": 1})) == "Свободно е 1 място."
    assert str(Reason(forms, {"count": 2})) == "Свободни са 2 места."
    with pytest.raises(ValueError, match="decides the form"):
        say(Reason(forms, {"count": "две"}))


def test_a_reason_says_the_same_in_both_languages_to_programs() -> None:
    told = as_json(Reason(N_("На {km} км."), {"km": 2.5}, "for"))
    assert (told["bg"], told["kind"], told["values"]) == ("На 2,5 км.", "for", {"km": 2.5})


def test_plain_json_has_no_nan() -> None:
    given = {"a": np.array([1.0, np.nan, np.inf]), "b": {np.int64(2)}, 3: (np.float64(1.5), None)}
    assert faces.plain(given) == {"a": [1.0, None, None], "b": [2], "3": [1.5, None]}
