"""Letters to a visited service: its report is here, its programme comes back, its programme is agreed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.evidence.monitoring.models import Programme, Report, Visit
from opora.foundation.messages.actions import Letter
from opora.foundation.ui import formats
from opora.register import letters


def of_report(report: Report, address: str) -> list[Letter]:
    """The report is issued: read it, answer it, until the day that the rule gives."""
    visit, until = report.visit, report.answer_until
    with override("bg"):
        term = _("Срокът за отговор е %(day)s.") % {"day": formats.date(until)} if until else ""
        lines = [
            _("Докладът от посещението %(code)s е издаден и го виждате в Опора.") % {"code": visit.code},
            _("Прочетете го и отговорете. След отговора напишете програмата си за подобряване."),
            term,
            _page(visit, "monitoring_visit", address),
        ]
        return _letter(visit, f"visit-report:{visit.code}", _("Доклад от посещение %(code)s"), lines)


def of_return(programme: Programme, address: str) -> list[Letter]:
    """The coordinator asks for a change; which, stands on the page."""
    visit = programme.visit
    with override("bg"):
        lines = [
            _("Програмата за подобряване след посещение %(code)s е върната с бележка.")
            % {"code": visit.code},
            _("Прочетете бележката, променете програмата и я предложете отново."),
            _("Програмата чака Вас. За нея няма отделен срок."),
            _page(visit, "monitoring_programme", address),
        ]
        key = f"programme-back:{visit.code}:{programme.version}"
        return _letter(visit, key, _("Върната програма след посещение %(code)s"), lines)


def of_agreement(programme: Programme, address: str) -> list[Letter]:
    """Both have said yes: the first date, and that the next visit looks at the steps."""
    visit, first = programme.visit, programme.rows.order_by("due").first()
    with override("bg"):
        term = _("Първият срок в нея е %(day)s.") % {"day": formats.date(first.due)} if first else ""
        lines = [
            _("Програмата за подобряване след посещение %(code)s е договорена.") % {"code": visit.code},
            _("Изпълнете стъпките в сроковете им. Следващото посещение започва от тях."),
            term,
            _page(visit, "monitoring_programme", address),
        ]
        key = f"programme-agreed:{visit.code}"
        return _letter(visit, key, _("Договорена програма след посещение %(code)s"), lines)


def _page(visit: Visit, name: str, address: str) -> str:
    return letters.page(address, reverse(name, args=[visit.code]))


def _letter(visit: Visit, key: str, subject: str, lines: list[str]) -> list[Letter]:
    said = subject % {"code": visit.code}
    return letters.to_service(visit.service, key=key, subject=said, lines=lines, about=visit.code)
