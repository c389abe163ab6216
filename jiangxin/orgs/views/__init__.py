"""Pages of organisations, employers and regions."""
