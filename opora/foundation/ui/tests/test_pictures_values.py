"""Numbers, scales, classes and geometry under the pictures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opora.foundation.ui.pictures import Hidden, cells, classes, from_geojson, merged, spoken
from opora.foundation.ui.pictures.axis import scale
from opora.foundation.ui.pictures.geometry import clip, inside, label_point, outlines, ring_area
from opora.foundation.ui.pictures.projection import fit
from opora.foundation.ui.pictures.svg import el, path_data, shorten, text_width, wrap
from opora.foundation.ui.pictures.values import decimals_of, ticks

SQUARE = (((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)),)
# A horseshoe open to the north: its middle is outside.
HORSESHOE = (
    ((0.0, 0.0), (6.0, 0.0), (6.0, 6.0), (4.0, 6.0), (4.0, 2.0), (2.0, 2.0), (2.0, 6.0), (0.0, 6.0)),
)
finite = st.floats(-1e6, 1e6, allow_nan=False)
whole = st.integers(0, 100_000).map(float)


def test_numbers_are_written_as_bulgarians_read_them() -> None:
    assert spoken(1234567.0) == "1\u202f234\u202f567"
    assert spoken(1234.5) == "1\u202f234,5"
    assert (spoken(None), spoken(Hidden.SMALL), spoken("Ловеч")) == ("–", ":c", "Ловеч")
    assert decimals_of([1.0, 2.25]) == 2


@given(st.lists(whole, min_size=1, max_size=80), st.integers(1, 5))
def test_every_value_falls_into_one_class_and_no_class_is_empty(values: list[float], count: int) -> None:
    made = classes(values, count=count)
    assert made is not None
    assert 1 <= len(made) <= count
    assert list(made.limits) == sorted(set(made.limits))
    assert {made.of(value) for value in values} == set(range(len(made)))
    ordered = sorted(values)
    assert [made.of(v) for v in ordered] == sorted(made.of(v) for v in ordered)


@given(st.lists(st.floats(0, 5000, allow_nan=False), min_size=1, max_size=60))
def test_classes_of_decimals_hold_what_their_labels_say(values: list[float]) -> None:
    made = classes(values, decimals=1)
    assert made is not None
    assert len(made.labels()) == len(made)
    assert all(0 <= made.of(value) < len(made) for value in values)


def test_limits_are_round_and_classes_about_equal() -> None:
    made = classes([float(v) for v in (3, 7, 12, 18, 22, 27, 33, 38, 44, 52)])
    assert made is not None
    assert made.limits == (10.0, 20.0, 30.0, 40.0)
    assert made.labels() == ["3–9", "10–19", "20–29", "30–39", "40–52"]


def test_no_number_gives_no_classes() -> None:
    assert classes([None, Hidden.SMALL]) is None


@given(finite, finite)
def test_marks_of_a_scale_enclose_its_values(one: float, two: float) -> None:
    low, high = min(one, two), max(one, two)
    marks = ticks(low, high)
    near = 1e-6 * max(1, high - low)
    assert marks[0] <= low + near
    assert marks[-1] >= high - near
    assert len(marks) <= 8


def test_scale_starts_at_zero_and_ends_where_told() -> None:
    along = scale([3.0, 17.0], 100, 300)
    assert (along(0), along(along.marks[-1])) == (100, 300)


@given(st.lists(st.tuples(st.floats(22, 29), st.floats(41, 44)), max_size=30))
def test_projection_keeps_every_point_on_the_paper(points: list[tuple[float, float]]) -> None:
    onto = fit(points, 720)
    for x, y in map(onto, points):
        assert -0.01 <= x <= 720.01
        assert -0.01 <= y <= onto.height + 0.01
    assert onto.height <= 640.01


def test_projection_has_one_scale_and_north_above() -> None:
    onto = fit([(24.0, 42.0), (26.0, 44.0)], 720)
    east, north = onto((25.0, 43.0)), onto((24.0, 43.5))
    start = onto((24.0, 43.0))
    assert north[1] < start[1]
    metres = (east[0] - start[0]) / math.cos(math.radians(43)), (start[1] - north[1]) * 2
    assert metres[0] == pytest.approx(metres[1], rel=1e-6)


coordinates = st.floats(-1, 5, allow_nan=False).map(lambda v: round(v, 3))


@given(coordinates, coordinates, coordinates)
def test_a_cut_leaves_both_parts_and_together_the_whole(a: float, b: float, limit: float) -> None:
    normal = (a or 1.0, b)
    kept = clip(SQUARE[0], normal, limit)
    rest = clip(SQUARE[0], (-normal[0], -normal[1]), -limit)
    areas = [abs(ring_area(ring)) for ring in (kept, rest) if len(ring) > 2]
    assert sum(areas) == pytest.approx(16.0)


seats = st.dictionaries(
    st.from_regex(r"[A-Z]{3}\d\d", fullmatch=True),
    st.tuples(st.floats(0.2, 5.8), st.floats(0.2, 5.8)),
    min_size=1,
    max_size=8,
)


@given(seats)
def test_cells_cover_the_outline_once(places: dict[str, tuple[float, float]]) -> None:
    made = cells(places, (HORSESHOE,))
    area = sum(abs(ring_area(ring)) for cell in made.values() for ring in outlines(cell))
    assert area == pytest.approx(abs(ring_area(HORSESHOE[0])), rel=1e-6)


def test_every_seat_lies_in_its_own_cell_and_seats_at_one_place_are_told_apart() -> None:
    places = {"AAA01": (1.0, 1.0), "AAA02": (3.0, 1.0), "AAA03": (3.0, 3.0), "AAA04": (1.0, 1.0)}
    made = cells(places, (SQUARE,))
    assert set(made) == set(places)
    assert inside((3.0, 1.0), made["AAA02"])
    assert not inside((3.0, 1.0), made["AAA03"])


@given(seats)
def test_merged_cells_are_the_outline_again(places: dict[str, tuple[float, float]]) -> None:
    whole = merged(cells(places, (HORSESHOE,)).values())
    area = sum(abs(ring_area(ring)) for ring in outlines(whole))
    assert area == pytest.approx(abs(ring_area(HORSESHOE[0])), rel=1e-3)
    assert inside((1.0, 5.0), whole)
    assert not inside((3.0, 5.0), whole)


def test_merging_two_of_three_cells_leaves_one_ring_with_their_area() -> None:
    made = cells({"AAA01": (0.5, 2.0), "AAA02": (2.0, 2.0), "AAA03": (3.5, 2.0)}, (SQUARE,))
    both = merged([made["AAA01"], made["AAA02"]])
    assert len(both) == 1
    assert abs(ring_area(both[0][0])) == pytest.approx(2.75 * 4, rel=1e-4)


def test_label_stands_inside_even_a_hollow_shape() -> None:
    assert inside(label_point((HORSESHOE,)), (HORSESHOE,))


def test_geojson_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="Polygon"):
        from_geojson({"type": "Point", "coordinates": [1, 2]})
    multi = {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}
    assert len(from_geojson(multi)[0][0]) == 4


def test_words_are_escaped_and_attributes_written_plainly() -> None:
    made = el("text", "<Ловеч & „Троян“>", x=1.0, stroke_width=0.5, class_="a", fill=None)
    assert made == '<text x="1" stroke-width="0.5" class="a">&lt;Ловеч &amp; „Троян“&gt;</text>'
    assert path_data([[(0, 0), (0.01, 0), (1.26, 2)]]) == "M0 0l1.3 2Z"


@given(st.text(alphabet="абвж ", max_size=60), st.integers(40, 300))
def test_shortened_words_fit_and_wrapped_ones_are_all_there(words: str, width: int) -> None:
    assert text_width(shorten(words, width)) <= width
    assert " ".join(wrap(words, width)).split() == words.split()
