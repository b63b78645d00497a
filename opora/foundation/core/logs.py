"""What Opora writes into its log: JSON lines with the number of the request, and nothing about people.

Addresses of mail, numbers as long as an identity number or a telephone and what stands after a question mark are
blotted out. Of an error only its kind and the lines of code remain: its message may quote what somebody typed.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Event = MutableMapping[str, Any]
BLOT = "…"
SHALLOW = 12
"""Frames of an error that are kept, the innermost ones."""
_personal = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # mail
    r"|(?<![\w-])\+?\d(?:[ /()-]?\d){5,}(?![\w-])"  # six digits and more: identity numbers, telephones
    r"|(?<=\?)[^\s\"']+"  # what was asked in an address
    r"|„[^“]*“|(?<!\w)'[^']*'|\"[^\"]*\""  # what is quoted
)
_log = logging.getLogger("opora.requests")


def without_people(text: str) -> str:
    """The text with everything blotted out that may be about a person."""
    return _personal.sub(BLOT, text)


def configuration(*, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING: JSON lines for machines, or plain ones for a person at the terminal."""
    form: dict[str, Any] = {"()": "opora.foundation.core.logs.formatter", "as_json": as_json}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": form},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"opora.requests": {"level": "INFO" if as_json else "WARNING"}},
    }


def formatter(*, as_json: bool) -> logging.Formatter:
    """The form of one line. Both forms are blotted."""
    last: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if as_json else _plain
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=["route", "method", "status", "ms"]),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _error, _blotted, last],
    )


def _error(_logger: Any, _name: str, event: Event) -> Event:
    """The kind of an error and its lines, never its words."""
    given = event.pop("exc_info", None)
    if isinstance(given, tuple) and given[1] is not None:
        frames = traceback.extract_tb(given[2])[-SHALLOW:]
        event["error"] = type(given[1]).__qualname__
        event["at"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    event.pop("stack_info", None)
    return event


def _blotted(_logger: Any, _name: str, event: Event) -> Event:
    for key, value in event.items():
        if isinstance(value, str) and key not in ("timestamp", "request_id"):
            event[key] = without_people(value)
    return event


def _plain(_logger: Any, _name: str, event: Event) -> str:
    text = f"{str(event.pop('level', '')).upper()} {event.pop('logger', '')} {event.pop('event', '')}"
    rest = {key: value for key, value in event.items() if key != "timestamp"}
    return text + "".join(f" {key}={value}" for key, value in rest.items())


class RequestLogMiddleware:
    """One line a request: which address by its name, how it ended, how long it took. Stands after the middleware
    that numbers requests.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request_id=getattr(request, "request_id", "")):
            answer = self.get_response(request)
            route = request.resolver_match.view_name if request.resolver_match else ""
            facts = {
                "route": route,
                "method": request.method,
                "status": answer.status_code,
                "ms": round((time.monotonic() - began) * 1000),
            }
            _log.info("request", extra=facts)
        return answer
