"""A small set of line icons, drawn for Opora on a 24 × 24 grid. An icon never stands without words."""

from __future__ import annotations

from markupsafe import Markup

# Stroke paths; one hand: 1.75 units wide, round ends.
_PATHS = {
    "arrow-left": "M19 12H5m6-6-6 6 6 6",
    "arrow-right": "M5 12h14m-6-6 6 6-6 6",
    "arrow-up": "M12 19V5m-6 6 6-6 6 6",
    "arrow-down": "M12 5v14m-6-6 6 6 6-6",
    "chevron-right": "m9 5 7 7-7 7",
    "check": "m5 12.5 4.5 4.5L19 7.5",
    "close": "M6 6l12 12M18 6 6 18",
    "plus": "M12 5v14M5 12h14",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L20 20",
    "filter": "M4 6h16M7 12h10m-7 6h4",
    "sort": "M8 10l4-5 4 5M8 14l4 5 4-5",
    "person": "M12 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5ZM4.5 20c.6-3.7 3.6-6 7.5-6s6.9 2.3 7.5 6",
    "people": "M9 11a3.25 3.25 0 1 0 0-6.5A3.25 3.25 0 0 0 9 11Zm-6.5 8c.5-3.2 3-5 6.5-5s6 1.8 6.5 5"
    "M16 4.8a3.25 3.25 0 0 1 0 6M18 14.3c1.9.7 3.1 2.3 3.5 4.7",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "calendar": "M4.5 6.5h15V20h-15zM4.5 10.5h15M8.5 4v4m7-4v4",
    "clock": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2.5",
    "document": "M6 3.5h8l4 4v13H6zM14 3.5v4h4M9 12h6m-6 4h6",
    "download": "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14",
    "upload": "M12 15.5V4.5M7.5 9 12 4.5 16.5 9M5 19.5h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "mail": "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5",
    "phone": "M6 4h3l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2L20 15v3"
    "c0 1.2-.8 2-2 2C10.5 20 4 13.5 4 6c0-1.2.8-2 2-2Z",
    "pin": "M12 21s6.5-5.8 6.5-11A6.5 6.5 0 0 0 5.5 10c0 5.2 6.5 11 6.5 11Z"
    "m0-8.75a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5Z",
    "table": "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
    "chart": "M4.5 20h15M7 20v-7m5 7V5m5 15v-10",
    "home": "m4 11 8-7 8 7v9h-5.5v-6h-5v6H4z",
    "info": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.5M12 7.5v.5",
    "warning": "M12 4 2.8 20h18.4zM12 10v5m0 2.3v.4",
    "edit": "m5 19 .8-4L16 4.8 19.2 8 9 18.2zM13.5 7.3l3.2 3.2",
    "comment": "M4 5h16v11H11l-4.5 4v-4H4z",
    "exit": "M10 4H5v16h5M10 12h10m-4-4 4 4-4 4",
    "globe": "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.5 12h17M12 3.5c5 5 5 12 0 17c-5-5-5-12 0-17Z",
    "flag": "M6 21V4m0 1h11l-2.5 4L17 13H6",
    "link": "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1"
    "M14 10a4 4 0 0 0-6-.4l-3 3A4 4 0 0 0 10.7 18.3l1-1",
}

NAMES = tuple(sorted(_PATHS))


def icon(name: str) -> Markup:
    """Inline picture of one icon, hidden from screen readers. KeyError for an unknown name."""
    return Markup(
        '<svg class="op-icon" viewBox="0 0 24 24" width="20" height="20" fill="none"'
        ' stroke="currentColor" stroke-width="1.75" stroke-linecap="round"'
        ' stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
    ).format(_PATHS[name])
