"""PNG and JPEG: decoded within a bound and drawn anew, so that only the picture is left."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from opora.foundation.documents.gate.verdict import MAX_PIXELS, Reason, Refused

_END = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_MAGIC = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff"}
_MODES = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I"}, "JPEG": {"L", "RGB", "CMYK"}}
_DECODE_ERRORS = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    OverflowError,
    MemoryError,
)


def png(content: bytes, keep: bool = False) -> bytes:
    """A PNG without text chunks; camera, place and time stay only where they are kept on purpose."""
    return _redrawn(content, "PNG", keep)


def jpeg(content: bytes, keep: bool = False) -> bytes:
    """A JPEG without camera, place and time (unless kept on purpose), turned the way it was held."""
    return _redrawn(content, "JPEG", keep)


def _redrawn(content: bytes, kind: str, keep: bool) -> bytes:
    if not content.startswith(_MAGIC[kind]):
        raise Refused(Reason.NOT_WHAT_IT_SAYS, kind)
    if _END[kind] not in content:
        raise Refused(Reason.BROKEN, "cut short")  # Pillow may be told by others to fill what is missing
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the bound below is ours, tighter than Pillow's own
            picture = Image.open(io.BytesIO(content), formats=[kind])
            _weigh(picture)
            picture.load()
    except _DECODE_ERRORS as problem:
        raise Refused(Reason.BROKEN, str(problem)) from problem
    except Image.DecompressionBombError as problem:
        raise Refused(Reason.PIXELS, str(problem)) from problem
    turned = ImageOps.exif_transpose(picture) or picture
    return _saved(turned, kind, turned.getexif().tobytes() if keep else b"")


def _weigh(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused(Reason.PIXELS, f"{picture.width}x{picture.height}")
    if getattr(picture, "n_frames", 1) > 1:
        raise Refused(Reason.NOT_WHAT_IT_SAYS, "several frames")


def _saved(picture: Image.Image, kind: str, exif: bytes) -> bytes:
    if picture.mode not in _MODES[kind]:
        picture = picture.convert("RGB")
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if picture.mode == "P" and (palette := picture.getpalette("RGBA")):
        bare.putpalette(palette, "RGBA")
    out = io.BytesIO()
    bare.save(out, kind, exif=exif, **({"quality": 90} if kind == "JPEG" else {"compress_level": 4}))
    return out.getvalue()
