"""The four documents of an analysis, from one booklet: DOCX, PDF, XLSX, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.utils import translation

from opora.evidence.survey.models import Round
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.documents import render, sheets
from opora.foundation.territory.models import Region
from opora.foundation.ui import formats
from opora.planning.needs import actions, booklet, queries
from opora.planning.needs import reckoning as r
from opora.planning.needs.queries import Reading

TEMPLATE = Path(__file__).resolve().parent / "papers" / "analysis.docx"
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
FORMATS = tuple(MEDIA)
LINE_MM, HIGHEST_MM = 165.0, 108.0


def document(actor: Actor, reading: Reading, kind: str) -> bytes:
    """The analysis in one of `FORMATS`, in Bulgarian. KeyError for another."""
    makers: dict[str, Callable[[Actor, Reading], bytes]] = {
        "docx": docx,
        "pdf": pdf,
        "xlsx": xlsx,
        "json": as_json,
    }
    with translation.override("bg"):
        return makers[kind](actor, reading)


def file_name(reading: Reading, kind: str) -> str:
    """`analiz-LOV-3.docx`, or with `-publikuvan` for what everybody may read."""
    return f"analiz-{reading.analysis.code}{'' if reading.working else '-publikuvan'}.{kind}"


def printed_by(actor: Actor) -> str:
    """„разпечатано от Вера Петкова на 22.11.2026“."""
    who = f" от {actor.name}" if actor.name else " от Опора"
    return f"разпечатано{who} на {formats.date(clock.now())}"


def pdf(actor: Actor, reading: Reading) -> bytes:
    """Tagged PDF/UA-1."""
    return render.pdf("needs/print.html", {"book": booklet.lay_out(reading), "printed": printed_by(actor)})


def docx(actor: Actor, reading: Reading) -> bytes:
    """Word, with real headings, captions and tables, made from `papers/analysis.docx`, which may be edited."""
    book = booklet.lay_out(reading)
    pictures = {
        _name(block.key): render.Placed(svg, _width(svg), block.picture.description)
        for part in book.parts
        for block in part.blocks
        if isinstance(block, booklet.PictureBlock)
        for svg in [str(block.picture.svg)]
    }
    context = {"book": book, "printed": printed_by(actor), "name": _name}
    return render.docx(TEMPLATE, context, pictures).content


def _width(svg: str) -> float:
    """Millimetres on paper: the whole line, less for a picture that would be higher than a third of the page."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    shape = float(box[2]) / float(box[1]) if box else 0.0
    return min(LINE_MM, HIGHEST_MM / shape) if shape else LINE_MM


def _name(key: str) -> str:
    return key.replace(".", "_")


def xlsx(actor: Actor, reading: Reading) -> bytes:
    """One sheet per table with its notes and source; in the working version also where each figure comes
    from.
    """
    book = booklet.lay_out(reading)
    blocks = [block for part in book.parts for block in part.blocks if isinstance(block, booklet.TableBlock)]
    pages = [_cover(actor, book)]
    pages += [_sheet(reading, block) for block in blocks]
    if reading.working:
        pages.append(_origin(reading))
    return sheets.workbook(pages, title=reading.result.title, subject=reading.analysis.code)


def _cover(actor: Actor, book: booklet.Booklet) -> sheets.Sheet:
    said = [
        [part.heading if not i else "", text] for part in book.parts for i, text in enumerate(part.paragraphs)
    ]
    return sheets.Sheet(
        "Съдържание", book.title, ["Глава", "Какво показват данните"], said, [*book.lead, printed_by(actor)]
    )


def _sheet(reading: Reading, block: booklet.TableBlock) -> sheets.Sheet:
    table = next(found for found in reading.result.tables if found.key == block.key)
    rows = [[row.label, *(_raw(cell) for cell in row.cells)] for row in table.rows]
    notes = [
        note
        for note in (table.note, f"Данни към {reading.result.date} г.; анализ {reading.analysis.code}.")
        if note
    ]
    return sheets.Sheet(
        name=f"{block.number} {table.title}",
        title=block.caption,
        columns=[table.heading, *(column.title for column in table.columns)],
        rows=rows,
        notes=notes,
        total_rows=[i for i, row in enumerate(table.rows) if row.total],
        formats={
            i: "0%" if column.percent else _format(shown.decimals)
            for i, (column, shown) in enumerate(zip(table.columns, block.columns, strict=True), 1)
        },
    )


def _format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _raw(cell: r.Cell) -> sheets.Cell:
    return r.HIDDEN if cell.hidden else cell.value


def _origin(reading: Reading) -> sheets.Sheet:
    columns = ["Таблица", "Ред", "Колона", "Стойност", "Откъде", "Дава"]
    return sheets.Sheet("Произход на числата", "Произход на числата", columns, list(_origins(reading.result)))


def _origins(result: r.Result) -> Iterator[list[sheets.Cell]]:
    for table, row, column, cell in result.cells():
        if isinstance(cell.value, int | float):
            for ref, amount in cell.refs:
                yield [table.title, row.label, column.title, cell.value, ref, amount]


def as_json(actor: Actor, reading: Reading) -> bytes:
    """The result as it is kept, with the words that stand now and the fingerprint of the inputs."""
    plain: dict[str, Any] = r.as_json(reading.result)
    for chapter in plain["chapters"]:
        chapter["generated"] = chapter["text"]
        chapter["text"] = reading.words(next(c for c in reading.result.chapters if c.key == chapter["key"]))
    analysis = reading.analysis
    plain |= {
        "analysis": analysis.code,
        "round": analysis.round.code,
        "state": analysis.state,
        "made_at": analysis.made_at.isoformat(),
        "facts_sha256": analysis.facts_sha256,
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def export(
    actor: Actor, region_code: str, round_code: str, out_dir: Path | str, formats_: Sequence[str] = FORMATS
) -> list[Path]:
    """Make an analysis of a region (or of `all` that the round covers) and write its documents; gives the
    files.

    For the command `opora analyse`. Raises LookupError for a region, round or format that is not there.
    """
    unknown = [kind for kind in formats_ if kind not in FORMATS]
    if unknown:
        raise LookupError(f"{', '.join(unknown)} ≠ {', '.join(FORMATS)}")
    regions = queries.regions_to_analyse(actor)
    if region_code.lower() != "all":
        regions = [region for region in regions if region.code == region_code.upper()]
    chosen = [
        (region, round_) for region in regions if (round_ := queries.round_for(actor, region, round_code))
    ]
    if not chosen:
        raise LookupError(
            f"{region_code}, {round_code}: няма такава област или събиране · no such region or round"
        )
    return [
        path for region, round_ in chosen for path in _files(actor, region, round_, Path(out_dir), formats_)
    ]


def _files(actor: Actor, region: Region, round_: Round, folder: Path, kinds: Sequence[str]) -> list[Path]:
    made = actions.analyse(actor, region, round_)
    reading = queries.reading(actor, made.pk)
    if reading is None:
        raise LookupError(made.code)
    folder.mkdir(parents=True, exist_ok=True)
    targets = []
    for kind in kinds:
        targets.append(folder / file_name(reading, kind))
        targets[-1].write_bytes(document(actor, reading, kind))
    return targets
