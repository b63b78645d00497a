"""People to homes: a generalised assignment with groups, friends, and the plan that is already published."""

from opora.engines.assignment.engine import assign
from opora.engines.assignment.result import Assignment

__all__ = ["Assignment", "assign"]
