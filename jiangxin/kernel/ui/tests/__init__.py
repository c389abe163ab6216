"""Tests of the look of the house."""
