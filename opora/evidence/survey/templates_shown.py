"""What the pages of templates show: problems by row, the preview, remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opora.engines import questionnaire
from opora.engines.questionnaire import Problem
from opora.evidence.survey import checking, fields, filling, policies, sheets
from opora.evidence.survey.models import TemplateVersion
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock


@dataclass(frozen=True)
class ShownProblem:
    """One thing to mend: where and what, in the language of the page."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class PreviewSection:
    """A section as the filler will show it, with an empty row in each repeat."""

    title: str
    fields: tuple[fields.Field, ...]


def problems(found: Iterable[Problem]) -> tuple[ShownProblem, ...]:
    """Problems in the order of the sheets."""
    language = checking.language()
    return tuple(ShownProblem(p.sheet, p.row, p.column, p.message(language)) for p in found)


def version_page(actor: Actor, version: TemplateVersion) -> dict[str, Any]:
    """Everything of the page of one version."""
    form = sheets.form_of(version)
    return {
        "version": version,
        "makes": policies.edit_templates(actor),
        "sections": preview(form),
        "languages": ", ".join(form.languages.values()),
        "groups": sum(isinstance(item, questionnaire.Repeat) for item in form.items()),
        "prefilled": sum(bool(q.extra.get("prefill")) for q in form.questions() if q.asks),
    }


def preview(form: questionnaire.Form) -> tuple[PreviewSection, ...]:
    """The empty card, all of it, whatever would apply: one empty row in each repeat."""
    answers = questionnaire.initial(
        form, today=clock.today(), now=clock.now().replace(tzinfo=None), answers=_one_row(form.root)
    )
    drawn = checking.page(form, answers)
    maker = fields.Maker({}, everything=True)
    names = [filling.GENERAL] + [node.path for node in drawn.nodes if node.kind in ("group", "repeat")]
    labels = {node.path: node.label for node in drawn.nodes}
    made = (PreviewSection(labels.get(n, ""), maker.fields(filling.section_nodes(drawn, n))) for n in names)
    return tuple(one for one in made if one.fields)


def _one_row(group: questionnaire.Group) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in group.children:
        if isinstance(item, questionnaire.Repeat):
            found[item.name] = [_one_row(item)]
        elif isinstance(item, questionnaire.Group):
            found[item.name] = _one_row(item)
    return found
