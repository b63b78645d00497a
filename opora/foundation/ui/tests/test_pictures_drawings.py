"""What the pictures show, in every form: drawing, words, rows, PNG, PDF."""

import io
import re
from xml.etree import ElementTree

import pytest
from django.template import engines
from PIL import Image

from opora.foundation.ui.pictures import (
    Area,
    Bar,
    Dots,
    Expected,
    Hidden,
    Panel,
    Picture,
    Place,
    Places,
    Polygons,
    bars,
    choropleth,
    dots,
    places_bars,
    points_map,
    progress_bar,
    small_lines,
    svg_to_png,
)

SVG = "{http://www.w3.org/2000/svg}"


def square(x: float, y: float) -> Polygons:
    return ((((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)),),)


def a_map(**changed: object) -> Picture:
    values: list[object] = [5.0, 12.0, None, Hidden.SMALL]
    areas = [
        Area(f"LOV{i:02}", f"Община {i}", square(24 + i, 43), value, href=f"/territory/LOV{i:02}/")  # type: ignore[arg-type]
        for i, value in enumerate(values)
    ]
    return choropleth(
        "Троян чака логопед", areas, unit="часа", heading="Община", source="Карти, 2026.", **changed
    )  # type: ignore[arg-type]


def all_pictures() -> list[Picture]:
    items = [
        Bar("Ловеч", (40.0, 38.0)),
        Bar("Троян & Априлци", (30.0, None)),
        Bar("Летница", (0.0, Hidden.SMALL)),
    ]
    return [
        bars("Стълбове", [Bar(i.label, i.values[:1], "/x/") for i in items], unit="места"),
        bars("Два реда", items, series=("места", "заети")),
        bars("Един върху друг", items, series=("деца", "възрастни"), stacked=True),
        dots("Точки", [Dots("Ловеч", (3.5,), (2.0, 5.0)), Dots("Троян", (None,))]),
        small_lines(
            "Линии", [Panel("Ловеч", (1.0, None, 3.0)), Panel("Троян", (None,) * 3)], ("2024", "2025", "2026")
        ),
        small_lines(
            "Цели", [Panel("Приятел", (-1, 0, 2))], ("1", "2", "3"), expected=Expected(-2, 2, "очакваното")
        ),
        places_bars("Места", [Places("ЦОП", 40.0, 38.0, 12.0, "/s/"), Places("Празна", 0.0, None)]),
        progress_bar("Карти", 14, 19, unit="карти"),
        a_map(),
        points_map(
            "Места", [Place("с. Абланица", (24.7, 43.0), 122.0, "/s/"), Place("гр. Ловеч", (24.7, 43.1))]
        ),
    ]


PICTURES = pytest.mark.parametrize("made", all_pictures(), ids=lambda made: made.title)


@PICTURES
def test_drawing_is_xml_with_title_and_words_and_without_style_or_script(made: Picture) -> None:
    for drawing in (made.svg, made.narrow, made.framed):
        root = ElementTree.fromstring(str(drawing))
        title, words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert words is not None
        assert (title.text, words.text) == (made.title, made.description)
        assert root.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
        assert not re.search(r'\sstyle="|<script|<style|\son\w+="|NaN|inf"', str(drawing))


@PICTURES
def test_identifiers_are_unique_and_every_pattern_used_is_there(made: Picture) -> None:
    page = str(made.svg) + str(made.narrow)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


@PICTURES
def test_nothing_sticks_out_of_the_paper_to_the_left_or_right(made: Picture) -> None:
    for drawing in (made.svg, made.narrow):
        root = ElementTree.fromstring(str(drawing))
        width = float(root.get("width") or 0)
        for mark in root.iter(f"{SVG}rect"):
            if mark.get("x") is not None and not mark.get("rx"):
                assert float(mark.get("x") or 0) >= -0.1
                assert float(mark.get("x") or 0) + float(mark.get("width") or 0) <= width + 0.1


@PICTURES
def test_links_are_not_hidden_inside_an_image(made: Picture) -> None:
    role = 'role="group"' if "<a " in made.svg else 'role="img"'
    assert role in made.svg


@PICTURES
def test_rows_carry_the_same_facts(made: Picture) -> None:
    assert all(len(row) == len(made.columns) for row in made.rows)
    assert len(made.cells()) == len(made.rows)
    assert len(made.numeric()) == len(made.columns)


@PICTURES
def test_png_for_word_is_drawn_with_our_letters(made: Picture) -> None:
    image = Image.open(io.BytesIO(svg_to_png(made.framed, 720)))
    assert image.width == 720
    dark = sum(image.convert("L").histogram()[:120])
    assert dark > 200  # the title at least: without a font nothing dark would be there


@PICTURES
def test_macro_shows_title_both_drawings_source_and_table(made: Picture) -> None:
    template = engines["jinja2"].from_string(
        '{% from "ui/pictures.html" import picture %}{{ picture(value) }}'
    )
    page = template.render({"value": made})
    assert page.count("<svg") == 2
    assert "Данните като таблица" in page
    assert page.count("<tr") == len(made.rows) + 1


def test_a_scale_around_what_was_expected_says_more_and_less_than_it() -> None:
    made = small_lines(
        "Цели", [Panel("Приятел", (-1, 2))], ("1", "2"), expected=Expected(-2, 2, "очакваното")
    )
    words = re.findall(r"<text[^>]*>([^<]+)</text>", str(made.svg))
    assert {"−1", "+2", "очакваното"} <= set(words)


