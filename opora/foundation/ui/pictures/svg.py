"""The smallest things a picture is made of: elements, text, widths, paths.

No `style` attribute and no script is ever written: the page's content security
policy forbids both, and presentation attributes also work in WeasyPrint and resvg.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from opora.foundation.ui import tokens

FONT = f"{tokens.FONT_FAMILY}, sans-serif"
INK = tokens.INK

_NARROW = frozenset("iljtfrI.,:;!|'()[] -–\u00a0\u202f")
_WIDE = frozenset("mwMWжшщюфыЖШЩЮФМДЪ@%—")


def el(name: str, *children: str, **attributes: object) -> Markup:
    """One element. Children that are plain strings are escaped; `None` attributes are left out.

    Underscores in attribute names become hyphens, a trailing one is dropped
    (`class_`, `stroke_width`). Numbers are written with at most two decimals.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(children)
    if not inside:
        return Markup(f"<{name}{written}/>")  # noqa: S704 - every part is escaped above
    return Markup(f"<{name}{written}>{inside}</{name}>")  # noqa: S704 - same


def _value(value: object) -> str:
    if isinstance(value, float):
        return number(value)
    return str(escape(value))


def number(value: float) -> str:
    """A coordinate: two decimals at most, no trailing zeros, never „-0“."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text(
    content: str,
    x: float,
    y: float,
    *,
    size: float = 14,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> Markup:
    """A line of text whose baseline stands at y."""
    return el(
        "text",
        content,
        x=float(x),
        y=float(y),
        font_size=float(size),
        fill=fill,
        text_anchor=None if anchor == "start" else anchor,
        font_weight="600" if bold else None,
    )


def text_width(content: str, size: float = 14, *, bold: bool = False) -> float:
    """Width in pixels of a line in Sofia Sans, within about a tenth (classes of letters, not metrics)."""
    units = sum(_units(letter) for letter in content)
    return units * size * (1.05 if bold else 1.0)


def _units(letter: str) -> float:
    if letter in _NARROW:
        return 0.29
    if letter in _WIDE:
        return 0.78
    return 0.64 if letter.isupper() else 0.53


def wrap(content: str, width: float, size: float = 14, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `width` where words allow it."""
    lines: list[str] = []
    for word in content.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def shorten(content: str, width: float, size: float = 14) -> str:
    """The text, or its beginning and „…“ when it is wider than `width`."""
    if text_width(content, size) <= width:
        return content
    while content and text_width(content + "…", size) > width:
        content = content[:-1]
    return content.rstrip() + "…"


def path_data(rings: Iterable[Sequence[tuple[float, float]]], *, closed: bool = True) -> str:
    """The `d` of a path through points already on paper; decimals to a tenth of a pixel."""
    return "".join(_ring_data(ring, closed) for ring in rings if len(ring) > 1)


def _ring_data(ring: Sequence[tuple[float, float]], closed: bool) -> str:
    """From the first point on by steps: most of them are small, and a map of the country goes over the line in fewer bytes."""
    points = [(round(x * 10), round(y * 10)) for x, y in ring]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points) if a != b]
    first = f"M{_tenths(points[0][0])} {_tenths(points[0][1])}"
    line = " ".join(f"{_tenths(right)} {_tenths(down)}" for right, down in steps)
    return first + (f"l{line}" if line else "") + ("Z" if closed else "")


def _tenths(value: int) -> str:
    """So many tenths of a pixel; steps of whole tenths add up without an error."""
    return str(value // 10) if value % 10 == 0 else f"{value / 10:.1f}"
