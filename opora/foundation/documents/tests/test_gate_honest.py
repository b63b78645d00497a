"""S15, D17: at least forty files as people send them come in, without camera, place and author."""

import io

import pytest
from PIL import Image

from opora.foundation.documents import gate
from opora.foundation.documents.tests import make

HONEST = {
    "прост.docx": make.word,
    "ГЛАВНИ.DOCX": make.word,
    "дълъг.docx": lambda: make.word("Описание на услугата. " * 3000),
    "празен.docx": lambda: make.word(""),
    "автор.docx": lambda: make.word(author="Ирина Колева"),
    "връзка.docx": lambda: make.word(link="https://www.example.bg/"),
    "поща.docx": lambda: make.word(link="mailto:office@example.bg"),
    "знаци.docx": lambda: make.word("<>&\"' „кавички“ – тире € №"),
    "име с две.точки.docx": make.word,
    "картинка.docx": lambda: make.with_part(make.word(), "word/media/image1.png", make.picture()),
    "снимка.docx": lambda: make.with_part(make.word(), "word/media/image1.jpeg", make.picture("JPEG")),
    "таблица_вътре.docx": lambda: make.with_part(
        make.word(), "word/embeddings/Microsoft_Excel.xlsx", make.excel()
    ),
    "страници.docx": lambda: make.with_text(
        make.word(), "<w:p><w:r><w:instrText> PAGE  \\* MERGEFORMAT </w:instrText></w:r></w:p>"
    ),
    "съдържание.docx": lambda: make.with_text(
        make.word(), '<w:p><w:r><w:instrText> TOC \\o "1-3" \\h </w:instrText></w:r></w:p>'
    ),
    "прост.xlsx": make.excel,
    "голям.xlsx": lambda: make.excel(400),
    "празен.xlsx": lambda: make.excel(0),
    "сума.xlsx": lambda: make.excel(3, "=SUM(B1:B3)"),
    "условие.xlsx": lambda: make.excel(3, '=IF(B1>0,"да","не")'),
    "търсене.xlsx": lambda: make.excel(3, "=VLOOKUP(A1,A1:B3,2,FALSE)"),
    "автор.xlsx": lambda: make.excel(author="Ирина Колева"),
    "принтер.xlsx": lambda: make.with_part(
        make.excel(), "xl/printerSettings/printerSettings1.bin", b"\x01\x02\x03"
    ),
    "прост.odt": make.odt,
    "връзка.odt": lambda: make.odt(body='<text:a xlink:href="https://example.bg">x</text:a>'),
    "вътрешна.odt": lambda: make.odt(body='<text:a xlink:href="#дял">x</text:a>'),
    "картинка.odt": lambda: make.odt(
        {"Pictures/1.svg": "<svg/>"}, '<draw:image xlink:href="Pictures/1.svg"/>'
    ),
    "стилове.odt": lambda: make.odt({"styles.xml": "<styles/>", "settings.xml": "<s/>"}),
    "ръчен.pdf": make.raw_pdf,
    "стар.pdf": lambda: make.raw_pdf(version="1.4"),
    "нов.pdf": lambda: make.raw_pdf(version="2.0"),
    "отваря_на_страница.pdf": lambda: make.raw_pdf("/OpenAction [3 0 R /XYZ null null 0]"),
    "отива_там.pdf": lambda: make.raw_pdf("/OpenAction << /Type /Action /S /GoTo /D [3 0 R /Fit] >>"),
    "отива_там_непряко.pdf": lambda: make.raw_pdf(
        "/OpenAction 7 0 R", "7 0 obj\n<< /S /GoTo /D [3 0 R /Fit] >>\nendobj"
    ),
    "от_програма.pdf": make.pdf,
    "достъпен.pdf": lambda: make.pdf(pdf_variant="pdf/ua-1", pdf_tags=True),
    "архивен.pdf": lambda: make.pdf(pdf_variant="pdf/a-2b"),
    "връзка.pdf": lambda: make.pdf("<a href='https://example.bg'>x</a>"),
    "обекти_в_поток.pdf": lambda: make.packed_pdf("7 0 << /Type /Font >>"),
    "прост.png": make.picture,
    "прозрачен.png": lambda: make.picture(mode="RGBA"),
    "сив.png": lambda: make.picture(mode="L"),
    "палитра.png": lambda: make.picture(mode="P"),
    "чернобял.png": lambda: make.picture(mode="1"),
    "снимка.jpg": lambda: make.picture("JPEG"),
    "снимка.jpeg": lambda: make.picture("JPEG", (600, 400)),
    "сива.jpg": lambda: make.picture("JPEG", mode="L"),
    "печатна.jpg": lambda: make.picture("JPEG", mode="CMYK"),
    "постепенна.jpg": lambda: make.picture("JPEG", (300, 200), progressive=True),
    "телефон.jpg": make.photo_with_place,
}


def test_there_are_enough_of_them():
    assert len(HONEST) >= 40


@pytest.mark.parametrize("name", HONEST)
def test_honest_file_comes_in(name):
    verdict = gate.check(name, HONEST[name]())
    assert verdict.ok, (verdict.reason, verdict.detail)
    assert verdict.media_type
    assert gate.check(name, verdict.content).content == verdict.content or verdict.kind in {"jpeg", "png"}


def test_photo_loses_camera_and_place_but_stays_upright():
    verdict = gate.check("снимка.jpg", make.photo_with_place())
    clean = Image.open(io.BytesIO(verdict.content))
    assert dict(clean.getexif()) == {}
    assert b"Telephone" not in verdict.content
    assert clean.size == (40, 60)


def test_png_loses_its_notes():
    out = io.BytesIO()
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Irina Koleva")
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=notes)
    assert b"Irina" not in gate.check("x.png", out.getvalue()).content


def test_author_goes_unless_kept():
    content = make.word(author="Ирина Колева")
    bare = make.part_of(gate.check("x.docx", content).content, "docProps/core.xml").decode()
    kept = make.part_of(gate.check("x.docx", content, keep_author=True).content, "docProps/core.xml").decode()
    assert "Колева" not in bare
    assert "Колева" in kept
    assert b"\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd" not in make.part_of(
        gate.check("x.odt", make.odt()).content, "meta.xml"
    )


def test_photo_inside_a_document_loses_its_place_and_stays_a_picture():
    content = make.with_part(make.word(), "word/media/image1.jpeg", make.photo_with_place())
    kept = make.part_of(gate.check("x.docx", content).content, "word/media/image1.jpeg")
    assert b"Telephone" not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
    Image.open(io.BytesIO(kept)).load()


def test_pixels_survive():
    picture = Image.new("RGB", (3, 2))
    picture.putpixel((1, 1), (200, 10, 30))
    out = io.BytesIO()
    picture.save(out, "PNG")
    clean = Image.open(io.BytesIO(gate.check("x.png", out.getvalue()).content))
    assert clean.getpixel((1, 1)) == (200, 10, 30)
