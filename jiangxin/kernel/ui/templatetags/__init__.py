"""Template tags of the look of the house."""
