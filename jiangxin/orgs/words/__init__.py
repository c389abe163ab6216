"""Choices and vocabularies of organisations, employers, regions and people's codes."""
