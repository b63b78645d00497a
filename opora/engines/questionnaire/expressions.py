"""Tree of an expression → typed closure. One pass finds types, names and dependencies and reports what is
wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from . import compare, special
from .coerce import number, text, truth
from .functions import FUNCTIONS, REFUSED, Function, bad_date_sign, pattern
from .model import ChoiceList, Code, Group, Item, Question, Repeat, Run, Type
from .paths import Place, child, item_place, parent, place_code, start_place
from .syntax import (
    Binary,
    Call,
    ExpressionError,
    Negative,
    Node,
    Number,
    Path,
    Reference,
    Step,
    String,
    parse,
)

Report = Callable[..., None]
BARE = frozenset({Type.STRING, Type.CHOICE, Type.SELECTION, Type.DATE, Type.MOMENT, Type.TIME, Type.FILE})
NOTHING = Code(lambda cur, ctx, env: "", Type.ANY, constant="")


class Names(Protocol):
    """What an expression may know of its form."""

    root: Group
    lists: dict[str, ChoiceList]

    def named(self, name: str) -> list[Item]: ...

    def type_of(self, item: Question) -> Type: ...


@dataclass
class Scope:
    """Where an expression stands. ``focus``: the choice list or repeat a bare name belongs to, inside ``[
    ]``.
    """

    names: Names
    item: Item
    column: str
    report: Report
    uses: set[Item] = field(default_factory=set)
    focus: ChoiceList | Repeat | None = None

    def inside(self, focus: ChoiceList | Repeat) -> "Scope":
        """The same place, looking at one line of a list or one row of a repeat."""
        return Scope(self.names, self.item, self.column, self.report, self.uses, focus)


def compile_text(text: str, scope: Scope) -> Code:
    """Compile an expression; on any fault it is reported and a blank stands in its place."""
    try:
        return Compiler(scope).scalar(parse(text))
    except ExpressionError as broken:
        end = broken.column > len(text)
        scope.report("expression-end" if end else "expression", at=broken.column, near=broken.near)
    return NOTHING


def literal(value: Any, kind: Type) -> Code:
    """Code of a constant."""
    return Code(lambda cur, ctx, env: value, kind, constant=value)


class Compiler:
    """Compiles the nodes of one expression."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.report = scope.report

    def code(self, node: Node) -> Code:
        """Code of any node."""
        match node:
            case String(text):
                return literal(text, Type.STRING if text else Type.ANY)
            case Number(text):
                return literal(Decimal(text), Type.NUMBER)
            case Reference(name):
                return self.reference(name)
            case Negative(operand):
                return compare.negative(self, self.scalar(operand))
            case Binary(operator, left, right):
                if operator in ("and", "or"):
                    return Code(compare.logic(operator, self.truth(left), self.truth(right)), Type.BOOLEAN)
                return compare.binary(self, operator, self.scalar(left), self.scalar(right))
            case Call():
                return self.call(node)
            case Path():
                return self.path(node)

    def scalar(self, node: Node) -> Code:
        """Code giving one value; many values without a condition are refused."""
        return self.one(self.code(node), node)

    def one(self, code: Code, node: Node) -> Code:
        """The first of many when a condition chose it."""
        if code.type is Type.ROWS:
            self.report("group-value", name=words(node))
            return NOTHING
        if not code.many:
            return code
        if not code.predicated:
            self.report("many", name=words(node))
            return NOTHING
        run = code.run
        return Code(lambda cur, ctx, env: next(iter(run(cur, ctx, env)), ""), code.type)

    def truth(self, node: Node) -> Run:
        """A node as a truth value. A bare text is warned of: some programs take any question there for
        true.
        """
        code = self.scalar(node)
        if code.constant is None and code.type in BARE:
            self.report("truth", name=words(node))
        return truth(code)

    # names and paths

    def reference(self, name: str) -> Code:
        """``${name}``."""
        place = self.referred(name)
        return place_code(place, self) if place else NOTHING

    def referred(self, name: str) -> Place | None:
        """Place of ``${name}``."""
        if name.startswith("last-saved#"):
            self.report("last-saved")
            return None
        found = self.scope.names.named(name)
        if len(found) != 1:
            self.report("reference-ambiguous" if found else "reference", name=name)
            return None
        self.scope.uses.add(found[0])
        return item_place(self.scope.item, found[0])

    def path(self, node: Path) -> Code:
        """A path, whether over the form or over a list."""
        if isinstance(node.start, Call) and node.start.name == "instance":
            return special.instance(self, node)
        if node.start == "" and isinstance(self.scope.focus, ChoiceList):
            return self.list_column(node, self.scope.focus)
        place = self.place(node)
        return place_code(place, self) if place else NOTHING

    def list_column(self, node: Path, lines: ChoiceList) -> Code:
        """A bare name inside a filter: a column of the list."""
        name = node.steps[-1].name
        if len([one for one in node.steps if one.name != "."]) != 1 or name not in lines.columns | {
            "name",
            "label",
        }:
            self.report("filter-column", name=words(node), list=lines.name)
            return NOTHING
        return Code(lambda cur, ctx, env: ctx.item.get(name, env.language), Type.CHOICE)

    def place(self, node: Path) -> Place | None:
        """Where a path over the form leads; reports and gives None when it leads nowhere."""
        place = self.start(node)
        if place and node.predicates:
            place = self.narrowed(place, node.predicates)
        for step in node.steps if node.start != "/" else node.steps[1:]:
            place = self.step(place, step, node) if place else None
        if place and place.item.parent:
            self.scope.uses.add(place.item)
        return place

    def start(self, node: Path) -> Place | None:
        """The place a path starts from."""
        if isinstance(node.start, Reference):
            return self.referred(node.start.name)
        if node.start == "/":
            return Place(self.scope.names.root, climb=len(self.scope.item.kind.chain()) - 1)
        if node.start == "" or (isinstance(node.start, Call) and node.start.name == "current"):
            return start_place(self.scope.item, self.scope.focus if node.start == "" else None)
        self.report("path", path=words(node))
        return None

    def step(self, place: Place, step: Step, node: Path) -> Place | None:
        """One step further."""
        if step.name == ".":
            return place
        further = parent(place) if step.name == ".." else child(place, step.name)
        if further is None:
            bare = len(node.steps) == 1 and node.start == ""
            self.report("bare-name" if bare else "path", name=step.name, path=words(node))
        return self.narrowed(further, step.predicates) if further and step.predicates else further

    def narrowed(self, place: Place, predicates: tuple[Node, ...]) -> Place | None:
        """The rows of a place that satisfy conditions."""
        if not isinstance(place.item, Repeat) or not place.downs:
            self.report("predicate")
            return None
        return place.where(self.conditions(predicates, place.item))

    def conditions(self, predicates: tuple[Node, ...], focus: ChoiceList | Repeat) -> tuple[Run, ...]:
        """Closures of conditions in square brackets."""
        inner = Compiler(self.scope.inside(focus))
        return tuple(inner.condition(one) for one in predicates)

    def condition(self, node: Node) -> Run:
        """One condition as a closure giving a truth value."""
        if isinstance(node, Number):
            self.report("predicate-number", number=node.text)
        return self.truth(node)

    # functions

    def call(self, node: Call) -> Code:
        """A function."""
        if node.name in REFUSED:
            use, use_en = REFUSED[node.name]
            self.report("function-refused", name=node.name, use=use, use_en=use_en)
            return NOTHING
        if node.name in special.SPECIAL:
            least, most, build = special.SPECIAL[node.name]
            return build(self, node) if self.counted(node, least, most) else NOTHING
        function = FUNCTIONS.get(node.name)
        if function is None:
            self.report("function-unknown", name=node.name)
            return NOTHING
        return self.plain(node, function) if self.counted(node, function.least, function.most) else NOTHING

    def counted(self, node: Call, least: int, most: int | None) -> bool:
        """True when the number of arguments fits."""
        given = len(node.arguments)
        fits = least <= given and (most is None or given <= most)
        if not fits:
            expected = str(least) if most == least else f"{least}–{most}" if most else f"≥ {least}"
            self.report("function-arguments", name=node.name, expected=expected, given=given)
        return fits

    def plain(self, node: Call, function: Function) -> Code:
        """A function that needs only values."""
        many = self.code if node.name == "concat" else self.scalar
        codes = [many(one) for one in node.arguments]
        runs = [self.argument(node, function, index, code) for index, code in enumerate(codes)]
        self.constants(node, codes)
        return Code(apply(function, runs), function.type)

    def argument(self, node: Call, function: Function, index: int, code: Code) -> Run:
        """Closure of one argument, turned into the kind the function wants."""
        letter = function.letter(index)
        wanted = compare.refuses(letter, code)
        if wanted:
            bg, en = wanted
            self.report("function-argument", name=node.name, number=index + 1, wanted=bg, wanted_en=en)
        if node.name == "concat":
            return code.run
        return {"n": number, "s": text, "b": truth}.get(letter, lambda one: one.run)(code)

    def constants(self, node: Call, codes: list[Code]) -> None:
        """Faults that are visible in literal arguments."""
        if node.name == "regex" and isinstance(codes[1].constant, str):
            try:
                pattern(codes[1].constant)
            except Exception as error:
                self.report("regex", text=str(error))
        if node.name in ("format-date", "format-date-time") and isinstance(codes[1].constant, str):
            sign = bad_date_sign(codes[1].constant)
            if sign is not None:
                self.report("date-format", text="%" + sign)


def apply(function: Function, runs: list[Run]) -> Run:
    """Closure calling a function with its arguments."""
    run = function.run
    if function.localised:
        first, second = runs
        return lambda cur, ctx, env: run(first(cur, ctx, env), second(cur, ctx, env), env.language)
    if len(runs) == 1:
        only = runs[0]
        return lambda cur, ctx, env: run(only(cur, ctx, env))
    if len(runs) == 2:
        first, second = runs
        return lambda cur, ctx, env: run(first(cur, ctx, env), second(cur, ctx, env))
    return lambda cur, ctx, env: run(*[one(cur, ctx, env) for one in runs])


def words(node: Node | Path | str) -> str:
    """A node as its author would recognise it."""
    match node:
        case Reference(name):
            return f"${{{name}}}"
        case Path(start, steps, _):
            head = "/" if start == "/" else (words(start) + "/" if start else "")
            return head + "/".join(one.name for one in steps)
        case Call(name, _):
            return f"{name}()"
    return str(node)
