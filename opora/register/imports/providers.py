"""Which provider a row means: by ЕИК, else by name; a new one is proposed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opora.foundation.core import words
from opora.foundation.core.identifiers import eik_is_valid
from opora.register.imports.findings import ERROR, NOTE, WARNING, Finding
from opora.register.imports.known import Known, cyrillic, key
from opora.register.imports.sheets import Row
from opora.register.imports.values import digits
from opora.register.models import Organisation


@dataclass(frozen=True)
class Provider:
    """An organisation that stands (`pk`) or will be added; `fills_eik` when its number becomes known."""

    name: str
    eik: str = ""
    pk: int | None = None
    fills_eik: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """A new provider called „Община …“ is a municipality."""
        return "municipality" if key(self.name).startswith("община") else "private"


class Providers:
    """Remembers what the workbook said before, so that one new name is one new organisation."""

    def __init__(self, known: Known) -> None:
        self._standing = known.organisations
        self._new: dict[str, Provider] = {}

    def resolve(self, row: Row, findings: list[Finding]) -> Provider | None:
        """The provider of the row; None with a finding when it cannot be told."""
        name = row.text("organisation")
        eik = self._eik(row, findings)
        if not name:
            findings.append(row.finding(ERROR, "organisation", _("Впишете доставчика на услугата.")))
            return None
        standing = self._by_eik(eik) or self._by_name(name)
        return self._kept(row, standing, eik, findings) if standing else self._added(row, name, eik, findings)

    def _eik(self, row: Row, findings: list[Finding]) -> str:
        eik, mended = digits(row.cells.get("organisation_eik", ""), 9, 13)
        if not eik:
            return ""
        if not eik_is_valid(eik):
            message = _(
                "ЕИК %(eik)s не е верен: контролната цифра не съвпада. Проверете го или изтрийте клетката."
            )
            findings.append(row.finding(ERROR, "organisation_eik", message % {"eik": eik}))
            return ""
        if mended:
            message = _("ЕИК е загубил нули: прочетен е като %(eik)s.") % {"eik": eik}
            findings.append(row.finding(NOTE, "organisation_eik", message))
        return eik

    def _by_eik(self, eik: str) -> Organisation | None:
        return next((o for o in self._standing if eik and o.eik == eik), None)

    def _by_name(self, name: str) -> Organisation | None:
        wanted = key(cyrillic(name))
        return next((o for o in self._standing if key(o.name) == wanted), None)

    def _kept(self, row: Row, standing: Organisation, eik: str, findings: list[Finding]) -> Provider | None:
        if eik and standing.eik and standing.eik != eik:
            facts = {"name": standing.name, "eik": standing.eik}
            message = _("%(name)s е в регистъра с ЕИК %(eik)s. Поправете номера или името.") % facts
            findings.append(row.finding(ERROR, "organisation_eik", message))
            return None
        if key(standing.name) != key(cyrillic(row.text("organisation"))):
            message = _("ЕИК %(eik)s е на %(name)s. Остава името от регистъра.")
            facts = {"eik": standing.eik, "name": standing.name}
            findings.append(row.finding(WARNING, "organisation", message % facts))
        fills = bool(eik and not standing.eik)
        return Provider(standing.name, eik or standing.eik, standing.pk, fills)

    def _added(self, row: Row, name: str, eik: str, findings: list[Finding]) -> Provider | None:
        before = self._new.get(key(name))
        if before and eik and before.eik and before.eik != eik:
            message = _("%(name)s стои по-горе с друг ЕИК: %(eik)s. Проверете кой е верният.")
            facts = {"name": name, "eik": before.eik}
            findings.append(row.finding(ERROR, "organisation_eik", message % facts))
            return None
        if before is None:
            self._note_new(row, name, findings)
        self._new[key(name)] = Provider(
            before.name if before else name, eik or (before.eik if before else "")
        )
        return self._new[key(name)]

    def _note_new(self, row: Row, name: str, findings: list[Finding]) -> None:
        sound = words.sound_key(name)
        alike = [o.name for o in self._standing if words.sound_key(o.name) == sound]
        alike += [p.name for p in self._new.values() if words.sound_key(p.name) == sound]
        if alike:
            message = _("%(name)s звучи като %(other)s. Ако са една организация, пишете името еднакво.")
            facts = {"name": name, "other": alike[0]}
            findings.append(row.finding(WARNING, "organisation", message % facts))
        else:
            message = _("Нов доставчик в регистъра: %(name)s.") % {"name": name}
            findings.append(row.finding(NOTE, "organisation", message))

    def final(self, provider: Provider) -> Provider:
        """A new provider with the ЕИК that a later row gave."""
        return provider if provider.pk else self._new.get(key(provider.name), provider)
