"""Letters to services: nominated, awarded, somebody asks for their practice, and the answer to what they asked.

Titles, codes and names of services only. Reasons are typed by people and may name somebody: they stand on the page.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from opora.foundation.messages.actions import Letter
from opora.improvement.practice import stages
from opora.improvement.practice.models import Adaptation, Award, Nomination, Period, Practice
from opora.register import letters
from opora.register.models import Service


def of_nomination(nomination: Nomination, address: str) -> list[Letter]:
    """To a nominated service once its nomination is kept, and to a service whose own is not; else nobody."""
    period, service = nomination.period, nomination.service
    own = nomination.kind == "service"
    if nomination.state != "kept" and not own:
        return []
    with override("bg"):
        page = letters.page(address, reverse("practice_mine"))
        if nomination.state == "kept":
            lines = [
                _("Услугата Ви е номинирана за наградата „%(title)s“.") % {"title": period.title},
                _("Проверете дали картата Ви е върната и дали практиката Ви е описана. Ако не желаете да участвате, кажете на координатора."),
                _("Можете до деня, в който списъкът отива при комисията."), page,
            ]  # fmt: skip
            key, subject = f"nominated:{period.code}:{service.code}", _("Номинация за награда %(code)s")
        else:
            lines = [
                _("Предложението Ви за наградата „%(title)s“ не е прието.") % {"title": period.title},
                _("Прочетете причината. Може да предложите друга практика."),
                _("Можете, докато се приемат номинации."), page,
            ]  # fmt: skip
            key, subject = f"not-nominated:{nomination.pk}", _("Неприета номинация за награда %(code)s")
        return letters.to_service(
            service, key=key, subject=subject % {"code": period.code}, lines=lines, about=period.code
        )


def of_decision(period: Period, given: Iterable[Award], nominated: Iterable[Service], address: str) -> list[Letter]:  # fmt: skip
    """To the awarded, and to the nominated who were not: all learn it the same day."""
    found, awarded = [], set()
    for award in given:
        awarded.add(award.service_id)
        found += _awarded(award, address)
    for service in nominated:
        if service.pk not in awarded:
            found += _not_awarded(period, service, address)
    return found


def _awarded(award: Award, address: str) -> list[Letter]:
    period = award.period
    with override("bg"):
        lines = [
            _("Комисията награди услугата Ви: „%(title)s“.") % {"title": period.title},
            _("Изтеглете грамотата. Ако практиката Ви още не е в библиотеката, опишете я, за да я приложат и други."),
            _("Няма срок. Грамотата остава на същия адрес."),
            letters.page(address, reverse("practice_awards")),
        ]  # fmt: skip
        subject = _("Награда %(number)s") % {"number": award.number}
    return letters.to_service(
        award.service, key=f"awarded:{award.number}", subject=subject, lines=lines, about=period.code
    )


def _not_awarded(period: Period, service: Service, address: str) -> list[Letter]:
    with override("bg"):
        lines = [
            _("Комисията реши наградата „%(title)s“. Този път услугата Ви не е сред наградените.")
            % {"title": period.title},
            _("Вижте кой е награден и за какво. Номинацията Ви не се пренася: за следващата награда се прави нова."),
            _("От Вас не се чака нищо."),
            letters.page(address, reverse("practice_awards")),
        ]  # fmt: skip
        subject = _("Решение за награда %(code)s") % {"code": period.code}
    return letters.to_service(
        service, key=f"decided:{period.code}:{service.code}", subject=subject, lines=lines, about=period.code
    )


def of_request(adaptation: Adaptation, address: str) -> list[Letter]:
    """To the service the practice comes from: somebody asks, answer them."""
    with override("bg"):
        lines = [
            _("%(service)s иска да приложи практиката „%(title)s“.")
            % {"service": adaptation.service.name, "title": adaptation.practice.title},
            _("Прочетете какво искат да променят и отговорете как ще помогнете."),
            _("Няма определен срок, но без отговора Ви работата там не започва."),
            _page(adaptation, address),
        ]
        subject = _("Искане за практика %(code)s") % {"code": adaptation.practice.code}
    return letters.to_service(
        adaptation.practice.service, key=f"adaptation-asked:{adaptation.code}", subject=subject, lines=lines,
        about=adaptation.code,
    )  # fmt: skip


def of_answer(adaptation: Adaptation, address: str) -> list[Letter]:
    """To the service that asked: agreed, make a plan; or refused."""
    agreed = adaptation.stage == stages.AGREED
    with override("bg"):
        happened = (
            _("Искането Ви за практиката „%(title)s“ е прието.")
            if agreed
            else _("Искането Ви за практиката „%(title)s“ не е прието.")
        )
        lines = [
            happened % {"title": adaptation.practice.title},
            _("Прочетете отговора, напишете плана и измерете как е преди.")
            if agreed
            else _("Прочетете отговора. Може да изберете друга практика."),
            _("Сроковете определяте Вие в плана.") if agreed else _("От Вас не се чака нищо."),
            _page(adaptation, address),
        ]
        subject = _("Отговор на искане %(code)s") % {"code": adaptation.code}
    return letters.to_service(
        adaptation.service, key=f"adaptation-answered:{adaptation.code}", subject=subject, lines=lines,
        about=adaptation.code,
    )  # fmt: skip


def of_card(card: Practice, address: str) -> list[Letter]:
    """To the service whose card was decided: published, or returned with what is missing."""
    published = card.is_published
    with override("bg"):
        happened = (
            _("Практиката „%(title)s“ е публикувана. Всеки може да я прочете.")
            if published
            else _("Картата на практиката „%(title)s“ е върната за допълване.")
        )
        lines = [
            happened % {"title": card.title},
            _("Отговаряйте на въпросите на читателите и на исканията на други услуги.")
            if published
            else _("Прочетете какво липсва, допълнете я и я предложете отново."),
            _("Няма определен срок."),
            letters.page(address, reverse("practice_card", args=[card.code])),
        ]
        subject = _("Практика %(code)s") % {"code": card.code}
    return letters.to_service(
        card.service, key=f"practice-{card.stage}:{card.code}:{card.version}", subject=subject, lines=lines,
        about=card.code,
    )  # fmt: skip


def _page(adaptation: Adaptation, address: str) -> str:
    return letters.page(address, reverse("practice_adaptation", args=[adaptation.code]))
