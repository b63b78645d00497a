"""How much of a whole is done: one bar and its words."""

from django.utils.translation import gettext as _
from markupsafe import Markup

from opora.foundation.ui.pictures.palette import BRAND, LINE, PAPER
from opora.foundation.ui.pictures.picture import Drawing, Picture, Sheet, make_picture
from opora.foundation.ui.pictures.svg import el, text
from opora.foundation.ui.pictures.values import spoken


def progress_bar(title: str, done: float, total: float, *, unit: str = "", source: str = "") -> Picture:
    """„14 от 19“ as a bar. `done` may not exceed `total` nor fall below 0; a total of 0 is empty."""
    if not 0 <= done <= total:
        raise ValueError(f"{done} of {total}")
    words = _("{done} от {total}").format(done=spoken(done), total=spoken(total))
    said = f"{words} {unit}".strip()
    return make_picture(
        lambda sheet: _draw(sheet, done / total if total else 0.0, said),
        title=title,
        description=f"{said}.",
        columns=[_("Направени"), _("Общо")],
        rows=[[done, total]],
        source=source,
    )


def _draw(sheet: Sheet, share: float, words: str) -> Drawing:
    inner = sheet.width - 1
    frame = el("rect", x=0.5, y=22.5, width=inner, height=14.0, fill=PAPER, stroke=LINE)
    fill = el("rect", x=0.5, y=22.5, width=inner * share, height=14.0, fill=BRAND) if share else Markup("")
    return Drawing(40.0, text(words, 0, 14, bold=True) + frame + fill)
