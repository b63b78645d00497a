"""What an accepted workbook would do to the register, service by service and field by field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from opora.foundation.accounts.actors import Actor
from opora.register import policies, queries
from opora.register.imports import differences, doubles, known, staffing
from opora.register.imports.differences import Difference
from opora.register.imports.drafts import Draft, draft
from opora.register.imports.findings import ERROR, WARNING, Finding
from opora.register.imports.known import Known
from opora.register.imports.layout import POSTS
from opora.register.imports.providers import Providers
from opora.register.imports.sheets import Row, posts_of, read_book
from opora.register.models import RegisterImport
from opora.register.staff import Staff

ADDED, CHANGED, UNCHANGED, REJECTED = "added", "changed", "unchanged", "rejected"


@dataclass
class Item:
    """One service of the workbook and what would happen to it."""

    draft: Draft
    action: str = UNCHANGED
    differences: list[Difference] = field(default_factory=list)
    staff: list[Staff] | None = None

    @property
    def code(self) -> str:
        """The service's code."""
        return self.draft.code

    def rows(self) -> list[tuple[str, str, str]]:
        """Field, what stands, what would stand."""
        return [(difference.label, difference.old, difference.new) for difference in self.differences]

    @property
    def changed_keys(self) -> set[str]:
        """Columns that differ."""
        return {difference.key for difference in self.differences}


@dataclass
class Plan:
    """The whole reading. `digest` is the SHA-256 of the file, `before` its earlier acceptance."""

    digest: str
    file_name: str
    items: list[Item]
    findings: list[Finding]
    providers: Providers | None = None
    before: RegisterImport | None = None

    @property
    def errors(self) -> list[Finding]:
        """What must be mended first."""
        return [finding for finding in self.findings if finding.level == ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """What should be looked at."""
        return [finding for finding in self.findings if finding.level == WARNING]

    def of(self, action: str) -> list[Item]:
        """Services with that fate."""
        return [item for item in self.items if item.action == action]

    @property
    def counts(self) -> dict[str, int]:
        """Services added, changed, unchanged, rejected."""
        return {action: len(self.of(action)) for action in (ADDED, CHANGED, UNCHANGED, REJECTED)}

    @property
    def changes(self) -> int:
        """Services that would be written."""
        return 0 if self.before else len(self.of(ADDED)) + len(self.of(CHANGED))

    @property
    def ready(self) -> bool:
        """It may be accepted and would change something."""
        return not self.errors and self.changes > 0


def read(path: str | Path, *, actor: Actor) -> Plan:
    """Read a workbook from disk. OSError when there is no such file."""
    file = Path(path)
    return read_bytes(file.read_bytes(), file_name=file.name, actor=actor)


def read_bytes(content: bytes, *, file_name: str, actor: Actor, digest: str = "") -> Plan:
    """Read a workbook; nothing is written. `digest` when the bytes were cleaned after they came."""
    digest = digest or hashlib.sha256(content).hexdigest()
    before = queries.applied_import(digest)
    book = read_book(content)
    rows = book.rows.get("services", [])
    if any(finding.level == ERROR for finding in book.findings):
        return Plan(digest, file_name, [], book.findings, before=before)
    facts = known.load(actor, rows)
    providers = Providers(facts)
    items = [Item(draft(row, facts, providers)) for row in rows]
    _share_management([item.draft for item in items])
    doubles.mark([item.draft for item in items], facts)
    codes = {item.code: item for item in items if item.code}
    staff = staffing.read(posts_of(book), {*codes, *facts.services}, book.findings)
    for item in items:
        _judge(item, staff.pop(item.code, None), actor)
    items += [_judge(item, staff[item.code], actor) for item in _others(staff, facts)]
    found = book.findings + [finding for item in items for finding in item.draft.findings]
    return Plan(digest, file_name, items, _sorted(found), providers, before=before)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    order = {"error": 0, "warning": 1}
    return sorted(
        findings, key=lambda f: (order.get(f.level, 2), f.sheet != "services", f.row, len(f.column), f.column)
    )


def _share_management(drafts: Sequence[Draft]) -> None:
    """A code in „managed_with“ names the service that leads: both come under one management of its name."""
    by_code = {draft.code: draft for draft in drafts}
    for draft_ in drafts:
        leader = by_code.get(draft_.values.get("managed_with", ""))
        if leader is not None and leader is not draft_:
            draft_.values["managed_with"] = leader.values.get("managed_with") or leader.name
            leader.values["managed_with"] = draft_.values["managed_with"]


def _others(staff: Mapping[str, list[Staff]], facts: Known) -> list[Item]:
    """Services that only the sheet of posts mentions."""
    return [Item(Draft(Row(POSTS, 0, {}, {}), code, facts.services[code])) for code in staff]


def _judge(item: Item, staff: list[Staff] | None, actor: Actor) -> Item:
    made, standing = item.draft, item.draft.existing
    item.differences = differences.of_fields(made) + differences.of_staff(standing, staff)
    item.staff = staff
    if standing is None:
        item.action = ADDED
        _needed(made)
    elif item.differences:
        item.action = CHANGED
        _unseen_changes(made)
    if item.action != UNCHANGED:
        _allowed(made, actor)
    if made.rejected:
        item.action = REJECTED
    return item


def _needed(made: Draft) -> None:
    for key in ("type", "name"):
        if key not in made.values and not made.rejected:
            made.findings.append(
                made.row.finding(ERROR, key, _("Нова услуга има нужда от код, име, вид и община."))
            )


def _allowed(made: Draft, actor: Actor) -> None:
    standing, place = made.existing, made.values.get("municipality")
    moves = standing is None or (place is not None and place.pk != standing.municipality_id)
    if standing is not None and not policies.edit_service(actor, standing):
        message = _("Тази услуга се води от други хора: можете само да я четете.")
    elif moves and place is not None and not policies.register_in(actor, place):
        message = _("Община %(name)s не е на Вашата територия.") % {"name": place.name}
    else:
        return
    made.findings.append(made.row.finding(ERROR, "municipality", message))


def _unseen_changes(made: Draft) -> None:
    said = made.row.text("version")
    if made.existing and said and said != str(made.existing.version):
        message = _("Услугата е променена в регистъра, след като файлът е изтеглен. Изтеглете го отново.")
        made.findings.append(made.row.finding(ERROR, "code", message))
