"""People in files: the one it is about, their family and those near."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.foundation.core import sealing
from opora.foundation.core.models import Versioned

IDENTIFIER = "casework_person.identifier"
NAMES = "casework_person.names"


class Person(Versioned):
    """Somebody in a file: the one it is about, or one of their family. Seen only through files one may see.

    The identity number is sealed; `identifier_index` finds equal ones. Words for searching hold the names only.
    """

    SEX = [("f", _("жена")), ("m", _("мъж")), ("o", _("друго"))]
    IDENTIFIERS = [("egn", _("ЕГН")), ("lnch", _("ЛНЧ"))]

    first_name = models.CharField(max_length=60)
    middle_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60)
    born = models.DateField(null=True, blank=True, db_index=True)
    birth_year = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="where the day of birth is not known"
    )
    dead = models.BooleanField(default=False)
    died = models.DateField(null=True, blank=True)
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="others",
        help_text="the row of another file that is the same human being",
    )  # fmt: skip
    sex = models.CharField(max_length=1, choices=SEX, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=250, blank=True)
    identifier_kind = models.CharField(max_length=4, choices=IDENTIFIERS, blank=True)
    identifier_sealed = models.BinaryField(null=True)
    identifier_index = models.CharField(max_length=32, blank=True, db_index=True)
    names_sealed = models.BinaryField(
        null=True, help_text="names, telephone and address while the file is sealed"
    )
    sort_name = models.CharField(max_length=190, db_index=True)
    phone_digits = models.CharField(
        max_length=60, blank=True, help_text="the telephone as it is searched: digits inside the country"
    )
    sound_text = models.CharField(max_length=190, blank=True, help_text="sound keys of the names")
    revealed = False
    """Whether `seals.reveal` put the true names back here, in memory."""

    class Meta:
        ordering = ("sort_name", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def hidden(self) -> bool:
        """Whether only a pseudonym of them may be shown: then nothing beside it may tell who they are."""
        return bool(self.names_sealed) and not self.revealed

    @property
    def name(self) -> str:
        """First and last name, as people are called."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def full_name(self) -> str:
        """All three names, as papers want them."""
        return " ".join(part for part in (self.first_name, self.middle_name, self.last_name) if part)

    @property
    def identifier(self) -> str:
        """The identity number, opened; empty where there is none."""
        if not self.identifier_sealed:
            return ""
        return sealing.unseal(bytes(self.identifier_sealed), column=IDENTIFIER, row=self.pk)

    def age(self, on: dt.date) -> int | None:
        """Whole years on a day."""
        if self.born is None:
            return None
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))
