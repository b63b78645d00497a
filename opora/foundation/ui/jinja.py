"""The Jinja2 environment of every page: strict, escaped, Bulgarian."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from opora.foundation.ui import (
    addresses,
    complaints,
    controls,
    filters,
    formats,
    icons,
    keeping,
    nav,
    panels,
    tables,
)


def environment(**options: Any) -> Environment:
    """Build the environment Django's Jinja2 backend asks for.

    An unknown name fails the page, everything is escaped, messages are the newstyle of Jinja's i18n
    extension: a literal percent sign in a msgid is written ``%%``.
    """
    options |= {"undefined": StrictUndefined}
    options.pop("autoescape", None)
    options |= {"trim_blocks": True, "lstrip_blocks": True}
    options["extensions"] = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    env = Environment(autoescape=True, **options)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(GLOBALS)
    env.filters.update(FILTERS)
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Address of a named view. NoReverseMatch when there is none."""
    if not args and not kwargs and (known := nav.address(name)):
        return known
    return reverse(name, args=args or None, kwargs=kwargs or None)


def csrf_field(request: HttpRequest) -> Markup:
    """Hidden field that every form sent by POST carries."""
    known: Markup | None = getattr(request, "_op_csrf_field", None)
    if known is None:
        # One masked token serves all forms of an answer; a page of fifty lines has as many of them.
        field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
        known = request._op_csrf_field = field.format(get_token(request))  # type: ignore[attr-defined]
    return known


def csrf_headers(request: HttpRequest) -> str:
    """Value of `hx-headers` for a form-less htmx POST."""
    return f'{{"X-CSRFToken": "{get_token(request)}"}}'


def csp_nonce(request: HttpRequest | None) -> str:
    """Nonce of this response's content security policy, empty outside the middleware."""
    return str(getattr(request, "csp_nonce", ""))


def flash(request: HttpRequest | None) -> list[Any]:
    """Results of the last action, to be shown once."""
    if request is None or not hasattr(request, "_messages"):
        return []
    return list(get_messages(request))


def demonstration() -> bool:
    """Whether this installation shows invented data."""
    return bool(getattr(settings, "DEMONSTRATION", False))


def institution() -> str:
    """Name of the institution that runs this installation, empty when it gave none."""
    return str(getattr(settings, "INSTITUTION_NAME", "") or "")


def signed_in(request: HttpRequest | None) -> bool:
    """Whether a person, not an anonymous actor, stands behind the request."""
    return bool(getattr(getattr(request, "actor", None), "user_id", None))


def idle_seconds() -> tuple[int, int]:
    """Seconds of rest until the time-out warning and until the session ends."""
    warning = int(getattr(settings, "IDLE_WARNING_MINUTES", 25))
    return warning * 60, int(getattr(settings, "IDLE_MINUTES", 30)) * 60


def languages() -> list[tuple[str, str]]:
    """Code and own name of the languages other than the current one."""
    current = translation.get_language() or settings.LANGUAGE_CODE
    return [(code, str(name)) for code, name in settings.LANGUAGES if code != current]


def language() -> str:
    """Code of the current language for `<html lang>`."""
    return translation.get_language() or "bg"


GLOBALS: dict[str, Any] = {
    "static": static,
    "url": url,
    "place": nav.place,
    "nav_items": nav.nav_items,
    "panel": panels.panel,
    "icon": icons.icon,
    "query": addresses.query,
    "without": addresses.without,
    "csrf_field": csrf_field,
    "csrf_headers": csrf_headers,
    "csp_nonce": csp_nonce,
    "flash": flash,
    "demonstration": demonstration,
    "institution": institution,
    "signed_in": signed_in,
    "idle_seconds": idle_seconds,
    "page_name": keeping.name_of,
    "language": language,
    "languages": languages,
    "control": controls.control,
    "choices_of": controls.choices_of,
    "anchor": controls.anchor,
    "errors_of": complaints.errors_of,
    "drawn_input": controls.drawn_input,
    "described": controls.described,
    "summary_of": complaints.summary_of,
    "page_window": controls.page_window,
    "chosen_filters": filters.chosen_filters,
    "col": tables.col,
    "sort_link": tables.sort_link,
    "shown": tables.shown,
    "drawn_row": tables.drawn_row,
    "drawn_cell": tables.drawn_cell,
    "HIDDEN": tables.HIDDEN,
}

FILTERS: dict[str, Any] = {
    "number": formats.number,
    "percent": formats.percent,
    "date": formats.date,
    "datetime": formats.datetime,
    "time": formats.time,
    "plural": formats.plural,
    "translit": formats.translit,
    "unquoted": formats.unquoted,
}
