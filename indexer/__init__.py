"""Files become reports, reports become an index."""
