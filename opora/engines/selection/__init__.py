"""Choosing people by points with quotas, ties by a public lot: 318 surveyed employees, 84 places for training.

:func:`select` gives the one set that has the most points among those that keep the quotas, with reserves and a reason
per person; :func:`certificate` says of everybody whether every best set holds them, some, or none, and how many points
are missing; :func:`cohorts` spreads the chosen over dates. Quotas that nest in two families (regions and bodies) are solved exactly by a flow in whole numbers; others
by HiGHS, loaded at the first such call. Model: docs/engines/selection.md.
"""

from opora.engines.selection.certify import Certificate, certificate
from opora.engines.selection.choose import Selection, select
from opora.engines.selection.cohorts import Cohorts, cohorts
from opora.engines.selection.lot import lot_number, lot_seed

__all__ = [
    "Certificate",
    "Cohorts",
    "Selection",
    "certificate",
    "cohorts",
    "lot_number",
    "lot_seed",
    "select",
]
