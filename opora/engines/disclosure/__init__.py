"""Published tables from which nobody can compute a small number.

A count of one to four people can point at a person. :func:`protect` hides such cells and as many others as
are needed so that the sums printed beside them do not give them back; :func:`audit` plays the reader who
tries to, with linear programming. The reader's interval of every hidden small cell contains zero and the
threshold.

Needs highspy, which is loaded at the first call and not at import. Model: docs/engines/disclosure.md.
"""

from opora.engines.disclosure.attacker import Interval, audit, leaks
from opora.engines.disclosure.protected import Protected, Unprotectable
from opora.engines.disclosure.secondary import protect
from opora.engines.disclosure.table import InconsistentTable, Key, Relation, Table, flat, join, tabulate

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
