"""Tools of a card, and what its readers say."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock, shown
from opora.foundation.core.errors import NotAllowed
from opora.foundation.documents import actions as documents
from opora.foundation.documents.models import Attachment
from opora.improvement.practice import policies
from opora.improvement.practice.actions.common import note, wanted
from opora.improvement.practice.actions.visitors import let_through
from opora.improvement.practice.models import Feedback, Practice, Tool

OWNER = "practice.tool"


@transaction.atomic
def add_tool(
    actor: Actor, card: Practice, *, title: str, text: str = "", file_name: str = "", content: bytes = b""
) -> Tool:
    """A form, a method or a toolkit of the practice, with its file if there is one. NotAllowed; ActionRefused by the gate."""
    if not policies.write_card(actor, card):
        raise NotAllowed(_("Тази карта не се променя сега."))
    tool = Tool(practice=card, title=title.strip(), text=text.strip(), added_at=clock.now())
    if content:
        kept = documents.attach(
            actor, content, name=file_name, owner=OWNER, owner_id=card.code, path=card.path
        )
        tool.token, tool.file_name = kept.token, kept.name
    tool.save()
    note(actor, "practice.tool_added", card.code, card.service, tool=tool.pk)
    return tool


@transaction.atomic
def remove_tool(actor: Actor, tool: Tool) -> None:
    """Take a tool off the card, its file with it. NotAllowed."""
    if not policies.write_card(actor, tool.practice):
        raise NotAllowed(_("Тази карта не се променя сега."))
    note(actor, "practice.tool_removed", tool.practice.code, tool.practice.service, tool=tool.pk)
    if attachment := Attachment.objects.filter(token=tool.token).exclude(token="").first():
        documents.remove(attachment)
    tool.delete()


@transaction.atomic
def say_feedback(actor: Actor, card: Practice, *, verdict: str, text: str = "", sender: str = "") -> Feedback:
    """What a reader thinks of a published card; of a visitor nothing but the words is kept. NotAllowed; ActionRefused where
    too much comes from one network address (`sender`).
    """
    if not card.is_published:
        raise NotAllowed(_("Мнение се дава за публикувана практика."))
    let_through(actor, "opinion", sender)
    said = Feedback.objects.create(
        practice=card, verdict=verdict, text=text.strip(), at=clock.now(), by=actor.name
    )
    note(actor, "practice.feedback_said", card.code, card.service, verdict=verdict)
    return said


@transaction.atomic
def answer_feedback(actor: Actor, said: Feedback, *, answer: str, seen: str | None = None) -> Feedback:
    """Answer a reader on the card. NotAllowed, ActionRefused; Clash when a colleague answered otherwise than the page had
    shown (`seen`).
    """
    said = (
        Feedback.objects.select_for_update(of=("self",)).select_related("practice__service").get(pk=said.pk)
    )
    if not policies.answer_feedback(actor, said.practice):
        raise NotAllowed(_("Отговаря услугата, от която е практиката."))
    shown.brought({"answer": answer}, {"answer": said.answer}, seen, _("Колега вече отговори."))
    said.answer = wanted(answer, _("Напишете отговора."))
    said.answered_at, said.answered_by = clock.now(), actor.name
    said.save()
    note(actor, "practice.feedback_answered", said.practice.code, said.practice.service)
    return said
