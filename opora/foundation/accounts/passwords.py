"""How passwords are kept, and which are accepted.

Kept: Argon2id with 19 MiB, two passes, one lane (OWASP; 29 ms here against 236 of the default). Accepted
(TRUST §5, ASVS 6.2): at least 12 characters beside a second factor, 15 without, at most 128; no common one,
none that is only the person's or the system's name; no rule about kinds of letters, no ageing.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.accounts import common, queries
from opora.foundation.core import words

WITH_SECOND_FACTOR = 12
ALONE = 15
LONGEST = 128


class Argon2id(Argon2PasswordHasher):
    """Argon2id m=19 MiB t=2 p=1."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class PasswordRules:
    """Django's password validator with the rules above."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError with every reason why the password is refused."""
        problems = [*_length(password, shortest(user)), *_guessable(password, user)]
        if problems:
            raise ValidationError(problems)

    def get_help_text(self) -> str:
        """The rules in words, for the form."""
        return _(
            "Поне %(alone)s знака, а с втори фактор поне %(with)s. "
            "Няколко думи с интервали между тях се помнят лесно."
        ) % {"alone": ALONE, "with": WITH_SECOND_FACTOR}


def shortest(user: Any) -> int:
    """The least length for this person."""
    return WITH_SECOND_FACTOR if queries.has_or_needs_second_factor(user) else ALONE


def _length(password: str, least: int) -> list[str]:
    if len(password) > LONGEST:
        return [_("Паролата е по-дълга от %(most)s знака.") % {"most": LONGEST}]
    if len(password) >= least:
        return []
    text = ngettext("Паролата трябва да е поне %(n)s знак.", "Паролата трябва да е поне %(n)s знака.", least)
    return [text % {"n": least}]


def _guessable(password: str, user: Any) -> list[str]:
    if common.is_common(password):
        return [_("Тази парола е сред често срещаните. Изберете няколко думи, които не вървят заедно.")]
    if common.stems(password) & _own_words(user):
        return [_("Паролата повтаря името, пощата или организацията Ви. Изберете друга.")]
    return []


def _own_words(user: Any) -> set[str]:
    texts = [str(getattr(user, field, "") or "") for field in ("email", "name", "organisation")]
    whole = [part.casefold() for text in texts for part in (text, text.split("@")[0])]
    found = whole + [token for text in texts for token in words.tokens(text)]
    found += [words.latin(text) for text in found]
    return {part for text in found for part in (text, text.replace(" ", "")) if len(part) > 3}
