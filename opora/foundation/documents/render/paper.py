"""PDF by WeasyPrint with our own font, tagged for screen readers, and without any network."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from opora.foundation import ui
from opora.foundation.core.errors import ActionRefused

FONTS = Path(ui.__file__).resolve().parent / "fonts"
SCHEME = "opora-font:"


class PdfUnavailable(ActionRefused):
    """This machine lacks the system libraries that PDF needs."""


PRINT, LASTING = "pdf/ua-1", "pdf/a-2u"
"""For reading and printing; for decades (ISO 19005-2): everything needed to draw it and to read its text lies in it."""


def pdf(template: str, context: Mapping[str, Any], *, variant: str = PRINT) -> bytes:
    """Render a Jinja template that extends `documents/paper.html` as tagged PDF, PDF/UA-1 or PDF/A-2u.

    Addresses inside are refused, all but our fonts. Raises PdfUnavailable with the line to run where
    Pango is missing.
    """
    weasyprint = _weasyprint()
    page = weasyprint.HTML(
        string=render_to_string(template, dict(context)),
        base_url="opora-paper:/",
        url_fetcher=_fetcher(weasyprint),
    )
    written: bytes = page.write_pdf(pdf_variant=variant, pdf_tags=True)
    return written


@functools.cache
def _weasyprint() -> Any:
    try:
        import weasyprint
    except OSError as problem:
        raise PdfUnavailable(
            _(
                "PDF не може да се направи на тази машина: липсват системните части Pango и HarfBuzz. "
                "Изпълнете „apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0“ "
                "или изтеглете Word."
            )
        ) from problem
    return weasyprint


@functools.cache
def _fetcher(weasyprint: Any) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyOurFonts(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith(SCHEME):
                name = Path(url.removeprefix(SCHEME)).name
                return URLFetcherResponse(url, (FONTS / name).read_bytes(), {"Content-Type": "font/ttf"})
            raise ValueError(f"refused: {url[:80]}")

    return OnlyOurFonts()
