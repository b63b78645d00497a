"""Outcomes: what a file says about one person, reckoned for a service and a region. Values in, values out; no tables.

``people`` holds what is known of one person before and after, ``measures`` sorts people into categories, ``figures``
counts them with Wilson's interval, ``shield`` hides small numbers before anybody outside the service sees them.
"""
