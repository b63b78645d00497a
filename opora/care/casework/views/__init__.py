"""Pages of client files."""
