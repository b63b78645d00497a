"""How far people who mark the same thing agree, and who marks more strictly.

:func:`alpha` is Krippendorff's, :func:`ac2` Gwet's: read them together, because alpha collapses when nearly all marks
are equal. :func:`interval` says how sure alpha is, :func:`severity` how much stricter or milder each observer marks,
:func:`report` puts all of it into words for one indicator.

Everywhere ``marks[observers, units]`` are numbers, nan (or ``None``) where nothing was marked. Model:
docs/engines/agreement.md.
"""

from opora.engines.agreement.disagreement import Level, alpha
from opora.engines.agreement.gwet import Weights, ac2
from opora.engines.agreement.judged import Report, report
from opora.engines.agreement.resampling import interval
from opora.engines.agreement.strictness import Severity, severity

__all__ = [
    "Level",
    "Report",
    "Severity",
    "Weights",
    "ac2",
    "alpha",
    "interval",
    "report",
    "severity",
]
