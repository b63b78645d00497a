"""What holds in this installation now, in sentences for the papers: read from settings, rules and code at the moment of asking."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection

from opora.care.casework.keeping import CODES
from opora.care.protection.asked import amount, rule_of, wall_now
from opora.foundation.accounts import limits, passwords
from opora.foundation.accounts.actions import invitations
from opora.foundation.accounts.roles import NEEDS_SECOND_FACTOR, ROLES
from opora.foundation.documents.gate import verdict


def sessions() -> str:
    """How long one stays signed in."""
    return (
        f"Входът се прекъсва след {settings.IDLE_MINUTES} минути без работа (предупреждение на {settings.IDLE_WARNING_MINUTES}-ата) "
        f"и най-късно след {settings.ABSOLUTE_HOURS} часа. Прекратена роля или спрян профил спират достъпа при следващото действие."
    )


def second_factor() -> str:
    """Who shows a second factor."""
    who = ", ".join(_small(str(ROLES[role])) for role in ROLES if role in NEEDS_SECOND_FACTOR)
    if not settings.SECOND_FACTOR_ASKED:
        return f"Тази инсталация е демонстрация и не иска втори фактор. В истинска работа го показват: {who}."
    again = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60
    return (
        f"С втори фактор (код от приложение или ключ за вход) влизат: {who}. Отново го показват преди отваряне по спешност, "
        f"списъци, заличаване и промяна на роли, ако са минали повече от {again} минути."
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def password() -> str:
    """What a password must be, and how it is kept."""
    one = passwords.Argon2id
    return (
        f"Паролата е поне {passwords.ALONE} знака, с втори фактор поне {passwords.WITH_SECOND_FACTOR}, най-много {passwords.LONGEST}; "
        "честите пароли се отказват; не се иска смяна по календар. Пази се само отпечатък Argon2id "
        f"({one.memory_cost // 1024} MiB, {one.time_cost} минавания)."
    )


def wrong_tries() -> str:
    """When the door closes to who guesses."""
    name, address = limits.NAME, limits.ADDRESS
    wait = int(name.wait.total_seconds() // 60)
    return (
        f"След {name.wrong} грешни опита за едно име входът чака {wait} минути, после двойно; "
        f"от един мрежов адрес се приемат най-много {address.wrong} опита за {int(address.window.total_seconds() // 60)} минути."
    )


def invited() -> str:
    """How people get in for the first time."""
    return f"Профил се прави само с покана, която важи {invitations.INVITATION_DAYS} дни и работи веднъж."


def scope() -> str:
    """Who sees which file, and the second wall."""
    base = (
        "Досие вижда само ръководителят на услугата и хората, които работят по него; всеки доставчик вижда само своите. "
        "Обобщените роли не стигат до досие."
    )
    has_wall, holes = wall_now()
    if not has_wall:
        return f"{base} Базата е {connection.display_name}: няма втора защита на редовете, затова е за един доставчик, проба или демонстрация."
    if holes:
        return f"{base} ВНИМАНИЕ: защитата на редовете в PostgreSQL не държи с тази роля на сървъра."
    return f"{base} Втора защита на редовете стои в самата база (PostgreSQL)."


def emergencies() -> str:
    """What opening a file in an emergency takes."""
    return (
        f"Отваряне по спешност трае {amount('break_glass_minutes')}, най-много {amount('break_glass_week')} за седем дни на човек, с причина; "
        f"ръководителят и длъжностното лице научават веднага; преглед до {amount('break_glass_review')}."
    )


def many_files() -> str:
    """When somebody opens too many files."""
    return (
        f"Над {amount('files_hour')} за час ръководителят и длъжностното лице получават писмо, а човекът показва отново втория фактор; "
        f"над {amount('files_day')} за ден отварянето спира. Списък на всички досиета се иска от един и се потвърждава от друг "
        f"и може да се вземе в срок {amount('list_open_hours')}."
    )


def sealed() -> str:
    """Sealed files."""
    return "Запечатаното досие (насилие, осиновяване) стои под псевдоним и се отваря само от двама души за ограничено време."


def encryption() -> str:
    """What is encrypted, and where the keys are."""
    return (
        "ЕГН, ЛНЧ и имената в запечатани досиета се пазят шифровани (AES-256-GCM). Ключовете стоят извън папката с данните и извън "
        "резервните копия. Останалото съдържание на досиетата не е шифровано в базата."
    )


def audit() -> str:
    """Who read and who changed."""
    return (
        "Всяко четене и всяка промяна на досие се записва: кой, кога, защо. Редовете не се променят и не се трият; свързани са с "
        "криптографска верига, чийто край се изнася на друго място веднъж в минутата."
    )


def transport() -> str:
    """How the line is guarded."""
    if not settings.SECURE:
        return "Тази инсталация работи без шифрована връзка: само за проба и демонстрация на същата машина."
    return f"Връзката е само шифрована (HTTPS, HSTS {settings.SECURE_HSTS_SECONDS // 86_400} дни); бисквитките не се виждат от скриптове."


def uploads() -> str:
    """What may be brought in."""
    return (
        f"Приемат се файлове до {verdict.MAX_BYTES // 1024**2} MB от познат вид; макроси, скриптове и скрити връзки се отказват; "
        "мястото на снимане се маха от снимките; копие на лична карта се приема само на законово основание."
    )


def outsiders() -> str:
    """The link of an outside specialist."""
    return (
        f"Външен специалист пише по връзка, която важи {amount('opinion_link_days')} и се затваря след {amount('opinion_wrong_codes')} грешни кода; "
        "вижда само избраното от водещия."
    )


def small_numbers() -> str:
    """What tables show."""
    return f"В справките числата под {amount('small_number_below')} се скриват, и всичко, от което могат да се изчислят."


def letters() -> str:
    """What goes into mail."""
    return (
        "В писма, календари, адреси и имена на файлове не влизат имена и лични номера, а само номер на досие."
    )


def backups() -> str:
    """How copies are kept."""
    return (
        "Резервните копия са шифровани и проверени; ключовете не са в тях. Заличено досие се заличава отново, ако се върне старо копие. "
        "Графикът и мястото на копията се определят от администратора."
    )


def two_persons() -> str:
    """Erasing."""
    return "Досие се заличава само от двама души, с основание и документ; следите се махат и от диска."


def breaches() -> str:
    """How fast a breach is told."""
    return (
        f"За нарушение съобщава всеки служител; Комисията се уведомява до {amount('breach_notice_hours')} от узнаването; "
        f"напомняне {amount('breach_remind_hours')} преди края."
    )


def keeping_files() -> str:
    """How long client files are kept."""
    after, birth, death = CODES
    if rule_of(after).number is None:
        return "Срок не е зададен: нищо не се заличава само, а ръководителят се подсеща да го зададе."
    found = f"{amount(after)} след закриването"
    found += f"; до {amount(birth)} от раждането, ако е по-дълго" if rule_of(birth).number is not None else ""
    return found + (
        f"; {amount(death)} след смъртта, ако е по-дълго" if rule_of(death).number is not None else ""
    )


MEASURES: dict[str, Callable[[], str]] = {
    "scope": scope, "second_factor": second_factor, "sessions": sessions, "password": password, "wrong_tries": wrong_tries,
    "invited": invited, "emergencies": emergencies, "many_files": many_files, "sealed": sealed, "encryption": encryption,
    "audit": audit, "transport": transport, "uploads": uploads, "outsiders": outsiders, "small_numbers": small_numbers,
    "letters": letters, "backups": backups, "two_persons": two_persons, "breaches": breaches,
}  # fmt: skip
