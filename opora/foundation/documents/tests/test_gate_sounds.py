"""Recordings: the sound comes in, who and where it was made does not; what is no sound stays out."""

from __future__ import annotations

import io
import struct
import wave

import pytest

from opora.foundation.documents import gate
from opora.foundation.documents.gate import Reason
from opora.foundation.documents.tests import make

PLACE = "+42.8864+024.7111/"


def wav(extra: bytes = b"") -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    bare = out.getvalue()[12:] + extra
    return b"RIFF" + struct.pack("<I", len(bare) + 4) + b"WAVE" + bare


def listed(text: str) -> bytes:
    body = b"INFOIART" + struct.pack("<I", len(text)) + text.encode()
    return b"LIST" + struct.pack("<I", len(body)) + body


def mp3(frames: int = 6, before: bytes = b"", after: bytes = b"") -> bytes:
    frame = b"\xff\xfb\x90\x00" + bytes(413)  # 128 kbit/s, 44.1 kHz: 417 bytes
    return before + frame * frames + after


def id3(text: str) -> bytes:
    frame = b"TPE1" + struct.pack(">I", len(text) + 1) + b"\x00\x00\x00" + text.encode()
    return b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(frame)]) + frame


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def m4a(*, handler: bytes = b"soun", told: str = PLACE, made: int = 0xD0000000) -> bytes:
    timed = struct.pack(">III", 0, made, made) + bytes(88)
    handled = box(b"hdlr", bytes(8) + handler + bytes(12))
    track = box(b"trak", box(b"tkhd", timed) + box(b"mdia", box(b"mdhd", timed) + handled + box(b"minf")))
    moov = box(b"moov", box(b"mvhd", timed) + track + box(b"udta", box(b"\xa9xyz", told.encode())))
    return box(b"ftyp", b"M4A \x00\x00\x00\x00M4A isom") + moov + box(b"mdat", b"sound" * 40)


HONEST = {
    "глас.wav": wav, "с_чужди_части.wav": lambda: wav(listed("Irina")), "глас.mp3": mp3,
    "с_етикет.mp3": lambda: mp3(before=id3("Irina")), "с_край.mp3": lambda: mp3(after=b"TAG" + bytes(125)),
    "прекъснат.mp3": lambda: mp3(after=b"\xff\xfb\x90\x00" + bytes(90)), "телефон.m4a": m4a,
}  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_recording_comes_in_and_comes_in_again(name: str) -> None:
    verdict = gate.check(name, HONEST[name]())
    assert verdict.ok, (verdict.reason, verdict.detail)
    assert verdict.media_type.startswith("audio/")
    again = gate.check(name, verdict.content)
    assert again.content == verdict.content


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.wav", wav(listed("Irina")), b"Irina"),
        ("x.mp3", mp3(before=id3("Irina")), b"Irina"),
        ("x.mp3", mp3(after=b"TAG" + b"Irina".ljust(125, b"\x00")), b"Irina"),
        ("x.m4a", m4a(), PLACE.encode()),
        ("x.m4a", m4a(), struct.pack(">I", 0xD0000000)),
    ],
)
def test_who_where_and_when_go_unless_kept_on_purpose(name: str, content: bytes, told: bytes) -> None:
    assert told in content
    assert told not in gate.check(name, content).content
    assert told in gate.check(name, content, keep_author=True).content


def test_the_sound_itself_stays_as_it_was() -> None:
    with wave.open(io.BytesIO(gate.check("x.wav", wav(listed("Irina"))).content)) as sound:
        assert sound.readframes(9999) == bytes(1600)
    assert gate.check("x.mp3", mp3(before=id3("И"))).content == mp3()
    cleaned = gate.check("x.m4a", m4a()).content
    assert len(cleaned) == len(m4a())
    assert cleaned.index(b"sound") == m4a().index(b"sound")


HOSTILE = [
    ("страница.wav", b"<html><script>", Reason.NOT_WHAT_IT_SAYS),
    ("скъсан.wav", wav()[:-200], Reason.BROKEN),
    ("без_звук.wav", b"RIFF\x04\x00\x00\x00WAVE", Reason.BROKEN),
    ("програма.wav", wav().replace(b"fmt \x10\x00\x00\x00\x01\x00", b"fmt \x10\x00\x00\x00\x99\x00"), Reason.NOT_WHAT_IT_SAYS),
    ("страница.mp3", b"<html><script>", Reason.NOT_WHAT_IT_SAYS),
    ("две_рамки.mp3", mp3(2), Reason.NOT_WHAT_IT_SAYS),
    ("с_опашка.mp3", mp3(after=b"PK\x03\x04" + bytes(200)), Reason.BROKEN),
    ("с_програма.mp3", mp3(after=b"MZ" + bytes(200)), Reason.BROKEN),
    ("лъжлив_етикет.mp3", b"ID3\x04\x00\x00\xff\xff\xff\xff" + mp3(), Reason.BROKEN),
    ("видео.m4a", m4a(handler=b"vide"), Reason.NOT_WHAT_IT_SAYS),
    ("скъсан.m4a", m4a()[:-30], Reason.BROKEN),
    ("празен.m4a", box(b"ftyp", b"M4A \x00\x00\x00\x00"), Reason.NOT_WHAT_IT_SAYS),
    ("безкраен.m4a", box(b"ftyp", b"M4A ") + struct.pack(">I4s", 0xFFFFFFFF, b"moov"), Reason.BROKEN),
    ("дълбок.m4a", box(b"ftyp", b"M4A ") + (lambda b: [b := box(b"moov", b) for _ in range(40)][-1])(b""), Reason.BROKEN),
    ("картина.mp3", make.picture(), Reason.NOT_WHAT_IT_SAYS),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE, ids=[one[0] for one in HOSTILE])
def test_what_is_no_sound_stays_out(name: str, content: bytes, reason: Reason) -> None:
    verdict = gate.check(name, content)
    assert not verdict.ok
    assert verdict.reason is reason
    assert verdict.content == b""


def test_a_photo_keeps_its_place_only_on_purpose() -> None:
    from PIL import Image

    photo = make.photo_with_place()
    kept = Image.open(io.BytesIO(gate.check("снимка.jpg", photo, keep_author=True).content))
    bare = Image.open(io.BytesIO(gate.check("снимка.jpg", photo).content))
    assert kept.getexif()[0x010F] == "Telephone"
    assert kept.getexif().get_ifd(0x8825)[2] == (43.0, 8.0, 5.0)
    assert kept.size == bare.size == (40, 60)
    assert dict(bare.getexif()) == {}
