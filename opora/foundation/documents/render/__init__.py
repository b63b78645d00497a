"""Documents made by the program: PDF to print and keep, Word to edit. Nothing is fetched from anywhere.

`pdf(template, context)` renders a Jinja page made for paper with WeasyPrint (tagged, PDF/UA-1, or PDF/A-2u
for decades).
`docx(template,
context, pictures)` fills a Word file that office people can edit, with docxtpl. Values that are missing are
written as „…“ and named in the result, so that nobody signs a paper with holes unseen.
"""

from opora.foundation.documents.render.missing import ELLIPSIS, Missing
from opora.foundation.documents.render.paper import LASTING, PRINT, PdfUnavailable, pdf
from opora.foundation.documents.render.word import Filled, Placed, docx

__all__ = [
    "ELLIPSIS",
    "LASTING",
    "PRINT",
    "Filled",
    "Missing",
    "PdfUnavailable",
    "Placed",
    "docx",
    "pdf",
]
