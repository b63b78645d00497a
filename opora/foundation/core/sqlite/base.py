"""Django's SQLite backend as Opora uses it."""

from django.db.backends.sqlite3.base import DatabaseWrapper as DatabaseWrapper
