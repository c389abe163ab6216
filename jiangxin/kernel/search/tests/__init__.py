"""Tests of search, the same on every database."""
