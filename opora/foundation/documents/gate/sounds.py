"""WAV, MP3 and M4A: the sound itself, without who, where, when and with what it was recorded."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from opora.foundation.documents.gate.verdict import Reason, Refused

_WAV_KEPT = (b"fmt ", b"fact", b"data")
_WAV_CODES = {1, 3, 6, 7, 0xFFFE}
"""PCM, float, A-law, µ-law, and PCM with more said about its channels."""
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_BITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_TAGS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3", b"\x00")
_LEAST_FRAMES = 3
_BRANDS = {b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"dash"}
_TOP = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide"}
_HOLDERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts"}
_TELLING = {b"udta", b"meta", b"uuid", b"loci"}
_TIMED = {b"mvhd", b"tkhd", b"mdhd"}
_DEEPEST = 8


def wav(content: bytes, keep: bool = False) -> bytes:
    """A WAV with its format and its samples only."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "no RIFF WAVE")
    chunks = list(_chunks(content))
    names = [name for name, _body in chunks]
    if names.count(b"fmt ") != 1 or names.count(b"data") != 1:
        raise Refused(Reason.BROKEN, "no format or no samples")
    form = next(body for name, body in chunks if name == b"fmt ")
    if len(form) < 16 or struct.unpack_from("<H", form)[0] not in _WAV_CODES:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "unknown coding")
    kept = b"".join(_chunk(name, body) for name, body in chunks if name in _WAV_KEPT or keep)
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WAVE" + kept


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    at = 12
    while at + 8 <= end:
        name, size = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        if at + 8 + size > len(content):
            raise Refused(Reason.BROKEN, "cut short")
        yield name, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def mp3(content: bytes, keep: bool = False) -> bytes:
    """An MP3's frames, without the tags before and after them."""
    start = at = _after_tag(content)
    frames = 0
    while at + 4 <= len(content):
        length = _frame(content[at : at + 4])
        if not length:
            break
        if at + length > len(content):
            break  # recorders that lose their power leave half a frame
        frames, at = frames + 1, at + length
    if frames < _LEAST_FRAMES:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "no frames")
    rest = content[at:]
    if rest and not rest.startswith(_TAGS) and not _frame(rest[:4]):
        raise Refused(Reason.BROKEN, "something else after the frames")
    return content if keep else content[start:at]


def _after_tag(content: bytes) -> int:
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    size = 0
    for byte in content[6:10]:
        if byte > 127:
            raise Refused(Reason.BROKEN, "tag")
        size = size << 7 | byte
    return 10 + size + (10 if content[5] & 0x10 else 0)


def _frame(head: bytes) -> int:
    """Length of the frame of layer III that begins so; 0 when none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or bits in (0, 15) or rate == 3:
        return 0
    kilobits = (_BITS_1 if version == 3 else _BITS_2)[bits]
    return (144 if version == 3 else 72) * kilobits * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)


def m4a(content: bytes, keep: bool = False) -> bytes:
    """An M4A with sound alone; what tells of the recorder, the place and the time becomes empty room of the same size."""
    if content[4:8] != b"ftyp" or content[8:12] not in _BRANDS:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "no M4A brand")
    kept = bytearray(content)
    kinds: list[bytes] = []
    names = _boxes(kept, 0, len(kept), kinds, 0)
    if not {b"moov", b"mdat"} <= names or set(kinds) != {b"soun"}:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "not sound alone")
    return content if keep else bytes(kept)


def _boxes(kept: bytearray, at: int, end: int, kinds: list[bytes], depth: int) -> set[bytes]:
    """Walk the boxes between two places and empty those that tell; gives the names met."""
    names: set[bytes] = set()
    while at + 8 <= end:
        size, name = struct.unpack_from(">I4s", kept, at)
        head = 8
        if size == 1 and at + 16 <= end:
            size, head = struct.unpack_from(">Q", kept, at + 8)[0], 16
        size = size or end - at
        if size < head or at + size > end or depth > _DEEPEST:
            raise Refused(Reason.BROKEN, "boxes")
        names.add(name)
        _box(kept, name, (at, at + head, at + size), kinds, depth)
        at += size
    if at != end:
        raise Refused(Reason.BROKEN, "boxes do not fill their place")
    return names


def _box(kept: bytearray, name: bytes, place: tuple[int, int, int], kinds: list[bytes], depth: int) -> None:
    at, inside, end = place
    if name in _TELLING or (depth == 0 and name not in _TOP):
        kept[at + 4 : at + 8] = b"free"
        kept[inside:end] = bytes(end - inside)
    elif name in (b"free", b"skip"):
        kept[inside:end] = bytes(end - inside)
    elif name in _HOLDERS:
        _boxes(kept, inside, end, kinds, depth + 1)
    elif name in _TIMED and end - inside >= 20:
        kept[inside + 4 : inside + (20 if kept[inside] == 1 else 12)] = bytes(16 if kept[inside] == 1 else 8)
    elif name == b"hdlr" and end - inside >= 12:
        kinds.append(bytes(kept[inside + 8 : inside + 12]))
