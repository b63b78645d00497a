"""How sure a place on the shortlist is: the tag, what it means, and what the panel does with it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def standing(code: str) -> tuple[str, str]:
    """Words and kind of the tag."""
    words = {
        "robust": _("мястото е устойчиво"),
        "defensible": _("мястото е защитимо"),
        "lottery": _("мястото зависи от тежестите"),
        "outside": _("извън първите"),
        "unranked": _("без място, малко оценки"),
    }[code]
    tags = {
        "robust": "done",
        "defensible": "info",
        "lottery": "waiting",
        "outside": "none",
        "unranked": "none",
    }
    return words, tags[code]


def standing_meaning(code: str) -> str:
    """What a tag says of the place, and how the panel uses it."""
    return {
        "robust": _("При почти всеки разумен избор на тежести услугата остава на това място. Комисията може да се опре на него."),
        "defensible": _("При повечето разумни тежести услугата остава на това място, при останалите не. Прочетете и доказателствата, преди да решите."),
        "lottery": _("С други разумни тежести друга услуга минава напред. Не решавайте само по мястото: сравнете оценките и доказателствата."),
        "outside": _("Почти при всеки избор на тежести други услуги са преди нея. Може да бъде наградена, ако е номинирана и комисията напише защо."),
        "unranked": _("Оценките не стигат за място. Нужно е посещение от двама наблюдатели."),
    }[code]  # fmt: skip
