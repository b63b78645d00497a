"""Make the Word template of this room's papers: `python scripts/practice_template.py`.

The result, `opora/improvement/practice/papers/paper.docx`, is an ordinary Word file with docxtpl tags that people edit
in Word or LibreOffice; this script only lays the first one.
"""

from __future__ import annotations

from pathlib import Path

from analysis_template import borders, name_font_fallback, page, repeated, shade, styles, tag, whole_row
from casework_template import ends, facts, loop, signatures
from docx import Document
from docx.shared import Pt

TARGET = (
    Path(__file__).resolve().parent.parent / "opora" / "improvement" / "practice" / "papers" / "paper.docx"
)


def main() -> None:
    document = Document()
    page(document)
    styles(document)
    for name in ("Cell", "CellHead"):
        document.styles[name].font.size = Pt(9.5)
    body(document)
    ends(document)
    document.core_properties.author = ""
    document.core_properties.title = "{{ book.title }}"
    document.core_properties.language = "bg-BG"
    document.save(str(TARGET))
    name_font_fallback(TARGET)


def body(document) -> None:
    document.add_paragraph("{{ book.title }}", "Title")
    loop(document, "line in book.lead", lambda: document.add_paragraph("{{ line }}", "Lead"))
    document.add_paragraph("{%p for part in book.parts %}")
    document.add_paragraph("{{ part.heading }}", "Heading 1")
    document.add_paragraph("{%p for block in part.blocks %}")
    document.add_paragraph("{%p if block.kind == 'heading' %}")
    document.add_paragraph("{{ block.text }}", "Heading 2")
    document.add_paragraph("{%p elif block.kind == 'text' and block.item %}")
    document.add_paragraph("{{ block.text }}", "List Bullet")
    document.add_paragraph("{%p elif block.kind == 'text' and block.note %}")
    document.add_paragraph("{{ block.text }}", "Note")
    document.add_paragraph("{%p elif block.kind == 'text' %}")
    document.add_paragraph("{{ block.text }}")
    document.add_paragraph("{%p elif block.kind == 'facts' %}")
    facts(document)
    document.add_paragraph("{%p elif block.kind == 'table' %}")
    document.add_paragraph("{{ block.caption }}", "Caption")
    table(document)
    document.add_paragraph(style="Lead")
    document.add_paragraph("{%p else %}")
    signatures(document)
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


def table(document) -> None:
    made = document.add_table(rows=4, cols=3)
    made.autofit = True
    borders(made)
    head, begin, line, end = made.rows
    columns(head, "block.columns", "CellHead")
    shade(head)
    repeated(head)
    tag(begin, "{%tr for row in block.rows %}")
    columns(line, "row", "Cell")
    tag(end, "{%tr endfor %}")
    for row in made.rows:
        whole_row(row)


def columns(row, many, style) -> None:
    """A cell for each of `many`, numbers to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    first, middle, last = row.cells
    first.paragraphs[0].text = f"{{%tc for cell in {many} %}}"
    middle.paragraphs[0].text = "{%p if cell.numeric %}"
    for text, right in (
        ("{{ cell.text }}", True),
        ("{%p else %}", False),
        ("{{ cell.text }}", False),
        ("{%p endif %}", False),
    ):
        paragraph = middle.add_paragraph(text, style)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    last.paragraphs[0].text = "{%tc endfor %}"


if __name__ == "__main__":
    main()
