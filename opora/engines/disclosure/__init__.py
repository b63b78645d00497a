"""Published tables from which nobody can compute a small number.

A count of one to four people can point at a person. :func:`protect` hides such cells and as many others as
are needed so that the sums printed beside them do not give them back; :func:`audit` plays the reader who
tries to, with linear programming. The reader's interval of every hidden small cell contains zero and the
threshold.

Needs numpy and highspy, which are loaded at the first use and not at import. Model: docs/engines/disclosure.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from opora.engines.disclosure.protected import Protected, Unprotectable
from opora.engines.disclosure.table import InconsistentTable, Key, Relation, Table, flat, join, tabulate

if TYPE_CHECKING:
    from opora.engines.disclosure.attacker import Interval, audit, leaks
    from opora.engines.disclosure.secondary import protect

# Names of the modules that calculate: whoever only wants the types does not wait for numpy.
_CALCULATING = {"Interval": "attacker", "audit": "attacker", "leaks": "attacker", "protect": "secondary"}

__all__ = [
    "InconsistentTable",
    "Interval",
    "Key",
    "Protected",
    "Relation",
    "Table",
    "Unprotectable",
    "audit",
    "flat",
    "join",
    "leaks",
    "protect",
    "tabulate",
]


def __getattr__(name: str) -> Any:
    if name not in _CALCULATING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_CALCULATING[name]}"), name)
