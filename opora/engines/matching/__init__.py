"""Child and family, explained: who could be asked, in which order, why, and what is not known.

:func:`rank` lists families for one child with reasons; :func:`why_not` explains any pair; :func:`together` shows
what is possible for many children at once and what each deviation costs. A person decides, always; the score only
orders a list and is kept nowhere. Needs numpy, and scipy for :func:`together`. Model and limits:
docs/engines/matching.md.
"""

from opora.engines.matching.fit import Fit, Unknown
from opora.engines.matching.joint import Deviation, Joint, Pair, together
from opora.engines.matching.model import Answer, Child, Criteria, Family, Need, Place, Stand
from opora.engines.matching.pool import Pool
from opora.engines.matching.shortlist import WhyNot, rank, why_not

__all__ = [
    "Answer",
    "Child",
    "Criteria",
    "Deviation",
    "Family",
    "Fit",
    "Joint",
    "Need",
    "Pair",
    "Place",
    "Pool",
    "Stand",
    "Unknown",
    "WhyNot",
    "rank",
    "together",
    "why_not",
]
