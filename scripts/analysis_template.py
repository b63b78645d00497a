"""Make the Word template of the regional analysis: `python scripts/analysis_template.py`.

The result, `opora/planning/needs/papers/analysis.docx`, is an ordinary Word file with docxtpl tags that
people may edit
in Word or LibreOffice; this script only lays the first one.
"""

from __future__ import annotations

import copy
import re
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).resolve().parent.parent / "opora" / "planning" / "needs" / "papers" / "analysis.docx"
FONT = "Sofia Sans"
BRAND, INK, MUTED, LINE, SURFACE = "0B5D4E", "1B2421", "51605B", "D5DCD9", "F2F5F3"


def main() -> None:
    document = Document()
    page(document)
    styles(document)
    body(document)
    footer(document)
    document.core_properties.author = ""
    document.core_properties.title = "{{ book.title }}"
    document.core_properties.language = "bg-BG"
    TARGET.parent.mkdir(exist_ok=True)
    document.save(str(TARGET))
    name_font_fallback(TARGET)


def page(document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)


def styles(document) -> None:
    normal = document.styles["Normal"]
    font(normal, 10.5, INK)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.2
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "bg-BG")
    normal.element.get_or_add_rPr().append(language)
    headings = (("Title", 24, 0, 6), ("Heading 1", 17, 22, 8), ("Heading 2", 13, 14, 4))
    for name, size, before, after in headings:
        style = document.styles[name]
        font(style, size, BRAND if name == "Heading 1" else INK, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True
        for border in style.element.findall(".//" + qn("w:pBdr")):
            border.getparent().remove(border)
    caption = document.styles["Caption"]
    font(caption, 10, INK, bold=True)
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(3)
    caption.paragraph_format.keep_with_next = True
    own = (("Lead", 9.5, MUTED), ("Note", 8.5, MUTED), ("Cell", 8, INK), ("CellHead", 8, INK))
    for name, size, colour in own:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        font(style, size, colour, bold=name == "CellHead")
        style.paragraph_format.space_after = Pt(10 if name == "Note" else 1)
        style.paragraph_format.space_before = Pt({"Note": 3, "Lead": 0}.get(name, 1))
        style.paragraph_format.line_spacing = 1.0


def font(style, size, colour, *, bold=False) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)


def body(document) -> None:
    document.add_paragraph("{{ book.title }}", "Title")
    document.add_paragraph("{%p for line in book.lead %}")
    document.add_paragraph("{{ line }}", "Lead")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for part in book.parts %}")
    document.add_paragraph("{{ part.heading }}", "Heading 1")
    document.add_paragraph("{%p for text in part.paragraphs %}")
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p for block in part.blocks %}")
    document.add_paragraph("{%p if block.kind == 'picture' %}")
    caption(document)
    document.add_paragraph("{{ pictures[name(block.key)] }}").paragraph_format.keep_with_next = True
    document.add_paragraph("{{ block.picture.source }}", "Note")
    document.add_paragraph("{%p else %}")
    caption(document)
    table(document)
    document.add_paragraph("{{ block.note }}", "Note")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


def caption(document) -> None:
    """„Таблица 3. …“ with a field, so that Word can number anew and make a list of tables."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.add_run("{{ block.label }} ")
    field(paragraph, "SEQ {{ block.label }} \\* ARABIC", "{{ block.number }}")
    paragraph.add_run(". {{ block.title }}")


def field(paragraph, code, shown) -> None:
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), f" {code} ")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = shown
    run.append(text)
    simple.append(run)
    paragraph._p.append(simple)


def table(document) -> None:
    made = document.add_table(rows=7, cols=4)
    made.autofit = True
    borders(made)
    head, loop, strong, other, plain, closed, end = made.rows
    cells(head, "{{ block.heading }}", "block.columns", "CellHead")
    shade(head)
    repeated(head)
    tag(loop, "{%tr for line in block.lines %}")
    # A total stands in its own kind of row: strong.
    tag(strong, "{%tr if line.total %}")
    whole = copy.deepcopy(plain._tr)
    strong._tr.addnext(whole)
    tag(other, "{%tr else %}")
    cells(plain, "{{ line.label }}", "line.cells", "Cell")
    cells(made.rows[3], "{{ line.label }}", "line.cells", "CellHead")
    tag(closed, "{%tr endif %}")
    tag(end, "{%tr endfor %}")
    for row in made.rows:
        whole_row(row)


def cells(row, first, many, style) -> None:
    """The row's heading and a cell for each of `many`, numbers to the right."""
    write(row.cells[0], first, style)
    write(row.cells[1], f"{{%tc for cell in {many} %}}", style)
    cell = row.cells[2]
    write(cell, "{%p if cell.numeric %}", style)
    for text, right in (("{{ cell.text }}", True), ("{%p else %}", False), ("{{ cell.text }}", False)):
        paragraph = cell.add_paragraph(text, style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    cell.add_paragraph("{%p endif %}", style)
    write(row.cells[3], "{%tc endfor %}", style)


def write(cell, text, style) -> None:
    cell.paragraphs[0].text = text
    cell.paragraphs[0].style = style


def tag(row, text) -> None:
    row.cells[0].paragraphs[0].text = text


def properties(row):
    return row._tr.get_or_add_trPr()


def repeated(row) -> None:
    properties(row).append(OxmlElement("w:tblHeader"))


def whole_row(row) -> None:
    properties(row).append(OxmlElement("w:cantSplit"))


def shade(row) -> None:
    for cell in row.cells:
        fill = OxmlElement("w:shd")
        fill.set(qn("w:val"), "clear")
        fill.set(qn("w:fill"), SURFACE)
        cell._tc.get_or_add_tcPr().append(fill)


def borders(table) -> None:
    edges = OxmlElement("w:tblBorders")
    for name, size, colour in (("top", 8, INK), ("bottom", 8, INK), ("insideH", 4, LINE)):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), str(size))
        edge.set(qn("w:color"), colour)
        edges.append(edge)
    table._tbl.tblPr.append(edges)
    width = table._tbl.tblPr.find(qn("w:tblW"))
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")


def footer(document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Lead"
    paragraph.add_run("{{ printed }}, лист ")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" от ")
    field(paragraph, "NUMPAGES", "1")


def name_font_fallback(path: Path) -> None:
    """A machine without Sofia Sans takes a sans serif with Cyrillic, not the first font of its list."""
    parts = {}
    with zipfile.ZipFile(path) as pack:
        for entry in pack.infolist():
            parts[entry.filename] = pack.read(entry)
    like = '<w:altName w:val="Calibri"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    entry = f'<w:font w:name="{FONT}">{like}</w:font>'
    name = "word/fontTable.xml"
    parts[name] = re.sub(r"</w:fonts>", entry + "</w:fonts>", parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for part, content in parts.items():
            pack.writestr(zipfile.ZipInfo(part, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
