"""Django's SQLite backend as Opora uses it: durable, Cyrillic, and with a fair queue of writers."""
