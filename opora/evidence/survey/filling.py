"""One section of a card as the filler needs it: what to draw, what was posted, where to go next."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from opora.engines.questionnaire import Form, Group, Node, Page, Result, at_path
from opora.evidence.survey import actions, checking, queries, sheets, values
from opora.evidence.survey.fields import Field, Maker
from opora.evidence.survey.models import Card
from opora.foundation.accounts.actors import Actor
from opora.foundation.drafts import merge
from opora.foundation.drafts.queries import Saved, kept_text

GENERAL = "_"
TICKET_SALT = "survey.filler"


@dataclass(frozen=True)
class SectionLink:
    """A section in the list: how far it is."""

    name: str
    label: str
    href: str
    asked: int
    ready: int
    wrong: int
    stops: int

    @property
    def done(self) -> bool:
        """Nothing in it stops sending: what is required is answered, and answered well."""
        return not self.stops


@dataclass
class SectionPage:
    """A section with the draft it was drawn from."""

    card: Card
    form: Form
    name: str
    title: str
    draft: Saved
    drawn: Page
    sections: tuple[SectionLink, ...]
    ticket: str
    typed_back: bool = False
    show_missing: bool = False
    _maker: Maker | None = field(default=None, repr=False)
    _fields: tuple[Field, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """What to draw."""
        if self._maker is None:
            self._maker = Maker(self.card.prefill, self.show_missing)
            self._fields = self._maker.fields(section_nodes(self.drawn, self.name))
        return self._fields

    @property
    def shown(self) -> str:
        """Paths of the questions on the page, for the form."""
        return " ".join(self._maker.shown) if self.fields and self._maker else ""

    @property
    def shape(self) -> str:
        """Changes when other questions, choices, words or complaints are to be drawn."""
        return hashlib.sha256(repr([_outline(one) for one in self.fields]).encode()).hexdigest()[:16]

    @property
    def number(self) -> int:
        """Place of the section, from 1."""
        return next((n for n, one in enumerate(self.sections, 1) if one.name == self.name), 0)

    @property
    def goes_on(self) -> bool:
        """Another section still waits."""
        return any(not one.done for one in self.sections[self.number :])

    @property
    def result(self) -> Result:
        """What the evaluator found."""
        return self.drawn.result

    @property
    def errors(self) -> list[Field]:
        """Fields with something to mend, for the summary."""
        return list(complaints(self.fields))


def complaints(fields: tuple[Field, ...]) -> list[Field]:
    """Fields that say an error, in the order drawn."""
    return [one for each in fields for one in ([each] if each.error else []) + complaints(each.parts)]


def _outline(one: Field) -> Any:
    own = (
        one.path,
        one.label,
        one.hint,
        one.options,
        one.error,
        one.required,
        one.value if one.readonly else "",
    )
    return own, [_outline(part) for part in one.parts]


def section_page(actor: Actor, card: Card, name: str) -> SectionPage | None:
    """The section of that name, None when the card has none that applies."""
    form = sheets.form_of(card.round.template_version)
    draft = queries.draft_of(actor, card)
    drawn = checking.page(form, draft.data)
    links = section_links(card, drawn)
    link = next((one for one in links if one.name == name), None)
    if link is None:
        return None
    ticket = signing.dumps({"user": actor.user_id, "card": card.code}, salt=TICKET_SALT)
    return SectionPage(card, form, name, link.label, draft, drawn, links, ticket)


def section_links(card: Card, drawn: Page) -> tuple[SectionLink, ...]:
    """Sections that have something to ask."""
    wrong = [section_of(one.path, drawn) for one in checking.wrong(drawn.result)]
    stops = [section_of(one.path, drawn) for one in checking.blocking(drawn.result)]
    return tuple(
        SectionLink(
            name=one.path or GENERAL,
            label=one.label or _("Общи въпроси"),
            href=reverse("survey_section", args=[card.code, one.path or GENERAL]),
            asked=one.asked,
            ready=one.ready,
            wrong=wrong.count(one.path or GENERAL),
            stops=stops.count(one.path or GENERAL),
        )
        for one in drawn.result.sections
    )


def section_of(path: str, drawn: Page) -> str:
    """Name of the section a path stands in."""
    head = values.bare(path).partition(".")[0]
    groups = {node.path for node in drawn.nodes if node.kind in ("group", "repeat")}
    return head if head in groups else GENERAL


def section_nodes(drawn: Page, name: str) -> tuple[Node, ...]:
    """The nodes of a section: what stands in the group, the repeat itself, or what stands in no group."""
    if name == GENERAL:
        return tuple(node for node in drawn.nodes if node.kind not in ("group", "repeat"))
    found = next(node for node in drawn.nodes if node.path == name)
    return found.children if found.kind == "group" else (found,)


def save(actor: Actor, page: SectionPage, posted: QueryDict, do: str) -> Saved:
    """Put what was posted into the draft, with a row added or removed if that was the button."""
    version = posted.get("base_version") or "0"
    base = int(version) if version.isdigit() else 0
    before = queries.draft_at(actor, page.card, base)
    answers = _rows(page, read(page, posted, before), do)
    return actions.save_card(actor, page.card, answers, base_version=base)


def read(page: SectionPage, posted: QueryDict, before: values.Answers) -> values.Answers:
    """The whole card's answers after what was posted of this section."""
    item = page.form.find(page.name) if page.name != GENERAL else None
    only = (
        {item.name} if item else {one.name for one in page.form.root.children if not isinstance(one, Group)}
    )
    after = values.from_post(page.form.root, "", posted, before)
    kept = {name: value for name, value in before.items() if name not in only}
    return kept | {name: value for name, value in after.items() if name in only}


