"""The first page: what to ask, and what there is."""
