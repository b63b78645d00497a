"""Upload a template from its spreadsheet and publish it as a version that never changes."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from opora.engines.questionnaire import Form, FormError, Problem, Question
from opora.evidence.survey import policies, sheets, trail, xform
from opora.evidence.survey.models import Template, TemplateVersion
from opora.foundation.accounts.actors import Actor
from opora.foundation.core import clock
from opora.foundation.core.errors import ActionRefused, NotAllowed

FILES = ("image", "file", "audio", "video")


class FaultyTemplate(ActionRefused):
    """The spreadsheet cannot become a template; `problems` name sheet, row and column."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(_("Образецът има грешки. Поправете ги в таблицата и я качете отново."))
        self.problems = problems


def upload_version(actor: Actor, content: bytes, *, file_name: str = "") -> TemplateVersion:
    """Read an XLSX into an unpublished version. Raises `FaultyTemplate` with all problems; nothing is kept
    then.
    """
    if not policies.edit_templates(actor):
        raise NotAllowed(_("Образци качват областните координатори и националният администратор."))
    try:
        tables = sheets.read_xlsx(content)
    except sheets.UnreadableFileError:
        raise ActionRefused(
            _("Файлът не може да се прочете. Запазете го като Excel (.xlsx) и го качете отново.")
        )
    return keep_version(actor, tables, file_name=file_name)


def keep_version(actor: Actor, tables: sheets.Tables, *, file_name: str = "") -> TemplateVersion:
    """Compile the tables and keep them as an unpublished version, in place of an earlier unpublished one."""
    form = _compile(tables)
    sha256 = sheets.fingerprint(tables)
    with transaction.atomic():
        template = _template(form)
        known = TemplateVersion.objects.filter(template=template, version=form.version).first()
        if known and known.published:
            return _same(known, sha256)
        version = known or TemplateVersion(template=template, version=form.version)
        _fill(actor, version, form, tables, sha256)
        version.file_name = file_name[:200]
        version.save()
        trail.record(actor, "survey.template_uploaded", f"{form.form_id} {form.version}", "BG", sha256=sha256)
    return version


def publish_version(actor: Actor, version: TemplateVersion) -> TemplateVersion:
    """From now on it may be asked, and never changes."""
    if not policies.edit_templates(actor):
        raise NotAllowed(_("Образци публикуват областните координатори и националният администратор."))
    with transaction.atomic():
        fresh = TemplateVersion.objects.filter(
            pk=version.pk, published_at__isnull=True, sha256=version.sha256
        )
        if not fresh.update(published_at=clock.now(), published_by=actor.name):
            raise ActionRefused(
                _("Тази версия вече е публикувана или е качена наново. Прегледайте я отново.")
            )
        version.refresh_from_db()
        name = f"{version.template.form_id} {version.version}"
        trail.record(actor, "survey.template_published", name, "BG", sha256=version.sha256)
    return version


def _compile(tables: sheets.Tables) -> Form:
    try:
        form = sheets.compile_tables(tables)
    except FormError as error:
        raise FaultyTemplate(error.problems) from error
    if files := [_no_files(one) for one in form.questions() if one.type in FILES]:
        raise FaultyTemplate(tuple(files))
    return form


def _no_files(question: Question) -> Problem:
    """The filler takes no files: a picture of a person does not belong into a survey card."""
    bg = "Карта не събира файлове и снимки. Махнете въпроса."
    en = "A card collects no files or pictures. Remove the question."
    return Problem("survey", question.row, "type", "files", bg, en)


def _template(form: Form) -> Template:
    titles = {"title": _title(form, "bg"), "title_en": form.titles.get("en", "")[:200]}
    template, _new = Template.objects.update_or_create(form_id=form.form_id, defaults=titles)
    return template


def _title(form: Form, language: str) -> str:
    return (form.titles.get(language) or next(iter(form.titles.values()), "") or form.form_id)[:200]


def _same(known: TemplateVersion, sha256: str) -> TemplateVersion:
    if known.sha256 != sha256:
        raise ActionRefused(
            _("Версия %(version)s вече е публикувана с друго съдържание. Сменете version в листа „settings“.")
            % {"version": known.version}
        )
    return known


def _fill(actor: Actor, version: TemplateVersion, form: Form, tables: sheets.Tables, sha256: str) -> None:
    version.sheets, version.sha256 = tables, sha256
    version.questions = sum(question.asks for question in form.questions())
    version.uploaded_at, version.uploaded_by = clock.now(), actor.name
    warnings = [problem.text() for problem in form.warnings]
    try:
        version.xform, found = xform.to_xform(tables)
    except xform.UnconvertibleError as error:
        version.xform, found = "", [str(error)]
    version.warnings = warnings + found
