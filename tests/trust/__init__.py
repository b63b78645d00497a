"""The trials of docs/trust.md that need the whole house: what no single room can show by itself."""
