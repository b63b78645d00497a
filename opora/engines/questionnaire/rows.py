"""Functions over the members of a repeat: counts, sums, extremes, joined texts."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .coerce import text
from .compare import KIND_WORDS, refuses
from .model import Code, Frame, Type
from .syntax import Call, Node
from .values import NAN, ZERO, Value, add, calculate, is_blank, to_number, to_string

if TYPE_CHECKING:
    from .expressions import Compiler

Build = Callable[["Compiler", Call], Code]


def values_of(
    compiler: "Compiler", nodes: tuple[Node, ...]
) -> tuple[list[Code], Callable[[Frame, Any, Any], list[Value]]]:
    """Codes of arguments and a closure giving all their values in one list."""
    codes = [compiler.code(one) for one in nodes]
    runs = [(code.run, code.many) for code in codes]

    def run(cur: Frame, ctx: Any, env: Any) -> list[Value]:
        found: list[Value] = []
        for one, many in runs:
            value = one(cur, ctx, env)
            found.extend(value) if many else found.append(value)
        return found

    return codes, run


def wanted_rows(compiler: "Compiler", node: Call, codes: list[Code]) -> bool:
    """True when the first argument is a node set; reported otherwise."""
    if not codes[0].many:
        compiler.report("rows-wanted", name=node.name)
    return codes[0].many


def count(compiler: "Compiler", node: Call) -> Code:
    """``count(rows)``."""
    codes, run = values_of(compiler, node.arguments)
    wanted_rows(compiler, node, codes)
    return Code(lambda cur, ctx, env: Decimal(len(run(cur, ctx, env))), Type.NUMBER)


def count_non_empty(compiler: "Compiler", node: Call) -> Code:
    """``count-non-empty(values)``."""
    codes, run = values_of(compiler, node.arguments)
    wanted_rows(compiler, node, codes)

    def counted(cur: Frame, ctx: Any, env: Any) -> Decimal:
        return Decimal(sum(1 for one in run(cur, ctx, env) if isinstance(one, Frame) or not is_blank(one)))

    return Code(counted, Type.NUMBER)


def numbers(compiler: "Compiler", node: Call) -> Callable[[Frame, Any, Any], list[Decimal]]:
    """The arguments' values as numbers; kinds that are no numbers are reported."""
    codes, run = values_of(compiler, node.arguments)
    for place, code in enumerate(codes, start=1):
        if refuses("n", code):
            bg, en = KIND_WORDS[Type.NUMBER]
            compiler.report("function-argument", name=node.name, number=place, wanted=bg, wanted_en=en)
    return lambda cur, ctx, env: [to_number(one) for one in run(cur, ctx, env)]


def sum_(compiler: "Compiler", node: Call) -> Code:
    """``sum(values)``: NaN when a member is blank, as in every engine."""
    run = numbers(compiler, node)
    return Code(lambda cur, ctx, env: total(run(cur, ctx, env)), Type.NUMBER)


def total(members: list[Decimal]) -> Decimal:
    """Sum of numbers."""
    found = ZERO
    for one in members:
        found = calculate(add, found, one)
    return found


def extreme(choose: Callable[[list[Decimal]], Decimal]) -> Build:
    """``min`` or ``max`` of a node set or of several values; of nothing, or with a blank member, NaN."""

    def build(compiler: "Compiler", node: Call) -> Code:
        run = numbers(compiler, node)

        def found(cur: Frame, ctx: Any, env: Any) -> Value:
            members = run(cur, ctx, env)
            broken = not members or any(one.is_nan() for one in members)
            return NAN if broken else choose(members)

        return Code(found, Type.NUMBER)

    return build


def join(compiler: "Compiler", node: Call) -> Code:
    """``join(separator, values)``."""

    separator = text(compiler.scalar(node.arguments[0]))
    _, run = values_of(compiler, node.arguments[1:])
    return Code(
        lambda cur, ctx, env: separator(cur, ctx, env).join(to_string(one) for one in run(cur, ctx, env)),
        Type.STRING,
    )
