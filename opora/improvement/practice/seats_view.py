"""What a seat on a panel asks of its member, as lines of the first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.improvement.practice import stages
from opora.improvement.practice.models import PanelMember


def as_task(seat: PanelMember, *, left: int) -> dict[str, object] | None:
    """One seat: what waits for the member, and where; none where nothing will be asked of them any more."""
    period, code = seat.period, seat.period.code
    if period.stage == stages.NOMINATIONS:
        return {
            "title": _("Вие сте в комисията: %(title)s") % {"title": period.title},
            "href": reverse("practice_period", args=[code]),
            "hint": _("Приемат се номинации. Ще гласувате, когато координаторите подадат списъка."),
            "status": _("предстои"),
            "kind": "info",
        }
    if seat.declared_at is None:
        return {
            "title": _("Обявете връзките си: %(title)s") % {"title": period.title},
            "href": reverse("practice_period_declare", args=[code]),
            "hint": _("Списъкът е при комисията. Гласувате, след като обявите с кои услуги имате връзка."),
            "status": _("чака Вас"),
            "kind": "waiting",
        }
    if not left:
        return None
    return {
        "title": _("Гласувайте: %(title)s") % {"title": period.title},
        "href": reverse("practice_period_votes", args=[code]),
        "hint": _("Кандидати без Ваш глас: %(n)s") % {"n": left},
        "status": _("чака Вас"),
        "kind": "waiting",
    }
