"""A constraint cut into its parts, so that a text too long is told apart from a value out of range."""

from .coerce import truth
from .expressions import Compiler, Scope
from .model import Code, Type
from .syntax import Binary, Call, Node, Path, parse


def constraint_parts(text: str, scope: Scope, whole: Code) -> tuple[tuple[str, Code], ...]:
    """Parts joined by ``and`` with the kind of finding each gives: ``length`` or ``constraint``."""
    try:
        nodes = conjuncts(parse(text))
    except ValueError:
        return (("constraint", whole),)
    return tuple((kind_of(node), part(node, scope)) for node in nodes)


def part(node: Node, scope: Scope) -> Code:
    """One part as a truth value."""
    code = Compiler(scope).code(node)
    return Code(truth(code), Type.BOOLEAN)


def conjuncts(node: Node) -> list[Node]:
    """``a and b and c`` → a, b, c."""
    if isinstance(node, Binary) and node.operator == "and":
        return conjuncts(node.left) + conjuncts(node.right)
    return [node]


def kind_of(node: Node) -> str:
    """``length`` for a comparison of ``string-length(.)``, else ``constraint``."""
    if not isinstance(node, Binary):
        return "constraint"
    if any(isinstance(side, Call) and own_length(side) for side in (node.left, node.right)):
        return "length"
    return "constraint"


def own_length(call: Call) -> bool:
    """True for ``string-length(.)``, also with ``normalize-space``."""
    inner = call.arguments[0] if call.arguments else None
    if isinstance(inner, Call) and inner.name == "normalize-space" and inner.arguments:
        inner = inner.arguments[0]
    return call.name == "string-length" and isinstance(inner, Path) and inner.steps[-1].name == "."
