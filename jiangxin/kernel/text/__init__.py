"""Chinese text as it is really typed: names, readings, numbers, dates, official codes, unit names."""
