"""A draft of the next version of the framework, because observers read two indicators differently, and a table that waits."""

from __future__ import annotations

import dataclasses
import datetime as dt

from opora.config.demo.files import _actor as actor_of
from opora.evidence.monitoring import actions, content, sheet
from opora.evidence.monitoring.models import Framework
from opora.foundation.accounts.models import User
from opora.foundation.core import clock

BEGUN, BROUGHT = dt.timedelta(days=20), dt.timedelta(days=3)
CLEARER = {
    "3.4": {
        1: "Ръководителят ги поставя при проверка. Няма писмено предложение.",
        2: "Поне две писмени предложения до общината или до съвета за последната година.",
        3: "Поне едно предложение е внесено от потребители и е прието.",
    }
}
BROUGHT_WORDS = {"2.4": {2: "Всеки от екипа казва кого вика и има случай от последната година с часове."}}
"""In the draft already, and in the spreadsheet that waits to be accepted."""


def reword(now: dt.datetime) -> None:
    """The coordinator of Кърджали begins a draft; two weeks later the administrator brings the table of a working group."""
    framework = Framework.objects.get(code="practice")
    with clock.at(now - BEGUN):
        by = actor_of(User.objects.get(email="coordinator-kardzhali@example.bg"))
        draft = actions.begin_draft(by, framework)
        draft = actions.put_content(by, draft, _with(content.of_version(draft), CLEARER), change=draft.change)
    with clock.at(now - BROUGHT):
        by = actor_of(User.objects.get(email="administrator@example.bg"))
        standing = content.of_version(draft)
        actions.put_content(by, draft, _with(standing, BROUGHT_WORDS), change=draft.change)
        draft.refresh_from_db()
        table = sheet.write(draft)
        draft = actions.put_content(by, draft, standing, change=draft.change)
        actions.receive_upload(by, draft, table, name="rabotna-grupa.xlsx")


def _with(old: content.Content, words: dict[str, dict[int, str]]) -> content.Content:
    items = tuple(
        dataclasses.replace(one, anchors=tuple((n, words.get(one.code, {}).get(n, text)) for n, text in one.anchors))
        for one in old.items
    )  # fmt: skip
    return dataclasses.replace(old, items=items)
