"""The kinds of deeds the law wants logged, and the deed names rooms may use instead.

Source: Закон за защита на личните данни, чл. 63 (collect, change, consult, disclose, combine, delete); access
is sign-in, sign-out and what concerns accounts.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was done to the data."""

    COLLECT = "collect", _("Събиране на данни")
    CHANGE = "change", _("Промяна")
    CONSULT = "consult", _("Преглед")
    DISCLOSE = "disclose", _("Разкриване")
    COMBINE = "combine", _("Комбиниране")
    DELETE = "delete", _("Изтриване")
    ACCESS = "access", _("Достъп")


_WORDS = {
    Kind.COLLECT: "registered added begun created collected imported uploaded submitted opened received",
    Kind.CONSULT: "read viewed consulted searched listed",
    Kind.DISCLOSE: "disclosed exported sent published downloaded printed shared released",
    Kind.COMBINE: "combined analysed computed merged linked joined",
    Kind.DELETE: "deleted removed erased",
    Kind.ACCESS: "signed_in signed_out refused locked invited access session",
}
_BY_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}


def kind_of(name: str) -> Kind:
    """The kind of a deed named as a kind (``consult``) or by room and verb (``survey.card_submitted``).

    A verb that is not known changes something.
    """
    if name in Kind.values:
        return Kind(name)
    last = name.rpartition(".")[2]
    return _BY_WORD.get(last) or _BY_WORD.get(last.rpartition("_")[2]) or Kind.CHANGE
