"""Operators: which kinds may meet, and what comes of it."""

import operator as op
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .coerce import number
from .model import Code, Run, Type
from .values import (
    Value,
    add,
    calculate,
    is_blank,
    modulo,
    parse_date,
    parse_moment,
    parse_number,
    parse_time,
    snap,
    subtract,
    to_boolean,
    to_date,
    to_number,
    to_string,
)

if TYPE_CHECKING:
    from .expressions import Compiler

DATES = frozenset({Type.DATE, Type.MOMENT})
ORDER: dict[str, Callable[[Any, Any], Any]] = {"<": op.lt, "<=": op.le, ">": op.gt, ">=": op.ge}
ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": add, "-": subtract, "*": op.mul, "div": op.truediv, "mod": modulo,
}  # fmt: skip
KIND_WORDS: dict[Type, tuple[str, str]] = {
    Type.ANY: ("стойност", "a value"),
    Type.NUMBER: ("число", "a number"),
    Type.STRING: ("текст", "text"),
    Type.BOOLEAN: ("да/не", "true/false"),
    Type.DATE: ("дата", "a date"),
    Type.MOMENT: ("дата и час", "a date-time"),
    Type.TIME: ("час", "a time of day"),
    Type.DAYS: ("брой дни", "a day count"),
    Type.CHOICE: ("избран отговор", "a choice"),
    Type.SELECTION: ("няколко избрани отговора", "several choices"),
    Type.GEO: ("място на картата", "a location"),
    Type.FILE: ("файл", "a file"),
    Type.ROWS: ("повторение", "a repeat"),
}
NUMERIC = frozenset({Type.NUMBER, Type.DAYS, Type.CHOICE, Type.STRING, Type.ANY, Type.BOOLEAN})


def refuses(letter: str, code: Code) -> tuple[str, str] | None:
    """What a function wants instead, when an argument's kind cannot serve; None when it can."""
    kind = code.type
    if letter == "n" and (kind not in NUMERIC or foreign_text(code)):
        return KIND_WORDS[Type.NUMBER]
    if letter == "d" and not (kind in DATES or kind in (Type.STRING, Type.ANY, Type.DAYS)):
        return KIND_WORDS[Type.DATE]
    if letter == "t" and kind not in (Type.TIME, Type.MOMENT, Type.STRING, Type.ANY):
        return KIND_WORDS[Type.TIME]
    return None


def foreign_text(code: Code) -> bool:
    """True for a literal text that spells no number."""
    return isinstance(code.constant, str) and bool(code.constant) and parse_number(code.constant).is_nan()


def negative(compiler: "Compiler", code: Code) -> Code:
    """Unary minus."""
    check_operand(compiler, "-", code)
    run = code.run
    return Code(lambda cur, ctx, env: -to_number(run(cur, ctx, env)), Type.NUMBER)


def binary(compiler: "Compiler", operator: str, left: Code, right: Code) -> Code:
    """Arithmetic or a comparison of two values."""
    if operator in ARITHMETIC:
        return arithmetic(compiler, operator, left, right)
    return comparison(compiler, operator, left, right)


def logic(operator: str, first: Run, second: Run) -> Run:
    """``and``, ``or``: the right side is looked at only when it matters."""

    if operator == "and":
        return lambda cur, ctx, env: first(cur, ctx, env) and second(cur, ctx, env)
    return lambda cur, ctx, env: first(cur, ctx, env) or second(cur, ctx, env)


def arithmetic(compiler: "Compiler", operator: str, left: Code, right: Code) -> Code:
    """Arithmetic in decimals. A date minus a date is days; a date plus days is a day count."""
    for code in (left, right):
        check_operand(compiler, operator, code)

    step, first, second = ARITHMETIC[operator], number(left), number(right)
    dated = {left.type, right.type} & (DATES | {Type.DAYS})
    both = all(code.type in DATES | {Type.DAYS} for code in (left, right))
    kind = Type.DAYS if dated and not both else Type.NUMBER

    def run(cur: Any, ctx: Any, env: Any) -> Decimal:
        return calculate(step, first(cur, ctx, env), second(cur, ctx, env))

    return Code(run, kind)


def check_operand(compiler: "Compiler", operator: str, code: Code) -> None:
    """Report a value that has no place in arithmetic."""
    if foreign_text(code):
        compiler.report("number-text", text=code.constant)
    elif not (code.type in NUMERIC or (code.type in DATES and operator in "+-")):
        bg, en = KIND_WORDS[code.type]
        compiler.report("arithmetic", operator=operator, kind=bg, kind_en=en)


def comparison(compiler: "Compiler", operator: str, left: Code, right: Code) -> Code:
    """``= != < <= > >=`` by the kinds of both sides."""
    kinds = {left.type, right.type}
    if kinds & DATES:
        return dated(compiler, operator, left, right)
    if Type.TIME in kinds:
        return timed(compiler, operator, left, right)
    if operator in ORDER:
        return ordered(compiler, operator, left, right)
    if Type.SELECTION in kinds and Type.ANY not in kinds:
        compiler.report("select-equals", name="${…}")
    return Code(equality(operator, left.run, right.run), Type.BOOLEAN)


