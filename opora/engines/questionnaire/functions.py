"""The plain functions of the table: values in, value out. Those that need the form itself are in ``special``.

A signature is a letter per argument: ``n`` number, ``s`` text, ``b`` truth, ``d`` date or date-time, ``t``
time of day, ``v`` any value; ``?`` makes what follows optional and ``*`` repeats the last. Reference:
https://docs.getodk.org/form-operators-functions/.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from .model import Type
from .values import (
    BLANK,
    NAN,
    Value,
    calculate,
    cut,
    day_fraction,
    days,
    is_blank,
    parse_time,
    round_half_up,
    to_date,
    to_moment,
    to_number,
    to_string,
)

MONTH_WORDS = {
    "bg": "яну фев март апр май юни юли авг сеп окт ное дек",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
DAY_WORDS = {"bg": "пн вт ср чт пт сб нд", "en": "Mon Tue Wed Thu Fri Sat Sun"}
MONTHS = {language: words.split() for language, words in MONTH_WORDS.items()}
DAYS = {language: words.split() for language, words in DAY_WORDS.items()}
DATE_SIGNS = "YymnbdeaHhMS3"
LONGEST_SUBJECT = 10_000


@dataclass(frozen=True)
class Function:
    """A function of the table: its signature, the type it gives and what it does."""

    signature: str
    type: Type
    run: Callable[..., Value]
    localised: bool = False

    @property
    def least(self) -> int:
        """Fewest arguments."""
        return len(self.signature.split("?")[0].replace("*", ""))

    @property
    def most(self) -> int | None:
        """Most arguments, None when there is no end."""
        return None if "*" in self.signature else len(self.signature.replace("?", ""))

    def letter(self, index: int) -> str:
        """Kind of the argument at an index."""
        letters = self.signature.replace("?", "").replace("*", "")
        return letters[min(index, len(letters) - 1)]


def substr(text: str, start: Decimal, end: Decimal | None = None) -> str:
    """Part of a text from ``start`` (0 is the first sign) to before ``end``; negative places count from the
    end.
    """
    return text[whole(start) : None if end is None else whole(end)]


def whole(value: Decimal) -> int:
    """A number as a place in a text; NaN is 0."""
    return int(max(min(cut(value), Decimal(10**6)), Decimal(-(10**6)))) if value.is_finite() else 0


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str]:
    """The compiled pattern. Raises ``re.error`` when it is broken."""
    return re.compile(text)


def regex(text: str, expression: str) -> bool:
    """True when the whole text matches."""
    try:
        return len(text) <= LONGEST_SUBJECT and pattern(expression).fullmatch(text) is not None
    except re.error:
        return False


def before(text: str, mark: str) -> str:
    """What stands before the first ``mark``; blank when there is none."""
    return text.partition(mark)[0] if mark and mark in text else BLANK


def after(text: str, mark: str) -> str:
    """What stands after the first ``mark``; blank when there is none."""
    return text.partition(mark)[2] if mark in text else BLANK


def translate(text: str, old: str, new: str) -> str:
    """Each sign of ``old`` becomes the one at its place in ``new``, or goes when there is none."""
    table: dict[str, str] = {}
    for place, sign in enumerate(old):
        table.setdefault(sign, new[place] if place < len(new) else "")
    return "".join(table.get(sign, sign) for sign in text)


def normalize_space(text: str) -> str:
    """Text without spaces at its ends and with single ones inside."""
    return " ".join(text.split())


def concat(*values: Value) -> str:
    """All texts in one; the members of a repeat one after another."""
    return "".join(concat(*one) if isinstance(one, list) else to_string(one) for one in values)


def names_of(value: Value) -> tuple[str, ...]:
    """Names chosen, whether the value is a selection or a text of names with spaces."""
    return value if isinstance(value, tuple) else tuple(to_string(value).split())


def selected(value: Value, name: str) -> bool:
    """True when the name is among the choices taken."""
    return name.strip() in names_of(value)


def selected_at(value: Value, place: Decimal) -> str:
    """The choice at a place from 0, blank beyond the end."""
    names = names_of(value)
    return names[int(place)] if place.is_finite() and 0 <= place < len(names) else BLANK


def to_day(value: Value) -> Value:
    """``date()``: a date of days since 1970-01-01, of ISO text or of a date-time; of blank blank."""
    return BLANK if is_blank(value) else (to_date(value) or BLANK)


def decimal_date_time(value: Value) -> Value:
    """Days since 1970-01-01 with the fraction of the day; of blank blank."""
    if is_blank(value):
        return BLANK
    moment = to_moment(value)
    return NAN if moment is None else days(moment)


def decimal_time(value: Value) -> Value:
    """Fraction of the day of a time; of blank blank."""
    if is_blank(value):
        return BLANK
    moment = value if isinstance(value, datetime | time) else parse_time(to_string(value))
    return NAN if moment is None else day_fraction(moment)


def format_date(value: Value, form: str, language: str) -> str:
    """A date written by ``form``: ``%Y %y %m %n %b %d %e %a`` and clock signs; of blank blank."""
    moment = to_moment(value)
    return (
        BLANK if moment is None else re.sub(r"%(.)", lambda sign: date_sign(moment, sign[1], language), form)
    )


def date_sign(moment: datetime, sign: str, language: str) -> str:
    """What one sign after ``%`` stands for; unknown signs stay as they are."""
    if sign == "b":
        return MONTHS.get(language, MONTHS["en"])[moment.month - 1]
    if sign == "a":
        return DAYS.get(language, DAYS["en"])[moment.weekday()]
    return number_sign(moment).get(sign, "%" + sign)


def number_sign(moment: datetime) -> dict[str, str]:
    """The signs that are digits."""
    return {
        "Y": f"{moment.year:04d}",
        "y": f"{moment.year % 100:02d}",
        "m": f"{moment.month:02d}",
        "n": str(moment.month),
        "d": f"{moment.day:02d}",
        "e": str(moment.day),
        "H": f"{moment.hour:02d}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02d}",
        "S": f"{moment.second:02d}",
        "3": f"{moment.microsecond // 1000:03d}",
    }


def bad_date_sign(form: str) -> str | None:
    """The first sign of a date format that is not in the table."""
    return next((sign for sign in re.findall(r"%(.?)", form) if sign not in DATE_SIGNS or not sign), None)


def plain_number(value: Value) -> Decimal:
    """``number()``: of a date its days since 1970-01-01; of blank or foreign text NaN."""
    return to_number(value)


def power(base: Decimal, exponent: Decimal) -> Decimal:
    """``pow()``; what cannot be computed is NaN."""
    return calculate(lambda a, b: a**b, base, exponent)


def boolean_from_string(text: str) -> bool:
    """True for ``true`` and ``1`` alone."""
    return text in ("true", "1")


def is_day(value: Value) -> bool:
    """True for a date or date-time."""
    return isinstance(value, date)


FUNCTIONS: dict[str, Function] = {
    "format-date": Function("ds", Type.STRING, format_date, localised=True),
    "format-date-time": Function("ds", Type.STRING, format_date, localised=True),
    "date": Function("v", Type.DATE, to_day),
    "date-time": Function(
        "v", Type.MOMENT, lambda value: BLANK if is_blank(value) else to_moment(value) or BLANK
    ),
    "decimal-date-time": Function("d", Type.DAYS, decimal_date_time),
    "decimal-time": Function("t", Type.NUMBER, decimal_time),
    "selected": Function("vs", Type.BOOLEAN, selected),
    "selected-at": Function("vn", Type.CHOICE, selected_at),
    "count-selected": Function("v", Type.NUMBER, lambda value: Decimal(len(names_of(value)))),
    "concat": Function("s*", Type.STRING, concat),
    "substr": Function("sn?n", Type.STRING, substr),
    "string-length": Function("s", Type.NUMBER, lambda text: Decimal(len(text))),
    "regex": Function("ss", Type.BOOLEAN, regex),
    "contains": Function("ss", Type.BOOLEAN, lambda text, part: part in text),
    "starts-with": Function("ss", Type.BOOLEAN, str.startswith),
    "ends-with": Function("ss", Type.BOOLEAN, str.endswith),
    "substring-before": Function("ss", Type.STRING, before),
    "substring-after": Function("ss", Type.STRING, after),
    "translate": Function("sss", Type.STRING, translate),
    "normalize-space": Function("s", Type.STRING, normalize_space),
    "string": Function("s", Type.STRING, lambda text: text),
    "int": Function("n", Type.NUMBER, cut),
    "round": Function("n?n", Type.NUMBER, round_half_up),
    "pow": Function("nn", Type.NUMBER, power),
    "abs": Function("n", Type.NUMBER, abs),
    "number": Function("v", Type.NUMBER, plain_number),
    "not": Function("b", Type.BOOLEAN, lambda value: not value),
    "boolean": Function("b", Type.BOOLEAN, lambda value: value),
    "boolean-from-string": Function("s", Type.BOOLEAN, boolean_from_string),
    "true": Function("", Type.BOOLEAN, lambda: True),
    "false": Function("", Type.BOOLEAN, lambda: False),
}

TRIGONOMETRY = "sin cos tan asin acos atan atan2 sqrt exp exp10 log log10 pi"
NOT_REPRODUCIBLE = (
    "Картата трябва да дава един и същ резултат при всяка проверка.",
    "A card must give the same result at each check.",
)
ANGLES = ("Пресметнете стойността извън картата.", "Compute the value outside the card.")
REFUSED: dict[str, tuple[str, str]] = {
    "pulldata": (
        "Използвайте instance('списък')/root/item[name = …]/колона.",
        "Use instance('list')/root/item[name = …]/column.",
    ),
    "random": NOT_REPRODUCIBLE,
    "randomize": NOT_REPRODUCIBLE,
    "uuid": (
        "Всяка карта има номер от системата; не е нужен въпрос за това.",
        "Each card has an id of the system; no question is needed for it.",
    ),
    "digest": (
        "Обикновен отпечатък не защитава ЕГН; въпросът за ЕГН се пази шифриран.",
        "A plain hash of a personal number is no protection; such a question is stored encrypted.",
    ),
    "area": ("Въведете площта като число.", "Ask for the area as a number."),
    "distance": ("Въведете разстоянието като число.", "Ask for the distance as a number."),
    "checklist": ("Използвайте count-selected() или сбор от if().", "Use count-selected() or a sum of if()."),
    "weighted-checklist": ("Използвайте сбор от if(…, тежест, 0).", "Use a sum of if(…, weight, 0)."),
    "rank-value": ("Задайте отделен въпрос за всяко място.", "Ask a question per place."),
    "union": ("Съберете отделните суми.", "Add separate sums."),
    **dict.fromkeys(TRIGONOMETRY.split(), ANGLES),
}
