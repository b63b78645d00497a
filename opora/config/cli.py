"""The command `opora`. Each command loads only what it needs: `engine` and `cards check` work without Django."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from opora.config import commands
from opora.config.commands.engines import NAMES

Handler = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, do it, give the exit code: 0 done, 1 refused or found wrong, 2 misused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.config.settings")
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except commands.Refused as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who reads our answer has read enough (`| head`): no words, and nothing more to flush at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def parser() -> argparse.ArgumentParser:
    """All commands with their help in both languages."""
    root = argparse.ArgumentParser(
        prog="opora",
        description="Опора: работната система на социалните услуги в една област. · "
        "Opora: the working system of a region's social services.",
    )
    verbs = root.add_subparsers(title="команди · commands", metavar="КОМАНДА", required=True)
    _running(verbs)
    _importing(verbs)
    _working(verbs)
    _keeping(verbs)
    return root


def _add(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, bg: str, en: str, run: Handler
) -> argparse.ArgumentParser:
    text = f"{bg} · {en}"
    verb: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    verb.set_defaults(run=run)
    return verb


def _group(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], name: str, bg: str, en: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    text = f"{bg} · {en}"
    return verbs.add_parser(name, help=text, description=text).add_subparsers(metavar="КАКВО", required=True)


def _running(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = _add(
        verbs,
        "demo",
        "Стартира Опора с примерни области",
        "Start Opora with demonstration regions",
        commands.demo,
    )
    demo.add_argument("--port", type=int, default=8000, help="порт · port (8000)")
    demo.add_argument(
        "--scale",
        choices=["regions", "nation"],
        default="regions",
        help="две области или цялата страна · two regions or the whole country",
    )
    demo.add_argument("--prepare", action="store_true", help="само подготвя данните · only prepare the data")
    serve = _add(verbs, "serve", "Пуска сървъра за страниците", "Run the web server", commands.serve)
    serve.add_argument("--bind", default="127.0.0.1:8000", help="адрес · address")
    serve.add_argument("--workers", type=int, default=2, help="процеси · processes")
    serve.add_argument("--threads", type=int, default=2, help="нишки в процес · threads in each")
    worker = _add(verbs, "worker", "Върши дългите задачи", "Do the long work", commands.worker)
    worker.add_argument(
        "--once", action="store_true", help="спира, когато няма задачи · stop when nothing waits"
    )
    _add(
        verbs,
        "tick",
        "Периодичната работа: поща, дневни печати на одита",
        "Periodic work: mail, daily heads of the audit",
        commands.tick,
    )
    _add(
        verbs,
        "migrate",
        "Подготвя или обновява базата данни",
        "Prepare or update the database",
        commands.migrate,
    )
    _add(verbs, "shell", "Конзола на Python с данните", "Python shell with the data", commands.shell)
    _add(
        verbs,
        "secret",
        "Показва нов таен ключ за OPORA_SECRET_KEY",
        "Print a new OPORA_SECRET_KEY",
        commands.secret,
    )
    _add(
        verbs,
        "first-admin",
        "Еднократна връзка за първия администратор",
        "One-time link for the first administrator",
        commands.first_admin,
    )


def _importing(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    what = _group(verbs, "import", "Внася данни", "Import data")
    territory = _add(
        what,
        "territory",
        "Официалните файлове за територията от папка",
        "Official territory files from a folder",
        commands.import_territory,
    )
    territory.add_argument("path", metavar="ПАПКА")
    register = _add(
        what,
        "register",
        "Регистъра на услугите от Excel",
        "The register of services from Excel",
        commands.import_register,
    )
    register.add_argument("path", metavar="ФАЙЛ.xlsx")
    for verb in (territory, register):
        verb.add_argument("--dry-run", action="store_true", help="само проверява · only check")
        verb.add_argument("--json", action="store_true", help="отчет като JSON · report as JSON")


def _working(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    cards = _group(verbs, "cards", "Анкетни карти", "Survey cards")
    check = _add(
        cards,
        "check",
        "Проверява отговори по образец",
        "Check answers against a template",
        commands.cards_check,
    )
    check.add_argument("template", metavar="ОБРАЗЕЦ.xlsx")
    check.add_argument("answers", metavar="ОТГОВОРИ.json")
    check.add_argument("--today", help="ден за проверката, ГГГГ-ММ-ДД · day to check for")
    check.add_argument(
        "--language", choices=["bg", "en"], default="bg", help="език на съобщенията · language of messages"
    )
    analyse = _add(
        verbs,
        "analyse",
        "Изготвя областен анализ на потребностите",
        "Make a regional analysis of needs",
        commands.analyse,
    )
    analyse.add_argument("region", metavar="ОБЛАСТ", help="код, например LOV, или all · code, or all")
    analyse.add_argument(
        "--round",
        required=True,
        metavar="СЪБИРАНЕ",
        help="код на събирането, например LOV-2026-1 · code of the survey round",
    )
    analyse.add_argument("--out", required=True, metavar="ПАПКА", help="къде · where")
    analyse.add_argument("--format", default="docx,pdf,xlsx,json", help="docx,pdf,xlsx,json")
    engine = _add(
        verbs,
        "engine",
        "Изчислителен модул: JSON на входа, JSON на изхода",
        "One engine: JSON in, JSON out",
        commands.engine,
    )
    engine.add_argument("name", metavar="ИМЕ", help=", ".join(NAMES))
    engine.add_argument("--schema", action="store_true", help="показва схемата · print the schema")
    engine.add_argument(
        "--example", action="store_true", help="показва примерен вход · print a document to try"
    )


def _keeping(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    audit = _group(verbs, "audit", "Дневник на достъпа", "Audit")
    verify = _add(
        audit,
        "verify",
        "Проверява, че дневникът не е променян",
        "Verify that the audit was not altered",
        commands.audit_verify,
    )
    verify.add_argument("--json", action="store_true", help="отчет като JSON · report as JSON")
    accept = _add(
        audit,
        "accept",
        "Приема база, върната нарочно",
        "Accept a database that was put back on purpose",
        commands.audit_accept,
    )
    accept.add_argument("--ground", required=True, help="основание · ground")
    keys = _group(verbs, "keys", "Ключове на шифрованите данни", "Keys of encrypted data")
    rotate = _add(
        keys,
        "rotate",
        "Нов ключ за ЕГН и запечатаните имена",
        "A new key for identity numbers and sealed names",
        commands.keys_rotate,
    )
    rotate.add_argument(
        "--drop", action="store_true", help="изтрива ненужните ключове · delete keys that seal nothing"
    )
    files = _group(verbs, "files", "Досиета на потребители", "Client files")
    _add(
        files,
        "sweep",
        "Маха от диска следите на заличените досиета",
        "Take what is left of erased files off the disk",
        commands.files_sweep,
    )
    backup = _add(
        verbs,
        "backup",
        "Прави проверено и шифровано копие",
        "Make a verified, encrypted backup",
        commands.backup,
    )
    backup.add_argument("path", metavar="ФАЙЛ")
    restore = _add(verbs, "restore", "Връща данните от копие", "Restore from a backup", commands.restore)
    restore.add_argument("path", metavar="ФАЙЛ")
    restore.add_argument(
        "--replace", action="store_true", help="замества наличната база · replace the present database"
    )


if __name__ == "__main__":
    sys.exit(main())
