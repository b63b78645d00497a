"""A document template is data: it may show values, repeat and choose, and nothing else. It never runs a program."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.translation import gettext as _
from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.nodes import Node

ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Not,
    nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.Const, nodes.Filter, nodes.Tuple,
)  # fmt: skip
FILTERS = frozenset({"number", "percent", "date", "upper", "lower", "trim", "default", "length"})
MOST_LOOPS = 3
"""Loops within loops; each goes over what the document is given, never over a number."""
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")


def trouble(content: bytes) -> str:
    """Why the template may not be used; empty when it may."""
    from docxtpl import DocxTemplate

    try:
        document = DocxTemplate(io.BytesIO(content))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = [archive.read(n).decode("utf-8") for n in archive.namelist() if _PARTS.fullmatch(n)]
        for text in texts:
            found = _walk(Environment().parse(document.patch_xml(text)), 0)  # noqa: S701 - parsed, never run
            if found:
                return _("шаблонът съдържа „%(what)s“, което не е позволено") % {"what": found}
    except TemplateSyntaxError as wrong:
        return _("грешка в шаблона: %(what)s") % {"what": wrong.message or ""}
    except Exception:  # a broken document raises many kinds
        return _("документът не се чете")
    return ""


def _walk(node: Node, loops: int) -> str:
    """The first thing that is not allowed, by name."""
    if not isinstance(node, ALLOWED):
        return type(node).__name__
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return node.name
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return node.attr
    if isinstance(node, nodes.For):
        loops += 1
        if loops > MOST_LOOPS or not isinstance(node.iter, (nodes.Name, nodes.Getattr)) or node.recursive:
            return "for"
    return next((found for child in node.iter_child_nodes() if (found := _walk(child, loops))), "")
