"""Links and quotes of a file against the corpus as it is now: exact, moved, changed or gone."""
