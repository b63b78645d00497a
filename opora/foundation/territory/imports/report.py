"""What an import found and did, in words an operator can act upon."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.foundation.territory.actions import Written

SHOWN = 40


@dataclass(frozen=True)
class Finding:
    """One thing noticed: in which file and row (1 = the first row of data), what, how to mend it."""

    file: str
    row: int | None
    what: str
    mend: str = ""

    def as_text(self) -> str:
        """„ek_atte.json, ред 12: няма община „LOV99“. Проверете кода.“"""
        place = self.file + (_(", ред {row}").format(row=self.row) if self.row else "")
        return f"{place}: {self.what} {self.mend}".rstrip()


@dataclass
class Report:
    """The result of an import: files read, findings, counts. `ok` is false when nothing was taken in."""

    path: str
    dry_run: bool = False
    files: list[str] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    written: Mapping[str, Written] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the folder could be taken in whole."""
        return not self.errors

    @property
    def changes(self) -> int:
        """Rows added or changed."""
        return sum(w.added + w.changed for w in self.written.values())

    def error(self, file: str, row: int | None, what: str, mend: str = "") -> None:
        """Notice something that stops the import."""
        self.errors.append(Finding(file, row, what, mend))

    def note(self, file: str, row: int | None, what: str, mend: str = "") -> None:
        """Notice something a person should know."""
        self.notes.append(Finding(file, row, what, mend))

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "ok": self.ok,
            "path": self.path,
            "dry_run": self.dry_run,
            "changes": self.changes,
            "files": self.files,
            "tables": {name: vars(written) for name, written in self.written.items()},
            "totals": dict(self.totals),
            "errors": [vars(finding) for finding in self.errors],
            "notes": [vars(finding) for finding in self.notes],
        }

    def as_text(self) -> str:
        """The report as lines of text."""
        lines = [_("Територия от „{path}“").format(path=self.path), *(f"  {line}" for line in self.files)]
        lines += _listed(_("Грешки"), self.errors) + _listed(_("Бележки"), self.notes)
        return "\n".join(lines + self._end())

    def _end(self) -> list[str]:
        if not self.ok:
            count = len(self.errors)
            said = ngettext(
                "Нищо не е внесено. Поправете {n} грешка и опитайте пак.",
                "Нищо не е внесено. Поправете {n} грешки и опитайте пак.",
                count,
            )
            return [said.format(n=count)]
        lines = [
            self._table(name, written) for name, written in self.written.items() if name in table_names()
        ]
        total = _("В базата: {regions} области, {municipalities} общини, {settlements} населени места.")
        lines.append(total.format(**self.totals))
        said = ngettext("{n} промяна.", "{n} промени.", self.changes).format(n=self.changes)
        return [*lines, said + (" " + _("Това е проба: нищо не е записано.") if self.dry_run else "")]

    def _table(self, name: str, written: Written) -> str:
        return _("{table}: нови {added}, променени {changed}, без промяна {same}").format(
            table=table_names()[name], added=written.added, changed=written.changed, same=written.same
        )


def table_names() -> dict[str, str]:
    """The tables in words, in the order of the report."""
    return {
        "regions": _("Области"),
        "municipalities": _("Общини"),
        "settlements": _("Населени места"),
        "boundaries": _("Граници"),
        "population": _("Данни за населението"),
    }


def _listed(title: str, findings: list[Finding]) -> list[str]:
    if not findings:
        return []
    lines = [f"{title} ({len(findings)}):", *(f"  - {finding.as_text()}" for finding in findings[:SHOWN])]
    if len(findings) > SHOWN:
        lines.append("  " + _("… и още {n}").format(n=len(findings) - SHOWN))
    return lines
