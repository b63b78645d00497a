"""Grammar of expressions: text → tree. Knows nothing of forms, types or values."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args

GRAMMAR = r"""
?start: or_
?or_: and_ | or_ OR and_ -> binary
?and_: equal | and_ AND equal -> binary
?equal: less | equal (EQ | NE) less -> binary
?less: plus | less (LE | LT | GE | GT) plus -> binary
?plus: times | plus (PLUS | MINUS) times -> binary
?times: minus | times (TIMES | DIV | MOD) minus -> binary
?minus: MINUS minus -> negative | path

?path: primary
     | primary predicate* ("/" step)+ -> from_primary
     | primary predicate+ -> from_primary
     | ("/" step)+ -> absolute
     | step ("/" step)* -> relative
primary: STRING -> string | NUMBER -> number | REF -> reference | call | "(" or_ ")"
call: NAME "(" (or_ ("," or_)*)? ")"
step: STEPNAME predicate* | UP | HERE
predicate: "[" or_ "]"

OR.2: /or(?![\w.\-])/
AND.2: /and(?![\w.\-])/
DIV.2: /div(?![\w.\-])/
MOD.2: /mod(?![\w.\-])/
EQ: "="
NE: "!="
LE: "<="
LT: "<"
GE: ">="
GT: ">"
PLUS: "+"
MINUS: "-"
TIMES: "*"
UP: ".."
HERE: "."
STRING: /"[^"]*"|'[^']*'/
NUMBER.3: /\d+(\.\d*)?|\.\d+/
REF: /\$\{[^}]*\}/
NAME.1: /[^\W\d][\w.\-]*(:[^\W\d][\w.\-]*)?(?=\s*\()/
STEPNAME: /[^\W\d][\w.\-]*(:[^\W\d][\w.\-]*)?(?![\w.\-:])(?!\s*\()/
%ignore /\s+/
"""


@dataclass(frozen=True)
class String:
    text: str


@dataclass(frozen=True)
class Number:
    text: str


@dataclass(frozen=True)
class Reference:
    """``${name}``"""

    name: str


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Negative:
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Step:
    """One step of a path: a name, ``.`` or ``..``, with its predicates."""

    name: str
    predicates: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Path:
    """A path: ``start`` is ``/``, empty (relative) or a node such as ``${rows}`` with predicates of
    its own.
    """

    start: "Node | str"
    steps: tuple[Step, ...]
    predicates: tuple["Node", ...] = ()


Node = String | Number | Reference | Call | Negative | Binary | Path


class ExpressionError(ValueError):
    """The text is no expression; ``column`` is the place (from 1), ``near`` what stands there."""

    def __init__(self, column: int, near: str) -> None:
        super().__init__(f"column {column}: {near!r}")
        self.column = column
        self.near = near


@dataclass(frozen=True)
class Predicate:
    condition: Node


@v_args(inline=True)
class Build(Transformer[Token, Node]):
    """Lark tree → our nodes."""

    def string(self, token: Token) -> Node:
        return String(str(token)[1:-1])

    def number(self, token: Token) -> Node:
        return Number(str(token))

    def reference(self, token: Token) -> Node:
        return Reference(str(token)[2:-1].strip())

    def primary(self, node: Node) -> Node:
        return node

    def call(self, name: Token, *arguments: Node) -> Node:
        return Call(str(name), arguments)

    def negative(self, _minus: Token, operand: Node) -> Node:
        return Negative(operand)

    def binary(self, left: Node, operator: Token, right: Node) -> Node:
        return Binary(str(operator), left, right)

    def predicate(self, condition: Node) -> Predicate:
        return Predicate(condition)

    def step(self, name: Token, *predicates: Predicate) -> Step:
        return Step(str(name), conditions(predicates))

    def absolute(self, *steps: Step) -> Node:
        return Path("/", steps)

    def relative(self, *steps: Step) -> Node:
        return Path("", steps)

    def from_primary(self, start: Node, *rest: Any) -> Node:
        steps = tuple(one for one in rest if isinstance(one, Step))
        return Path(start, steps, conditions(tuple(one for one in rest if isinstance(one, Predicate))))


def conditions(predicates: tuple[Predicate, ...]) -> tuple[Node, ...]:
    """The conditions inside square brackets."""
    return tuple(one.condition for one in predicates)


PARSER = Lark(GRAMMAR, parser="lalr", lexer="contextual", maybe_placeholders=False)


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """Tree of an expression. Raises ``ExpressionError`` with the place where it stops making sense."""
    try:
        return Build().transform(PARSER.parse(text))
    except UnexpectedInput as error:
        ended = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        column = len(text) + 1 if ended or error.column < 1 else error.column
        raise ExpressionError(column, text[column - 1 : column + 14]) from None
    except RecursionError:
        raise ExpressionError(1, text[:15]) from None
