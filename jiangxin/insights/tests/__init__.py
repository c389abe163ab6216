"""Tests of the public face, the statistics and the officer's first page."""
