"""Putting a backup back."""

from __future__ import annotations

import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from opora.foundation.core import clock, crypto
from opora.foundation.core.backup import databases
from opora.foundation.core.backup.package import (
    DATABASE,
    FILES,
    KEY,
    BackupError,
    Check,
    Manifest,
    digests,
    sync,
    workshop,
)


@dataclass(frozen=True)
class Restored:
    """What was put back; the former state lies beside with the ending ``aside``."""

    made_at: str
    files: int
    aside: str
    seconds: float

    def as_text(self) -> str:
        """For a person at the terminal."""
        words = _(
            "Върнат е архивът от %(made_at)s, файлове: %(files)s, за %(seconds)s с. "
            "Предишните данни, ако е имало, стоят до новите с окончание „.%(aside)s“."
        )
        seconds = f"{self.seconds:.1f}".replace(".", ",")
        return words % {"made_at": self.made_at, "files": self.files, "seconds": seconds, "aside": self.aside}


def restore(path: Path, *, check: Check, replace: bool = False, using: str = "default") -> Restored:
    """Put a backup back: opened, checked, and only then moved into place. Stop Opora before.

    ``replace`` allows a database to be there already; it is kept beside. Raises :class:`BackupError` for a
    wrong key, a damaged or truncated file, a newer program's backup, or an audit that was altered.
    """
    start = time.perf_counter()
    if not replace and databases.has_rows(using):
        raise BackupError(_("Тук вече има данни. За да ги замените, добавете --replace."))
    aside = f"before-{clock.now():%Y%m%dT%H%M%S}"
    with workshop() as folder:
        inside = _opened(path, folder)
        manifest = Manifest.read(inside)
        if digests(inside) != manifest.digests:
            raise BackupError(_("Съдържанието на архива не отговаря на описа му."))
        _refuse_newer(manifest)
        databases.check_copy(manifest.vendor, inside / DATABASE, check)
        databases.put_back(using, manifest.vendor, inside / DATABASE, check, aside)
        _put_files_back(inside / FILES, aside)
    return Restored(manifest.made_at, len(manifest.digests) - 1, aside, time.perf_counter() - start)


def _opened(path: Path, folder: Path) -> Path:
    packed, inside = folder / "package.tar", folder / "package"
    try:
        secret = crypto.key(Path(settings.KEY_DIR), KEY, make=False)
        with path.open("rb") as source, packed.open("wb") as plain:
            crypto.unseal(source, plain, secret)
        with tarfile.open(packed) as archive:
            _unpack(archive, inside)
    except crypto.KeyMissing as missing:
        words = _("Ключът за архива липсва: %(file)s. Върнете го от мястото, където пазите копие.")
        raise BackupError(words % {"file": missing}) from missing
    except crypto.WrongKey as wrong:
        raise BackupError(_("Архивът е заключен с друг ключ.")) from wrong
    except (crypto.Damaged, tarfile.TarError) as damaged:
        raise BackupError(_("Архивът е повреден или непълен. Използвайте друг.")) from damaged
    except OSError as error:
        raise BackupError(_("Архивът не може да се прочете: %(why)s") % {"why": error}) from error
    return inside


def _unpack(archive: tarfile.TarFile, inside: Path) -> None:
    """Plain files below `inside` and nothing else: Python before 3.11.4 (Debian 12) has no filter for it."""
    for member in archive.getmembers():
        target = inside / member.name
        if not (member.isfile() or member.isdir()) or not target.resolve().is_relative_to(inside.resolve()):
            raise crypto.Damaged(member.name)
        archive.extract(member, inside, set_attrs=False)


def _refuse_newer(manifest: Manifest) -> None:
    """Code of today cannot read a database of tomorrow."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    labels = {config.label for config in apps.get_app_configs()}
    newer = [
        f"{app} {name}"
        for app, name in manifest.migrations.items()
        if app in labels and (app, name) not in known
    ]
    if newer:
        words = _("Архивът е от по-нова версия на Опора (%(what)s). Обновете програмата и опитайте пак.")
        raise BackupError(words % {"what": ", ".join(newer)})


def _put_files_back(source: Path, aside: str) -> None:
    stored = Path(settings.DATA_DIR) / FILES
    if stored.exists():
        stored.rename(stored.with_name(f"{FILES}.{aside}"))
    if source.exists():
        source.rename(stored)
        sync(stored.parent)
