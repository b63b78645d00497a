"""Who wrote a document stays with the writer: names and company are blanked in the document's properties."""

from __future__ import annotations

import re

from opora.foundation.documents.gate.packs import Pack

_PARTS = {"docProps/core.xml", "docProps/app.xml", "meta.xml"}
_NAMES = "dc:creator|cp:lastModifiedBy|Company|Manager|meta:initial-creator|meta:printed-by"
_FIELD = re.compile(rf"<(?P<tag>{_NAMES})(?P<rest>(?:\s[^>]*)?)>[^<]+</(?P=tag)>".encode())


def without_authors(pack: Pack, content: bytes) -> bytes:
    """The document without its authors' names; the very same bytes when it names none."""
    changed = {}
    for name in _PARTS.intersection(pack.names):
        part = pack.read(name)
        blanked = _FIELD.sub(rb"<\g<tag>\g<rest>></\g<tag>>", part)
        if blanked != part:
            changed[name] = blanked
    return pack.replaced(changed) if changed else content