def _rows(page: SectionPage, answers: values.Answers, do: str) -> values.Answers:
    verb, _sep, path = do.partition(":")
    if verb == "add":
        rows = at_path(answers, path)
        return _put(answers, path, [*(rows if isinstance(rows, list) else []), {}])
    if verb == "remove":
        where, _bracket, number = path.rpartition("[")
        rows = at_path(answers, where)
        gone = int(number.rstrip("]"))
        return _put(answers, where, [row for n, row in enumerate(rows or []) if n != gone])
    return answers


def _put(answers: values.Answers, path: str, rows: list[Any]) -> values.Answers:
    changed = copy.deepcopy(answers)
    merge.put(changed, path, rows)
    return changed


def show_typed(page: SectionPage, posted: QueryDict) -> None:
    """Draw the fields with what was posted earlier instead of the draft."""
    answers = read(page, posted, page.draft.data)
    page.drawn, page.typed_back = checking.page(page.form, answers), True
    page._maker = None


def where_next(page: SectionPage, do: str) -> str:
    """Address after a save: this section, the row just made, the next section, the check page or the one
    named.
    """
    here = page.sections[page.number - 1].href
    verb, _sep, path = do.partition(":")
    if verb == "to" and path == "check":
        return reverse("survey_check", args=[page.card.code])
    if verb == "to":
        return next((one.href for one in page.sections if one.name == path), here)
    if verb in ("add", "remove"):
        return f"{here}#{'rows-' + path.rpartition('[')[0] if verb == 'remove' else 'rows-' + path}"
    if verb == "card":
        return reverse("survey_card", args=[page.card.code])
    return next_address(page) if verb == "next" else here


def next_address(page: SectionPage) -> str:
    """The next section that still waits for an answer, else the check page."""
    later = [one for one in page.sections[page.number :] if not one.done]
    return later[0].href if later else reverse("survey_check", args=[page.card.code])


def progress_text(done: int, total: int) -> str:
    """„28 от 40 готови“."""
    return _("%(done)s от %(total)s готови") % {"done": done, "total": total}


def answer(card: Card, saved: Saved) -> dict[str, Any]:
    """What the page learns after a save by script."""
    checked = checking.check(sheets.form_of(card.round.template_version), saved.data)
    return {
        "version": saved.version,
        "text": kept_text(saved.saved_at),
        "done": checked.ready,
        "total": checked.asked,
        "progress": progress_text(checked.ready, checked.asked),
    }


def trigger(card: Card, saved: Saved) -> str:
    """The same for htmx, as an ASCII header."""
    return json.dumps({"filler:saved": answer(card, saved)})
