"""The term of a question to a specialist outside: it stands among the terms of the file and ends with the answer.

It is the worker's day, not a rule's; others must answer within the day the provider sets (ЗСУ 81, ал. 1, not verified).
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.care.casework.models import Deadline, OpinionRequest
from opora.foundation.core import clock, terms

GROUND = "ЗСУ 81, ал. 1"


def begin_term(request: OpinionRequest) -> None:
    """An answer is wanted by the end of its day."""
    with override("bg"):  # it is kept, not shown in passing
        text = _("Становище от %(who)s") % {"who": request.profession}
    Deadline.objects.update_or_create(
        file=request.file, rule=_code(request), met_at=None,
        defaults={"text": text, "legal_ref": GROUND, "since": request.asked_at, "due": terms.end_of(request.due)},
    )  # fmt: skip


def end_term(request: OpinionRequest) -> None:
    """Answered or withdrawn."""
    Deadline.objects.filter(file=request.file, rule=_code(request), met_at=None).update(met_at=clock.now())


def tell_of_lock(request: OpinionRequest) -> None:
    """Wrong codes closed the link: somebody is needed now."""
    with override("bg"):
        text = _("Връзката за становище от %(who)s е затворена след грешни кодове") % {
            "who": request.profession
        }
    found = Deadline.objects.filter(file=request.file, rule=_code(request), met_at=None)
    found.update(text=text, due=clock.now())


def _code(request: OpinionRequest) -> str:
    return f"opinion_{request.number}"
