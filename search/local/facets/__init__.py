"""Facets: over what reports are filtered and counted, a facet a file, and the table of them all."""
