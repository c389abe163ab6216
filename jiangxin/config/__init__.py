"""Floor 9: settings, addresses, the command line and the demo world; the only place that knows every app."""
