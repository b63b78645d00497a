"""What time it is. The only place that asks, so that tests and engines can be given another day."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The moment, with its zone."""
    return timezone.now()


def today() -> dt.date:
    """The calendar day in Bulgaria."""
    return timezone.localdate()
