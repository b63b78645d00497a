"""Bulgarian sentences from figures: counted words, lists, numbers as they are written."""

from __future__ import annotations

from collections.abc import Sequence

from opora.planning.needs.reckoning.result import HIDDEN, Cell

THIN = "\u202f"
WORDS = {
    "service": ("услуга", "услуги"),
    "municipality": ("община", "общини"),
    "place": ("място", "места"),
    "person": ("човек", "души"),
    "card": ("карта", "карти"),
    "hour": ("час", "часа"),
    "post": ("щат", "щата"),
    "type": ("тип услуга", "типа услуги"),
    "specialist": ("вид специалист", "вида специалисти"),
    "case": ("случай", "случая"),
}


def number(value: float | None, decimals: int = 0) -> str:
    """`1234.5` → `1 234,5`; whole numbers without decimals; None → `–`."""
    if value is None:
        return "–"
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if decimals else text
    sign, text = ("\u2212", text[1:]) if text.startswith("-") else ("", text)
    whole, _, part = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", THIN)
    return sign + grouped + (f",{part}" if part else "")


def counted(value: float, word: str, decimals: int = 1) -> str:
    """`1 услуга`, `2 услуги`, `1,5 часа`."""
    one, many = WORDS[word]
    return f"{number(value, decimals)} {one if value == 1 else many}"


def said(cell: Cell, word: str) -> str:
    """A cell in a sentence; a hidden one is called so."""
    if cell.hidden:
        return f"скрит брой ({HIDDEN}) {WORDS[word][1]}"
    return counted(float(cell.value or 0), word)


def percent(share: float) -> str:
    """`0.745` → `75 %`."""
    return f"{number(round(share * 100))}\u00a0%"


def listed(names: Sequence[str], most: int = 6) -> str:
    """`Ловеч, Троян и Тетевен`; long lists end with „и още 4“."""
    shown = list(names[:most])
    if len(names) > most:
        return f"{', '.join(shown)} и още {len(names) - most}"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} и {shown[-1]}" if shown else ""


def date(iso: str) -> str:
    """`2026-11-22` → `22.11.2026`."""
    return ".".join(reversed(iso[:10].split("-"))) if iso else ""


def capital(text: str) -> str:
    """The first letter large."""
    return text[:1].upper() + text[1:]
