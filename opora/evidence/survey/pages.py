"""What the pages of one card show beside its fields: state, sections, answers to read, missing ones, both
texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from opora.engines.questionnaire import Item, Node, Page, Question, label_for, shown_value
from opora.evidence.survey import checking, fields, filling, markdown, policies, queries, sheets, stages
from opora.evidence.survey.models import Card
from opora.evidence.survey.sources import Source, source_of
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.drafts.queries import Clashing, kept_text


@dataclass(frozen=True)
class Read:
    """One answer to read: question, answer in words, where it came from, what the coordinator asked about it."""

    path: str
    label: Markup
    text: str
    source: Source | None
    query: str = ""


@dataclass(frozen=True)
class Part:
    """A section or row to read."""

    title: str
    reads: tuple[Read, ...]
    parts: tuple[Part, ...] = ()
    path: str = ""

    @property
    def columns(self) -> tuple[Markup, ...]:
        """Headings when the parts are rows of the same few questions: they read better as a table."""
        heads = {tuple(read.label for read in part.reads) for part in self.parts if not part.parts}
        plain = len(heads) == 1 and self.path.count("[") == 0 and all("[" in part.path for part in self.parts)
        return next(iter(heads)) if plain and len(next(iter(heads))) <= 5 else ()


@dataclass(frozen=True)
class Complaint:
    """One line of the summary on the check page."""

    href: str
    label: str
    message: str
    kind: str


def card_rows(cards: list[Card]) -> list[dict[str, Any]]:
    """Cards as a table shows them: link, state in words, how far, deadline."""
    return [
        {
            "card": card,
            "href": reverse("survey_card", args=[card.code]),
            "stage": stages.STAGES[card.stage],
            "tag": stages.TAGS[card.stage],
        }
        for card in cards
    ]


def card_page(actor: Actor, card: Card) -> dict[str, Any]:
    """Everything of the page of one card."""
    fills = policies.fill_card(actor, card) and card.is_open
    answers = queries.draft_of(actor, card).data if card.stage in stages.OPEN else card.answers
    drawn = checking.page(sheets.form_of(card.round.template_version), answers)
    checks = list(card.checks.all())
    history = list(card.stages.all())
    return {
        "card": card,
        "fills": fills,
        "verifies": policies.verify_card(actor, card),
        "result": drawn.result,
        "sections": filling.section_links(card, drawn),
        "answers": parts(drawn, card, {c.path: c.note for c in checks if c.outcome == "query"}),
        "queried": [c for c in checks if c.outcome == "query"],
        "query_labels": {c.path: _label(card, c.path, answers) for c in checks if c.outcome == "query"},
        "history": history,
        "returned": next((row for row in history if row.stage == stages.RETURNED), None),
        "submissions": list(card.submissions.all()),
        "late": card.round.days_late(clock.today()),
        "prefilled": share_prefilled(drawn, card),
        "tag": stages.TAGS[card.stage],
        "stage": stages.STAGES[card.stage],
        "STAGES": stages.STAGES,
    }


def share_prefilled(drawn: Page, card: Card) -> tuple[int, int]:
    """How many of the questions that apply the register has filled in, and how many apply."""
    asked = {n.path for n in drawn.walk() if n.kind == "question" and n.relevant}
    return len(asked & set(card.prefill)), len(asked)


def check_page(actor: Actor, card: Card) -> dict[str, Any]:
    """Everything of the check page: complaints that lead to their fields, then all answers."""
    form = sheets.form_of(card.round.template_version)
    draft = queries.draft_of(actor, card)
    drawn = checking.page(form, draft.data)
    return {
        "card": card,
        "draft": draft,
        "result": drawn.result,
        "sections": filling.section_links(card, drawn),
        "complaints": complaints(card, drawn),
        "answers": parts(drawn, card, {}),
        "hrefs": {one.label: one.href for one in filling.section_links(card, drawn)},
        "late": card.round.days_late(clock.today()),
        "saved": kept_text(draft.saved_at),
    }


def complaints(card: Card, drawn: Page) -> list[Complaint]:
    """What stops sending, in the order of the card."""
    nodes = {node.path: node for node in drawn.walk()}
    return [
        Complaint(_field_href(card, drawn, one.path), _plain(nodes.get(one.path)), one.message, one.kind)
        for one in checking.blocking(drawn.result)
    ]


def _field_href(card: Card, drawn: Page, path: str) -> str:
    section = filling.section_of(path, drawn)
    return f"{reverse('survey_section', args=[card.code, section])}?check=1#{fields.anchor(path)}"


def _plain(node: Node | None) -> str:
    return str(markdown.inline(node.label.partition("\n")[0]).striptags()) if node else ""


def parts(drawn: Page, card: Card, asked_again: dict[str, str]) -> tuple[Part, ...]:
    """The card to read, by section."""
    made = []
    general = filling.section_nodes(drawn, filling.GENERAL)
    if reads := _reads(general, card, asked_again):
        made.append(Part(_("Общи въпроси"), reads))
    for node in drawn.nodes:
        if node.kind in ("group", "repeat") and node.relevant:
            made.append(_part(node, card, asked_again))
    return tuple(one for one in made if one.reads or one.parts)


def _part(node: Node, card: Card, asked_again: dict[str, str]) -> Part:
    inner = [
        _part(n, card, asked_again)
        for n in node.children
        if n.kind not in ("question", "note") and n.relevant
    ]
    below = tuple(one for one in inner if one.reads or one.parts)
    return Part(_plain(node), _reads(node.children, card, asked_again), below, node.path)


def _reads(nodes: tuple[Node, ...], card: Card, asked_again: dict[str, str]) -> tuple[Read, ...]:
    return tuple(
        Read(n.path, _inline(n), _shown(n), _source(n, card), asked_again.get(n.path, ""))
        for n in nodes
        if n.kind == "question" and n.relevant
    )


def _inline(node: Node) -> Markup:
    return markdown.inline(node.label.partition("\n")[0])


def _shown(node: Node) -> str:
    question = node.item
    return shown_value(question, node.given, checking.language()) if isinstance(question, Question) else ""


def _source(node: Node, card: Card) -> Source | None:
    return source_of(node, node.item, card.prefill) if isinstance(node.item, Question) else None


def merge_page(card: Card, clash: Clashing) -> dict[str, Any]:
    """Both texts of each answer that two people changed."""
    form = sheets.form_of(card.round.template_version)
    rows = []
    for one in clash.merge.conflicts:
        item = form.find(one.path)
        words = {side: _words(item, getattr(one, side)) for side in ("base", "mine", "theirs")}
        rows.append({"path": one.path, "label": _label(card, one.path, clash.merge.data), **words})
    return {"card": card, "clash": clash, "rows": rows, "merged": len(clash.merge.taken)}


def _words(item: Item | None, value: Any) -> str:
    if isinstance(item, Question):
        return shown_value(item, value, checking.language())
    if isinstance(value, list):
        return ngettext("%(n)s ред", "%(n)s реда", len(value)) % {"n": len(value)}
    return str(value or "")


def _label(card: Card, path: str, answers: dict[str, Any]) -> str:
    form = sheets.form_of(card.round.template_version)
    try:
        label = label_for(
            form,
            path,
            answers,
            today=clock.today(),
            now=clock.now().replace(tzinfo=None),
            language=checking.language(),
        )
    except KeyError:
        return path
    return str(markdown.inline(label.partition("\n")[0]).striptags())
