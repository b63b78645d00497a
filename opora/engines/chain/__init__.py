"""A hash chain that shows where a log was altered.

Every link carries an HMAC-SHA256 over the digest before it and its own payload, so a change of any byte, a
missing, a swapped or an inserted link breaks the chain at that place. The tail can be cut without breaking
anything inside; therefore the newest digest (the head) is kept outside and given to :func:`verify`.

The key must be unreadable for whoever can write the log. This package imports only the standard library.
"""

from opora.engines.chain.canonical import Value, canonical
from opora.engines.chain.links import GENESIS, Link, link, verify

__all__ = ["GENESIS", "Link", "Value", "canonical", "link", "verify"]
