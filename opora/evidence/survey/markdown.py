"""Light Markdown of labels and hints: **bold**, *italic*, lists, paragraphs. Everything else is shown as
typed.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
ITALIC = re.compile(r"(?<![\w*])(\*|_)(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])")
BULLET = re.compile(r"\s*[-*•]\s+(.*)")
NUMBERED = re.compile(r"\s*\d+[.)]\s+(.*)")


def inline(text: str) -> Markup:
    """One line: bold and italics, the rest escaped; line breaks become spaces."""
    safe = str(escape(" ".join(text.split())))
    safe = BOLD.sub(r"<strong>\2</strong>", safe)
    return Markup(ITALIC.sub(r"<em>\2</em>", safe))  # noqa: S704 (escaped above)


def light(text: str) -> Markup:
    """Text with paragraphs and lists; a single line comes without any block around it."""
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    if len(lines) < 2:
        return inline(text)
    return Markup("").join(_block(kind, part) for kind, part in _blocks(lines))


def _blocks(lines: list[str]) -> list[tuple[str, list[str]]]:
    blocks: list[tuple[str, list[str]]] = []
    for line in lines:
        kind, text = _kind(line)
        if blocks and blocks[-1][0] == kind != "p":
            blocks[-1][1].append(text)
        else:
            blocks.append((kind, [text]))
    return blocks


def _kind(line: str) -> tuple[str, str]:
    for kind, pattern in (("ul", BULLET), ("ol", NUMBERED)):
        if found := pattern.match(line):
            return kind, found[1]
    return "p", line


def _block(kind: str, texts: list[str]) -> Markup:
    if kind == "p":
        return Markup('<span class="sv-line">{}</span>').format(inline(texts[0]))
    items = Markup("").join(Markup("<li>{}</li>").format(inline(text)) for text in texts)
    if kind == "ol":
        return Markup('<ol class="govuk-list govuk-list--number">{}</ol>').format(items)
    return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
