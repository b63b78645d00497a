"""A mail server of our own: it takes letters on this machine and remembers by Message-ID what it took, and how often."""

from __future__ import annotations

import random
import re
import socketserver
import threading
import time
from collections import Counter
from typing import Any

PAUSE = 0.03
"""Seconds, at most, that it thinks before each of its answers, so that a kill finds the sender at every step."""
ANSWERS = {"EHLO": "250 sink", "HELO": "250 sink", "MAIL": "250 ok", "RCPT": "250 ok", "RSET": "250 ok"}


class Sink(socketserver.ThreadingTCPServer):
    """`taken` counts letters whose end arrived; `open` letters whose end did not are counted in `cut`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: Counter[str] = Counter()
        self.cut = 0
        self.chance = random.Random(seed)
        self.answers_to_end = "250 taken"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that was killed in the middle of a word is what this is for."""


class _Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            if verb == "DATA":
                if not self.take():
                    return None
            elif verb == "QUIT":
                return self.say("221 bye")
            else:
                self.say(ANSWERS.get(verb, "500 what"))
        return None

    def take(self) -> bool:
        """A letter counts when its final dot has come; the answer may come too late for the sender to hear it. False: the
        line is cut.
        """
        self.say("354 go on")
        name = ""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                self.server.cut += 1
                return False
            if found := re.match(rb"message-id:\s*<([^@>]+)@", line, re.IGNORECASE):
                name = found[1].decode()
        if self.server.answers_to_end.startswith("250"):
            self.server.taken[name] += 1
        if self.server.answers_to_end:
            self.say(self.server.answers_to_end)
        return bool(self.server.answers_to_end)

    def say(self, words: str) -> None:
        time.sleep(self.server.chance.uniform(0, PAUSE))
        self.wfile.write(f"{words}\r\n".encode())
