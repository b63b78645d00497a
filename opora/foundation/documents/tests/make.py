"""Makers of files, honest ones and hostile ones; everything is generated, nothing is kept in the
repository.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import xlsxwriter
from PIL import Image
from weasyprint import HTML

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def word(text: str = "Здравей", *, author: str = "", link: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.add_heading("Заглавие", 1)
    document.add_paragraph(text)
    document.add_table(2, 3)
    if link:
        document.part.relate_to(
            link,
            f"{RELATIONS}/hyperlink",
            is_external=True,
        )
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(rows: int = 3, formula: str = "", author: str = "") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"author": author})
        page = book.add_worksheet("Лист")
        for row in range(rows):
            page.write_row(row, 0, ["Ловеч", row, "услуга & други"])
        if formula:
            page.write_formula(rows, 1, formula)
    return out.getvalue()


def odt(extra: dict[str, str] | None = None, body: str = "<text:p>Здравей</text:p>") -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:t" '
        'xmlns:draw="urn:d" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:script="urn:s"><office:scripts/><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {
        "content.xml": content,
        "meta.xml": '<m xmlns:dc="urn:dc" xmlns:meta="urn:m">'
        "<meta:initial-creator>Иван</meta:initial-creator>"
        "<dc:creator>Иван</dc:creator></m>",
        "META-INF/manifest.xml": "<manifest/>",
    } | (extra or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        for name, text in parts.items():
            pack.writestr(name, text)
    return out.getvalue()


def pdf(text: str = "Здравей", **options: object) -> bytes:
    return HTML(string=f"<html lang='bg'><title>t</title><p>{text}</p>").write_pdf(**options)


def raw_pdf(catalog: str = "", extra: str = "", version: str = "1.7") -> bytes:
    """A small PDF by hand; `catalog` goes into the catalogue, `extra` are further objects."""
    return (
        f"%PDF-{version}\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {catalog} >>\nendobj\n"
        "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        f"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>\nendobj\n{extra}\n"
        "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    ).encode("latin-1")


def packed_pdf(objects: str, filters: str = "/Filter /FlateDecode") -> bytes:
    """The objects lie in an object stream."""
    packed = zlib.compress(objects.encode()) if filters else objects.encode()
    head = f"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 {filters} /Length {len(packed)} >>\nstream\n".encode()
    plain = raw_pdf()
    place = plain.index(b"xref\n")
    return plain[:place] + head + packed + b"\nendstream\nendobj\n" + plain[place:]


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 7 if mode in {"L", "P", "1"} else None).save(out, kind, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG as a telephone makes it: camera, place, turned by a flag."""
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (43.0, 8.0, 5.0)
    return picture("JPEG", (60, 40), exif=exif)


def png_of_declared_size(width: int, height: int) -> bytes:
    """A PNG whose head promises more than is there."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = zlib.compress(b"\0" * 100)
    rest = b"IDAT" + data
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(data))
        + rest
        + struct.pack(">I", zlib.crc32(rest))
        + b"\0\0\0\0IEND\xaeB`\x82"
    )


def with_part(content: bytes, name: str, part: bytes | str, **entry: int) -> bytes:
    """The container with one more part, or with this one replaced."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(content))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for info in source.infolist():
            if info.filename != name:
                pack.writestr(info, source.read(info.filename))
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        for key, value in entry.items():
            setattr(info, key, value)
        pack.writestr(info, part)
    return out.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


def with_relation(content: bytes, kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    """A Word document with one more relation of its main part."""
    name = "word/_rels/document.xml.rels"
    row = f'<Relationship Id="rIdX" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/></Relationships>'
    return with_part(content, name, part_of(content, name).decode().replace("</Relationships>", row))


def with_text(content: bytes, xml: str, name: str = "word/document.xml", before: str = "</w:body>") -> bytes:
    """A document with more XML in its main part."""
    return with_part(content, name, part_of(content, name).decode().replace(before, xml + before))
