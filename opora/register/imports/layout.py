"""Sheets and columns of the register's workbook: machine keys, Bulgarian headings, what they hold."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SERVICES, POSTS = "services", "posts"
HIDDEN_ADDRESS = "(скрит)"


@dataclass(frozen=True)
class Column:
    """`kind` is text, number, decimal, date, list or code (digits with leading zeros kept)."""

    key: str
    heading: str
    label: str | Promise
    kind: str = "text"
    width: int = 16
    required: bool = False


SERVICE_COLUMNS = (
    Column("code", "Код", _("Код"), width=14, required=True),
    Column("name", "Име на услугата", _("Име на услугата"), width=38, required=True),
    Column("organisation", "Доставчик", _("Доставчик"), width=30, required=True),
    Column("organisation_eik", "ЕИК на доставчика", _("ЕИК на доставчика"), "code", 16),
    Column("type", "Тип услуга", _("Тип услуга"), width=18, required=True),
    Column("settlement", "Населено място", _("Населено място"), width=18),
    Column("municipality", "Община", _("Община"), width=16, required=True),
    Column("region", "Област", _("Област"), width=14),
    Column("address", "Адрес", _("Адрес"), width=30),
    Column("capacity", "Места", _("Места"), "number", 9),
    Column("crisis_places", "Кризисни места", _("Кризисни места"), "number", 10),
    Column("occupied", "Заети места", _("Заети места"), "number", 9),
    Column("waiting", "Чакащи", _("Чакащи"), "number", 9),
    Column("funded", "Финансирани места", _("Финансирани места"), "number", 12),
    Column("target_groups", "Целеви групи", _("Целеви групи"), "list", 40),
    Column("delegated_since", "Държавно делегирана от", _("Държавно делегирана от"), "date", 13),
    Column("opened_on", "Открита на", _("Открита на"), "date", 12),
    Column("closed_on", "Закрита на", _("Закрита на"), "date", 12),
    Column("managed_with", "Общо управление", _("Общо управление"), width=24),
    Column("complex", "Комплекс", _("Комплекс"), width=24),
    Column("head", "Ръководител", _("Ръководител"), width=24),
    Column("phone", "Телефон", _("Телефон"), width=18),
    Column("email", "Електронна поща", _("Електронна поща"), width=26),
)
TRACE_COLUMNS = (
    Column("id", "Номер на записа", _("Номер на записа"), "number", 6),
    Column("version", "Версия на записа", _("Версия на записа"), "number", 6),
)
POST_COLUMNS = (
    Column("service", "Код на услугата", _("Код на услугата"), width=14, required=True),
    Column("profession", "Длъжност", _("Длъжност"), width=30, required=True),
    Column("posts", "Щат", _("Щат"), "decimal", 9, required=True),
    Column("filled", "Заети щатни места", _("Заети щатни места"), "decimal", 12),
)
SHEETS = {SERVICES: SERVICE_COLUMNS + TRACE_COLUMNS, POSTS: POST_COLUMNS}
LABELS: dict[str, str | Promise] = {c.key: c.label for c in SERVICE_COLUMNS + TRACE_COLUMNS + POST_COLUMNS}
INFO, LISTS = "за файла", "_lists"
KNOWN_EXTRAS = frozenset({INFO, LISTS})