def mismatch(compiler: "Compiler", left: Code, right: Code) -> None:
    """Report two kinds that cannot be compared."""
    (bg, en), (other_bg, other_en) = KIND_WORDS[left.type], KIND_WORDS[right.type]
    compiler.report("compare", left=bg, right=other_bg, left_en=en, right_en=other_en)


def dated(compiler: "Compiler", operator: str, left: Code, right: Code) -> Code:
    """Dates by calendar date, date-times by the moment, a date and a day count by days."""
    kinds = {left.type, right.type}
    if not all(dateable(code) for code in (left, right)):
        mismatch(compiler, left, right)
    if Type.DAYS in kinds:
        return Code(compared(operator, left.run, right.run, day_number), Type.BOOLEAN)
    moments = kinds == {Type.MOMENT} or (Type.MOMENT in kinds and moment_literal(left, right))
    return Code(compared(operator, left.run, right.run, moment_key if moments else to_date), Type.BOOLEAN)


def dateable(code: Code) -> bool:
    """True when a side can be a date: a date, a day count, blank, or a literal ISO date."""
    if isinstance(code.constant, str) and code.constant:
        return parse_date(code.constant) is not None
    return code.type in DATES | {Type.ANY, Type.DAYS}


def moment_literal(left: Code, right: Code) -> bool:
    """True when the other side of a date-time is a literal with a clock time."""
    return any(isinstance(code.constant, str) and "T" in code.constant for code in (left, right))


def moment_key(value: Value) -> Any:
    """A date-time for comparison; clock time as written when there is no zone."""
    moment = value if isinstance(value, datetime) else parse_moment(to_string(value))
    if moment is None:
        return None
    try:
        return moment.replace(tzinfo=None) - (moment.utcoffset() or timedelta())
    except OverflowError:
        return moment.replace(tzinfo=None)


def day_number(value: Value) -> Decimal | None:
    """Days since 1970-01-01 of a date, or the count itself; None for blank."""
    found = to_number(to_date(value) if isinstance(value, str) and parse_date(value) else value)
    return None if found.is_nan() else found


def timed(compiler: "Compiler", operator: str, left: Code, right: Code) -> Code:
    """Times of day."""
    for code in (left, right):
        literal = isinstance(code.constant, str) and (
            not code.constant or parse_time(code.constant) is not None
        )
        if not literal and code.type not in (Type.TIME, Type.ANY):
            mismatch(compiler, left, right)
    return Code(compared(operator, left.run, right.run, clock_key), Type.BOOLEAN)


def clock_key(value: Value) -> time | None:
    """A time for comparison, without its zone."""
    found = value if isinstance(value, time) else parse_time(to_string(value))
    return found.replace(tzinfo=None) if found else None


def compared(operator: str, left: Run, right: Run, key: Callable[[Value], Any]) -> Run:
    """Comparison after turning both sides by ``key``; nothing is before or after a blank."""
    order = ORDER.get(operator)

    def run(cur: Any, ctx: Any, env: Any) -> bool:
        first, second = key(left(cur, ctx, env)), key(right(cur, ctx, env))
        if order is None:
            return bool(first == second) == (operator == "=")
        return first is not None and second is not None and bool(order(first, second))

    return run


def ordered(compiler: "Compiler", operator: str, left: Code, right: Code) -> Code:
    """``<`` and its kin on numbers."""
    if any(code.type not in NUMERIC or foreign_text(code) for code in (left, right)):
        mismatch(compiler, left, right)

    order, first, second = ORDER[operator], number(left), number(right)

    def run(cur: Any, ctx: Any, env: Any) -> bool:
        one, two = first(cur, ctx, env), second(cur, ctx, env)
        return not one.is_nan() and not two.is_nan() and order(snap(one), snap(two))

    return Code(run, Type.BOOLEAN)


def equality(operator: str, left: Run, right: Run) -> Run:
    """``=`` and ``!=``."""
    if operator == "=":
        return lambda cur, ctx, env: same(left(cur, ctx, env), right(cur, ctx, env))
    return lambda cur, ctx, env: not same(left(cur, ctx, env), right(cur, ctx, env))


def same(left: Value, right: Value) -> bool:
    """Equality: numbers as numbers when one side is a number, truth as truth, else texts."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return same_truth(left, right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return snap(to_number(left)) == snap(to_number(right))
    if isinstance(left, date) or isinstance(right, date):
        return not is_blank(left) and not is_blank(right) and to_date(left) == to_date(right)
    return to_string(left) == to_string(right)


def same_truth(left: Value, right: Value) -> bool:
    """A truth value against a text is compared with ``true``/``false``, against anything else by its
    truth.
    """
    for one, other in ((left, right), (right, left)):
        if isinstance(other, str):
            return (to_string(one) == other) or (other in ("1", "0") and to_boolean(one) == (other == "1"))
    return to_boolean(left) == to_boolean(right)
