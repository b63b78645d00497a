"""Closures that turn what an expression gives into a number, a text or a truth value."""

from decimal import Decimal

from .model import Code, Run, Type
from .values import to_boolean, to_number, to_string


def number(code: Code) -> Run:
    """Closure giving a number."""
    run = code.run
    if isinstance(code.constant, Decimal):
        return run
    return lambda cur, ctx, env: to_number(run(cur, ctx, env))


def text(code: Code) -> Run:
    """Closure giving a text."""
    run = code.run
    if isinstance(code.constant, str):
        return run
    return lambda cur, ctx, env: to_string(run(cur, ctx, env))


def truth(code: Code) -> Run:
    """Closure giving a truth value."""
    run = code.run
    if code.type is Type.BOOLEAN and not code.many:
        return lambda cur, ctx, env: run(cur, ctx, env) is True
    return lambda cur, ctx, env: to_boolean(run(cur, ctx, env))
