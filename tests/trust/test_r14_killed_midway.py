"""R14: the server's worker is killed in the middle of a request, and in the middle of an upload."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import sqlite3
import time
import urllib.parse
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from tests import beginnings
from tests.trust.houses import House

pytestmark = pytest.mark.slow
EDGE = "opora-edge-4711"
BIG = 6 * 1024 * 1024
KILLS = 6


class Browser:
    """A person with cookies, over a bare connection that can be left in the middle of a sentence."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, given: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = urllib.parse.urlencode(given) if given is not None else None
        headers = self.headers() | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        connection.close()
        return answer.status, text

    def headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("GET", path)[1])
        assert found, path
        return found.group(1)

    def enter(self, key: str) -> None:
        status, _text = self.ask(
            "POST", "/accounts/enter-as/", {"csrfmiddlewaretoken": self.token("/"), "key": key}
        )
        assert status == 302

    def half_an_upload(self, path: str) -> http.client.HTTPConnection:
        """Begin to send a big file, and stop in the middle."""
        token = self.token(path)
        head = (
            f"--{EDGE}\r\nContent-Disposition: form-data; name=\"csrfmiddlewaretoken\"\r\n\r\n{token}\r\n"
            f"--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"r.xlsx\"\r\n"
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest("POST", path)
        for name, value in self.headers().items():
            connection.putheader(name, value)
        connection.putheader("Content-Type", f"multipart/form-data; boundary={EDGE}")
        connection.putheader("Content-Length", str(len(head) + BIG))
        connection.endheaders(head + b"PK\x03\x04" + b"x" * (BIG // 2))
        return connection


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    shutil.copytree(beginnings.demonstration(), tmp_path, dirs_exist_ok=True)
    (tmp_path / "tmp").mkdir()
    made = House(tmp_path, "demo", {"TMPDIR": str(tmp_path / "tmp")})
    made.serve(workers=2)
    yield made
    made.stop()


def test_half_an_upload_leaves_no_file_and_no_row(house: House) -> None:
    browser = Browser(house.port)
    browser.enter("coordinator-lovech")
    before, kept = left(house), rows(house, "register_registerimport")
    for _ in range(KILLS):
        connection = browser.half_an_upload("/register/import/")
        time.sleep(0.4)
        for worker in house.children():
            os.kill(worker, signal.SIGKILL)
        connection.close()
        wait(house)
    assert left(house) == before
    assert rows(house, "register_registerimport") == kept
    assert browser.ask("GET", "/register/import/")[0] == 200


def test_others_are_served_while_one_worker_dies(house: House) -> None:
    """Killed in the middle of sending its card: the card is sent once or not at all, and can be sent again."""
    browser = Browser(house.port)
    browser.enter("head-troyan")
    waiting = browser.half_an_upload("/survey/")
    first, *_others = house.children()
    os.kill(first, signal.SIGKILL)
    assert house.answers()
    waiting.close()
    wait(house)
    code = urllib.parse.quote(
        value(
            house,
            "select c.code from survey_card c join register_service s on s.id = c.service_id where s.code = 'LOV-17'",
        )
    )
    answers_before = rows(house, "survey_answer")
    for number in range(KILLS):
        token = browser.token(f"/survey/cards/{code}/check/")
        connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=60)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, "key": f"k{number}"})
        headers = browser.headers() | {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/survey/cards/{code}/check/", body, headers)
        time.sleep(0.005 * number)
        for worker in house.children():
            os.kill(worker, signal.SIGKILL)
        connection.close()
        wait(house)
    assert rows(house, "survey_answer") == answers_before
    assert value(house, "pragma integrity_check") == "ok"
    assert house.opora("audit", "verify").returncode == 0


def wait(house: House) -> None:
    """Until new workers answer."""
    end = time.monotonic() + 60
    while not (house.children() and house.answers()):
        assert time.monotonic() < end
        time.sleep(0.1)


def left(house: House) -> set[str]:
    """Files of the installation but for the database and its journals, the log and what gunicorn itself holds."""
    found = (p for p in house.folder.rglob("*") if p.is_file() and "sqlite3" not in p.name)
    return {
        str(p.relative_to(house.folder))
        for p in found
        if p.name != "log" and not p.name.startswith("wgunicorn-")
    }


def rows(house: House, table: str) -> int:
    return int(value(house, f"select count(*) from {table}"))


def value(house: House, question: str) -> str:
    with sqlite3.connect(f"file:{house.folder / 'data' / 'opora.sqlite3'}?mode=ro", uri=True) as connection:
        return str(connection.execute(question).fetchone()[0])
