"""Pages of honours: public, the worker's own, the officer's workbench."""
