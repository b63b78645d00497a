"""PDF, Word and Excel made by the program."""

import datetime as dt
import io
import re
import shutil
import subprocess
import unittest.mock
import zipfile

import docx
import pypdf
import pytest
from django.template import engines
from docx.shared import Mm
from PIL import Image, ImageDraw, ImageFont
from python_calamine import CalamineWorkbook

from opora.foundation.core.cells import neutral
from opora.foundation.documents import render, sheets
from opora.foundation.documents.render import paper
from opora.foundation.ui import pictures


def _pdf(body="<h1>Област Ловеч</h1><p>Услуги: 19</p>", **context):
    engine = engines.all()[0]
    source = '{% extends "documents/paper.html" %}{% block title %}Проба{% endblock %}{% block body %}' + body
    template = engine.from_string(source + "{% endblock %}")
    given = {"printed": "разпечатано от Вера Петкова на 22.11.2026"} | context
    with unittest.mock.patch.object(paper, "render_to_string", lambda _name, values: template.render(values)):
        return render.pdf("x", given)


def test_pdf_is_tagged_in_bulgarian_with_pages_counted():
    content = _pdf("<h1>Област Ловеч</h1>" + "<p>ред</p>" * 120)
    book = pypdf.PdfReader(io.BytesIO(content))
    assert book.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert book.trailer["/Root"]["/Lang"] == "bg"
    assert book.metadata.title == "Проба"
    assert b"pdfuaid" in content or "pdfuaid" in str(book.xmp_metadata.rdf_root.toxml())
    pages = len(book.pages)
    assert pages > 1
    words = re.sub(r"\s+", " ", book.pages[0].extract_text())
    assert f"разпечатано от Вера Петкова на 22.11.2026, лист 1 от {pages}" in words


def test_pdf_uses_our_font_only():
    book = pypdf.PdfReader(io.BytesIO(_pdf()))
    fonts = book.pages[0]["/Resources"]["/Font"]
    assert {"Sofia" in str(font.get_object()["/BaseFont"]) for font in fonts.values()} == {True}


def _ink(picture):
    """Part of dark points inside the box of the writing, and the shape of that box."""
    dark = picture.convert("L").point(lambda value: 255 if value < 128 else 0)
    box = dark.getbbox()
    inside = dark.crop(box)
    return inside.histogram()[255] / (inside.width * inside.height), inside.width / inside.height


@pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs pdftoppm (poppler-utils)")
def test_letters_look_as_they_are_drawn_in_our_font(tmp_path):
    """Two font files under one name come out as garbage that text extraction does not notice."""
    words = "Жълъд Ща1"
    hidden = "<style>footer{display:none}h1{font-size:60pt}</style>"
    (tmp_path / "x.pdf").write_bytes(_pdf(f"<h1>{words}</h1>{hidden}"))
    subprocess.run(
        ["pdftoppm", "-r", "72", "-png", "-singlefile", tmp_path / "x.pdf", tmp_path / "x"], check=True
    )
    page = Image.open(tmp_path / "x.png")
    drawn = Image.new("L", page.size, 255)
    font = ImageFont.truetype(str(paper.FONTS / "SofiaSans-SemiBold.ttf"), 60)
    ImageDraw.Draw(drawn).text((40, 40), words, font=font, fill=0)
    (share, shape), (wanted, wanted_shape) = _ink(page), _ink(drawn)
    assert share == pytest.approx(wanted, rel=0.12)
    assert shape == pytest.approx(wanted_shape, rel=0.06)


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "file:///etc/hostname", "ftp://example.org/x"]
)
def test_pdf_fetches_nothing(address):
    fetch = paper._fetcher(paper._weasyprint())
    with pytest.raises(ValueError, match="refused"):
        fetch.fetch(address)
    assert _pdf(f"<img src='{address}' alt='x'>").startswith(b"%PDF")


def test_missing_libraries_are_said_plainly(monkeypatch):
    def fail():
        raise render.PdfUnavailable("липсват системните части Pango")

    monkeypatch.setattr(paper, "_weasyprint", fail)
    with pytest.raises(render.PdfUnavailable, match="Pango"):
        render.pdf("documents/paper.html", {"printed": ""})


def _template(*lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _text(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def test_word_is_filled_escaped_and_tells_what_is_missing():
    filled = render.docx(
        _template("Име: {{ name }}", "Град: {{ town }}", "{{ head.name }}"), {"name": "<ЦОП> & „Дъга“"}
    )
    assert "Име: <ЦОП> & „Дъга“" in _text(filled.content)
    assert "Град: …" in _text(filled.content)
    assert filled.missing == ("town", "head.name")


def test_word_holds_pictures_with_words_for_those_who_cannot_see():
    chart = pictures.bars("Места", [pictures.Bar("Ловеч", (5,))])
    placed = render.Placed(str(chart.svg), 120, "Места: Ловеч 5")
    filled = render.docx(_template("{{ pictures.chart }}"), {}, {"chart": placed})
    pack = zipfile.ZipFile(io.BytesIO(filled.content))
    assert any(name.startswith("word/media/") for name in pack.namelist())
    assert "Места: Ловеч 5" in pack.read("word/document.xml").decode()


@pytest.mark.parametrize("fixed", [True, False], ids=["widths fixed by the author", "widths by the words"])
def test_word_keeps_the_widths_its_author_has_fixed(fixed):
    template = docx.Document()
    table = template.add_table(1, 2)
    table.autofit = not fixed
    for place, width in enumerate((Mm(50), Mm(110))):
        table.columns[place].width = table.rows[0].cells[place].width = width
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Ден", "{{ text }}"
    out = io.BytesIO()
    template.save(out)
    filled = render.docx(out.getvalue(), {"text": "Посетихме дома. " * 9})
    widths = [cell.width for cell in docx.Document(io.BytesIO(filled.content)).tables[0].rows[0].cells]
    assert (abs(widths[0] - Mm(50)) < Mm(0.1)) is fixed


@pytest.mark.parametrize(
    "text", ["=1+1", "+359 88", "-2", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\r=1"]
)
def test_no_live_formula_from_text(text):
    made = sheets.workbook([sheets.Sheet("Лист", text, [text], [[text]], [text])])
    pack = zipfile.ZipFile(io.BytesIO(made))
    xml = pack.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in xml.replace("<fo", "")
    assert neutral(text).startswith("'")
    assert (
        CalamineWorkbook.from_filelike(io.BytesIO(made))
        .get_sheet_by_index(0)
        .to_python()[0][0]
        .startswith("'")
    )


def test_workbook_keeps_kinds_and_names():
    rows = [["Ловеч", 3, 1.5, dt.date(2026, 11, 22), None, "0012"]]
    sheet = sheets.Sheet(
        "Име с / забранени [знаци] и твърде дълго", "Т", list("абвгде"), rows, ["Източник: НСИ"]
    )
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheets.workbook([sheet, sheet])))
    assert len(set(book.sheet_names)) == 2
    read = book.get_sheet_by_index(0).to_python()
    assert read[3] == ["Ловеч", 3.0, 1.5, dt.date(2026, 11, 22), "", "0012"]
    assert read[-1][0] == "Източник: НСИ"
