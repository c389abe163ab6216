"""Pages of accounts, and what stands between a request and its user."""
