"""One answer against its question: the first thing that does not fit."""

from decimal import Decimal

from .model import Env, Frame, Question, Spot, pick
from .typed import LONGEST_TEXT, number_of
from .values import Value, is_blank, to_number
from .words import say

Found = tuple[str, str]


def judge(question: Question, frame: Frame, env: Env) -> Found | None:
    """Kind of finding and its message, or None when all is well. A constraint is not asked of a blank
    answer.
    """
    wrong = frame.wrong.get(question.slot)
    if wrong:
        return "unknown" if wrong == "note" else "type", say(wrong, env.language)
    value = frame.values[question.slot]
    if is_blank(value):
        return required(question, frame, env)
    return (
        choice(question, value, frame, env)
        or limits(question, value, env)
        or constraint(question, frame, env)
    )


def required(question: Question, frame: Frame, env: Env) -> Found | None:
    """A blank answer that is needed."""
    if question.required is None or not question.asks or not question.required.run(frame, None, env):
        return None
    return "required", pick(question.required_messages, env.language) or say("required", env.language)


def choice(question: Question, value: Value, frame: Frame, env: Env) -> Found | None:
    """A name that is not in the list, or not in what the filter leaves of it."""
    if question.choices is None:
        return None
    for name in value if isinstance(value, tuple) else (value,):
        line = question.choices.names.get(name)
        if line is None:
            return "choice", say("choice", env.language, value=name[:60])
        if question.choice_filter and not question.choice_filter.run(frame, Spot(line, 1), env):
            return "choice", say("choice-filter", env.language, value=line.label(env.language))
    return None


def limits(question: Question, value: Value, env: Env) -> Found | None:
    """A number outside its range, a text beyond any measure."""
    if question.type == "range":
        return out_of_range(question, to_number(value), env)
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return "length", say("length-max", env.language, limit=LONGEST_TEXT)
    return None


def out_of_range(question: Question, value: Decimal, env: Env) -> Found | None:
    """A number outside ``start``–``end`` (1–10 when not given) or between steps."""
    low, high, step = (
        number_of(question.parameters.get(key, default)) or Decimal(0)
        for key, default in (("start", "1"), ("end", "10"), ("step", "1"))
    )
    if not low <= value <= high:
        return "constraint", say("range", env.language, low=low, high=high)
    if step and (value - low) % step:
        return "constraint", say("step", env.language, low=low, step=step)
    return None


def constraint(question: Question, frame: Frame, env: Env) -> Found | None:
    """The form's own condition with the form's own message."""
    for kind, part in question.constraint_parts:
        if not part.run(frame, None, env):
            return kind, pick(question.constraint_messages, env.language) or say(kind, env.language)
    return None
