"""Functions that need the form itself: conditions, rows, choice lists, the own question."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .coerce import number, text
from .functions import names_of
from .model import ChoiceList, Code, Frame, Question, Repeat, Run, Spot, Type
from .paths import Place, climb
from .rows import Build, count, count_non_empty, extreme, join, sum_
from .syntax import Call, Path, Reference, String
from .values import BLANK, NAN, Value, is_blank

if TYPE_CHECKING:
    from .expressions import Compiler

BLANK_CODE = Code(lambda cur, ctx, env: BLANK, Type.ANY, constant=BLANK)


def common(codes: list[Code]) -> Type:
    """The kind several results share; blank fits any."""
    kinds = {code.type for code in codes} - {Type.ANY}
    return kinds.pop() if len(kinds) == 1 else Type.ANY


def if_(compiler: "Compiler", node: Call) -> Code:
    """``if(condition, then, else)``."""

    test = compiler.truth(node.arguments[0])
    codes = [compiler.scalar(one) for one in node.arguments[1:]]
    yes, no = codes[0].run, codes[1].run
    return Code(lambda cur, ctx, env: (yes if test(cur, ctx, env) else no)(cur, ctx, env), common(codes))


def coalesce(compiler: "Compiler", node: Call) -> Code:
    """``coalesce(a, b)``: the first that is not blank."""
    codes = [compiler.scalar(one) for one in node.arguments]
    runs = [code.run for code in codes]

    def run(cur: Frame, ctx: Any, env: Any) -> Value:
        return next((value for one in runs if not is_blank(value := one(cur, ctx, env))), BLANK)

    return Code(run, common(codes))


def once(compiler: "Compiler", node: Call) -> Code:
    """``once(x)``: the question's own value if it has one, else x."""
    slot = compiler.scope.item.slot
    code = compiler.scalar(node.arguments[0])
    if compiler.scope.column != "calculation":
        compiler.report("once")
    run = code.run
    return Code(
        lambda cur, ctx, env: cur.given[slot] if cur.given[slot] != BLANK else run(cur, ctx, env), code.type
    )


def today(compiler: "Compiler", node: Call) -> Code:
    """The date of the check."""
    return Code(lambda cur, ctx, env: env.today, Type.DATE)


def now(compiler: "Compiler", node: Call) -> Code:
    """The moment of the check."""
    return Code(lambda cur, ctx, env: env.now, Type.MOMENT)


def position(compiler: "Compiler", node: Call) -> Code:
    """``position(..)``: number of the row from 1; ``position()`` inside ``[ ]``: number of the row
    looked at.
    """
    if not node.arguments:
        if compiler.scope.focus is None:
            compiler.report("position")
        return Code(lambda cur, ctx, env: Decimal(ctx.position) if ctx else NAN, Type.NUMBER)
    argument = node.arguments[0]
    place = compiler.place(argument) if isinstance(argument, Path) else None
    if place is None or place.downs or not isinstance(place.item, Repeat):
        compiler.report("position")
        return BLANK_CODE
    base = climb(place)
    return Code(lambda cur, ctx, env: Decimal(base(cur, ctx).index + 1), Type.NUMBER)


def indexed_repeat(compiler: "Compiler", node: Call) -> Code:
    """``indexed-repeat(question, repeat, i, …)``: the question's value in row i (from 1) of each repeat."""

    names = [one for one in (node.arguments[0], *node.arguments[1::2]) if isinstance(one, Reference)]
    places = [compiler.referred(one.name) for one in names]
    question = places[0].item if places and places[0] else None
    repeats = [place.item for place in places[1:] if place and isinstance(place.item, Repeat)]
    if not isinstance(question, Question) or len(repeats) * 2 + 1 != len(node.arguments):
        compiler.report("rows-wanted", name="indexed-repeat")
        return BLANK_CODE
    slots = [kind.repeat.slot for kind in question.kind.chain() if kind.repeat in repeats and kind.repeat]
    places_of = [number(compiler.scalar(one)) for one in node.arguments[2::2]]
    top = Place(question, climb=len(compiler.scope.item.kind.chain()) - len(repeats[0].kind.chain()))
    run = row_value(question.slot, top, list(zip(slots, places_of, strict=False)))
    return Code(run, compiler.scope.names.type_of(question))


