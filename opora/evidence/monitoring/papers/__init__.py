"""The report of a visit on paper."""
