"""A backup is whole, sealed and comes back; whatever is wrong with it is said in words."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import Settings

from opora.foundation.core import crypto
from opora.foundation.core.backup import BackupError, backup, making, restore
from opora.foundation.core.backup.package import Manifest

WORDS = "Дневен център Лъч, тайна дума"


@pytest.fixture(autouse=True)
def _folders(_own_keys: None, settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.KEY_DIR = tmp_path / "keys"


@pytest.fixture
def filled(connection: BaseDatabaseWrapper, tmp_path: Path) -> Path:
    """A database with rows and two files; gives where its backup goes."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE django_migrations (app TEXT, name TEXT)")
        for _ in range(50):
            cursor.execute("INSERT INTO note VALUES (%s)", [WORDS])
    stored = tmp_path / "data" / "files" / "2026"
    stored.mkdir(parents=True)
    (stored / "a.docx").write_bytes(b"one " * 1000)
    (stored / "б.pdf").write_bytes(b"two")
    return tmp_path / "elsewhere" / "opora.backup"


def fine(alias: str) -> bool:
    """The check of a caller that finds nothing wrong, and really looks into the copy."""
    with connections[alias].cursor() as cursor:
        return bool(cursor.execute("SELECT count(*) FROM note").fetchone()[0] == 50)


def count(tmp_path: Path) -> int:
    with closing(sqlite3.connect(tmp_path / "data" / "own.sqlite3")) as opened:
        return int(opened.execute("SELECT count(*) FROM note").fetchone()[0])


def test_a_backup_comes_back_with_rows_and_files(
    filled: Path, connection: BaseDatabaseWrapper, tmp_path: Path
) -> None:
    made = backup(filled, check=fine, using="own")
    assert (made.files, made.size) == (2, filled.stat().st_size)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM note")
    (tmp_path / "data" / "files" / "2026" / "a.docx").unlink()
    restored = restore(filled, check=fine, replace=True, using="own")
    assert count(tmp_path) == 50
    assert (tmp_path / "data" / "files" / "2026" / "a.docx").read_bytes() == b"one " * 1000
    assert (tmp_path / "data" / "files" / "2026" / "б.pdf").exists()
    former = tmp_path / "data" / f"own.sqlite3.{restored.aside}"
    assert former.exists()
    assert "Архивът е готов и проверен" in made.as_text()
    assert restored.aside in restored.as_text()


def test_a_backup_tells_nothing_and_leaves_nothing_behind(filled: Path, tmp_path: Path) -> None:
    backup(filled, check=fine, using="own")
    assert "Лъч".encode() not in filled.read_bytes()
    assert filled.stat().st_mode & 0o077 == 0
    assert [file.name for file in filled.parent.iterdir()] == ["opora.backup"]
    assert not list((tmp_path / "data").glob(".backup-*"))


def test_on_a_new_machine_the_key_is_all_that_is_needed(
    filled: Path, connection: BaseDatabaseWrapper, tmp_path: Path
) -> None:
    backup(filled, check=fine, using="own")
    connection.close()
    (tmp_path / "data").rename(tmp_path / "burnt")
    restore(filled, check=fine, using="own")
    assert count(tmp_path) == 50


def test_present_data_are_not_replaced_by_mistake(filled: Path, tmp_path: Path) -> None:
    backup(filled, check=fine, using="own")
    with pytest.raises(BackupError, match="--replace"):
        restore(filled, check=fine, using="own")
    assert count(tmp_path) == 50


def _refused(path: Path, words: str, tmp_path: Path) -> None:
    """Nothing is touched by a backup that is refused."""
    with pytest.raises(BackupError, match=words):
        restore(path, check=fine, replace=True, using="own")
    assert count(tmp_path) == 50
    assert not list((tmp_path / "data").glob("*.before-*"))
    assert not list((tmp_path / "data").glob(".backup-*"))


