"""Floor 0: mechanisms only; nothing of the domain lives here."""
