"""Make the Word template of the visit report: `python scripts/monitoring_template.py`.

The result, `opora/evidence/monitoring/papers/report.docx`, is an ordinary Word file with docxtpl tags that people edit
in Word or LibreOffice; this script only lays the first one.
"""

from __future__ import annotations

from pathlib import Path

from analysis_template import name_font_fallback, page, styles, tag, write
from casework_template import ends, loop, table
from docx import Document
from docx.shared import Pt

TARGET = (
    Path(__file__).resolve().parent.parent / "opora" / "evidence" / "monitoring" / "papers" / "report.docx"
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
    document.core_properties.title = "{{ book.title }} {{ book.code }}"
    document.core_properties.language = "bg-BG"
    document.save(str(TARGET))
    name_font_fallback(TARGET)


def body(document) -> None:
    document.add_paragraph("{{ book.title }}", "Title")
    loop(document, "line in book.lead", lambda: document.add_paragraph("{{ line }}", "Lead"))
    document.add_paragraph("{%p for part in book.parts %}")
    document.add_paragraph("{{ part.heading }}", "Heading 1")
    document.add_paragraph("{%p for block in part.blocks %}")
    document.add_paragraph("{%p if block.kind == 'text' %}")
    document.add_paragraph("{{ block.text }}")
    document.add_paragraph("{%p else %}")
    made = table(document, (56, 44, 66), rows=4)
    for place, cell in enumerate(made.rows[0].cells):
        write(cell, f"{{{{ block.heads[{place}] }}}}", "CellHead")
    tag(made.rows[1], "{%tr for row in block.rows %}")
    for place, cell in enumerate(made.rows[2].cells):
        write(cell, f"{{{{ row[{place}] or '–' }}}}", "Cell")
    tag(made.rows[3], "{%tr endfor %}")
    document.add_paragraph(style="Lead")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")


if __name__ == "__main__":
    main()
