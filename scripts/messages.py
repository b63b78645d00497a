"""Catalogues of every room: `python scripts/messages.py [ROOM…]` updates, `--check` fails where one is stale or incomplete.

Bulgarian is the language of the code; each room has an English catalogue beside its pages.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
METHODS = [
    ("**/tests/**", "ignore"),
    ("**/migrations/**", "ignore"),
    ("**.py", "python"),
    ("**/jinja2/**.html", "jinja2"),
    ("**/jinja2/**.txt", "jinja2"),
]
_JINJA = {
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
    "newstyle_gettext": "true",
    "trimmed": "true",
    "silent": "false",
}
OPTIONS = {"**/jinja2/**.html": _JINJA, "**/jinja2/**.txt": _JINJA}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "N_": None,
    "NN_": (1, 2),
}


def rooms(names: list[str]) -> list[Path]:
    """The rooms named by their folder, or every Django app of Opora and the engines, which share one catalogue."""
    if names:
        return [(ROOT / name).resolve() for name in names]
    return sorted([*(p.parent for p in (ROOT / "opora").rglob("apps.py")), ROOT / "opora" / "engines"])


def extracted(room: Path) -> Catalog:
    """What the room says, in Bulgarian."""
    catalog = Catalog(locale="en", project="opora", charset="utf-8", fuzzy=False)
    found = extract_from_dir(room, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for file, line, message, comments, context in sorted(found, key=lambda f: (f[0], f[1])):
        catalog.add(message, None, [(file, line)], auto_comments=comments, context=context, flags=())
    return catalog


def updated(room: Path) -> Catalog:
    """The room's English catalogue with today's messages; translations kept, obsolete ones dropped."""
    template, file = extracted(room), po(room)
    if not file.exists():
        return template
    with file.open("rb") as handle:
        catalog = read_po(handle, locale="en")
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def po(room: Path) -> Path:
    """Where the catalogue stands."""
    return room / "locale" / "en" / "LC_MESSAGES" / "django.po"


def written(catalog: Catalog) -> bytes:
    """The catalogue as a file: no dates, no line numbers, so that it changes only with its words."""
    out = io.BytesIO()
    for message in catalog:
        message.locations = sorted({(name, 0) for name, _ in message.locations})
    write_po(out, catalog, omit_header=True, no_location=True, sort_output=True, width=110)
    head = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: en\\n"\n'
    return head + b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n' + out.getvalue()


def compiled(text: bytes) -> bytes:
    """The same for the machine."""
    out = io.BytesIO()
    catalog = read_po(io.BytesIO(text), locale="en")
    # A head without dates gets today's; then the same words would give other bytes every minute.
    catalog.creation_date = catalog.revision_date = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """Messages without English."""
    bare = []
    for message in catalog:
        strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
        if message.id and not all(strings):
            bare.append(str(message.id))
    return bare


def quarrels() -> list[str]:
    """Messages that two rooms translate differently: Django keeps one catalogue, so one of them would be wrong."""
    said: dict[tuple[object, str | None], dict[object, list[str]]] = {}
    for room in rooms([]):
        if po(room).exists():
            with po(room).open("rb") as handle:
                for message in read_po(handle, locale="en"):
                    if message.id:
                        key = (message.id, message.context)
                        said.setdefault(key, {}).setdefault(message.string, []).append(room.name)
    return [f"{key[0]}: {ways}" for key, ways in said.items() if len(ways) > 1]


def main(names: list[str], check: bool) -> int:
    """Update or check the rooms; the exit code tells whether something is wrong."""
    wrong = 0
    for room in rooms(names):
        catalog = updated(room)
        if not len(catalog):
            continue
        text, file, name = written(catalog), po(room), room.relative_to(ROOT)
        mo = file.with_suffix(".mo")
        if check and (
            not file.exists()
            or file.read_bytes() != text
            or not mo.exists()
            or mo.read_bytes() != compiled(text)
        ):
            print(f"{name}: the catalogue is not current; run `make messages`")
            wrong += 1
        elif not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
            mo.write_bytes(compiled(text))
        bare = untranslated(catalog)
        for message in bare:
            print(f"{name}: no English for: {message}")
        wrong += len(bare)
    for quarrel in quarrels():
        print(f"rooms differ on {quarrel}")
        wrong += 1
    return min(wrong, 1) if check else 0


if __name__ == "__main__":
    sys.exit(main([a for a in sys.argv[1:] if a != "--check"], "--check" in sys.argv))
