"""A picture as PNG, for Word documents, which cannot hold SVG everywhere."""

from pathlib import Path

import resvg_py

FONTS = Path(__file__).resolve().parent.parent / "fonts"


def svg_to_png(svg: str, width: int = 1440) -> bytes:
    """Render an SVG on white paper, `width` pixels wide, with our own font only.

    The same bytes come out on every machine: the system's fonts are not looked at.
    Raises ValueError when the text is no SVG.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=str(svg),
            width=width,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=[str(path) for path in sorted(FONTS.glob("SofiaSans-*.ttf"))],
            font_family="Sofia Sans",
            sans_serif_family="Sofia Sans",
        )
    )
