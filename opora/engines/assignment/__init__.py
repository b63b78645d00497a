"""People to homes: a generalised assignment with groups, friends, and the plan that is already published.

:func:`assign` proposes; :class:`Desk` (or :func:`what_if`, :func:`why_not`) answers questions about a published plan;
:func:`burden` shows who carries it. Model: docs/engines/assignment.md.
"""

from opora.engines.assignment.burden import Burden, burden
from opora.engines.assignment.desk import Desk, WhatIf, what_if, why_not
from opora.engines.assignment.engine import assign
from opora.engines.assignment.result import Assignment

__all__ = ["Assignment", "Burden", "Desk", "WhatIf", "assign", "burden", "what_if", "why_not"]
