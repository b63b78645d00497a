"""Make the Word templates of client files: `python scripts/casework_template.py`.

The results, `opora/care/casework/papers/paper.docx` and `large.docx` (large type for the family), are ordinary Word
files with docxtpl tags that people edit in Word or LibreOffice; this script only lays the first ones.
"""

from __future__ import annotations

from pathlib import Path

from analysis_template import (
    INK,
    MUTED,
    field,
    font,
    name_font_fallback,
    page,
    styles,
    tag,
    whole_row,
    write,
)
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).resolve().parent.parent / "opora" / "care" / "casework" / "papers"
LARGE = {
    "Normal": 16,
    "Title": 30,
    "Heading 1": 22,
    "Heading 2": 18,
    "Lead": 12,
    "Cell": 16,
    "CellHead": 16,
    "Quote": 20,
}


def main() -> None:
    make(FOLDER / "paper.docx", {"Cell": 9.5, "CellHead": 9.5})
    make(FOLDER / "large.docx", LARGE)


def make(target: Path, sizes: dict[str, float]) -> None:
    document = Document()
    page(document)
    styles(document)
    quote = document.styles["Quote"]
    font(quote, 12, INK)
    quote.paragraph_format.left_indent = Mm(6)
    for name, size in sizes.items():
        document.styles[name].font.size = Pt(size)
    body(document)
    ends(document)
    document.core_properties.author = ""
    document.core_properties.title = "Досие {{ book.code }}"
    document.core_properties.language = "bg-BG"
    document.save(str(target))
    name_font_fallback(target)


def body(document) -> None:
    document.add_paragraph("{{ book.title }}", "Title")
    loop(document, "line in book.lead", lambda: document.add_paragraph("{{ line }}", "Lead"))
    document.add_paragraph("{%p for part in book.parts %}")
    document.add_paragraph("{{ part.heading }}", "Heading 1")
    document.add_paragraph("{%p for block in part.blocks %}")
    document.add_paragraph("{%p if block.kind == 'heading' %}")
    document.add_paragraph("{{ block.text }}", "Heading 2")
    document.add_paragraph("{%p elif block.kind == 'text' and block.quote %}")
    document.add_paragraph("{{ block.text }}", "Quote")
    document.add_paragraph("{%p elif block.kind == 'text' %}")
    document.add_paragraph("{{ block.text }}")
    document.add_paragraph("{%p elif block.kind == 'entry' %}")
    entry(document)
    document.add_paragraph("{%p elif block.kind == 'drawing' %}")
    document.add_paragraph("{{ pictures[block.key] }}")
    document.add_paragraph("{%p elif block.kind == 'facts' %}")
    facts(document)
    document.add_paragraph("{%p else %}")
    signatures(document)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


def loop(document, what, inside) -> None:
    document.add_paragraph(f"{{%p for {what} %}}")
    inside()
    document.add_paragraph("{%p endfor %}")


def entry(document) -> None:
    title = document.add_paragraph(style="Normal")
    title.add_run("{{ block.title }}").bold = True
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(8), Pt(0)
    title.paragraph_format.keep_with_next = True
    document.add_paragraph("{%p if block.line %}")
    document.add_paragraph("{{ block.line }}", "Lead").paragraph_format.keep_with_next = True
    document.add_paragraph("{%p endif %}")
    loop(document, "text in block.texts", lambda: document.add_paragraph("{{ text }}"))


def facts(document) -> None:
    made = table(document, (50, 116), rows=3)
    tag(made.rows[0], "{%tr for label, value in block.rows %}")
    write(made.rows[1].cells[0], "{{ label }}", "Lead")
    write(made.rows[1].cells[1], "{{ value }}", "Cell")
    tag(made.rows[2], "{%tr endfor %}")
    document.add_paragraph(style="Lead")


def signatures(document) -> None:
    made = table(document, (66, 60, 40), rows=3)
    tag(made.rows[0], "{%tr for role, name in block.people %}")
    row = made.rows[1]
    write(row.cells[0], "{{ role }}", "CellHead")
    row.cells[0].add_paragraph("{{ name }}", "Cell")
    write(row.cells[1], "подпис:", "Lead")
    write(row.cells[2], "дата:", "Lead")
    for cell in row.cells:
        cell.paragraphs[0].paragraph_format.space_before = Pt(22)
    tag(made.rows[2], "{%tr endfor %}")
    document.add_paragraph(style="Lead")


def table(document, widths, *, rows):
    made = document.add_table(rows=rows, cols=len(widths))
    made.autofit = False
    edges = OxmlElement("w:tblBorders")
    for name in ("bottom", "insideH"):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), "4")
        edge.set(qn("w:color"), MUTED if len(widths) > 2 else "D5DCD9")
        edges.append(edge)
    made._tbl.tblPr.append(edges)
    for place, width in enumerate(widths):
        made.columns[place].width = Mm(width)
        for row in made.rows:
            row.cells[place].width = Mm(width)
    for row in made.rows:
        whole_row(row)
    return made


def ends(document) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.style = "Lead"
    head.text = "{{ book.code }}"
    foot = section.footer.paragraphs[0]
    foot.style = "Lead"
    foot.add_run("{{ printed }}, лист ")
    field(foot, "PAGE", "1")
    foot.add_run(" от ")
    field(foot, "NUMPAGES", "1")


if __name__ == "__main__":
    main()