def test_a_wrong_key_is_refused(filled: Path, settings: Settings, tmp_path: Path) -> None:
    backup(filled, check=fine, using="own")
    settings.KEY_DIR = tmp_path / "other keys"
    _refused(filled, "Ключът за архива липсва", tmp_path)
    crypto.key(tmp_path / "other keys", "backup")
    _refused(filled, "заключен с друг ключ", tmp_path)


@pytest.mark.parametrize("part", [0.0, 0.001, 0.5, 0.999])
def test_a_truncated_file_is_refused(filled: Path, part: float, tmp_path: Path) -> None:
    backup(filled, check=fine, using="own")
    whole = filled.read_bytes()
    filled.write_bytes(whole[: int(len(whole) * part)])
    _refused(filled, "повреден или непълен", tmp_path)


def test_a_flipped_byte_is_refused(filled: Path, tmp_path: Path) -> None:
    backup(filled, check=fine, using="own")
    whole = bytearray(filled.read_bytes())
    whole[len(whole) // 2] ^= 1
    filled.write_bytes(bytes(whole))
    _refused(filled, "повреден или непълен", tmp_path)


def test_a_missing_file_is_said(filled: Path, tmp_path: Path) -> None:
    backup(filled, check=fine, using="own")
    _refused(filled.with_name("none"), "не може да се прочете", tmp_path)


def test_an_altered_audit_is_refused_both_ways(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="Дневникът"):
        backup(filled, check=lambda alias: False, using="own")
    assert not filled.exists()
    backup(filled, check=fine, using="own")
    with pytest.raises(BackupError, match="Дневникът"):
        restore(filled, check=lambda alias: False, replace=True, using="own")
    assert count(tmp_path) == 50


def test_a_row_that_points_nowhere_is_refused(filled: Path, connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        cursor.execute("CREATE TABLE child (parent INT REFERENCES parent (id))")
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("INSERT INTO child VALUES (7)")
    with pytest.raises(BackupError, match="child"):
        backup(filled, check=fine, using="own")


def test_a_backup_of_a_newer_program_is_refused(
    filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(making.databases, "newest_migrations", lambda using: {"audit": "9999_tomorrow"})
    backup(filled, check=fine, using="own")
    _refused(filled, "audit 9999_tomorrow", tmp_path)


def test_a_package_of_another_form_is_refused(
    filled: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(making, "FORMAT", 2)
    backup(filled, check=fine, using="own")
    _refused(filled, "по-нова версия", tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(BackupError, match="опис"):
        Manifest.read(tmp_path)


def test_a_finished_backup_is_not_spoiled_by_a_failed_one(filled: Path) -> None:
    backup(filled, check=fine, using="own")
    before = filled.read_bytes()
    with pytest.raises(BackupError):
        backup(filled, check=lambda alias: False, using="own")
    assert filled.read_bytes() == before


@pytest.mark.slow
def test_r6_a_backup_during_writes_is_whole_and_writers_go_on(
    connection: BaseDatabaseWrapper, tmp_path: Path
) -> None:
    """Eight processes write while the copy is made; what was acknowledged before it began is in it."""
    database, acks = tmp_path / "data" / "own.sqlite3", tmp_path / "acks"
    acks.mkdir()
    herd = [
        sys.executable,
        "-m",
        "opora.foundation.core.tests.herd",
        str(database),
        str(acks),
        "--seconds",
        "4",
    ]
    started = subprocess.Popen(herd, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    started.stdout.readline()
    time.sleep(0.5)
    before = sum(len(log.read_text().splitlines()) for log in acks.iterdir())
    seen: list[int] = []

    def check(alias: str) -> bool:
        with connections[alias].cursor() as cursor:
            seen.append(cursor.execute("SELECT count(*) FROM work").fetchone()[0])
        return True

    backup(tmp_path / "b", check=check, using="own")
    after = sum(len(log.read_text().splitlines()) for log in acks.iterdir())
    assert started.wait(30) == 0
    assert before <= seen[0]
    assert after > before > 0