def test_same_facts_give_the_same_drawing_and_others_other_identifiers() -> None:
    assert a_map().svg == a_map().svg
    assert a_map().key != a_map(schematic=True).key


def test_map_tells_classes_missing_and_hidden_apart() -> None:
    made = a_map()
    assert "няма данни" in made.svg
    assert "малко число, скрито" in made.svg
    fills = re.findall(r'fill="([^"]+)" fill-rule', made.svg)
    assert len(set(fills)) == 4
    assert made.cells() == [["Община 0", "5"], ["Община 1", "12"], ["Община 2", "–"], ["Община 3", ":c"]]


def test_hidden_number_is_nowhere_in_the_picture() -> None:
    made = a_map()
    assert made.svg.count(":c") >= 2  # name of the link and hover text
    assert "За 1 няма данни." in made.description
    assert "1 малко число е скрито." in made.description


def test_changed_value_changes_class_number_and_words() -> None:
    def drawn(value: float) -> Picture:
        shapes = [(n, square(24 + i, 43)) for i, n in enumerate(("Ловеч", "Троян"))]
        return choropleth("К", [Area(n, n, s, v) for (n, s), v in zip(shapes, (5.0, value), strict=True)])

    before, after = drawn(3.0), drawn(9.0)
    assert before.svg != after.svg
    assert "Най-много: Ловеч (5)" in before.description
    assert "Най-много: Троян (9)" in after.description


def test_schematic_map_says_so() -> None:
    assert a_map(schematic=True).source == "Карти, 2026. Схематични граници."
    assert a_map().source == "Карти, 2026."


def test_areas_are_links_with_name_and_value() -> None:
    assert '<a href="/territory/LOV01/" aria-label="Община 1: 12"' in a_map().svg


def test_map_without_values_only_shows_where_places_are() -> None:
    made = choropleth("Общините", [Area("LOV18", "Ловеч", square(24, 43))], heading="Община")
    assert (made.columns, made.rows) == (("Община",), (("Ловеч",),))
    assert "няма данни" not in made.svg


def test_every_area_of_a_map_has_its_name_on_it_or_a_letter_that_is_explained_below() -> None:
    names = ["Ловеч", "Кюстендил", "Велико Търново", *(f"Община с дълго име {n}" for n in range(20))]
    shapes = [square(24 + 0.01 * (n > 2) * n, 43 + (n > 2)) for n in range(23)]
    wide = ((((24, 41), (48, 41), (48, 42), (24, 42), (24, 41)),),)
    areas = [
        Area(name, name, wide if n == 0 else shape, float(n))
        for n, (name, shape) in enumerate(zip(names, shapes, strict=True))
    ]
    made = choropleth("К", areas, unit="часа")
    for svg in (made.svg, made.narrow):
        words = [
            one.text or ""
            for one in ElementTree.fromstring(str(svg)).iter("{http://www.w3.org/2000/svg}text")
        ]
        told = [re.match(r"([А-Я]+)\xa0(.+): \d+$", one) for one in words]
        letters = {one.group(2): one.group(1) for one in told if one}
        for name in names:
            assert name in words or (name in letters and letters[name] in words), name
        assert "Ловеч" not in letters
        assert letters


def test_bar_is_as_long_as_its_value() -> None:
    made = bars("Часове", [Bar("Троян", (310.0,)), Bar("Ловеч", (155.0,))])
    widths = [float(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)"', made.svg)]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.02)


def test_surface_of_a_point_follows_its_value() -> None:
    made = points_map("К", [Place("А", (24.0, 43.0), 100.0), Place("Б", (25.0, 43.0), 400.0)])
    radii = sorted(
        float(r)
        for r in re.findall(r'<circle [^>]*r="([\d.]+)" fill="[^"]+" fill-opacity="0.75" stroke', made.svg)
    )
    assert radii[-1] == pytest.approx(2 * radii[0], abs=0.05)


def test_more_taken_than_there_is_stands_past_the_outline() -> None:
    made = places_bars("Места", [Places("ЦОП", 30.0, 34.0, 4.0)])
    assert "34 от 30, чакат 4" in made.svg
    taken, there = [
        float(w) for w in re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="18"', made.svg)
    ][:2]
    assert taken > there


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 1 series"):
        bars("К", [Bar("Ловеч", (1.0, 2.0))])
    with pytest.raises(ValueError, match="shorter than nothing"):
        bars("К", [Bar("Ловеч", (-1.0,))])
    with pytest.raises(ValueError, match="at most six"):
        bars("К", [Bar("Ловеч", (1.0,) * 7)], series=("а",) * 7)
    with pytest.raises(ValueError, match="20 of 19"):
        progress_bar("К", 20, 19)
    with pytest.raises(ValueError, match="3 moments"):
        small_lines("К", [Panel("Ловеч", (1.0,))], ("1", "2", "3"))


def test_picture_without_items_is_still_a_picture() -> None:
    for made in (
        bars("К", []),
        dots("К", []),
        small_lines("К", [], ()),
        choropleth("К", []),
        points_map("К", []),
    ):
        ElementTree.fromstring(str(made.svg))
