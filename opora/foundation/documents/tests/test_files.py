"""Attachments: kept by random names, given out as downloads, to whom the owning room lets."""

import datetime as dt
import os

import pytest
from django.middleware.gzip import GZipMiddleware
from django.test import Client

from opora.foundation.accounts.tests import make as people
from opora.foundation.core.errors import ActionRefused
from opora.foundation.documents import actions, policies, store, views
from opora.foundation.documents.models import Attachment
from opora.foundation.documents.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    policies.owned_by(
        "test.thing", lambda actor, owner_id: actor.holds("regional_coordinator") and owner_id == "7"
    )
    return tmp_path


def attach(**facts):
    actor = people.actor("regional_coordinator")
    given = {"name": "Доклад <1>.docx", "owner": "test.thing", "owner_id": "7", "path": "BG/LOV"} | facts
    return actions.attach(
        actor, facts.pop("content", make.word()), **{k: v for k, v in given.items() if k != "content"}
    )


def test_kept_file_tells_nothing_by_its_name():
    kept = attach()
    assert "Доклад" not in kept.stored_as
    assert len(kept.token) > 20
    assert store.read(kept.stored_as).startswith(b"PK")
    assert oct(os.stat(store.place(kept.stored_as)).st_mode)[-3:] == "600"


def test_download_is_never_shown_in_the_page():
    kept = attach()
    answer = people.client_for("regional_coordinator").get(f"/documents/{kept.token}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%D0%94")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content == store.read(kept.stored_as)


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("", 200, b"0123456789", None), ("bytes=0-", 206, b"0123456789", "bytes 0-9/10"), ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-99", 206, b"789", "bytes 7-9/10"), ("bytes=-3", 206, b"789", "bytes 7-9/10"), ("bytes=-99", 206, b"0123456789", "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"), ("bytes=5-2", 416, b"", "bytes */10"), ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=0-1,3-4", 200, b"0123456789", None), ("bytes=-", 200, b"0123456789", None), ("pages=1-2", 200, b"0123456789", None),
    ],
)  # fmt: skip
def test_a_player_gets_the_part_it_asks_for(asked, status, part, said, rf):
    request = rf.get("/", **({"HTTP_RANGE": asked} if asked else {}))
    answer = views.in_part(request, views.as_download(b"0123456789", "глас.wav", "audio/wav"))
    assert (answer.status_code, answer.content, answer.get("Content-Range")) == (status, part, said)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_part_is_never_compressed_on_the_way(rf):
    request = rf.get("/", HTTP_RANGE="bytes=0-999", HTTP_ACCEPT_ENCODING="gzip")
    answer = GZipMiddleware(
        lambda asked: views.in_part(asked, views.as_download(b"0" * 5000, "глас.wav", "audio/wav"))
    )(request)
    assert (answer.content, answer["Content-Range"]) == (b"0" * 1000, "bytes 0-999/5000")


@pytest.mark.parametrize("role", people.ALL_ROLES)
def test_owner_room_decides(role):
    kept = attach()
    wanted = 200 if role == "regional_coordinator" else 404
    assert people.client_for(role).get(f"/documents/{kept.token}/").status_code == wanted


def test_unknown_and_unowned_do_not_exist():
    kept = attach(owner="nobody.knows")
    browser = people.client_for("regional_coordinator")
    assert browser.get(f"/documents/{kept.token}/").status_code == 404
    assert Client().get("/documents/none/").status_code == 404


def test_refused_file_leaves_nothing(own_folder):
    with pytest.raises(ActionRefused, match="не се приема"):
        attach(name="x.exe")
    assert not Attachment.objects.exists()
    assert not list(own_folder.rglob("*.*"))


def test_half_an_upload_leaves_nothing(own_folder, monkeypatch):
    monkeypatch.setattr(Attachment.objects, "create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        attach()
    assert not [path for path in own_folder.rglob("*") if path.is_file()]


def test_sweep_takes_only_what_nobody_knows(time_machine):
    kept = attach()
    lost = store.keep(b"left by a killed worker")
    assert actions.sweep() == 0
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2))
    assert actions.sweep() == 1
    assert not store.place(lost).exists()
    assert store.place(kept.stored_as).exists()


def test_removed_file_is_gone(django_capture_on_commit_callbacks):
    kept = attach()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove(kept)
    assert not store.place(kept.stored_as).exists()
