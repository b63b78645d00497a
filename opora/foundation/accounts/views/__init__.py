"""Pages of accounts: the entrance, one's own account, people and posts."""
