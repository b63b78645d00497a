"""The picture of docs/engines/disclosure.md: python scripts/engine_pictures/disclosure.py"""

from drawing import ACCENT, BRAND, INK, LINE, SURFACE, box, line, text, write

from opora.engines.disclosure import audit, flat, protect, tabulate

PLACES = ["Летница", "Ловеч", "Луковит", "Тетевен", "Троян"]
GROUPS = ["деца", "възрастни", "стари хора"]
COUNTS = [[2, 14, 9], [61, 88, 70], [12, 25, 31], [18, 9, 22], [25, 33, 3]]


def main() -> None:
    """Draw the table as printed; beside it what a reader can compute of each hidden small cell."""
    leaves = {
        (p, g): n for p, row in zip(PLACES, COUNTS, strict=True) for g, n in zip(GROUPS, row, strict=True)
    }
    done = protect(tabulate(leaves, [flat("Област", PLACES), flat("Общо", GROUPS)]))
    seen, left, top, wide, high = audit(done), 120, 74, 92, 30
    parts = [
        text(16, 28, f"{len(done.primary)} малки броя, {len(done.hidden)} скрити клетки", size=18, bold=True)
    ]
    heads = [*GROUPS, "Общо"]
    parts += [text(left + wide * (n + 1) - 12, top - 10, head, anchor="end") for n, head in enumerate(heads)]
    for row, place in enumerate([*PLACES, "Област"]):
        y = top + row * high
        parts += [line(16, y, left + 4 * wide, y), text(16, y + 20, place, bold=place == "Област")]
        for column, group in enumerate(heads):
            key, x = (place, group), left + wide * column
            small = key in done.primary
            if key in done.hidden:
                parts.append(
                    box(x + 18, y + 3, wide - 24, high - 6, fill=SURFACE, stroke=ACCENT if small else LINE)
                )
            shown = ":c" if key in done.hidden else str(done.table.cells[key])
            parts.append(
                text(
                    x + wide - 12,
                    y + 20,
                    shown,
                    anchor="end",
                    colour=ACCENT if small else INK,
                    bold=place == "Област",
                )
            )
    bottom = top + 6 * high
    parts.append(line(16, bottom, left + 4 * wide, bottom))
    for number, key in enumerate(sorted(done.primary, key=lambda key: PLACES.index(key[0]))):
        low, high_ = seen[key]
        words = f"{key[0]}, {key[1]}: истината е {done.table.cells[key]}, читателят стига до „между {low:.0f} и {high_:.0f}“"
        parts.append(text(16, bottom + 28 + 22 * number, words, colour=ACCENT))
    parts.append(
        text(
            16,
            bottom + 76,
            "Останалите пазят тези от изваждане. Числата са измислени.",
            colour=BRAND,
        )
    )
    write("disclosure", 520, bottom + 92, "Таблица, в която малките броеве не могат да се изчислят", parts)


if __name__ == "__main__":
    main()
