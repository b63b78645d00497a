"""One file with everything: verified, sealed, and put back with one command.

Made: a copy of the database in one step (``VACUUM INTO``; the stepwise copy never ends under writes), the
files, a list with their SHA-256; checked (integrity, foreign keys, and what the caller checks: the audit's
chains); sealed with ``backup.key`` from ``OPORA_KEY_DIR``; read back. The keys are never inside: keep a
copy of them elsewhere.
"""

from opora.foundation.core.backup.making import Made, backup
from opora.foundation.core.backup.package import BackupError, Check
from opora.foundation.core.backup.restoring import Restored, restore

__all__ = ["BackupError", "Check", "Made", "Restored", "backup", "restore"]
