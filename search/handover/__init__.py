"""A corpus, its index and what was found in it as one file, for another machine."""