def row_value(slot: int, top: Place, steps: list[tuple[int, Run]]) -> Run:
    """Closure walking down numbered rows to one value; blank where there is no such row."""
    base = climb(top)

    def run(cur: Frame, ctx: Any, env: Any) -> Value:
        frame = base(cur, ctx)
        for repeat, place in steps:
            rows, index = frame.rows.get(repeat, []), place(cur, ctx, env)
            if not index.is_finite() or not 1 <= index <= len(rows):
                return BLANK
            frame = rows[int(index) - 1]
        return frame.values[slot]

    return run


def choice_name(compiler: "Compiler", node: Call) -> Code:
    """``jr:choice-name(name, '${question}')``: the label of a choice in the form's language."""

    quoted = node.arguments[1]
    name = (
        quoted.text.strip().removeprefix("${").removesuffix("}").strip() if isinstance(quoted, String) else ""
    )
    place = compiler.referred(name) if name else None
    question = place.item if place else None
    if not isinstance(question, Question) or question.choices is None:
        compiler.report("rows-wanted", name="jr:choice-name")
        return BLANK_CODE
    lines, run = question.choices, text(compiler.scalar(node.arguments[0]))

    def label(cur: Frame, ctx: Any, env: Any) -> str:
        found = (lines.names.get(one) for one in names_of(run(cur, ctx, env)))
        return ", ".join(one.label(env.language) for one in found if one)

    return Code(label, Type.STRING)


def instance(compiler: "Compiler", node: Path) -> Code:
    """``instance('list')/root/item[condition]/column``."""
    assert isinstance(node.start, Call)
    argument = node.start.arguments[0] if len(node.start.arguments) == 1 else None
    lines = compiler.scope.names.lists.get(argument.text) if isinstance(argument, String) else None
    if lines is None:
        compiler.report("list-unknown", name=getattr(argument, "text", "…"))
        return BLANK_CODE
    if [one.name for one in node.steps[:2]] != ["root", "item"] or len(node.steps) not in (2, 3):
        compiler.report("path", path="instance('…')/root/item[…]/…")
        return BLANK_CODE
    return lines_code(compiler, node, lines)


def lines_code(compiler: "Compiler", node: Path, lines: ChoiceList) -> Code:
    """Code reading one column of the lines that satisfy the conditions."""
    column = node.steps[2].name if len(node.steps) == 3 else "name"
    if column not in lines.columns | {"name", "label"}:
        compiler.report("filter-column", name=column, list=lines.name)
    conditions = compiler.conditions(node.steps[1].predicates, lines)
    choices = lines.choices

    def run(cur: Frame, ctx: Any, env: Any) -> list[Value]:
        found = list(choices)
        for test in conditions:
            found = [one for place, one in enumerate(found, start=1) if test(cur, Spot(one, place), env)]
        return [one.get(column, env.language) for one in found]

    return Code(run, Type.CHOICE if column == "name" else Type.STRING, many=True, predicated=bool(conditions))


def outside(compiler: "Compiler", node: Call) -> Code:
    """``instance()`` or ``current()`` without a path behind it."""
    compiler.report("path", path=f"{node.name}()")
    return BLANK_CODE


SPECIAL: dict[str, tuple[int, int | None, Build]] = {
    "if": (3, 3, if_),
    "coalesce": (2, None, coalesce),
    "once": (1, 1, once),
    "today": (0, 0, today),
    "now": (0, 0, now),
    "count": (1, 1, count),
    "count-non-empty": (1, 1, count_non_empty),
    "sum": (1, 1, sum_),
    "min": (1, None, extreme(min)),
    "max": (1, None, extreme(max)),
    "join": (2, None, join),
    "position": (0, 1, position),
    "indexed-repeat": (3, 7, indexed_repeat),
    "jr:choice-name": (2, 2, choice_name),
    "instance": (1, 1, outside),
    "current": (0, 0, outside),
}
