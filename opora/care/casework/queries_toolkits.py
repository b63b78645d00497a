"""Readers of toolkits and of forms filled in files."""

from __future__ import annotations

from django.db.models import QuerySet

from opora.care.casework import queries, queries_trust
from opora.care.casework.models import ClientFile, Toolkit, ToolkitAnswers, ToolkitUpdate, ToolkitVersion
from opora.care.casework.policies import ASSIGNED
from opora.care.casework.toolkits.package import Origin, Package, form_of, unpack
from opora.care.casework.toolkits.shipped import shipped
from opora.engines.questionnaire import Form
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import terms
from opora.register.models import Service

_forms: dict[tuple[str, str], Form] = {}
"""By what a version says, not by its number: a number may come again after a restored backup."""


def toolkits_for(actor: Actor) -> QuerySet[Toolkit]:
    """Toolkits of services the actor heads or works in."""
    scopes = [h.scope for h in actor.holdings if h.role in ("service_manager", *ASSIGNED)]
    services = Service.objects.within(scopes)
    return Toolkit.objects.filter(service__in=services).select_related("service")


def toolkit_for(actor: Actor, pk: int) -> Toolkit:
    """One of them. Toolkit.DoesNotExist."""
    found: Toolkit = toolkits_for(actor).get(pk=pk)
    return found


def version_of(toolkit: Toolkit, number: int | None = None) -> ToolkitVersion:
    """The newest version, or the one of that number. ToolkitVersion.DoesNotExist."""
    versions = toolkit.versions.select_related("toolkit__service").prefetch_related("parts")
    found: ToolkitVersion | None = (versions.filter(number=number) if number else versions).first()
    if found is None:
        raise ToolkitVersion.DoesNotExist
    return found


def package_of(version: ToolkitVersion) -> Package:
    """The version as a value, with its whole way."""
    toolkit = version.toolkit
    own = toolkit.versions.filter(number__lt=version.number).order_by("number")
    came = [Origin(o.organisation, o.title, o.number, o.sha256, o.made_on) for o in toolkit.origins.all()]
    steps = [
        Origin(
            one.organisation,
            toolkit.title,
            one.number,
            one.sha256,
            one.made_at.astimezone(terms.SOFIA).date(),
        )
        for one in own
    ]
    parts = {one.name: bytes(one.content) for one in version.parts.all()}
    made_on = version.made_at.astimezone(terms.SOFIA).date()
    return Package(
        toolkit.code, toolkit.title, version.number, version.organisation, parts, made_on, (*came, *steps)
    )


def known_fingerprints(toolkit: Toolkit) -> set[str]:
    """Of every version the service has, of those they came from, and of newer ones it took."""
    known = {
        *toolkit.versions.values_list("sha256", flat=True),
        *toolkit.origins.values_list("sha256", flat=True),
    }
    return known | set(toolkit.updates.filter(taken__isnull=False).values_list("sha256", flat=True))


def update_waiting(toolkit: Toolkit) -> ToolkitUpdate | None:
    """The newer version that waits to be compared."""
    return toolkit.updates.waiting().select_related("toolkit__service").first()


def three_of(update: ToolkitUpdate) -> tuple[Package, Package, Package]:
    """What was taken last from outside, what the service has, and the newer version."""
    toolkit = update.toolkit
    before = (
        toolkit.updates.filter(taken__isnull=False).exclude(pk=update.pk).order_by("-answered_at").first()
    )
    base = unpack(bytes(before.content)) if before else package_of(version_of(toolkit, 1))
    return base, package_of(version_of(toolkit)), unpack(bytes(update.content))


def grew_from(update: ToolkitUpdate) -> bool:
    """Whether the newer version tells of one the service knows as a step of its way."""
    theirs = unpack(bytes(update.content))
    return bool({one.sha256 for one in theirs.history} & known_fingerprints(update.toolkit))


def newer_shipped(toolkit: Toolkit) -> Package | None:
    """The version that came with this release of Opora, when the service knows nothing of it."""
    found = shipped().get(toolkit.code)
    return found if found is not None and found.sha256 not in known_fingerprints(toolkit) else None


def headed_services(actor: Actor) -> list[Service]:
    """Services whose toolkits the actor may change."""
    return list(Service.objects.within(queries_trust.headed_by(actor)).order_by("sort_name"))


def offered(service: Service) -> list[Package]:
    """Toolkits that came with Opora and that the service has not taken."""
    taken = set(service.toolkits.values_list("code", flat=True))
    return [one for code, one in shipped().items() if code not in taken]


def compiled(version: ToolkitVersion, form: str) -> Form:
    """The form of a version, kept in memory. KeyError when the version has no such form."""
    place = (version.sha256, form)
    if place not in _forms:
        content = next(
            (bytes(p.content) for p in version.parts.all() if p.name == f"forms/{form}.xlsx"), None
        )
        if content is None:
            raise KeyError(form)
        if len(_forms) > 64:
            _forms.clear()
        _forms[place] = form_of(f"forms/{form}.xlsx", content)
    return _forms[place]


def forms_to_fill(file: ClientFile) -> list[tuple[Toolkit, str]]:
    """What may be filled in the file: the newest version of each toolkit of its service, form by form."""
    found = []
    for toolkit in file.service.toolkits.all():
        names = {part.name for part in version_of(toolkit).parts.all()}
        found += [(toolkit, form) for form, _words in ToolkitAnswers.FORMS if f"forms/{form}.xlsx" in names]
    return found


def filled_in(actor: Actor, file: ClientFile) -> list[ToolkitAnswers]:
    """Forms of a file the actor may read, the newest first."""
    kept = queries.allowed(actor, file)
    return list(kept.toolkit_answers.select_related("toolkit_version__toolkit"))


def answers_for(actor: Actor, file: ClientFile, pk: int) -> ToolkitAnswers:
    """One filled form of a file the actor may read. ToolkitAnswers.DoesNotExist."""
    kept = queries.allowed(actor, file)
    rows = kept.toolkit_answers.select_related("toolkit_version__toolkit", "file__service")
    found: ToolkitAnswers = rows.prefetch_related("toolkit_version__parts").get(pk=pk)
    return found
