"""Who wrote a document, and where its photos were taken, stays with the writer.

Names and company are blanked in the document's properties; embedded JPEG pictures lose camera, place and time.
"""

from __future__ import annotations

import re

from opora.foundation.documents.gate.packs import Pack

_PARTS = {"docProps/core.xml", "docProps/app.xml", "meta.xml"}
_NAMES = "dc:creator|cp:lastModifiedBy|Company|Manager|meta:initial-creator|meta:printed-by"
_FIELD = re.compile(rf"<(?P<tag>{_NAMES})(?P<rest>(?:\s[^>]*)?)>[^<]+</(?P=tag)>".encode())


_PHOTO = (".jpg", ".jpeg")
_KEPT_SEGMENTS = {0xE0, 0xE2, 0xEE}
"""Of the application segments of a JPEG: JFIF, colour profile, Adobe's transform."""


def without_authors(pack: Pack, content: bytes) -> bytes:
    """The document without its authors' names and places; the very same bytes when it tells none."""
    changed = {name: found for name in pack.names if (found := _cleaned(name, pack)) is not None}
    return pack.replaced(changed) if changed else content


def _cleaned(name: str, pack: Pack) -> bytes | None:
    if name in _PARTS:
        part = pack.read(name)
        bare = _FIELD.sub(rb"<\g<tag>\g<rest>></\g<tag>>", part)
    elif name.lower().endswith(_PHOTO):
        part = pack.read(name)
        bare = without_place(part)
    else:
        return None
    return bare if bare != part else None


def without_place(photo: bytes) -> bytes:
    """A JPEG without the segments that tell of camera, place and time; other bytes come back as they are."""
    if not photo.startswith(b"\xff\xd8"):
        return photo
    kept, at = [photo[:2]], 2
    while at + 4 <= len(photo) and photo[at] == 0xFF and photo[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(photo[at + 2 : at + 4], "big")
        if not (0xE0 <= photo[at + 1] <= 0xEF or photo[at + 1] == 0xFE) or photo[at + 1] in _KEPT_SEGMENTS:
            kept.append(photo[at:end])
        at = end
    return b"".join([*kept, photo[at:]])
