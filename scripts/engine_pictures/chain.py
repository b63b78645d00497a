"""The picture of docs/engines/chain.md: python scripts/engine_pictures/chain.py"""

from dataclasses import replace

from drawing import ACCENT, BRAND, LINE, SURFACE, box, line, text, write

from opora.engines.chain import link, verify

KEY = bytes(range(32))
ROWS = ["09:14 чете К-2026-014", "09:20 записва бележка", "09:31 отпечатва план", "09:40 чете К-2026-022"]


def main() -> None:
    """Draw four rows as written, and the same with the second one altered."""
    links = []
    for row in ROWS:
        links.append(link(links[-1] if links else None, row.encode(), KEY))
    altered = [*links]
    altered[1] = replace(links[1], payload="09:20 чете бележка".encode())
    place = verify(altered, KEY, links[-1])
    parts = [text(16, 28, "Един променен ред прекъсва веригата на своето място", size=18, bold=True)]
    parts += _chain(56, links, None, "Както е записано: цяла")
    parts += _chain(
        176,
        altered,
        place,
        f"Ред {place + 1} е променен по-късно: отпечатъкът му вече не следва от предишния",
    )
    write("chain", 880, 288, "Верига от четири записа, цяла и с един променен ред", parts)


def _chain(top, links, broken, words):
    parts = [text(16, top + 10, words, colour=ACCENT if broken is not None else BRAND)]
    for number, one in enumerate(links):
        x, y, bad = 16 + number * 216, top + 24, number == broken
        if number:
            parts.append(
                line(
                    x - 22,
                    y + 26,
                    x,
                    y + 26,
                    stroke=ACCENT if bad else LINE,
                    wide=2,
                    dash="3 3" if bad else "",
                )
            )
        parts.append(box(x, y, 194, 54, fill="#f9dad5" if bad else SURFACE, stroke=ACCENT if bad else LINE))
        parts.append(text(x + 10, y + 22, one.payload.decode()))
        parts.append(text(x + 10, y + 43, f"отпечатък {one.digest.hex()[:8]}…", size=13, colour="#51605b"))
    return parts


if __name__ == "__main__":
    main()
