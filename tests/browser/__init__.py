"""Browser tests: a real Chromium, axe on every page, no breach of the content security policy."""
