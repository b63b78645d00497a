"""The periodic work: archives past their time go, and so does what killed processes left among the files."""

from __future__ import annotations

import datetime as dt

import pytest

from opora.care.casework.models import FileArchive
from opora.care.casework.papers import lasting
from opora.care.casework.tests.test_archives import rich_file, take
from opora.config.commands import running
from opora.foundation.core import clock
from opora.foundation.documents import store


@pytest.mark.django_db
def test_the_periodic_work_drops_archives_and_sweeps_what_killed_makers_left(
    settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    for name in ("DATA_DIR", "KEY_DIR", "HEADS_DIR"):
        setattr(settings, name, tmp_path / name.lower())
    monkeypatch.setattr(lasting, "_paper", lambda *_given: b"%PDF")
    file, _worker, head = rich_file()
    take(head, file)
    made = FileArchive.objects.select_related("attachment").get()
    left = store.keep(b"sealed by somebody who was killed")
    hour = made.until.replace(minute=0) + dt.timedelta(hours=2)
    with clock.at(hour - dt.timedelta(minutes=30)), django_capture_on_commit_callbacks(execute=True):
        done = running._tick()
    assert (done["archives past their time"], done["files without a row"]) == (1, 0)
    assert store.place(left).exists()
    with clock.at(hour):
        assert running._tick()["files without a row"] == 1
    assert not store.place(left).exists()
    assert FileArchive.objects.get().attachment is None
