"""What a breach may touch: lists that the register, its forms and the notice to the Commission share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SECURITY = [
    ("secrecy", _("поверителност: някой е видял или получил данни, които не са за него")),
    ("integrity", _("цялост: данни са променени или сгрешени")),
    ("availability", _("достъпност: данни са изгубени или не могат да се отворят")),
]
"""Ways in which data is hurt; a breach is often of several."""
SHORT = {"secrecy": _("поверителност"), "integrity": _("цялост"), "availability": _("достъпност")}
DATA = [
    ("names", _("имена")),
    ("contact", _("адрес, телефон, поща")),
    ("identity", _("ЕГН или друг личен номер")),
    ("birth", _("дата на раждане, пол")),
    ("family", _("семейство и близки")),
    ("health", _("здраве, увреждане, диагноза")),
    ("violence", _("насилие, риск, закрила, настаняване")),
    ("assessment", _("оценки, планове, становища")),
    ("school", _("образование и работа")),
    ("money", _("доходи, такси, помощи")),
    ("picture", _("снимка или запис")),
    ("entry", _("пароли или средства за вход")),
    ("other_data", _("други данни")),
]
SENSITIVE = ("health", "violence", "assessment")
"""Kinds in which data on health is usual (Регламент (ЕС) 2016/679, чл. 9)."""
PEOPLE = [
    ("children", _("деца")),
    ("disabled", _("хора с увреждания")),
    ("elderly", _("възрастни хора")),
    ("relatives", _("родители и близки")),
    ("families", _("приемни семейства и кандидати")),
    ("workers", _("служители")),
    ("other_people", _("други хора")),
]
RISKS = [
    ("none", _("Няма вероятност да има риск за хората: Комисията не се уведомява")),
    ("risk", _("Има риск за хората: уведомява се Комисията за защита на личните данни")),
    ("high", _("Рискът за хората е висок: уведомяват се Комисията и самите хора")),
]
"""What a person decides; nothing is proposed by the program."""
RISK_WORDS = {"none": _("без риск"), "risk": _("риск"), "high": _("висок риск")}
WHOM = [
    ("commission", _("Комисията за защита на личните данни")),
    ("people", _("засегнатите хора")),
    ("principal", _("доставчикът или общината")),
    ("police", _("полиция или прокуратура")),
    ("other", _("друг")),
]
