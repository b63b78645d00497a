"""What the controller writes in its impact assessment: no sentence of these is proposed by the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

OFFICER, HEAD = "officer", "head"
WRITERS = {OFFICER: _("длъжностното лице по защита на данните"), HEAD: _("ръководителят за администратора")}


@dataclass(frozen=True)
class Wanted:
    """One part: its name, who writes it, what is expected there."""

    key: str
    name: Any
    writer: str
    hint: Any


WANTED = (
    Wanted("extent", _("Обхват на обработването"), HEAD, _("Колко хора, от кои места, откога. Има ли още системи с техни данни.")),
    Wanted("condition", _("Условие за данни за здравето"), HEAD, _("На кое условие по чл. 9 се обработват чувствителните данни.")),
    Wanted("need", _("Необходимост и пропорционалност"), HEAD, _("Защо целите не се постигат с по-малко данни.")),
    Wanted("residual", _("Оставащ риск"), HEAD, _("След мерките: колко вероятен и колко тежък е всеки риск, и приемлив ли е.")),
    Wanted("copies", _("Резервни копия и сървър"), HEAD, _("Къде са, кой има ключовете, колко време се пазят, кой е обработващ по договор.")),
    Wanted("training", _("Инструктаж на служителите"), HEAD, _("Кой, кога и за какво е инструктиран; кога е следващият.")),
    Wanted("families", _("Мнение на хората и семействата"), HEAD, _("Кого попитахте, как, какво казаха; или защо не е поискано.")),
    Wanted("officer", _("Становище на длъжностното лице"), OFFICER, _("Съвет по рисковете и мерките; следвал ли го е администраторът.")),
    Wanted("decision", _("Решение"), HEAD, _("Започва ли обработването, при какви условия, нужна ли е предварителна консултация с Комисията.")),
    Wanted("review", _("Следващ преглед"), HEAD, _("Кога оценката се прави отново и какво я налага по-рано.")),
    Wanted("signs", _("Кой подписва"), HEAD, _("Име и длъжност на представляващия администратора.")),
)  # fmt: skip
BY_KEY = {one.key: one for one in WANTED}
