"""Make the Word templates of shipped toolkits: `python scripts/toolkit_template.py`.

The results, `opora/care/casework/toolkits/shipped/assessment.docx` and `plan.docx`, are ordinary Word files with docxtpl
tags. A service edits its copy in Word or LibreOffice and puts it back into its toolkit.
"""

from __future__ import annotations

from pathlib import Path

from analysis_template import name_font_fallback, page, styles, tag, write
from casework_template import ends, loop, table
from docx import Document
from docx.shared import Pt

FOLDER = Path(__file__).resolve().parent.parent / "opora" / "care" / "casework" / "toolkits" / "shipped"
SIGN = {
    "assessment": ("Водещ на случая", "Ръководител"),
    "plan": ("Детето или лицето", "Родител или законен представител", "Водещ на случая", "Ръководител"),
}


def main() -> None:
    for name, people in SIGN.items():
        make(FOLDER / f"{name}.docx", people)


def make(target: Path, people: tuple[str, ...]) -> None:
    document = Document()
    page(document)
    styles(document)
    for name in ("Cell", "CellHead"):
        document.styles[name].font.size = Pt(9.5)
    document.add_paragraph("{{ book.title }}", "Title")
    loop(document, "line in book.lead", lambda: document.add_paragraph("{{ line }}", "Lead"))
    loop(document, "section in sections", lambda: section(document))
    document.add_paragraph("Подписи", "Heading 1")
    signatures(document, people)
    ends(document)
    document.core_properties.author = ""
    document.core_properties.title = "Досие {{ book.code }}"
    document.core_properties.language = "bg-BG"
    document.save(str(target))
    name_font_fallback(target)


def section(document) -> None:
    document.add_paragraph("{{ section.title }}", "Heading 1")
    made = table(document, (64, 102), rows=3)
    tag(made.rows[0], "{%tr for row in section.rows %}")
    write(made.rows[1].cells[0], "{{ row.label }}", "Lead")
    write(made.rows[1].cells[1], "{{ row.value }}", "Cell")
    tag(made.rows[2], "{%tr endfor %}")
    document.add_paragraph(style="Lead")


def signatures(document, people: tuple[str, ...]) -> None:
    made = table(document, (66, 60, 40), rows=len(people))
    for row, role in zip(made.rows, people, strict=True):
        write(row.cells[0], role, "CellHead")
        write(row.cells[1], "подпис:", "Lead")
        write(row.cells[2], "дата:", "Lead")
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_before = Pt(22)


if __name__ == "__main__":
    main()
