"""Pages: the front door, the register, the statistics, the officer's first page."""
