"""Pages of people: public, the worker's own, the officer's workbench."""
