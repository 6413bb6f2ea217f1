"""A corpus becomes an index, again and again."""
