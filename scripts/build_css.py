"""Build the design system's committed files: tokens, style sheet, web fonts, print fonts.

    python scripts/build_css.py           # needs `npm ci` first and fonttools with brotli
    python scripts/build_css.py --check   # needs neither: compares recorded hashes

One source, `ui/tokens.json`, gives `sass/_tokens.scss` and `tokens.py`. `ui/built.json` records the
hash of all sources and of every file built from them, so that a stale one is noticed without npm.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "opora/foundation/ui"
MODULES = ROOT / "node_modules"
RECORD = UI / "built.json"
CSS = UI / "static/ui/opora.css"
WEB_FONTS = UI / "static/ui/fonts"
PRINT_FONTS = UI / "fonts"
# The order decides which file wins a shared sign: Latin holds dashes and „quotes“.
SUBSETS = ("latin", "cyrillic", "latin-ext", "cyrillic-ext", "greek")
WEB_SUBSETS = ("cyrillic", "latin", "latin-ext")
WEIGHTS = {400: "SofiaSans-Regular", 600: "SofiaSans-SemiBold"}
SPACES = {0x2009: "thinspace", 0x202F: "narrownbspace"}
SPACE_WIDTH = 180
EM = 1000
MOMENT = 3_850_000_000  # seconds since 1904; any fixed moment does
LICENCE = "OFL.txt"


def main() -> int:
    """Build, or with --check tell whether the committed files are current."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        return report(problems())
    write_tokens()
    write_fonts()
    write_css()
    RECORD.write_text(json.dumps(record(), indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def report(found: list[str]) -> int:
    """Print what is stale; 0 when nothing is."""
    for line in found:
        print(line, file=sys.stderr)
    if found:
        print("Run: make css", file=sys.stderr)
    return 1 if found else 0


def problems() -> list[str]:
    """One line per committed file that does not belong to the present sources."""
    known = json.loads(RECORD.read_text(encoding="utf-8"))
    now = record()
    stale = [
        f"stale or changed by hand: {k}" for k, v in now["outputs"].items() if known["outputs"].get(k) != v
    ]
    changed = [] if known["sources"] == now["sources"] else ["the sources changed since the last build"]
    return changed + stale + [f"missing: {k}" for k in known["outputs"] if k not in now["outputs"]]


def record() -> dict[str, object]:
    """Hash of all sources together and of each output."""
    return {"sources": digest(sources()), "outputs": {name(p): digest([p]) for p in outputs()}}


def sources() -> list[Path]:
    """Everything a built file depends on; the lock file stands for the npm packages."""
    sass = [p for p in (UI / "sass").glob("*.scss") if p.name != "_tokens.scss"]
    return sorted([UI / "tokens.json", ROOT / "package-lock.json", Path(__file__).resolve(), *sass])


def outputs() -> list[Path]:
    """Every committed file this script writes."""
    fonts = [*WEB_FONTS.glob("*"), *PRINT_FONTS.glob("*")]
    fixed = [UI / "tokens.py", UI / "sass/_tokens.scss", CSS]
    return sorted(p for p in [*fixed, *fonts] if p.is_file())


def name(path: Path) -> str:
    """Path inside the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def digest(paths: list[Path]) -> str:
    """SHA-256 over names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(name(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def write_tokens() -> None:
    """The one source as Sass and as Python."""
    tokens = json.loads((UI / "tokens.json").read_text(encoding="utf-8"))
    (UI / "sass/_tokens.scss").write_text(as_sass(tokens), encoding="utf-8")
    (UI / "tokens.py").write_text(as_python(tokens), encoding="utf-8")


def as_sass(tokens: dict[str, dict]) -> str:
    """`$brand: #0b5d4e;` and so on."""
    lines = ["// Generated from tokens.json by scripts/build_css.py."]
    lines += [f"${key}: {value};" for key, value in tokens["colour"].items()]
    lines += [f"${key}-width: {tokens['length'][key]}px;" for key in ("reading", "wide")]
    for key, (size, line) in tokens["type"].items():
        lines += [f"${key}-size: {size}px;", f"${key}-line: {line}px;"]
    lines += [f'$family: "{tokens["font"]["family"]}", arial, sans-serif;']
    lines += [f"${key}: {tokens['font'][key]};" for key in ("regular", "strong")]
    return "\n".join(lines) + "\n"


def as_python(tokens: dict[str, dict]) -> str:
    """Constants for pictures and documents."""
    lines = ['"""Colours and type of Opora for pictures and documents; generated from tokens.json."""', ""]
    lines += [f'{constant(key)} = "{value}"' for key, value in tokens["colour"].items()]
    for title, key in (("SEQUENCE", "sequence"), ("CATEGORIES", "category")):
        lines.append(f"{title} = (" + ", ".join(f'"{one}"' for one in tokens[key]) + ")")
    lines.append(f'FONT_FAMILY = "{tokens["font"]["family"]}"')
    lines.append(f"FONT_REGULAR = {tokens['font']['regular']}\nFONT_STRONG = {tokens['font']['strong']}")
    return "\n".join(lines) + "\n"


def constant(key: str) -> str:
    """`brand-hover` → `BRAND_HOVER`; `none` alone would read like None, hence `_FILL` for tag grounds."""
    grounds = ("done", "waiting", "wrong", "none", "info")
    return (key + "_fill" if key in grounds else key).replace("-", "_").upper()


def write_css() -> None:
    """Compile the style sheet with the public overrides of the kit."""
    CSS.parent.mkdir(parents=True, exist_ok=True)
    command = [str(MODULES / ".bin/sass"), "--style=compressed", "--no-source-map", "--quiet-deps"]
    command += [f"--load-path={MODULES}", str(UI / "sass/opora.scss"), str(CSS)]
    subprocess.run(command, check=True)


def write_fonts() -> None:
    """Web subsets as they are published, one merged TTF per weight for paper, the licence beside each."""
    WEB_FONTS.mkdir(parents=True, exist_ok=True)
    PRINT_FONTS.mkdir(parents=True, exist_ok=True)
    variable = MODULES / "@fontsource-variable/sofia-sans"
    for subset in WEB_SUBSETS:
        shutil.copyfile(
            variable / f"files/sofia-sans-{subset}-wght-normal.woff2",
            WEB_FONTS / f"sofia-sans-{subset}.woff2",
        )
    for folder in (WEB_FONTS, PRINT_FONTS):
        shutil.copyfile(variable / "LICENSE", folder / LICENCE)
    write_space_font(WEB_FONTS / "sofia-sans-spaces.woff2")
    for weight, title in WEIGHTS.items():
        merge(weight, PRINT_FONTS / f"{title}.ttf")


def merge(weight: int, target: Path) -> None:
    """One TTF out of all subsets of a weight: PDFs garble a family that is split into files."""
    from io import BytesIO

    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    parts = []
    for subset in SUBSETS:
        font = TTFont(MODULES / f"@fontsource/sofia-sans/files/sofia-sans-{subset}-{weight}-normal.woff2")
        font.flavor = None
        parts.append(BytesIO())
        font.save(parts[-1])
    for part in parts:
        part.seek(0)
    merged = Merger().merge(parts)
    add_spaces(merged)
    set_names(merged, weight)
    merged.save(target, reorderTables=True)


def write_space_font(target: Path) -> None:
    """A font of two spaces for the web, so that 1 234 looks alike on screen and paper."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    names = [".notdef", *SPACES.values()]
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(SPACES)
    pen = TTGlyphPen(None)
    for step, point in zip((pen.moveTo, pen.lineTo, pen.lineTo), ((0, 0), (0, 500), (100, 0)), strict=True):
        step(point)
    pen.closePath()
    # Browsers refuse a font without any outline: the sign for a missing letter gets one.
    builder.setupGlyf({one: Glyph() for one in SPACES.values()} | {".notdef": pen.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (SPACE_WIDTH, 0)))
    builder.setupHorizontalHeader(ascent=950, descent=-250)
    builder.setupNameTable({"familyName": "Sofia Sans Spaces", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=950, sTypoDescender=-250)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = MOMENT
    builder.font.recalcTimestamp = False
    builder.font.flavor = "woff2"
    builder.save(target)


def add_spaces(font) -> None:
    """Thin and narrow no-break space, which the family lacks: an advance without ink."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    for code, glyph in SPACES.items():
        font["glyf"][glyph] = Glyph()
        font["hmtx"][glyph] = (SPACE_WIDTH, 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = glyph
    font.setGlyphOrder(font["glyf"].glyphOrder)


def set_names(font, weight: int) -> None:
    """Family and style as print programs expect them, fixed dates so that a rebuild gives the same bytes."""
    style = "Regular" if weight == 400 else "SemiBold"
    wanted = {
        1: "Sofia Sans" if weight == 400 else "Sofia Sans SemiBold",
        2: "Regular",
        4: f"Sofia Sans {style}",
    }
    wanted |= {6: f"SofiaSans-{style}", 16: "Sofia Sans", 17: style}
    for key, text in wanted.items():
        font["name"].setName(text, key, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["head"].created = font["head"].modified = MOMENT
    font.recalcTimestamp = False


if __name__ == "__main__":
    raise SystemExit(main())
