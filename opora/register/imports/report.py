"""What reading or accepting a workbook found, for a person and for a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opora.register.imports.findings import ERROR, WARNING, Finding
from opora.register.imports.plan import ADDED, CHANGED, REJECTED, UNCHANGED, Item, Plan


@dataclass(frozen=True)
class Report:
    """A plan and whether it was written. `ok` means nothing must be mended."""

    plan: Plan
    applied: bool = False

    @property
    def ok(self) -> bool:
        """No errors in the file."""
        return not self.plan.errors

    @property
    def changes(self) -> int:
        """Services written, or that would be."""
        return self.plan.changes

    def as_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        plan = self.plan
        return {
            "file": plan.file_name,
            "import_id": plan.digest,
            "ok": self.ok,
            "applied": self.applied,
            "already_imported": plan.before is not None,
            "changes": self.changes,
            "counts": plan.counts,
            "services": [_service(item) for item in plan.items],
            "findings": [_finding(finding) for finding in plan.findings],
        }

    def as_text(self) -> str:
        """The report in Bulgarian lines."""
        lines = [_("Файл: %(name)s") % {"name": self.plan.file_name}, self.headline(), ""]
        for item in self.plan.of(ADDED) + self.plan.of(CHANGED):
            lines += _item_lines(item)
        lines += [_finding_line(finding) for finding in self.plan.findings]
        return "\n".join(lines).rstrip() + "\n"

    def headline(self) -> str:
        """What happened or would happen, in one sentence or two."""
        if self.plan.before:
            return _("Файлът е вече внесен на %(day)s от %(who)s: 0 промени.") % {
                "day": f"{self.plan.before.applied_at:%d.%m.%Y}",
                "who": self.plan.before.applied_by,
            }
        counts = self.plan.counts
        facts = {"a": counts[ADDED], "c": counts[CHANGED], "u": counts[UNCHANGED], "r": counts[REJECTED]}
        said = _("Нови: %(a)s. Променени: %(c)s. Без промяна: %(u)s. За поправка: %(r)s.") % facts
        return f"{self._changes()} {said}"

    def _changes(self) -> str:
        if not self.ok:
            n = len(self.plan.errors)
            return ngettext(
                "Нищо не е записано: %(n)s клетка чака поправка.",
                "Нищо не е записано: %(n)s клетки чакат поправка.",
                n,
            ) % {"n": n}
        said = ngettext("%(n)s промяна.", "%(n)s промени.", self.changes) % {"n": self.changes}
        return said if self.applied or not self.changes else said + " " + _("Нищо още не е записано.")


def _item_lines(item: Item) -> list[str]:
    head = _("Нова услуга") if item.action == ADDED else _("Промяна")
    lines = [f"{head}: {item.code} {item.draft.name}"]
    if item.action == CHANGED:
        lines += [f"    {d.label}: {d.old} → {d.new}" for d in item.differences]
    return lines


def level_word(level: str) -> str:
    """How serious a finding is, in words."""
    return {ERROR: _("за поправка"), WARNING: _("внимание")}.get(level, _("бележка"))


def _finding_line(finding: Finding) -> str:
    place = f"{finding.where}: " if finding.where else ""
    return f"{place}{level_word(finding.level)}: {finding.message}"


def _service(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "name": item.draft.name,
        "row": item.draft.row.number,
        "action": item.action,
        "differences": [
            {"field": d.key, "label": d.label, "old": d.old, "new": d.new} for d in item.differences
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "level": finding.level,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "message": finding.message,
    }
