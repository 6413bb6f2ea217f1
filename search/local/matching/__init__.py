"""Which reports a query matches, and through which hits."""
