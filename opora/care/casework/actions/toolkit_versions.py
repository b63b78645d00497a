"""The one writer of a toolkit's versions."""

from __future__ import annotations

from opora.care.casework.models import Toolkit, ToolkitPart, ToolkitVersion
from opora.care.casework.toolkits.package import Package, digest
from opora.foundation.accounts.actors import Actor
from opora.foundation.audit import actions as audit
from opora.foundation.core import clock


def keep_version(actor: Actor, kept: Toolkit, package: Package, number: int, change: str) -> ToolkitVersion:
    """The parts as a new version; the caller has asked the policy and holds the toolkit."""
    made = ToolkitVersion.objects.create(
        toolkit=kept, number=number, sha256=package.sha256, change=change[:300], made_at=clock.now(),
        made_by=actor.name, organisation=kept.service.name,
    )  # fmt: skip
    ToolkitPart.objects.bulk_create(
        ToolkitPart(version=made, name=name, content=content, sha256=digest(name, content))
        for name, content in package.parts.items()
    )
    code = kept.service.code
    details = {"toolkit": kept.code, "version": number, "sha256": made.sha256}
    audit.record(actor, "case.toolkit_kept", code, chain=f"svc:{code}", details=details)
    return made
