"""Question types of the subset and what is said of those outside it."""

import re
from dataclasses import dataclass

from .model import Type

VALUE_TYPES: dict[str, Type] = {
    "text": Type.STRING,
    "barcode": Type.STRING,
    "integer": Type.NUMBER,
    "decimal": Type.NUMBER,
    "range": Type.NUMBER,
    "select_one": Type.CHOICE,
    "select_multiple": Type.SELECTION,
    "date": Type.DATE,
    "dateTime": Type.MOMENT,
    "time": Type.TIME,
    "note": Type.STRING,
    "calculate": Type.ANY,
    "geopoint": Type.GEO,
    "image": Type.FILE,
    "file": Type.FILE,
    "audio": Type.FILE,
    "video": Type.FILE,
    "acknowledge": Type.CHOICE,
    "hidden": Type.STRING,
    "start": Type.MOMENT,
    "end": Type.MOMENT,
    "today": Type.DATE,
    "deviceid": Type.STRING,
    "username": Type.STRING,
    "phonenumber": Type.STRING,
    "email": Type.STRING,
    "audit": Type.FILE,
    "csv-external": Type.ANY,
    "xml-external": Type.ANY,
}
STRUCTURE = {"begin_group", "end_group", "begin_repeat", "end_repeat"}
ALIASES = {
    "int": "integer",
    "string": "text",
    "datetime": "dateTime",
    "photo": "image",
    "trigger": "acknowledge",
    "add_note_prompt": "note",
    "begin group": "begin_group",
    "end group": "end_group",
    "begin repeat": "begin_repeat",
    "end repeat": "end_repeat",
    "begin_loop": "begin_repeat",
    "location": "geopoint",
}
MULTIPLE = re.compile(
    r"(select[_ ]one|select[_ ]multiple|select1|rank)(_from_file|[_ ]from[_ ]file)?\b\s*(.*)\Z"
)
REFUSED: dict[str, tuple[str, str]] = {
    "rank": ("Задайте отделен въпрос за всяко място.", "Ask a question per place."),
    "geotrace": ("Използвайте geopoint.", "Use geopoint."),
    "geoshape": ("Използвайте geopoint.", "Use geopoint."),
    "xml-external": ("Използвайте csv-external.", "Use csv-external."),
    "or_other": (
        "Добавете отговор „друго“ и отделен въпрос с relevant.",
        "Add a choice 'other' and a question of its own with relevant.",
    ),
    "background-audio": (
        "Запис без знанието на отговарящия не се допуска.",
        "Recording unnoticed is not allowed.",
    ),
    "start-geopoint": ("Използвайте geopoint.", "Use geopoint."),
}
KNOWN = """
    multiline minimal likert label list-nolabel table-list field-list columns columns-pack columns-flex no-
    buttons
    numbers thousands-sep bearing vertical no-ticks picker rating new signature draw annotate month-year year
    no-calendar ethiopic autocomplete quick quickcompact map maps placement-map horizontal horizontal-compact
    image-map hidden-answer masked textarea url ex counter pages summary w1 w2 w3 w4 w5 w6 w7 w8 w9 w10
    compact
"""
APPEARANCES = frozenset(KNOWN.split())


@dataclass(frozen=True)
class Kind:
    """A type cell read: the type, its choice list or file, and the words after it."""

    type: str
    list_name: str = ""
    from_file: bool = False
    or_other: bool = False


def read_kind(text: str) -> Kind:
    """``select_one regions`` → type and list; aliases become the plain word; unknown words stay as
    they are.
    """
    cell = " ".join(text.split())
    found = MULTIPLE.match(cell)
    if not found:
        word = ALIASES.get(cell.lower(), cell)
        lower = ALIASES.get(word.lower(), word.lower())
        return Kind(lower if lower in VALUE_TYPES or lower in STRUCTURE else word)
    words = found[3].split()
    base = {"select1": "select_one"}.get(found[1], found[1].replace(" ", "_"))
    other = bool(words[1:]) and words[-1] in ("or_other", "other")
    return Kind(base, words[0] if words else "", bool(found[2]), other)
